#include "refusals.h"

#include "fail.h"
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- In the new process --------------------------------------------------------------------------------------------- */

#define ASK BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF)
#define LOAD(member) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define ASK_IF(value) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1), ASK

/* Asks for what takes memory, for what begins main, and for what begins another program. Returns where it asks, or -1. */
static int install_filter(void)
{
    static struct sock_filter filter[] = {
        LOAD(nr),
        ASK_IF(SYS_mmap), ASK_IF(SYS_mremap), ASK_IF(SYS_mprotect), ASK_IF(SYS_brk), ASK_IF(SYS_execve),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_prctl, 0, 3), LOAD(args[0]), ASK_IF(PR_SET_PDEATHSIG),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    static const struct sock_fprog program = { sizeof filter / sizeof *filter, filter };
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return -1;
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
}

/* A message of an errno, with a file if that is 0. */
typedef struct Parcel {
    int error;
    _Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))];
    struct iovec vector;
    struct msghdr message;
} Parcel;

static void wrap(Parcel *parcel)
{
    parcel->vector = (struct iovec){ &parcel->error, sizeof parcel->error };
    parcel->message = (struct msghdr){ .msg_iov = &parcel->vector, .msg_iovlen = 1, .msg_control = parcel->control,
                                       .msg_controllen = sizeof parcel->control };
}

static bool send_listener(int line, int listener)
{
    Parcel parcel = { .error = listener < 0 ? errno : 0 };
    wrap(&parcel);
    struct cmsghdr *head = CMSG_FIRSTHDR(&parcel.message);
    *head = (struct cmsghdr){ .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof listener) };
    memcpy(CMSG_DATA(head), &listener, sizeof listener);
    if (listener < 0)
        parcel.message.msg_controllen = 0;
    return sendmsg(line, &parcel.message, MSG_NOSIGNAL) == sizeof parcel.error;
}

void refusals_obey(void *context)
{
    const Refusals *refusals = context;
    personality(ADDR_NO_RANDOMIZE); /* some containers forbid it: then a request may have another number the next time */
    int listener = install_filter();
    if (!send_listener(refusals->childs, listener) || listener < 0)
        _exit(NOT_STARTED);
}

/* ---- What it asks ----------------------------------------------------------------------------------------------------- */

typedef struct Request {
    const char *call; /* NULL: it asks for no memory, but only tells or takes away */
    uint64_t bytes;   /* 0: nobody knows */
} Request;

static Request enlarging(const char *call, uint64_t from, uint64_t to)
{
    return to > from ? (Request){ call, to - from } : (Request){ NULL, 0 };
}

/* Where the break was before the first that asks for another we do not know. */
static Request request_of(const Refusals *refusals, const struct seccomp_data *data)
{
    const __u64 *argument = data->args;
    bool takes_away = argument[2] == PROT_NONE && argument[3] & MAP_FIXED;
    switch (data->nr) {
    case SYS_brk:
        return refusals->top || !argument[0] ? enlarging("brk", refusals->top, argument[0]) : (Request){ "brk", 0 };
    case SYS_mremap:
        return enlarging("mremap", argument[1], argument[2]);
    case SYS_mprotect:
        return argument[2] & PROT_WRITE ? (Request){ "mprotect", argument[1] } : (Request){ NULL, 0 };
    case SYS_mmap:
        return takes_away ? (Request){ NULL, 0 } : (Request){ "mmap", argument[1] };
    default:
        return (Request){ NULL, 0 };
    }
}

static void note_call(Refusals *refusals, const struct seccomp_data *data)
{
    if (data->nr == SYS_prctl)
        refusals->began = refusals->counting = true;
    if (data->nr == SYS_execve) {
        refusals->counting = false;
        refusals->top = 0;
    }
    if (data->nr == SYS_brk && data->args[0])
        refusals->top = data->args[0];
}

/* Whether this call is to fail. */
static bool is_refused(Refusals *refusals, const struct seccomp_data *data)
{
    Request request = request_of(refusals, data);
    if (!refusals->counting || !request.call)
        return false;
    uint64_t number = ++refusals->requests;
    if (number == refusals->first) {
        refusals->call = request.call;
        refusals->bytes = request.bytes;
    }
    return refusals->first && (refusals->once ? number == refusals->first : number >= refusals->first);
}

/* ---- Our answers ------------------------------------------------------------------------------------------------------ */

/* A program that has ended needs no limit. */
static bool set_data_limit(Refusals *refusals, pid_t program, const struct rlimit *limit, struct rlimit *old)
{
    bool is_set = prlimit(program, RLIMIT_DATA, limit, old) == 0;
    if (!is_set && errno != ESRCH)
        refusals->error = errno;
    return is_set;
}

static void take_data(Refusals *refusals, pid_t program)
{
    struct rlimit limit;
    if (!set_data_limit(refusals, program, NULL, &limit))
        return;
    refusals->data_limit = limit.rlim_cur;
    limit.rlim_cur = 0;
    refusals->has_no_data = set_data_limit(refusals, program, &limit, NULL);
}

static void return_data(Refusals *refusals, pid_t program)
{
    struct rlimit limit;
    if (!refusals->has_no_data || !set_data_limit(refusals, program, NULL, &limit))
        return;
    limit.rlim_cur = refusals->data_limit;
    refusals->has_no_data = !set_data_limit(refusals, program, &limit, NULL);
}

/* One question. It may be gone when we answer, with the program. */
static void answer(Refusals *refusals)
{
    struct seccomp_notif question = { 0 };
    if (ioctl(refusals->listener, SECCOMP_IOCTL_NOTIF_RECV, &question) != 0)
        return;
    struct seccomp_notif_resp response = { .id = question.id, .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE };
    pid_t program = (pid_t)question.pid;
    return_data(refusals, program);
    if (!is_refused(refusals, &question.data))
        note_call(refusals, &question.data);
    else if (question.data.nr == SYS_brk)
        take_data(refusals, program);
    else
        response = (struct seccomp_notif_resp){ .id = question.id, .error = -ENOMEM };
    ioctl(refusals->listener, SECCOMP_IOCTL_NOTIF_SEND, &response);
}

static void receive_listener(Refusals *refusals)
{
    Parcel parcel = { .error = ECANCELED };
    wrap(&parcel);
    bool came = recvmsg(refusals->ours, &parcel.message, MSG_CMSG_CLOEXEC) == sizeof parcel.error;
    struct cmsghdr *head = came ? CMSG_FIRSTHDR(&parcel.message) : NULL;
    refusals->error = parcel.error;
    refusals->listener = -1;
    if (head)
        memcpy(&refusals->listener, CMSG_DATA(head), sizeof refusals->listener);
}

/* Until the program asks; false: it has ended. */
static bool wait_for_question(const Refusals *refusals)
{
    struct pollfd ends[] = { { .fd = refusals->listener, .events = POLLIN }, { .fd = refusals->over[0], .events = POLLIN } };
    while (poll(ends, 2, -1) < 0)
        if (errno != EINTR)
            return false;
    return !ends[1].revents && ends[0].revents & POLLIN;
}

static void *answer_all(void *context)
{
    Refusals *refusals = context;
    receive_listener(refusals);
    while (refusals->listener >= 0 && wait_for_question(refusals))
        answer(refusals);
    return NULL;
}

/* ---- From beginning to end -------------------------------------------------------------------------------------------- */

void refusals_begin(Refusals *refusals)
{
    int line[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, line) != 0 || pipe2(refusals->over, O_CLOEXEC) != 0)
        fail("cannot talk to a program that is to be refused memory: %s", strerror(errno));
    *refusals = (Refusals){ .first = refusals->first, .once = refusals->once, .ours = line[0], .childs = line[1],
                            .over = { refusals->over[0], refusals->over[1] } };
}

void refusals_answer(Refusals *refusals)
{
    close(refusals->childs);
    int error = pthread_create(&refusals->thread, NULL, answer_all, refusals);
    if (error)
        fail("cannot answer a program that is to be refused memory: %s", strerror(error));
}

void refusals_end(Refusals *refusals)
{
    close(refusals->over[1]);
    pthread_join(refusals->thread, NULL);
    close(refusals->over[0]);
    close(refusals->ours);
    if (refusals->listener >= 0)
        close(refusals->listener);
}
