#include "describe.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "allocator.h"
#include "cell.h"
#include "options.h"
#include "parts/setting.h"
#include "profile/profile.h"
#include "quoted.h"
#include "repetitions.h"
#include "row.h"
#include "run.h"

int describe_columns(void)
{
    puts(row_columns);
    return EXIT_SUCCESS;
}

/* The size, when a workload names none for a quick or a full run. */
static uint64_t size_or_standard(uint64_t size)
{
    return size ? size : cell_workload.size;
}

static const char *const class_name[CLASSES] = {
    [MICRO] = "micro", [CLASSIC] = "classic", [TECHNIQUE] = "technique", [REAL] = "real", [STRESS] = "stress",
};

/* `10;100;1000`, or nothing. */
static const char *swept_by(void)
{
    static char text[SWEPT_MAX * 11 + 1];
    int length = 0;
    text[0] = '\0';
    for (const unsigned *by = cell_workload.swept; by < cell_workload.swept + SWEPT_MAX && *by; by++)
        length += snprintf(text + length, sizeof text - (size_t)length, "%s%u", length ? ";" : "", *by);
    return text;
}

static void describe_variant(const Variant *v, const char *allocator)
{
    const char *why = run_obstacle(v);
    if (!why)
        why = allocator_obstacle(allocator);
    printf("%s,%s,%s,%s,%s,%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%d,%s,%d,%d,%d,%" PRIu64 ",%d,%s,", cell_strategy.name,
           cell_workload.name, v->name, allocator, class_name[cell_workload.class], size_or_standard(cell_workload.quick),
           cell_workload.size, size_or_standard(cell_workload.full), cell_workload.depth, swept_by(),
           (v->flags & STREAMS) != 0, (v->flags & CYCLIC) != 0, (v->flags & SUPERLINEAR) != 0, repetitions_wanted(v),
           &cell_names_requests != NULL, why ? "unsupported" : "ok");
    write_quoted(stdout, why ? why : "");
    putchar(',');
    write_quoted(stdout, cell_input ? cell_input : "");
    putchar(',');
    write_quoted(stdout, cell_workload.about);
    putchar('\n');
}

int describe_variants(void)
{
    puts("strategy,workload,variant,allocator,class,quick,standard,full,depth,swept,streams,cyclic,superlinear,"
         "repeats,requests,status,reason,input,about");
    for (const Variant *v = cell_workload.variants; v->name; v++)
        for (const char *const *a = allocator_choices(cell_strategy.allocators); *a; a++)
            describe_variant(v, *a);
    return EXIT_SUCCESS;
}

int describe_settings(void)
{
    puts("name,usual,least,most,about,sweep");
    for_each_setting (s) {
        printf("%s,%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",", s->name, s->usual, s->least, s->most);
        write_quoted(stdout, s->about);
        printf(",%s\n", s->sweep);
    }
    return EXIT_SUCCESS;
}

int describe_reference(void)
{
    if (&cell_reference)
        printf("%" PRIu64 "\n", cell_reference(cell_options->size));
    else
        puts("NA");
    return EXIT_SUCCESS;
}

int describe_options(void)
{
    printf("%s under %s: %s.\n\nUsage: %s [-v variant] [-n size] [-r repeats] [-s seed] [--set name=value]… "
           "[--allocator name]%s%s\n       | --header | --describe | --settings | --reference [-n size] [-s seed] | --help\n\n"
           "Runs once and prints one CSV row; --header prints its columns.\n"
           "Sizes: quick %" PRIu64 ", standard %" PRIu64 " (the default), full %" PRIu64 ".\nVariants:",
           cell_workload.name, cell_strategy.name, cell_workload.about, cell_workload.name,
           cell_input ? " [--input file]" : "", PROFILE_OPTIONS, size_or_standard(cell_workload.quick), cell_workload.size,
           size_or_standard(cell_workload.full));
    for (const Variant *v = cell_workload.variants; v->name; v++)
        printf(" %s", v->name);
    puts(".");
    for_each_setting (s)
        printf("--set %s=%" PRIu64 "  %s (%" PRIu64 " to %" PRIu64 ")\n", s->name, s->usual, s->about, s->least, s->most);
    return EXIT_SUCCESS;
}
