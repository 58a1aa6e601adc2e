/* Churn: n rounds of four phases, in each of which objects of another size take over: blocks of 16 to 64 bytes, to 512, to
 * 4 KiB, and buffers of 32 to 96 KiB. In a phase 1 to 5 MiB come to be alive while they replace each other at random; then of
 * each ten all die but one, drawn at random, so that what survives lies scattered among the holes, and the next phase fills
 * these with other sizes.
 * After each phase's growth, and after its shrinking and a full collection, a sample is taken (samples.h).
 * Each place holds one to three pieces, and each of these a block. chains: the last piece refers to none. rings: to the first.
 * nested: chains, and a phase is a region with places of its own.
 * Stresses whatever has to come back to the same memory in each round: size classes, holes between survivors, empty chunks,
 * tables.
 * After P. Larson and M. Krishnan, "Memory allocation for long-running server applications", 1998: a server's memory, whose
 * sizes and amount shift for as long as it runs.
 * Not good for: times. The counted cell, which takes the samples, records every object. */
#include "workload.h"

#include "objects/array.h"
#include "objects/marked_block.h"
#include "stress/samples.h"

enum { PHASES = 4, MOST_PIECES = 3, SURVIVES_ONE_OF = 10 };

/* Two births for each place that a phase uses: five of six are then full, and more than half of what was born is dead. */
typedef struct Phase {
    size_t least_bytes, most_bytes; /* of a block */
    size_t places;
} Phase;

static const Phase phases[PHASES] = { { 16, 64, 8000 }, { 65, 512, 4000 }, { 513, 4096, 900 }, { 32768, 98304, 36 } };
enum { PLACES = 8000, BIRTHS_A_PLACE = 2 };

typedef struct Piece Piece;
struct Piece { Piece *next; MarkedBlock *block; };
refs(Piece, next, block);

/* ---- What is born: the same for every variant ------------------------------------------------------------------------- */

typedef struct Shape {
    size_t pieces;
    BlockShape block[MOST_PIECES];
} Shape;

/* By its number among all births, from 1. */
static Shape shape_of(uint64_t birth, const Phase *phase)
{
    Random random = random_salted(birth);
    Shape shape = { .pieces = 1 + random_below(&random, MOST_PIECES) };
    for (size_t i = 0; i < shape.pieces; i++)
        shape.block[i] = (BlockShape){
            phase->least_bytes + random_below(&random, phase->most_bytes - phase->least_bytes + 1), birth * MOST_PIECES + i,
        };
    return shape;
}

static uint64_t worth_of_shape(const Shape *shape)
{
    uint64_t worth = 0;
    for (size_t i = 0; i < shape->pieces; i++)
        worth = marked_block_fold_shape(worth + shape->block[i].bytes, shape->block[i]);
    return worth;
}

/* ---- Pieces ------------------------------------------------------------------------------------------------------------ */

static Piece *piece_of(BlockShape shape)
{
    Piece *piece = new(Piece);
    put(piece->block, marked_block_of(shape.bytes, shape.mark));
    return piece;
}

static Piece *pieces_of(const Shape *shape, bool ring)
{
    local(Piece) first = piece_of(shape->block[0]);
    Piece *last = first;
    for (size_t i = 1; i < shape->pieces; i++) {
        put(last->next, piece_of(shape->block[i]));
        last = last->next;
    }
    if (ring)
        set(last->next, first);
    return give(first);
}

/* What the pieces are worth, and how much they are. */
static uint64_t read_pieces(const Piece *first, Live *size)
{
    uint64_t worth = 0;
    for (const Piece *piece = first; piece; piece = piece->next == first ? NULL : piece->next) {
        worth = marked_block_fold(worth + piece->block->length, piece->block);
        *size = (Live){ size->objects + 2, size->bytes + sizeof *piece + sizeof *piece->block + piece->block->length };
    }
    return worth;
}

/* ---- Rounds ------------------------------------------------------------------------------------------------------------ */

typedef struct Churn {
    Random place, survivor;
    uint64_t births, checksum;
    Live live;
    bool ring, promised;
} Churn;

static void hold(Churn *churn, const Array *places)
{
    churn->live.objects++;
    churn->live.bytes += sizeof *places + places->length * sizeof *places->at;
}

/* The place comes to hold these pieces, or none; what was in it is read for the last time. */
static void replace(Churn *churn, void **place, Piece *pieces)
{
    Live born = { 0 }, gone = { 0 };
    read_pieces(pieces, &born);
    churn->checksum += read_pieces(*place, &gone);
    churn->live.objects += born.objects - gone.objects;
    churn->live.bytes += born.bytes - gone.bytes;
    put(*place, pieces);
}

static void grow(Churn *churn, Array *places, const Phase *phase)
{
    for (size_t i = 0; i < BIRTHS_A_PLACE * phase->places; i++) {
        Shape shape = shape_of(++churn->births, phase);
        replace(churn, &places->at[random_below(&churn->place, phase->places)], pieces_of(&shape, churn->ring));
    }
}

/* Of each ten places that are full one is left, so that as much survives in each round. */
static void shrink(Churn *churn, Array *places)
{
    uint64_t full = 0, survivor = 0;
    for (size_t i = 0; i < places->length; i++) {
        if (!places->at[i])
            continue;
        if (full % SURVIVES_ONE_OF == 0)
            survivor = full + random_below(&churn->survivor, SURVIVES_ONE_OF);
        if (full++ != survivor)
            replace(churn, &places->at[i], NULL);
    }
}

static void empty(Churn *churn, Array *places)
{
    for (size_t i = 0; i < places->length; i++)
        replace(churn, &places->at[i], NULL);
}

static Churn begin(bool ring, bool promised)
{
    samples_begin();
    return (Churn){ .place = random_salted(0), .survivor = random_salted(UINT64_MAX), .ring = ring, .promised = promised };
}

static uint64_t scattered(uint64_t n, bool ring, bool promised)
{
    Churn churn = begin(ring, promised);
    local(Array) places = new_of(Array, PLACES);
    hold(&churn, places);
    for (uint64_t round = 1; round <= n; round++)
        for (unsigned p = 0; p < PHASES; p++) {
            grow(&churn, places, &phases[p]);
            sample(round, p + 1, "peak", churn.live, promised);
            shrink(&churn, places);
            collect();
            sample(round, p + 1, "low", churn.live, promised);
        }
    empty(&churn, places);
    operations += churn.births;
    return churn.checksum;
}

static uint64_t chains(uint64_t n) { return scattered(n, false, FREES_OBJECTS); }
static uint64_t rings(uint64_t n) { return scattered(n, true, FREES_CYCLES); }

static uint64_t nested(uint64_t n)
{
    Churn churn = begin(false, FREES_REGIONS);
    for (uint64_t round = 1; round <= n; round++)
        for (unsigned p = 0; p < PHASES; p++) {
            region {
                local(Array) places = new_of(Array, PLACES);
                grow(&churn, places, &phases[p]);
                Live live = churn.live;
                hold(&churn, places);
                sample(round, p + 1, "peak", churn.live, churn.promised);
                churn.live = live;
                empty(&churn, places);
            }
            collect();
            sample(round, p + 1, "low", churn.live, churn.promised);
        }
    operations += churn.births;
    return churn.checksum;
}

/* Each birth is read once, whenever it dies. */
static uint64_t worth_of_births(uint64_t n)
{
    uint64_t births = 0, sum = 0;
    for (uint64_t round = 1; round <= n; round++)
        for (const Phase *phase = phases; phase < phases + PHASES; phase++)
            for (size_t i = 0; i < BIRTHS_A_PLACE * phase->places; i++) {
                Shape shape = shape_of(++births, phase);
                sum += worth_of_shape(&shape);
            }
    return sum;
}

WORKLOAD(churn, STRESS, SIZES(4, 40, 4000), "rounds of growing and shrinking, each phase with other sizes",
    VARIANT(chains, STREAMS),
    VARIANT(rings, STREAMS | CYCLIC),
    VARIANT(nested, STREAMS));
REFERENCE(worth_of_births);
