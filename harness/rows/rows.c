#include "rows.h"

#include <inttypes.h>
#include <math.h>

static const char *const status_names[STATUSES] = {
    [OK] = "ok",           [WRONG] = "wrong", [CRASH] = "crash",
    [TIMEOUT] = "timeout", [OOM] = "oom",     [UNSUPPORTED] = "unsupported",
};

static const char *const difference_names[DIFFERENCES] = {
    [NOT_COMPARED] = "NA", [LESS] = "less", [MORE] = "more", [SAME] = "same", [CANNOT_TELL] = "cannot tell",
};

const char *status_name(Status status)
{
    return status_names[status];
}

const char *difference_name(Difference difference)
{
    return difference_names[difference];
}

void rows_write_header(FILE *out, const Layout *layout)
{
    for (size_t i = 0; i < layout->columns; i++)
        fprintf(out, "%s%s", i ? "," : "", layout->column[i].name);
    putc('\n', out);
}

static void write_count(FILE *out, Count count)
{
    if (count.known)
        fprintf(out, "%" PRIu64, count.value);
    else
        fputs("NA", out);
}

/* Ten digits: a nanosecond in ten seconds, a KiB in nine TiB. */
static void write_quantity(FILE *out, double quantity)
{
    if (isnan(quantity))
        fputs("NA", out);
    else
        fprintf(out, "%.10g", quantity);
}

static void write_field(FILE *out, Kind kind, const void *member)
{
    switch (kind) {
    case NAME:
    case TEXT:
    case SETTINGS:
    case ID:
    case MACHINE:
        csv_write_field(out, *(const char *const *)member);
        break;
    case NATURAL:
    case BLOCK:
    case POSITION:
        fprintf(out, "%" PRIu64, *(const uint64_t *)member);
        break;
    case FLAG:
        putc(*(const bool *)member ? '1' : '0', out);
        break;
    case STATUS:
        fputs(status_name(*(const Status *)member), out);
        break;
    case COUNT:
        write_count(out, *(const Count *)member);
        break;
    case QUANTITY:
    case REAL:
        write_quantity(out, *(const double *)member);
        break;
    case DIFFERENCE:
        fputs(difference_name(*(const Difference *)member), out);
        break;
    }
}

void rows_write(FILE *out, const Layout *layout, const void *row)
{
    for (size_t i = 0; i < layout->columns; i++) {
        if (i > 0)
            putc(',', out);
        write_field(out, layout->column[i].kind, (const char *)row + layout->column[i].offset);
    }
    putc('\n', out);
}
