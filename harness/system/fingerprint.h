/* FNV-1a, 64 bits (Fowler, Noll, Vo): tells changed files apart. It is no defence against somebody who wants a collision. */
#ifndef RECLAIM_FINGERPRINT_H
#define RECLAIM_FINGERPRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FINGERPRINT_OF_NOTHING 0xcbf29ce484222325u

/* The fingerprint of what `before` stands for, followed by these bytes. */
uint64_t fingerprint_bytes(uint64_t before, const void *bytes, size_t count);

/* Likewise with a file's content; false, errno set, when it cannot be read. */
bool fingerprint_file(uint64_t *fingerprint, const char *file);

#endif
