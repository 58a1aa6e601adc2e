/* Stale pointer: a window of messages moves over a stream of n, and a number in static memory happens to be the address of the
 * first one. A collector that guesses keeps that one alive, and where a dead message still refers to the next (kept), all that
 * ever were; where each was cut off when it left (cleared), no other. A strategy that knows a number from a reference keeps
 * neither.
 * Stresses conservative tracing of static data: boehm and mark_sweep; memory is what shows it.
 * After H. Boehm, "Space efficient conservative garbage collection", 1993, and "Bounding space usage of conservative garbage
 * collectors", 2002: one wrong guess makes queues and lazy lists grow without bounds, and to clear the link is the remedy.
 * Not good for: how often numbers look like addresses; this one is planted, and in static memory, for compilers decide what is
 * on a stack. */
#include "workload.h"

#include "objects/message.h"

enum { WINDOW = 1000 };

static volatile uint64_t first_address; /* as of Python's id(): a number, which owns nothing */

static uint64_t run(uint64_t n, bool clears)
{
    local(Message) oldest = message_of(0);
    Message *newest = oldest; /* borrowed: the oldest owns the next, and so on to the newest */
    first_address = (uintptr_t)oldest;
    uint64_t sum = message_content(oldest);
    for (uint64_t i = 1; i < n; i++) {
        put(newest->next, message_of(i));
        newest = newest->next;
        if (i >= WINDOW && clears)
            put(oldest, give(oldest->next));
        else if (i >= WINDOW)
            set(oldest, oldest->next);
        sum = sum * 31 + message_content(oldest);
    }
    operations += n;
    return sum;
}

static uint64_t kept(uint64_t n) { return run(n, false); }
static uint64_t cleared(uint64_t n) { return run(n, true); }

static uint64_t oldest_numbers(uint64_t n)
{
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i++) {
        uint64_t oldest = i < WINDOW ? 0 : i - WINDOW + 1;
        sum = sum * 31 + message_content_expected(oldest);
    }
    return sum;
}

WORKLOAD(stale_pointer, STRESS, SIZES(400000, 4000000, 16000000), "a number that is the address of a dead message in a queue",
    VARIANT(kept, STREAMS),
    VARIANT(cleared, STREAMS, REPEATED(3)));
REFERENCE(oldest_numbers);
