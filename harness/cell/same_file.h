/* Whether a file has been left alone between two looks at it, as the runner asks of a run and a cell of its reading. */
#ifndef SAME_FILE_H
#define SAME_FILE_H

#include <stdbool.h>
#include <sys/stat.h>

static inline bool times_equal(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

/* While this is true, so is that the content is the same: who writes into a file changes its st_ctim. */
static inline bool looks_the_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
           times_equal(a->st_mtim, b->st_mtim) && times_equal(a->st_ctim, b->st_ctim);
}

#endif
