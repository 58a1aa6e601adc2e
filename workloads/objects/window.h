/* window: the last messages of a stream, each in the place that the oldest had. 8 bytes, and 8 for each message, which has 1
 * KiB, every byte of which is written: its number, and a text that repeats the number's low byte. */
#ifndef WINDOW_H
#define WINDOW_H

#include "workload.h"

enum { WINDOW_MESSAGE_BYTES = 1024 };

typedef struct WindowMessage {
    uint64_t number;
    unsigned char text[WINDOW_MESSAGE_BYTES - sizeof(uint64_t)];
} WindowMessage;
leaf(WindowMessage);

typedef struct Window {
    size_t length;
    WindowMessage *at[];
} Window;
slots(Window);

/* The message's number and one byte of its text; 0 where there is none. */
static inline uint64_t window_read(const WindowMessage *message)
{
    return message ? message->number + message->text[message->number % sizeof message->text] : 0;
}

/* What window_read finds in one of this number. */
static inline uint64_t window_read_expected(uint64_t number)
{
    return number + (unsigned char)number;
}

/* The message of this number takes its place. Returns what is read in the one that leaves. Numbers count up. */
static inline uint64_t window_push(Window *window, uint64_t number)
{
    WindowMessage **place = &window->at[number % window->length];
    uint64_t oldest = window_read(*place);
    WindowMessage *message = renew(*place, WindowMessage);
    message->number = number;
    memset(message->text, (unsigned char)number, sizeof message->text);
    return oldest;
}

#endif
