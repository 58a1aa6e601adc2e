/* message: one of a queue, in which each owns the next: who holds the oldest holds all. 56 bytes, of which six words follow
 * from the message's number. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include "workload.h"

enum { MESSAGE_WORDS = 6 };

typedef struct Message Message;
struct Message { Message *next; uint64_t words[MESSAGE_WORDS]; };
refs(Message, next);

static Message *message_of(uint64_t number)
{
    Message *message = new(Message);
    for (uint64_t i = 0; i < MESSAGE_WORDS; i++)
        message->words[i] = number + i;
    return message;
}

/* Of the first word and the last. */
static inline uint64_t message_content(const Message *message)
{
    return message->words[0] * 31 + message->words[MESSAGE_WORDS - 1];
}

/* What message_content finds in one of this number. */
static inline uint64_t message_content_expected(uint64_t number)
{
    return number * 31 + number + MESSAGE_WORDS - 1;
}

#endif
