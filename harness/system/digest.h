/* SHA-256 of files: equal digests are equal contents, whoever wrote them. */
#ifndef RECLAIM_DIGEST_H
#define RECLAIM_DIGEST_H

#include <stdbool.h>
#include <stdint.h>

enum { DIGEST_LETTERS = 64 };

typedef struct Digest {
    char sha256[DIGEST_LETTERS + 1]; /* in hexadecimal */
    uint64_t bytes;                  /* that it is of */
} Digest;

/* Of the file's content; false, errno set, when it cannot be read. */
bool digest_file(const char *file, Digest *digest);

/* Of the contents of one file after the other. */
typedef struct Digesting Digesting;
Digesting *digest_begin(void);
bool digest_add_file(Digesting *digesting, const char *file);
Digest digest_end(Digesting *digesting);

#endif
