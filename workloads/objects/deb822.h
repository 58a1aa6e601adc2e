/* deb822: files in the format of Debian's package lists, in plain memory: stanzas, divided by empty lines, of fields
 * `Name: value`, whose value goes on in lines that begin with a blank (Debian Policy, chapter 5).
 *
 * The text is checked once, as a whole. Whoever walks it afterwards meets no malformed line, so has no way to fail, and loses
 * nothing by leaving in the middle.
 *
 *     deb822_check(text);
 *     for (Span stanza; deb822_next_stanza(&text, &stanza);)
 *         for (Deb822Field field; deb822_next_field(&stanza, &field);)
 *             … */
#ifndef DEB822_H
#define DEB822_H

#include "cell.h"
#include "objects/span.h"

typedef struct Deb822Field {
    Span name, value;  /* the value with its line breaks, without blanks at its ends */
} Deb822Field;

/* ---- Walking ---------------------------------------------------------------------------------------------------- */

static inline bool deb822_line_is_empty(Span line)
{
    return line.at[0] == '\n' || (line.at[0] == '\r' && line.length == 2 && line.at[1] == '\n');
}

static inline bool deb822_line_continues(Span line)
{
    return line.at[0] == ' ' || line.at[0] == '\t';
}

/* The lines up to the next empty one. */
static inline bool deb822_next_stanza(Span *rest, Span *stanza)
{
    *stanza = (Span){ rest->at, 0 };
    while (rest->length > 0) {
        Span line = span_take_line(rest);
        if (!deb822_line_is_empty(line))
            stanza->length += line.length;
        else if (stanza->length > 0)
            return true;
        else
            stanza->at = rest->at;
    }
    return stanza->length > 0;
}

static inline bool deb822_next_field(Span *stanza, Deb822Field *field)
{
    if (stanza->length == 0)
        return false;
    Span lines = span_take_line(stanza);
    while (stanza->length > 0 && deb822_line_continues(*stanza))
        lines.length += span_take_line(stanza).length;
    const char *colon = memchr(lines.at, ':', lines.length);
    field->name = span_take(&lines, (size_t)(colon - lines.at));
    span_take(&lines, 1);
    field->value = span_trimmed(lines);
    return true;
}

/* ---- Relations between packages ---------------------------------------------------------------------------------- */

static inline bool deb822_divides_relations(char c)
{
    return c == ',' || c == '|';
}

static inline bool deb822_ends_name(char c)
{
    return is_blank(c) || deb822_divides_relations(c) || c == ':' || c == '(' || c == '[' || c == '<';
}

/* The next name in `a (>= 1), b:any | c [amd64] <!nocheck>`; it may be empty (Policy 7.1). */
static inline bool deb822_next_name(Span *relations, Span *name)
{
    while (relations->length > 0 && (is_blank(relations->at[0]) || deb822_divides_relations(relations->at[0])))
        span_take(relations, 1);
    *name = (Span){ relations->at, 0 };
    while (name->length < relations->length && !deb822_ends_name(relations->at[name->length]))
        name->length++;
    size_t end = name->length;
    while (end < relations->length && !deb822_divides_relations(relations->at[end]))
        end++;
    span_take(relations, end);
    return end > 0;
}

/* ---- Checking --------------------------------------------------------------------------------------------------- */

typedef struct Deb822Check {
    size_t line;         /* counted from 1 */
    size_t stanza_line;  /* where the stanza began; 0 between stanzas */
    bool named;          /* the stanza has its field Package */
} Deb822Check;

/* How long the name of the field is that begins here; 0 when none does. A name is printable, without blanks or colons,
 * and begins with neither # nor - (Policy 5.1). */
static inline size_t deb822_field_name_length(Span line)
{
    size_t length = 0;
    while (length < line.length && line.at[length] > ' ' && line.at[length] <= '~' && line.at[length] != ':')
        length++;
    bool has_colon = length < line.length && line.at[length] == ':';
    return has_colon && line.at[0] != '#' && line.at[0] != '-' ? length : 0;
}

static void deb822_check_end_of_stanza(Deb822Check *check)
{
    if (check->stanza_line && !check->named)
        bad_input(cell_input, check->stanza_line, 0, "this stanza has no field Package");
    check->stanza_line = 0;
    check->named = false;
}

static void deb822_check_field(Deb822Check *check, Span line)
{
    Span name = { line.at, deb822_field_name_length(line) };
    if (name.length == 0)
        bad_input(cell_input, check->line, 0, "this line neither begins a field (Name: value) nor continues one");
    if (!check->stanza_line)
        check->stanza_line = check->line;
    if (!span_is(name, "Package"))
        return;
    if (check->named)
        bad_input(cell_input, check->line, 0, "this stanza has a second field Package");
    span_take(&line, name.length + 1);
    if (span_trimmed(line).length == 0)
        bad_input(cell_input, check->line, 0, "this field Package is empty");
    check->named = true;
}

static void deb822_check_line(Deb822Check *check, Span line)
{
    if (deb822_line_is_empty(line))
        deb822_check_end_of_stanza(check);
    else if (!deb822_line_continues(line))
        deb822_check_field(check, line);
    else if (!check->stanza_line)
        bad_input(cell_input, check->line, 0, "this line continues a field, but none began");
}

/* Ends the run through bad_input when the cell's input is malformed, whose text this is. */
static void deb822_check(Span text)
{
    Deb822Check check = { 0 };
    size_t stanzas = 0;
    while (text.length > 0) {
        check.line++;
        deb822_check_line(&check, span_take_line(&text));
        stanzas += check.stanza_line == check.line;
    }
    deb822_check_end_of_stanza(&check);
    if (stanzas == 0)
        bad_input(cell_input, 0, 0, "it has no package");
}

#endif
