/* The lines under a panel: what has no point in it, and why. */
#include "chart_tables.h"

#include "fail.h"

#include <stdlib.h>
#include <string.h>

enum { NOTE_LETTERS = 56 };  /* that fit into one line under a panel */

static const char no_baseline[] = "no baseline";

/* Why the cell has no ratio, or why not every trial counts; empty when all is well. */
const char *gap_of(const ChartCell *cell)
{
    bool compared = !isnan(cell->ratio[TIME].middle) && !isnan(cell->ratio[PEAK_RSS_KIB].middle);
    return *cell->failure || compared ? cell->failure : no_baseline;
}

/* In a run of one block the caption says so. */
static bool has_one_block_of_many(const ChartCells *cells, const ChartCell *cell)
{
    return cells->blocks > 1 && !isnan(cell->ratio[TIME].middle) && isnan(cell->ratio[TIME].lo);
}

static const char *said_of_gap(const ChartCells *cells, const ChartCell *cell)
{
    (void)cells;
    return gap_of(cell);
}

static const char *said_of_blocks(const ChartCells *cells, const ChartCell *cell)
{
    return has_one_block_of_many(cells, cell) ? "one block, no interval" : "";
}

/* What may be said of a cell, in words that several cells share; empty where nothing is. */
typedef struct Remark {
    const char *mark;
    const char *(*said)(const ChartCells *cells, const ChartCell *cell);
} Remark;

static const Remark remarks[] = { { "× ", said_of_gap }, { "", said_of_blocks } };

static void note(FILE *out, const ChartCells *cells, const Panel *panel, const Remark *remark, const char *words)
{
    int letters = fprintf(out, "%s%s:", remark->mark, words);
    const char *comma = "";
    for (size_t i = 0; i < cells->cells; i++) {
        const ChartCell *cell = &cells->cell[i];
        if (!in_panel(cell, panel) || !texts_equal(remark->said(cells, cell), words))
            continue;
        if (letters + strlen(cell->label) > NOTE_LETTERS)
            letters = fprintf(out, "%s\n  ", comma), comma = "";
        letters += fprintf(out, "%s %s", comma, cell->label);
        comma = ",";
    }
    putc('\n', out);
}

static bool is_first_of_whom(const ChartCells *cells, const Panel *panel, const Remark *remark, size_t cell)
{
    const char *words = remark->said(cells, &cells->cell[cell]);
    if (*words == '\0' || !in_panel(&cells->cell[cell], panel))
        return false;
    for (size_t i = 0; i < cell; i++)
        if (in_panel(&cells->cell[i], panel) && texts_equal(remark->said(cells, &cells->cell[i]), words))
            return false;
    return true;
}

static void write_remark(FILE *out, const ChartCells *cells, const Panel *panel, const Remark *remark)
{
    for (size_t i = 0; i < cells->cells; i++)
        if (is_first_of_whom(cells, panel, remark, i))
            note(out, cells, panel, remark, remark->said(cells, &cells->cell[i]));
}

/* The lines under a panel, each ended by a line break. The caller frees them. */
static char *notes_of(const ChartCells *cells, const Panel *panel)
{
    char *text;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (out == NULL)
        fail("no memory for the notes under a chart");
    for (size_t i = 0; i < sizeof remarks / sizeof *remarks; i++)
        write_remark(out, cells, panel, &remarks[i]);
    if (fclose(out) != 0)
        fail("no memory for the notes under a chart");
    return text;
}

static int lines_in(const char *text)
{
    int lines = 0;
    for (; *text; text++)
        lines += *text == '\n';
    return lines;
}

int most_note_lines(const ChartCells *cells)
{
    int most = 0;
    for (size_t p = 0; p < cells->panels; p++) {
        char *notes = notes_of(cells, &cells->panel[p]);
        most = lines_in(notes) > most ? lines_in(notes) : most;
        free(notes);
    }
    return most;
}

void write_notes(FILE *out, const ChartData *data)
{
    fputs("panel\tline\ttext\n", out);
    for (size_t p = 0; p < data->cells.panels; p++) {
        char *notes = notes_of(&data->cells, &data->cells.panel[p]);
        int line = 1;
        for (char *text = strtok(notes, "\n"); text; text = strtok(NULL, "\n"))
            fprintf(out, "%zu\t%d\t%s\n", p + 1, line++, text);
        free(notes);
    }
}
