#!/bin/bash
# Which malloc a cell runs on: the one that it was asked to, read back from the process, and agreed to by the dynamic linker.
#
# allocators.sh BUILD
set -u
build=$1
. tests/cells.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cell=$build/refcount_malloc/binary_trees
plain=$build/refcount/binary_trees
unset LD_PRELOAD

says() # name; words wanted in the row; the row
{
    case $3 in
    *"$2"*) pass "$1" ;;
    *) miss "$1: $3" ;;
    esac
}

# The file whose malloc the dynamic linker gave the cell last: after it has started again, that is.
bound() # allocator
{
    rm -f "$scratch"/linker.*
    LD_DEBUG=bindings LD_DEBUG_OUTPUT=$scratch/linker "$cell" --allocator "$1" -n 4 >/dev/null
    sed -n "s|.*binding file $cell .* to \([^ ]*\) .*symbol .malloc'.*|\1|p" "$scratch"/linker.* | tail -n 1
}

described=$("$cell" --describe | awk -F, '$3 == "standard" { printf "%s ", $4 }')
[ "$described" = "glibc mimalloc jemalloc tcmalloc " ] && pass "four are described, the C library's first" ||
    miss "described: $described"

for a in $described; do
    row=$("$cell" --allocator "$a" -n 10)
    if [ "$(echo "$row" | field status)" = unsupported ]; then
        says "$a is not here, and the row says what to install" "install " "$row"
        continue
    fi
    says "$a is the one that is active" ",$a,ok," "$row"
    file=$(bound "$a")
    case $a:$(basename "$file") in
    glibc:libc.so* | *:lib"$a"*) pass "$a: the dynamic linker took malloc from $(basename "$file")" ;;
    *) miss "$a: the dynamic linker took malloc from '$file'" ;;
    esac
done

here=$("$cell" --describe | awk -F, '$11 == "ok" && $4 != "glibc" { print $4; exit }')
if [ -n "$here" ]; then
    library=$(bound "$here")
    says "one that the user preloads is seen" ",$here,ok," "$(LD_PRELOAD=$library "$cell" -n 4)"
    says "also by a strategy that does not choose" ",$here,ok," "$(LD_PRELOAD=$library "$plain" -n 4)"
    says "what the last process was asked for is forgotten" ",$here,ok," \
        "$(RECLAIM_ALLOCATOR=$here "$cell" --allocator "$here" -n 4)"
    refuses "the C library's, where there is no choice" "'glibc' here; there are: $here, for LD_PRELOAD names $library" \
        env LD_PRELOAD="$library" "$plain" --allocator glibc
    refuses "a run under it" "LD_PRELOAD is set ($library), which trials do not see" \
        env LD_PRELOAD="$library" \
        "$build/reclaim" bench --build "$build" --results "$scratch/results" --strategies refcount --quick
    [ ! -e "$scratch/results" ] && pass "which leaves nothing" || miss "a refused run leaves $(ls "$scratch/results")"
    says "asked for the C library's, the cell leaves it" ",glibc,ok," "$(LD_PRELOAD=$library "$cell" --allocator glibc -n 4)"
fi

# A library that goes by the name and has no malloc.
mkdir "$scratch/lib"
echo 'int nothing;' | cc -shared -fPIC -x c - -o "$scratch/lib/libmimalloc.so.3"
says "a library without malloc is found out" "mimalloc,unsupported,mimalloc was asked for but malloc is that of glibc,NA" \
    "$(LD_LIBRARY_PATH=$scratch/lib "$cell" --allocator mimalloc -n 4)"

sanitized=$build/checked/refcount_malloc/binary_trees
says "sanitized, there is the sanitizer's" ",asan,ok," "$("$sanitized" --allocator glibc -n 4)"
says "and no other" ",mimalloc,unsupported,AddressSanitizer" "$("$sanitized" --allocator mimalloc -n 4)"

refuses "an unknown allocator" "'nosuch' here; there are: glibc mimalloc" "$cell" --allocator nosuch
refuses "an unknown allocator where there is no choice" "'nosuch' here; there are: glibc" "$plain" --allocator nosuch
ended
