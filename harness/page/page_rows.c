#include "page_rows.h"

#define SERIES_COLUMNS(Row, member)                             \
    { "strategy",  TEXT, offsetof(Row, member.strategy) },      \
    { "settings",  TEXT, offsetof(Row, member.settings) },      \
    { "allocator", TEXT, offsetof(Row, member.allocator) }

#define WORK_COLUMNS(Row)                                       \
    { "workload",  TEXT, offsetof(Row, cell.workload) },        \
    { "variant",   TEXT, offsetof(Row, cell.variant) },         \
    { "input",     TEXT, offsetof(Row, cell.input) }

#define MEASURED_COLUMNS(Row, name, member)                     \
    { name, REAL, offsetof(Row, member.value) },       \
    { "lo", REAL, offsetof(Row, member.lo) },          \
    { "hi", REAL, offsetof(Row, member.hi) }

static const Column summary_row_columns[] = {
    SERIES_COLUMNS(PageSummary, cell),
    WORK_COLUMNS(PageSummary),
    { "size",       NATURAL, offsetof(PageSummary, cell.size) },
    { "control",    FLAG, offsetof(PageSummary, cell.control) },
    { "status",     STATUS, offsetof(PageSummary, status) },
    { "reason",     TEXT, offsetof(PageSummary, reason) },
    { "metric",     TEXT, offsetof(PageSummary, metric) },
    { "n",          NATURAL, offsetof(PageSummary, n) },
    MEASURED_COLUMNS(PageSummary, "median", median),
    { "ratio",      QUANTITY, offsetof(PageSummary, ratio.value) },
    { "ratio_lo",   QUANTITY, offsetof(PageSummary, ratio.lo) },
    { "ratio_hi",   QUANTITY, offsetof(PageSummary, ratio.hi) },
    { "detectable", QUANTITY, offsetof(PageSummary, detectable) },
    { "verdict",    DIFFERENCE, offsetof(PageSummary, verdict) },
};

static const Column trial_row_columns[] = {
    SERIES_COLUMNS(PageTrial, cell),
    WORK_COLUMNS(PageTrial),
    { "size",    NATURAL, offsetof(PageTrial, cell.size) },
    { "control", FLAG, offsetof(PageTrial, cell.control) },
    { "status",  STATUS, offsetof(PageTrial, status) },
    { "reason",  TEXT, offsetof(PageTrial, reason) },
};

static const Column census_row_columns[] = {
    SERIES_COLUMNS(PageTrial, cell),
    WORK_COLUMNS(PageTrial),
    { "size",    NATURAL, offsetof(PageTrial, cell.size) },
    { "status",  STATUS, offsetof(PageTrial, status) },
    { "reason",  TEXT, offsetof(PageTrial, reason) },
};

static const Column finding_row_columns[] = {
    { "kind",     TEXT, offsetof(PageFinding, kind) },
    { "about",    TEXT, offsetof(PageFinding, about) },
    SERIES_COLUMNS(PageFinding, series),
    { "metric",   TEXT, offsetof(PageFinding, metric) },
    MEASURED_COLUMNS(PageFinding, "value", measured),
    { "n",        COUNT, offsetof(PageFinding, n) },
    { "verdict",  DIFFERENCE, offsetof(PageFinding, verdict) },
    { "place",    TEXT, offsetof(PageFinding, place) },
    { "programs", TEXT, offsetof(PageFinding, programs) },
    { "least",    QUANTITY, offsetof(PageFinding, least) },
    { "most",     QUANTITY, offsetof(PageFinding, most) },
    { "less_in",  COUNT, offsetof(PageFinding, less_in) },
    { "more_in",  COUNT, offsetof(PageFinding, more_in) },
    { "needs",    TEXT, offsetof(PageFinding, needs) },
    { "next",     TEXT, offsetof(PageFinding, next) },
    { "next_value", QUANTITY, offsetof(PageFinding, from_next.value) },
    { "next_lo",  QUANTITY, offsetof(PageFinding, from_next.lo) },
    { "next_hi",  QUANTITY, offsetof(PageFinding, from_next.hi) },
    { "band",     QUANTITY, offsetof(PageFinding, band) },
    { "as_good",  TEXT, offsetof(PageFinding, as_good) },
    { "sentence", TEXT, offsetof(PageFinding, sentence) },
};

static const Column claim_row_columns[] = {
    { "claim",     TEXT, offsetof(PageClaim, claim) },
    { "said",      TEXT, offsetof(PageClaim, said) },
    SERIES_COLUMNS(PageClaim, series),
    { "verdict",   TEXT, offsetof(PageClaim, verdict) },
    { "condition", TEXT, offsetof(PageClaim, condition) },
    { "figure",    TEXT, offsetof(PageClaim, figure) },
    { "size",      TEXT, offsetof(PageClaim, size) },
    { "expected",  TEXT, offsetof(PageClaim, expected) },
    { "met",       TEXT, offsetof(PageClaim, met) },
    MEASURED_COLUMNS(PageClaim, "value", measured),
    { "unit",      TEXT, offsetof(PageClaim, unit) },
    { "n",         COUNT, offsetof(PageClaim, n) },
    { "sentence",  TEXT, offsetof(PageClaim, sentence) },
};

static const Column noise_row_columns[] = {
    { "metric",     TEXT, offsetof(PageNoise, metric) },
    { "controls",   NATURAL, offsetof(PageNoise, controls) },
    { "band",       QUANTITY, offsetof(PageNoise, band) },
    { "worst",      QUANTITY, offsetof(PageNoise, worst) },
    { "told_apart", COUNT, offsetof(PageNoise, told_apart) },
};

static const Column chart_row_columns[] = {
    { "number",   NATURAL, offsetof(PagePicture, number) },
    { "file",     TEXT, offsetof(PagePicture, file) },
    { "script",   TEXT, offsetof(PagePicture, script) },
    { "view",     TEXT, offsetof(PagePicture, view) },
    { "question", TEXT, offsetof(PagePicture, question) },
    { "reading",  TEXT, offsetof(PagePicture, reading) },
    { "alt",      TEXT, offsetof(PagePicture, alt) },
    { "data",     TEXT, offsetof(PagePicture, data) },
    { "missing",  TEXT, offsetof(PagePicture, missing) },
    { "workloads", TEXT, offsetof(PagePicture, workloads) },
};

static const Column bound_row_columns[] = {
    SERIES_COLUMNS(PageBound, cell),
    WORK_COLUMNS(PageBound),
    { "by",       TEXT, offsetof(PageBound, by) },
    MEASURED_COLUMNS(PageBound, "overhead", overhead),
    { "cheapest", TEXT, offsetof(PageBound, cheapest) },
};

static const Column growth_row_columns[] = {
    SERIES_COLUMNS(PageGrowth, cell),
    WORK_COLUMNS(PageGrowth),
    { "metric", TEXT, offsetof(PageGrowth, metric) },
    { "sizes",  NATURAL, offsetof(PageGrowth, sizes) },
    { "from",   NATURAL, offsetof(PageGrowth, from) },
    { "to",     NATURAL, offsetof(PageGrowth, to) },
    { "n",      NATURAL, offsetof(PageGrowth, n) },
    MEASURED_COLUMNS(PageGrowth, "slope", slope),
};

const Layout page_summary_layout = LAYOUT(PageSummary, summary_row_columns);
const Layout page_trial_layout = LAYOUT(PageTrial, trial_row_columns);
const Layout page_census_layout = LAYOUT(PageTrial, census_row_columns);
const Layout page_finding_layout = LAYOUT(PageFinding, finding_row_columns);
const Layout page_claim_layout = LAYOUT(PageClaim, claim_row_columns);
const Layout page_noise_layout = LAYOUT(PageNoise, noise_row_columns);
const Layout page_chart_layout = LAYOUT(PagePicture, chart_row_columns);
const Layout page_bound_layout = LAYOUT(PageBound, bound_row_columns);
const Layout page_growth_layout = LAYOUT(PageGrowth, growth_row_columns);
