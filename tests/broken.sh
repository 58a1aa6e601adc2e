#!/bin/sh
# What tests strategies is tested: faults are planted in a strategy that has none (tests/broken/naive.h, and hoarder.h for what
# only one that guesses can do), and the oracle must find each of them and say what it is; without a fault it must find nothing.
#
# broken.sh BUILD
set -u
build=$1
. tests/cells.sh
oracle=$build/broken/naive/oracle
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# One line a fault: its name, and what the oracle may say of it, as a regular expression.
faults='
a-collection-says-too-much                 says that it found
a-finalizer-is-forgotten                   its finalizer did not run
a-finalizer-of-the-living-runs             the finalizer of #[0-9]+ ran, which is reachable
a-finalizer-runs-twice                     ran twice
a-loop-of-one-is-overlooked                objects are live|its finalizer did not run
an-owner-is-never-let-go                   objects are live|its finalizer did not run
an-owner-is-not-counted                    more references than owners|no longer its own|which is reachable|given back
children-are-finalized-first               before that of what owns it
fields-are-cleared-before-finalizers       objects are live|does not refer to what was stored there
one-of-the-living-is-swept                 given back|no longer its own|more references than owners|nobody told
resizing-loses-the-first-slot              objects are live|does not refer to what was stored there
the-last-slot-is-forgotten                 objects are live|its finalizer did not run
the-resurrected-are-freed                  given back|no longer its own|more references than owners|nobody told
the-third-field-is-not-followed            which is reachable|says that it found|given back
weak-references-stay-full                  still refers to #[0-9]+, which is dead
weak-references-to-the-living-are-emptied  reads empty, and #[0-9]+ is alive
'

must_be_found() # fault expression
{
    PLANT=$1 "$oracle" --ops 300000 --save "$scratch/script" >"$scratch/said" 2>&1
    status=$?
    message=$(grep -m 1 '^naive: ' "$scratch/said")
    if [ $status -eq 1 ] && echo "$message" | grep -Eq -- "$2"; then
        shrunk=$(sed -n 's/^Shrunk from .* to \([0-9]*\):$/\1/p' "$scratch/said")
        pass "$1, shrunk to $shrunk operations: ${message#naive: }"
    else
        miss "$1: exit status $status, ${message:-nothing was said}"
    fi
}

says() # status what command …: the command ends so, and says that
{
    expected=$1 what=$2
    shift 2
    said=$("$@" 2>&1)
    status=$?
    if [ $status -eq "$expected" ] && echo "$said" | grep -Eq -- "$what"; then
        pass "$what"
    else
        miss "$what: exit status $status, $said"
    fi
}

says 0 '300000 operations' "$oracle" --ops 300000
echo "$faults" | grep . >"$scratch/faults"
while read -r fault expression; do
    must_be_found "$fault" "$expression"
done <"$scratch/faults"

# What lives on by chance is a promise broken only if it happens all the time.
says 0 '300000 operations' "$build/broken/hoarder/oracle" --ops 300000
PLANT=the-dead-are-roots says 1 'alive that nobody reaches' "$build/broken/hoarder/oracle" --ops 300000

# A script that failed fails again, and is at peace with a strategy that has no fault.
PLANT=a-finalizer-runs-twice "$oracle" --ops 20000 --save "$scratch/script" >/dev/null
PLANT=a-finalizer-runs-twice says 1 'ran twice' "$oracle" --replay "$scratch/script"
says 0 'every promise was kept' "$oracle" --replay "$scratch/script"

# What is no script is refused.
head -n 2 "$scratch/script" >"$scratch/torn"
sed 's/^reclaim oracle script .*/reclaim oracle script 0/' "$scratch/script" >"$scratch/old"
sed '2s/.*/hop 1 2 3/' "$scratch/script" >"$scratch/strange"
says 2 'has no end' "$oracle" --replay "$scratch/torn"
says 2 'another version' "$oracle" --replay "$scratch/old"
says 2 'line 2: this is no operation' "$oracle" --replay "$scratch/strange"
says 2 'No such file' "$oracle" --replay "$scratch/none"

# So is what is no option, number or setting; and, before anything is played, what is none for all strategies.
says 2 'usage: oracle' "$oracle" --nosuch 1
for number in many 0 -1 1e6 18446744073709551616; do
    refuses "the oracle: $number operations" "--ops $number: wants a whole number from 1 to" "$oracle" --ops "$number"
done
refuses "the oracle: a seed that is none" "--seed -1: wants a whole number from 0 to" "$oracle" --seed -1
refuses "the oracle: a setting that is none" "no setting 'foo'; this strategy has none" "$oracle" --set foo=1
for number in many 0 -1 1e6 007 10000000000000000000; do
    refuses "make oracle OPS=$number" "OPS must be a whole number from 1 to" \
        env OPS="$number" tests/oracle.sh "$scratch/no-build"
done
for number in abc -1 1.5; do
    refuses "make oracle SEED=$number" "SEED must be a whole number from 0 to" \
        env SEED="$number" tests/oracle.sh "$scratch/no-build"
done
refuses "make oracle, before anything is built" "OPS must be" env OPS=0 tests/oracle.sh --check
ended
