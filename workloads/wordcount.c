/* Word count: how often each word of a text occurs, n times over; each time a dict from words to numbers is filled and dropped.
 * whole: all words are held in a list, then counted. streamed: a generator makes them one by one, and only a new one is kept.
 * Stresses small texts of all lengths, most of which die at once if they may, and a dict that grows.
 * After the example that MapReduce (Dean and Ghemawat, 2004) and many a Python tutorial begin with. objects/words.h says what a
 * word is; the usual text is the Unicode Standard's list of names, most of whose words occur only once, and few of them very
 * often.
 * Not good for: reading files; this one is read before the clock starts, into plain memory. */
#include "workload.h"

#include "objects/list.h"
#include "objects/rounds.h"
#include "objects/tally.h"
#include "objects/words.h"

static uint64_t count_list(Span text)
{
    local(List) words = new(List);
    each (Text, word, Words, .rest = text)
        list_append(words, share(word));
    local(Dict) counts = new(Dict);
    for (size_t i = 0; i < words->length; i++)
        tally_add(counts, list_get(words, i));
    operations += words->length;
    return tally_checksum(counts);
}

static uint64_t count_stream(Span text)
{
    local(Dict) counts = new(Dict);
    uint64_t words = 0;
    each (Text, word, Words, .rest = text) {
        tally_add(counts, word);
        words++;
    }
    operations += words;
    return tally_checksum(counts);
}

static uint64_t whole(uint64_t n)
{
    return rounds(n, count_list);
}

static uint64_t streamed(uint64_t n)
{
    return rounds(n, count_stream);
}

static void read_words(void)
{
    read_input();
    words_check(input);
}

WORKLOAD(wordcount, REAL, SIZES(1, 3, 40), "how often each word of a text occurs",
    VARIANT(whole),
    VARIANT(streamed, STREAMS, REPEATED(2)));
INPUT("/usr/share/unicode/NamesList.txt", "/usr/share/unicode/ucd/NamesList.txt");
PREPARE(read_words);
