#include "clock.h"
#include "commands.h"
#include "fail.h"
#include "machine_lock.h"
#include "memory.h"
#include "modes.h"
#include "process.h"
#include "stages.h"
#include "stress_markdown.h"
#include "stress_report.h"
#include "stress_run.h"
#include "words.h"

#include <getopt.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

static const char help[] =
    "Usage: reclaim stress [options], in the project's root\n"
    "       reclaim stress --table RUN_FOLDER\n"
    "\n"
    "Tries to break what the strategies promise, and the harness. Writes results/RUN/stress.csv, charts and the page.\n"
    "\n"
    "  --quick                  a few minutes for all modes\n"
    "  --minutes N              how long each mode goes on that has no end of its own (oracle, soak); default: 10,\n"
    "                           with --quick half a one\n"
    "  --modes \"M N\"            only these; default: all of those below\n"
    "  --strategies \"A B\"       only these; default: every strategies/*.h but those only when named\n"
    "  --workloads \"X Y\"        of cells only those of these; default: every workloads/*.c\n"
    "  --seed N                 of random choices, but for those of threads and controls, which are always\n"
    "                           the same; default: from the clock\n"
    "  --run NAME               the folder's name; a run of bench that is there gets a section more on its page, and\n"
    "                           what an earlier stress left there is replaced; default: the time, UTC\n"
    "  --results DIR            default: results\n"
    "  --build DIR              where the programs are; default: build\n"
    "  --table RUN_FOLDER       tries nothing: what that run came to, as a table in Markdown, on standard output\n"
    "\n"
    "Exit status: 0 all is well; 1 a promise was broken; 2 it could not run, or nothing was tried; 130 interrupted.\n"
    "\n";

static void print_help(void)
{
    fputs(help, stdout);
    fputs("Modes, and what must hold:\n", stdout);
    for (size_t i = 0; i < stress_mode_count; i++)
        printf("  %-10s %s\n", stress_modes[i]->name, stress_modes[i]->promise);
}

static Names all_modes(void)
{
    Names names = { 0 };
    for (size_t i = 0; i < stress_mode_count; i++)
        names_add(&names, stress_modes[i]->name);
    return names;
}

/* ---- The command line ----------------------------------------------------------------------------------------------- */

typedef struct Words {
    const char *modes, *strategies, *workloads, *minutes, *seed;
} Words;

enum { SEED_MOST = INT32_MAX, MINUTES_MOST = 100000 };

/* Those of the words; of none, the usual ones, whose list goes otherwise. */
static Names chosen(const char *words, Names known, Names usual, const char *kind, TextPool *pool)
{
    Names names = words ? names_split(words, pool) : (Names){ 0 };
    names_must_be_known(names, known, kind);
    free(names.count > 0 ? usual.name : names.name);
    return names.count > 0 ? names : usual;
}

static uint64_t read_seed(const char *text)
{
    uint64_t seed;
    if (text == NULL)
        return (uint64_t)time(NULL) % SEED_MOST + 1;
    if (!parse_natural(text, &seed) || seed < 1 || seed > SEED_MOST)
        fail("--seed %s: it must be a whole number from 1 to %d", text, SEED_MOST);
    return seed;
}

static double read_minutes(const char *text, bool quick)
{
    char *end;
    double minutes = text ? strtod(text, &end) : quick ? 0.5 : 10;
    if (text && (*end || end == text || !(minutes > 0 && minutes <= MINUTES_MOST)))
        fail("--minutes %s: it must be a number above 0, up to %d", text, MINUTES_MOST);
    return minutes;
}

static void read_option(int option, StressRequest *request, Words *words)
{
    switch (option) {
    case 'q': request->quick = true; break;
    case 'm': words->minutes = optarg; break;
    case 'M': words->modes = optarg; break;
    case 's': words->strategies = optarg; break;
    case 'w': words->workloads = optarg; break;
    case 'S': words->seed = optarg; break;
    case 'r': request->request.run = request_run_name(optarg); break;
    case 'R': request->request.results = optarg; break;
    case 'b': request->request.build = optarg; break;
    case 't': stress_markdown(stdout, optarg); exit(ALL_WELL);
    case 'h': print_help(); exit(ALL_WELL);
    default: exit(CANNOT_GO_ON); /* getopt has said why */
    }
}

static void choose(const Words *words, StressRequest *request, TextPool *pool)
{
    Names modes = all_modes(), strategies = registry_strategies(pool), workloads = registry_workloads(pool);
    request->modes = chosen(words->modes, modes, all_modes(), "mode", pool);
    request->strategies = chosen(words->strategies, strategies, registry_usual_strategies(pool), "strategy", pool);
    request->workloads = chosen(words->workloads, workloads, registry_workloads(pool), "workload", pool);
    request->only_some_workloads = request->workloads.count < workloads.count;
    free(modes.name);
    free(strategies.name);
    free(workloads.name);
}

static void request_free(StressRequest *request)
{
    free(request->modes.name);
    free(request->strategies.name);
    free(request->workloads.name);
}

static StressRequest read_request(int count, char **line, Words *words, TextPool *pool)
{
    static const struct option options[] = {
        { "quick", no_argument, NULL, 'q' },            { "minutes", required_argument, NULL, 'm' },
        { "modes", required_argument, NULL, 'M' },      { "strategies", required_argument, NULL, 's' },
        { "workloads", required_argument, NULL, 'w' },  { "seed", required_argument, NULL, 'S' },
        { "run", required_argument, NULL, 'r' },        { "results", required_argument, NULL, 'R' },
        { "build", required_argument, NULL, 'b' },      { "table", required_argument, NULL, 't' },
        { "help", no_argument, NULL, 'h' },
        { 0 },
    };
    StressRequest request = { .request = { .count = count, .words = line, .results = "results", .build = "build" } };
    for (int option; (option = getopt_long(count, line, "", options, NULL)) != -1;)
        read_option(option, &request, words);
    if (optind < count)
        fail("`%s` is not an option; see reclaim stress --help", line[optind]);
    choose(words, &request, pool);
    request.seed = read_seed(words->seed);
    request.minutes = read_minutes(words->minutes, request.quick);
    return request;
}

/* ---- The modes ------------------------------------------------------------------------------------------------------ */

/* Returns 0, or the signal that stopped it. */
static int run_mode(Stress *stress, const StressMode *mode)
{
    char took[32];
    double began = seconds_now();
    fprintf(stderr, "%-10s %s\n", mode->name, mode->promise);
    int signal = mode->run(stress);
    duration_text(seconds_now() - began, took);
    if (!signal)
        fprintf(stderr, "%-10s took %s\n", "", took);
    return signal;
}

/* In the order of the modes, whatever the order they were asked for in. */
static int run_modes(Stress *stress, Names modes)
{
    int signal = 0;
    for (size_t i = 0; i < stress_mode_count && !signal; i++)
        if (names_have(modes, stress_modes[i]->name))
            signal = run_mode(stress, stress_modes[i]);
    return signal;
}

static int end_in_order(Stress *stress)
{
    stress_end(stress);
    int status = stress_report(stdout, stress->folder);
    stages_draw(stress->folder);
    printf("\n%s/stress.csv has each row; the page to read it by is %s/index.html\n", stress->folder, stress->folder);
    return status;
}

int stress_main(int count, char **line)
{
    TextPool pool = { 0 };
    Words words = { 0 };
    StressRequest request = read_request(count, line, &words, &pool);
    processes_begin();
    int lock = machine_lock(request.request.run ? request.request.run : "make stress");
    Stress stress = stress_begin(&request, &pool);
    fprintf(stderr, "seed %" PRIu64 "\n", stress.seed);
    int signal = run_modes(&stress, request.modes);
    machine_unlock(lock);
    processes_end();
    if (signal) {
        stress_abandon(&stress);
        notice("stopped; what was told until then is in %s/stress.csv.unfinished", stress.folder);
    }
    int status = signal ? STOPPED_BY_SIGNAL + signal : end_in_order(&stress);
    request_free(&request);
    text_pool_free(&pool);
    return status;
}
