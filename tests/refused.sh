#!/bin/sh
# What the compiler refuses, and the words it does so with: mistakes in a workload or a strategy that are found before
# anything runs.
#
# refused.sh BUILD
set -u
build=$1
. tests/cells.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# As in the Makefile, which says what clang makes of it.
jumps=$("${CC:-cc}" --version | grep -q clang || echo -Werror=jump-misses-init)

compile() # folder of the strategy, its name; the program on standard input
{
    "${CC:-cc}" -std=gnu17 -D_GNU_SOURCE -Wall -Wextra $jumps -fsyntax-only -iquote "$1" -iquote harness \
        -iquote strategies -iquote workloads -DSTRATEGY="$2" -x c - 2>&1
}

head='#include "workload.h"
typedef struct Node Node;
struct Node { Node *next; uint64_t number; };
typedef struct Text { size_t length; char at[]; } Text;
leaf_of(Text);'
tail='static uint64_t work(uint64_t n) { operations += n; return n; }
WORKLOAD(mistake, MICRO, 1, "a mistake", VARIANT(work));'

refuses() # what expression program: under every strategy, in these words
{
    for s in $(strategies); do
        said=$(printf '%s\n%s\n%s\n' "$head" "$3" "$tail" | compile strategies "$s")
        if echo "$said" | grep 'error:' | grep -Eq -- "$2"; then
            pass "$1, under $s"
        else
            miss "$1, under $s: $(echo "$said" | head -n 3)"
        fi
    done
}

accepts() # what program
{
    for s in $(strategies); do
        said=$(printf '%s\n%s\n%s\n' "$head" "$2" "$tail" | compile strategies "$s")
        if [ -z "$said" ]; then pass "$1, under $s"; else miss "$1, under $s: $(echo "$said" | head -n 3)"; fi
    done
}

accepts "a program without mistakes is accepted" 'refs(Node, next);'
refuses "a type that was not declared" 'Node_type. undeclared|undeclared identifier .Node_type' \
    'static inline Node *make(void) { return new(Node); }'
refuses "an array of references among refs" 'Pair.both is no single reference' \
    'typedef struct Pair { Node *both[2]; } Pair; refs(Pair, both);'
refuses "a weak reference to what can be resized" 'Text has trailing elements: no weak reference can follow it' \
    'refs(Node, next); static inline void look(Text *text) { local(Weak) w = weak(Text, text); (void)w; }'
refuses "references that are left unset" 'Row is no leaf_of: what it refers to may not be left unset' \
    'typedef struct Row { size_t length; Node *at[]; } Row; slots(Row);
static inline Row *make(void) { return new_unset(Row, 2); }'
refuses "a finalizer of another type" 'incompatible pointer type|incompatible-pointer-types' \
    '#pragma GCC diagnostic error "-Wincompatible-pointer-types"
static inline void bury(uint64_t *self) { *self = 0; } finalized(Node, bury, next);'
[ -z "$jumps" ] || refuses "a local in scope at a yield" 'jumps over variable initialization' \
    'refs(Node, next);
GENERATOR(Count, Node, uint64_t i;) { start; local(Node) k = new(Node); yield(new(Node)); self->i = k->number; finish; }'

strategy_refused() # what expression header
{
    printf '%s\n' "$3" >"$scratch/mine.h"
    said=$(printf '%s\nrefs(Node, next);\n%s\n' "$head" "$tail" | compile "$scratch" mine)
    if echo "$said" | grep -Eq -- "error: .*$2"; then pass "$1"; else miss "$1: $(echo "$said" | head -n 3)"; fi
}

strategy_refused "a strategy that allocates nothing" 'does not define allocate\(type, size\)' ''
strategy_refused "one that collects and does not say what" 'does not say whether it collects cycles' \
    '#define allocate(type, size) calloc(1, size)
#define collect() 0'
ended
