#include "block_draft.h"

#include "fail.h"
#include "memory.h"
#include "path.h"

#include <stdio.h>
#include <stdlib.h>

static char *draft;

void block_draft_remove(const char *folder)
{
    static const char *const names[] = { "trials.csv", "trials.csv.draft", "hiccups.csv", "hiccups.csv.draft", "host.json",
                                         "host.json.draft" };
    folder_remove(folder, names, sizeof names / sizeof *names);
}

static void forget(void)
{
    free(draft);
    draft = NULL;
}

void block_draft_drop(void)
{
    if (draft)
        block_draft_remove(draft);
    forget();
}

const char *block_draft_begin(const char *run_folder, const char *name)
{
    static bool is_watched;
    char *blocks = text_format("%s/blocks", run_folder);
    folder_make(blocks);
    if (!is_watched && atexit(block_draft_drop) != 0)
        fail("no memory for what has to be done at the end");
    is_watched = true;
    draft = text_format("%s/.%s", blocks, name);
    folder_make(draft);
    free(blocks);
    return draft;
}

bool block_draft_move(const char *folder)
{
    if (rename(draft, folder) != 0)
        return false;
    forget();
    return true;
}
