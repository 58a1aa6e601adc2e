#include "heads.h"

#include "bounds.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

enum { FIELD = 6, GAP = 2 }; /* letters of a number, at least, and between two */

/* A label stands in pieces above its column: it is broken behind `_` and at blanks. Returns how long the piece is. */
static size_t piece_at(const char *label)
{
    size_t length = strcspn(label, "_ ");
    return length + (label[length] == '_');
}

static const char *next_piece(const char *label)
{
    label += piece_at(label);
    return label + (*label == ' ');
}

static int widest_piece(const char *label)
{
    int widest = 0;
    for (; *label; label = next_piece(label))
        widest = larger(widest, piece_at(label));
    return widest;
}

static size_t pieces_of(const char *label)
{
    size_t pieces = 0;
    for (; *label; label = next_piece(label))
        pieces++;
    return pieces;
}

static int by_series(const void *a, const void *b)
{
    return series_order(((const Head *)a)->cell, ((const Head *)b)->cell);
}

static bool has_head(const Heads *heads, const char *label)
{
    for (size_t i = 0; i < heads->count; i++)
        if (texts_equal(heads->head[i].label, label))
            return true;
    return false;
}

/* To the front, where the column of absolute numbers is. */
static void move_baseline(Heads *heads, const char *baseline)
{
    for (size_t i = heads->count; i-- > 1;)
        if (texts_equal(heads->head[i].label, baseline)) {
            Head other = heads->head[i - 1];
            heads->head[i - 1] = heads->head[i];
            heads->head[i] = other;
        }
}

Heads heads_of(const Entries *entries)
{
    Heads heads = { memory_new(entries->entries + 1, sizeof *heads.head), 0 };
    for (size_t i = 0; i < entries->entries; i++) {
        const Entry *entry = &entries->entry[i];
        if (!has_head(&heads, entry->label))
            heads.head[heads.count++] =
                (Head){ &entry->of[TIME]->cell, entry->label, larger(FIELD, widest_piece(entry->label)) + GAP };
    }
    qsort(heads.head, heads.count, sizeof *heads.head, by_series);
    move_baseline(&heads, entries->baseline);
    return heads;
}

void heads_free(Heads *heads)
{
    free(heads->head);
    *heads = (Heads){ 0 };
}

size_t heads_that_fit(const Heads *heads, size_t first, int room)
{
    size_t last = first;
    while (last < heads->count && (last == first || heads->head[last].width <= room))
        room -= heads->head[last++].width;
    return last;
}

/* Set against the numbers below: the last pieces stand lowest. */
void heads_print(FILE *out, const Heads *heads, size_t first, size_t end, int margin)
{
    size_t most = 0;
    for (size_t i = first; i < end; i++)
        most = larger(most, pieces_of(heads->head[i].label));
    for (size_t line = most; line > 0; line--) {
        fprintf(out, "%*s", margin, "");
        for (size_t i = first; i < end; i++) {
            const char *piece = heads->head[i].label;
            size_t pieces = pieces_of(piece);
            for (size_t skip = pieces; skip > line && *piece; skip--)
                piece = next_piece(piece);
            int length = pieces < line ? 0 : (int)piece_at(piece);
            fprintf(out, "%*s%.*s ", heads->head[i].width - 1 - length, "", length, piece);
        }
        fputc('\n', out);
    }
}
