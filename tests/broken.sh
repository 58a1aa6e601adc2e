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
PLANT=a-finalizer-runs-twice says 1 'full: No space left' "$oracle" --ops 20000 --save /dev/full

# What a command could not say again is refused.
says 2 'too many options to be said again' "$oracle" --ops 1 $(printf -- '--roots 64 %.0s' $(seq 30))

# That there is no memory breaks no promise, and is no finding.
"$build/reclaim" famine --request 1 -- "$oracle" --ops 20000 --roots 64 --bytes 4 --pad 0 >"$scratch/said" 2>&1
status=$?
if grep -q 'no program can be refused memory' "$scratch/said"; then
    pass "the system lets no program be refused memory"
elif [ $status -eq 3 ] && grep -Eq '^naive: seed 1, episode 0, operation [0-9]+: out of memory: [0-9]+ bytes$' "$scratch/said" &&
    ! grep -q Shrunk "$scratch/said"; then
    pass "an oracle without memory says so, and ends with 3"
else
    miss "an oracle without memory: exit status $status, $(cat "$scratch/said")"
fi

# The mode of make stress keeps the script of what it found, and tells the command that plays it again.
export RECLAIM_LOCK="$scratch/lock"
: >"$RECLAIM_LOCK"
mkdir -p "$scratch/build/tests/refcount"
printf '#!/bin/sh\nPLANT=a-finalizer-runs-twice exec %s "$@"\n' "$PWD/$oracle" >"$scratch/build/tests/refcount/oracle"
chmod +x "$scratch/build/tests/refcount/oracle"
says 1 'oracle, refcount, random programs, plain: seed 7, episode 0, operation .* ran twice; shrunk from' "$build/reclaim" stress \
    --modes oracle --quick --minutes 0.01 --seed 7 --strategies refcount --build "$scratch/build" --results "$scratch" --run found
says 1 'ran twice' $(sed -n 's/.*,broken,operations,.*,//p' "$scratch/found/stress.csv")
says 0 'checked,NA,0,0,untried.*its oracle was not built' cat "$scratch/found/stress.csv"

# An oracle that says nothing, or that it did nothing, has shown nothing.
nothing="0 births, 0 finalizers, 0 of 0 weak references read empty, 0 comparisons"
for said in "" "refcount: 0 operations in 0 episodes from seed 7: $nothing"; do
    printf '#!/bin/sh\necho "%s"\n' "$said" >"$scratch/build/tests/refcount/oracle"
    says 1 'oracle, refcount, random programs, plain: its oracle does not say that it played anything' \
        "$build/reclaim" stress --modes oracle --quick --minutes 0.01 --seed 7 --strategies refcount --build "$scratch/build" \
        --results "$scratch" --run mute
done

# What is no script is refused: a line means what it would be written as, to the letter.
spoiled() # what words command …, which writes the script
{
    what=$1 words=$2
    shift 2
    "$@" <"$scratch/script" >"$scratch/spoiled"
    refuses "a script $what" "$words" "$oracle" --replay "$scratch/spoiled"
}
with_more() { cat && echo; }
with_binary() { head -n 1 && head -c 4096 "$oracle"; }
with_zero() { sed '2s/.*/new 1 2 3@garbage/' | tr @ '\0'; }
with_digits() { head -n 1 && printf 'new 1 2 %01000000d\n' 3; }
spoiled "without its end" 'has no end' head -n 2
spoiled "torn within a line" 'line 2: this is no operation' head -c $(($(head -n 2 "$scratch/script" | wc -c) - 4))
spoiled "whose last line is torn" 'does not end with as many operations' head -c -1
spoiled "from which a line was taken" 'does not end with as many operations' sed 2d
spoiled "with something behind it" "something follows the script's end" with_more
spoiled "of another version" 'line 1: this script is of version 0, and what is played here is version 1' sed 's/^reclaim oracle script .*/reclaim oracle script 0/'
spoiled "with a version that is no number" 'line 1: this is no script of the oracle' sed '1s/1$/1.0/'
spoiled "with another system's line ends" 'line 1: this is no script of the oracle' sed '1s/$/\r/'
spoiled "that is empty" 'this is no script' true
spoiled "that is a program" 'this is no script' head -c 4096 "$oracle"
spoiled "that is a program from its second line on" 'line 2: this is no operation' with_binary
spoiled "with a zero byte" 'line 2: this is no operation' with_zero
spoiled "with a line of a million digits" 'line 2: this is no operation' with_digits
for line in 'hop 1 2 3' 'new' 'new 1 2' 'new 1 2 3 4' ' new 1 2 3' 'new  1 2 3' 'new 1 2 3 ' 'new 01 2 3' 'new -1 2 3' 'new +1 2 3' \
    'new 1e3 2 3' 'new 4294967296 2 3' 'new 99999999999999999999999 2 3' 'New 1 2 3' ''; do
    spoiled "with the line '$line'" 'line 2: this is no operation' sed "2s/.*/$line/"
done
for end in 'end' 'end -1' 'end 1e1' 'end 18446744073709551616' 'end 99999999999999999999999' 'ending 1'; do
    spoiled "with the end '$end'" 'does not end with as many operations' sed "\$s/.*/$end/"
done
refuses "a script that is not there" 'No such file' "$oracle" --replay "$scratch/none"
refuses "a script that is a folder" 'Is a directory' "$oracle" --replay "$scratch"

# So is what is no option, number or setting; and, before anything is played, what is none for all strategies.
says 2 'usage: oracle' "$oracle" --nosuch 1
for number in many 0 -1 1e6 18446744073709551616; do
    refuses "the oracle: $number operations" "--ops $number: wants a whole number from 1 to" "$oracle" --ops "$number"
    refuses "the oracle: $number seconds" "--seconds $number: wants a whole number from 1 to" "$oracle" --seconds "$number"
done
refuses "the oracle: a seed that is none" "--seed -1: wants a whole number from 0 to" "$oracle" --seed -1
refuses "the oracle: a setting that is none" "no setting 'foo'; there are: cycles" "$oracle" --set foo=1
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
