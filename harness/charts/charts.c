#include "charts.h"

#include "chart_data.h"
#include "commands.h"
#include "fail.h"
#include "memory.h"
#include "path.h"
#include "process.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { GNUPLOT_S = 300 };

/* One chart in the making. gnuplot draws into `unfinished`, which becomes `svg` when it is whole. */
typedef struct Chart {
    char *script, *svg, *unfinished, *complaints;
} Chart;

static Chart chart_new(const char *plots, const char *name, const char *charts, const View *view)
{
    int stem = strlen(name) - strlen(".gp");
    const char *dot = *view->name ? "." : "";
    return (Chart){
        .script = text_format("%s/%s", plots, name),
        .svg = text_format("%s/%.*s%s%s.svg", charts, stem, name, dot, view->name),
        .unfinished = text_format("%s/.%.*s%s%s.svg.unfinished", charts, stem, name, dot, view->name),
        .complaints = text_format("%s/%.*s.log", view->folder, stem, name),
    };
}

static void chart_free(Chart *chart)
{
    free(chart->script);
    free(chart->svg);
    free(chart->unfinished);
    free(chart->complaints);
}

/* ---- gnuplot ------------------------------------------------------------------------------------------------------ */

static int open_to_write(const char *file)
{
    int opened = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (opened < 0)
        fail("%s cannot be written: %s", file, strerror(errno));
    return opened;
}

/* -d: without the user's own settings. -c: what follows the script is text, which gnuplot never runs. */
static End run_gnuplot(const char *gnuplot, const Chart *chart, const char *data)
{
    char *const command[] = { (char *)gnuplot, "-d", "-c", chart->script, (char *)data, NULL };
    Launch launch = { .command = command, .core = ANY_CORE, .output = open_to_write(chart->unfinished),
                      .errors = open_to_write(chart->complaints) };
    End end = process_wait(process_start(&launch), GNUPLOT_S);
    close(launch.output);
    close(launch.errors);
    return end;
}

/* gnuplot does not look whether what it writes arrives, so a full disk shows only in how the picture ends. */
static bool is_whole(const char *svg)
{
    char end[16] = "";
    FILE *in = fopen(svg, "r");
    if (in == NULL)
        return false;
    bool read = fseek(in, -(long)strlen("</svg>\n\n"), SEEK_END) == 0 && fread(end, 1, sizeof end - 1, in) > 0;
    fclose(in);
    return read && strstr(end, "</svg>");
}

/* Why no more can be written behind the file; 0 when it can. */
static int error_of_writing(const char *file)
{
    static const char more[4096];
    int out = open(file, O_WRONLY | O_APPEND | O_CLOEXEC);
    if (out < 0)
        return errno;
    ssize_t written = write(out, more, sizeof more);
    int error = written < 0 ? errno : written < (ssize_t)sizeof more ? ENOSPC : 0;
    return close(out) != 0 && !error ? errno : error;
}

/* The first line that says what is wrong: gnuplot repeats the command and points at a place in it before. */
static char *first_complaint(const char *file)
{
    char *line = NULL, *complaint = text_format("nothing");
    size_t room = 0;
    FILE *in = fopen(file, "r");
    while (in && getline(&line, &room, in) > 0)
        if (strstr(line, "line ") && !strstr(line, "warning:")) {
            line[strcspn(line, "\n")] = '\0';
            free(complaint);
            complaint = text_format("%s", line);
            break;
        }
    if (in)
        fclose(in);
    free(line);
    return complaint;
}

static _Noreturn void fail_unfinished(const Chart *chart, End end, int write_error)
{
    if (write_error)
        fail("%s cannot be written: %s", chart->svg, strerror(write_error));
    if (end.ending == OUT_OF_TIME)
        fail("%s: gnuplot did not finish the chart in %d s", chart->script, GNUPLOT_S);
    if (WIFSIGNALED(end.status))
        fail("%s: gnuplot was killed by signal %d (%s) while it drew the chart; what it said is in %s", chart->script,
             WTERMSIG(end.status), strsignal(WTERMSIG(end.status)), chart->complaints);
    fail("%s: gnuplot did not finish the chart and said: %s; all it said is in %s, and `make deps` installs the gnuplot "
         "that is needed", chart->script, first_complaint(chart->complaints), chart->complaints);
}

static void draw(const char *gnuplot, const Chart *chart, const char *data)
{
    End end = run_gnuplot(gnuplot, chart, data);
    if (end.ending != ENDED || end.status != 0 || !is_whole(chart->unfinished)) {
        int write_error = error_of_writing(chart->unfinished); /* before what was written makes room by going */
        unlink(chart->unfinished);
        if (end.ending == STOPPED)
            exit(STOPPED_BY_SIGNAL + end.signal);
        fail_unfinished(chart, end, write_error);
    }
    unlink(chart->complaints);
    if (rename(chart->unfinished, chart->svg) != 0)
        fail("%s cannot be written: %s", chart->svg, strerror(errno));
}

/* ---- All charts --------------------------------------------------------------------------------------------------- */

/* style.gp is what all plots load. */
static int is_plot(const struct dirent *entry)
{
    const char *end = strrchr(entry->d_name, '.');
    return end && strcmp(end, ".gp") == 0 && entry->d_name[0] != '.' && strncmp(entry->d_name, "style", strlen("style")) != 0;
}

static char *find_gnuplot(void)
{
    char *gnuplot = program_find("gnuplot");
    if (gnuplot == NULL)
        fail("gnuplot, which draws the charts, is not installed; `make deps` installs it");
    return gnuplot;
}

/* What a plot says of itself in a line `# Of many variants: overview class`, empty when it says nothing. */
static char *views_of(const char *script)
{
    static const char begins[] = "# Of many variants:";
    char *line = NULL, *views = text_format("%s", "");
    size_t room = 0;
    FILE *in = fopen(script, "r");
    while (in && getline(&line, &room, in) > 0)
        if (strncmp(line, begins, strlen(begins)) == 0) {
            free(views);
            views = text_format("%s", line + strlen(begins));
            break;
        }
    if (in)
        fclose(in);
    free(line);
    return views;
}

/* Of few variants everything is drawn whole; of many only what says nothing else. */
static bool is_drawn_of(const char *script, const Views *views, ViewKind kind)
{
    char *said = views_of(script);
    bool whole = views->count == 1 || said[strspn(said, " \n")] == '\0';
    bool overview = kind == OVERVIEW && strstr(said, "overview"), class = kind == OF_CLASS && strstr(said, "class");
    free(said);
    return whole ? kind == WHOLE : overview || class;
}

static void draw_views(const char *gnuplot, const char *plots, const char *name, const char *charts, const Views *views)
{
    for (size_t i = 0; i < views->count; i++) {
        const View *view = &views->view[i];
        Chart chart = chart_new(plots, name, charts, view);
        if (is_drawn_of(chart.script, views, view->kind))
            draw(gnuplot, &chart, view->folder);
        chart_free(&chart);
    }
}

static void draw_each(const char *plots, const char *charts, const Views *views)
{
    char *gnuplot = find_gnuplot();
    struct dirent **plot;
    int count = scandir(plots, &plot, is_plot, alphasort);
    if (count < 0)
        fail("%s, the folder of the plots, cannot be read: %s", plots, strerror(errno));
    if (count == 0)
        fail("%s holds no plot: a file that ends in .gp", plots);
    setenv("GNUPLOT_LIB", plots, true); /* where `load "style.gp"` looks */
    for (int i = 0; i < count; i++) {
        draw_views(gnuplot, plots, plot[i]->d_name, charts, views);
        free(plot[i]);
    }
    free(plot);
    free(gnuplot);
}

/* gnuplot takes a file whose name begins with '<' for a command to run, but not one that begins with a folder. */
static char *plain_path(const char *path)
{
    return text_format("%s%s", *path == '/' ? "" : "./", path);
}

static bool has_file(const char *folder, const char *name)
{
    char *file = text_format("%s/%s", folder, name);
    bool found = access(file, F_OK) == 0;
    free(file);
    return found;
}

static _Noreturn void fail_without_summary(const char *folder)
{
    char *results = text_format("%s", folder), *run = text_format("%s", folder);
    if (has_file(folder, "manifest.json"))
        fail("run %s is not finished: make bench RUN=%s", basename(run), basename(run));
    if (access(folder, F_OK) != 0)
        fail("there is no run %s in %s", basename(run), dirname(results));
    fail("there is no run in %s: it has no summary.csv", folder);
}

/* Folders are made only in what is a run. */
static void check_run(const char *folder)
{
    if (!has_file(folder, "summary.csv"))
        fail_without_summary(folder);
}

static void draw_run(const char *run_folder, const char *plots)
{
    check_run(run_folder);
    char *run = plain_path(run_folder);
    char *charts = text_format("%s/charts", run);
    char *data = text_format("%s/data", charts);
    folder_make(charts);
    Views views = chart_data_write(run, data);
    processes_begin();
    draw_each(plots, charts, &views);
    processes_end();
    views_free(&views);
    free(data);
    free(charts);
    free(run);
}

void charts_draw(const char *run_folder)
{
    draw_run(run_folder, "plots");
}

static const char help[] =
    "reclaim charts RUN_FOLDER [--plots DIR]\n"
    "\n"
    "Draws RUN_FOLDER/charts/<name>.svg from RUN_FOLDER/summary.csv, by each <name>.gp in DIR (default: plots);\n"
    "of a run of many variants an overview, <name>.svg, and <name>.<class>.svg for each class of workloads.\n"
    "What is drawn stands in RUN_FOLDER/charts/data; to draw one chart by hand:\n"
    "    GNUPLOT_LIB=plots gnuplot -d -c plots/time.gp RUN_FOLDER/charts/data > time.svg\n";

int charts_main(int count, char **words)
{
    static const struct option options[] = {
        { "plots", required_argument, NULL, 'p' }, { "help", no_argument, NULL, 'h' }, { 0 },
    };
    const char *plots = "plots";
    for (int option; (option = getopt_long(count, words, "", options, NULL)) != -1;)
        switch (option) {
        case 'p': plots = optarg; break;
        case 'h': fputs(help, stdout); return ALL_WELL;
        default: return CANNOT_GO_ON; /* getopt has said why */
        }
    if (count - optind != 1)
        fail("charts: name one folder of a run, as in `reclaim charts results/NAME`");
    draw_run(words[optind], plots);
    return ALL_WELL;
}
