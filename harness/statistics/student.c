#include "student.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

/* lgamma leaves the sign in a variable that all threads share. */
static double log_gamma(double x)
{
    int sign;
    return lgamma_r(x, &sign);
}

/* Abramowitz and Stegun 1964, 26.7.3 and 26.7.4. */
double student_within(double t, size_t freedom)
{
    double angle = atan(t / sqrt(freedom)), cosine2 = cos(angle) * cos(angle);
    bool odd = freedom % 2;
    double term = odd ? cos(angle) : 1, sum = freedom == 1 ? 0 : term;
    for (size_t k = odd ? 3 : 2; k < freedom; k += 2) {
        term *= cosine2 * (k - 1) / k;
        sum += term;
    }
    return odd ? (angle + sin(angle) * sum) * M_2_PI : sin(angle) * sum;
}

typedef double Rising(double x, size_t freedom);

/* Where a function that rises with x, from 0 on, comes to `share`, which it does. */
static double where(Rising *rising, double share, size_t freedom)
{
    double lo = 0, hi = 100; /* Student's 95%: 12.7 with one degree of freedom, 1.96 with all */
    while (rising(hi, freedom) < share)
        hi *= 2;
    while (hi - lo > fmax(1e-9, 4 * DBL_EPSILON * hi)) {
        double middle = (lo + hi) / 2;
        if (rising(middle, freedom) < share)
            lo = middle;
        else
            hi = middle;
    }
    return lo;
}

double student(double share, size_t freedom)
{
    return where(student_within, share, freedom);
}

/* The probability that a mean so many standard errors above 0 is told from it: that of the noncentral t (Johnson and Welch
 * 1940), added up over what the spread may be found to be, as a part of what it is. */
static double power(double errors, size_t freedom)
{
    enum { STEPS = 1000 };
    double half = freedom / 2.0, beyond = student(0.95, freedom), sum = 0, step = (1 + 8 / sqrt(freedom)) / STEPS;
    for (int i = 0; i < STEPS; i++) {
        double spread = (i + 0.5) * step;
        double density = exp(log(2) + half * log(half) - log_gamma(half) + (freedom - 1) * log(spread) - half * spread * spread);
        sum += step * density * erfc((beyond * spread - errors) * M_SQRT1_2) / 2;
    }
    return sum;
}

double detectable_errors(size_t freedom)
{
    return where(power, 0.80, freedom);
}

/* ---- Fisher's F ------------------------------------------------------------------------------------------------------- */

static double not_zero(double x)
{
    return fabs(x) < DBL_MIN ? DBL_MIN : x;
}

/* The continued fraction of the incomplete beta function (Abramowitz and Stegun 1964, 26.5.8) by Lentz's way, which works it
 * out from its beginning (Thompson and Barnett 1986). It settles within some square root of the larger of a and b steps. */
static double beta_fraction(double x, double a, double b)
{
    double c = 1, d = 1 / not_zero(1 - (a + b) * x / (a + 1)), fraction = d, change = 0;
    for (int m = 1; m < 10000 && fabs(change - 1) > DBL_EPSILON; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / not_zero(1 + even * d);
        c = not_zero(1 + even / c);
        fraction *= c * d;
        d = 1 / not_zero(1 + odd * d);
        c = not_zero(1 + odd / c);
        change = c * d;
        fraction *= change;
    }
    return fraction;
}

/* I_x(a, b), from the side from which the fraction settles fast. */
static double incomplete_beta(double x, double a, double b)
{
    double factor = exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * log(x) + b * log1p(-x));
    return x < (a + 1) / (a + b + 2) ? factor * beta_fraction(x, a, b) / a : 1 - factor * beta_fraction(1 - x, b, a) / b;
}

/* Where x = above F / (above F + below), F's probability is I_x. */
double fisher_quantile(double share, size_t above, size_t below)
{
    double lo = 0, hi = 1;
    while (hi - lo > 4 * DBL_EPSILON * hi) {
        double middle = (lo + hi) / 2;
        if (incomplete_beta(middle, above / 2.0, below / 2.0) < share)
            lo = middle;
        else
            hi = middle;
    }
    return below * lo / (above * (1 - lo));
}
