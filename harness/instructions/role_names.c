#include "roles.h"

#include "fail.h"
#include "memory.h"

#include <ctype.h>
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

/* The hooks of harness/words/hooks.h. One that is not here, heap_open, has the role of whoever calls it. */
static const RoleOf hooks[] = {
    { "allocate", ALLOCATE }, { "allocate_unset", ALLOCATE }, { "reallocate", ALLOCATE },
    { "reuse", ALLOCATE }, { "is_unshared", ALLOCATE }, { "freshen", ALLOCATE },
    { "retain", BARRIER }, { "release", BARRIER }, { "savepoint", BARRIER },
    { "weak_of", BARRIER }, { "weak_refer", BARRIER }, { "weak_leave", BARRIER }, { "weak_target", BARRIER },
    { "weak_share", BARRIER },
    { "rewind", RELEASE }, { "collect", COLLECT }, { "heap_close", TEARDOWN },
};

/* How a strategy tells that what its mutator waits for is over (strategies/parts/census.h). */
static const RoleOf pauses[] = {
    { "collection_end()", COLLECT }, { "pause_end(PAUSE_CASCADE)", RELEASE }, { "pause_end(PAUSE_RESET)", RELEASE },
};

static const RoleOf parts[] = {
    { "work", WORK }, { "allocate", ALLOCATE }, { "barrier", BARRIER }, { "release", RELEASE },
    { "collect", COLLECT }, { "teardown", TEARDOWN }, { "startup", STARTUP },
};

#define PART_IN(table, name) part_in(table, sizeof table / sizeof *table, name)

static Purpose part_in(const RoleOf *table, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (texts_equal(table[i].function, name))
            return table[i].part;
    return PARTS;
}

static void name_role(Roles *roles, const char *function, Purpose part)
{
    roles->named = memory_room(roles->named, &roles->room, roles->count + 1, sizeof *roles->named);
    roles->named[roles->count++] = (RoleOf){ function, part };
}

static bool is_letter(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* The name that ends before `end`, which is in `text`, in the pool. */
static const char *name_before(const char *text, const char *end, TextPool *pool)
{
    const char *begin = end;
    while (begin > text && is_letter(begin[-1]))
        begin--;
    return intern_part(pool, begin, (size_t)(end - begin));
}

/* Whatever the text calls is an entry of this part. */
static void name_calls(Roles *roles, const char *text, Purpose part, TextPool *pool)
{
    for (const char *open = text; (open = strchr(open, '(')) != NULL; open++)
        if (open > text && is_letter(open[-1]))
            name_role(roles, name_before(text, open, pool), part);
}

/* `#define hook(parameters) what it calls` */
static void read_hook(Roles *roles, const char *line, TextPool *pool)
{
    char name[64];
    const char *end = strchr(line, ')');
    if (end == NULL || sscanf(line, "#define %63[a-z_](", name) != 1)
        return;
    Purpose part = PART_IN(hooks, name);
    if (part != PARTS)
        name_calls(roles, end + 1, part, pool);
}

/* The function that begins in the first column of a line, or NULL: what stands before the last bracket outside of others. */
static const char *function_head(const char *line, TextPool *pool)
{
    const char *found = NULL;
    int depth = 0;
    if (!is_letter(*line))
        return NULL;
    for (const char *c = line; *c; c++) {
        if (*c == '(' && depth++ == 0 && c > line && is_letter(c[-1]))
            found = name_before(line, c, pool);
        depth -= *c == ')';
    }
    return found && !texts_equal(found, "__attribute__") ? found : NULL;
}

static void read_pause(Roles *roles, const char *line, const char *function)
{
    if (!isspace((unsigned char)*line) || !function)
        return;
    for (size_t i = 0; i < sizeof pauses / sizeof *pauses; i++)
        if (strstr(line, pauses[i].function))
            name_role(roles, function, pauses[i].part);
}

/* `T##_bury(`: the letters behind the type's name. */
static void read_suffix(Roles *roles, const char *line, TextPool *pool)
{
    for (const char *at = line; (at = strstr(at, "T##_")) != NULL; at++) {
        const char *suffix = at + strlen("T##"), *end = suffix;
        while (is_letter(*end))
            end++;
        if (*end != '(')
            continue;
        roles->suffix = memory_room(roles->suffix, &roles->suffix_room, roles->suffixes + 1, sizeof *roles->suffix);
        roles->suffix[roles->suffixes++] = intern_part(pool, suffix, (size_t)(end - suffix));
    }
}

/* What `Counts as: …` says of the function that follows, or PARTS. */
static Purpose read_counts_as(const char *line, const char *file, size_t number)
{
    char name[16];
    if (sscanf(line, "/* Counts as: %15[a-z] */", name) != 1)
        return PARTS;
    Purpose part = PART_IN(parts, name);
    if (part == PARTS)
        fail("%s:%zu: nothing counts as '%s'", file, number, name);
    return part;
}

static void read_source(Roles *roles, const char *file, TextPool *pool)
{
    FILE *in = fopen(file, "r");
    char *line = NULL;
    size_t room = 0, number = 0;
    const char *function = NULL;
    Purpose said = PARTS;
    if (in == NULL)
        fail("cannot read %s: %s; reclaim count runs in the project's root", file, strerror(errno));
    while (getline(&line, &room, in) > 0) {
        const char *head = function_head(line, pool);
        if (head) {
            name_role(roles, head, said);
            function = head;
            said = PARTS;
        }
        Purpose says = read_counts_as(line, file, ++number);
        said = says == PARTS ? said : says;
        read_hook(roles, line, pool);
        read_pause(roles, line, function);
        read_suffix(roles, line, pool);
    }
    free(line);
    fclose(in);
}

static int by_name_and_part(const void *a, const void *b)
{
    const RoleOf *x = a, *y = b;
    int order = strcmp(x->function, y->function);
    return order ? order : (int)x->part - (int)y->part;
}

/* Each once, and with its role, if one was named anywhere. */
static void put_in_order(Roles *roles)
{
    size_t kept = 0;
    qsort(roles->named, roles->count, sizeof *roles->named, by_name_and_part);
    for (size_t i = 0; i < roles->count; i++)
        if (kept == 0 || !texts_equal(roles->named[i].function, roles->named[kept - 1].function))
            roles->named[kept++] = roles->named[i];
    roles->count = kept;
}

Roles roles_read(TextPool *pool)
{
    Roles roles = { 0 };
    glob_t files = { 0 };
    if (glob("strategies/*.h", 0, NULL, &files) != 0 || glob("strategies/parts/*.h", GLOB_APPEND, NULL, &files) != 0 ||
        glob("harness/words/*.h", GLOB_APPEND, NULL, &files) != 0)
        fail("there are no strategies/*.h or harness/words/*.h here; reclaim count runs in the project's root");
    for (size_t i = 0; i < files.gl_pathc; i++)
        read_source(&roles, files.gl_pathv[i], pool);
    globfree(&files);
    put_in_order(&roles);
    return roles;
}

void roles_free(Roles *roles)
{
    free(roles->named);
    free(roles->suffix);
    *roles = (Roles){ 0 };
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const RoleOf *)a)->function, ((const RoleOf *)b)->function);
}

const RoleOf *roles_find(const Roles *roles, const char *function)
{
    return bsearch(&(RoleOf){ .function = function }, roles->named, roles->count, sizeof *roles->named, by_name);
}

Purpose roles_of(const Roles *roles, const char *function)
{
    const RoleOf *found = roles_find(roles, function);
    return found ? found->part : PARTS;
}
