#!/bin/sh
# Installs what is missing to build, run and test the suite, through the system's package manager; prints nothing when all is
# there. Where it may not install, it prints the one command to run and exits 2.
#
# deps.sh CC: CC is the C compiler whose headers count.
set -u
cc=${1:-cc}

# One line a need: how to see that it is there; its package in apt, dnf, pacman, apk, brew.
needs='
command hyperfine   hyperfine      hyperfine       hyperfine hyperfine    hyperfine
command gnuplot     gnuplot-nox    gnuplot-minimal gnuplot   gnuplot      gnuplot
header  gc.h        libgc-dev      gc-devel        gc        gc-dev       bdw-gc
header  jansson.h   libjansson-dev jansson-devel   jansson   jansson-dev  jansson
header  cmocka.h    libcmocka-dev  libcmocka-devel cmocka    cmocka-dev   cmocka
command valgrind    valgrind       valgrind        valgrind  valgrind     valgrind
command python3     python3        python3         python    python3      python3
'

is_there() # kind name
{
    case $1 in
    command) command -v "$2" >/dev/null 2>&1 ;;
    # cmocka.h wants these four before it.
    header) printf '#include <stdarg.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <setjmp.h>\n#include <%s>\n' "$2" |
            "$cc" -E -x c - >/dev/null 2>&1 ;;
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

missing=
packages=
while read -r kind name apt dnf pacman apk brew; do
    [ -n "$kind" ] && ! is_there "$kind" "$name" || continue
    missing="$missing $name"
    case $manager in
    apt-get) packages="$packages $apt" ;;
    dnf)     packages="$packages $dnf" ;;
    pacman)  packages="$packages $pacman" ;;
    apk)     packages="$packages $apk" ;;
    brew)    packages="$packages $brew" ;;
    esac
done <<END
$needs
END
[ -n "$missing" ] || exit 0

case $manager in
apt-get) install="apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends$packages" ;;
dnf)     install="dnf install -y$packages" ;;
pacman)  install="pacman -S --noconfirm$packages" ;;
apk)     install="apk add$packages" ;;
brew)    install="brew install$packages" ;;
*)       echo "Missing:$missing; no known package manager is here to install them." >&2; exit 2 ;;
esac

# brew wants no root; the others do.
if [ "$manager" = brew ] || [ "$(id -u)" -eq 0 ]; then
    may="sh -c"
elif sudo -n true 2>/dev/null; then
    may="sudo sh -c"
else
    echo "Missing:$missing; install with: sudo sh -c '$install'" >&2
    exit 2
fi

echo "Installing what is missing:$missing"
log=$(mktemp)
if ! $may "$install" >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    rm -f "$log"
    echo "Could not install:$missing; the command was: $install" >&2
    exit 2
fi
rm -f "$log"
