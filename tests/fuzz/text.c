/* Under: refcount */
/* The readers of plain text that workloads have in two variants: lines read from a file are those that stand in memory, and
 * words counted one by one are as many as those that were held in a list first. Every object is let go of. */
#include "../../workloads/wordcount.c"

#include "fuzz.h"
#include "objects/inverted.h"
#include "objects/lines.h"

static void compare_lines(void)
{
    Span rest = input;
    each (Text, line, Lines, .file = FUZZ_FILE) {
        if (rest.length == 0)
            fuzz_finding("a line too many");
        Span wanted = span_take_line(&rest);
        if (line->length != wanted.length || memcmp(line->at, wanted.at, wanted.length) != 0)
            fuzz_finding("a line is another one");
    }
    if (rest.length > 0)
        fuzz_finding("a line is missing");
}

/* Every line that has a word is found by all of its words. */
static void find_lines(void)
{
    local(Inverted) index = new_inverted();
    for (Span rest = input; rest.length > 0;)
        inverted_add_line(index, span_take_line(&rest));
    for (size_t i = 0; i < index->lines->length && i < 20; i++) {
        IndexedLine *line = list_get(index->lines, i);
        Span bytes = { line->text->at, line->text->length }, rest = bytes, word;
        local(List) found = inverted_find(index, bytes);
        bool is_found = !next_word(&rest, &word);
        for (size_t j = 0; j < found->length; j++)
            is_found |= list_get(found, j) == line;
        if (!is_found)
            fuzz_finding("line %zu is not found by its words", i + 1);
    }
}

static void run(void *path)
{
    input_check(path);
    compare_lines();
    find_lines();
    words_check(input);
    if (whole(1) != streamed(1))
        fuzz_finding("words that are held are counted otherwise than words one by one");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length == 0) /* is refused with its file left open, of which there can be a thousand */
        return 0;
    input = (Span){ (const char *)bytes, length };
    fuzz_file(bytes, length);
    fuzz_passes(run, (void *)fuzz_path(bytes, length));
    return 0;
}
