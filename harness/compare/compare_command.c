#include "commands.h"
#include "fail.h"
#include "memory.h"
#include "path.h"
#include "report.h"
#include "suitable.h"

#include <ctype.h>
#include <dirent.h>
#include <getopt.h>
#include <libgen.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "Usage: reclaim compare [OLD] NEW [options]\n"
    "\n"
    "Compares two folders of runs of the same suite, cell by cell: time, memory, and instructions where\n"
    "both have counted them. Writes NEW/compare.csv and NEW/compare.md. Without OLD, with the baseline\n"
    "that `make baseline` has kept in the folder baselines beside NEW.\n"
    "\n"
    "  --threshold P%           a change for the worse is a regression from this on; default: 3%\n"
    "  --force \"WHAT ...\"       compare although these differ: mode, sizes, seeds, inputs, host; or though\n"
    "                           a run is unfinished; or all\n"
    "  --baseline NAME          which of several baselines\n"
    "  --output DIR             where the files go, in place of NEW\n"
    "\n"
    "Exit status: 0 no regression; 1 a regression, or a cell that was ok and is not any more; 2 it could\n"
    "not compare, or nothing could be told.\n";

typedef struct Wanted {
    const char *old, *new, *output;
    const char *baseline;
    double threshold;
    bool allowed[OBSTACLES];
} Wanted;

/* "3%" or "0.5%"; without the sign, too. */
static double read_threshold(const char *text)
{
    const char *end = text + strspn(text, "0123456789."); /* strtod takes 0x3, too */
    char *read;
    double percent = strtod(text, &read);
    if (read != end || !isdigit((unsigned char)*text) || !(*end == '\0' || texts_equal(end, "%")) ||
        !(percent > 0 && percent < 1000))
        fail("--threshold %s: a number of percent is wanted, as in 3%%", text);
    return percent / 100;
}

static void allow(Wanted *wanted, const char *words)
{
    TextPool pool = { 0 };
    Names names = names_split(words, &pool);
    for (size_t i = 0; i < names.count; i++) {
        bool all = texts_equal(names.name[i], "all"), known = all;
        for (Obstacle obstacle = MODE; obstacle < OBSTACLES; obstacle++)
            if (all || texts_equal(names.name[i], obstacle_names[obstacle]))
                known = wanted->allowed[obstacle] = true;
        if (!known)
            fail("--force %s: there are mode, sizes, seeds, inputs, host, unfinished and all", names.name[i]);
    }
    free(names.name);
    text_pool_free(&pool);
}

static void take_option(Wanted *wanted, int option)
{
    switch (option) {
    case 't':
        wanted->threshold = read_threshold(optarg);
        break;
    case 'f':
        allow(wanted, optarg);
        break;
    case 'o':
        wanted->output = optarg;
        break;
    case 'b':
        wanted->baseline = optarg;
        break;
    case 'h':
        fputs(help, stdout);
        exit(ALL_WELL);
    default:
        exit(CANNOT_GO_ON);
    }
}

static Wanted read_options(int count, char **words)
{
    static const struct option options[] = {
        { "threshold", required_argument, NULL, 't' }, { "force", required_argument, NULL, 'f' },
        { "output", required_argument, NULL, 'o' },    { "baseline", required_argument, NULL, 'b' },
        { "help", no_argument, NULL, 'h' },            { 0 },
    };
    Wanted wanted = { .threshold = 0.03 };
    for (int option; (option = getopt_long(count, words, "", options, NULL)) != -1;)
        take_option(&wanted, option);
    int folders = count - optind;
    if (folders != 1 && folders != 2)
        fail("compare: name two folders of runs, as in `reclaim compare results/OLD results/NEW`");
    if (folders == 2 && wanted.baseline)
        fail("compare: --baseline %s and the folder %s are both to be OLD", wanted.baseline, words[optind]);
    wanted.old = folders == 2 ? words[optind] : NULL;
    wanted.new = words[count - 1];
    return wanted;
}

/* ---- The baseline -------------------------------------------------------------------------------------------------- */

/* The only one, or the program ends. */
static const char *only_baseline(const char *folder, TextPool *pool)
{
    Names names = { 0 };
    DIR *entries = opendir(folder);
    for (struct dirent *entry; entries && (entry = readdir(entries)) != NULL;)
        if (*entry->d_name != '.')
            names_add(&names, intern(pool, entry->d_name));
    if (entries)
        closedir(entries);
    if (names.count == 0)
        fail("%s has no baseline to compare with: name OLD, or `make baseline NAME=x RUN=y` keeps a run as one", folder);
    char *joined = names_joined(names);
    if (names.count > 1)
        fail("%s has several baselines, %s: say which (make: NAME=…, else --baseline)", folder, joined);
    const char *only = *names.name;
    free(joined);
    free(names.name);
    return only;
}

/* Runs and baselines are kept beside each other. */
static const char *baseline_for(const Wanted *wanted, TextPool *pool)
{
    char *path = text_format("%s", wanted->new);
    char *folder = text_format("%s/baselines", dirname(path));
    const char *name = wanted->baseline ? wanted->baseline : only_baseline(folder, pool);
    char *old = text_format("%s/%s", folder, name);
    const char *kept = intern(pool, old);
    free(old);
    free(folder);
    free(path);
    return kept;
}

/* ---- The comparison ------------------------------------------------------------------------------------------------ */

static void must_share_cells(const Pairs *pairs, const Wanted *wanted)
{
    for (size_t i = 0; i < pairs->pairs; i++)
        if (pairs->pair[i].trials[OLD] > 0 && pairs->pair[i].trials[NEW] > 0)
            return;
    fail("%s and %s have no cell in common", wanted->old, wanted->new);
}

static int compare(const Wanted *wanted, TextPool *pool)
{
    ComparedRun run[SIDES] = { compared_run_load(wanted->old, pool), compared_run_load(wanted->new, pool) };
    Pairs pairs = pairs_of(run, pool);
    runs_must_suit(run, &pairs, wanted->allowed);
    must_share_cells(&pairs, wanted);
    Judgement judgement = judge_runs(run, &pairs, wanted->threshold, pool);
    Report report = { run, &judgement, runs_differ_in(run, &pairs, pool) };
    int status = regressions_of(&judgement) ? CELLS_FAILED : report_tells(&judgement) ? ALL_WELL : CANNOT_GO_ON;
    if (wanted->output)
        folder_make(wanted->output);
    report_write(&report, wanted->output ? wanted->output : wanted->new);
    report_print(stdout, &report);
    free(report.differences.name);
    judgement_free(&judgement);
    pairs_free(&pairs);
    compared_run_free(&run[OLD]);
    compared_run_free(&run[NEW]);
    return status;
}

int compare_main(int count, char **words)
{
    TextPool pool = { 0 };
    Wanted wanted = read_options(count, words);
    if (wanted.old == NULL)
        wanted.old = baseline_for(&wanted, &pool);
    int status = compare(&wanted, &pool);
    text_pool_free(&pool);
    return status;
}
