#include "catalogue.h"
#include "commands.h"
#include "fail.h"
#include "process.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const char help[] =
    "Usage: reclaim list [--build DIR], in the project's root\n"
    "\n"
    "Lists the strategies, the workloads with their variants and sizes, and what is unsupported.\n";

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

static void print_strategies(Names strategies)
{
    fputs("Strategies:", stdout);
    for (size_t i = 0; i < strategies.count; i++)
        printf(" %s", strategies.name[i]);
    fputs("\n\n", stdout);
}

static void print_variant(const Description *variant)
{
    printf("  %-24s %12" PRIu64 " %12" PRIu64 " %12" PRIu64 "%s%s%s\n", variant->variant, variant->quick,
           variant->standard, variant->full, variant->swept ? "  swept" : "", variant->streams ? "  streams" : "",
           variant->cyclic ? "  cyclic" : "");
}

/* Every strategy has the same variants: those of the first are shown. */
static void print_workloads(const Catalogue *catalogue, const char *strategy)
{
    const char *workload = "";
    printf("%-26s %12s %12s %12s\n", "Workloads, and their sizes:", "quick", "standard", "full");
    for (size_t i = 0; i < catalogue->variants; i++) {
        const Description *variant = &catalogue->variant[i];
        if (!texts_equal(variant->strategy, strategy))
            continue;
        if (!texts_equal(variant->workload, workload))
            printf("%s: %s\n", variant->workload, variant->about);
        workload = variant->workload;
        print_variant(variant);
    }
}

static void print_unsupported(const Catalogue *catalogue)
{
    bool any = false;
    for (size_t i = 0; i < catalogue->variants; i++) {
        const Description *variant = &catalogue->variant[i];
        if (variant->status == OK)
            continue;
        fputs(any ? "" : "\nUnsupported:\n", stdout);
        printf("  %s/%s %s: %s\n", variant->strategy, variant->workload, variant->variant, variant->reason);
        any = true;
    }
}

int list_main(int count, char **words)
{
    TextPool pool = { 0 };
    const char *build = read_options(count, words);
    Names strategies = registry_strategies(&pool), workloads = registry_workloads(&pool);
    processes_begin();
    Catalogue catalogue = catalogue_read(build, strategies, workloads, &pool);
    catalogue_check_inputs(&catalogue, &pool);
    print_strategies(strategies);
    print_workloads(&catalogue, strategies.name[0]);
    print_unsupported(&catalogue);
    catalogue_free(&catalogue);
    free(strategies.name);
    free(workloads.name);
    text_pool_free(&pool);
    return ALL_WELL;
}
