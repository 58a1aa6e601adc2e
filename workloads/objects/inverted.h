/* inverted: an inverted index of a text: its lines, and for each word the list of those that it occurs in. For what a word is,
 * see words.h. After the boolean retrieval of Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2008,
 * chapter 1.
 *
 * Invariant: a word's list has each line once, in the lines' order. So two lists are intersected in one walk over both. */
#ifndef INVERTED_H
#define INVERTED_H

#include "objects/dict.h"
#include "objects/list.h"
#include "objects/words.h"

typedef struct IndexedLine {
    Text *text;
    uint64_t number; /* from 1 */
} IndexedLine;
refs(IndexedLine, text);

typedef struct Inverted {
    List *lines;
    Dict *occurrences; /* Texts, each with a List of IndexedLines */
} Inverted;
refs(Inverted, lines, occurrences);

static inline Inverted *new_inverted(void)
{
    local(Inverted) index = new(Inverted);
    put(index->lines, new(List));
    put(index->occurrences, new(Dict));
    return give(index);
}

static inline void inverted_add_word(Inverted *index, Span word, IndexedLine *line)
{
    local(Text) key = word_text(word);
    List *known = dict_get(index->occurrences, key, texts);
    if (!known) {
        known = new(List);
        dict_put(index->occurrences, share(key), known, texts);
    }
    if (known->length == 0 || list_last(known) != line)
        list_append(known, share(line));
}

/* Returns how many words the line has. */
static inline uint64_t inverted_add_line(Inverted *index, Span text)
{
    local(IndexedLine) line = new(IndexedLine);
    put(line->text, text_of(text.at, text.length));
    list_append(index->lines, share(line));
    line->number = index->lines->length;
    uint64_t words = 0;
    for (Span word; next_word(&text, &word); words++)
        inverted_add_word(index, word, line);
    return words;
}

static inline List *inverted_intersection(const List *a, const List *b)
{
    local(List) both = new(List);
    for (size_t i = 0, j = 0; i < a->length && j < b->length;) {
        IndexedLine *x = list_get(a, i), *y = list_get(b, j);
        if (x == y)
            list_append(both, share(x));
        i += x->number <= y->number;
        j += y->number <= x->number;
    }
    return give(both);
}

/* The lines that have all these words, in their order, owned; no lines where there are no words. */
static inline List *inverted_find(const Inverted *index, Span words)
{
    local(List) found = NULL;
    for (Span word; next_word(&words, &word);) {
        local(Text) key = word_text(word);
        List *lines = dict_get(index->occurrences, key, texts);
        if (!lines)
            return new(List);
        put(found, found ? inverted_intersection(found, lines) : share(lines));
    }
    return found ? give(found) : new(List);
}

#endif
