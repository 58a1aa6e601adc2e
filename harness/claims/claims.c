#include "claims.h"

#include "claim_rows.h"
#include "commands.h"
#include "durable.h"
#include "fail.h"
#include "findings.h"
#include "judging.h"
#include "memory.h"
#include "wording.h"

#include <math.h>
#include <stdlib.h>

static ClaimRow row_of(const Claim *claim, Verdict verdict, const char *condition, const char *sentence)
{
    return (ClaimRow){
        .claim = claim->number, .said = claim->said, .strategy = "", .settings = "", .allocator = "",
        .verdict = verdict_name(verdict), .condition = condition, .figure = "", .expected = "", .met = "",
        .value = NAN, .lo = NAN, .hi = NAN, .unit = "", .sentence = sentence,
    };
}

static void take_point(ClaimRow *row, const Point *point, TextPool *pool)
{
    const Finding *finding = &point->finding;
    row->figure = point->question->figure;
    row->size = (Count){ true, point->at };
    row->expected = expectation(point->question, pool);
    row->met = met_name(point->met);
    row->value = finding->is.value;
    row->lo = finding->is.lo;
    row->hi = finding->is.hi;
    row->unit = point->question->unit ? point->question->unit : "ratio";
    row->n = (Count){ true, finding->n };
}

/* One row for each figure, and one where there is none. */
static void write_series(FILE *out, Evidence *evidence, const Judged *judged)
{
    ClaimRow row =
        row_of(judged->claim, judged->verdict, whole_condition(judged, &evidence->pool), sentence_of(evidence, judged));
    row.strategy = judged->series->strategy;
    row.settings = judged->series->settings;
    row.allocator = judged->series->allocator;
    if (judged->points == 0)
        rows_write(out, &claim_row_layout, &row);
    for (size_t i = 0; i < judged->points; i++) {
        take_point(&row, &judged->point[i], &evidence->pool);
        rows_write(out, &claim_row_layout, &row);
    }
}

static void write_all(FILE *out, Evidence *evidence, const Claim *claim, const Judged *judged, size_t count)
{
    const char *condition;
    Verdict verdict = verdict_on_all(evidence, judged, count, &condition);
    char *text = *condition ? text_format("%s: %s.", verdict_name(verdict), condition)
                            : text_format("%s; `make bench WORKLOADS=\"%s\"` measures it, with all strategies.",
                                          verdict_name(verdict), claim->workloads);
    ClaimRow row = row_of(claim, verdict, condition, text);
    rows_write(out, &claim_row_layout, &row);
    free(text);
}

static void write_claim(FILE *out, Evidence *evidence, const Claim *claim)
{
    Judged *judged = memory_new(evidence->series_count + 1, sizeof *judged);
    for (size_t i = 0; i < evidence->series_count; i++)
        judged[i] = judge(evidence, claim, evidence->series[i]);
    write_all(out, evidence, claim, judged, evidence->series_count);
    for (size_t i = 0; i < evidence->series_count; i++) {
        write_series(out, evidence, &judged[i]);
        judged_free(&judged[i]);
    }
    free(judged);
}

static void write_claims(const char *run_folder, Evidence *evidence)
{
    char *file = text_format("%s/claims.csv", run_folder);
    Durable durable = durable_begin(file);
    rows_write_header(durable.out, &claim_row_layout);
    for (size_t i = 0; i < claims_count; i++)
        write_claim(durable.out, evidence, &claims[i]);
    durable_end(&durable);
    free(file);
}

static void write_findings(const char *run_folder, Evidence *evidence)
{
    char *file = text_format("%s/findings.csv", run_folder);
    Durable durable = durable_begin(file);
    findings_write(durable.out, evidence);
    durable_end(&durable);
    free(file);
}

void claims_write(const char *run_folder)
{
    Evidence evidence = evidence_read(run_folder);
    write_claims(run_folder, &evidence);
    write_findings(run_folder, &evidence);
    evidence_free(&evidence);
}

static const char help[] =
    "reclaim claims RUN_FOLDER\n"
    "\n"
    "Writes RUN_FOLDER/claims.csv, what the run says to each claim of docs/claims.md, and RUN_FOLDER/findings.csv,\n"
    "what it says to whoever has to choose a strategy.\n";

int claims_main(int count, char **words)
{
    bool asked = count == 2 && texts_equal(words[1], "--help");
    if (count != 2 || *words[1] == '-') {
        fputs(help, asked ? stdout : stderr);
        return asked ? ALL_WELL : CANNOT_GO_ON;
    }
    claims_write(words[1]);
    return ALL_WELL;
}
