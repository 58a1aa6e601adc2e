#include "commands.h"
#include "fail.h"
#include "finished_run.h"
#include "instructions.h"
#include "process.h"

#include <getopt.h>
#include <stdlib.h>

static const char help[] =
    "Usage: reclaim count RUN_FOLDER [--strategies \"a b\"] [--workloads \"x y\"] [--build DIR], in the project's root\n"
    "\n"
    "Counts the instructions of the cells of a run under valgrind's callgrind, and splits them into the work and what memory\n"
    "management takes: RUN_FOLDER/trials.csv -> instructions.csv. Of cells that are not asked for, what was counted before\n"
    "stays.\n";

typedef struct Asked {
    const char *folder, *build, *strategies, *workloads;
} Asked;

static Asked read_options(int count, char **words)
{
    static const struct option options[] = {
        { "build", required_argument, NULL, 'b' }, { "strategies", required_argument, NULL, 's' },
        { "workloads", required_argument, NULL, 'w' }, { "help", no_argument, NULL, 'h' }, { 0 },
    };
    Asked asked = { .build = "build" };
    for (int option; (option = getopt_long(count, words, "", options, NULL)) != -1;)
        switch (option) {
        case 'b': asked.build = optarg; break;
        case 's': asked.strategies = optarg; break;
        case 'w': asked.workloads = optarg; break;
        case 'h': fputs(help, stdout); exit(ALL_WELL);
        default: exit(CANNOT_GO_ON);
        }
    if (count - optind != 1)
        fail("count: name one folder of a run, as in `reclaim count results/NAME`");
    asked.folder = words[optind];
    return asked;
}

/* Those of the run that are asked for, or all. */
static Names chosen_of(const char *asked, Names of_run, const char *kind, TextPool *pool)
{
    Names chosen = { 0 };
    if (asked == NULL) {
        for (size_t i = 0; i < of_run.count; i++)
            names_add(&chosen, of_run.name[i]);
        return chosen;
    }
    chosen = names_split(asked, pool);
    names_must_be_known(chosen, of_run, kind);
    return chosen;
}

static int count_run(const Asked *asked, TextPool *pool)
{
    FinishedRun run = finished_run_open(asked->folder, asked->build, pool);
    Names strategies = chosen_of(asked->strategies, run.parameters.strategies, "strategy of the run", pool);
    Names workloads = chosen_of(asked->workloads, run.parameters.workloads, "workload of the run", pool);
    Conditions conditions = {
        .parameters = &run.parameters, .build = asked->build, .inputs = &run.catalogue.inputs, .core = ANY_CORE,
    };
    int signal = instructions_count(asked->folder, &conditions, &run.catalogue, strategies, workloads, pool);
    free(strategies.name);
    free(workloads.name);
    finished_run_close(&run);
    return signal;
}

int count_main(int count, char **words)
{
    TextPool pool = { 0 };
    Asked asked = read_options(count, words);
    processes_begin();
    int signal = count_run(&asked, &pool);
    processes_end();
    text_pool_free(&pool);
    if (signal)
        return STOPPED_BY_SIGNAL + signal;
    return instructions_report(stdout, asked.folder) ? CELLS_FAILED : ALL_WELL;
}
