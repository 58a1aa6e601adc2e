#include "clock.h"

#include <math.h>
#include <stdio.h>

double whole_microseconds(double seconds)
{
    return round(seconds * 1e6) / 1e6;
}

void duration_text(double seconds, char text[32])
{
    int whole = fmin(ceil(seconds), 1e6);
    if (whole < 60)
        snprintf(text, 32, "%d s", whole);
    else if (whole < 3600)
        snprintf(text, 32, "%d min %d s", whole / 60, whole % 60);
    else
        snprintf(text, 32, "%d h %d min", whole / 3600, whole % 3600 / 60);
}
