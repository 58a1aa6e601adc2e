#include "digest.h"

#include "memory.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>

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

bool digest_add_file(Digesting *digesting, const char *file)
{
    FILE *in = fopen(file, "rb");
    if (in == NULL)
        return false;
    unsigned char piece[1 << 14];
    size_t count;
    while ((count = fread(piece, 1, sizeof piece, in)) > 0) {
        SHA256Update(&digesting->context, piece, count);
        digesting->bytes += count;
    }
    int error = ferror(in) ? errno : 0;
    fclose(in);
    errno = error;
    return error == 0;
}

Digest digest_end(Digesting *digesting)
{
    Digest digest = { .bytes = digesting->bytes };
    SHA256End(&digesting->context, digest.sha256);
    free(digesting);
    return digest;
}

bool digest_file(const char *file, Digest *digest)
{
    Digesting *digesting = digest_begin();
    bool read = digest_add_file(digesting, file);
    int error = errno;
    *digest = digest_end(digesting);
    errno = error;
    return read;
}
