/* cpython: the real heap. Objects are CPython's, on libpython embedded in the cell: a reference count, obmalloc's pools, and
 * the generational collector of cycles (InternalDocs/garbage_collector.md). Nothing is interpreted: the words call its C API.
 *
 * Invariant: every object of ours is the body of a Python object and begins right behind its head, a PyObject; where a type
 * has trailing elements, its `size_t length` is therefore the ob_size of a PyVarObject. A type with references, or with a
 * finalizer, is a container: its objects have a GC head, are tracked from birth on, and are traversed and cleared by functions
 * compiled for the type. The other types' objects are plain blocks of obmalloc.
 *
 * Death does not recurse beyond 50 levels: the trashcan puts off what is deeper. The interpreter starts before the clock does,
 * without its library (no site, no encodings, no signal handlers), so nothing depends on where that is installed. */
/* Flags from: python3-config --includes --ldflags --embed */
#if __has_include(<Python.h>)
#include <Python.h>
#endif
#if defined(PY_VERSION_HEX) && PY_VERSION_HEX >= 0x030A0000

#include "parts/damage.h"
#include "parts/setting.h"
#include "parts/system.h"
#include "parts/type.h"

#ifdef CHECKED
enum { CPYTHON_THRESHOLD = 7 }; /* so that small programs are collected too */
#else
enum { CPYTHON_THRESHOLD = 700 };
#endif
SETTING(threshold, CPYTHON_THRESHOLD, 1, INT_MAX, "containers born and not dead that call for a collection of the youngest",
        "100 2000 10000 50000");
SETTING(threshold1, 10, 1, INT_MAX, "collections of the youngest that call for one of the middle generation");
SETTING(threshold2, 10, 1, INT_MAX, "collections of the middle that call for one of all, once a quarter of all is new");
SETTING(collector, 1, 0, 1, "1: the collector runs by itself; 0: only where the program asks");

#ifdef CHECKED
static long cpython_live; /* objects born and not dead */
#define CPYTHON_COUNT(change) ((void)(cpython_live += (change)))
#else
#define CPYTHON_COUNT(change) ((void)0)
#endif

/* What there is beside each type: its Python type, and the functions compiled for it. */
typedef struct CpythonType {
    traverseproc traverse;
    inquiry clear;
    destructor dealloc;
    PyTypeObject python;      /* of use once it is ready */
    bool ready;
    const Type *type;
} CpythonType;

static inline PyObject *cpython_head(void *object)
{
    return (PyObject *)object - 1;
}

static inline void *cpython_body(PyObject *head)
{
    return head + 1;
}

static inline bool cpython_is_container(const Type *type)
{
    return type_has_references(type) || type->finalize;
}

/* ---- Letting go ------------------------------------------------------------------------------------------------- */

static inline void cpython_retain(void *object)
{
    if (object)
        Py_INCREF(cpython_head(object));
}

static inline void cpython_release(void *object)
{
#ifdef CHECKED
    if (object && Py_REFCNT(cpython_head(object)) <= 0)
        heap_damaged("let go by more than its owners", object, NULL);
#endif
    if (object)
        Py_DECREF(cpython_head(object));
}

static inline void cpython_release_slot(AnyReference *slot, void *context)
{
    (void)context;
    cpython_release(*slot);
}

static inline void cpython_free(const Type *type, PyObject *head)
{
    census_died(cpython_body(head));
    CPYTHON_COUNT(-1);
    if (cpython_is_container(type))
        PyObject_GC_Del(head);
    else
        PyObject_Free(head);
}

/* Its finalizer, then its weak references, then its own: the order of subtype_dealloc. One that a finalizer has given an owner
 * lives on. */
static inline __attribute__((always_inline)) void
cpython_die_with_structure(const Type *type, PyObject *head, destructor dealloc)
{
    if (type->finalize && PyObject_CallFinalizerFromDealloc(head) < 0)
        return;
    if (Py_TYPE(head)->tp_weaklistoffset)
        PyObject_ClearWeakRefs(head);
    PyObject_GC_UnTrack(head);
    Py_TRASHCAN_BEGIN(head, dealloc)
    type_visit(type, cpython_body(head), cpython_release_slot, NULL);
    cpython_free(type, head);
    Py_TRASHCAN_END
}

/* A leaf needs no trashcan. */
static inline __attribute__((always_inline)) void cpython_dealloc(const Type *type, PyObject *head, destructor dealloc)
{
    if (cpython_is_container(type)) {
        pause_begin();
        cpython_die_with_structure(type, head, dealloc);
        pause_end(PAUSE_CASCADE);
    } else {
        if (Py_TYPE(head)->tp_weaklistoffset)
            PyObject_ClearWeakRefs(head);
        cpython_free(type, head);
    }
}

/* ---- What the collector asks of a type -------------------------------------------------------------------------- */

typedef struct CpythonVisit {
    visitproc visit;
    void *context;
    int answer;
} CpythonVisit;

static inline void cpython_visit_slot(AnyReference *slot, void *context)
{
    CpythonVisit *visit = context;
    if (*slot && !visit->answer)
        visit->answer = visit->visit(cpython_head(*slot), visit->context);
}

/* Counts as: collect */
static inline __attribute__((always_inline)) int
cpython_traverse(const Type *type, PyObject *head, visitproc visit, void *context)
{
    CpythonVisit visiting = { visit, context, 0 };
    type_visit(type, cpython_body(head), cpython_visit_slot, &visiting);
    return visiting.answer;
}

static inline void cpython_clear_slot(AnyReference *slot, void *context)
{
    (void)context;
    void *old = *slot;
    *slot = NULL;
    cpython_release(old);
}

static inline __attribute__((always_inline)) int cpython_clear(const Type *type, PyObject *head)
{
    type_visit(type, cpython_body(head), cpython_clear_slot, NULL);
    return 0;
}

/* tp_finalize of all types that have a finalizer. */
static void cpython_finalize(PyObject *head)
{
    const CpythonType *state = (const CpythonType *)((char *)Py_TYPE(head) - offsetof(CpythonType, python));
    state->type->finalize(cpython_body(head));
    census_finalized(cpython_body(head));
}

#define type_state CpythonType
#define type_functions(T)                                                                                              \
    static __attribute__((unused)) int T##_traverse(PyObject *head, visitproc visit, void *context)                    \
    {                                                                                                                  \
        return cpython_traverse(&T##_type, head, visit, context);                                                      \
    }                                                                                                                  \
    static __attribute__((unused)) int T##_clear(PyObject *head)                                                       \
    {                                                                                                                  \
        return cpython_clear(&T##_type, head);                                                                         \
    }                                                                                                                  \
    static __attribute__((unused)) void T##_dealloc(PyObject *head)                                                    \
    {                                                                                                                  \
        cpython_dealloc(&T##_type, head, T##_dealloc);                                                                 \
    }
#define type_state_of(T) { .traverse = T##_traverse, .clear = T##_clear, .dealloc = T##_dealloc }

/* ---- Weak references -------------------------------------------------------------------------------------------- */

/* A type whose objects can be referred to weakly needs a word in each for the list of what refers to it (in Python
 * __weakref__, which a class with __slots__ leaves out unless it is named). Objects have it where the program uses the word
 * weak at all: then cpython_weak_of is compiled, and what it puts into this section is there. Objects with trailing elements
 * have no place for it, as those of tuple and int have none. */
extern const char __start_cpython_weak[] __attribute__((weak));

static inline bool cpython_refers_weakly(const Type *type)
{
    return __start_cpython_weak && !type->element_size;
}

static inline size_t cpython_weak_list_offset(const Type *type)
{
    return round_up(sizeof(PyObject) + type->size, sizeof(PyObject *));
}

/* A new weak reference to what is dead already; NULL: there is no memory for one. */
static PyObject *cpython_dead_reference(void)
{
    PyObject *nobody = PySet_New(NULL);
    PyObject *reference = nobody ? PyWeakref_NewRef(nobody, NULL) : NULL;
    Py_XDECREF(nobody);
    return reference;
}

static _Noreturn void cpython_refuse_weak(void *object)
{
    PyTypeObject *type = Py_TYPE(cpython_head(object));
    if (PyType_SUPPORTS_WEAKREFS(type))
        out_of_memory(sizeof(PyWeakReference));
    fprintf(stderr, "cpython: a %s has trailing elements, and CPython refers weakly to no such object\n", type->tp_name);
    abort();
}

/* The Weak is the weakref itself; CPython shares one among all that ask for it. */
static inline Weak *cpython_weak_of(void *object)
{
    static const char used __attribute__((section("cpython_weak")));
    (void)*(const volatile char *)&used;
    PyObject *reference = object ? PyWeakref_NewRef(cpython_head(object), NULL) : cpython_dead_reference();
    if (!reference)
        cpython_refuse_weak(object);
    return cpython_body(reference);
}

static inline void *cpython_weak_target(Weak *weak)
{
#if PY_VERSION_HEX >= 0x030D0000
    PyObject *target = NULL;
    if (PyWeakref_GetRef(cpython_head(weak), &target) > 0)
        Py_DECREF(target); /* borrowed, as before 3.13 */
    return target ? cpython_body(target) : NULL;
#else
    PyObject *target = PyWeakref_GET_OBJECT(cpython_head(weak));
    return target == Py_None ? NULL : cpython_body(target);
#endif
}

/* ---- Types ------------------------------------------------------------------------------------------------------ */

static __attribute__((noinline, cold)) void cpython_make_ready(const Type *type)
{
    CpythonType *state = type_state_here(type);
    bool refers_weakly = cpython_refers_weakly(type);
    size_t weak_list = refers_weakly ? cpython_weak_list_offset(type) : 0;
    state->python = (PyTypeObject){
        PyVarObject_HEAD_INIT(NULL, 0)
        .tp_name = type->name,
        .tp_basicsize = (Py_ssize_t)(refers_weakly ? weak_list + sizeof(PyObject *) : sizeof(PyObject) + type->size),
        .tp_itemsize = type->element_size,
        .tp_weaklistoffset = (Py_ssize_t)weak_list,
        .tp_flags = Py_TPFLAGS_DEFAULT | (cpython_is_container(type) ? Py_TPFLAGS_HAVE_GC : 0),
        .tp_traverse = cpython_is_container(type) ? state->traverse : NULL,
        .tp_clear = cpython_is_container(type) ? state->clear : NULL,
        .tp_finalize = type->finalize ? cpython_finalize : NULL,
        .tp_dealloc = state->dealloc,
    };
    if (PyType_Ready(&state->python) < 0)
        out_of_memory(sizeof state->python);
    state->ready = true;
    state->type = type;
}

static inline PyTypeObject *cpython_type(const Type *type)
{
    CpythonType *state = type_state_here(type);
    if (__builtin_expect(!state->ready, 0))
        cpython_make_ready(type);
    return &state->python;
}

/* ---- Birth ------------------------------------------------------------------------------------------------------ */

static inline Py_ssize_t cpython_length(const Type *type, size_t size)
{
    return (Py_ssize_t)((size - type->size) / type->element_size);
}

static inline __attribute__((always_inline)) PyObject *cpython_take(const Type *type, size_t size)
{
    PyTypeObject *python = cpython_type(type);
    if (cpython_is_container(type) && type->element_size)
        return (PyObject *)PyObject_GC_NewVar(PyVarObject, python, cpython_length(type, size));
    if (cpython_is_container(type))
        return PyObject_GC_New(PyObject, python);
    if (type->element_size)
        return (PyObject *)PyObject_NewVar(PyVarObject, python, cpython_length(type, size));
    return PyObject_New(PyObject, python);
}

/* Zero only in the first so many bytes. */
static inline __attribute__((always_inline)) void *cpython_bear(const Type *type, size_t size, size_t zeroed)
{
    PyObject *head = cpython_take(type, size);
    if (__builtin_expect(!head, 0))
        out_of_memory(size);
    memset(cpython_body(head), 0, zeroed);
    if (cpython_refers_weakly(type))
        *(PyObject **)((char *)head + cpython_weak_list_offset(type)) = NULL;
    if (cpython_is_container(type))
        PyObject_GC_Track(head);
    CPYTHON_COUNT(+1);
    return cpython_body(head);
}

static inline __attribute__((always_inline)) void *cpython_allocate(const Type *type, size_t size)
{
    return cpython_bear(type, size, size);
}

static inline __attribute__((always_inline)) void *cpython_allocate_unset(const Type *type, size_t size)
{
    return cpython_bear(type, size, type->size);
}

static inline void cpython_demand_sole_owner(void *object, const Type *type)
{
#ifdef CHECKED
    if (Py_REFCNT(cpython_head(object)) != 1)
        heap_damaged("resized with another owner", object, type);
#else
    (void)object, (void)type;
#endif
}

/* Only types with trailing elements get here. A container may not be tracked while it moves. */
static inline PyObject *cpython_move(PyObject *head, const Type *type, Py_ssize_t length)
{
    if (!cpython_is_container(type))
        return PyObject_Realloc(head, _PyObject_VAR_SIZE(cpython_type(type), length));
    PyObject_GC_UnTrack(head);
    return (PyObject *)PyObject_GC_Resize(PyVarObject, head, length);
}

static inline void *cpython_reallocate(void *object, const Type *type, size_t old_size, size_t size)
{
    cpython_demand_sole_owner(object, type);
    PyObject *head = cpython_move(cpython_head(object), type, cpython_length(type, size));
    if (!head)
        out_of_memory(size);
    if (size > old_size)
        memset((char *)cpython_body(head) + old_size, 0, size - old_size);
    if (cpython_is_container(type))
        PyObject_GC_Track(head);
    return cpython_body(head);
}

/* ---- The counted build ------------------------------------------------------------------------------------------ */

#ifdef COUNTED

#include <malloc.h>

/* obmalloc's blocks (Objects/obmalloc.c: ALIGNMENT, SMALL_REQUEST_THRESHOLD), the collector's head (PyGC_Head), and that of a
 * block of the C library, in bytes. */
enum {
    CPYTHON_GRAIN = 16,
    CPYTHON_LARGEST = 512,
    CPYTHON_GC_HEAD = 2 * sizeof(uintptr_t),
    CPYTHON_MALLOC_HEAD = sizeof(size_t),
};

/* What obmalloc has set aside for the object and its heads, or the C library, where it is too large for that. */
static inline size_t cpython_room(void *object, const Type *type)
{
    size_t heads = sizeof(PyObject) + (cpython_is_container(type) ? CPYTHON_GC_HEAD : 0);
    size_t weak_list = cpython_refers_weakly(type) ? sizeof(PyObject *) : 0;
    size_t bytes = heads + type_object_size(type, object) + weak_list;
    if (bytes <= CPYTHON_LARGEST)
        return round_up(bytes, CPYTHON_GRAIN);
    return malloc_usable_size((char *)object - heads) + CPYTHON_MALLOC_HEAD;
}

/* Besides the arenas, which come through system.h. */
static inline size_t cpython_footprint(void)
{
    struct mallinfo2 info = mallinfo2();
    return info.arena + info.hblkhd;
}

static PyObject *cpython_pause(PyObject *nobody, PyObject *phase_and_info)
{
    (void)nobody;
    PyObject *phase = PyTuple_GetItem(phase_and_info, 0);
    if (phase && PyUnicode_CompareWithASCIIString(phase, "start") == 0)
        collection_begin();
    else
        collection_end();
    Py_RETURN_NONE;
}

/* Through gc.callbacks, which the collector calls at its beginning and at its end. */
static void cpython_report_pauses(PyObject *gc)
{
    static PyMethodDef pause = { "pause", cpython_pause, METH_VARARGS, NULL };
    PyObject *callbacks = PyObject_GetAttrString(gc, "callbacks");
    PyObject *callback = PyCFunction_New(&pause, NULL);
    if (!callbacks || !callback || PyList_Append(callbacks, callback) < 0)
        out_of_memory(0);
    Py_DECREF(callback);
    Py_DECREF(callbacks);
}

#define object_room(object, type, size) cpython_room(object, type)
#define footprint() cpython_footprint()

#else
#define cpython_report_pauses(gc) ((void)0)
#endif

/* ---- The interpreter -------------------------------------------------------------------------------------------- */

/* Asked for, it collects even where it does not by itself, as gc.collect() does. */
static inline uint64_t cpython_collect(void)
{
    int by_itself = PyGC_Enable();
    Py_ssize_t found = PyGC_Collect();
    if (!by_itself)
        PyGC_Disable();
    return (uint64_t)found;
}

static void *cpython_take_arena(void *context, size_t bytes)
{
    (void)context;
    return system_take(bytes);
}

static void cpython_give_arena(void *context, void *arena, size_t bytes)
{
    (void)context;
    system_give(arena, bytes);
}

/* CPython's own way to bear a refusal is an exception, which it has no way to raise before it has begun, nor anybody who would
 * catch it: so what the C library refuses it ends the run, as what is refused an arena does. */
static PyMemAllocatorEx cpython_raw;

static void *cpython_given(void *memory, size_t bytes)
{
    if (!memory)
        out_of_memory(bytes);
    return memory;
}

static void *cpython_raw_malloc(void *context, size_t bytes)
{
    return cpython_given(cpython_raw.malloc(context, bytes), bytes);
}

static void *cpython_raw_calloc(void *context, size_t count, size_t bytes)
{
    return cpython_given(cpython_raw.calloc(context, count, bytes), count * bytes);
}

static void *cpython_raw_realloc(void *context, void *memory, size_t bytes)
{
    return cpython_given(cpython_raw.realloc(context, memory, bytes), bytes);
}

static void cpython_refuse_nothing(void)
{
    PyMem_GetAllocator(PYMEM_DOMAIN_RAW, &cpython_raw);
    PyMem_SetAllocator(PYMEM_DOMAIN_RAW, &(PyMemAllocatorEx){ cpython_raw.ctx, cpython_raw_malloc, cpython_raw_calloc,
                                                              cpython_raw_realloc, cpython_raw.free });
}

static void cpython_demand(PyStatus status)
{
    if (!PyStatus_Exception(status))
        return;
    if (status.err_msg && strstr(status.err_msg, "memory"))
        out_of_memory(0);
    fprintf(stderr, "cpython: the interpreter does not start: %s\n", status.err_msg ? status.err_msg : "without a reason");
    abort();
}

/* In a checked build every object is the C library's, so that the sanitizers see its bounds and its life. */
static void cpython_choose_memory(void)
{
    PyPreConfig memory;
    PyPreConfig_InitIsolatedConfig(&memory);
#ifdef CHECKED
    memory.allocator = PYMEM_ALLOCATOR_MALLOC;
#endif
    cpython_demand(Py_PreInitialize(&memory));
    cpython_refuse_nothing();
    PyObject_SetArenaAllocator(&(PyObjectArenaAllocator){ NULL, cpython_take_arena, cpython_give_arena });
}

/* The core of an interpreter: its builtin types and modules, gc among them, and nothing that comes from a file. */
static void cpython_start(void)
{
    cpython_choose_memory();
    PyConfig config;
    PyConfig_InitIsolatedConfig(&config);
    config.site_import = 0;
    config._init_main = 0;
    config.use_hash_seed = 1; /* 0: as PYTHONHASHSEED=0, so that two runs do the same */
    cpython_demand(Py_InitializeFromConfig(&config));
    PyConfig_Clear(&config);
#if PY_MINOR_VERSION == 13
    PyThreadState_Get()->c_recursion_remaining = 200; /* calls, of 10000: its trashcan puts off at 50, and resumes above 100 */
#endif
}

static void cpython_set_thresholds(PyObject *gc)
{
    PyObject *done = PyObject_CallMethod(gc, "set_threshold", "iii", (int)setting_threshold, (int)setting_threshold1,
                                         (int)setting_threshold2);
    if (!done)
        out_of_memory(0);
    Py_DECREF(done);
}

static void cpython_open(void)
{
    static PyObject *gc;
    if (!gc) {
        cpython_start();
        gc = PyImport_ImportModule("gc");
        if (!gc)
            out_of_memory(0);
        cpython_report_pauses(gc);
        collections_untold(); /* the callbacks are calls of Python's, a hundredth of the time of a young collection */
    }
    cpython_set_thresholds(gc);
    setting_collector ? PyGC_Enable() : PyGC_Disable();
}

/* LeakSanitizer does not see what was left behind, for the interpreter's lists hold it. So a byte for each object is lost where
 * it does. */
static __attribute__((noinline)) void cpython_witness_leaks(void)
{
#ifdef CHECKED
    void *volatile lost = cpython_live > 0 ? malloc((size_t)cpython_live) : NULL;
    lost = NULL;
    (void)lost;
#endif
}

/* A last collection. The core of an interpreter has no end but the process's, and what is still alive stays in its arenas. */
static void cpython_close(void)
{
    cpython_collect();
    cpython_witness_leaks();
}

#define allocate(type, size) cpython_allocate(type, size)
#define allocate_unset(type, size) cpython_allocate_unset(type, size)
#define reallocate(object, type, old_size, size) cpython_reallocate(object, type, old_size, size)
#define retain(object) cpython_retain(object)
#define release(object) cpython_release(object)
#define weak_of(object) cpython_weak_of(object)
#define weak_target(weak) cpython_weak_target(weak)
#define finalizes 1
#define collects_cycles 1
#ifdef THREADED
#define unsupported_because "its heap is one interpreter's and the interpreter's lock lets one thread run at a time"
#endif
#define collect() cpython_collect()
#define heap_open() cpython_open()
#define heap_close() cpython_close()

#else

#define unsupported_because "wants libpython 3.10 or later and its headers: install python3-dev"
#define allocate(type, size) ((void)(type), calloc(1, size))

#endif
