/* Student's t: how many standard errors an interval of few blocks has to reach (Student 1908); and Fisher's F, by which hosts
 * are told apart. */
#ifndef RECLAIM_STUDENT_H
#define RECLAIM_STUDENT_H

#include <stddef.h>

#define NORMAL_95 1.959963985 /* what the t of 95% comes to with many degrees of freedom */

/* The t within which Student's t of so many degrees of freedom, 1 or more, lies with the probability `share`, below 1. */
double student(double share, size_t freedom);

/* The probability with which it lies within -t and t. */
double student_within(double t, size_t freedom);

/* How many standard errors a mean must be from 0 for its 95% interval to exclude 0 in 80% of all samples: 2.8 with many
 * degrees of freedom, 5.7 with 2. */
double detectable_errors(size_t freedom);

/* The F below which Fisher's ratio of two variances, of so many degrees of freedom above and below, lies with the probability
 * `share` (Snedecor 1934). */
double fisher_quantile(double share, size_t above, size_t below);

#endif
