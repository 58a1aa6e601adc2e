#include "request.h"

#include "fail.h"
#include "memory.h"
#include "rows.h"
#include "words.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char about_sweep[] =
    "Usage: reclaim sweep [options], in the project's root\n"
    "\n"
    "What does more memory buy? A run like that of `reclaim bench`, of the strategies that name values\n"
    "for settings which trade time for space, at each of these values beside the usual ones. Left open,\n"
    "the strategies are these and the baseline, and the workloads those with garbage or much that lives:\n"
    "classics, and what drops cycles. Writes results/RUN/sweep.csv, besides what bench writes.\n"
    "The options are those of bench:\n"
    "\n";

static const char about_bench[] =
    "Usage: reclaim bench [options], in the project's root\n"
    "\n"
    "Runs every workload under every strategy in shuffled blocks, and writes results/RUN:\n"
    "plan.csv, trials.csv, summary.csv, manifest.json and charts/. A run that was interrupted\n"
    "goes on when it is named again; it repeats nothing that it has.\n"
    "\n";

static const char help[] =
    "  --quick, --full          small sizes and 2 to 5 blocks; large ones and 30 blocks;\n"
    "                           without either: standard sizes and 3 to 15 blocks\n"
    "  --strategies \"A B\"       only these; default: every strategies/*.h but those only when named\n"
    "  --workloads \"X Y\"        only these; default: every workloads/*.c\n"
    "  --set \"S.NAME=N ...\"     each strategy S once more with this setting; with several in\n"
    "                           S.NAME=N,NAME=N; `reclaim list` shows what can be set\n"
    "  --run NAME               a new run's name, or the run to go on with; default: the time, UTC\n"
    "  --seed N                 of the order of trials; default: from the clock\n"
    "  --baseline STRATEGY      what the others are compared to; default: refcount, or the\n"
    "                           run's first strategy where refcount is not among them\n"
    "  --blocks N               how often each cell is tried; default: what fits the time\n"
    "  --time-limit S           of one trial, seconds; default: 20 quick, 60 standard, 300 full\n"
    "  --memory-limit MIB       of one trial; default: 4096, or 3/4 of this machine's memory\n"
    "  --input WORKLOAD=FILE    what the workload reads, instead of its usual file\n"
    "  --results DIR            default: results\n"
    "  --build DIR              where the cells are; default: build\n"
    "  --no-census              count nothing: no census.csv, pauses.csv, timeline.csv, leaks.csv\n"
    "  --no-charts              draw nothing\n"
    "\n"
    "A run that several machines share, over a folder that all of them see (docs/cluster.md):\n"
    "  --pilot                  measure the first block here, which makes the plan of the others\n"
    "  --tasks N                how many will share them, 1 to 1000: as many more blocks fit the time\n"
    "  --shard I/N              of the run that --run names measure every N-th block from the I-th on,\n"
    "                           but those that are there already\n"
    "  --host NAME              what this machine is called in its rows; default: SLURMD_NODENAME,\n"
    "                           or the first label of its own name\n"
    "Each block becomes results/RUN/blocks/NUMBER as a whole; `reclaim merge` makes the run of them. With\n"
    "these the exit status is 0 as soon as the blocks are there, whatever became of their trials.\n"
    "\n"
    "Exit status: 0 all is well; 1 a cell failed; 2 it could not run; 130 interrupted.\n";

static void print_help(bool is_sweep)
{
    fputs(is_sweep ? about_sweep : about_bench, stdout);
    fputs(help, stdout);
}

enum Option {
    OPTION_QUICK = 1000, OPTION_FULL, OPTION_STRATEGIES, OPTION_WORKLOADS, OPTION_SET, OPTION_RUN, OPTION_SEED, OPTION_BASELINE,
    OPTION_BLOCKS, OPTION_TIME_LIMIT, OPTION_MEMORY_LIMIT, OPTION_INPUT, OPTION_RESULTS, OPTION_BUILD,
    OPTION_NO_CENSUS, OPTION_NO_CHARTS, OPTION_PILOT, OPTION_TASKS, OPTION_SHARD, OPTION_HOST, OPTION_HELP,
};

static const struct option options[] = {
    { "quick",        no_argument,       NULL, OPTION_QUICK },
    { "full",         no_argument,       NULL, OPTION_FULL },
    { "strategies",   required_argument, NULL, OPTION_STRATEGIES },
    { "workloads",    required_argument, NULL, OPTION_WORKLOADS },
    { "set",          required_argument, NULL, OPTION_SET },
    { "run",          required_argument, NULL, OPTION_RUN },
    { "seed",         required_argument, NULL, OPTION_SEED },
    { "baseline",     required_argument, NULL, OPTION_BASELINE },
    { "blocks",       required_argument, NULL, OPTION_BLOCKS },
    { "time-limit",   required_argument, NULL, OPTION_TIME_LIMIT },
    { "memory-limit", required_argument, NULL, OPTION_MEMORY_LIMIT },
    { "input",        required_argument, NULL, OPTION_INPUT },
    { "results",      required_argument, NULL, OPTION_RESULTS },
    { "build",        required_argument, NULL, OPTION_BUILD },
    { "no-census",    no_argument,       NULL, OPTION_NO_CENSUS },
    { "no-charts",    no_argument,       NULL, OPTION_NO_CHARTS },
    { "pilot",        no_argument,       NULL, OPTION_PILOT },
    { "tasks",        required_argument, NULL, OPTION_TASKS },
    { "shard",        required_argument, NULL, OPTION_SHARD },
    { "host",         required_argument, NULL, OPTION_HOST },
    { "help",         no_argument,       NULL, OPTION_HELP },
    { 0 },
};

static uint64_t number(const char *option, const char *text, uint64_t least, uint64_t most)
{
    uint64_t value;
    if (!parse_natural(text, &value) || value < least || value > most)
        fail("%s %s: it must be a whole number from %" PRIu64 " to %" PRIu64, option, text, least, most);
    return value;
}

static void set_mode(Request *request, const char *mode)
{
    if (request->mode && !texts_equal(request->mode, mode))
        fail("--quick and --full exclude each other");
    request->mode = mode;
}

/* A run's name becomes a folder's, and nothing above it. */
const char *request_run_name(const char *name)
{
    static const char usual[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    if (name[strspn(name, usual)] != '\0' || strlen(name) > 100 || name[strspn(name, ".")] == '\0')
        fail("RUN=%s (--run): a name is made of letters, digits, `.`, `_` and `-`, and is not only dots", name);
    return name;
}

static void add_input(Request *request, const char *text, TextPool *pool)
{
    const char *equals = strchr(text, '=');
    if (equals == NULL || equals == text || equals[1] == '\0')
        fail("--input %s: it must be WORKLOAD=FILE", text);
    if (request->inputs == INPUTS_MAX)
        fail("--input %s: there can be no more than %d", text, INPUTS_MAX);
    const char *workload = intern_part(pool, text, equals - text);
    request->input[request->inputs++] = (Input){ workload, equals + 1 };
}

/* An empty list asks for nothing: a Makefile may pass on a variable that is not set. */
static const char *unless_empty(const char *text)
{
    return text[strspn(text, " ,\t")] ? text : NULL;
}

/* Option after option adds to them. */
static void add_settings(Request *request, const char *words, TextPool *pool)
{
    char *all = text_format("%s %s", request->settings ? request->settings : "", words);
    request->settings = unless_empty(intern(pool, all));
    free(all);
}

static Shard shard_named(const char *text, TextPool *pool)
{
    Shard shard = { 0 };
    const char *slash = strchr(text, '/');
    bool numbers = slash && parse_natural(intern_part(pool, text, slash - text), &shard.which) &&
                   parse_natural(slash + 1, &shard.of);
    if (!numbers || shard.which < 1 || shard.which > shard.of || shard.of > TASKS_MAX)
        fail("--shard %s: it must be I/N, whole numbers, N up to %d and I from 1 to N", text, TASKS_MAX);
    return shard;
}

static const char *host_named(const char *text)
{
    if (!is_host(text))
        fail("--host %s: a name is made of letters, digits, `.`, `_` and `-`, at most %d of them", text, HOST_LETTERS);
    return text;
}

static void read_option(Request *request, int option, TextPool *pool)
{
    switch ((enum Option)option) {
    case OPTION_QUICK:        set_mode(request, "quick"); break;
    case OPTION_FULL:         set_mode(request, "full"); break;
    case OPTION_STRATEGIES:   request->strategies = unless_empty(optarg); break;
    case OPTION_WORKLOADS:    request->workloads = unless_empty(optarg); break;
    case OPTION_SET:          add_settings(request, optarg, pool); break;
    case OPTION_RUN:          request->run = request_run_name(optarg); break;
    case OPTION_SEED:         request->seed = number("--seed", optarg, 1, INT64_MAX); break;
    case OPTION_BASELINE:     request->baseline = optarg; break;
    case OPTION_BLOCKS:       request->blocks = number("--blocks", optarg, 1, BLOCKS_MAX); break;
    case OPTION_TIME_LIMIT:   request->time_limit_s = number("--time-limit", optarg, 1, TIME_LIMIT_MOST_S); break;
    case OPTION_MEMORY_LIMIT:
        request->memory_limit_mib = number("--memory-limit", optarg, MEMORY_LIMIT_LEAST_MIB, MEMORY_LIMIT_MOST_MIB);
        break;
    case OPTION_INPUT:        add_input(request, optarg, pool); break;
    case OPTION_RESULTS:      request->results = optarg; break;
    case OPTION_BUILD:        request->build = optarg; break;
    case OPTION_NO_CENSUS:    request->without_census = true; break;
    case OPTION_NO_CHARTS:    request->without_charts = true; break;
    case OPTION_PILOT:        request->is_pilot = true; break;
    case OPTION_TASKS:        request->tasks = number("--tasks", optarg, 1, TASKS_MAX); break;
    case OPTION_SHARD:        request->shard = shard_named(optarg, pool); break;
    case OPTION_HOST:         request->host = host_named(optarg); break;
    case OPTION_HELP:         print_help(request->is_sweep); exit(ALL_WELL);
    default:                  exit(CANNOT_GO_ON); /* getopt_long has said why */
    }
}

/* What only runs have that several machines share. */
static void must_make_sense(const Request *request)
{
    bool is_shard = request->shard.of != NOT_ASKED;
    if (is_shard && request->is_pilot)
        fail("--pilot and --shard exclude each other: the pilot makes the plan that shards have in common");
    if (is_shard && request->run == NULL)
        fail("--shard is of a run: name it with --run");
    if (request->tasks != NOT_ASKED && !request->is_pilot)
        fail("--tasks is for --pilot, which decides how many blocks there will be");
    if (request->host && !is_shard && !request->is_pilot)
        fail("--host is for --pilot and --shard: a run on one machine does not name it");
}

Request request_read(int count, char **words, TextPool *pool)
{
    Request request = { .count = count, .words = words, .results = "results", .build = "build" };
    request.is_sweep = texts_equal(words[0], "sweep");
    int option;
    while ((option = getopt_long(count, words, "", options, NULL)) != -1)
        read_option(&request, option, pool);
    if (optind < count)
        fail("`%s` is not an option; see reclaim %s --help", words[optind], words[0]);
    must_make_sense(&request);
    return request;
}
