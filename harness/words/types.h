/* The words for types: where the references are. Each defines T_type (parts/type.h), by which a strategy finds them. */
#ifndef WORDS_TYPES_H
#define WORDS_TYPES_H

#include "hooks.h"
#include "parts/type.h"

/* refs(T, a, b): the references of a T are exactly its fields a and b; 8 at the most. */
#define refs(T, ...) FIELDS_(T, NULL, __VA_ARGS__)

/* leaf(T): a T has no references. leaf_of(T): nor have its trailing elements, T being { size_t length; …; E at[]; }. */
#define leaf(T) FIELDS_(T, NULL)
#define leaf_of(T) TRAILING_(T, 0)

/* slots(T): the references of a T are all its trailing elements, T being { size_t length; …; E *at[]; }. */
#define slots(T) TRAILING_(T, 1)

/* finalized(T, f, a, b): like refs, or like leaf where no fields follow; and f(self), a void f(T *), runs once before a T dies:
 * with the last owner's release, at the region's end, or in a collection, as the strategy has it; never where nothing dies, and
 * not for what is still alive when the run ends. While it runs, nothing of what dies with self has been cleared. It may
 * allocate, collect, and keep a share of self: then self lives on, and f has run for good. A parent's runs before its
 * children's; in a cycle, in any order. */
#define finalized(T, f, ...)                                                                                           \
    static inline void T##_finalize(void *self)                                                                        \
    {                                                                                                                  \
        f((T *)self);                                                                                                  \
    }                                                                                                                  \
    FIELDS_(T, T##_finalize, __VA_ARGS__)

#define FIELDS_(T, finalize, ...)                                                                                      \
    _Static_assert(COUNT_(__VA_ARGS__) <= TYPE_FIELDS_MAX, "refs(" #T ", …) lists too many fields");                   \
    EACH_(IS_REFERENCE_, T, __VA_ARGS__)                                                                               \
    enum { T##_can_move_ = 0, T##_can_be_unset_ = 0 };                                                                 \
    TYPE_(T, finalize, 0, 0, COUNT_(__VA_ARGS__), { EACH_(OFFSET_, T, __VA_ARGS__) })

#define TRAILING_(T, are_references)                                                                                   \
    _Static_assert(offsetof(T, length) == 0 && sizeof(((T *)0)->length) == sizeof(size_t),                             \
                   #T " must begin with `size_t length`");                                                             \
    _Static_assert(!are_references || (sizeof(*((T *)0)->at) == sizeof(void *) && offsetof(T, at) == sizeof(T)),       \
                   "the trailing elements of " #T " must be references");                                              \
    enum { T##_can_move_ = 1, T##_can_be_unset_ = !are_references };                                                   \
    TYPE_(T, NULL, sizeof(*((T *)0)->at), are_references, 0, { 0 })

#ifdef bury_as
#define BURY_(T) T##_bury
#define DEFINE_BURY_(T)                                                                                                \
    static void *T##_bury(void *dead, void *top)                                                                       \
    {                                                                                                                  \
        return bury_as(&T##_type, dead, top);                                                                          \
    }
#else
#define BURY_(T) NULL
#define DEFINE_BURY_(T)
#endif

#ifdef type_state
#ifndef type_functions
#define type_functions(T)
#endif
#ifndef type_state_of
#define type_state_of(T) { 0 }
#endif
#ifdef THREADED /* parts/per_heap.h */
#define STATE_(T) T##_state_here
#define DEFINE_STATE_(T)                                                                                               \
    type_functions(T)                                                                                                  \
    static void *T##_state_here(void)                                                                                  \
    {                                                                                                                  \
        static PER_HEAP type_state state = type_state_of(T);                                                           \
        return &state;                                                                                                 \
    }
#else
#define STATE_(T) &T##_state
#define DEFINE_STATE_(T)                                                                                               \
    type_functions(T)                                                                                                  \
    static __attribute__((unused)) type_state T##_state = type_state_of(T);
#endif
#else
#define STATE_(T) NULL
#define DEFINE_STATE_(T)
#endif

#define TYPE_(T, finalize, ...)                                                                                        \
    static const Type T##_type;                                                                                        \
    DEFINE_STATE_(T)                                                                                                   \
    DEFINE_BURY_(T)                                                                                                    \
    static const __attribute__((unused)) Type T##_type = { #T, STATE_(T), BURY_(T), finalize, sizeof(T), __VA_ARGS__ }

#define OFFSET_(T, f) offsetof(T, f),
#define IS_REFERENCE_(T, f)                                                                                            \
    _Static_assert(__builtin_classify_type(((T *)0)->f) == POINTER_CLASS_ && sizeof(((T *)0)->f) == sizeof(void *),     \
                   #T "." #f " is no single reference; arrays are for slots");
enum { POINTER_CLASS_ = 5 }; /* what gcc and clang call a pointer, and an array; arrays differ in size */
#define COUNT_(...) PICK_10_(0, ##__VA_ARGS__, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define PICK_10_(none, a, b, c, d, e, f, g, h, i, n, ...) n
#define EACH_(M, T, ...) JOIN_(EACH_, COUNT_(__VA_ARGS__))(M, T, __VA_ARGS__)
#define JOIN_(a, b) JOIN__(a, b)
#define JOIN__(a, b) a##b
#define EACH_0(M, T, ...)
#define EACH_1(M, T, f) M(T, f)
#define EACH_2(M, T, f, ...) M(T, f) EACH_1(M, T, __VA_ARGS__)
#define EACH_3(M, T, f, ...) M(T, f) EACH_2(M, T, __VA_ARGS__)
#define EACH_4(M, T, f, ...) M(T, f) EACH_3(M, T, __VA_ARGS__)
#define EACH_5(M, T, f, ...) M(T, f) EACH_4(M, T, __VA_ARGS__)
#define EACH_6(M, T, f, ...) M(T, f) EACH_5(M, T, __VA_ARGS__)
#define EACH_7(M, T, f, ...) M(T, f) EACH_6(M, T, __VA_ARGS__)
#define EACH_8(M, T, f, ...) M(T, f) EACH_7(M, T, __VA_ARGS__)

#endif
