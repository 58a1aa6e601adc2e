#include "take_over.h"

#include "block_folder.h"
#include "digest.h"
#include "durable.h"
#include "fail.h"
#include "memory.h"
#include "path.h"
#include "text_pool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const block_files[] = { "trials.csv", "hiccups.csv", "host.json", NULL };

static Digest digest_of(const char *folder, size_t block, const char *name)
{
    Digest digest;
    char *file = block_file(folder, block, name);
    const char *complaint = digest_file(file, &digest);
    if (complaint)
        fail("%s: %s", file, complaint);
    free(file);
    return digest;
}

bool blocks_are_same(const char *a, const char *b, size_t block)
{
    for (const char *const *name = block_files; *name; name++) {
        Digest of_a = digest_of(a, block, *name), of_b = digest_of(b, block, *name);
        if (!texts_equal(of_a.sha256, of_b.sha256))
            return false;
    }
    return true;
}

/* Of the block that is being copied; whatever ends the program meanwhile takes it away. */
static char *draft;

static void remove_draft(void)
{
    static const char *const names[] = { "trials.csv", "trials.csv.draft", "hiccups.csv", "hiccups.csv.draft", "host.json",
                                         "host.json.draft" };
    if (draft)
        folder_remove(draft, names, sizeof names / sizeof *names);
}

/* Who has the lock is alone, so the draft may have one name, and what a merge left behind that was killed is written again. */
static void begin_draft(const char *run_folder, size_t block)
{
    static bool is_watched;
    if (!is_watched && atexit(remove_draft) != 0)
        fail("no memory for what has to be done at the end");
    is_watched = true;
    draft = text_format("%s/blocks/.%04zu.merge", run_folder, block);
    folder_make(draft);
}

static void copy(const char *from, const char *to)
{
    char piece[1 << 16];
    FILE *in = fopen(from, "re");
    if (in == NULL)
        fail("%s: %s", from, strerror(errno));
    Durable durable = durable_begin(to);
    for (size_t count; (count = fread(piece, 1, sizeof piece, in)) > 0;)
        fwrite(piece, 1, count, durable.out);
    if (ferror(in))
        fail("%s: it cannot be read to its end", from);
    durable_end(&durable);
    fclose(in);
}

/* A folder that is not empty is never replaced by rename. */
static void publish(const char *run_folder, size_t block)
{
    char *folder = block_folder(run_folder, block);
    if (rename(draft, folder) != 0 || !durable_name(folder))
        fail("cannot make %s of %s: %s", folder, draft, strerror(errno));
    free(folder);
}

void take_over(const char *from, const char *run_folder, size_t block)
{
    begin_draft(run_folder, block);
    for (const char *const *name = block_files; *name; name++) {
        char *old = block_file(from, block, *name), *new = text_format("%s/%s", draft, *name);
        copy(old, new);
        free(old);
        free(new);
    }
    publish(run_folder, block);
    free(draft);
    draft = NULL;
}
