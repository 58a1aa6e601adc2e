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

/* A part of a line, which goes from 0 to 1. */
typedef struct Part {
    double from, to;
} Part;

/* What of the part lies between two edges, where the line goes from `at` to `at + by` (Liang and Barsky 1984, "A new concept
 * and method for line clipping", ACM Transactions on Graphics 3(1)). */
static Part clip(Part part, double at, double by, double low, double high)
{
    if (by == 0)
        return at > low && at < high ? part : (Part){ 0, 0 };
    double a = (low - at) / by, b = (high - at) / by;
    return (Part){ fmax(part.from, fmin(a, b)), fmin(part.to, fmax(a, b)) };
}

/* How much of the line runs through the box: 0 to 1. */
static double share_in(const Line *line, Box box)
{
    Part part = clip((Part){ 0, 1 }, line->x, line->to_x - line->x, box.left, box.right);
    part = clip(part, line->y, line->to_y - line->y, box.bottom, box.top);
    return fmax(part.to - part.from, 0);
}

/* How much of the line that leads to l. */
static double line_in(const Label *l, Box box)
{
    return l->apart ? share_in(&(Line){ l->x, l->y, l->at_x, l->at_y }, box) : 0;
}

/* Pixels of the line that run through the box. */
static double length_in(const Line *l, Box box)
{
    double share = share_in(l, box);
    return share > 0 ? share * hypot(l->to_x - l->x, l->to_y - l->y) : 0;
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

/* The whole cost where it is less than `enough`, else more than that: no part is negative. */
static double cost(const Label *l, const Label *labels, size_t count, const Surroundings *around, double enough)
{
    Box text = text_box(l), panel = around->panel;
    double sum = hypot(l->at_x - l->x, l->at_y - l->y);
    if (sum >= enough)
        return sum;
    sum += overlap(text, l->whiskers);
    if (text.left < panel.left || text.right > panel.right || text.bottom < panel.bottom || text.top > panel.top)
        sum += outside;
    for (size_t i = 0; i < around->boxes && sum < enough; i++)
        sum += covers_other * overlap(text, around->taken[i]);
    for (size_t i = 0; i < around->lines && sum < enough; i++)
        sum += covers_line * length_in(&around->line[i], text);
    for (size_t i = 0; i < count && sum < enough; i++)
        if (&labels[i] != l)
            sum += quarrel(l, &labels[i]);
    return sum;
}

/* Tries all places for one label; true if it moved. */
static bool settle(Label *l, const Label *labels, size_t count, const Surroundings *around)
{
    Label best = *l;
    double least = cost(l, labels, count, around, INFINITY);
    for (size_t d = 0; d < sizeof distances / sizeof *distances; d++)
        for (int direction = 0; direction < DIRECTIONS; direction++) {
            move(l, direction, distances[d]);
            double now = cost(l, labels, count, around, least);
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
