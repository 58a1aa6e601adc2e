/* A chart's SVG, as far as the page has to know it. */
#ifndef RECLAIM_PICTURE_H
#define RECLAIM_PICTURE_H

/* In pixels; 0 where the file does not say. */
typedef struct Picture {
    int width, height;
    int head; /* of these the question and the reading help at its top, which the page has above it: cut off there */
} Picture;

Picture picture_read(const char *file, const char *question, const char *reading);

#endif
