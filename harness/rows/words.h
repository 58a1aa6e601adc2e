/* Words that people and files give us: what they may be. */
#ifndef RECLAIM_WORDS_H
#define RECLAIM_WORDS_H

#include <stdbool.h>
#include <stdint.h>

/* A C identifier: it can break neither a path nor a CSV. */
bool is_name(const char *text);

/* What a machine is called in files: letters, digits, `.`, `-` and `_`, HOST_LETTERS of them at the most. */
bool is_host(const char *text);
enum { HOST_LETTERS = 64 };

/* Nothing, or names with natural numbers: `name=1;other=2`. */
bool are_settings(const char *text);

/* The whole of `text` as a number; false when it is none or too large. */
bool parse_natural(const char *text, uint64_t *number);

#endif
