/* A run's page: index.html in its folder, made of the files there. It needs no network and moves with its folder. */
#ifndef RECLAIM_PAGE_H
#define RECLAIM_PAGE_H

/* Writes the page. A file that is missing is a section that says how to make it; one that is damaged ends the program with a
 * sentence that names file, line and column, and leaves the page as it was. `plots` is the folder of the scripts that drew the
 * charts. */
void page_write(const char *run_folder, const char *plots);

#endif
