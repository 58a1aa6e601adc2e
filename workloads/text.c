/* Text: the numbers below n in decimal digits, one after the other, in one text.
 * concatenate: each is added to the text so far in a new text, so that bytes in the order of n squared are copied; join: they
 * are kept in a list, and the text is made of it at the end.
 * append: the text so far is resized, for nobody else holds it: what CPython makes of text += piece when it can tell
 * (PyUnicode_Append in Objects/unicodeobject.c). How often that copies, the allocator decides.
 * Stresses large objects of ever new sizes (concatenate), their growth (append), and small texts (join).
 * After O. Crow, "Efficient String Concatenation in Python", 2004: numbers as pieces, 20000 of them.
 * Not good for: a few pieces, with which all three take the same time. */
#include "workload.h"

#include "objects/adler32.h"
#include "objects/list.h"
#include "objects/text.h"

static uint64_t checksum_of(const Text *text)
{
    return text->length << 32 | adler32(text->at, text->length);
}

static uint64_t concatenate(uint64_t n)
{
    local(Text) text = new_of(Text, 0);
    for (uint64_t i = 0; i < n; i++) {
        local(Text) piece = text_of_number(i);
        put(text, text_plus(text, piece));
    }
    operations += n;
    return checksum_of(text);
}

static uint64_t append(uint64_t n)
{
    local(Text) text = new_of(Text, 0);
    for (uint64_t i = 0; i < n; i++) {
        local(Text) piece = text_of_number(i);
        text_append(&text, piece);
    }
    operations += n;
    return checksum_of(text);
}

static uint64_t join(uint64_t n)
{
    local(List) pieces = new(List);
    for (uint64_t i = 0; i < n; i++)
        list_append(pieces, text_of_number(i));
    local(Text) text = texts_joined(pieces);
    operations += n;
    return checksum_of(text);
}

WORKLOAD(text, TECHNIQUE, SWEPT(7000, 20000, 36000), "the digits of n numbers in one text",
    VARIANT(concatenate, SUPERLINEAR, REPEATED(4)),
    VARIANT(append, SUPERLINEAR, REPEATED(160)),
    VARIANT(join, REPEATED(200)));
