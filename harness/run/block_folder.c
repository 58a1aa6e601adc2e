#include "block_folder.h"

#include "durable.h"
#include "fail.h"
#include "host.h"
#include "ledger.h"
#include "memory.h"
#include "path.h"
#include "words.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
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

static const char *const draft_files[] = { "trials.csv", "trials.csv.draft", "hiccups.csv", "hiccups.csv.draft", "host.json",
                                           "host.json.draft" };

/* One at a time: whatever ends the program takes it away. */
static char *draft;

static void remove_draft(void)
{
    if (draft)
        folder_remove(draft, draft_files, sizeof draft_files / sizeof *draft_files);
    free(draft);
    draft = NULL;
}

static void begin_draft(const char *run_folder, const Block *block)
{
    static bool is_watched;
    char *blocks = text_format("%s/blocks", run_folder);
    const char *host = json_string_value(json_object_get(block->attempt, "host"));
    folder_make(blocks);
    draft = text_format("%s/.%04zu.%s.%ld", blocks, block->number, host, (long)getpid());
    if (!is_watched && atexit(remove_draft) != 0)
        fail("no memory for what has to be done at the end");
    is_watched = true;
    folder_make(draft);
    free(blocks);
}

static void write_hiccups(const Block *block, TextPool *pool)
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

/* By how much the clock on this machine's wall is ahead of that of the shared folder, which dates the file. */
static json_t *clock_offset(const char *just_written)
{
    struct timespec now;
    struct stat found;
    clock_gettime(CLOCK_REALTIME, &now);
    if (stat(just_written, &found) != 0)
        return json_null();
    return json_real((double)(now.tv_sec - found.st_mtim.tv_sec) + (double)(now.tv_nsec - found.st_mtim.tv_nsec) * 1e-9);
}

static void write_draft(const Block *block, TextPool *pool)
{
    char *trials = text_format("%s/trials.csv", draft), *host = text_format("%s/host.json", draft);
    ledger_create(trials, block->tried, block->trials);
    json_object_set_new(block->attempt, "clock_offset_s", clock_offset(trials));
    write_hiccups(block, pool);
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
        folder_remove(dead, draft_files, sizeof draft_files / sizeof *draft_files);
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
static bool move_draft(const char *run_folder, const Block *block)
{
    char *folder = block_folder(run_folder, block->number);
    bool published = rename(draft, folder) == 0;
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
    begin_draft(run_folder, block);
    write_draft(block, pool);
    if (!move_draft(run_folder, block)) {
        say_who_was_first(run_folder, block);
        remove_draft();
        return false;
    }
    free(draft);
    draft = NULL;
    return true;
}
