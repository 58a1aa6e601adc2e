/* Blocks that were run by several machines. A machine is a level of its own: its blocks have in common what is its own, so
 * many blocks of few machines know little of machines like these. Everybody's mean is the mean of the machines' means, so one
 * that ran more blocks is no more of a machine; of one machine it is the mean of its blocks. */
#ifndef RECLAIM_HOSTS_H
#define RECLAIM_HOSTS_H

#include <stdbool.h>
#include <stddef.h>

/* Fewer say nothing of others like them: what is estimated of two is of these two. */
enum { LEAST_HOSTS = 3 };

/* How many blocks each host has, 1 or more. Of numbers, one per block, those of one host stand side by side, in this order. */
typedef struct Hosts {
    size_t hosts;
    const size_t *blocks;
} Hosts;

size_t blocks_of_hosts(Hosts shape);

/* Of the numbers of each host, and then of these. */
double mean_of_hosts(const double *x, Hosts shape);

/* How many numbers the spread is known from but for the means, 0: it is not known. Of LEAST_HOSTS and more the hosts', of fewer
 * the blocks' around their own host. */
size_t freedom_of_hosts(Hosts shape);

/* The variance of that mean, with so many degrees of freedom: of LEAST_HOSTS and more as an estimate of what others like them
 * would come to, of fewer of what more blocks of these would. NAN without freedom. */
double variance_of_mean(const double *x, Hosts shape);

/* That of the means of drawings, of blocks within each host: all hosts, or as many as there are, with replacement. */
typedef enum Drawn { WITHIN_HOSTS, HOSTS_AND_BLOCKS, WHOLE_HOSTS } Drawn;

double variance_of_drawings(const double *x, Hosts shape, Drawn drawn);

/* Whether the hosts agree. What chance makes of hosts that do is told from what it does not make by Fisher's F, the spread of
 * hosts' means by what that of blocks makes of it: exactly, of normal numbers and of as many blocks each. All NAN where there
 * are not two hosts, or none has two blocks; `i2` is 0 where neither hosts nor blocks scatter. */
typedef struct Agreement {
    double within, between; /* standard deviations: of blocks, and of hosts beyond what their blocks would make of them */
    double i2, i2_lo, i2_hi; /* what part of the hosts' variance is not that of their blocks (Higgins and Thompson 2002), with
                              * its 95% interval */
} Agreement;

Agreement agreement_of(const double *x, Hosts shape);

/* Whether they are told apart: chance alone does so in 2 or 3 of 100 cases. */
bool hosts_disagree(const Agreement *agreement);

#endif
