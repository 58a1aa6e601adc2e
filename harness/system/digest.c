#include "digest.h"

#include "fail.h"
#include "memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/evp.h>

/* The library has the processor's own instructions for it: a run on a thousand machines has gigabytes. */
struct Digesting {
    EVP_MD_CTX *context;
    uint64_t bytes;
};

static void must_work(int worked)
{
    if (worked != 1)
        fail("the library cannot work out a SHA-256");
}

Digesting *digest_begin(void)
{
    Digesting *digesting = memory_new(1, sizeof *digesting);
    digesting->context = EVP_MD_CTX_new();
    must_work(digesting->context && EVP_DigestInit_ex(digesting->context, EVP_sha256(), NULL));
    return digesting;
}

static void add(Digesting *digesting, const void *bytes, size_t count)
{
    must_work(EVP_DigestUpdate(digesting->context, bytes, count));
    digesting->bytes += count;
}

Digest digest_text(const char *text)
{
    Digesting *digesting = digest_begin();
    add(digesting, text, strlen(text));
    return digest_end(digesting);
}

static const char *add_bytes(Digesting *digesting, int file)
{
    unsigned char piece[1 << 16];
    ssize_t count;
    while ((count = read(file, piece, sizeof piece)) > 0)
        add(digesting, piece, (size_t)count);
    return count == 0 ? NULL : strerror(errno);
}

/* O_NONBLOCK: opening a pipe would wait for a writer, and reading some of the kernel's files for something to read. */
const char *digest_add_file(Digesting *digesting, const char *file)
{
    struct stat found;
    int in = open(file, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (in < 0)
        return strerror(errno);
    const char *complaint = fstat(in, &found) != 0    ? strerror(errno)
                            : !S_ISREG(found.st_mode) ? "is not a regular file"
                                                      : add_bytes(digesting, in);
    close(in);
    return complaint;
}

Digest digest_end(Digesting *digesting)
{
    Digest digest = { .bytes = digesting->bytes };
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned int length;
    must_work(EVP_DigestFinal_ex(digesting->context, sum, &length));
    for (unsigned int i = 0; i < length; i++)
        sprintf(digest.sha256 + 2 * i, "%02x", sum[i]);
    EVP_MD_CTX_free(digesting->context);
    free(digesting);
    return digest;
}

const char *digest_file(const char *file, Digest *digest)
{
    Digesting *digesting = digest_begin();
    const char *complaint = digest_add_file(digesting, file);
    *digest = digest_end(digesting);
    return complaint;
}
