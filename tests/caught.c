/* The two classic errors of ownership, made for what has to catch them: caught borrowed | surplus. */
#include <stdio.h>
#include <string.h>

#include "alone.h"

#include "objects/number.h"
#include "objects/own_frame.h"

enum { EXIT_UNSUPPORTED = 77 };
enum { VALUE = 41, MISTAKES = 16 }; /* a word left on the stack may hide one leak from LeakSanitizer, not all */

/* Lent by an owner that is gone on return. */
static IN_OWN_FRAME Number *borrow(void)
{
    local(Number) owner = number_of(VALUE);
    return owner;
}

static IN_OWN_FRAME void forget_an_owner(void)
{
    for (int i = 0; i < MISTAKES; i++) {
        local(Number) owner = number_of(VALUE);
        (void)share(owner);
    }
}

static int use_what_was_borrowed(void)
{
    Number *borrowed = NULL;
    region
        borrowed = borrow();
    collect();
    return borrowed->value == VALUE ? 0 : 1;
}

static int leave_one_owner_too_many(void)
{
    region
        forget_an_owner();
    collect();
    return 0;
}

int main(int count, char **words)
{
    if (count != 2)
        return 2;
    if (unsupported_because)
        return EXIT_UNSUPPORTED;
    heap_open();
    int status = strcmp(words[1], "borrowed") == 0 ? use_what_was_borrowed() : leave_one_owner_too_many();
    heap_close();
    return status;
}
