#include "lines.h"

#include "fail.h"
#include "memory.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static FILE *open_if_there(const char *path)
{
    FILE *file = fopen(path, "re");
    if (file == NULL && errno != ENOENT)
        fail("cannot read %s: %s", path, strerror(errno));
    return file;
}

/* The first line, without its end, that begins with these words, and is no longer where it is the `whole`; in memory that the
 * caller frees, or NULL. */
static char *find_line(const char *path, const char *words, bool whole)
{
    FILE *file = open_if_there(path);
    char *line = NULL;
    size_t room = 0, length = strlen(words);
    bool found = false;
    while (file && !found && getline(&line, &room, file) > 0) {
        line[strcspn(line, "\n")] = '\0';
        found = strncmp(line, words, length) == 0 && (!whole || line[length] == '\0');
    }
    if (file)
        fclose(file);
    if (found)
        return line;
    free(line);
    return NULL;
}

bool file_has_line(const char *path, const char *line)
{
    char *found = find_line(path, line, true);
    free(found);
    return found != NULL;
}

const char *line_after(const char *path, const char *words, TextPool *pool)
{
    char *found = find_line(path, words, false);
    const char *rest = found ? intern(pool, found + strlen(words)) : NULL;
    free(found);
    return rest;
}

const char *header_says(const char *path, const char *words, TextPool *pool)
{
    static const char end[] = " */";
    char *beginning = text_format("/* %s: ", words);
    const char *rest = line_after(path, beginning, pool);
    size_t length = rest ? strlen(rest) : 0, ends = strlen(end);
    free(beginning);
    return length >= ends && texts_equal(rest + length - ends, end) ? intern_part(pool, rest, length - ends) : NULL;
}

const char *strategy_says(const char *strategy, const char *words, TextPool *pool)
{
    char *header = text_format("strategies/%s.h", strategy);
    const char *said = header_says(header, words, pool);
    free(header);
    return said;
}
