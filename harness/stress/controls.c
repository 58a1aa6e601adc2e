/* Mode controls: strategies each broken in one way (tests/broken), and the other modes that must notice. What nobody notices,
 * or notices and does not name, is a fault of the suite. A control says in comments of one line each who is to name it, and how,
 * as an extended regular expression, `Caught by: leaks: more than predicted`; and where workloads are run, which,
 * `Tried with: resources ring`. Its programs are in a build of their own, build/controls, with the layout of build. */
#include "appending.h"
#include "fail.h"
#include "lines.h"
#include "memory.h"
#include "modes.h"
#include "path.h"
#include "process.h"
#include "sharing.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FOLDER "tests/broken"

/* A seed of their own, so that a fault which shows by chance shows in every run. */
enum { SEED = 2 };
/* Of modes that have no end of their own. */
#define MINUTES 0.05

typedef struct Control {
    const char *name, *mode, *named, *workloads; /* named: an expression that the mode's sentence must match */
} Control;

typedef struct Controls {
    const Stress *stress;
    Control *control;
    size_t count, room;
} Controls;

/* ---- The controls there are ----------------------------------------------------------------------------------------- */

static const char *name_of(const char *path, TextPool *pool)
{
    const char *file = strrchr(path, '/') + 1;
    return intern_part(pool, file, strlen(file) - strlen(".h"));
}

/* One that names no mode is none. */
static void read_control(Controls *controls, const char *path)
{
    TextPool *pool = controls->stress->pool;
    const char *caught = header_says(path, "Caught by", pool), *tried = header_says(path, "Tried with", pool);
    const char *colon = caught ? strstr(caught, ": ") : NULL;
    if (!colon && line_after(path, "/* Caught by", pool))
        fail("%s: who is to catch it stands in a line like /* Caught by: oracle: double free */", path);
    if (!colon)
        return;
    controls->control = memory_room(controls->control, &controls->room, controls->count + 1, sizeof *controls->control);
    controls->control[controls->count++] = (Control){
        .name = name_of(path, pool), .mode = intern_part(pool, caught, (size_t)(colon - caught)), .named = colon + strlen(": "),
        .workloads = tried ? tried : "",
    };
}

static void find_controls(Controls *controls)
{
    glob_t found;
    if (glob(FOLDER "/*.h", 0, NULL, &found) != 0)
        fail("there is nothing in " FOLDER ": run reclaim in the project's root");
    for (size_t i = 0; i < found.gl_pathc; i++)
        read_control(controls, found.gl_pathv[i]);
    globfree(&found);
}

/* ---- A mode, with nothing but the control ---------------------------------------------------------------------------- */

static void write_header(int file)
{
    Appending appending;
    appending_begin(&appending);
    rows_write_header(appending.out, &stress_layout);
    appending_end(&appending, file, "a file in memory");
}

static int run_mode(const Controls *controls, const Control *control, const StressMode *mode, Sheet *rows)
{
    Stress stress = *controls->stress;
    char path[64], *folder = text_format("%s/controls.%s", stress.folder, control->name);
    char *build = text_format("%s/controls", stress.build);
    stress.folder = folder;
    stress.build = build;
    stress.strategies = names_split(control->name, stress.pool);
    stress.workloads = names_split(control->workloads, stress.pool);
    stress.quick = true;
    stress.strategies_only = true;
    stress.seed = SEED;
    stress.minutes = MINUTES;
    stress.rows = memory_file("rows");
    folder_make(folder);
    if (fcntl(stress.rows, F_SETFL, O_APPEND) != 0)
        fail("rows cannot be appended: %s", strerror(errno));
    write_header(stress.rows);
    int signal = mode->run(&stress);
    memory_file_path(stress.rows, path);
    *rows = sheet_load(path, &stress_layout, stress.pool);
    close(stress.rows);
    rmdir(folder); /* unless something that failed was kept there */
    free(build);
    free(folder);
    return signal;
}

/* ---- Whether it was noticed ----------------------------------------------------------------------------------------- */

static bool matches(const char *sentence, const char *expression)
{
    regex_t compiled;
    if (regcomp(&compiled, expression, REG_EXTENDED | REG_NOSUB) != 0)
        fail("`%s` in " FOLDER " is no regular expression", expression);
    bool found = regexec(&compiled, sentence, 0, NULL, 0) == 0;
    regfree(&compiled);
    return found;
}

/* Of the rows of that outcome the first whose sentence matches, or else the first; or NULL. */
static const StressRow *row_of(const Sheet *rows, const char *outcome, const char *expression)
{
    const StressRow *first = NULL;
    for (size_t i = 0; i < rows->rows; i++) {
        const StressRow *row = (const StressRow *)rows->row + i;
        if (!texts_equal(row->outcome, outcome))
            continue;
        if (matches(row->sentence, expression))
            return row;
        first = first ? first : row;
    }
    return first;
}

static void tell(const Controls *controls, const Control *control, const Sheet *rows)
{
    const StressRow *noticed = row_of(rows, BROKEN, control->named), *untried = row_of(rows, UNTRIED, control->named);
    bool named = noticed && matches(noticed->sentence, control->named);
    char *sentence = named ? text_format("%s", noticed->sentence) :
        noticed ? text_format("noticed, but not named: %s", noticed->sentence) :
        untried ? text_format("went unnoticed, for something was not tried: %s", untried->sentence) :
        text_format("went unnoticed in %zu rows", rows->rows);
    StressRow row = stress_row("controls", NOT_A_STRATEGY, control->name, control->mode);
    row.tries = 1;
    row.broken = !named;
    row.outcome = named ? KEPT : BROKEN;
    row.sentence = sentence;
    row.again = noticed ? noticed->again : "";
    stress_tell(controls->stress, &row);
    free(sentence);
}

static int try_control(void *context, size_t number, void *result)
{
    (void)result;
    const Controls *controls = context;
    const Control *control = &controls->control[number];
    size_t rank = stress_mode_rank(control->mode);
    Sheet rows = { 0 };
    if (rank == stress_mode_count)
        fail(FOLDER "/%s.h is to be caught by `%s`, which is no mode", control->name, control->mode);
    int signal = run_mode(controls, control, stress_modes[rank], &rows);
    if (!signal)
        tell(controls, control, &rows);
    sheet_free(&rows);
    return signal;
}

static int run(Stress *stress)
{
    Controls controls = { .stress = stress };
    find_controls(&controls);
    int signal = share_work(try_control, &controls, controls.count, 0, NULL);
    free(controls.control);
    return signal;
}

const StressMode stress_controls = {
    "controls", "strategies that were broken on purpose are noticed, and what is broken in each is named", run,
};
