#!/bin/sh
# Twelve hexadecimal digits for what cells are compiled by and for, and run with: fingerprint.sh CC. Machines on which they are the
# same can run the same cells. In sh, for nothing that was compiled elsewhere need run here.
cc=$1

# What strategies say that they link with, and the allocators that cells can be run over.
libraries()
{
    sed -n 's|^/\* Links with: \(.*\) \*/$|\1|p' strategies/*.h | tr ' ' '\n' | sed -n 's/^-l\(.*\)/lib\1.so/p'
    grep -oh 'lib[a-z_]*\.so\.[0-9]*' harness/cell/allocator.c
}

# Where a library leads names its version: libgc.so.1.5.1. One that is not there is a name without a folder.
version()
{
    file=$("$cc" -print-file-name="$1")
    case $file in */*) readlink -f "$file" ;; *) echo "no $1" ;; esac
}

{
    "$cc" --version | head -n 1
    getconf GNU_LIBC_VERSION
    uname -m
    grep -E -m 5 '^(vendor_id|cpu family|model|stepping|flags|CPU [a-z]*|Features)[[:space:]]*:' /proc/cpuinfo
    for name in $(libraries | sort -u); do version "$name"; done
    /usr/bin/python3 --version
} 2>/dev/null | sha256sum | cut -c1-12
