/* SHA-256 of files: equal digests are equal contents, whoever wrote them. */
#ifndef RECLAIM_DIGEST_H
#define RECLAIM_DIGEST_H

#include <stdint.h>

enum { DIGEST_LETTERS = 64 };

typedef struct Digest {
    char sha256[DIGEST_LETTERS + 1]; /* in hexadecimal */
    uint64_t bytes;                  /* that it is of */
} Digest;

/* Of the content of a regular file. Returns NULL, or why it cannot be read; a pipe or a device might never end. */
const char *digest_file(const char *file, Digest *digest);

/* Of a text. */
Digest digest_text(const char *text);

/* Of the contents of one file after the other. */
typedef struct Digesting Digesting;
Digesting *digest_begin(void);
const char *digest_add_file(Digesting *digesting, const char *file);
Digest digest_end(Digesting *digesting);

#endif
