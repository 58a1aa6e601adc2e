#include "hosts.h"

#include "student.h"

#include <math.h>

size_t blocks_of_hosts(Hosts shape)
{
    size_t blocks = 0;
    for (size_t h = 0; h < shape.hosts; h++)
        blocks += shape.blocks[h];
    return blocks;
}

static double mean_of(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum / n;
}

static double squares_around(const double *x, size_t n, double mean)
{
    double squares = 0;
    for (size_t i = 0; i < n; i++)
        squares += (x[i] - mean) * (x[i] - mean);
    return squares;
}

double mean_of_hosts(const double *x, Hosts shape)
{
    double sum = 0;
    for (size_t h = 0; h < shape.hosts; x += shape.blocks[h++])
        sum += mean_of(x, shape.blocks[h]);
    return sum / shape.hosts;
}

size_t freedom_of_hosts(Hosts shape)
{
    return shape.hosts < LEAST_HOSTS ? blocks_of_hosts(shape) - shape.hosts : shape.hosts - 1;
}

/* ---- Variances ------------------------------------------------------------------------------------------------------ */

/* Of the blocks around the mean of their own host, of all hosts together. */
static double variance_within(const double *x, Hosts shape)
{
    double squares = 0;
    size_t blocks = blocks_of_hosts(shape);
    for (size_t h = 0; h < shape.hosts; x += shape.blocks[h++])
        squares += squares_around(x, shape.blocks[h], mean_of(x, shape.blocks[h]));
    return squares / (blocks - shape.hosts);
}

/* Of the hosts' means around theirs. */
static double squares_between(const double *x, Hosts shape)
{
    double middle = mean_of_hosts(x, shape), squares = 0;
    for (size_t h = 0; h < shape.hosts; x += shape.blocks[h++]) {
        double away = mean_of(x, shape.blocks[h]) - middle;
        squares += away * away;
    }
    return squares;
}

double variance_of_mean(const double *x, Hosts shape)
{
    double hosts = shape.hosts;
    if (freedom_of_hosts(shape) == 0)
        return NAN;
    if (shape.hosts >= LEAST_HOSTS)
        return squares_between(x, shape) / (hosts - 1) / hosts;
    double within = variance_within(x, shape), variance = 0;
    for (size_t h = 0; h < shape.hosts; h++)
        variance += within / shape.blocks[h];
    return variance / (hosts * hosts);
}

double variance_of_drawings(const double *x, Hosts shape, Drawn drawn)
{
    double hosts = shape.hosts, variance = drawn == WITHIN_HOSTS ? 0 : squares_between(x, shape) / (hosts * hosts);
    for (size_t h = 0; drawn != WHOLE_HOSTS && h < shape.hosts; x += shape.blocks[h++]) {
        double blocks = shape.blocks[h];
        variance += squares_around(x, shape.blocks[h], mean_of(x, shape.blocks[h])) / (hosts * hosts * blocks * blocks);
    }
    return variance;
}

/* ---- Agreement ------------------------------------------------------------------------------------------------------ */

/* Logarithms that are as good as the same differ by their last digits. */
#define ROUNDING 1e-12

static double but_for_rounding(double variance)
{
    return variance > ROUNDING * ROUNDING ? variance : 0;
}

/* How many blocks a host has, in a mean in which those that have few count as an analysis of variance has them. */
static double typical_blocks(Hosts shape)
{
    double blocks = blocks_of_hosts(shape), squares = 0;
    for (size_t h = 0; h < shape.hosts; h++)
        squares += (double)shape.blocks[h] * shape.blocks[h];
    return (blocks - squares / blocks) / (shape.hosts - 1);
}

/* Of the hosts' means, a host counting as often as it has blocks: what F is exact for. */
static double weighted_variance_between(const double *x, Hosts shape)
{
    double middle = mean_of(x, blocks_of_hosts(shape)), squares = 0;
    for (size_t h = 0; h < shape.hosts; x += shape.blocks[h++]) {
        double away = mean_of(x, shape.blocks[h]) - middle;
        squares += shape.blocks[h] * away * away;
    }
    return squares / (shape.hosts - 1) / typical_blocks(shape);
}

/* What is left of the F that was found when chance alone comes to `by_chance`. */
static double share_beyond(double by_chance, double found)
{
    return fmax(0, 1 - by_chance / found);
}

Agreement agreement_of(const double *x, Hosts shape)
{
    size_t blocks = blocks_of_hosts(shape);
    if (shape.hosts < 2 || blocks == shape.hosts)
        return (Agreement){ NAN, NAN, NAN, NAN, NAN };
    double within = but_for_rounding(variance_within(x, shape)), typical = typical_blocks(shape);
    double between = but_for_rounding(weighted_variance_between(x, shape));
    Agreement agreement = { .within = sqrt(within), .between = sqrt(fmax(0, between - within / typical)) };
    if (between == 0)
        return agreement;
    double found = typical * between / within;
    agreement.i2 = share_beyond(1, found);
    agreement.i2_lo = share_beyond(fisher_quantile(0.975, shape.hosts - 1, blocks - shape.hosts), found);
    agreement.i2_hi = share_beyond(fisher_quantile(0.025, shape.hosts - 1, blocks - shape.hosts), found);
    return agreement;
}

bool hosts_disagree(const Agreement *agreement)
{
    return agreement->i2_lo > 0;
}
