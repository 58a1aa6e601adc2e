#include "standing.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Standing standing_of(const Sheet *rows, const char *mode, const char *strategy)
{
    Standing standing = { 0 };
    for (size_t i = 0; i < rows->rows; i++) {
        const StressRow *row = (const StressRow *)rows->row + i;
        if (!texts_equal(row->mode, mode) || !texts_equal(row->strategy, strategy))
            continue;
        bool is_first = i == 0 || !same_trying(row, row - 1);
        standing.tries += is_first ? row->tries : 0;
        standing.broken += is_first ? row->broken : 0;
        standing.kept |= texts_equal(row->outcome, KEPT);
        standing.cannot |= texts_equal(row->outcome, CANNOT);
        standing.untried |= texts_equal(row->outcome, UNTRIED);
    }
    return standing;
}

bool standing_has_tries(const Sheet *rows)
{
    for (size_t i = 0; i < rows->rows; i++)
        if (((const StressRow *)rows->row)[i].tries > 0)
            return true;
    return false;
}

void standing_text(Standing standing, char text[STANDING_TEXT])
{
    if (standing.broken)
        snprintf(text, STANDING_TEXT, "%" PRIu64 " BROKE", standing.broken);
    else if (standing.kept && standing.tries > 0)
        snprintf(text, STANDING_TEXT, "%" PRIu64 "%s", standing.tries, standing.untried ? "*" : "");
    else
        snprintf(text, STANDING_TEXT, "%s", standing.cannot ? "cannot" : standing.untried ? "untried" : ".");
}

/* The values of a column, each once, in the order of the rows; `of` is the column's place in a row. */
static Names values_of(const Sheet *rows, size_t of)
{
    Names names = { 0 };
    for (size_t i = 0; i < rows->rows; i++) {
        const char *value = *(const char *const *)((const char *)rows->row + i * sizeof(StressRow) + of);
        if (!names_have(names, value))
            names_add(&names, value);
    }
    return names;
}

/* The runner's own rows last. */
static int by_name(const void *a, const void *b)
{
    const char *one = *(const char *const *)a, *other = *(const char *const *)b;
    int order = texts_equal(one, NOT_A_STRATEGY) - texts_equal(other, NOT_A_STRATEGY);
    return order ? order : strcmp(one, other);
}

Names standing_modes(const Sheet *rows)
{
    return values_of(rows, offsetof(StressRow, mode));
}

Names standing_strategies(const Sheet *rows)
{
    Names names = values_of(rows, offsetof(StressRow, strategy));
    if (names.count > 1)
        qsort(names.name, names.count, sizeof *names.name, by_name);
    return names;
}
