#!/bin/sh
# What tests/ratios.sh makes of the numbers that it measures is tested with programs that only print some: whether a bar is met,
# what a row says where there is nothing to compare, the slope of a growth, and the exit status.
#
# bars.sh
set -u
. tests/cells.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export ROUNDS=3 GROWTH_ROUNDS=1 SET=

prints() # strategy program command-of-the-shell: a program that prints what the command does
{
    mkdir -p "$scratch/ratios/$1"
    printf '#!/bin/sh\n%s\n' "$3" >"$scratch/ratios/$1/$2"
    chmod +x "$scratch/ratios/$1/$2"
}

says() # name status expression group …: what is printed, and the exit status
{
    name=$1 expected=$2 expression=$3
    shift 3
    said=$(STRATEGIES=refcount_cycle tests/ratios.sh "$scratch" "$@" 2>&1)
    status=$?
    if [ $status -eq "$expected" ] && echo "$said" | grep -Eq -- "$expression"; then
        pass "$name"
    else
        miss "$name: exit status $status, '$expression' wanted: $said"
    fi
}

echo "a compiler" >"$scratch/flags"
mkdir "$scratch/refcount_cycle" && cp /bin/true "$scratch/refcount_cycle/binary_trees"
prints refcount_cycle growth 'echo 20'
prints cpython growth 'echo 100'
prints cpython pairs 'echo 100'

says "a program of ours that is not there is a miss" 1 'pairs .* not there: .*refcount_cycle/pairs .* \*\*no\*\*' cycles
prints refcount_cycle pairs 'echo 29'
says "a ratio below its bar is met" 0 'pairs .* median of 3 \| 0\.290 \| 0\.290 to 0\.290 \| ≤ 0\.30 \| yes \|' cycles
SET=refcount_cycle.threshold=5 says "settings are named in their rows" 0 \
    'refcount_cycle, `threshold=5` \| .* pairs .*yes' cycles
prints refcount_cycle pairs 'case "$*" in "1000000 --set threshold=5 --set divisor=0") echo 29;; *) exit 3;; esac'
SET=refcount_cycle.threshold=5,divisor=0 says "and given to the program" 0 'pairs .* 0\.290' cycles
prints refcount_cycle pairs 'echo 29'
says "a rival that is not there is a row, and no miss" 0 'CPython.* not there: .*cpython/binary_trees \| NA' cycles
prints refcount_cycle pairs 'echo 31'
says "one above it is missed" 1 'pairs .* \| 0\.310 \| .* \| ≤ 0\.30 \| \*\*no\*\* \|' cycles
# In turns: 30, 90, 31; the mean would be 50.
prints refcount_cycle pairs 'echo x >>"$0.turns"; case $(wc -l <"$0.turns") in 1) echo 30;; 2) echo 90;; *) echo 31;; esac'
says "the median counts, and the range is told" 1 '\| 0\.310 \| 0\.300 to 0\.900 \|' cycles
prints refcount_cycle pairs 'exit 3'
says "a program that fails is a miss" 1 'pairs .*failed: .*pairs 1000000 / 100 \| NA \|  \| .* \*\*no\*\*' cycles
prints refcount_cycle pairs 'echo 29'
prints cpython pairs 'echo "unsupported: wants libpython"'
says "a rival that cannot run here is no miss" 0 'pairs .* unsupported: wants libpython \| NA' cycles

# An object of n costs as much at each n; then ten times as much at a thousand times n: a slope of 1 + 1/3.
prints refcount_cycle growth 'echo 5'
says "what is linear has a slope of 1" 0 'refcount_cycle \| death \| 5 \| 5 \| 1\.000 \| 1\.000 \| .* \| yes' growth
prints refcount_cycle growth '[ $# -eq 2 ] || set -- "$1" 10000; awk -v n="$2" "BEGIN { print (n / 10000) ^ (1 / 3) }"'
says "what is not has more, and misses" 1 'death \| 1 \| 10 \| \*\*1\.333\*\* \| 1\.000 \| .* \| \*\*no\*\*' growth
prints refcount_cycle growth '[ "$2" != 1000000 ] || exit 3; echo 5'
says "a size that fails is a miss" 1 'death \| failed: .*n = 1000000.* \*\*no\*\*' growth

prints refcount_cycle growth '[ "$1" != death ] || exit 3; echo "unsupported: there is no such phase"'
says "a phase that fails at once is a miss, and one that there is not is none" 1 'death \| failed: .* \*\*no\*\*' growth

ROUNDS=0 says "no turns" 2 "whole numbers from 1, not '0'" cycles
GROWTH_ROUNDS=abc says "turns that are no number" 2 "whole numbers from 1, not 'abc'" growth
says "a group that there is not" 2 "there is no group 'nothing'; there are: counting" nothing
SET=nobody.x=1 says "a strategy that there is not" 2 "there is no strategy 'nobody'" cycles
SET=x says "a setting without a strategy" 2 "'x' wants strategy.name=value" cycles
ended
