/* Who refers to a thing: for the sentence about one that has come to harm. */
#ifndef HOLDER_H
#define HOLDER_H

#include <stdbool.h>
#include <stdint.h>

/* In words that stay until the next call. Of several who refer to it, one that is itself unharmed, which is_live says. */
const char *holder_of(uint32_t number, bool (*is_live)(uint32_t number));

/* Of those that must be alive and are not, as is_live has it, one to which somebody refers that is: where the harm began. */
uint32_t first_lost(uint32_t number, bool (*is_live)(uint32_t number));

#endif
