/* Every label tries places around its point, near ones first, and moves to the cheapest, in turn, until none wants to move:
 * the local search of Christensen, Marks and Shieber, "An empirical study of algorithms for point-feature label placement",
 * ACM Transactions on Graphics 14(3), 1995. It draws no random numbers, so a chart is the same each time. */
#include "labels.h"

#include <math.h>
#include <string.h>

enum {
    POINT = 5,         /* pixels: half the width of a point, and what a name keeps from it */
    DIRECTIONS = 16,   /* in which a name may lie from its point */
    ROUNDS = 30,       /* of moving labels; most settle within 5 */
    SAMPLES = 12,      /* taken along a leading line to see what it runs through */
};

static const double distances[] = { 8, 17, 27, 38, 50, 64, 80, 98, 120 };  /* pixels */

/* Costs: a pixel of distance is 1. */
static const double outside = 1e6, covers_name = 8, covers_point = 5, covers_other = 1, covers_line = 1.5;
static const double cuts = 60, crosses = 90;

double label_width(const char *text)
{
    return 6.1 * strlen(text);
}

static double overlap(Box a, Box b)
{
    double wide = fmin(a.right, b.right) - fmax(a.left, b.left);
    double high = fmin(a.top, b.top) - fmax(a.bottom, b.bottom);
    return wide > 0 && high > 0 ? wide * high : 0;
}

static bool within(Box box, double x, double y)
{
    return x > box.left && x < box.right && y > box.bottom && y < box.top;
}

static Box text_box(const Label *l)
{
    double left = l->at_x - l->width * (1 - l->side) / 2;
    return (Box){ left, l->at_y - LABEL_HEIGHT / 2.0, left + l->width, l->at_y + LABEL_HEIGHT / 2.0 };
}

static Box point_box(const Label *l)
{
    return (Box){ l->x - POINT, l->y - POINT, l->x + POINT, l->y + POINT };
}

/* Straight above and below, a near name is centred; a line leads to a name's end, not its middle. */
static void move(Label *l, int direction, double distance)
{
    double angle = 2 * M_PI * direction / DIRECTIONS;
    bool upright = direction % (DIRECTIONS / 2) == DIRECTIONS / 4;
    l->apart = distance > distances[0];
    l->side = upright && !l->apart ? 0 : cos(angle) > -1e-9 ? 1 : -1;
    l->at_x = l->x + distance * cos(angle);
    l->at_y = l->y + (distance + (l->side ? 0 : POINT)) * sin(angle);
}

/* Whether b and c lie on different sides of the line from a through d. */
static bool parts(double ax, double ay, double dx, double dy, double bx, double by, double cx, double cy)
{
    double b = (dx - ax) * (by - ay) - (dy - ay) * (bx - ax);
    double c = (dx - ax) * (cy - ay) - (dy - ay) * (cx - ax);
    return b * c < 0;
}

static bool lines_cross(const Label *a, const Label *b)
{
    return parts(a->x, a->y, a->at_x, a->at_y, b->x, b->y, b->at_x, b->at_y)
        && parts(b->x, b->y, b->at_x, b->at_y, a->x, a->y, a->at_x, a->at_y);
}

/* How much of the line that leads to l runs through the box: 0 to 1. */
static double line_in(const Label *l, Box box)
{
    int hits = 0;
    for (int i = 1; l->apart && i <= SAMPLES; i++) {
        double t = (double)i / SAMPLES;
        hits += within(box, l->x + t * (l->at_x - l->x), l->y + t * (l->at_y - l->y));
    }
    return (double)hits / SAMPLES;
}

/* Pixels of the line that run through the box, as far as steps of two tell. */
static double length_in(const Line *l, Box box)
{
    const double step = 2;
    double length = hypot(l->to_x - l->x, l->to_y - l->y), inside = 0;
    for (double at = 0; at < length; at += step)
        if (within(box, l->x + (l->to_x - l->x) * at / length, l->y + (l->to_y - l->y) * at / length))
            inside += step;
    return inside;
}

static double quarrel(const Label *l, const Label *other)
{
    Box text = text_box(l), others = text_box(other);
    return covers_name * overlap(text, others)
         + covers_point * overlap(text, point_box(other))
         + overlap(text, other->whiskers)
         + cuts * (line_in(l, others) + line_in(other, text) + line_in(l, point_box(other)))
         + (l->apart && other->apart && lines_cross(l, other) ? crosses : 0);
}

static double cost(const Label *l, const Label *labels, size_t count, const Surroundings *around)
{
    Box text = text_box(l), panel = around->panel;
    double sum = hypot(l->at_x - l->x, l->at_y - l->y) + overlap(text, l->whiskers);
    if (text.left < panel.left || text.right > panel.right || text.bottom < panel.bottom || text.top > panel.top)
        sum += outside;
    for (size_t i = 0; i < around->boxes; i++)
        sum += covers_other * overlap(text, around->taken[i]);
    for (size_t i = 0; i < around->lines; i++)
        sum += covers_line * length_in(&around->line[i], text);
    for (size_t i = 0; i < count; i++)
        if (&labels[i] != l)
            sum += quarrel(l, &labels[i]);
    return sum;
}

/* Tries all places for one label; true if it moved. */
static bool settle(Label *l, const Label *labels, size_t count, const Surroundings *around)
{
    Label best = *l;
    double least = cost(l, labels, count, around);
    for (size_t d = 0; d < sizeof distances / sizeof *distances; d++)
        for (int direction = 0; direction < DIRECTIONS; direction++) {
            move(l, direction, distances[d]);
            double now = cost(l, labels, count, around);
            if (now < least - 1e-9) {
                least = now;
                best = *l;
            }
        }
    bool moved = best.at_x != l->at_x || best.at_y != l->at_y;
    *l = best;
    return moved;
}

void place_labels(Label *labels, size_t count, const Surroundings *around)
{
    for (size_t i = 0; i < count; i++)
        move(&labels[i], 0, distances[0]);
    bool moving = true;
    for (int round = 0; moving && round < ROUNDS; round++) {
        moving = false;
        for (size_t i = 0; i < count; i++)
            moving |= settle(&labels[i], labels, count, around);
    }
}
