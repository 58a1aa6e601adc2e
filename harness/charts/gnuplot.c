#include "gnuplot.h"

#include "fail.h"
#include "memory.h"
#include "process.h"
#include "stopping.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { GNUPLOT_S = 300 };

char *picture_name(const Plot *plot, const View *view)
{
    char *stem = plot_stem(plot), *name = text_format("%s%s%s.svg", stem, *view->name ? "." : "", view->name);
    free(stem);
    return name;
}

Picture picture_new(const Plot *plot, const View *view, const char *charts)
{
    char *stem = plot_stem(plot), *name = picture_name(plot, view);
    Picture picture = {
        .script = plot->script,
        .data = view->folder,
        .svg = text_format("%s/%s", charts, name),
        .unfinished = text_format("%s/.%s.unfinished", charts, name),
        .complaints = text_format("%s/%s.log", view->folder, stem),
    };
    free(name);
    free(stem);
    return picture;
}

void picture_free(Picture *picture)
{
    free(picture->svg);
    free(picture->unfinished);
    free(picture->complaints);
}

static int open_to_write(const char *file)
{
    int opened = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (opened < 0)
        fail("%s cannot be written: %s", file, strerror(errno));
    return opened;
}

/* -d: without the user's own settings. -c: what follows the script is text, which gnuplot never runs. */
static pid_t start_gnuplot(const char *gnuplot, const Picture *picture)
{
    char *const command[] = { (char *)gnuplot, "-d", "-c", (char *)picture->script, (char *)picture->data, NULL };
    Launch launch = { .command = command, .core = ANY_CORE, .output = open_to_write(picture->unfinished),
                      .errors = open_to_write(picture->complaints) };
    pid_t started = process_start(&launch);
    close(launch.output);
    close(launch.errors);
    return started;
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

static _Noreturn void fail_unfinished(const Picture *picture, End end, int write_error)
{
    if (write_error)
        fail("%s cannot be written: %s", picture->svg, strerror(write_error));
    if (end.ending == OUT_OF_TIME)
        fail("%s: gnuplot did not finish the chart in %d s", picture->script, GNUPLOT_S);
    if (WIFSIGNALED(end.status))
        fail("%s: gnuplot was killed by signal %d (%s) while it drew the chart; what it said is in %s", picture->script,
             WTERMSIG(end.status), strsignal(WTERMSIG(end.status)), picture->complaints);
    fail("%s: gnuplot did not finish the chart and said: %s; all it said is in %s, and `make deps` installs the gnuplot "
         "that is needed", picture->script, first_complaint(picture->complaints), picture->complaints);
}

/* ---- Two at a time ---------------------------------------------------------------------------------------------------- */

enum { AT_ONCE = 2 };

/* The pictures that are being drawn, and by whom. */
typedef struct Easels {
    const Picture *picture[AT_ONCE];
    pid_t gnuplot[AT_ONCE];
    size_t taken;
} Easels;

/* None of the others is finished, either. */
static _Noreturn void give_up(Easels *easels, const Picture *picture, End end)
{
    size_t which;
    int write_error = error_of_writing(picture->unfinished); /* before what was written makes room by going */
    if (easels->taken > 0 && end.ending == ENDED)
        process_wait_any(easels->gnuplot, easels->taken, 0, &which);
    for (size_t i = 0; i < easels->taken; i++)
        unlink(easels->picture[i]->unfinished);
    unlink(picture->unfinished);
    if (end.ending == STOPPED)
        stop_by(end.signal);
    fail_unfinished(picture, end, write_error);
}

static void take_one(Easels *easels)
{
    size_t which;
    End end = process_wait_any(easels->gnuplot, easels->taken, GNUPLOT_S, &which);
    const Picture *picture = easels->picture[which];
    easels->taken--;
    easels->picture[which] = easels->picture[easels->taken];
    easels->gnuplot[which] = easels->gnuplot[easels->taken];
    if (end.ending != ENDED || end.status != 0 || !is_whole(picture->unfinished))
        give_up(easels, picture, end);
    unlink(picture->complaints);
    if (rename(picture->unfinished, picture->svg) != 0)
        fail("%s cannot be written: %s", picture->svg, strerror(errno));
}

void pictures_draw(const char *gnuplot, const Picture *picture, size_t count)
{
    Easels easels = { .taken = 0 };
    for (size_t next = 0; next < count || easels.taken > 0;)
        if (next < count && easels.taken < AT_ONCE) {
            easels.picture[easels.taken] = &picture[next];
            easels.gnuplot[easels.taken++] = start_gnuplot(gnuplot, &picture[next++]);
        } else {
            take_one(&easels);
        }
}
