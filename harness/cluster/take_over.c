#include "take_over.h"

#include "block_draft.h"
#include "block_folder.h"
#include "digest.h"
#include "durable.h"
#include "fail.h"
#include "memory.h"
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

/* Who has the lock is alone, so the draft may have one name, and what a merge left behind that was killed is written again. */
void take_over(const char *from, const char *run_folder, size_t block)
{
    char *name = text_format("%04zu.merge", block), *folder = block_folder(run_folder, block);
    const char *draft = block_draft_begin(run_folder, name);
    for (const char *const *file = block_files; *file; file++) {
        char *old = block_file(from, block, *file), *new = text_format("%s/%s", draft, *file);
        copy(old, new);
        free(old);
        free(new);
    }
    if (!block_draft_move(folder) || !durable_name(folder))
        fail("cannot make %s of what was copied from %s: %s", folder, from, strerror(errno));
    free(folder);
    free(name);
}
