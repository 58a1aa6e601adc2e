/* Index: an inverted index of a text, from each word to the lines that it occurs in, built, asked and dropped, n times over. A
 * question is a line drawn at random: which lines have all of its words? Their lists of lines are intersected, one by one.
 * Stresses many lists of very different lengths that share what they hold, and short-lived lists beside a large live set. What
 * search engines do.
 * Not good for: comparing index structures; nobody keeps lists of references on disk. */
#include "workload.h"

#include "objects/inverted.h"
#include "objects/rounds.h"

enum { QUESTIONS = 100 };

static Inverted *index_of(Span text)
{
    local(Inverted) index = new_inverted();
    while (text.length > 0)
        operations += inverted_add_line(index, span_take_line(&text));
    return give(index);
}

static uint64_t add_answer(uint64_t checksum, const List *found)
{
    for (size_t i = 0; i < found->length; i++) {
        IndexedLine *line = list_get(found, i);
        checksum = checksum * 31 + text_checksum(line->text) + line->number;
    }
    return checksum;
}

static uint64_t one_round(Span text)
{
    local(Inverted) index = index_of(text);
    uint64_t checksum = index->occurrences->count;
    Random random = random_salted(0);
    for (int i = 0; i < QUESTIONS; i++) {
        IndexedLine *asked = list_get(index->lines, random_below(&random, index->lines->length));
        local(List) found = inverted_find(index, (Span){ asked->text->at, asked->text->length });
        checksum = add_answer(checksum, found);
    }
    return checksum;
}

static uint64_t inverted(uint64_t n)
{
    return rounds(n, one_round);
}

static void read_words(void)
{
    read_input();
    words_check(input);
}

WORKLOAD(index, REAL, SIZES(1, 2, 20), "which lines of a text have all of some words", VARIANT(inverted));
INPUT("/usr/share/unicode/NamesList.txt", "/usr/share/unicode/ucd/NamesList.txt");
PREPARE(read_words);
