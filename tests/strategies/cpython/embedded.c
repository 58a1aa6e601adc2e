/* That the heap under cpython is CPython's own, and collects when CPython does. Without libpython there is nothing to test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alone.h"

#if defined(PY_VERSION_HEX) && PY_MINOR_VERSION < 12 /* later ones collect at other times */

typedef struct List {
    size_t length;
    void *at[];
} List;
slots(List);

typedef struct Link Link;
struct Link {
    Link *other;
};
refs(Link, other);

typedef struct Number {
    uint64_t value;
} Number;
leaf(Number);

typedef struct Text {
    size_t length;
    char at[];
} Text;
leaf_of(Text);

/* What gc.get_stats() says of a generation, or gc.get_count() when stat is NULL. */
static long asked(const char *function, int generation, const char *stat)
{
    PyObject *gc = PyImport_ImportModule("gc");
    PyObject *all = PyObject_CallMethod(gc, function, NULL);
    PyObject *one = PySequence_GetItem(all, generation);
    long answer = PyLong_AsLong(stat ? PyDict_GetItemString(one, stat) : one);
    Py_DECREF(one);
    Py_DECREF(all);
    Py_DECREF(gc);
    return answer;
}

static long collections(int generation)
{
    return asked("get_stats", generation, "collections");
}

enum { GENERATIONS = 3, TOLERANCE = 2 /* collections, for the interpreter has made objects before */ };

/* [[] for _ in range(n)] */
static void collects_as_often_as_python_does(void **state)
{
    (void)state;
    static const struct {
        uint64_t lists, threshold;
        long collections[GENERATIONS];
    } facts[] = { { 1000000, 700, { 1300, 118, 8 } }, { 1000000, 2000, { 455, 41, 3 } } };
    for (size_t f = 0; f < sizeof facts / sizeof *facts; f++) {
        long before[GENERATIONS];
        setting_threshold = facts[f].threshold;
        heap_open();
        collect();
        for (int g = 0; g < GENERATIONS; g++)
            before[g] = collections(g);
        local(List) lists = new_of(List, facts[f].lists);
        for (size_t i = 0; i < lists->length; i++)
            put(lists->at[i], new_of(List, 0));
        for (int g = 0; g < GENERATIONS; g++)
            assert_in_range(collections(g) - before[g] - facts[f].collections[g] + TOLERANCE, 0, 2 * TOLERANCE);
        heap_close();
    }
}

static void make_ring(void)
{
    local(Link) link = new(Link);
    set(link->other, link);
}

static void switched_off_it_collects_when_asked_to(void **state)
{
    (void)state;
    setting_collector = 0;
    heap_open();
    collect();
    long before = collections(0) + collections(1) + collections(2);
    for (int i = 0; i < 10000; i++)
        make_ring();
    assert_int_equal(collections(0) + collections(1) + collections(2), before);
    assert_int_equal(collect(), 10000);
    assert_int_equal(collect(), 0);
    setting_collector = 1;
    heap_close();
}

static PyObject *python(void *object)
{
    return (PyObject *)object - 1;
}

static void an_object_is_a_python_object(void **state)
{
    (void)state;
    heap_open();
    local(Link) link = new(Link);
    local(Number) number = new(Number);
    local(List) list = new_of(List, 7);
    local(Text) text = new_of(Text, 9);
    assert_true(PyObject_GC_IsTracked(python(link)) && PyObject_GC_IsTracked(python(list)));
    assert_false(PyObject_IS_GC(python(number)) || PyObject_IS_GC(python(text)));
    assert_string_equal(Py_TYPE(python(link))->tp_name, "Link");
    assert_int_equal(Py_SIZE(python(list)), 7);
    assert_int_equal(Py_SIZE(python(text)), 9);
    resize(list, List, 70000);
    resize(text, Text, 90000);
    assert_true(PyObject_GC_IsTracked(python(list)));
    assert_int_equal(Py_SIZE(python(list)), 70000);
    assert_int_equal(Py_SIZE(python(text)), 90000);
    local(Link) other = share(link);
    assert_int_equal(Py_REFCNT(python(link)), 2);
    heap_close();
}

static void a_weak_reference_is_pythons(void **state)
{
    (void)state;
    heap_open();
    local(Link) link = new(Link);
    set(link->other, link);
    local(Weak) one = weak(Link, link);
    local(Weak) same = weak(Link, link);
    assert_true(PyWeakref_CheckRef(python(one)));
    assert_ptr_equal(one, same);
    drop(link);
    assert_non_null(weak_target(one));
    collect();
    assert_null(weak_target(one));
    local(Weak) nobody = weak(Link, NULL);
    assert_null(weak_target(nobody));
    heap_close();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(collects_as_often_as_python_does),
        cmocka_unit_test(switched_off_it_collects_when_asked_to),
        cmocka_unit_test(an_object_is_a_python_object),
        cmocka_unit_test(a_weak_reference_is_pythons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

int main(void)
{
    return 0;
}

#endif
