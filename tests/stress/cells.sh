#!/bin/bash
# Cells that do odd things (odd.c): each is a row that says so, the others are in order, and nothing is left of any.
# cells.sh BUILD SEED FIRST LAST FOLDER; the tries are the lines of odd's table.
. tests/stress/project.sh
subject="an odd cell"

# All its rows have one of these statuses and a reason like this; and the other cell's are in order, but where the limit of time
# is so short that a busy machine may keep that from its work, too.
became() # status reason
{
    awk -F, -v s="$name" -v want="^($1)\$" -v like="$2" -v seconds=$seconds '
        $3 == s { n++; if ($12 !~ want || $13 !~ like) bad = 1 }
        $3 == "plain" && $12 != "ok" && !(seconds == 1 && $12 == "timeout") { bad = 1 }
        END { exit !n || bad }' results/run/trials.csv
}

has_escapes() { LC_ALL=C grep -q $'[\033\007\r]' results/run/trials.csv out err; }

for ((number = first; number <= last; number++)); do
    read -r name status_wanted reason < <("$build/stress/odd" --table | sed -n ${number}p)
    [ "$name" ] || break
    condition=${name//_/ }
    [ $name = deletes_itself ] && blocks=2 || blocks=1
    case $status_wanted in *timeout) seconds=1 ;; *) seconds=20 ;; esac
    project
    rm strategies
    mkdir strategies build/{plain,$name}
    touch strategies/{plain,$name}.h
    cp "$build/stress/odd" build/plain/tiny && cp "$build/stress/odd" build/$name/tiny
    "$reclaim" bench --run run --seed "$seed" --blocks $blocks --baseline plain --time-limit $seconds --memory-limit 256 \
        --no-census --no-charts >out 2>err
    status=$?
    row=$(grep -m 1 ",$name,tiny," results/run/trials.csv | cut -d, -f12,13)
    demand "it came to: $row; $(said)" became "$status_wanted" "$reason"
    [ "$status_wanted" = ok ] && wanted=0 || wanted=1
    demand "the run ended with $status: $(said)" [ $status = $wanted ]
    demand "an escape sequence came through" eval '! has_escapes'
    demand "still running: $(still_running | head -n 3)" nothing_runs
    tried "$row"
    leave
done
exit $((failures > 0))
