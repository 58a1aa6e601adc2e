/* Mode controls: strategies each broken in one way (tests/broken), and the other modes that must notice. What nobody notices,
 * or notices and does not name, is a fault of the suite. A control says in comments of one line each who is to name it, and how,
 * as an extended regular expression, `Caught by: leaks: more than predicted`; and where workloads are run, which,
 * `Tried with: resources ring`. Its programs are in a build of their own, build/controls, with the layout of build. */
#include "fail.h"
#include "memory.h"
#include "modes.h"
#include "path.h"
#include "process.h"
#include "sharing.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <regex.h>
#include <stdio.h>
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

/* What stands between these words at the beginning of a line and the comment's end; or NULL. */
static const char *said_in(const char *line, const char *words, TextPool *pool)
{
    size_t length = strlen(line), begins = strlen(words), ends = strlen(" */\n");
    if (strncmp(line, words, begins) != 0 || length < begins + ends || !texts_equal(line + length - ends, " */\n"))
        return NULL;
    return intern_part(pool, line + begins, length - begins - ends);
}

static void read_line(Control *control, const char *line, TextPool *pool)
{
    const char *caught = said_in(line, "/* Caught by: ", pool), *tried = said_in(line, "/* Tried with: ", pool);
    const char *colon = caught ? strstr(caught, ": ") : NULL;
    if (tried)
        control->workloads = tried;
    if (!colon)
        return;
    control->mode = intern_part(pool, caught, (size_t)(colon - caught));
    control->named = colon + strlen(": ");
}

static const char *name_of(const char *path, TextPool *pool)
{
    const char *file = strrchr(path, '/') + 1;
    return intern_part(pool, file, strlen(file) - strlen(".h"));
}

/* One that names no mode is none. */
static void read_control(Controls *controls, const char *path)
{
    TextPool *pool = controls->stress->pool;
    Control control = { .name = name_of(path, pool), .workloads = "" };
    char line[256];
    FILE *file = fopen(path, "r");
    if (file == NULL)
        fail("%s cannot be read: %s", path, strerror(errno));
    while (fgets(line, sizeof line, file))
        read_line(&control, line, pool);
    fclose(file);
    if (!control.mode)
        return;
    controls->control = memory_room(controls->control, &controls->room, controls->count + 1, sizeof *controls->control);
    controls->control[controls->count++] = control;
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
    FILE *out = fdopen(dup(file), "a");
    if (out == NULL)
        fail("no memory for rows");
    rows_write_header(out, &stress_layout);
    if (fclose(out) != 0)
        fail("no memory for rows");
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
    char *nothing = memory_new(controls.count + 1, 1);
    int signal = share_work(try_control, &controls, controls.count, 1, nothing);
    free(nothing);
    free(controls.control);
    return signal;
}

const StressMode stress_controls = {
    "controls", "strategies that were broken on purpose are noticed, and what is broken in each is named", run,
};
