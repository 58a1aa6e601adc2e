/* Lines: a checksum over every line of a text file, n times over. list: all lines are read into a list, then looked at;
 * generator: a line is read when it is asked for. objects/lines.h says what a line is.
 * Stresses short texts, held or passed on, beside what reading itself costs, the same for both.
 * After the articles' advice to go through a large file line by line, and not by readlines(). The usual text is the Unicode
 * Standard's list of names: 55,054 lines of 30 bytes on average in version 15.0.
 * Not good for: disks; after the first time the file comes from the system's cache. Nor for what a generator saves at its best:
 * this file is small beside a program. */
#include "workload.h"

#include "objects/adler32.h"
#include "objects/lines.h"
#include "objects/list.h"

static uint64_t fold(uint64_t checksum, const Text *line)
{
    return checksum * 31 + adler32(line->at, line->length);
}

static uint64_t list(uint64_t n)
{
    uint64_t checksum = 0;
    for (uint64_t round = 0; round < n; round++)
        region {
            local(List) lines = new(List);
            each (Text, line, Lines, .file = cell_input)
                list_append(lines, share(line));
            for (size_t i = 0; i < lines->length; i++)
                checksum = fold(checksum, list_get(lines, i));
            operations += lines->length;
        }
    return checksum;
}

static uint64_t generator(uint64_t n)
{
    uint64_t checksum = 0, lines = 0;
    for (uint64_t round = 0; round < n; round++)
        region
            each (Text, line, Lines, .file = cell_input) {
                checksum = fold(checksum, line);
                lines++;
            }
    operations += lines;
    return checksum;
}

WORKLOAD(lines, TECHNIQUE, SIZES(2, 24, 250), "a checksum over every line of a text file",
    VARIANT(list),
    VARIANT(generator, STREAMS));
INPUT("/usr/share/unicode/NamesList.txt", "/usr/share/unicode/ucd/NamesList.txt");
