#include "block_source.h"

#include "block_folder.h"
#include "clean.h"
#include "fail.h"
#include "memory.h"
#include "text_pool.h"
#include "words.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The number that the name says in the way in which it is written; 0 when it says none. */
static uint64_t number_in(const char *name)
{
    uint64_t number;
    if (!parse_natural(name, &number))
        return 0;
    char *written = text_format("%04" PRIu64, number);
    bool same = texts_equal(written, name);
    free(written);
    return same ? number : 0;
}

static void must_be_folder(const char *folder, size_t block)
{
    struct stat found;
    char *path = block_folder(folder, block);
    if (lstat(path, &found) != 0)
        fail("%s: %s", path, strerror(errno));
    if (!S_ISDIR(found.st_mode))
        fail("%s is no folder, and so no block", path);
    free(path);
}

static void say_passed_over(const char *folder, char *name)
{
    clean_text(name);
    notice("%s/blocks/%s is called like no block, and is passed over", folder, name);
}

static void add(BlockSource *source, char *name, size_t blocks)
{
    uint64_t number = number_in(name);
    if (number == 0) {
        say_passed_over(source->folder, name);
        return;
    }
    if (number > blocks)
        fail("%s/blocks/%s: the run has %zu blocks", source->folder, name, blocks);
    must_be_folder(source->folder, number);
    source->has[number] = true;
}

BlockSource block_source_open(const char *folder, size_t blocks)
{
    BlockSource source = { .folder = folder, .has = memory_new(blocks + 1, sizeof *source.has) };
    char *path = text_format("%s/blocks", folder);
    DIR *listing = opendir(path);
    if (listing == NULL)
        fail("%s is no run in shards: %s: %s", folder, path, strerror(errno));
    errno = 0;
    for (struct dirent *entry; (entry = readdir(listing)); errno = 0)
        if (*entry->d_name != '.')
            add(&source, entry->d_name, blocks);
    if (errno)
        fail("%s: %s", path, strerror(errno));
    closedir(listing);
    free(path);
    return source;
}

void block_source_close(BlockSource *source)
{
    free(source->has);
    *source = (BlockSource){ 0 };
}
