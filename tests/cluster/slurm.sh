# A Slurm cluster on loopback, in a scratch folder of its own: a controller, and nodes that can die. Sourced, by bash.
#
# It wants slurmctld, slurmd, the commands of slurm-client, and munge; no systemd, no control groups, no root, no accounting, no
# file in /etc. A node is a slurmd with a name and a port of its own, and each takes all cores of this machine for its own.
#
#     trap cluster_end EXIT
#     cluster_start n1 n2 || exit   # exports SLURM_CONF
#     node_dies n2                  # with all that runs there, as when its power goes
#     cluster_sees down n2          # after some 10 s; 6 s later what ran there may begin again, there or elsewhere
#     node_starts n2 && cluster_sees idle n2
#
# What a script leaves behind that could not call cluster_end, a guard removes.
PATH=$PATH:/usr/sbin:/sbin # there are munged, slurmctld and slurmd
cluster_code=$(realpath "${BASH_SOURCE[0]}")
cluster=

# The commands it wants that are not here.
cluster_lacks()
{
    local c
    for c in munged slurmctld slurmd sbatch srun squeue scancel scontrol sinfo; do command -v $c >/dev/null || echo $c; done
}

# A script that cannot be tried here says so, and ends well. For who has sourced cells.sh.
end_without_slurm()
{
    local lacks
    lacks=$(cluster_lacks | xargs)
    [ "$lacks" ] || return 0
    pass "untried: there is no $lacks; to install: harness/deps.sh cc build cluster"
    ended
    exit
}

# ---- Its configuration --------------------------------------------------------------------------------------------------

# The first of so many ports in a row on which nobody listens, below those that Linux gives to who asks for none.
free_ports() # how many
{
    local first port
    for ((first = 20000 + $$ % 1000 * 10; ; first = 20000 + (first - 20000 + $1) % 12000)); do
        for ((port = first; port < first + $1; port++)); do
            if (: <>/dev/tcp/127.0.0.1/$port) 2>/dev/null; then continue 2; fi
        done
        echo $first
        return
    done
}

# Seconds, where Slurm would wait for minutes: until a node that does not answer is down (SlurmdTimeout, and MessageTimeout for
# each attempt), until what ran there may begin again (cred_expire, 5 at least), between the TERM and the KILL of a task that
# overran its time (KillWait).
slurm_conf() # node …
{
    local node port host
    host=$(uname -n)
    port=$(free_ports $(($# + 1)))
    cat <<CONF
ClusterName=${cluster##*/}
SlurmctldHost=${host%%.*}(127.0.0.1)
SlurmctldPort=$port
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$cluster/munge/socket,cred_expire=5
StateSaveLocation=$cluster/controller/state
SlurmdSpoolDir=$cluster/%n/spool
SlurmctldPidFile=$cluster/controller/pid
SlurmdPidFile=$cluster/%n/pid
SlurmctldLogFile=$cluster/controller/log
SlurmdLogFile=$cluster/%n/log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/builtin
SchedulerParameters=batch_sched_delay=0,sched_interval=1
SlurmdParameters=config_overrides
ReturnToService=2
SlurmdTimeout=3
MessageTimeout=2
KillWait=2
CONF
    for node; do
        port=$((port + 1))
        echo "NodeName=$node NodeHostname=${host%%.*} NodeAddr=127.0.0.1 Port=$port CPUs=$(nproc)"
    done
    echo "PartitionName=main Nodes=$(IFS=,; echo "$*") Default=YES State=UP"
}

# ---- Daemons ------------------------------------------------------------------------------------------------------------

# Each in a session and a folder of its own, which what it starts inherits: so it can be found.
daemon() # name command …
{
    (cd "$cluster/$1" && exec setsid "${@:2}" </dev/null >>out 2>&1) &
    disown
}

# Those in the daemon's folder, and what says that it is a part of a job of that node.
marked_processes() # name
{
    {
        find /proc -mindepth 2 -maxdepth 2 -name cwd -lname "$cluster/$1"
        grep -slzxF "SLURMD_NODENAME=$1" /proc/[0-9]*/environ | xargs -r grep -slzxF "SLURM_CONF=$cluster/slurm.conf"
    } 2>/dev/null | cut -d/ -f3
}

# Whatever lives of a daemon: the marked, and who shares a session with one of them.
daemon_processes() # name
{
    local marked
    marked=$(marked_processes "$1" | sort -u | xargs)
    [ "$marked" ] && ps -eo pid=,sid=,stat= | awk -v marked="$marked" '
        BEGIN { for (i = split(marked, pid, " "); i > 0; i--) is_marked[pid[i]] }
        $3 ~ /^Z/ { next }
        { session[$1] = $2 }
        $1 in is_marked { is_ours[$2] }
        END { for (p in session) if (p in is_marked || session[p] in is_ours) print p }'
}

# At once, and until nothing of it lives: a process may be born while the others are killed.
daemon_dies() # name
{
    local pids
    while pids=$(daemon_processes "$1") && [ "$pids" ]; do kill -KILL $pids 2>/dev/null; done
}

controller_starts() { daemon controller slurmctld -D; }
controller_dies() { daemon_dies controller; }
node_starts() { daemon "$1" slurmd -D -N "$1"; } # node
node_dies() { daemon_dies "$1"; }                # node

# As when its network fails: its daemon is gone, what runs there goes on, and the controller will run that elsewhere as well.
node_is_cut_off() { kill -KILL "$(cat "$cluster/$1/pid")"; } # node

# ---- The cluster --------------------------------------------------------------------------------------------------------

# Until a command is true; 1 when it is not within so many seconds.
within() # seconds command …
{
    local end=$((SECONDS + $1 + 1))
    until "${@:2}"; do
        [ $SECONDS -lt $end ] || return 1
        sleep 0.1
    done
}

# With a key of its own. Whoever uses its socket must be let into its folder; it demands that.
munge_starts()
{
    local m=$cluster/munge
    (umask 077 && head -c 1024 /dev/urandom >"$m/key")
    daemon munge munged --foreground --num-threads=10 --socket="$m/socket" --key-file="$m/key" \
        --pid-file="$m/pid" --seed-file="$m/seed" --log-file="$m/log"
    within 10 test -S "$m/socket"
}

# Whether all these nodes are in that state: idle, allocated, mixed, down; or in one of several, with | between them.
nodes_are() # state node …
{
    local seen
    seen=$(sinfo -h -N -o %T -n "$(IFS=,; echo "${*:2}")" 2>/dev/null) &&
        [ "$(grep -cxE "($1)\*?" <<<"$seen")" = $(($# - 1)) ] # an asterisk: it does not answer at the moment
}

# Until they are; 1 when that takes longer than it may.
cluster_sees() { within 30 nodes_are "$@"; } # state node …

complain() # which daemon
{
    echo "the cluster does not start: $(grep -shiE 'error|fatal' "$cluster"/{munge,controller,"$1"}/{out,log} | tail -n 1)" >&2
    return 1
}

# 1, and a sentence on standard error, when the nodes do not become idle. A node is called like a folder.
cluster_start() # node …
{
    local node
    cluster=$(mktemp -d "${TMPDIR:-/tmp}/cluster.XXXXXX") && chmod 755 "$cluster" || return
    guard_cluster
    (umask 022 && cd "$cluster" && mkdir -p munge controller/state $(printf '%s/spool ' "$@")) || return
    export SLURM_CONF=$cluster/slurm.conf
    slurm_conf "$@" >"$SLURM_CONF" || return
    munge_starts || { complain munge; return; }
    controller_starts
    for node; do node_starts "$node"; done
    cluster_sees idle "$@" || complain "$1"
}

# Everything in it dies, and its folder goes.
cluster_end()
{
    local folder
    [ -d "$cluster" ] || return 0
    for folder in "$cluster"/*/; do daemon_dies "$(basename "$folder")"; done
    rm -rf "$cluster"
}

# Ends the cluster when this shell is gone, whatever became of it.
guard_cluster()
{
    setsid bash -c '
        while ps -o stat= -p $1 | grep -qv "^Z"; do sleep 1; done
        . "$2" && cluster=$3 && cluster_end' guard $$ "$cluster_code" "$cluster" </dev/null >/dev/null 2>&1 &
    disown
}
