#!/bin/bash
# The disk becomes full at some byte, or file, of a run; then there is room again: one sentence, exit status 2, whole rows, and
# the run goes on to what it would have been. disk.sh BUILD SEED FIRST LAST FOLDER; it needs file systems of its own (unshare).
. tests/stress/project.sh
subject="a full disk"

if [ ! "${OWN_MOUNTS-}" ]; then
    for way in -m -rm; do
        unshare $way true 2>/dev/null && OWN_MOUNTS=yes exec unshare $way "$BASH" "$script" "$@"
    done
    condition="room for some bytes"
    for ((number = first; number <= last; number++)); do untried "this user may mount nothing"; done
    exit 0
fi

ROOM=4m

# So many bytes, or files, are left for the run, which takes more of either: 385024 bytes and 73 files.
fill()
{
    one_of bytes bytes files
    condition="room for some $chosen"
    if [ $chosen = files ]; then
        below 70
        mount -t tmpfs -o size=$ROOM,nr_inodes=$((chosen + 3)) tmpfs results
    else
        below 370000
        mount -t tmpfs -o size=$((chosen + 4096)) tmpfs results
    fi
}

empty() { mount -o remount,size=$ROOM,nr_inodes=1000 tmpfs results; }

rows_are_whole() { [ ! -e results/run/trials.csv ] || [ -z "$(tail -c 1 results/run/trials.csv)" ]; }

# A disk that was large enough after all is no try; another is.
fill_in_a_run()
{
    local tries_left
    mkdir results
    for ((tries_left = 5; tries_left > 0; tries_left--)); do
        fill || { untried "no file system can be mounted here"; return 1; }
        bench --build build
        [ $status = 0 ] || return 0
        umount results
    done
    untried "the disk was always large enough"
    return 1
}

a_try()
{
    fill_in_a_run || return
    demand "it ended with $status: $(said)" [ $status = 2 ]
    demand "it does not say so: $(said)" grep -Eq '^reclaim: .*No space left on device' err
    demand "the last row is torn" rows_are_whole
    [ ! -e results/run/trials.csv ] || cp results/run/trials.csv before
    empty
    bench --build build
    demand "with room again it ended with $status: $(said)" [ $status = 0 ]
    demand "trials.csv is not what plan.csv asks for" is_complete
    demand "a row was lost" rows_stay
    demand "left behind: $(leftovers)" [ -z "$(leftovers)" ]
    differs=$(report_differs | head -n 3)
    demand "derived files differ from those of an undisturbed report: $differs" [ -z "$differs" ]
    tried "one sentence, no row is lost, and with room again it goes on"
    [ ! "$spoilt" ] || { mkdir kept && cp -a results/. kept; }
}

for ((number = first; number <= last; number++)); do
    project refcount never
    a_try
    ! mountpoint -q results || umount results
    leave
done
exit $((failures > 0))
