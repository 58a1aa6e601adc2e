#include "timeline.h"

#include <inttypes.h>

#include "own_memory.h"

enum { SAMPLES_MOST = 1 << 9, FIRST_STEP = 4 << 10 /* bytes allocated */ };

static struct {
    Sample *sample;
    uint32_t length;
    uint64_t step, due; /* bytes allocated: from one sample to the next; by which the next is due */
} timeline;

bool timeline_is_due(uint64_t allocated_bytes)
{
    return allocated_bytes >= timeline.due;
}

/* Keeps the first, the third, and so on. */
static void thin_out(void)
{
    for (uint32_t i = 0; 2 * i < timeline.length; i++)
        timeline.sample[i] = timeline.sample[2 * i];
    timeline.length = (timeline.length + 1) / 2;
    timeline.step *= 2;
}

void timeline_add(const Sample *sample)
{
    if (!timeline.sample) {
        timeline.sample = own_memory(SAMPLES_MOST * sizeof *sample);
        timeline.step = FIRST_STEP;
    }
    if (timeline.length == SAMPLES_MOST)
        thin_out();
    timeline.sample[timeline.length++] = *sample;
    timeline.due = (sample->allocated_bytes / timeline.step + 1) * timeline.step;
}

void timeline_write(FILE *out)
{
    fputs("allocated_bytes,live_bytes,room_bytes,footprint_bytes,resident_kib\n", out);
    for (uint32_t i = 0; i < timeline.length; i++) {
        const Sample *s = &timeline.sample[i];
        fprintf(out, "%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 "\n", s->allocated_bytes, s->live_bytes,
                s->room_bytes, s->footprint_bytes, s->resident_kib);
    }
}
