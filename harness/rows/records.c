#include "records.h"

#include "cell_columns.h"

#include <string.h>

static const Column planned_columns[] = {
    { "block",       BLOCK, offsetof(Planned, block) },
    { "position",    POSITION, offsetof(Planned, position) },
    CELL_COLUMNS(Planned),
    { "expected",    COUNT, offsetof(Planned, expected) },
    { "expected_operations", COUNT, offsetof(Planned, expected_operations) },
    { "unsupported", TEXT, offsetof(Planned, unsupported) },
};

static const Column trial_columns[] = {
    { "block",        BLOCK, offsetof(Trial, block) },
    { "position",     POSITION, offsetof(Trial, position) },
    CELL_COLUMNS(Trial),
    { "status",       STATUS, offsetof(Trial, status) },
    { "reason",       TEXT, offsetof(Trial, reason) },
    { "checksum",     COUNT, offsetof(Trial, checksum) },
    { "operations",   COUNT, offsetof(Trial, operations) },
    { "wall_s",       QUANTITY, offsetof(Trial, wall_s) },
    { "user_s",       QUANTITY, offsetof(Trial, user_s) },
    { "system_s",     QUANTITY, offsetof(Trial, system_s) },
    { "repeats",      COUNT, offsetof(Trial, repeats) },
    { "work_s",       QUANTITY, offsetof(Trial, work_s) },
    { "work_cpu_s",   QUANTITY, offsetof(Trial, work_cpu_s) },
    { "teardown_s",   QUANTITY, offsetof(Trial, teardown_s) },
    { "peak_rss_kib", QUANTITY, offsetof(Trial, peak_rss_kib) },
    { "figures",      SETTINGS, offsetof(Trial, figures) },
    { "started_s",    QUANTITY, offsetof(Trial, started_s) },
    { "teardown_cpu_s", QUANTITY, offsetof(Trial, teardown_cpu_s) },
    { "collect_s",    QUANTITY, offsetof(Trial, collect_s) },
    { "involuntary",  QUANTITY, offsetof(Trial, involuntary) },
    { "steal_s",      QUANTITY, offsetof(Trial, steal_s) },
    { "load",         QUANTITY, offsetof(Trial, load) },
    { "host",         MACHINE, offsetof(Trial, host) },
};

static const Column hiccups_columns[] = {
    { "moment",    TEXT, offsetof(Hiccups, moment) },
    { "started_s", QUANTITY, offsetof(Hiccups, started_s) },
    { "spun_s",    QUANTITY, offsetof(Hiccups, spun_s) },
    { "hiccups",   NATURAL, offsetof(Hiccups, hiccups) },
    { "lost_s",    QUANTITY, offsetof(Hiccups, lost_s) },
    { "p99_ns",    QUANTITY, offsetof(Hiccups, p99_ns) },
    { "worst_ns",  QUANTITY, offsetof(Hiccups, worst_ns) },
    { "host",      MACHINE, offsetof(Hiccups, host) },
};

static const Column answer_columns[] = {
    { "strategy",     NAME, offsetof(Answer, strategy) },
    { "workload",     NAME, offsetof(Answer, workload) },
    { "variant",      NAME, offsetof(Answer, variant) },
    { "size",         NATURAL, offsetof(Answer, size) },
    { "seed",         NATURAL, offsetof(Answer, seed) },
    { "settings",     SETTINGS, offsetof(Answer, settings) },
    { "allocator",    NAME, offsetof(Answer, allocator) },
    { "status",       STATUS, offsetof(Answer, status) },
    { "reason",       TEXT, offsetof(Answer, reason) },
    { "checksum",     COUNT, offsetof(Answer, checksum) },
    { "operations",   COUNT, offsetof(Answer, operations) },
    { "repeats",      COUNT, offsetof(Answer, repeats) },
    { "work_s",       QUANTITY, offsetof(Answer, work_s) },
    { "work_cpu_s",   QUANTITY, offsetof(Answer, work_cpu_s) },
    { "teardown_s",   QUANTITY, offsetof(Answer, teardown_s) },
    { "peak_rss_kib", QUANTITY, offsetof(Answer, peak_rss_kib) },
    { "figures",      SETTINGS, offsetof(Answer, figures) },
    { "teardown_cpu_s", QUANTITY, offsetof(Answer, teardown_cpu_s) },
    { "collect_s",    QUANTITY, offsetof(Answer, collect_s) },
    { "involuntary",  QUANTITY, offsetof(Answer, involuntary) },
};

static const Column description_columns[] = {
    { "strategy",  NAME, offsetof(Description, strategy) },
    { "workload",  NAME, offsetof(Description, workload) },
    { "variant",   NAME, offsetof(Description, variant) },
    { "allocator", NAME, offsetof(Description, allocator) },
    { "class",     NAME, offsetof(Description, class) },
    { "quick",     NATURAL, offsetof(Description, quick) },
    { "standard",  NATURAL, offsetof(Description, standard) },
    { "full",      NATURAL, offsetof(Description, full) },
    { "depth",     FLAG, offsetof(Description, depth) },
    { "swept",     TEXT, offsetof(Description, swept) },
    { "streams",   FLAG, offsetof(Description, streams) },
    { "cyclic",    FLAG, offsetof(Description, cyclic) },
    { "superlinear", FLAG, offsetof(Description, superlinear) },
    { "repeats",   NATURAL, offsetof(Description, repeats) },
    { "requests",  FLAG, offsetof(Description, requests) },
    { "status",    STATUS, offsetof(Description, status) },
    { "reason",    TEXT, offsetof(Description, reason) },
    { "input",     TEXT, offsetof(Description, input) },
    { "about",     TEXT, offsetof(Description, about) },
};

static const Column setting_columns[] = {
    { "name",  NAME, offsetof(Setting, name) },
    { "usual", NATURAL, offsetof(Setting, usual) },
    { "least", NATURAL, offsetof(Setting, least) },
    { "most",  NATURAL, offsetof(Setting, most) },
    { "about", TEXT, offsetof(Setting, about) },
    { "sweep", TEXT, offsetof(Setting, sweep) },
};

static const Column summary_columns[] = {
    { "strategy",  NAME, offsetof(Summary, cell.strategy) },
    { "workload",  NAME, offsetof(Summary, cell.workload) },
    { "variant",   NAME, offsetof(Summary, cell.variant) },
    { "size",      NATURAL, offsetof(Summary, cell.size) },
    { "input",     ID, offsetof(Summary, cell.input) },
    { "settings",  SETTINGS, offsetof(Summary, cell.settings) },
    { "allocator", NAME, offsetof(Summary, cell.allocator) },
    { "control",   FLAG, offsetof(Summary, cell.control) },
    { "status",    STATUS, offsetof(Summary, status) },
    { "reason",    TEXT, offsetof(Summary, reason) },
    { "metric",    NAME, offsetof(Summary, metric) },
    { "n",         NATURAL, offsetof(Summary, n) },
    { "median",    QUANTITY, offsetof(Summary, median) },
    { "lo",        QUANTITY, offsetof(Summary, lo) },
    { "hi",        QUANTITY, offsetof(Summary, hi) },
    { "ratio",     QUANTITY, offsetof(Summary, ratio) },
    { "ratio_lo",  QUANTITY, offsetof(Summary, ratio_lo) },
    { "ratio_hi",  QUANTITY, offsetof(Summary, ratio_hi) },
    { "detectable", QUANTITY, offsetof(Summary, detectable) },
    { "outliers",  COUNT, offsetof(Summary, outliers) },
    { "verdict",   DIFFERENCE, offsetof(Summary, verdict) },
};

const Layout planned_layout = LAYOUT(Planned, planned_columns);
const Layout trial_layout = LAYOUT(Trial, trial_columns);
const Layout hiccups_layout = LAYOUT(Hiccups, hiccups_columns);
const Layout answer_layout = LAYOUT(Answer, answer_columns);
const Layout description_layout = LAYOUT(Description, description_columns);
const Layout setting_layout = LAYOUT(Setting, setting_columns);
const Layout summary_layout = LAYOUT(Summary, summary_columns);

Cell variant_cell(const Description *variant, uint64_t size, uint64_t seed)
{
    return (Cell){ .strategy = variant->strategy, .workload = variant->workload, .variant = variant->variant, .size = size,
                   .seed = seed, .input = "", .settings = "", .allocator = variant->allocator };
}

const char *const class_names[] = { "technique", "real", "classic", "stress", "micro" };

size_t class_rank(const char *class)
{
    size_t rank = 0;
    while (rank < CLASS_NAMES && !texts_equal(class, class_names[rank]))
        rank++;
    return rank;
}

static int variant_order(const Cell *a, const Cell *b)
{
    int order = strcmp(a->workload, b->workload);
    if (order == 0)
        order = strcmp(a->variant, b->variant);
    return order ? order : strcmp(a->input, b->input);
}

bool same_variant(const Cell *a, const Cell *b)
{
    return variant_order(a, b) == 0;
}

int work_order(const Cell *a, const Cell *b)
{
    int order = variant_order(a, b);
    return order ? order : (a->size > b->size) - (a->size < b->size);
}

int series_order(const Cell *a, const Cell *b)
{
    int order = strcmp(a->strategy, b->strategy);
    if (order == 0)
        order = strcmp(a->allocator, b->allocator);
    return order ? order : strverscmp(a->settings, b->settings);
}

int cell_order(const Cell *a, const Cell *b)
{
    int order = work_order(a, b);
    if (order == 0)
        order = series_order(a, b);
    return order ? order : a->control - b->control;
}

void cell_intern(Cell *cell, TextPool *pool)
{
    const char **const text[] = { &cell->strategy, &cell->workload, &cell->variant, &cell->input, &cell->settings,
                                  &cell->allocator };
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        *text[i] = intern(pool, *text[i]);
}

bool cells_equal(const Cell *a, const Cell *b)
{
    return cell_order(a, b) == 0 && a->seed == b->seed;
}

bool same_task(const Cell *a, const Cell *b)
{
    return texts_equal(a->workload, b->workload) && texts_equal(a->input, b->input) && a->size == b->size &&
           a->seed == b->seed;
}
