/* The words for generators, and for who consumes what they yield. */
#ifndef WORDS_GENERATORS_H
#define WORDS_GENERATORS_H

#include "hooks.h"
#include "objects.h"
#include "types.h"

/* GENERATOR(G, T, fields) { start; … yield(r); … closing; … finish; }
 * A stackless generator of T. Its frame, *self, has the fields and `T *item`, a slot for what it yields. What must last
 * from one yield to the next has to be in the frame, and no local may be in scope at a yield: going on would jump into its
 * scope past its birth (an error, in gcc and in clang). yield(r) lends r to the consumer until it asks for the next; a
 * consumer that wants more says share. What follows closing (which may be left out) runs once: when the generator ends, or when
 * it is abandoned after it began. */
#define GENERATOR(G, T, ...) FRAME_(G, T, (item), __VA_ARGS__)

/* GENERATOR_HOLDING(G, T, (a, b), fields): its fields a and b are slots too. Their owned values are given to it as it is
 * made. */
#define GENERATOR_HOLDING(G, T, holds, ...) FRAME_(G, T, (item, LIST_ holds), __VA_ARGS__)

#define FRAME_(G, T, slots_, ...)                                                                                      \
    typedef struct G {                                                                                                 \
        Frame frame;                                                                                                   \
        T *item;                                                                                                       \
        __VA_ARGS__;                                                                                                   \
    } G;                                                                                                               \
    static inline T *G##_next(G *self);                                                                                \
    static inline __attribute__((unused)) void G##_close(G *self)                                                      \
    {                                                                                                                  \
        if (self->frame.resume_at > 0) {                                                                               \
            self->frame.resume_at = FRAME_CLOSING;                                                                     \
            G##_next(self);                                                                                            \
        }                                                                                                              \
    }                                                                                                                  \
    finalized(G, G##_close, LIST_ slots_);                                                                             \
    static inline __attribute__((unused)) void G##_leave(G *self)                                                      \
    {                                                                                                                  \
        G##_close(self);                                                                                               \
        EACH_(LEAVE_FIELD_, G, LIST_ slots_)                                                                           \
    }                                                                                                                  \
    static inline T *G##_next(G *self)

#define LIST_(...) __VA_ARGS__
#define LEAVE_FIELD_(G, f) LET_GO_(self->f);

typedef struct Frame {
    int resume_at;  /* line of the yield to go on after; 0: the beginning; FRAME_CLOSING, FRAME_FINISHED */
    bool left;      /* its consumer wants no more */
} Frame;

enum { FRAME_FINISHED = -1, FRAME_CLOSING = -2 };

#define start switch (self->frame.resume_at) { case 0:
#define yield(reference)                                                                                               \
    do {                                                                                                               \
        self->frame.resume_at = __LINE__;                                                                              \
        return (reference);                                                                                            \
    case __LINE__:;                                                                                                    \
    } while (0)
#define closing                                                                                                        \
    __attribute__((fallthrough));                                                                                      \
    case FRAME_CLOSING:
#define finish }                                                                                                       \
    self->frame.resume_at = FRAME_FINISHED;                                                                            \
    return NULL

/* each (T, x, G, .n = n) { … }: x is each T in turn that a generator G with these fields yields, borrowed. */
#define each(T, x, G, ...)                                                                                             \
    for (__attribute__((cleanup(G##_leave))) G x##_from_ = { .frame = { 0 }, __VA_ARGS__ };                            \
         !x##_from_.frame.left; x##_from_.frame.left = true)                                                           \
        for (T *x; (x = G##_next(&x##_from_));)

/* new_frame(G, .n = n): a generator that is an object, owned; G##_next(g) borrows its next item from it, or is NULL. One that
 * nobody holds any more is closed by its finalizer. */
#define new_frame(G, ...)                                                                                              \
    ({                                                                                                                 \
        G *made_ = new(G);                                                                                             \
        *made_ = (G){ .frame = { 0 }, __VA_ARGS__ };                                                                   \
        made_;                                                                                                         \
    })

#endif
