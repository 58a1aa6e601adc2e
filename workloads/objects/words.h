/* words: the words of a text. A word is a run of ASCII letters and digits and of all characters beyond ASCII, as long as can
 * be; its capitals A to Z are made small, and no others. So it is made of whole characters wherever the text is, and
 * re.findall(rb"[0-9A-Za-z\x80-\xff]+", bytes) with lower() finds the same in Python. */
#ifndef WORDS_H
#define WORDS_H

#include "objects/span.h"
#include "objects/text.h"

static inline bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool is_of_word(char c)
{
    return is_capital(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* The next word, as it is written; false when there is none any more. */
static inline bool next_word(Span *rest, Span *word)
{
    size_t from = 0;
    while (from < rest->length && !is_of_word(rest->at[from]))
        from++;
    size_t end = from;
    while (end < rest->length && is_of_word(rest->at[end]))
        end++;
    span_take(rest, from);
    *word = span_take(rest, end - from);
    return word->length > 0;
}

/* Ends the run where the text that has been read has no word, and there is no work to do. */
static inline void words_check(Span text)
{
    Span word;
    if (!next_word(&text, &word))
        bad_input(cell_input, 0, 0, "it has no word");
}

/* A text of the word, in small letters; owned. */
static inline Text *word_text(Span word)
{
    Text *text = text_of(word.at, word.length);
    for (size_t i = 0; i < text->length; i++)
        if (is_capital(text->at[i]))
            text->at[i] += 'a' - 'A';
    return text;
}

/* The words of these bytes, one by one. */
GENERATOR(Words, Text, Span rest, word)
{
    start;
    while (next_word(&self->rest, &self->word)) {
        put(self->item, word_text(self->word));
        yield(self->item);
    }
    finish;
}

#endif
