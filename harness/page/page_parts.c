#include "page_parts.h"

#include "memory.h"

#include <math.h>
#include <stdlib.h>

enum { NUMBER_TEXT = 32 };

/* How many digits behind the point leave three that count. */
static int digits_behind(double size)
{
    return size == 0 || size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.0995 ? 2 : size >= 0.00995 ? 3 : 4;
}

static void number_text(double number, char text[NUMBER_TEXT])
{
    double size = fabs(number);
    if (isnan(number))
        snprintf(text, NUMBER_TEXT, "NA");
    else if (size >= 1e12 || (size > 0 && size < 0.00095))
        snprintf(text, NUMBER_TEXT, "%.2e", number);
    else
        snprintf(text, NUMBER_TEXT, "%.*f", digits_behind(size), number);
}

static bool has_interval(Measured measured)
{
    return !isnan(measured.lo) && !isnan(measured.hi);
}

static void page_interval(Html *page, Measured measured)
{
    char lo[NUMBER_TEXT], hi[NUMBER_TEXT];
    number_text(measured.lo, lo);
    number_text(measured.hi, hi);
    html(page, "%s to %s", lo, hi);
}

void page_measured(Html *page, Measured measured, const char *unit)
{
    char value[NUMBER_TEXT];
    number_text(measured.value, value);
    html(page, "%s%s%s", value, *unit ? " " : "", unit);
    if (!has_interval(measured) || measured.lo == measured.hi)
        return;
    html(page, " <span class=\"interval\">(");
    page_interval(page, measured);
    html(page, ")</span>");
}

void page_number_cell(Html *page, double number, double unit)
{
    char text[NUMBER_TEXT];
    number_text(number / unit, text);
    html(page, "<td class=\"number\">%s", text);
}

void page_measured_cells(Html *page, Measured measured)
{
    page_number_cell(page, measured.value, 1);
    html(page, "<td class=\"interval\">");
    if (has_interval(measured))
        page_interval(page, measured);
    else
        html(page, "NA");
}

void page_table_head(Html *page, const char *const *columns)
{
    html(page, "<thead><tr>");
    for (; *columns; columns++)
        if (**columns == '#')
            html(page, "<th scope=\"col\" class=\"number\">%s", *columns + 1);
        else
            html(page, "<th scope=\"col\">%s", *columns);
    html(page, "</thead>\n");
}

const char *page_metric(const char *metric)
{
    static const char *const words[][2] = {
        { TIME_METRIC, "CPU time" },
        { "total_cpu_s", "CPU time with giving back" },
        { "peak_rss_kib", "peak memory" },
        { "wall_s", "wall time of the process" },
        { "cpu_s", "CPU time of the process" },
        { "work_s", "wall time" },
        { "teardown_s", "wall time of giving back" },
        { "teardown_cpu_s", "CPU time of giving back" },
        { "collect_s", "time in collections" },
        { "operation_ns", "CPU time of an operation" },
        { "instructions", "instructions" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (texts_equal(metric, words[i][0]))
            return words[i][1];
    return metric;
}

void page_absent(Html *page, PageRun *run, const char *file, const char *command)
{
    html(page, "<p class=\"absent\">This run has no <code>%s</code>; <code>%s RUN=%s</code> makes it.</p>\n", file, command,
         page_fact(run, "run"));
}
