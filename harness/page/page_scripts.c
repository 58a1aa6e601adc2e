#include "page_scripts.h"

#include "durable.h"
#include "fail.h"
#include "memory.h"
#include "path.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void copy(const char *from, const char *to)
{
    char part[4096];
    FILE *in = fopen(from, "r");
    if (in == NULL)
        fail("%s: %s", from, strerror(errno));
    Durable durable = durable_begin(to);
    for (size_t bytes; (bytes = fread(part, 1, sizeof part, in)) > 0;)
        fwrite(part, 1, bytes, durable.out);
    if (ferror(in))
        fail("%s: it cannot be read to its end", from);
    fclose(in);
    durable_end(&durable);
}

/* Scripts may have changed since the charts were drawn; a copy that was made then is the right one. */
static bool is_older(const char *file, const char *than)
{
    struct stat a, b;
    return stat(file, &a) != 0 || (stat(than, &b) == 0 && a.st_mtim.tv_sec < b.st_mtim.tv_sec);
}

static void copy_script(const PageRun *run, const char *plots, const char *script)
{
    char *from = text_format("%s/%s", plots, script), *to = text_format("%s/charts/plots/%s", run->folder, script);
    const char *list = strchr(script, '/') ? "stress_charts.csv" : "charts.csv";
    char *contents = text_format("%s/charts/%s", run->folder, list);
    if (is_older(to, contents)) {
        if (access(from, R_OK) == 0)
            copy(from, to);
        else
            notice("%s: %s; the page's charts cannot be drawn again with it", from, strerror(errno));
    }
    free(contents);
    free(from);
    free(to);
}

/* style.gp, which all scripts load, and whatever else begins so. */
static int is_style(const struct dirent *entry)
{
    const char *end = strrchr(entry->d_name, '.');
    return strncmp(entry->d_name, "style", strlen("style")) == 0 && strcmp(end ? end : "", ".gp") == 0;
}

/* `below` is the folder in `plots` that they are in, with a / before it, or empty. */
static void copy_styles(const PageRun *run, const char *plots, const char *below)
{
    struct dirent **style;
    char *folder = text_format("%s%s", plots, below);
    int count = scandir(folder, &style, is_style, alphasort);
    if (count < 0)
        notice("%s: %s; the page's charts cannot be drawn again without its style.gp", folder, strerror(errno));
    for (int i = 0; i < count; i++) {
        char *script = text_format("%s%s%s", *below ? below + 1 : "", *below ? "/" : "", style[i]->d_name);
        copy_script(run, plots, script);
        free(script);
        free(style[i]);
    }
    if (count >= 0)
        free(style);
    free(folder);
}

static void copy_scripts_of(const PageRun *run, const Sheet *charts, const char *plots)
{
    const PagePicture *row = charts->row;
    for (size_t i = 0; i < charts->rows; i++)
        if (i == 0 || !texts_equal(row[i].script, row[i - 1].script))
            copy_script(run, plots, row[i].script);
}

void page_copy_scripts(PageRun *run, const char *plots)
{
    if (run->charts.rows + run->stress_charts.rows == 0)
        return;
    char *folder = text_format("%s/charts/plots", run->folder), *of_stress = text_format("%s/stress", folder);
    folder_make(folder);
    if (run->stress_charts.rows > 0)
        folder_make(of_stress);
    copy_scripts_of(run, &run->charts, plots);
    copy_scripts_of(run, &run->stress_charts, plots);
    copy_styles(run, plots, "");
    if (run->stress_charts.rows > 0)
        copy_styles(run, plots, "/stress");
    free(of_stress);
    free(folder);
}
