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

static void note_gap(FILE *out, const ChartCells *cells, const Panel *panel, const char *gap)
{
    int letters = fprintf(out, "× %s:", gap);
    const char *comma = "";
    for (size_t i = 0; i < cells->cells; i++) {
        const ChartCell *cell = &cells->cell[i];
        if (!in_panel(cell, panel) || !texts_equal(gap_of(cell), gap))
            continue;
        if (letters + strlen(cell->label) > NOTE_LETTERS)
            letters = fprintf(out, "%s\n  ", comma), comma = "";
        letters += fprintf(out, "%s %s", comma, cell->label);
        comma = ",";
    }
    putc('\n', out);
}

static bool is_first_with_its_gap(const ChartCells *cells, const Panel *panel, size_t cell)
{
    const char *gap = gap_of(&cells->cell[cell]);
    if (*gap == '\0' || !in_panel(&cells->cell[cell], panel))
        return false;
    for (size_t i = 0; i < cell; i++)
        if (in_panel(&cells->cell[i], panel) && texts_equal(gap_of(&cells->cell[i]), gap))
            return false;
    return true;
}

/* The lines under a panel, each ended by a line break. The caller frees them. */
static char *notes_of(const ChartCells *cells, const Panel *panel)
{
    char *text;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (out == NULL)
        fail("no memory for the notes under a chart");
    for (size_t i = 0; i < cells->cells; i++)
        if (is_first_with_its_gap(cells, panel, i))
            note_gap(out, cells, panel, gap_of(&cells->cell[i]));
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
