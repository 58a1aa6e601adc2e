#include "catalogue.h"
#include "clean.h"
#include "commands.h"
#include "fail.h"
#include "process.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "Usage: reclaim list [--build DIR], in the project's root\n"
    "\n"
    "Lists the strategies with their allocators and settings, the workloads with their variants and\n"
    "sizes, and what is unsupported.\n";

static const char *read_options(int count, char **words)
{
    static const struct option options[] = {
        { "build", required_argument, NULL, 'b' },
        { "help",  no_argument,       NULL, 'h' },
        { 0 },
    };
    const char *build = "build";
    for (int option; (option = getopt_long(count, words, "", options, NULL)) != -1;) {
        if (option == 'h')
            fputs(help, stdout);
        if (option != 'b')
            exit(option == 'h' ? ALL_WELL : CANNOT_GO_ON);
        build = optarg;
    }
    if (optind < count)
        fail("`%s` is not an option; see reclaim list --help", words[optind]);
    return build;
}

static void print_setting(const Setting *setting)
{
    printf("      %-20s %12" PRIu64 "  %s (%" PRIu64 " to %" PRIu64 ")\n", setting->name, setting->usual, setting->about,
           setting->least, setting->most);
}

static void print_strategy(const Catalogue *catalogue, const char *strategy, const Sheet *settings)
{
    Names allocators = catalogue_allocators(catalogue, strategy);
    printf("  %s", strategy);
    for (size_t i = 0; allocators.count > 1 && i < allocators.count; i++)
        printf("%s%s", i ? ", " : ", under ", allocators.name[i]);
    putchar('\n');
    for (size_t i = 0; i < settings->rows; i++)
        print_setting((const Setting *)settings->row + i);
    free(allocators.name);
}

static int by_name(const void *a, const void *b)
{
    return strverscmp(((const Setting *)a)->name, ((const Setting *)b)->name);
}

/* All cells of a strategy have the same settings: those of its cell of `workload` are shown. */
static void print_strategies(const Catalogue *catalogue, Names strategies, const char *build, const char *workload,
                             TextPool *pool)
{
    printf("%-26s %7s\n", "Strategies, and their settings:", "usually");
    for (size_t i = 0; i < strategies.count; i++) {
        Sheet settings = catalogue_settings(build, strategies.name[i], workload, pool);
        qsort(settings.row, settings.rows, sizeof(Setting), by_name);
        print_strategy(catalogue, strategies.name[i], &settings);
        sheet_free(&settings);
    }
    putchar('\n');
}

static void print_variant(const Description *variant)
{
    printf("  %-24s %12" PRIu64 " %12" PRIu64 " %12" PRIu64 "%s%s%s\n", variant->variant, variant->quick,
           variant->standard, variant->full, *variant->swept ? "  swept" : "", variant->streams ? "  streams" : "",
           variant->cyclic ? "  cyclic" : "");
}

/* Every strategy has the same variants: those of the first are shown, once. */
static void print_class(const Catalogue *catalogue, const char *class, const char *strategy)
{
    const char *workload = "", *last = "";
    for (size_t i = 0; i < catalogue->variants; i++) {
        const Description *variant = &catalogue->variant[i];
        if (!texts_equal(variant->strategy, strategy) || !texts_equal(variant->class, class))
            continue;
        bool is_first = *workload == '\0', is_next = !texts_equal(variant->workload, workload);
        if (is_first)
            printf("\n%s\n", class);
        if (is_next)
            printf("%s: %s\n", variant->workload, variant->about);
        if (is_next || !texts_equal(variant->variant, last))
            print_variant(variant);
        workload = variant->workload;
        last = variant->variant;
    }
}

static void print_workloads(const Catalogue *catalogue, const char *strategy)
{
    printf("%-26s %12s %12s %12s\n", "Workloads, and their sizes:", "quick", "standard", "full");
    for (size_t i = 0; i < CLASS_NAMES; i++)
        print_class(catalogue, class_names[i], strategy);
}

static bool same_configuration(const Description *a, const Description *b)
{
    return texts_equal(a->strategy, b->strategy) && texts_equal(a->allocator, b->allocator);
}

/* Whether the strategy runs nothing under this allocator, and always for the same reason. */
static bool runs_nothing(const Catalogue *catalogue, const Description *variant)
{
    for (size_t i = 0; i < catalogue->variants; i++) {
        const Description *other = &catalogue->variant[i];
        if (same_configuration(other, variant) && (other->status == OK || !texts_equal(other->reason, variant->reason)))
            return false;
    }
    return true;
}

static bool is_first_of_configuration(const Catalogue *catalogue, const Description *variant)
{
    const Description *first = catalogue->variant;
    while (!same_configuration(first, variant))
        first++;
    return first == variant;
}

static void print_unsupported_variant(const Catalogue *catalogue, const Description *variant)
{
    Names allocators = catalogue_allocators(catalogue, variant->strategy);
    printf("  %s", variant->strategy);
    if (!runs_nothing(catalogue, variant))
        printf("/%s %s", variant->workload, variant->variant);
    if (allocators.count > 1)
        printf(" under %s", variant->allocator);
    print_clean(stdout, ": %s", variant->reason);
    putchar('\n');
    free(allocators.name);
}

static void print_unsupported(const Catalogue *catalogue)
{
    bool any = false;
    for (size_t i = 0; i < catalogue->variants; i++) {
        const Description *variant = &catalogue->variant[i];
        if (variant->status == OK || (runs_nothing(catalogue, variant) && !is_first_of_configuration(catalogue, variant)))
            continue;
        fputs(any ? "" : "\nUnsupported:\n", stdout);
        print_unsupported_variant(catalogue, variant);
        any = true;
    }
}

int list_main(int count, char **words)
{
    TextPool pool = { 0 };
    const char *build = read_options(count, words);
    Names strategies = registry_usual_strategies(&pool), workloads = registry_workloads(&pool);
    processes_begin();
    Catalogue catalogue = catalogue_read(build, strategies, workloads, &pool);
    catalogue_read_inputs(&catalogue, &pool);
    print_strategies(&catalogue, strategies, build, workloads.name[0], &pool);
    print_workloads(&catalogue, strategies.name[0]);
    print_unsupported(&catalogue);
    catalogue_free(&catalogue);
    free(strategies.name);
    free(workloads.name);
    text_pool_free(&pool);
    return ALL_WELL;
}
