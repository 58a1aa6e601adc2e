#include "drawings.h"

#include "memory.h"
#include "student.h"

#include <stdlib.h>
#include <string.h>

/* Fixed, so that the same trials always give the same summary. */
enum { BOOTSTRAP_SEED = 10000 };

static bool same_shape(Hosts a, Hosts b)
{
    return a.hosts == b.hosts && (a.hosts == 0 || memcmp(a.blocks, b.blocks, a.hosts * sizeof *a.blocks) == 0);
}

static const Resamples *lender_for(const Drawings *drawings, Hosts shape)
{
    for (size_t i = 0; i < drawings->count; i++)
        if (resamples_can_lend(drawings->resamples[i], shape))
            return drawings->resamples[i];
    return NULL;
}

const Resamples *drawings_of_hosts(Drawings *drawings, Hosts shape)
{
    for (size_t i = 0; i < drawings->count; i++)
        if (same_shape(drawings->resamples[i]->shape, shape))
            return drawings->resamples[i];
    drawings->resamples =
        memory_room(drawings->resamples, &drawings->room, drawings->count + 1, sizeof *drawings->resamples);
    Resamples *resamples = memory_new(1, sizeof *resamples);
    const Resamples *lender = lender_for(drawings, shape);
    *resamples = lender ? resamples_lent(lender, shape) : resamples_draw_hosts(shape, BOOTSTRAP_SEED);
    return drawings->resamples[drawings->count++] = resamples;
}

const Resamples *drawings_of(Drawings *drawings, size_t n)
{
    return drawings_of_hosts(drawings, (Hosts){ n > 0, &n });
}

double detectable_errors_of(Drawings *drawings, size_t freedom)
{
    drawings->errors = memory_room(drawings->errors, &drawings->errors_room, freedom + 1, sizeof *drawings->errors);
    while (drawings->freedoms <= freedom)
        drawings->errors[drawings->freedoms++] = 0;
    if (drawings->errors[freedom] == 0)
        drawings->errors[freedom] = detectable_errors(freedom);
    return drawings->errors[freedom];
}

void drawings_free(Drawings *drawings)
{
    free(drawings->errors);
    for (size_t i = 0; i < drawings->count; i++) {
        resamples_free(drawings->resamples[i]);
        free(drawings->resamples[i]);
    }
    free(drawings->resamples);
}
