#include "resident.h"

#include <fcntl.h>
#include <stdio.h>
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
