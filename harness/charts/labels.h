/* Names beside the points of a scatter chart.
 *
 * Readers follow a name at its point faster than a legend, as long as no name covers another. gnuplot knows no such thing,
 * so the places are found here, in pixels from the lower left corner of the panel. */
#ifndef RECLAIM_LABELS_H
#define RECLAIM_LABELS_H

#include <stdbool.h>
#include <stddef.h>

enum { LABEL_HEIGHT = 12 };  /* pixels: a line of text of 10 pixels */

typedef struct Box {
    double left, bottom, right, top;
} Box;

typedef struct Label {
    double x, y;   /* the point that is named */
    Box whiskers;  /* the point with its intervals */
    double width;  /* of the name, see label_width */
    int side;      /* found: the name begins (1), is centred (0) or ends (-1) at ... */
    double at_x, at_y;  /* found: ... this place, half way up the text */
    bool apart;    /* found: so far from the point that a line must lead to it */
} Label;

/* Pixels that a text takes in the widest of the usual sans-serif faces. */
double label_width(const char *text);

typedef struct Line {
    double x, y, to_x, to_y;
} Line;

/* What the names share a panel with. */
typedef struct Surroundings {
    Box panel;  /* that holds all names */
    Box *taken; /* what no name should cover */
    size_t boxes;
    Line *line; /* nor what is drawn from point to point */
    size_t lines;
} Surroundings;

/* Finds a place for each of the labels, clear of points, whiskers, lines, other names and what is taken. Where there are
 * more names than room, some overlap. */
void place_labels(Label *labels, size_t count, const Surroundings *around);

#endif
