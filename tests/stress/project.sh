# A project whose cells take next to no time, in a folder of its own, and what the fault scripts say of it. Sourced.
#
# A script is called as SCRIPT BUILD SEED FIRST LAST FOLDER, from the root of the real project: it makes the tries number FIRST
# to LAST, whose every random choice comes from the seed and the number. It prints a line for each thing that was tried,
#     ok - SUBJECT: CONDITION: SENTENCE
# or `not ok`, or `untried`, one or more a try, and exits with 1 when a line was not ok. What was not ok stays in
# FOLDER/<number>.
set -u
script=$0 root=$PWD build=$(cd "${1:?usage: $0 BUILD SEED FIRST LAST FOLDER}" && pwd) || exit 2
seed=${2:?a seed} first=${3:?the first try} last=${4:?the last try}
mkdir -p "${5:?a folder}" && folder=$(cd "$5" && pwd) || exit 2
reclaim=$build/reclaim
failures=0
export LC_ALL=C
unset MAKEFLAGS MAKELEVEL MFLAGS STRATEGIES WORKLOADS

# ---- Saying what came of it ---------------------------------------------------------------------------------------------

subject= condition= complaint= told=
untried() { told=yes; echo "untried - $subject: $condition: $*"; }
demand() { if [ -z "$complaint" ] && ! "${@:2}"; then complaint=$1; fi; }  # what is said unless the command is true

# Says what came of the demands since the last of these; the words are for where all were met.
tried()
{
    told=yes
    if [ -z "$complaint" ]; then echo "ok - $subject: $condition: $*"; return; fi
    echo "not ok - $subject: $condition: $complaint; again: $script ${build#"$root"/} $seed $number $number ${folder#"$root"/}"
    failures=$((failures + 1)) spoilt=yes complaint=
}

# ---- Chance -------------------------------------------------------------------------------------------------------------

below() { chosen=$(((RANDOM * 32768 + RANDOM) % $1)); }       # from 0 to N - 1, in $chosen
one_of() { below $#; shift $chosen; chosen=$1; }              # of the words, in $chosen
moment() { below "$1"; printf -v chosen '%d.%03d' $((chosen / 1000)) $((chosen % 1000)); }  # of N ms, in seconds

# ---- The project --------------------------------------------------------------------------------------------------------

# A project in the folder of this try, which becomes the current one; its cells note in `ran` that they are run.
project() # strategy …
{
    local s
    spoilt= complaint= told= RANDOM=$(((seed * 7919 + number * 10007) % 32768))
    rm -rf "${folder:?}/$number"
    mkdir -p "$folder/$number"/{workloads,plots,build/counted,harness} && cd "$folder/$number" || exit 2
    export RECLAIM_LOCK=$PWD/lock  # on the machine: nothing here is measured
    ln -s "$root/strategies" . && ln -s "$root/harness/words" harness
    ln -s "$root"/plots/{style*.gp,certainty.gp,timeline.gp,stress} plots
    touch workloads/tiny.c ran
    for s in "$@"; do
        mkdir "build/$s" "build/counted/$s"
        ln -s "$build/stress/counted/$s/tiny" "build/counted/$s"
        printf '#!/bin/sh\n[ "${1#--}" = "$1" ] && echo >>ran\nexec "%s" "$@"\n' "$build/stress/$s/tiny" >"build/$s/tiny"
        chmod +x "build/$s/tiny"
    done
    options=(--run run --seed 7 --blocks 8 --strategies "$*")
}

# The folder of this try goes, unless something in it was not ok. Each try says what came of it.
leave()
{
    demand "nothing was said of this try" [ "$told" ]
    [ -z "$complaint" ] || tried
    cd "$root" || exit 2
    [ "$spoilt" ] || rm -rf "${folder:?}/$number"
}

bench() { "$reclaim" bench "${options[@]}" "$@" >out 2>err; status=$?; }

rows() { if [ -e "$1" ]; then tail -n +2 "$1" | grep -c '$'; else echo 0; fi; }
said() { head -n 3 err | cut -c 1-200 | paste -sd ' '; }

# What still runs in this folder, but for this script.
still_running()
{
    local process
    for process in $(find /proc -maxdepth 2 -name cwd -lname "$PWD*" 2>/dev/null | cut -d/ -f3); do
        [ "$process" = $$ ] || [ "$process" = "$BASHPID" ] || tr '\0' ' ' 2>/dev/null <"/proc/$process/cmdline"
    done
}

nothing_runs()
{
    local _
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        [ -z "$(still_running)" ] && return
        sleep 0.1
    done
    return 1
}

# ---- What must hold of a run that was disturbed ---------------------------------------------------------------------------

# What is measured or counted; all else in the folder of a run is derived.
MEASURED="plan.csv trials.csv hiccups.csv manifest.json census.csv pauses.csv pause_runs.csv timeline.csv leaks.csv latency.csv"

# All rows that were there are there as they were, and those of a plan that is not made yet may get their verdict.
rows_stay()
{
    [ ! -e before ] || cmp -s -n "$(stat -c %s before)" before results/run/trials.csv
}

places() { tail -n +2 "results/run/$1" | cut -d, -f1,2 | sort; }
is_complete() { [ "$(places trials.csv)" = "$(places plan.csv)" ]; }
leftovers() { find results -name '*.draft' -o -name '*.unfinished' -o -name '*.log' -o -name counted; }
is_unlocked() { flock -n lock true && flock -n results/run true; }

# What an undisturbed report makes of the same files.
report_differs()
{
    local file
    mkdir -p again/run
    for file in $MEASURED; do cp "results/run/$file" again/run; done
    "$reclaim" report again/run >out 2>err || { said; return; }
    diff -rq results/run again/run
}
