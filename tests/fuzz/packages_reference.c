#include "packages_reference.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PACKAGES_MOST = 100, NAMES_MOST = 2000 };

/* A name, and the package that bears it or wants it. */
typedef struct Mention {
    const char *name;
    int package;
} Mention;

typedef struct Mentions {
    Mention at[NAMES_MOST];
    int count;
} Mentions;

static struct {
    Mentions bears, wants;
    int packages; /* the last of them is being read */
    bool open, named, is_too_large;
    const char *problem;
} read_so_far;

static void mention(Mentions *mentions, const char *name)
{
    if (mentions->count == NAMES_MOST || read_so_far.packages > PACKAGES_MOST)
        read_so_far.is_too_large = true;
    else
        mentions->at[mentions->count++] = (Mention){ name, read_so_far.packages - 1 };
}

static void complain(const char *problem)
{
    if (!read_so_far.problem)
        read_so_far.problem = problem;
}

/* ---- Fields ------------------------------------------------------------------------------------------------------------ */

static const char blanks[] = " \t\r\n";

static char *trimmed(char *text)
{
    text += strspn(text, blanks);
    size_t length = strlen(text);
    while (length > 0 && strchr(blanks, text[length - 1]))
        text[--length] = '\0';
    return text;
}

/* In each part between commas and bars the name is what comes before a blank, a version, an architecture or a profile. */
static void mention_all(Mentions *mentions, char *relations)
{
    for (char *rest, *relation = strtok_r(relations, ",|", &rest); relation; relation = strtok_r(NULL, ",|", &rest)) {
        relation += strspn(relation, blanks);
        relation[strcspn(relation, " \t\r\n:([<")] = '\0';
        if (*relation)
            mention(mentions, relation);
    }
}

static void take_package(char *value)
{
    if (read_so_far.named)
        complain("two fields Package");
    else if (*value == '\0')
        complain("an empty field Package");
    read_so_far.named = true;
    mention(&read_so_far.bears, value);
}

/* A field with all its lines. The name of a package may not stand on a line of its own. */
static void take_field(char *field)
{
    char *colon = strchr(field, ':'), *break_ = strchr(field, '\n');
    *colon = '\0';
    if (strcasecmp(field, "Package") == 0) {
        bool is_on_first_line = !break_ || colon + 1 + strspn(colon + 1, " \t\r") < break_;
        take_package(is_on_first_line ? trimmed(colon + 1) : "");
    } else if (strcasecmp(field, "Depends") == 0 || strcasecmp(field, "Pre-Depends") == 0)
        mention_all(&read_so_far.wants, colon + 1);
    else if (strcasecmp(field, "Provides") == 0)
        mention_all(&read_so_far.bears, colon + 1);
}

static bool begins_field(const char *line)
{
    size_t name = 0;
    while (line[name] > ' ' && line[name] < 127 && line[name] != ':')
        name++;
    return name > 0 && line[name] == ':' && *line != '#' && *line != '-';
}

/* ---- Lines ------------------------------------------------------------------------------------------------------------- */

static bool is_empty(const char *line)
{
    return strcmp(line, "\n") == 0 || strcmp(line, "\r\n") == 0;
}

static void end_stanza(void)
{
    if (read_so_far.open && !read_so_far.named)
        complain("a stanza without a field Package");
    read_so_far.open = read_so_far.named = false;
}

static void begin_stanza(void)
{
    if (!read_so_far.open)
        read_so_far.packages++;
    read_so_far.open = true;
}

/* A line's end, behind its line break. */
static char *end_of_line(char *line)
{
    char *end = strchr(line, '\n');
    return end ? end + 1 : line + strlen(line);
}

/* Takes what begins at the text, a field or an empty line, and returns what follows. */
static char *take_lines(char *text, char **kept)
{
    char *end = end_of_line(text);
    char *line = strndup(text, (size_t)(end - text));
    bool begins = begins_field(line), empties = is_empty(line);
    free(line);
    while (begins && (*end == ' ' || *end == '\t'))
        end = end_of_line(end);
    *kept = strndup(text, (size_t)(end - text));
    if (empties)
        end_stanza();
    else if (begins) {
        begin_stanza();
        take_field(*kept);
    } else
        complain("a line that begins no field");
    return end;
}

/* ---- Counting ---------------------------------------------------------------------------------------------------------- */

static bool reaches[PACKAGES_MOST][PACKAGES_MOST];

static uint64_t count_dependencies(void)
{
    uint64_t dependencies = 0;
    memset(reaches, 0, sizeof reaches);
    for (int w = 0; w < read_so_far.wants.count; w++)
        for (int b = 0; b < read_so_far.bears.count; b++) {
            Mention wanted = read_so_far.wants.at[w], borne = read_so_far.bears.at[b];
            if (strcmp(wanted.name, borne.name) != 0)
                continue;
            dependencies += !reaches[wanted.package][borne.package];
            reaches[wanted.package][borne.package] = true;
        }
    return dependencies;
}

/* Warshall's closure: those that reach each other are of one component, which its first member counts. */
static uint64_t count_components(void)
{
    uint64_t components = 0;
    int n = read_so_far.packages;
    for (int k = 0; k < n; k++)
        for (int i = 0; i < n; i++)
            for (int j = 0; reaches[i][k] && j < n; j++)
                reaches[i][j] |= reaches[k][j];
    for (int i = 0; i < n; i++) {
        bool is_first = true;
        for (int j = 0; j < i; j++)
            is_first &= !(reaches[i][j] && reaches[j][i]);
        components += is_first;
    }
    return components;
}

static uint64_t count_all(void)
{
    uint64_t dependencies = count_dependencies();
    return (uint64_t)read_so_far.packages * 10000000000000u + dependencies * 1000000u + count_components();
}

PackagesReference packages_reference(const char *text, size_t length)
{
    char *copy = strndup(text, length), **kept = calloc(length + 1, sizeof *kept);
    size_t fields = 0;
    memset(&read_so_far, 0, sizeof read_so_far);
    for (char *rest = copy; *rest; fields++)
        rest = take_lines(rest, &kept[fields]);
    end_stanza();
    if (read_so_far.packages == 0)
        complain("no package");
    PackagesReference reference = { read_so_far.problem, read_so_far.is_too_large, 0 };
    if (!reference.problem && !reference.is_too_large)
        reference.answer = count_all();
    while (fields > 0)
        free(kept[--fields]);
    free(kept);
    free(copy);
    return reference;
}
