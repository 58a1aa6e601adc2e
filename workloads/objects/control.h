/* control: files in the format of Debian's package lists, in plain memory: stanzas, divided by empty lines, of fields
 * `Name: value`, whose value goes on in lines that begin with a blank (Debian Policy, chapter 5).
 *
 * The file is read whole and checked once. Whoever walks it afterwards meets no malformed line, so has no way to fail,
 * and loses nothing by leaving in the middle.
 *
 *     Control control = control_read(file);
 *     Span rest = control.text, stanza;
 *     while (control_next_stanza(&rest, &stanza))
 *         for (Field field; control_next_field(&stanza, &field);)
 *             …
 *     control_free(&control); */
#ifndef CONTROL_H
#define CONTROL_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cell.h"
#include "parts/system.h"

/* Bytes in someone else's memory. */
typedef struct Span {
    const char *at;
    size_t length;
} Span;

typedef struct Control {
    const char *file;
    char *bytes;
    Span text;  /* the bytes read */
} Control;

typedef struct Field {
    Span name, value;  /* the value with its line breaks, without blanks at its ends */
} Field;

static inline void control_free(Control *control)
{
    free(control->bytes);
}

static _Noreturn void control_refuse(Control *control, size_t line, const char *what)
{
    control_free(control);
    bad_input(control->file, line, what);
}

/* ---- Spans ------------------------------------------------------------------------------------------------------ */

static inline bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static inline bool span_is(Span span, const char *word)
{
    return span.length == strlen(word) && strncasecmp(span.at, word, span.length) == 0;
}

/* The first `length` bytes, which leave the span. */
static inline Span span_take(Span *span, size_t length)
{
    Span taken = { span->at, length };
    span->at += length;
    span->length -= length;
    return taken;
}

static inline Span span_trimmed(Span span)
{
    while (span.length > 0 && is_blank(span.at[span.length - 1]))
        span.length--;
    while (span.length > 0 && is_blank(span.at[0]))
        span_take(&span, 1);
    return span;
}

/* The first line, its line break included; rest is not empty. */
static inline Span span_take_line(Span *rest)
{
    const char *end = memchr(rest->at, '\n', rest->length);
    return span_take(rest, end ? (size_t)(end + 1 - rest->at) : rest->length);
}

/* ---- Walking ---------------------------------------------------------------------------------------------------- */

static inline bool line_is_empty(Span line)
{
    return line.at[0] == '\n' || (line.at[0] == '\r' && line.length == 2 && line.at[1] == '\n');
}

static inline bool line_continues(Span line)
{
    return line.at[0] == ' ' || line.at[0] == '\t';
}

/* The lines up to the next empty one. */
static inline bool control_next_stanza(Span *rest, Span *stanza)
{
    *stanza = (Span){ rest->at, 0 };
    while (rest->length > 0) {
        Span line = span_take_line(rest);
        if (!line_is_empty(line))
            stanza->length += line.length;
        else if (stanza->length > 0)
            return true;
        else
            stanza->at = rest->at;
    }
    return stanza->length > 0;
}

static inline bool control_next_field(Span *stanza, Field *field)
{
    if (stanza->length == 0)
        return false;
    Span lines = span_take_line(stanza);
    while (stanza->length > 0 && line_continues(*stanza))
        lines.length += span_take_line(stanza).length;
    const char *colon = memchr(lines.at, ':', lines.length);
    field->name = span_take(&lines, (size_t)(colon - lines.at));
    span_take(&lines, 1);
    field->value = span_trimmed(lines);
    return true;
}

/* ---- Checking --------------------------------------------------------------------------------------------------- */

typedef struct ControlCheck {
    Control *control;
    size_t line;         /* counted from 1 */
    size_t stanza_line;  /* where the stanza began; 0 between stanzas */
    bool named;          /* the stanza has its field Package */
} ControlCheck;

/* How long the name of the field is that begins here; 0 when none does. A name is printable, without blanks or colons,
 * and begins with neither # nor - (Policy 5.1). */
static inline size_t field_name_length(Span line)
{
    size_t length = 0;
    while (length < line.length && line.at[length] > ' ' && line.at[length] <= '~' && line.at[length] != ':')
        length++;
    bool has_colon = length < line.length && line.at[length] == ':';
    return has_colon && line.at[0] != '#' && line.at[0] != '-' ? length : 0;
}

static void check_end_of_stanza(ControlCheck *check)
{
    if (check->stanza_line && !check->named)
        control_refuse(check->control, check->stanza_line, "this stanza has no field Package");
    check->stanza_line = 0;
    check->named = false;
}

static void check_field(ControlCheck *check, Span line)
{
    Span name = { line.at, field_name_length(line) };
    if (name.length == 0)
        control_refuse(check->control, check->line, "this line neither begins a field (Name: value) nor continues one");
    if (!check->stanza_line)
        check->stanza_line = check->line;
    if (!span_is(name, "Package"))
        return;
    if (check->named)
        control_refuse(check->control, check->line, "this stanza has a second field Package");
    span_take(&line, name.length + 1);
    if (span_trimmed(line).length == 0)
        control_refuse(check->control, check->line, "this field Package is empty");
    check->named = true;
}

static void check_line(ControlCheck *check, Span line)
{
    if (memchr(line.at, '\0', line.length))
        control_refuse(check->control, check->line, "this line has a zero byte: the file is no text");
    if (line_is_empty(line))
        check_end_of_stanza(check);
    else if (!line_continues(line))
        check_field(check, line);
    else if (!check->stanza_line)
        control_refuse(check->control, check->line, "this line continues a field, but none began");
}

static void control_check(Control *control)
{
    ControlCheck check = { .control = control };
    size_t stanzas = 0;
    for (Span rest = control->text; rest.length > 0;) {
        check.line++;
        check_line(&check, span_take_line(&rest));
        stanzas += check.stanza_line == check.line;
    }
    check_end_of_stanza(&check);
    if (stanzas == 0)
        control_refuse(control, 0, "it has no package");
}

/* ---- Reading ---------------------------------------------------------------------------------------------------- */

static void control_read_bytes(Control *control, FILE *stream)
{
    size_t capacity = 0, read = 0;
    do {
        capacity = capacity ? 2 * capacity : 1 << 20;
        char *larger = realloc(control->bytes, capacity);
        if (!larger)
            out_of_memory(capacity);
        control->bytes = larger;
        read += fread(control->bytes + read, 1, capacity - read, stream);
    } while (read == capacity);
    control->text = (Span){ control->bytes, read };
}

/* The whole file, checked. Ends the run through bad_input when it cannot be read or is malformed. */
static Control control_read(const char *file)
{
    Control control = { .file = file };
    FILE *stream = fopen(file, "r");
    if (!stream)
        control_refuse(&control, 0, strerror(errno));
    control_read_bytes(&control, stream);
    int error = ferror(stream) ? errno : 0;
    fclose(stream);
    if (error)
        control_refuse(&control, 0, strerror(error));
    control_check(&control);
    return control;
}

#endif
