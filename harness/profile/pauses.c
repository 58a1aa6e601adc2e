#include "pauses.h"

#include <inttypes.h>
#include <time.h>

#include "own_memory.h"

enum { LISTED_MOST = 1 << 13 /* pauses */, LEAST_FLOOR_NS = 1000 };

typedef struct Pause {
    uint64_t start_ns, end_ns; /* since pauses_begin */
    uint64_t allocated_bytes;
    PauseKind kind;
} Pause;

static const char *const kind_name[PAUSE_KINDS] = { "collection", "cascade", "reset" };

static struct {
    Pause *listed;
    uint32_t length;
    uint64_t floor_ns;
    uint64_t begun_ns, start_ns; /* by the clock: of the list, and of the pause that has not ended */
    uint64_t count, total_ns, longest_ns; /* of all */
    uint64_t run_ns;                      /* of the work, pauses included */
} pauses;

static uint64_t clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

void pauses_begin(void)
{
    pauses.listed = own_memory(LISTED_MOST * sizeof *pauses.listed);
    pauses.floor_ns = LEAST_FLOOR_NS;
    pauses.begun_ns = clock_ns();
}

static uint64_t length_ns(const Pause *pause)
{
    return pause->end_ns - pause->start_ns;
}

static void raise_floor(void)
{
    uint32_t kept = 0;
    pauses.floor_ns *= 2;
    for (uint32_t i = 0; i < pauses.length; i++)
        if (length_ns(&pauses.listed[i]) >= pauses.floor_ns)
            pauses.listed[kept++] = pauses.listed[i];
    pauses.length = kept;
}

static void list(const Pause *pause)
{
    while (pauses.length == LISTED_MOST)
        raise_floor();
    if (length_ns(pause) >= pauses.floor_ns)
        pauses.listed[pauses.length++] = *pause;
}

void pauses_open(void)
{
    pauses.start_ns = clock_ns();
}

void pauses_close(PauseKind kind, uint64_t allocated_bytes)
{
    uint64_t end_ns = clock_ns();
    Pause pause = { pauses.start_ns - pauses.begun_ns, end_ns - pauses.begun_ns, allocated_bytes, kind };
    pauses.count++;
    pauses.total_ns += length_ns(&pause);
    if (length_ns(&pause) > pauses.longest_ns)
        pauses.longest_ns = length_ns(&pause);
    if (length_ns(&pause) >= pauses.floor_ns)
        list(&pause);
}

void pauses_end(void)
{
    pauses.run_ns = clock_ns() - pauses.begun_ns;
}

void pauses_write(FILE *out)
{
    fputs("kind,start_ns,end_ns,allocated_bytes\n", out);
    for (uint32_t i = 0; i < pauses.length; i++) {
        const Pause *pause = &pauses.listed[i];
        fprintf(out, "%s,%" PRIu64 ",%" PRIu64 ",%" PRIu64 "\n", kind_name[pause->kind], pause->start_ns, pause->end_ns,
                pause->allocated_bytes);
    }
}

void pauses_write_totals(FILE *out)
{
    fprintf(out, "pauses,listed_pauses,pause_floor_ns,pause_total_ns,pause_longest_ns,pause_run_ns\n");
    fprintf(out, "%" PRIu64 ",%" PRIu32 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 "\n", pauses.count, pauses.length,
            pauses.floor_ns, pauses.total_ns, pauses.longest_ns, pauses.run_ns);
}
