/* What a strategy is told about an object: its type.
 *
 * A type says how large its objects are and where their references stand, so that a strategy can follow them on death,
 * while marking, or to choose memory that is never scanned. A workload declares types with the words refs, leaf, slots,
 * leaf_of and finalized (harness/words/types.h); nothing else makes one.
 *
 * Invariant: a reference is NULL or points at the first byte of an object that the strategy allocated. A type with
 * trailing elements begins with `size_t length`, which its birth and the word resize set, and nobody else. */
#ifndef TYPE_H
#define TYPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TYPE_FIELDS_MAX = 8 };

typedef struct Type {
    const char *name;
    void *state;                          /* what the strategy keeps about the type; NULL unless it defines type_state */
    void *(*bury)(void *dead, void *top); /* NULL unless the strategy defines bury_as */
    void (*finalize)(void *object);       /* to be called once before an object of it dies; NULL: none */
    uint32_t size;          /* bytes, without trailing elements */
    uint32_t element_size;  /* bytes of one trailing element; 0: the type has none */
    uint16_t has_slots;     /* 1: each trailing element is a reference */
    uint16_t field_count;   /* how many fields are references */
    uint16_t field[TYPE_FIELDS_MAX]; /* where they stand: bytes from the object's first */
} Type;

/* What the word weak makes: a managed object that refers to another without owning it. */
typedef struct Weak {
    void *target;                 /* NULL once it is dead */
    struct Weak *next, *previous; /* the strategy's, to find its weak references with */
} Weak;

/* A reference of whatever type, read or written through this, never breaks the aliasing rules. */
typedef void *__attribute__((may_alias)) AnyReference;

static inline bool type_has_references(const Type *type)
{
    return type->has_slots || type->field_count;
}

static inline size_t type_length(const Type *type, const void *object)
{
    return type->element_size ? *(const size_t *)object : 0;
}

/* Bytes of one object of the type, its trailing elements included. */
static inline size_t type_object_size(const Type *type, const void *object)
{
    return type->size + type_length(type, object) * type->element_size;
}

typedef void ReferenceVisitor(AnyReference *slot, void *context);

static inline AnyReference *type_field(const Type *type, void *object, unsigned f)
{
    return (AnyReference *)((char *)object + type->field[f]);
}

/* Calls visit for every field that is a reference, empty ones too, the last first. The first two are unrolled, for in small
 * objects a loop costs as much as the visits (dying binary trees: 0.42 s against 0.52 s). */
static inline __attribute__((always_inline)) void
type_visit_fields(const Type *type, void *object, ReferenceVisitor *visit, void *context)
{
    unsigned count = type->field_count;
    while (__builtin_expect(count > 2, 0))
        visit(type_field(type, object, --count), context);
    if (count == 2)
        visit(type_field(type, object, 1), context);
    if (count)
        visit(type_field(type, object, 0), context);
}

/* Calls visit for every trailing element that is a reference, empty ones too. */
static inline __attribute__((always_inline)) void
type_visit_slots(const Type *type, void *object, ReferenceVisitor *visit, void *context)
{
    if (!type->has_slots)
        return;
    AnyReference *slot = (AnyReference *)((char *)object + type->size);
    for (size_t i = 0, length = type_length(type, object); i < length; i++)
        visit(slot + i, context);
}

static inline __attribute__((always_inline)) void
type_visit(const Type *type, void *object, ReferenceVisitor *visit, void *context)
{
    type_visit_fields(type, object, visit, context);
    type_visit_slots(type, object, visit, context);
}

#endif
