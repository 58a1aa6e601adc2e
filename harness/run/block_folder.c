#include "block_folder.h"

#include "block_draft.h"
#include "durable.h"
#include "fail.h"
#include "folder_clock.h"
#include "host.h"
#include "ledger.h"
#include "memory.h"
#include "path.h"
#include "words.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *block_folder(const char *run_folder, size_t block)
{
    return text_format("%s/blocks/%04zu", run_folder, block);
}

char *block_file(const char *run_folder, size_t block, const char *name)
{
    return text_format("%s/blocks/%04zu/%s", run_folder, block, name);
}

bool block_is_there(const char *run_folder, size_t block)
{
    char *file = block_file(run_folder, block, "host.json");
    bool there = access(file, F_OK) == 0;
    free(file);
    return there;
}

/* ---- The draft ------------------------------------------------------------------------------------------------------- */

static void write_hiccups(const char *draft, const Block *block, TextPool *pool)
{
    char *file = text_format("%s/hiccups.csv", draft);
    Sheet sheet = sheet_load(block->hiccups_file, &hiccups_layout, pool);
    Durable durable = durable_begin(file);
    rows_write_header(durable.out, &hiccups_layout);
    for (size_t i = 0; i < sheet.rows; i++)
        rows_write(durable.out, &hiccups_layout, (const Hiccups *)sheet.row + i);
    durable_end(&durable);
    sheet_free(&sheet);
    free(file);
}

/* No two attempts have the same. */
static const char *begin_draft(const char *run_folder, const Block *block)
{
    const char *host = json_string_value(json_object_get(block->attempt, "host"));
    char *name = text_format("%04zu.%s.%ld", block->number, host, (long)getpid());
    const char *draft = block_draft_begin(run_folder, name);
    free(name);
    return draft;
}

static void write_draft(const char *draft, const Block *block, TextPool *pool)
{
    char *trials = text_format("%s/trials.csv", draft), *host = text_format("%s/host.json", draft);
    ledger_create(trials, block->tried, block->trials);
    double ahead_s = folder_clock_ahead_s(draft);
    json_object_set_new(block->attempt, "clock_offset_s", isnan(ahead_s) ? json_null() : json_real(ahead_s));
    write_hiccups(draft, block, pool);
    host_save(host, block->attempt);
    free(host);
    free(trials);
}

void block_remove_dead_drafts(const char *run_folder, size_t block, const char *host)
{
    char *blocks = text_format("%s/blocks", run_folder), *beginning = text_format(".%04zu.%s.", block, host);
    DIR *listing = opendir(blocks);
    for (struct dirent *entry; listing && (entry = readdir(listing)) != NULL;) {
        uint64_t process;
        bool is_draft = strncmp(entry->d_name, beginning, strlen(beginning)) == 0 &&
                        parse_natural(entry->d_name + strlen(beginning), &process);
        if (!is_draft || kill((pid_t)process, 0) == 0 || errno != ESRCH)
            continue;
        char *dead = text_format("%s/%s", blocks, entry->d_name);
        block_draft_remove(dead);
        free(dead);
    }
    if (listing)
        closedir(listing);
    free(beginning);
    free(blocks);
}

/* ---- Its place ------------------------------------------------------------------------------------------------------- */

/* A rename over a network may be done and still be told to have failed, when the answer was lost and it was asked for again. */
static bool is_ours(const char *run_folder, const Block *block)
{
    char *file = block_file(run_folder, block->number, "host.json");
    json_t *there = host_load(file);
    bool ours = host_same_attempt(there, block->attempt);
    json_decref(there);
    free(file);
    return ours;
}

static void say_who_was_first(const char *run_folder, const Block *block)
{
    char *file = block_file(run_folder, block->number, "host.json");
    json_t *there = host_load(file);
    const char *host = json_string_value(json_object_get(there, "host"));
    notice("block %zu is there already, from %s: what was measured of it here is dropped", block->number,
           host ? host : "another attempt");
    json_decref(there);
    free(file);
}

/* rename replaces no folder that has something in it: the first comes, and stays. */
static bool move_draft(const char *draft, const char *run_folder, const Block *block)
{
    char *folder = block_folder(run_folder, block->number);
    bool published = block_draft_move(folder);
    int error = errno;
    if (!published)
        published = is_ours(run_folder, block);
    if (!published && !block_is_there(run_folder, block->number))
        fail("cannot make %s of %s: %s", folder, draft, strerror(error));
    if (published && !durable_name(folder))
        fail("cannot write %s: %s", folder, strerror(errno));
    free(folder);
    return published;
}

bool block_publish(const char *run_folder, const Block *block, TextPool *pool)
{
    block_remove_dead_drafts(run_folder, block->number, json_string_value(json_object_get(block->attempt, "host")));
    const char *draft = begin_draft(run_folder, block);
    write_draft(draft, block, pool);
    bool published = move_draft(draft, run_folder, block);
    if (!published)
        say_who_was_first(run_folder, block);
    block_draft_drop();
    return published;
}
