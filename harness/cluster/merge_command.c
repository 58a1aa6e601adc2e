#include "block_numbers.h"
#include "commands.h"
#include "fail.h"
#include "memory.h"
#include "merging.h"
#include "shell.h"
#include "text_pool.h"

#include <getopt.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char help[] =
    "Usage: reclaim merge RUN_FOLDER [FOLDER ...]\n"
    "       reclaim merge --missing RUN_FOLDER\n"
    "\n"
    "Of a run whose blocks were measured on several machines: RUN_FOLDER/blocks -> trials.csv, hiccups.csv, and what the\n"
    "manifest says of hosts. A FOLDER is a copy of the run's folder, or one with its blocks/ alone: what RUN_FOLDER does not\n"
    "have is taken over. Of a block that several have, that of the folder that is named first stays.\n"
    "\n"
    "  --missing  print the numbers of the blocks that are missing, a line each, and change nothing\n"
    "\n"
    "The exit status is 0 when all blocks are there, 1 when some are missing, and 2 when they cannot be merged.\n";

typedef struct Asked {
    bool missing;
    char **folder;
    size_t folders;
} Asked;

/* `results/R/` and `results/R` are one. */
static void cut_slashes(char *folder)
{
    for (size_t length = strlen(folder); length > 1 && folder[length - 1] == '/'; length--)
        folder[length - 1] = '\0';
}

static Asked read_options(int count, char **words)
{
    static const struct option options[] = {
        { "missing", no_argument, NULL, 'm' }, { "help", no_argument, NULL, 'h' }, { 0 },
    };
    Asked asked = { 0 };
    for (int option; (option = getopt_long(count, words, "", options, NULL)) != -1;) {
        if (option == 'h')
            fputs(help, stdout);
        if (option != 'm')
            exit(option == 'h' ? ALL_WELL : CANNOT_GO_ON);
        asked.missing = true;
    }
    asked.folder = words + optind;
    asked.folders = (size_t)(count - optind);
    if (asked.folders == 0 || (asked.missing && asked.folders > 1))
        fail("merge: name %s folder of a run, as in `reclaim merge %sresults/NAME`", asked.missing ? "one" : "the",
             asked.missing ? "--missing " : "");
    for (size_t i = 0; i < asked.folders; i++)
        cut_slashes(asked.folder[i]);
    return asked;
}

/* The command that measures what is missing; the caller frees it. */
static char *command_for(const char *folder)
{
    char *submitted = text_format("%s/cluster", folder), *path = text_format("%s", folder), *copy = text_format("%s", folder);
    char *run = shell_word(basename(path)), *results = shell_word(dirname(copy));
    bool usual = texts_equal(results, "results");
    char *command = access(submitted, F_OK) == 0
                        ? text_format("make bench CLUSTER=slurm RUN=%s%s%s", run, usual ? "" : " RESULTS=", usual ? "" : results)
                        : text_format("build/reclaim bench --run %s --shard 1/1%s%s", run, usual ? "" : " --results ",
                                      usual ? "" : results);
    free(submitted);
    free(path);
    free(copy);
    free(run);
    free(results);
    return command;
}

static void say_missing(const char *folder, const Merged *merged)
{
    char *numbers = block_numbers(merged->missing, merged->blocks), *command = command_for(folder);
    notice("%s: %s %s of %zu %s missing; this measures %s: %s", folder, merged->lacking == 1 ? "block" : "blocks", numbers,
           merged->blocks, merged->lacking == 1 ? "is" : "are", merged->lacking == 1 ? "it" : "them", command);
    free(numbers);
    free(command);
}

static void print_missing(const Merged *merged)
{
    for (size_t block = 1; block <= merged->blocks; block++)
        if (merged->missing[block])
            printf("%zu\n", block);
}

int merge_main(int count, char **words)
{
    Asked asked = read_options(count, words);
    const char *folder = asked.folder[0];
    Merged merged = asked.missing ? merge_look(folder) : merge_folders((const char *const *)asked.folder, asked.folders);
    if (asked.missing)
        print_missing(&merged);
    else
        printf("%zu of %zu blocks, of %zu host%s, are in %s/trials.csv\n", merged.blocks - merged.lacking, merged.blocks,
               merged.hosts, merged.hosts == 1 ? "" : "s", folder);
    if (!asked.missing && merged.lacking > 0)
        say_missing(folder, &merged);
    int status = merged.lacking > 0 ? CELLS_FAILED : ALL_WELL;
    merged_free(&merged);
    return status;
}
