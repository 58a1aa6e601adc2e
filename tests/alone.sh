#!/bin/bash
# Runs a command that measures while nothing else is measured on this machine: under the lock of harness/run/machine_lock.c.
#
# alone.sh NAME COMMAND …; without the lock it ends with a sentence and exit status 2.
set -u
lock=${RECLAIM_LOCK:-/tmp/reclaim.lock}
name=$1
shift

refuse() { echo "$name: $*" >&2; exit 2; }

# Never with O_CREAT on what is there: Linux opens no file of another user so in /tmp.
[ -e "$lock" ] || (umask 0 && set -C && : >"$lock") 2>/dev/null
[ -f "$lock" ] && [ ! -L "$lock" ] || refuse "cannot lock $lock: it is no plain file"
exec 9<"$lock" || refuse "cannot lock $lock"
flock -n 9 ||
    refuse "another run is being measured on this machine: $(head -c 100 "$lock" | tr -cd '[:print:]'); begin when it has ended"
echo "$name" | dd of="$lock" conv=nocreat status=none
"$@"
