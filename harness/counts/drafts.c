#include "drafts.h"

#include "count_rows.h"
#include "durable.h"
#include "fail.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

void drafts_open(Draft draft[DRAFTS])
{
    static const Draft drafts[DRAFTS] = {
        [PAUSES]   = { .name = "pauses.csv", .runs = &pause_layout },
        [RUNS]     = { .name = "pause_runs.csv", .runs = &pause_run_layout },
        [TIMELINE] = { .name = "timeline.csv", .cells = &cell_sample_layout, .runs = &sample_layout },
        [LEAKS]    = { .name = "leaks.csv", .cells = &cell_leak_layout, .runs = &leak_layout },
        [LATENCY]  = { .name = "latency.csv", .runs = &latency_layout },
        [CENSUS]   = { .name = "census.csv", .runs = &census_layout },
    };
    memcpy(draft, drafts, sizeof drafts);
    for (size_t i = 0; i < DRAFTS; i++) {
        draft[i].out = open_memstream(&draft[i].text, &draft[i].length);
        if (draft[i].out == NULL)
            fail("no memory for %s", draft[i].name);
        rows_write_header(draft[i].out, draft[i].runs);
    }
}

static void save(const Draft *draft, const char *run_folder)
{
    char *file = text_format("%s/%s", run_folder, draft->name);
    Durable durable = durable_begin(file);
    fwrite(draft->text, 1, draft->length, durable.out);
    durable_end(&durable);
    free(file);
}

void drafts_close(Draft draft[DRAFTS], const char *run_folder, bool whole)
{
    for (size_t i = 0; i < DRAFTS; i++) {
        if (fclose(draft[i].out) != 0)
            fail("no memory for %s", draft[i].name);
        if (whole)
            save(&draft[i], run_folder);
        free(draft[i].text);
    }
}

/* Rows of any kind begin with the cell. */
void draft_append(const Draft *draft, const Twins *twins, const Cell *cell)
{
    Sheet sheet = twins_file(twins, draft->name, draft->cells);
    for (size_t i = 0; i < sheet.rows; i++) {
        Cell *row = (Cell *)((char *)sheet.row + i * draft->cells->row_size);
        *row = *cell;
        rows_write(draft->out, draft->runs, row);
    }
    sheet_free(&sheet);
}
