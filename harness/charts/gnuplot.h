/* Has gnuplot draw pictures. */
#ifndef RECLAIM_GNUPLOT_H
#define RECLAIM_GNUPLOT_H

#include "views.h"
#include "plot.h"

/* One picture in the making. gnuplot draws into `unfinished`, which becomes `svg` when it is whole. */
typedef struct Picture {
    const char *script, *data;
    char *svg, *unfinished, *complaints;
} Picture;

/* `pauses.svg`, or of a class `pauses.technique_2.svg`. The caller frees it. */
char *picture_name(const Plot *plot, const View *view);

/* The plot's picture of the view, in the folder `charts`. */
Picture picture_new(const Plot *plot, const View *view, const char *charts);
void picture_free(Picture *picture);

/* Draws them, two at a time. What goes wrong with one ends the program with one sentence, and leaves its last good picture,
 * and those that were not begun, as they were. */
void pictures_draw(const char *gnuplot, const Picture *picture, size_t count);

#endif
