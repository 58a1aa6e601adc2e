/* What the targets of the fuzzer share. A target is a program that gives whatever bytes it is handed to a parser of the suite
 * and says what must hold of that (LLVMFuzzerTestOneInput, the entry point of libFuzzer); a test runs the same targets over the
 * inputs that are kept.
 *
 * Parsers refuse what is malformed by ending the program. Here they come back instead: fail() and its kin in cells are defined
 * in fuzz.c, and go back to where the work was begun. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Does the work with the context. True: it came to its end, and what it allocated is freed, or that is a finding. False: it
 * was refused; what it left is freed, and the files that it left open are closed. Works do not nest. */
bool fuzz_passes(void (*work)(void *context), void *context);

/* Why the last work was refused; empty when it was not. */
extern char fuzz_refusal[1024];

/* Memory that a library keeps for itself, so that it is no leak of the work. */
void fuzz_keeps(const void *memory);

/* Ends the program with the sentence, as a finding. */
_Noreturn void fuzz_finding(const char *sentence, ...) __attribute__((format(printf, 1, 2)));

/* The name under which a parser that opens its file itself finds these bytes, which must stay. */
#define FUZZ_FILE "input"
void fuzz_file(const uint8_t *bytes, size_t length);

/* The path of a file in memory that holds them, for what is opened by others than the suite. */
const char *fuzz_path(const uint8_t *bytes, size_t length);

#endif
