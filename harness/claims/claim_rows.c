#include "claim_rows.h"

static const Column claim_columns[] = {
    { "claim",     NATURAL, offsetof(ClaimRow, claim) },
    { "said",      TEXT, offsetof(ClaimRow, said) },
    { "strategy",  TEXT, offsetof(ClaimRow, strategy) },
    { "settings",  SETTINGS, offsetof(ClaimRow, settings) },
    { "allocator", TEXT, offsetof(ClaimRow, allocator) },
    { "verdict",   TEXT, offsetof(ClaimRow, verdict) },
    { "condition", TEXT, offsetof(ClaimRow, condition) },
    { "figure",    TEXT, offsetof(ClaimRow, figure) },
    { "size",      COUNT, offsetof(ClaimRow, size) },
    { "expected",  TEXT, offsetof(ClaimRow, expected) },
    { "met",       TEXT, offsetof(ClaimRow, met) },
    { "value",     QUANTITY, offsetof(ClaimRow, value) },
    { "lo",        QUANTITY, offsetof(ClaimRow, lo) },
    { "hi",        QUANTITY, offsetof(ClaimRow, hi) },
    { "unit",      TEXT, offsetof(ClaimRow, unit) },
    { "n",         COUNT, offsetof(ClaimRow, n) },
    { "sentence",  TEXT, offsetof(ClaimRow, sentence) },
};

static const Column finding_columns[] = {
    { "kind",      NAME, offsetof(FindingRow, kind) },
    { "about",     TEXT, offsetof(FindingRow, about) },
    { "strategy",  TEXT, offsetof(FindingRow, strategy) },
    { "settings",  SETTINGS, offsetof(FindingRow, settings) },
    { "allocator", TEXT, offsetof(FindingRow, allocator) },
    { "metric",    TEXT, offsetof(FindingRow, metric) },
    { "value",     QUANTITY, offsetof(FindingRow, value) },
    { "lo",        QUANTITY, offsetof(FindingRow, lo) },
    { "hi",        QUANTITY, offsetof(FindingRow, hi) },
    { "n",         COUNT, offsetof(FindingRow, n) },
    { "verdict",   DIFFERENCE, offsetof(FindingRow, verdict) },
    { "place",     TEXT, offsetof(FindingRow, place) },
    { "programs",  TEXT, offsetof(FindingRow, programs) },
    { "least",     QUANTITY, offsetof(FindingRow, least) },
    { "most",      QUANTITY, offsetof(FindingRow, most) },
    { "less_in",   COUNT, offsetof(FindingRow, less_in) },
    { "more_in",   COUNT, offsetof(FindingRow, more_in) },
    { "needs",     TEXT, offsetof(FindingRow, needs) },
    { "next",      TEXT, offsetof(FindingRow, next) },
    { "next_value", QUANTITY, offsetof(FindingRow, next_value) },
    { "next_lo",   QUANTITY, offsetof(FindingRow, next_lo) },
    { "next_hi",   QUANTITY, offsetof(FindingRow, next_hi) },
    { "band",      QUANTITY, offsetof(FindingRow, band) },
    { "as_good",   TEXT, offsetof(FindingRow, as_good) },
    { "sentence",  TEXT, offsetof(FindingRow, sentence) },
};

const Layout claim_row_layout = LAYOUT(ClaimRow, claim_columns);
const Layout finding_row_layout = LAYOUT(FindingRow, finding_columns);
