#include "stress_rows.h"

#include <math.h>

static const Column columns[] = {
    { "mode",      NAME, offsetof(StressRow, mode) },
    { "strategy",  NAME, offsetof(StressRow, strategy) },
    { "subject",   TEXT, offsetof(StressRow, subject) },
    { "condition", TEXT, offsetof(StressRow, condition) },
    { "size",      COUNT, offsetof(StressRow, size) },
    { "tries",     NATURAL, offsetof(StressRow, tries) },
    { "broken",    NATURAL, offsetof(StressRow, broken) },
    { "outcome",   NAME, offsetof(StressRow, outcome) },
    { "figure",    TEXT, offsetof(StressRow, figure) },
    { "value",     REAL, offsetof(StressRow, value) },
    { "lo",        REAL, offsetof(StressRow, lo) },
    { "hi",        REAL, offsetof(StressRow, hi) },
    { "unit",      TEXT, offsetof(StressRow, unit) },
    { "sentence",  TEXT, offsetof(StressRow, sentence) },
    { "again",     TEXT, offsetof(StressRow, again) },
};
const Layout stress_layout = LAYOUT(StressRow, columns);

StressRow stress_row(const char *mode, const char *strategy, const char *subject, const char *condition)
{
    return (StressRow){
        .mode = mode, .strategy = strategy, .subject = subject, .condition = condition, .outcome = KEPT, .figure = "",
        .value = NAN, .lo = NAN, .hi = NAN, .unit = "", .sentence = "", .again = "",
    };
}

bool same_trying(const StressRow *a, const StressRow *b)
{
    return texts_equal(a->mode, b->mode) && texts_equal(a->strategy, b->strategy) && texts_equal(a->subject, b->subject)
        && texts_equal(a->condition, b->condition) && a->size.known == b->size.known
        && (!a->size.known || a->size.value == b->size.value);
}
