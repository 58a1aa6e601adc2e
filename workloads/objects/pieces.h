/* pieces: what it takes to cut a buffer into pieces of 16, 64, 256, 1024 and 4096 bytes, by their length. In plain memory; two
 * looks at the clock for each length. */
#ifndef PIECES_H
#define PIECES_H

#include "objects/buffer.h"

typedef uint64_t Cut(Buffer *buffer, size_t length); /* into pieces of this length; what they come to */

static struct PieceLength {
    size_t bytes;
    const char *figure;
    uint64_t ns; /* for all pieces of this length */
} piece_lengths[] = {
    { 16, "piece_16_ps", 0 }, { 64, "piece_64_ps", 0 }, { 256, "piece_256_ps", 0 },
    { 1024, "piece_1024_ps", 0 }, { 4096, "piece_4096_ps", 0 }, { 0 },
};

/* Each length in a region. */
static uint64_t cut_at_all_lengths(Buffer *buffer, Cut *cut)
{
    uint64_t sum = 0;
    for (struct PieceLength *l = piece_lengths; l->bytes; l++) {
        uint64_t begun = clock_ns();
        region
            sum += cut(buffer, l->bytes);
        l->ns += clock_ns() - begun;
    }
    return sum;
}

/* Tells the row how long a piece took, and begins again. So many bytes have been cut, at each length. */
static void pieces_report(uint64_t bytes)
{
    for (struct PieceLength *l = piece_lengths; l->bytes; l++) {
        cell_figure(l->figure, l->ns * 1000 / (bytes / l->bytes));
        l->ns = 0;
    }
}

static inline uint64_t look_at(const uint8_t *piece, size_t length)
{
    return UINT64_C(256) * piece[0] + piece[length - 1];
}

#endif
