#!/bin/sh
# Twelve hexadecimal digits for what cells are compiled by and for, and run with: fingerprint.sh CC. Machines on which they are the
# same can run the same cells. In sh, for nothing that was compiled elsewhere need run here.
cc=$1

# Where a library leads names its version: libgc.so.1.5.1.
library() { readlink -f "$("$cc" -print-file-name="$1")"; }

{
    "$cc" --version | head -n 1
    getconf GNU_LIBC_VERSION
    uname -m
    grep -E -m 5 '^(vendor_id|cpu family|model|stepping|flags|CPU [a-z]*|Features)[[:space:]]*:' /proc/cpuinfo
    for name in libgc.so libmimalloc.so.2 libjemalloc.so.2 libtcmalloc_minimal.so.4; do library $name; done
    /usr/bin/python3 --version
} 2>/dev/null | sha256sum | cut -c1-12
