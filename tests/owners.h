/* How many owners an object has, where the strategy counts them. Included after workload.h. */
#ifndef OWNERS_H
#define OWNERS_H

#if defined(COUNTING_H)
static inline uint64_t owners_of(void *object) { return counting_count(object); }
#elif defined(NAIVE_H)
static inline uint64_t owners_of(void *object) { return (uint64_t)naive_head(object)->count; }
#elif defined(Py_PYTHON_H)
static inline uint64_t owners_of(void *object) { return (uint64_t)Py_REFCNT((PyObject *)cpython_head(object)); }
#else
#define OWNERS_ARE_COUNTED 0
static inline uint64_t owners_of(void *object) { (void)object; return 0; }
#endif
#ifndef OWNERS_ARE_COUNTED
#define OWNERS_ARE_COUNTED 1
#endif

#endif
