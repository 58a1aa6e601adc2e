/* Stale pointer: a window of messages moves over a stream of n, and a number in static memory happens to be the address of
 * the first one. No strategy that knows a number from a reference minds. A collector that guesses keeps the first message
 * alive, and where a dead message still refers to the next (kept), all that ever were; where each was cut off when it left
 * (cleared), just that one.
 * Stresses conservative tracing of static data: boehm and mark_sweep; memory is what shows it. After H. Boehm, "Space efficient
 * conservative garbage collection", 1993, and "Bounding space usage of conservative garbage collectors", 2002: queues, and lazy
 * lists, are the structures that one wrong guess makes grow without bounds, and to clear the link is the remedy.
 * Not good for: how often numbers look like addresses; this one is planted. On a stack it would be the same, but for the
 * compiler's choice of where a number is. */
#include "workload.h"

enum { WINDOW = 1000, WORDS = 6 };

typedef struct Message Message;
struct Message { Message *next; uint64_t words[WORDS]; };
refs(Message, next);

static volatile uint64_t first_address; /* as of Python's id(): a number, which owns nothing */

static Message *message_of(uint64_t number)
{
    Message *message = new(Message);
    for (uint64_t i = 0; i < WORDS; i++)
        message->words[i] = number + i;
    return message;
}

static uint64_t content(const Message *message)
{
    return message->words[0] ^ message->words[WORDS - 1];
}

static uint64_t run(uint64_t n, bool clears)
{
    local(Message) oldest = message_of(0);
    Message *newest = oldest; /* borrowed: the oldest owns the next, and so on to the newest */
    first_address = (uintptr_t)oldest;
    uint64_t sum = content(oldest);
    for (uint64_t i = 1; i < n; i++) {
        put(newest->next, message_of(i));
        newest = newest->next;
        if (i >= WINDOW && clears)
            put(oldest, give(oldest->next));
        else if (i >= WINDOW)
            set(oldest, oldest->next);
        sum = sum * 31 + content(oldest);
    }
    operations += n;
    return first_address ? sum : 0;
}

static uint64_t kept(uint64_t n) { return run(n, false); }
static uint64_t cleared(uint64_t n) { return run(n, true); }

static uint64_t oldest_numbers(uint64_t n)
{
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i++) {
        uint64_t oldest = i < WINDOW ? 0 : i - WINDOW + 1;
        sum = sum * 31 + (oldest ^ (oldest + WORDS - 1));
    }
    return sum;
}

WORKLOAD(stale_pointer, STRESS, SIZES(400000, 4000000, 16000000), "a number that is the address of a dead message in a queue",
    VARIANT(kept, STREAMS),
    VARIANT(cleared, STREAMS));
REFERENCE(oldest_numbers);
