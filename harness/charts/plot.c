#include "plot.h"

#include "fail.h"
#include "memory.h"
#include "words.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* The comments a file begins with, one after the other, each with its line break. The caller frees them. */
static char *head_of(const char *script)
{
    char *line = NULL, *head;
    size_t room = 0, length;
    FILE *in = fopen(script, "r"), *out = open_memstream(&head, &length);
    if (in == NULL || out == NULL)
        fail("%s: %s", script, strerror(errno));
    while (getline(&line, &room, in) > 0 && *line == '#')
        fputs(line, out);
    fclose(in);
    free(line);
    if (fclose(out) != 0)
        fail("no memory for the head of %s", script);
    return head;
}

/* What follows `key` in its line and those that go on with it, on one line; empty when no line begins with the key. */
static const char *said_in(const char *head, const char *key, TextPool *pool)
{
    const char *line = head;
    while (strncmp(line, key, strlen(key)) != 0) {
        line = strchr(line, '\n');
        if (line == NULL || *++line == '\0')
            return "";
    }
    char *text = text_format("%s", line + strlen(key)), *to = text;
    for (const char *from = text + strspn(text, " "); *from; from++) {
        if (*from == '\n' && strncmp(from + 1, "#  ", 3) != 0)
            break;
        if (*from == '\n')
            from += 1 + strspn(from + 2, " "), *to++ = ' ';
        else
            *to++ = *from;
    }
    *to = '\0';
    const char *kept = intern(pool, text);
    free(text);
    return kept;
}

/* `5: How long can it stop me?` */
static void read_question(Plot *plot, TextPool *pool, const char *chart)
{
    size_t digits = strcspn(chart, ":");
    bool numbered = chart[digits] == ':' && parse_natural(intern_part(pool, chart, digits), &plot->number);
    plot->question = numbered ? chart + digits + 1 + strspn(chart + digits + 1, " ") : "";
    if (*plot->question == '\0')
        fail("%s does not say which question it answers; it needs a line as `# Chart 5: How long can it stop me?`",
             plot->script);
}

static const char *must_say(const Plot *plot, const char *head, const char *key, TextPool *pool)
{
    const char *said = said_in(head, key, pool);
    if (*said == '\0')
        fail("%s has no line `%s` among the comments that it begins with", plot->script, key);
    return said;
}

static Plot plot_read(const char *folder, const char *name, TextPool *pool)
{
    char *script = text_format("%s/%s", folder, name);
    Plot plot = { .name = intern(pool, name), .script = intern(pool, script) };
    char *head = head_of(script);
    read_question(&plot, pool, said_in(head, "# Chart ", pool));
    plot.reading = must_say(&plot, head, "# Reading:", pool);
    plot.shows = must_say(&plot, head, "# Shows:", pool);
    plot.views = said_in(head, "# Of many variants:", pool);
    plot.needs = said_in(head, "# Needs:", pool);
    free(head);
    free(script);
    return plot;
}

/* style.gp is what all plots load. */
static int is_plot(const struct dirent *entry)
{
    const char *end = strrchr(entry->d_name, '.');
    return end && strcmp(end, ".gp") == 0 && entry->d_name[0] != '.' && strncmp(entry->d_name, "style", strlen("style")) != 0;
}

static int by_number(const void *a, const void *b)
{
    const Plot *p = a, *q = b;
    return p->number == q->number ? strcmp(p->name, q->name) : (p->number > q->number) - (p->number < q->number);
}

Plots plots_read(const char *folder)
{
    Plots plots = { .count = 0 };
    struct dirent **entry;
    int count = scandir(folder, &entry, is_plot, alphasort);
    if (count < 0)
        fail("%s, the folder of the plots, cannot be read: %s", folder, strerror(errno));
    if (count == 0)
        fail("%s holds no plot: a file that ends in .gp", folder);
    plots.plot = memory_new(count, sizeof *plots.plot);
    for (int i = 0; i < count; i++) {
        plots.plot[plots.count++] = plot_read(folder, entry[i]->d_name, &plots.pool);
        free(entry[i]);
    }
    free(entry);
    qsort(plots.plot, plots.count, sizeof *plots.plot, by_number);
    return plots;
}

void plots_free(Plots *plots)
{
    free(plots->plot);
    text_pool_free(&plots->pool);
    *plots = (Plots){ .count = 0 };
}

char *plot_stem(const Plot *plot)
{
    return text_format("%.*s", (int)(strlen(plot->name) - strlen(".gp")), plot->name);
}
