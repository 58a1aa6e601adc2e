#include "merging.h"

#include "block_numbers.h"
#include "block_folder.h"
#include "block_source.h"
#include "durable.h"
#include "fail.h"
#include "file_lock.h"
#include "hosts_section.h"
#include "lockstep.h"
#include "memory.h"
#include "take_over.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- The run, and where its blocks are ------------------------------------------------------------------------------ */

enum { OWN = 0 }; /* the source that is the run's own folder */

typedef struct Merging {
    const char *folder;
    char *plan_file, *trials_file, *hiccups_file;
    Manifest manifest;
    size_t blocks;
    BlockSource *source;
    size_t sources;
    size_t *chosen; /* of each block, from 1: whose it is; `sources`: nobody's */
    json_t *hosts, *dropped;
    double ended; /* the latest time at which a block did, by the clock of the folder that it was written in; 0: none has */
    TextPool pool;
} Merging;

static size_t planned_blocks(const Manifest *manifest, const char *folder)
{
    const json_t *blocks = json_object_get(json_object_get(manifest->json, "parameters"), "blocks");
    json_int_t count = json_integer_value(blocks);
    if (!manifest_has_plan(manifest) || count < 1 || count > BLOCKS_MAX)
        fail("%s has no plan: begin with `reclaim bench --pilot`", folder);
    return (size_t)count;
}

static Manifest load_manifest(const char *folder)
{
    char *file = text_format("%s/manifest.json", folder);
    if (access(file, F_OK) != 0)
        fail("%s is no run: there is no manifest.json in it", folder);
    Manifest manifest = manifest_load(file);
    free(file);
    return manifest;
}

static Merging open_run(const char *const *folder, size_t folders)
{
    Merging merging = {
        .folder = folder[0], .manifest = load_manifest(folder[0]), .plan_file = text_format("%s/plan.csv", folder[0]),
        .trials_file = text_format("%s/trials.csv", folder[0]), .hiccups_file = text_format("%s/hiccups.csv", folder[0]),
        .sources = folders, .hosts = json_object(), .dropped = json_array(),
    };
    merging.blocks = planned_blocks(&merging.manifest, folder[0]);
    manifest_check_plan(&merging.manifest, folder[0], merging.plan_file);
    merging.source = memory_new(folders, sizeof *merging.source);
    merging.chosen = memory_new(merging.blocks + 1, sizeof *merging.chosen);
    for (size_t i = 0; i < folders; i++)
        merging.source[i] = block_source_open(folder[i], merging.blocks);
    return merging;
}

static void free_merging(Merging *merging)
{
    for (size_t i = 0; i < merging->sources; i++)
        block_source_close(&merging->source[i]);
    free(merging->source);
    free(merging->chosen);
    free(merging->plan_file);
    free(merging->trials_file);
    free(merging->hiccups_file);
    json_decref(merging->dropped);
    manifest_free(&merging->manifest);
    text_pool_free(&merging->pool);
}

/* ---- Of each block the one that stays ------------------------------------------------------------------------------- */

static void drop(Merging *merging, size_t block, const BlockFacts *facts, const BlockFacts *kept)
{
    json_t *dropped = json_pack("{s:I,s:s,s:s,s:s}", "block", (json_int_t)block, "host", facts->host, "attempt",
                                facts->attempt, "kept", kept->host);
    json_array_append_new(merging->dropped, dropped);
}

/* The same attempt is a copy, which must be a true one. */
static void look_at_another(Merging *merging, size_t source, size_t block, const BlockFacts *kept)
{
    const char *folder = merging->source[source].folder, *other = merging->source[merging->chosen[block]].folder;
    BlockFacts facts = block_facts_read(folder, block);
    block_facts_must_suit(&facts, &merging->manifest);
    if (!block_facts_same_attempt(&facts, kept))
        drop(merging, block, &facts, kept);
    else if (!blocks_are_same(folder, other, block))
        fail("%s/blocks/%04zu is not what %s/blocks/%04zu is, though both are attempt %s of %s", folder, block, other, block,
             facts.attempt, facts.host);
    block_facts_free(&facts);
}

static void keep(Merging *merging, size_t block, const BlockFacts *facts)
{
    double ahead_s = json_number_value(json_object_get(facts->json, "clock_offset_s"));
    double ended = time_of_json(json_object_get(facts->json, "ended"));
    if (isnan(ended))
        fail("%s: `ended` is no time", facts->file);
    merging->ended = fmax(merging->ended, ended - ahead_s);
    hosts_add(merging->hosts, facts, block);
}

static size_t first_that_has(const Merging *merging, size_t block)
{
    size_t source = OWN;
    while (source < merging->sources && !merging->source[source].has[block])
        source++;
    return source;
}

/* Returns the host of the block; NULL when nobody has it. */
static const char *choose(Merging *merging, size_t block)
{
    size_t chosen = merging->chosen[block] = first_that_has(merging, block);
    if (chosen == merging->sources)
        return NULL;
    BlockFacts facts = block_facts_read(merging->source[chosen].folder, block);
    block_facts_must_suit(&facts, &merging->manifest);
    for (size_t other = chosen + 1; other < merging->sources; other++)
        if (merging->source[other].has[block])
            look_at_another(merging, other, block, &facts);
    keep(merging, block, &facts);
    const char *host = intern(&merging->pool, facts.host);
    block_facts_free(&facts);
    return host;
}

/* ---- The rows of all blocks ------------------------------------------------------------------------------------------ */

/* What is written under other names until all of it was looked at. */
static struct Drafts {
    Durable trials, hiccups;
} drafts;

/* A refusal leaves nothing behind. */
static void remove_drafts(void)
{
    if (drafts.trials.draft)
        unlink(drafts.trials.draft);
    if (drafts.hiccups.draft)
        unlink(drafts.hiccups.draft);
}

static void begin_drafts(const Merging *merging)
{
    if (atexit(remove_drafts) != 0)
        fail("no memory for what is to be done at the end");
    drafts.trials = durable_begin(merging->trials_file);
    drafts.hiccups = durable_begin(merging->hiccups_file);
    rows_write_header(drafts.trials.out, &trial_layout);
    rows_write_header(drafts.hiccups.out, &hiccups_layout);
}

static void write_hiccups(const Merging *merging, size_t block, const char *host)
{
    TextPool pool = { 0 };
    char *file = block_file(merging->source[merging->chosen[block]].folder, block, "hiccups.csv");
    RowReader reader = row_reader_open(file, &hiccups_layout);
    while (row_reader_next(&reader)) {
        Hiccups hiccups;
        row_reader_parse(&reader, 0, &hiccups, &pool);
        if (!texts_equal(hiccups.host, host))
            fail("%s:%zu: column host: `%s`, but host.json says `%s`", file, reader.record.line, hiccups.host, host);
        csv_write_record(drafts.hiccups.out, &reader.record);
    }
    row_reader_close(&reader);
    free(file);
    text_pool_free(&pool);
}

/* What counting has added to a run that was merged before belongs to no block. */
static void keep_hiccups_of_counting(const Merging *merging)
{
    TextPool pool = { 0 };
    Sheet before = sheet_load_if_there(merging->folder, "hiccups.csv", &hiccups_layout, &pool);
    const Hiccups *hiccups = before.row;
    for (size_t i = 0; i < before.rows; i++)
        if (strstr(hiccups[i].moment, "counting"))
            rows_write(drafts.hiccups.out, &hiccups_layout, &hiccups[i]);
    sheet_free(&before);
    text_pool_free(&pool);
}

static void write_rows(Merging *merging)
{
    Lockstep lockstep = lockstep_begin(merging->plan_file);
    for (size_t block = 1; block <= merging->blocks; block++) {
        const char *host = choose(merging, block);
        if (host == NULL) {
            lockstep_skip(&lockstep, block);
            continue;
        }
        char *file = block_file(merging->source[merging->chosen[block]].folder, block, "trials.csv");
        lockstep_write(&lockstep, block, file, host, drafts.trials.out);
        write_hiccups(merging, block, host);
        free(file);
    }
    lockstep_end(&lockstep);
    keep_hiccups_of_counting(merging);
}

/* ---- What came of it ------------------------------------------------------------------------------------------------- */

static bool has_element(const json_t *array, const json_t *wanted)
{
    size_t i;
    json_t *element;
    json_array_foreach(array, i, element)
        if (json_equal(element, wanted))
            return true;
    return false;
}

/* What was dropped once was dropped, though the folder is not named again. */
static void tell_dropped(Merging *merging)
{
    size_t i;
    json_t *dropped, *told = json_object_get(merging->manifest.json, "dropped");
    json_array_foreach(merging->dropped, i, dropped) {
        long long block = json_integer_value(json_object_get(dropped, "block"));
        notice("block %lld of %s is dropped, for that of %s stays", block, json_string_value(json_object_get(dropped, "host")),
               json_string_value(json_object_get(dropped, "kept")));
        if (!has_element(told, dropped))
            json_array_append(told, dropped);
    }
}

static void tell_missing(Merging *merging, const Merged *merged)
{
    json_t *manifest = merging->manifest.json;
    char *numbers = block_numbers(merged->missing, merged->blocks);
    if (merged->lacking > 0)
        json_object_set_new(manifest, "missing_blocks", json_string(numbers));
    else
        json_object_del(manifest, "missing_blocks");
    json_object_set_new(manifest, "ended", merged->lacking > 0 ? json_null() : time_to_json(lround(merging->ended)));
    free(numbers);
}

static Merged count_missing(const BlockSource *source, size_t sources, size_t blocks)
{
    Merged merged = { .blocks = blocks, .missing = memory_new(blocks + 1, sizeof *merged.missing) };
    for (size_t block = 1; block <= blocks; block++) {
        merged.missing[block] = true;
        for (size_t i = 0; i < sources; i++)
            merged.missing[block] &= !source[i].has[block];
        merged.lacking += merged.missing[block];
    }
    return merged;
}

static void save_manifest(Merging *merging, const Merged *merged)
{
    if (json_array_size(merging->dropped) > 0 && !json_object_get(merging->manifest.json, "dropped"))
        json_object_set_new(merging->manifest.json, "dropped", json_array());
    tell_dropped(merging);
    tell_missing(merging, merged);
    manifest_set_trials(&merging->manifest, merging->trials_file);
    hosts_number_blocks(merging->hosts, merging->blocks);
    manifest_set_hosts(&merging->manifest, merging->hosts);
    manifest_save(&merging->manifest);
}

/* Blocks first: whoever is killed after them has lost nothing. */
static void take_over_new_blocks(const Merging *merging)
{
    for (size_t block = 1; block <= merging->blocks; block++) {
        size_t chosen = merging->chosen[block];
        if (chosen != OWN && chosen < merging->sources)
            take_over(merging->source[chosen].folder, merging->folder, block);
    }
}

Merged merge_folders(const char *const *folder, size_t folders)
{
    int lock = folder_lock(folder[0]);
    Merging merging = open_run(folder, folders);
    begin_drafts(&merging);
    write_rows(&merging);
    take_over_new_blocks(&merging);
    durable_end(&drafts.trials);
    durable_end(&drafts.hiccups);
    Merged merged = count_missing(merging.source, merging.sources, merging.blocks);
    merged.hosts = json_object_size(merging.hosts);
    save_manifest(&merging, &merged);
    free_merging(&merging);
    close(lock);
    return merged;
}

Merged merge_look(const char *folder)
{
    Manifest manifest = load_manifest(folder);
    size_t blocks = planned_blocks(&manifest, folder);
    BlockSource source = block_source_open(folder, blocks);
    Merged merged = count_missing(&source, 1, blocks);
    block_source_close(&source);
    manifest_free(&manifest);
    return merged;
}

void merged_free(Merged *merged)
{
    free(merged->missing);
    *merged = (Merged){ 0 };
}
