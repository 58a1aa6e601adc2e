/* The words that make objects, and give one another length or another life. Lengths are in elements. Where the system refuses
 * memory, the run ends with the status oom. */
#ifndef WORDS_OBJECTS_H
#define WORDS_OBJECTS_H

#include "hooks.h"
#include "parts/system.h"
#include "parts/type.h"
#include "profile/births.h"

/* new(T): a fresh zeroed T, owned. new_of(T, n): one with n trailing elements and its length set. */
#define new(T) ((T *)BORN_(&T##_type, sizeof(T), allocate(&T##_type, sizeof(T))))
#define new_of(T, n)                                                                                                   \
    ({                                                                                                                 \
        size_t length_ = (n);                                                                                          \
        T *born_ = allocate(&T##_type, size_with_elements(sizeof(T), sizeof(*born_->at), length_));                    \
        born_->length = length_;                                                                                       \
        (T *)BORN_(&T##_type, type_object_size(&T##_type, born_), born_);                                              \
    })

/* new_unset(T, n): likewise, but the elements hold anything until they are written, for a caller that writes what it is going
 * to read; a T has no references. Where faults are looked for they are no zeros, so that who reads first comes to another
 * answer. */
#define new_unset(T, n)                                                                                                \
    ({                                                                                                                 \
        _Static_assert(T##_can_be_unset_, "a " #T " is no leaf_of: what it refers to may not be left unset");          \
        size_t length_ = (n);                                                                                          \
        size_t size_ = size_with_elements(sizeof(T), sizeof(*((T *)0)->at), length_);                                  \
        T *born_ = allocate_unset(&T##_type, size_);                                                                   \
        SPOIL_(born_ + 1, size_ - sizeof(T));                                                                          \
        born_->length = length_;                                                                                       \
        (T *)BORN_(&T##_type, size_, born_);                                                                           \
    })

/* The byte that is neither a zero nor, eight times, a number that a program is likely to come to. */
enum { SPOILED_BYTE = 0xA5 };
#if defined CHECKED || defined spoils_unset
#define SPOIL_(elements, bytes) ((void)memset(elements, SPOILED_BYTE, bytes))
#else
#define SPOIL_(elements, bytes) ((void)0)
#endif

static inline size_t size_with_elements(size_t size, size_t element_size, size_t length)
{
    if (length > ((size_t)PTRDIFF_MAX - size) / element_size)
        out_of_memory(SIZE_MAX);
    return size + length * element_size;
}

/* resize(slot, T, n): the T in the slot, which nobody else may hold, comes to have n trailing elements; those that are added
 * are zero, and those that are cut off must be empty. It may move. An empty slot takes a new one. */
#define resize(slot, T, n)                                                                                             \
    ({                                                                                                                 \
        T **resized_ = &(slot);                                                                                        \
        *resized_ = *resized_ ? resize_object(*resized_, &T##_type, n) : new_of(T, n);                                 \
    })

static inline void *resize_object(void *object, const Type *type, size_t length)
{
    size_t old_size = type_object_size(type, object);
    size_t size = size_with_elements(type->size, type->element_size, length);
    uintptr_t from = (uintptr_t)object;
    object = reallocate(object, type, old_size, size);
    *(size_t *)object = length;
    RESIZED_(from, object, type, size);
    return object;
}

/* renew(slot, T): a fresh T in the slot, in the old one's memory where the strategy can tell that nobody else holds it.
 * The result is borrowed from the slot. */
#define renew(slot, T)                                                                                                 \
    ({                                                                                                                 \
        T **renewed_ = &(slot);                                                                                        \
        if (try_reuse(*renewed_, &T##_type))                                                                           \
            REBORN_(&T##_type, *renewed_);                                                                             \
        else                                                                                                           \
            do                                                                                                         \
                put(*renewed_, new(T));                                                                                \
            while (__builtin_expect(!is_unshared(*renewed_, &T##_type), 0));                                           \
        freshen(*renewed_, &T##_type);                                                                                 \
        *renewed_;                                                                                                     \
    })

/* True: the object lives again, and what it held has been let go. */
static inline bool try_reuse(void *object, const Type *type)
{
#ifdef reuse
    return reuse(object, type);
#else
    (void)object, (void)type;
    return false;
#endif
}

#endif
