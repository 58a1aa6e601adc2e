/* json: a parser of JSON texts (RFC 8259), into a tree of values. A value is 16 bytes; what it holds is a text, a list or a
 * dict.
 *
 * The text is UTF-8 without zero bytes, as cells have checked. A number stays the text it is written as, for no type of C holds
 * all of them. Of members of one name the last counts, as in Python. \u escapes that are half a surrogate pair alone are no
 * character, and refused; RFC 8259 leaves that open. Nesting deeper than JSON_DEEPEST is refused, so that whoever walks the
 * tree may recurse.
 *
 * After a mistake the parser leaves what it was in the middle of, level by level; nothing that it made is left. */
#ifndef JSON_H
#define JSON_H

#include "objects/dict.h"
#include "objects/list.h"
#include "objects/span.h"
#include "objects/text.h"

enum { JSON_DEEPEST = 200 };

typedef enum JsonKind { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_TEXT, JSON_LIST, JSON_DICT } JsonKind;

typedef struct Json {
    void *held;    /* the Text of a text or a number, the List of Jsons, the Dict from Texts to Jsons; else nothing */
    JsonKind kind;
} Json;
refs(Json, held);

typedef struct JsonParser {
    Span rest;           /* begins where the mistake is, once there is one */
    const char *mistake; /* a sentence; NULL: none so far */
    size_t depth;        /* lists and dicts that have begun and not ended */
} JsonParser;

/* Always NULL, which is what the parser's functions return when there was a mistake. */
static inline void *json_mistake(JsonParser *parser, const char *what)
{
    parser->mistake = what;
    return NULL;
}

/* A value that takes over what it holds. */
static inline Json *json_of(JsonKind kind, void *held)
{
    Json *value = new(Json);
    value->kind = kind;
    put(value->held, held);
    return value;
}

/* ---- Bytes ------------------------------------------------------------------------------------------------------ */

/* The next byte; 0 at the end. */
static inline char json_peek(const JsonParser *parser)
{
    return parser->rest.length > 0 ? parser->rest.at[0] : '\0';
}

static inline void json_skip_blanks(JsonParser *parser)
{
    while (is_blank(json_peek(parser)))
        span_take(&parser->rest, 1);
}

/* Whether this byte comes next, after blanks; if so, it is taken. */
static inline bool json_take(JsonParser *parser, char wanted)
{
    json_skip_blanks(parser);
    bool is_next = json_peek(parser) == wanted;
    span_take(&parser->rest, is_next);
    return is_next;
}

/* ---- Texts ------------------------------------------------------------------------------------------------------ */

/* How many bytes from the opening quote to the closing one, both included; 0 after a mistake. */
static inline size_t json_text_length(JsonParser *parser, bool *escapes)
{
    Span rest = parser->rest;
    for (size_t i = 1; i < rest.length; i++) {
        if (rest.at[i] == '"')
            return i + 1;
        if ((unsigned char)rest.at[i] < ' ') {
            span_take(&parser->rest, i);
            json_mistake(parser, "a control character in a text has to be escaped");
            return 0;
        }
        if (rest.at[i] == '\\') {
            *escapes = true;
            i += i + 1 < rest.length && (rest.at[i + 1] == '"' || rest.at[i + 1] == '\\');
        }
    }
    json_mistake(parser, "this text has no end");
    return 0;
}

/* Four hexadecimal digits at the beginning of the bytes; negative: there are none. */
static inline long json_hex(Span bytes)
{
    long value = 0;
    for (size_t i = 0; i < 4; i++) {
        char c = i < bytes.length ? bytes.at[i] : '\0';
        bool is_digit = c >= '0' && c <= '9', is_letter = (c | 32) >= 'a' && (c | 32) <= 'f';
        if (!is_digit && !is_letter)
            return -1;
        value = value * 16 + (is_digit ? c - '0' : (c | 32) - 'a' + 10);
    }
    return value;
}

/* The character that the \u escapes at the beginning of the bytes stand for, and how many bytes these are; negative: none. A
 * pair of surrogates is one character: The Unicode Standard, 3.9. */
static inline long json_escaped_character(Span bytes, size_t *length)
{
    long first = json_hex((Span){ bytes.at + 2, bytes.length - 2 });
    *length = 6;
    if (first < 0xD800 || first > 0xDFFF)
        return first;
    if (first > 0xDBFF || bytes.length < 12 || bytes.at[6] != '\\' || bytes.at[7] != 'u')
        return -1;
    long second = json_hex((Span){ bytes.at + 8, bytes.length - 8 });
    *length = 12;
    return second >= 0xDC00 && second <= 0xDFFF ? 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00) : -1;
}

/* Writes a character as UTF-8: The Unicode Standard, table 3-6. Returns how many bytes that is. */
static inline size_t json_write_character(char *to, unsigned long character)
{
    if (character < 0x80) {
        to[0] = (char)character;
        return 1;
    }
    static const unsigned char lead[] = { [2] = 0xC0, [3] = 0xE0, [4] = 0xF0 };
    size_t length = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--, character >>= 6)
        to[i] = (char)(0x80 | (character & 0x3F));
    to[0] = (char)(lead[length] | character);
    return length;
}

/* Takes the escape at the beginning of the bytes, and writes what it stands for. Returns how many bytes that is; 0: it stands
 * for nothing. */
static inline size_t json_take_escape(Span *bytes, char *to)
{
    static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    size_t length;
    if (bytes->at[1] == 'u') {
        long character = json_escaped_character(*bytes, &length);
        if (character < 0)
            return 0;
        span_take(bytes, length);
        return json_write_character(to, (unsigned long)character);
    }
    const char *name = strchr(names, bytes->at[1]);
    if (!name)
        return 0;
    *to = meanings[name - names];
    span_take(bytes, 2);
    return 1;
}

/* The text that these bytes between quotes stand for; it has no more bytes than they. */
static inline Text *json_unescaped(JsonParser *parser, Span bytes)
{
    local(Text) text = new_unset(Text, bytes.length);
    size_t length = 0;
    while (bytes.length > 0)
        if (bytes.at[0] != '\\') {
            text->at[length++] = *span_take(&bytes, 1).at;
        } else {
            size_t written = json_take_escape(&bytes, text->at + length);
            if (written == 0) {
                span_take(&parser->rest, (size_t)(bytes.at - parser->rest.at));
                return json_mistake(parser, "this escape stands for no character");
            }
            length += written;
        }
    resize(text, Text, length);
    return give(text);
}

static inline Text *json_text(JsonParser *parser)
{
    bool escapes = false;
    size_t length = json_text_length(parser, &escapes);
    if (length == 0)
        return NULL;
    Span between = { parser->rest.at + 1, length - 2 };
    Text *text = escapes ? json_unescaped(parser, between) : text_of(between.at, between.length);
    if (text)
        span_take(&parser->rest, length);
    return text;
}

/* ---- Values ----------------------------------------------------------------------------------------------------- */

static inline Json *json_value(JsonParser *parser);

static inline Json *json_text_value(JsonParser *parser)
{
    Text *text = json_text(parser);
    return text ? json_of(JSON_TEXT, text) : NULL;
}

static inline size_t json_digits(Span bytes, size_t from)
{
    size_t end = from;
    while (end < bytes.length && bytes.at[end] >= '0' && bytes.at[end] <= '9')
        end++;
    return end - from;
}

/* How many bytes at the beginning are a number; 0: none. What is no part of it (the 1 of 01, the point of 1.) remains. */
static inline size_t json_number_length(Span bytes)
{
    size_t end = bytes.length > 0 && bytes.at[0] == '-';
    size_t whole = json_digits(bytes, end);
    if (whole == 0)
        return 0;
    end += bytes.at[end] == '0' ? 1 : whole;
    if (end < bytes.length && bytes.at[end] == '.' && json_digits(bytes, end + 1) > 0)
        end += 1 + json_digits(bytes, end + 1);
    if (end < bytes.length && (bytes.at[end] | 32) == 'e') {
        size_t sign = end + 1 < bytes.length && (bytes.at[end + 1] == '+' || bytes.at[end + 1] == '-');
        size_t digits = json_digits(bytes, end + 1 + sign);
        end += digits > 0 ? 1 + sign + digits : 0;
    }
    return end;
}

static inline Json *json_number(JsonParser *parser)
{
    Span literal = span_take(&parser->rest, json_number_length(parser->rest));
    if (literal.length == 0)
        return json_mistake(parser, "a value has to begin here");
    return json_of(JSON_NUMBER, text_of(literal.at, literal.length));
}

static inline Json *json_name(JsonParser *parser, const char *name, JsonKind kind)
{
    if (parser->rest.length < strlen(name) || memcmp(parser->rest.at, name, strlen(name)) != 0)
        return json_mistake(parser, "a value has to begin here");
    span_take(&parser->rest, strlen(name));
    return json_of(kind, NULL);
}

static inline bool json_add_item(JsonParser *parser, List *items)
{
    Json *item = json_value(parser);
    if (item)
        list_append(items, item);
    return item;
}

static inline Json *json_list(JsonParser *parser)
{
    local(List) items = new(List);
    json_take(parser, '[');
    if (!json_take(parser, ']')) {
        do
            if (!json_add_item(parser, items))
                return NULL;
        while (json_take(parser, ','));
        if (!json_take(parser, ']'))
            return json_mistake(parser, "a list goes on with , or ends with ]");
    }
    return json_of(JSON_LIST, give(items));
}

static inline bool json_add_member(JsonParser *parser, Dict *members)
{
    json_skip_blanks(parser);
    if (json_peek(parser) != '"')
        return json_mistake(parser, "a member's name has to begin here, with \"");
    local(Text) name = json_text(parser);
    if (!name)
        return false;
    if (!json_take(parser, ':'))
        return json_mistake(parser, "a member's name is followed by :");
    Json *value = json_value(parser);
    if (value)
        dict_put(members, give(name), value, texts);
    return value;
}

static inline Json *json_dict(JsonParser *parser)
{
    local(Dict) members = new(Dict);
    json_take(parser, '{');
    if (!json_take(parser, '}')) {
        do
            if (!json_add_member(parser, members))
                return NULL;
        while (json_take(parser, ','));
        if (!json_take(parser, '}'))
            return json_mistake(parser, "a dict goes on with , or ends with }");
    }
    return json_of(JSON_DICT, give(members));
}

static inline Json *json_nested(JsonParser *parser, Json *(*parse)(JsonParser *parser))
{
    if (parser->depth == JSON_DEEPEST)
        return json_mistake(parser, "this is nested too deep");
    parser->depth++;
    Json *value = parse(parser);
    parser->depth--;
    return value;
}

static inline Json *json_value(JsonParser *parser)
{
    json_skip_blanks(parser);
    switch (json_peek(parser)) {
    case '{': return json_nested(parser, json_dict);
    case '[': return json_nested(parser, json_list);
    case '"': return json_text_value(parser);
    case 'n': return json_name(parser, "null", JSON_NULL);
    case 'f': return json_name(parser, "false", JSON_FALSE);
    case 't': return json_name(parser, "true", JSON_TRUE);
    default: return json_number(parser);
    }
}

/* ---- Documents -------------------------------------------------------------------------------------------------- */

/* The value that the whole text is, owned; NULL after a mistake. */
static inline Json *json_parse(JsonParser *parser)
{
    local(Json) value = json_value(parser);
    if (!value)
        return NULL;
    json_skip_blanks(parser);
    if (parser->rest.length > 0)
        return json_mistake(parser, "the document has ended, and something follows");
    return give(value);
}

/* Ends the run at the parser's mistake. */
static inline _Noreturn void json_refuse(const JsonParser *parser, Span text)
{
    size_t line = 1, column = 1;
    for (const char *c = text.at; c < parser->rest.at; c++) {
        column += ((unsigned char)*c & 0xC0) != 0x80; /* not what a character goes on with */
        if (*c == '\n') {
            line++;
            column = 1;
        }
    }
    bad_input(cell_input, line, column, parser->mistake);
}

/* The cell's input as a tree, owned. Ends the run through bad_input when it is malformed. */
static inline Json *json_of_input(Span text)
{
    JsonParser parser = { .rest = text };
    Json *document = json_parse(&parser);
    if (!document)
        json_refuse(&parser, text);
    return document;
}

#endif
