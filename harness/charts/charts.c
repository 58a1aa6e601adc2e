#include "charts.h"

#include "commands.h"
#include "contents.h"
#include "durable.h"
#include "fail.h"
#include "gnuplot.h"
#include "memory.h"
#include "path.h"
#include "process.h"
#include "views.h"

#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What is drawn of a run, and where. */
typedef struct Gallery {
    char *charts; /* the folder */
    Plots plots;
    Views views;
} Gallery;

/* ---- Drawing -------------------------------------------------------------------------------------------------------- */

static char *find_gnuplot(void)
{
    char *gnuplot = program_find("gnuplot");
    if (gnuplot == NULL)
        fail("gnuplot, which draws the charts, is not installed; `make deps` installs it");
    return gnuplot;
}

static bool is_to_be_drawn(const Gallery *gallery, const Plot *plot, const View *view)
{
    return is_drawn_of(plot, &gallery->views, view) && has_what_it_needs(plot, view);
}

static void draw_all(const Gallery *gallery, const char *plots_folder)
{
    char *gnuplot = find_gnuplot();
    Picture *picture = memory_new(gallery->plots.count * gallery->views.count, sizeof *picture);
    size_t count = 0;
    setenv("GNUPLOT_LIB", plots_folder, true); /* where `load "style.gp"` looks */
    for (size_t p = 0; p < gallery->plots.count; p++)
        for (size_t v = 0; v < gallery->views.count; v++)
            if (is_to_be_drawn(gallery, &gallery->plots.plot[p], &gallery->views.view[v]))
                picture[count++] = picture_new(&gallery->plots.plot[p], &gallery->views.view[v], gallery->charts);
    pictures_draw(gnuplot, picture, count);
    for (size_t i = 0; i < count; i++)
        picture_free(&picture[i]);
    free(picture);
    free(gnuplot);
}

/* ---- What is there ---------------------------------------------------------------------------------------------------- */

static bool is_picture_of(const char *file, const Plot *plot)
{
    char *stem = plot_stem(plot);
    size_t length = strlen(stem);
    bool begins = strncmp(file, stem, length) == 0 && file[length] == '.';
    free(stem);
    const char *end = strrchr(file, '.');
    return begins && strcmp(end, ".svg") == 0;
}

static bool was_drawn(const Gallery *gallery, const Plot *plot, const char *file)
{
    bool drawn = false;
    for (size_t v = 0; v < gallery->views.count && !drawn; v++) {
        char *name = picture_name(plot, &gallery->views.view[v]);
        drawn = texts_equal(name, file) && is_to_be_drawn(gallery, plot, &gallery->views.view[v]);
        free(name);
    }
    return drawn;
}

/* Pictures that the plots drew another time, of what this run has no more. */
static void remove_stale(const Gallery *gallery)
{
    DIR *charts = opendir(gallery->charts);
    if (charts == NULL)
        fail("%s cannot be read: %s", gallery->charts, strerror(errno));
    for (struct dirent *entry; (entry = readdir(charts));)
        for (size_t p = 0; p < gallery->plots.count; p++) {
            const Plot *plot = &gallery->plots.plot[p];
            if (is_picture_of(entry->d_name, plot) && !was_drawn(gallery, plot, entry->d_name)
                && unlinkat(dirfd(charts), entry->d_name, 0) != 0)
                fail("%s/%s cannot be removed: %s", gallery->charts, entry->d_name, strerror(errno));
        }
    closedir(charts);
}

static void save_contents(const Gallery *gallery, const char *run_folder)
{
    char *folder = text_format("%s", run_folder), *file = text_format("%s/charts.csv", gallery->charts);
    Durable durable = durable_begin(file);
    write_contents(durable.out, &gallery->plots, &gallery->views, basename(folder));
    durable_end(&durable);
    free(file);
    free(folder);
}

/* ---- The run -------------------------------------------------------------------------------------------------------- */

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

static void draw_run(const char *run_folder, const char *plots_folder)
{
    check_run(run_folder);
    char *run = plain_path(run_folder);
    Gallery gallery = { .charts = text_format("%s/charts", run), .plots = plots_read(plots_folder) };
    char *data = text_format("%s/data", gallery.charts);
    folder_make(gallery.charts);
    gallery.views = views_write(run, data, &gallery.plots);
    processes_begin();
    draw_all(&gallery, plots_folder);
    processes_end();
    remove_stale(&gallery);
    save_contents(&gallery, run_folder);
    views_free(&gallery.views);
    plots_free(&gallery.plots);
    free(data);
    free(gallery.charts);
    free(run);
}

void charts_draw(const char *run_folder)
{
    draw_run(run_folder, "plots");
}

static const char help[] =
    "reclaim charts RUN_FOLDER [--plots DIR]\n"
    "\n"
    "Draws RUN_FOLDER/charts/<name>.svg by each <name>.gp in DIR (default: plots), from what summarise and pauses wrote and\n"
    "what was counted; of a run of many variants an overview, <name>.svg, and <name>.<class>.svg for each class of workloads,\n"
    "a large one in several; charts.csv lists them, and says what is missing and why. What is drawn stands in\n"
    "RUN_FOLDER/charts/data; to draw one chart by hand:\n"
    "    GNUPLOT_LIB=plots gnuplot -d -c plots/certainty.gp RUN_FOLDER/charts/data > certainty.svg\n";

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
