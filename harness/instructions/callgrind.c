#include "callgrind.h"

#include "memory.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Names that were given a number: `(number) name` the first time, `(number)` afterwards. */
typedef struct Numbered {
    const char **name;
    size_t count, room;
} Numbered;

/* What the lines before this one have said. */
typedef struct Reading {
    Profile *profile;
    TextPool *pool;
    Numbered objects;
    const char *object, *called_object;
    uint32_t function, called;
    uint64_t address;
    bool is_call; /* the next costs are those of a call */
    bool whole;   /* the sum was told */
} Reading;

static bool number_in_brackets(const char *text, size_t *number, const char **name)
{
    char *end;
    if (*text != '(')
        return false;
    *number = strtoul(text + 1, &end, 10);
    if (*end != ')' || *number >= UINT32_MAX)
        return false;
    *name = end[1] == ' ' ? end + 2 : NULL;
    return true;
}

static bool read_object(Reading *reading, const char *text, const char **object)
{
    Numbered *objects = &reading->objects;
    const char *name;
    size_t number;
    if (!number_in_brackets(text, &number, &name))
        return false;
    objects->name = memory_room(objects->name, &objects->room, number + 1, sizeof *objects->name);
    while (objects->count <= number)
        objects->name[objects->count++] = "";
    if (name)
        objects->name[number] = intern(reading->pool, name);
    *object = objects->name[number];
    return true;
}

/* `name'caller'caller`: callers are told by their own lines. */
static bool read_function(Reading *reading, const char *text, const char *object, uint32_t *function)
{
    Profile *all = reading->profile;
    const char *name;
    size_t number;
    if (!number_in_brackets(text, &number, &name))
        return false;
    all->function = memory_room(all->function, &all->function_room, number + 1, sizeof *all->function);
    while (all->functions <= number)
        all->function[all->functions++] = (Function){ 0 };
    if (name)
        all->function[number] = (Function){ intern_part(reading->pool, name, strcspn(name, "'")), object };
    *function = (uint32_t)number;
    return all->function[number].name != NULL;
}

/* `0x12ab`, `+12`, `-12` from the last, or `*`: the last. */
static bool read_address(Reading *reading, const char **text)
{
    char *end = (char *)*text + 1;
    if (**text == '+')
        reading->address += strtoull(*text + 1, &end, 0);
    else if (**text == '-')
        reading->address -= strtoull(*text + 1, &end, 0);
    else if (**text != '*')
        reading->address = strtoull(*text, &end, 16);
    *text = end;
    return *end == ' ';
}

static void add_call(const Reading *reading, uint64_t instructions)
{
    Profile *all = reading->profile;
    all->call = memory_room(all->call, &all->call_room, all->calls + 1, sizeof *all->call);
    all->call[all->calls++] = (Call){ reading->function, reading->called, reading->address, instructions };
}

static void add_spent(const Reading *reading, uint64_t instructions)
{
    Profile *all = reading->profile;
    all->spent = memory_room(all->spent, &all->spent_room, all->spents + 1, sizeof *all->spent);
    all->spent[all->spents++] = (Spent){ reading->function, reading->address, instructions };
}

static bool read_cost(Reading *reading, const char *line)
{
    char *end;
    if (!read_address(reading, &line))
        return false;
    uint64_t instructions = strtoull(line, &end, 10);
    if (end == line || reading->profile->functions == 0)
        return false;
    (reading->is_call ? add_call : add_spent)(reading, instructions);
    reading->is_call = false;
    return true;
}

static const char *after(const char *line, const char *word)
{
    size_t length = strlen(word);
    return strncmp(line, word, length) == 0 ? line + length : NULL;
}

static bool read_line(Reading *reading, const char *line)
{
    const char *rest;
    if (*line && strchr("0123456789+-*", *line))
        return read_cost(reading, line);
    if ((rest = after(line, "ob=")))
        return read_object(reading, rest, &reading->object);
    if ((rest = after(line, "cob=")))
        return read_object(reading, rest, &reading->called_object);
    if ((rest = after(line, "fn=")))
        return read_function(reading, rest, reading->object, &reading->function);
    if ((rest = after(line, "cfn=")))
        return read_function(reading, rest, reading->called_object ? reading->called_object : reading->object,
                             &reading->called);
    if (after(line, "calls=")) {
        reading->is_call = true;
        reading->called_object = NULL; /* of the next call it is told again, if it is another than the caller's */
    }
    if ((rest = after(line, "summary:")) || (rest = after(line, "totals:"))) {
        reading->profile->instructions = strtoull(rest, NULL, 10);
        reading->whole = true;
    }
    return true;
}

static const char *complaint_about(const Profile *profile, bool readable, bool whole)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < profile->spents; i++)
        sum += profile->spent[i].instructions;
    if (!readable)
        return "callgrind wrote a line that is none of its format";
    if (!whole)
        return "callgrind wrote no whole profile";
    return sum == profile->instructions ? NULL : "callgrind's profile does not add up";
}

bool profile_read(Profile *profile, FILE *in, TextPool *pool, const char **complaint)
{
    Reading reading = { .profile = profile, .pool = pool, .object = "" };
    char *line = NULL;
    size_t room = 0;
    bool readable = true;
    *profile = (Profile){ 0 };
    for (ssize_t length; readable && (length = getline(&line, &room, in)) > 0;) {
        line[strcspn(line, "\n")] = '\0';
        readable = read_line(&reading, line);
    }
    free(line);
    free(reading.objects.name);
    *complaint = complaint_about(profile, readable, reading.whole);
    return *complaint == NULL;
}

void profile_free(Profile *profile)
{
    free(profile->function);
    free(profile->spent);
    free(profile->call);
    *profile = (Profile){ 0 };
}
