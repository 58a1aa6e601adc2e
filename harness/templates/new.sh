#!/bin/sh
# A new workload or strategy, from its template beside this: new.sh workload|strategy NAME, from the project's root.
# It never writes over a file; a name that cannot be one is refused with a sentence and exit status 2.
set -u
kind=$1 name=$2
compiler=${CC:-cc}

refuse() { echo "new-$kind: $*" >&2; exit 2; }

is_keyword() { ! echo "int $1;" | $compiler -std=gnu17 -w -fsyntax-only -x c - 2>/dev/null; }

# Those of the compiler's own, such as linux, and the words of workloads.
is_macro()
{
    $compiler -std=gnu17 -D_GNU_SOURCE -DSTRATEGY=never -iquote harness -iquote strategies -iquote workloads -dM -E -x c \
        harness/workload.h | sed 's/^#define \([A-Za-z0-9_]*\).*/\1/' | grep -qxF -- "$1"
}

# Beside the strategies' folders the build has others.
is_folder_of_build()
{
    case $1 in
    broken | byhand | checked | counted | flags | harness | oracle | pooled | ratios | reclaim | tests | zeal) ;;
    *) return 1 ;;
    esac
}

# Where a strategy's header is looked for, the harness comes first.
is_header_of_harness() { [ -e "harness/$1.h" ]; }

case $kind in
workload) file=workloads/$name.c next="make bench WORKLOADS=$name" ;;
strategy) file=strategies/$name.h next="make bench STRATEGIES=\"refcount $name\"" ;;
*) kind=file refuse "'$1' is neither workload nor strategy" ;;
esac
case $name in
"") refuse "say its name: make new-$kind NAME=name" ;;
[0-9]* | *[!A-Za-z0-9_]*) refuse "'$name' is no name: letters, digits and _, and no digit first" ;;
esac
[ ! -e "$file" ] || refuse "$file is there already"
! is_keyword "$name" || refuse "'$name' is a word of C"
! is_macro "$name" || refuse "'$name' is a macro already"
[ "$kind" = workload ] || ! is_folder_of_build "$name" || refuse "'$name' is a folder of the build"
[ "$kind" = workload ] || ! is_header_of_harness "$name" || refuse "'$name.h' is a header of the harness"

set -C # from here on > writes over nothing
sed "s/NAME/$name/g" "harness/templates/$kind.${file##*.}.in" >"$file" || refuse "cannot write $file"
echo "$file is there; next: $next"
