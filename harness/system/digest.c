#include "digest.h"

#include "memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sha2.h>

struct Digesting {
    SHA2_CTX context;
    uint64_t bytes;
};

Digesting *digest_begin(void)
{
    Digesting *digesting = memory_new(1, sizeof *digesting);
    SHA256Init(&digesting->context);
    return digesting;
}

Digest digest_text(const char *text)
{
    Digesting *digesting = digest_begin();
    digesting->bytes = strlen(text);
    SHA256Update(&digesting->context, (const unsigned char *)text, digesting->bytes);
    return digest_end(digesting);
}

static const char *add_bytes(Digesting *digesting, int file)
{
    unsigned char piece[1 << 14];
    ssize_t count;
    while ((count = read(file, piece, sizeof piece)) > 0) {
        SHA256Update(&digesting->context, piece, (size_t)count);
        digesting->bytes += (uint64_t)count;
    }
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
    SHA256End(&digesting->context, digest.sha256);
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
