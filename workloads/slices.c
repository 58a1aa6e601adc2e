/* Slices: n messages of 256 KiB come in and are cut into pieces of 16, 64, 256, 1024 and 4096 bytes in turn, which are looked
 * at and let go; the first 16 bytes of a message, its name, are kept to the end.
 * Figures: picoseconds a piece, by its length. copy: pieces and names are copies; view: pieces are views and names are copies;
 * kept_view: names are views, too, and so keep all messages. Only the cutting is in a region: an arena keeps the messages in
 * all three.
 * Stresses objects up to 4 KiB that die at once, and small references to large objects.
 * After the articles' "slicing makes views of arrays".
 * Not good for: programs that read what they cut; of a piece only the first and the last byte are looked at. */
#include "workload.h"

#include "objects/list.h"
#include "objects/pieces.h"
#include "objects/view.h"

enum { MESSAGE = 256 << 10, NAME = 16 };

static uint64_t cut_into_copies(Buffer *message, size_t length)
{
    uint64_t sum = 0;
    for (size_t at = 0; at < MESSAGE; at += length) {
        local(Buffer) piece = buffer_slice(message, at, length);
        sum = sum * 3 + look_at(piece->at, piece->length);
    }
    return sum;
}

static uint64_t cut_into_views(Buffer *message, size_t length)
{
    uint64_t sum = 0;
    for (size_t at = 0; at < MESSAGE; at += length) {
        local(View) piece = view_of(message, at, length);
        sum = sum * 3 + look_at(view_bytes(piece), piece->length);
    }
    return sum;
}

static uint64_t receive(uint64_t n, Cut *cut, bool keep_views)
{
    local(List) names = new(List);
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i++) {
        local(Buffer) message = buffer_filled(MESSAGE, cell_seed + i);
        sum += cut_at_all_lengths(message, cut);
        list_append(names, keep_views ? view_of(message, 0, NAME) : view_of_copy(message, 0, NAME));
    }
    for (size_t i = 0; i < n; i++)
        sum = sum * 3 + look_at(view_bytes(list_get(names, i)), NAME);
    pieces_report(n * MESSAGE);
    operations += n;
    return sum;
}

static uint64_t copy(uint64_t n) { return receive(n, cut_into_copies, false); }
static uint64_t view(uint64_t n) { return receive(n, cut_into_views, false); }
static uint64_t kept_view(uint64_t n) { return receive(n, cut_into_views, true); }

WORKLOAD(slices, TECHNIQUE, SIZES(60, 400, 1500), "pieces of buffers: copies, views, and views that keep a buffer alive",
    VARIANT(copy, STREAMS),
    VARIANT(view, STREAMS, REPEATED(2)),
    VARIANT(kept_view));
