#!/bin/sh
# Installs what is missing to build, run and test the suite, through the system's package manager; prints nothing when all is
# there. Where it may not install, it prints the one command to run and exits 2.
#
# deps.sh CC BUILD [ratios | valgrind | browser | cluster | fuzz]: CC is the C compiler whose headers count, BUILD the folder that
# is built into; ratios: what only the rivals of tests/ratios.sh need; valgrind: what only counting instructions and the tests do;
# browser: what only tests/page.sh does; cluster: what only tests/cluster does; fuzz: what only tests/fuzz.sh does, with the
# compiler CLANG (clang).
set -u
cc=${1:-cc}
build=${2:-build}
group=${3:-suite}

# One line a need: how to see that it is there; its package in apt, dnf, pacman, apk, brew.
needs='
command hyperfine   hyperfine      hyperfine       hyperfine hyperfine    hyperfine
command gnuplot     gnuplot-nox    gnuplot-minimal gnuplot   gnuplot      gnuplot
header  gc.h        libgc-dev      gc-devel        gc        gc-dev       bdw-gc
header  jansson.h   libjansson-dev jansson-devel   jansson   jansson-dev  jansson
header  openssl/evp.h libssl-dev   openssl-devel   openssl   openssl-dev  openssl
header  cmocka.h    libcmocka-dev  libcmocka-devel cmocka    cmocka-dev   cmocka
command python3     python3        python3         python    python3      python3
'

# What some strategies or workloads are `unsupported` without, or a test skipped, and nothing else misses. Each is tried once
# for a build folder, and one that cannot be installed stops nothing. A file may be in one of several places; - is no package.
optional='
python  Python.h                 python3-dev          python3-devel   python     python3-dev python3
library libmimalloc.so.2         libmimalloc2.0       mimalloc        mimalloc   mimalloc2   mimalloc
library libjemalloc.so.2         libjemalloc2         jemalloc        jemalloc   jemalloc    jemalloc
header  gsl/gsl_cdf.h            libgsl-dev           gsl-devel       gsl        gsl-dev     gsl
library libtcmalloc_minimal.so.4 libtcmalloc-minimal4 gperftools-libs gperftools gperftools  gperftools
file /usr/share/unicode/NamesList.txt:/usr/share/unicode/ucd/NamesList.txt \
    unicode-data unicode-ucd unicode-character-database unicode-character-database -
file /usr/share/iso-codes/json/iso_639-3.json:/home/linuxbrew/.linuxbrew/share/iso-codes/json/iso_639-3.json \
    iso-codes iso-codes iso-codes iso-codes iso-codes
'
if [ "$group" = ratios ]; then needs= optional='
command pkg-config       pkg-config     pkgconf         pkgconf   pkgconf      pkgconf
package apr-1            libapr1-dev    apr-devel       apr       apr-dev      apr
package talloc           libtalloc-dev  libtalloc-devel talloc    talloc-dev   talloc
library libmimalloc.so.2 libmimalloc2.0 mimalloc        mimalloc  mimalloc2    mimalloc
'
fi

if [ "$group" = browser ]; then needs= optional='
command chromedriver chromium-driver  chromedriver     chromium        chromium-chromedriver chromium
module  selenium     python3-selenium python3-selenium python-selenium py3-selenium          -
'
fi
if [ "$group" = cluster ]; then needs= optional='
file    /usr/sbin/slurmctld slurm-wlm slurm-slurmctld - - -
file    /usr/sbin/slurmd    slurm-wlm slurm-slurmd    - - -
command sbatch              slurm-wlm slurm           - - -
file    /usr/sbin/munged    munge     munge           - - -
'
fi
if [ "$group" = valgrind ]; then needs='
command valgrind valgrind valgrind valgrind valgrind valgrind
' optional=
fi

if [ "$group" = fuzz ]; then needs='
command clang     clang           clang       clang       clang       llvm
fuzzer  libFuzzer libclang-rt-dev compiler-rt compiler-rt compiler-rt llvm
' optional=
fi

# One of these paths, with colons between them, can be read.
any_file()
{
    echo "$1" | tr : '\n' | while read -r file; do [ ! -r "$file" ] || echo there; done | grep -q there
}

is_there() # kind name
{
    case $1 in
    command) command -v "$2" >/dev/null 2>&1 ;;
    # cmocka.h wants these four before it.
    header) printf '#include <stdarg.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <setjmp.h>\n#include <%s>\n' "$2" |
            "$cc" -E -x c - >/dev/null 2>&1 ;;
    # Not in the compiler's own path; the Makefile asks the same command.
    python)
        echo "#include <$2>" |
            "$cc" $(PATH=/usr/bin:$PATH python3-config --includes 2>/dev/null) -E -x c - >/dev/null 2>&1 ;;
    library) [ "$("$cc" -print-file-name="$2")" != "$2" ] ;;
    module) /usr/bin/python3 -c "import $2" 2>/dev/null ;;
    package) pkg-config --exists "$2" 2>/dev/null ;;
    file) any_file "$2" ;;
    fuzzer) printf 'int LLVMFuzzerTestOneInput(void) { return 0; }\n' |
            "${CLANG:-clang}" -fsanitize=fuzzer,address -x c - -o "$log" 2>/dev/null ;;
    esac
}

manager=
for candidate in apt-get dnf pacman apk brew; do
    if command -v $candidate >/dev/null 2>&1; then manager=$candidate; break; fi
done

if ! command -v "$cc" >/dev/null 2>&1; then
    echo "There is no C compiler '$cc' on this machine; install one, or name another with CC=." >&2
    exit 2
fi

# Sets missing to the names of those needs that are not there, and packages to what they are in.
look_for() # needs
{
    missing= packages=
    while read kind name apt dnf pacman apk brew; do
        [ -n "$kind" ] && ! is_there "$kind" "$name" || continue
        missing="$missing ${name%%:*}"
        case $manager in
        apt-get) package=$apt ;;
        dnf)     package=$dnf ;;
        pacman)  package=$pacman ;;
        apk)     package=$apk ;;
        brew)    package=$brew ;;
        *)       package=- ;;
        esac
        [ "$package" = - ] || packages="$packages $package"
    done <<END
$1
END
}

# The command that installs packages here, or nothing.
install_command() # packages …
{
    case $manager in
    apt-get) echo "apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $*" ;;
    dnf)     echo "dnf install -y $*" ;;
    pacman)  echo "pacman -S --noconfirm $*" ;;
    apk)     echo "apk add $*" ;;
    brew)    echo "brew install $*" ;;
    esac
}

# brew wants no root; the others do.
if [ "$manager" = brew ] || [ "$(id -u)" -eq 0 ]; then
    may="sh -c"
elif sudo -n true 2>/dev/null; then
    may="sudo sh -c"
else
    may=
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# ---- What nothing goes without ---------------------------------------------------------------------------------------

look_for "$needs"
if [ -n "$missing" ]; then
    install=$(install_command $packages)
    if [ -z "$install" ]; then
        echo "Missing:$missing; no known package manager is here to install them." >&2
        exit 2
    elif [ -z "$may" ]; then
        echo "Missing:$missing; install with: sudo sh -c '$install'" >&2
        exit 2
    fi
    echo "Installing what is missing:$missing"
    if ! $may "$install" >"$log" 2>&1; then
        tail -n 5 "$log" >&2
        echo "Could not install:$missing; the command was: $install" >&2
        exit 2
    fi
fi

# ---- What can be done without ----------------------------------------------------------------------------------------

look_for "$optional"
[ -n "$missing" ] || exit 0
tried=$build/$group.tried
[ "$(cat "$tried" 2>/dev/null)" != "$missing" ] || exit 0
install=${packages:+$(install_command $packages)}
if [ -n "$install" ] && [ -n "$may" ]; then
    echo "Installing what can be done without:$missing"
    $may "$install" >"$log" 2>&1 || for package in $packages; do $may "$(install_command "$package")" >"$log" 2>&1; done
    look_for "$optional"
fi
if [ -n "$missing" ]; then
    mkdir -p "$build" && echo "$missing" >"$tried"
    echo "Not here, and what wants them says so:$missing${install:+; install with: $install}" >&2
fi
exit 0
