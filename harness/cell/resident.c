#include "resident.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* statm, unlike status, is made in a microsecond; its second number is pages. */
static uint64_t resident_pages(void)
{
    static int statm = -1;
    char text[128];
    if (statm < 0)
        statm = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    ssize_t length = pread(statm, text, sizeof text - 1, 0);
    unsigned long pages = 0;
    if (length > 0) {
        text[length] = '\0';
        sscanf(text, "%*u %lu", &pages);
    }
    return pages;
}

uint64_t resident_kib(void)
{
    return resident_pages() * (uint64_t)sysconf(_SC_PAGESIZE) >> 10;
}

/* VmHWM, the most memory this process ever had resident, in KiB; 0 where the system does not tell.
 * getrusage is no substitute: its ru_maxrss begins at what the parent had before exec. */
uint64_t resident_peak_kib(void)
{
    static char text[8192];
    int file = open("/proc/self/status", O_RDONLY);
    ssize_t length = file < 0 ? -1 : read(file, text, sizeof text - 1);
    if (file >= 0)
        close(file);
    if (length < 0)
        return 0;
    text[length] = '\0';
    const char *line = strstr(text, "VmHWM:");
    return line ? strtoull(line + strlen("VmHWM:"), NULL, 10) : 0;
}
