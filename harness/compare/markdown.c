/* compare.md: what can be put into a review. Whatever was read from a file is escaped, so that it can neither end a cell of a
 * table, nor begin a tag, nor become a link or name somebody. */
#include "report.h"

#include "clean.h"
#include "memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SHOWN = 50 };

/* Where reviews are read, addresses (http://, www.), people (@name) and issues (#1) become links. */
static bool may_begin_link(const char *text)
{
    return *text == '@' || *text == '#' || strncmp(text, ":/", 2) == 0 || strncasecmp(text, "w.", 2) == 0;
}

/* Character references are text again before links are looked for: only a space of no width between keeps them apart. */
static void write_text(FILE *out, const char *text)
{
    char *cleaned = text_format("%s", text);
    clean_text(cleaned);
    for (const char *c = cleaned; *c; c++) {
        fprintf(out, strchr("<>&|`*_[]\\~$", *c) ? "&#%d;" : "%c", *c);
        fputs(may_begin_link(c) ? "&#8203;" : "", out);
    }
    free(cleaned);
}

static void write_field(FILE *out, const char *text)
{
    fputs(" ", out);
    write_text(out, text);
    fputs(" |", out);
}

static void write_interval(FILE *out, double ratio, double lo, double hi)
{
    char *text = interval_text(ratio, lo, hi);
    write_field(out, text);
    free(text);
}

static void write_head(FILE *out, const char *heading)
{
    fprintf(out, "\n## %s\n\n", heading);
    fputs("| metric | what | NEW/OLD | beside the others | verdict | |\n|---|---|---|---|---|---|\n", out);
}

static void write_row(FILE *out, const Judged *row)
{
    char *name = judged_name(row);
    fputs("|", out);
    write_field(out, row->metric);
    write_field(out, name);
    write_interval(out, row->ratio, row->lo, row->hi);
    write_interval(out, row->beside, row->beside_lo, row->beside_hi);
    write_field(out, row->regression ? "regression" : row->verdict);
    write_field(out, row->reason);
    putc('\n', out);
    free(name);
}

static void write_list(FILE *out, const Judgement *judgement, List list, const char *heading)
{
    Selection selection = select_rows(judgement, list);
    if (selection.count > 0)
        write_head(out, heading);
    for (size_t i = 0; i < selection.count && i < SHOWN; i++)
        write_row(out, selection.row[i]);
    if (selection.count > SHOWN)
        fprintf(out, "\nand %zu more, in compare.csv\n", selection.count - SHOWN);
    free(selection.row);
}

static void write_rows_of(FILE *out, const Judgement *judgement, Scope of, const char *heading)
{
    size_t written = 0;
    for (size_t i = 0; i < judgement->rows; i++) {
        if (judgement->row[i].of != of)
            continue;
        if (written++ == 0)
            write_head(out, heading);
        write_row(out, &judgement->row[i]);
    }
}

static const char *manifest_text(const ComparedRun *run, const char *key)
{
    const char *text = json_string_value(json_object_get(run->manifest.json, key));
    return text ? text : "not known";
}

static void write_run(FILE *out, const ComparedRun *run, const char *name)
{
    fprintf(out, "| %s |", name);
    write_field(out, manifest_text(run, "run"));
    write_field(out, manifest_text(run, "commit"));
    write_field(out, manifest_text(run, "started"));
    write_field(out, manifest_hosts(run->manifest.json) > 1 ? "of each machine" : manifest_text(run, "compiler"));
    fprintf(out, " %zu |\n", (size_t)run->blocks);
}

void markdown_write(FILE *out, const Report *report)
{
    const Judgement *judgement = report->judgement;
    char *sentence = report_sentence(judgement);
    fprintf(out, "# NEW beside OLD\n\n**%s**\n\n", sentence);
    free(sentence);
    fputs("| | run | commit | started | compiler | blocks |\n|---|---|---|---|---|---|\n", out);
    write_run(out, &report->run[OLD], "OLD");
    write_run(out, &report->run[NEW], "NEW");
    putc('\n', out);
    for (size_t i = 0; i < report->differences.count; i++) {
        fputs("- differs: ", out);
        write_text(out, report->differences.name[i]);
        putc('\n', out);
    }
    write_rows_of(out, judgement, WHOLE, "All cells together");
    write_list(out, judgement, WORSE, "Worse, the worst first");
    write_list(out, judgement, BETTER, "Better, the best first");
    write_rows_of(out, judgement, CLASS, "Means over the variants of a class");
    write_list(out, judgement, UNSURE, "Cannot be told, the least sure first");
    write_list(out, judgement, UNPAIRED, "Not compared");
}
