# A project whose cells are one shell script that does what its strategy is called, and what tests of the runner say of it. Sourced
# in a scratch folder, into which it writes cell.sh; $reclaim is the program.

failures=0

# ---- Saying what came of it ---------------------------------------------------------------------------------------------

ok() { echo "ok - $1"; }
not_ok() { echo "not ok - $1"; sed 's/^/    /' out err 2>/dev/null | tail -n 12; failures=$((failures + 1)); }
check() { local name=$1; shift; if "$@"; then ok "$name"; else not_ok "$name"; fi; }

# Runs reclaim; what it says is in out and err, its exit status in $status.
reclaim() { "$reclaim" "$@" >out 2>err; status=$?; }
bench() { reclaim bench --no-charts --no-census "$@"; }

# The last command ended with this status and said this (an extended regular expression) in one line on standard error.
said() { [ "$status" = "$1" ] && grep -Eq -- "$2" err; }
refused() { said 2 "$1" && [ "$(wc -l <err)" = 1 ]; }

# ---- The project ----------------------------------------------------------------------------------------------------------

cat >cell.sh <<'CELL'
#!/bin/bash
# A cell that does what its strategy is called.
strategy=$(basename "$(dirname "$0")") workload=$(basename "$0") n=1 s=1 settings= allocator=libc
status=ok reason=
[ "$strategy" = cannot ] && status=unsupported reason='holds its whole input'
[ -f needs_input ] && [ "$workload" != idle ] && input=$PWD/input
while [ $# -gt 0 ]; do
    case $1 in
    -n) n=$2; shift ;;
    -s) s=$2; shift ;;
    --set) settings=$settings${settings:+;}$2; shift ;;
    --allocator) allocator=$2; shift ;;
    --describe)
        printf %s strategy,workload,variant,allocator,class,quick,standard,full,depth,swept,streams,cyclic,superlinear,
        echo repeats,requests,status,reason,input,about
        for a in libc $([ "$strategy" = roams ] && echo rival missing); do
            [ $a = missing ] && status=unsupported reason="lib$a is not installed"
            swept=$([ "$workload" = swept ] && echo '10;100;1000')
            echo "$strategy,$workload,main,$a,micro,5,50,500,0,$swept,0,0,0,1,0,$status,$reason,${input-},a fake"
        done
        exit 0 ;;
    --settings)
        echo name,usual,least,most,about,sweep
        [ "$strategy" = tuned ] && printf '%s\n' 'heap,3,1,16,"how much, at most",1 8' 'pace,1,0,18446744073709551615,how fast,'
        exit 0 ;;
    --reference) [ "$workload" = unknown ] && echo NA || echo 42; exit 0 ;;
    esac
    shift
done
row() { echo "$strategy,$workload,main,$n,$s,$settings,$allocator,$1,$2,$3,${4-10},1,0.01,0.01,0.001,1000,,0.001,NA,0"; }
echo "$strategy" >>ran
echo "${#RECLAIM_PADDING}" >>padding
case $strategy in
crash)    kill -SEGV $$ ;;
damaged)  echo 'damaged heap: freed twice at 0x7f, Node' >&2; kill -ABRT $$ ;;
shouts)   yes >&2; exit 3 ;;
exits)    row ok '' 42; exit 3 ;;
picky)    echo 'input:1:3: is not text' >&2; exit 2 ;;
hang)     trap '' TERM; sleep 1000.125 ;;
forks)    setsid sleep 1000.125 & row ok '' 42 ;;
oom)      row oom 'the system refused 64 more bytes' NA NA; exit 1 ;;
wrong)    row ok '' 41 ;;
odd)      row ok '' 40 ;;
lazy)     row ok '' 42 9 ;;
silent)   ;;
torn)     printf '%s' "$strategy,$workload,main,$n,$s,,libc,ok,,42,10,0.0" ;;
garbage)  printf 'Segmentation\0fault\n"\n' ;;
twice)    row ok '' 42; row ok '' 42 ;;
flood)    yes "$(row ok '' 42)" ;;
liar)     strategy=refcount; row ok '' 42 ;;
deaf)     allocator=rival; row ok '' 42 ;;
loose)    settings=heap=4; row ok '' 42 ;;
modest)   row wrong 'I was wrong' 42 ;;
unsteady) row wrong 'repetition 2 did not answer and count as the first' NA NA; exit 1 ;;
mortal)   [ -f unleashed ] && exec setpriv --pdeathsig KILL sleep 1000.125; row ok '' 42 ;;
slow)     sleep 0.1; row ok '' 42 ;;
edits)    [ -f unleashed ] && [ "$(wc -l <ran)" -gt 8 ] && echo more >>input; row ok '' 42 ;;
fills)    head -c 200000 /dev/zero >small/filler 2>/dev/null; row ok '' 42 ;;
*)        row ok '' 42 ;;
esac
CELL
chmod +x cell.sh

# project STRATEGIES WORKLOADS: exactly these, built.
project() {
    rm -rf strategies workloads build results ran padding
    mkdir strategies workloads build
    for s in $1; do
        touch "strategies/$s.h"
        mkdir "build/$s"
        for w in $2; do touch "workloads/$w.c"; cp cell.sh "build/$s/$w"; done
    done
}

rows() { tail -n +2 "$1" | wc -l; }
places() { tail -n +2 "$1" | cut -d, -f1,2 | sort; }
