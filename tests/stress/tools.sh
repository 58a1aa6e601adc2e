#!/bin/bash
# hyperfine, gnuplot or valgrind missing, failing at some call, or halfway through it: a sentence and exit status 2, or one row
# that says so; what was measured is kept, and with the tool in order again all is made as if nothing had happened.
# tools.sh BUILD SEED FIRST LAST FOLDER; the tries are the lines of the table below.
. tests/stress/project.sh

# The tool, and what befalls one of its calls; how; for hyperfine and valgrind, what that one becomes; what is said.
faults=(
    hyperfine 'it exits with 1'
              'exit 1'                                                       crash    'hyperfine reports nothing'
    hyperfine 'it says nothing'
              'exit 0'                                                       crash    'hyperfine reports nothing'
    hyperfine 'its report ends halfway'
              '"$real" "$@"; cut_in_half "$report"'                          crash    'hyperfine reports nothing'
    hyperfine 'its report is no JSON'
              'echo "{[}" >"$report"'                                        crash    'hyperfine reports nothing'
    hyperfine 'its report has no times'
              'echo "{}" >"$report"'                                         crash    'hyperfine reports nothing'
    hyperfine 'a time in its report is negative'
              '"$real" "$@"; change "$report" s/mean.:./\&-/'                crash    'hyperfine reports nothing'
    hyperfine 'a time in its report is no number'
              '"$real" "$@"; change "$report" s/user.*/user\":NaN,/'         crash    'hyperfine reports nothing'
    hyperfine 'it is killed'
              'setsid sleep 1000 & kill -KILL $$'                              crash    'hyperfine was killed by signal 9'
    hyperfine 'it stops'
              'kill -STOP $$'                                                timeout  'did not end within 2 s'
    hyperfine 'it hangs'
              'sleep 1000'                                                   timeout  'did not end within 2 s'
    hyperfine 'it floods its errors'
              'yes >&2'                                                      crash    '64 KiB or more on standard error'
    hyperfine 'it is removed'
              'rm "$0"; exec "$real" "$@"'                                   away     'a trial cannot be started'
    hyperfine 'it may no longer be run'
              'chmod -x "$0"; exec "$real" "$@"'                             away     'a trial cannot be started'
    gnuplot   'it exits with 1'
              'exit 1'                                                       ''       'did not finish the chart'
    gnuplot   'it says nothing'
              'exit 0'                                                       ''       'did not finish the chart'
    gnuplot   'it draws no picture'
              'echo no picture'                                              ''       'did not finish the chart'
    gnuplot   'it draws half a picture'
              '"$real" "$@" | head -c 2000'                                  ''       'did not finish the chart'
    gnuplot   'it is killed in the middle of a picture'
              '"$real" "$@" | head -c 2000; kill -KILL $$'                   ''       'killed by signal 9'
    valgrind  'it exits with 1'
              'exit 1'                                                       crash    'no row'
    valgrind  'it says nothing'
              'exit 0'                                                       crash    'no row'
    valgrind  'its profile ends halfway'
              '"$real" "$@"; cut_in_half "$profile"'                         crash    'callgrind'
    valgrind  'it is killed'
              'kill -KILL $$'                                                crash    'killed by signal 9'
)

# In place, for what they write is a file in memory.
words='cut_in_half() { head -c $(($(wc -c <"$1") / 2)) "$1" >half.$$; cat half.$$ >"$1"; rm half.$$; }
change() { sed "$2" "$1" >changed.$$; cat changed.$$ >"$1"; rm changed.$$; }'

# A tool that does what is asked of it, but at one call, which the seed chooses among so many.
plant() # tool fault calls
{
    local real; real=$(command -v "$1") || return
    below "$3"
    mkdir -p tools && cat >"tools/$1" <<TOOL
#!/bin/bash
real=$real report= profile=
[ "\$1" = --version ] && exec "\$real" --version
$words
for ((i = 1; i <= \$#; i++)); do
    [ "\${!i}" = --export-json ] && { j=\$((i + 1)); report=\${!j}; }
    case \${!i} in --callgrind-out-file=*) profile=\${!i#*=} ;; esac
done
# Of calls at the same time one is the first to make the folder of its number.
call=0; until mkdir "$PWD/calls/\$call" 2>/dev/null; do call=\$((call + 1)); done
[ \$call = $chosen ] || exec "\$real" "\$@"
$2
TOOL
    chmod +x "tools/$1" && mkdir -p calls
}

with_planted() { PATH=$PWD/tools:$PATH "$reclaim" "$@" >out 2>err; status=$?; }
ends_with() { [ $status = "$1" ] && grep -Eq "$2" err; }
sentences() { grep -c '^reclaim: ' err; }

measured() { (cd results/run && sha256sum trials.csv plan.csv census.csv pauses.csv hiccups.csv); }
bad_rows() { awk -F, 'NR > 1 && $12 != "ok" { n++ } END { print n + 0 }' results/run/trials.csv; }
differs() { diff -rq results/run whole/run | head -n 3; }

with_hyperfine() # what the trial becomes, what is said
{
    local seconds=20
    [ "$1" != timeout ] || seconds=2
    with_planted bench "${options[@]}" --time-limit $seconds --no-census --no-charts
    if [ "$1" = away ]; then
        demand "it ended with $status: $(said)" ends_with 2 "$2"
        "$reclaim" bench "${options[@]}" --no-census --no-charts >out 2>err; status=$?
        demand "and afterwards with $status and $(bad_rows) bad rows: $(said)" [ $status$(bad_rows) = 00 ]
    else
        demand "it ended with $status: $(said)" [ $status = 1 ]
        demand "$(bad_rows) rows are not ok" [ "$(bad_rows)" = 1 ]
        demand "no row says so" grep -Eq ",$1,[^,]*($2)" results/run/trials.csv
    fi
    demand "trials are missing" [ "$(rows results/run/trials.csv)" = "$(rows results/run/plan.csv)" ]
}

with_gnuplot() # nothing, what is said
{
    "$reclaim" bench "${options[@]}" >out 2>err || complaint="no run: $(said)"
    local before; before=$(measured)
    mkdir whole && cp -r results/run whole
    with_planted report results/run
    demand "it ended with $status: $(said)" ends_with 2 "$2"
    demand "it said $(sentences) sentences" [ "$(sentences)" = 1 ]
    demand "left behind: $(find results -name '*.unfinished')" [ -z "$(find results -name '*.unfinished')" ]
    demand "what was measured has changed" [ "$before" = "$(measured)" ]
    "$reclaim" report results/run >out 2>err
    demand "afterwards it is not as before: $(differs)" [ -z "$(differs)" ]
}

with_valgrind() # what a cell becomes, what is said
{
    "$reclaim" bench "${options[@]}" --build "$build/stress" --no-census --no-charts >out 2>err || complaint="no run: $(said)"
    with_planted count --build "$build/stress" results/run
    demand "it ended with $status: $(said)" [ $status = 1 ]
    demand "it is not one row that is not ok" [ "$(tail -n +2 results/run/instructions.csv | grep -vc ,ok,)" = 1 ]
    demand "no row says so" grep -Eq ",$1,.*($2)" results/run/instructions.csv
}

for ((number = first; number <= last && number * 5 <= ${#faults[@]}; number++)); do
    fault=("${faults[@]:number * 5 - 5:5}") tool=${fault[0]}
    case $tool in hyperfine) calls=11 ;; gnuplot) calls=2 ;; valgrind) calls=4 ;; esac
    subject=$tool condition="at one call ${fault[1]}"
    project refcount never
    options+=(--blocks 2)
    if plant $tool "${fault[2]}" $calls; then
        with_$tool "${fault[3]}" "${fault[4]}"
        demand "still running: $(still_running | head -n 3)" nothing_runs
        tried "it is said, and what was measured is kept"
    else
        untried "$tool is not installed"
    fi
    leave
done
exit $((failures > 0))
