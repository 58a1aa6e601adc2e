/* The short table on the terminal. */
#include "report.h"

#include "clean.h"
#include "memory.h"
#include "statistics.h"

#include <math.h>
#include <stdlib.h>

enum { SHOWN = 12 }; /* rows of a list */

static void print_row(FILE *out, const Judged *row)
{
    char *name = judged_name(row), *ratio = interval_text(row->ratio, row->lo, row->hi);
    char *beside = interval_text(row->beside, row->beside_lo, row->beside_hi);
    print_clean(out, "  %-12s %-56s %-22s %-22s %s%s%s%s", row->metric, name, ratio, beside, row->verdict,
                row->regression ? ", a regression" : "", *row->reason ? "; " : "", row->reason);
    fputc('\n', out);
    free(name);
    free(ratio);
    free(beside);
}

static void print_list(FILE *out, const Judgement *judgement, List list, const char *head)
{
    Selection selection = select_rows(judgement, list);
    if (selection.count > 0)
        fprintf(out, "\n%s\n", head);
    for (size_t i = 0; i < selection.count && i < SHOWN; i++)
        print_row(out, selection.row[i]);
    if (selection.count > SHOWN)
        fprintf(out, "  and %zu more, in compare.csv\n", selection.count - SHOWN);
    free(selection.row);
}

static void print_whole(FILE *out, const Judgement *judgement)
{
    for (size_t i = 0; i < judgement->rows; i++)
        if (judgement->row[i].of == WHOLE)
            print_row(out, &judgement->row[i]);
}

/* What a cell of the figure must at least differ by, in the middle: its own noise or the band. */
static void print_resolution(FILE *out, const Judgement *judgement, Figure figure)
{
    double *detectable = memory_new(judgement->rows, sizeof *detectable), band = judgement->band[CELL][figure];
    size_t n = 0;
    for (size_t i = 0; i < judgement->rows; i++) {
        const Judged *row = &judgement->row[i];
        if (row->figure == figure && row->of == CELL && !isnan(row->detectable))
            detectable[n++] = fmax(row->detectable, band - 1);
    }
    if (n > 0 && isnan(band)) {
        fprintf(out, "  %-12s there are not A/A controls in both runs\n", figure_names[figure]);
    } else if (n > 0) {
        qsort(detectable, n, sizeof *detectable, rising);
        fprintf(out, "  %-12s half of %zu cells could tell %.1f%%, the A/A band is %.1f%%\n", figure_names[figure], n,
                100 * detectable[n / 2], 100 * (band - 1));
    } else {
        fprintf(out, "  %-12s not measured in both runs\n", figure_names[figure]);
    }
    free(detectable);
}

void report_print(FILE *out, const Report *report)
{
    const Judgement *judgement = report->judgement;
    char *sentence = report_sentence(judgement);
    fprintf(out, "NEW %s beside OLD %s: ratios NEW/OLD, and beside what the other strategies changed by\n",
            report->run[NEW].folder, report->run[OLD].folder);
    for (size_t i = 0; i < report->differences.count; i++) {
        print_clean(out, "  differs: %s", report->differences.name[i]);
        fputc('\n', out);
    }
    print_whole(out, judgement);
    for (Figure figure = WORK_TIME; figure < SCATTERING; figure++)
        print_resolution(out, judgement, figure);
    print_list(out, judgement, WORSE, "Worse, the worst first");
    print_list(out, judgement, BETTER, "Better, the best first");
    print_list(out, judgement, UNPAIRED, "Not compared");
    fprintf(out, "\n%s\n", sentence);
    free(sentence);
}
