#include "stress_run.h"

#include "appending.h"
#include "clean.h"
#include "durable.h"
#include "fail.h"
#include "file_lock.h"
#include "manifest.h"
#include "memory.h"
#include "modes.h"
#include "path.h"
#include "machine.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- The folder ----------------------------------------------------------------------------------------------------- */

static char *file_in(const char *folder, const char *name)
{
    return text_format("%s/%s", folder, name);
}

static const char *name_after_the_time(TextPool *pool)
{
    char name[48];
    time_t now = time(NULL);
    struct tm utc;
    strftime(name, sizeof name, "%Y-%m-%dT%H%M%S-stress", gmtime_r(&now, &utc));
    return intern(pool, name);
}

static const char *make_folder(const Request *request, TextPool *pool)
{
    char *path = file_in(request->results, request->run ? request->run : name_after_the_time(pool));
    const char *folder = intern(pool, path);
    folder_make(request->results);
    folder_make(folder);
    free(path);
    return folder;
}

/* What an earlier stress of the same run has written: what this one does not try again would be taken for its own. With the
 * drafts, where it was killed; and with the page, which tells of it. */
static void remove_earlier(const char *folder)
{
    static const char *const names[] = { "index.html*", "stress.csv*", "soak.csv*", "live_pauses.csv*", "least_heaps.csv*",
                                         "oracle-*.script", "charts/stress_charts.csv*", "charts/data/stress/*.tsv*" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *pattern = file_in(folder, names[i]);
        glob_t found;
        if (glob(pattern, 0, NULL, &found) == 0) {
            for (size_t f = 0; f < found.gl_pathc; f++)
                if (unlink(found.gl_pathv[f]) != 0)
                    fail("%s cannot be removed: %s", found.gl_pathv[f], strerror(errno));
            globfree(&found);
        }
        free(pattern);
    }
}

/* ---- What the manifest tells of it ---------------------------------------------------------------------------------- */

/* Beside the run's own facts, as it may have been measured with another commit. */
static json_t *stress_to_json(const StressRequest *request)
{
    json_t *json = json_object();
    json_object_set_new(json, "started", now_to_json());
    commit_to_json(json);
    compiler_to_json(json, request->request.build);
    json_object_set_new(json, "seed", json_integer((json_int_t)request->seed));
    json_object_set_new(json, "quick", json_boolean(request->quick));
    json_object_set_new(json, "minutes", json_real(request->minutes));
    json_object_set_new(json, "modes", names_to_json(request->modes));
    json_object_set_new(json, "strategies", names_to_json(request->strategies));
    if (request->only_some_workloads)
        json_object_set_new(json, "workloads", names_to_json(request->workloads));
    return json;
}

/* A run's that was measured before, or a new one's. */
static Manifest manifest_of(const char *folder, const Request *request)
{
    char *file = file_in(folder, "manifest.json"), *name = text_format("%s", folder);
    const char *run = strrchr(name, '/') ? strrchr(name, '/') + 1 : name;
    Pinning nowhere = { .trials = -1, .runner = -1 };
    Manifest manifest = access(file, F_OK) == 0 ? manifest_load(file) : manifest_new(file, run, request, &nowhere);
    free(name);
    free(file);
    return manifest;
}

/* What is told of an earlier stress of the same run goes, as its rows do. */
static void note_beginning(const char *folder, const Request *request)
{
    Manifest manifest = manifest_of(folder, request);
    json_object_del(manifest.json, "stress");
    manifest_save(&manifest);
    manifest_free(&manifest);
}

static void note_end(const Stress *stress)
{
    char *file = file_in(stress->folder, "manifest.json");
    Manifest manifest = manifest_load(file);
    json_object_set_new(manifest.json, "stress", stress->facts);
    manifest_save(&manifest);
    manifest_free(&manifest);
    free(file);
}

/* ---- Rows ----------------------------------------------------------------------------------------------------------- */

/* What rows are appended to until all of them are there; the caller frees the name. */
static char *draft_of(const Stress *stress)
{
    return file_in(stress->folder, "stress.csv.unfinished");
}

static const char *cleaned(char **text, const char *from)
{
    *text = text_format("%s", from);
    clean_text(*text);
    return *text;
}

void stress_tell(const Stress *stress, const StressRow *row)
{
    char *sentence, *subject, *draft = draft_of(stress);
    StressRow clean = *row;
    Appending appending;
    clean.sentence = cleaned(&sentence, row->sentence);
    clean.subject = cleaned(&subject, row->subject);
    appending_begin(&appending);
    rows_write(appending.out, &stress_layout, &clean);
    appending_end(&appending, stress->rows, draft);
    free(draft);
    free(sentence);
    free(subject);
}

void stress_figure(StressRow *row, const char *figure, Estimate estimate, const char *unit)
{
    row->figure = figure;
    row->value = estimate.value, row->lo = estimate.lo, row->hi = estimate.hi;
    row->unit = unit;
}

void stress_tell_nothing(const Stress *stress, const char *mode, const char *strategy, const char *condition, const char *outcome,
                         const char *why)
{
    StressRow row = stress_row(mode, strategy, "", condition);
    row.outcome = outcome;
    row.sentence = why;
    stress_tell(stress, &row);
}

static void begin_rows(Stress *stress)
{
    char *draft = draft_of(stress);
    Appending appending;
    stress->rows = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0666);
    if (stress->rows < 0)
        fail("%s cannot be written: %s", draft, strerror(errno));
    appending_begin(&appending);
    rows_write_header(appending.out, &stress_layout);
    appending_end(&appending, stress->rows, draft);
    free(draft);
}

static int by_mode(const void *a, const void *b)
{
    const StressRow *x = a, *y = b;
    size_t mine = stress_mode_rank(x->mode), other = stress_mode_rank(y->mode);
    int order = mine != other ? (mine > other) - (mine < other) : strcmp(x->strategy, y->strategy);
    order = order ? order : strcmp(x->subject, y->subject);
    order = order ? order : (x->size.value > y->size.value) - (x->size.value < y->size.value);
    order = order ? order : strcmp(x->condition, y->condition);
    return order ? order : strcmp(x->figure, y->figure);
}

static void save_sorted(const Stress *stress, const char *draft)
{
    Sheet sheet = sheet_load(draft, &stress_layout, stress->pool);
    qsort(sheet.row, sheet.rows, sizeof(StressRow), by_mode);
    char *file = file_in(stress->folder, "stress.csv");
    Durable durable = durable_begin(file);
    rows_write_header(durable.out, &stress_layout);
    for (size_t i = 0; i < sheet.rows; i++)
        rows_write(durable.out, &stress_layout, (StressRow *)sheet.row + i);
    durable_end(&durable);
    free(file);
    sheet_free(&sheet);
}

/* ---- From beginning to end ------------------------------------------------------------------------------------------ */

Stress stress_begin(const StressRequest *request, TextPool *pool)
{
    Stress stress = {
        .folder = make_folder(&request->request, pool), .build = request->request.build, .strategies = request->strategies,
        .workloads = request->workloads, .quick = request->quick, .seed = request->seed, .minutes = request->minutes, .pool = pool,
    };
    folder_lock(stress.folder); /* two at work on one folder would mix their rows */
    remove_earlier(stress.folder);
    note_beginning(stress.folder, &request->request);
    stress.facts = stress_to_json(request);
    begin_rows(&stress);
    return stress;
}

void stress_end(Stress *stress)
{
    char *draft = draft_of(stress);
    close(stress->rows);
    save_sorted(stress, draft);
    if (unlink(draft) != 0)
        fail("%s cannot be removed: %s", draft, strerror(errno));
    note_end(stress);
    free(draft);
}

void stress_abandon(Stress *stress)
{
    close(stress->rows);
}
