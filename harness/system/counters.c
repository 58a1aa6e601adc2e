#include "counters.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

const char *counters_obstacle(void)
{
    struct perf_event_attr instructions = {
        .type = PERF_TYPE_HARDWARE, .size = sizeof instructions, .config = PERF_COUNT_HW_INSTRUCTIONS, .exclude_kernel = 1,
    };
    long counter = syscall(SYS_perf_event_open, &instructions, 0, -1, -1, 0);
    if (counter >= 0) {
        close((int)counter);
        return NULL;
    }
    return errno == ENOENT ? "the processor, or whoever lends it, offers none" : strerror(errno);
}
