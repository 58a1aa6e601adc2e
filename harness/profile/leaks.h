/* What is still alive, by type and by the place in the program where it was born. */
#ifndef LEAKS_H
#define LEAKS_H

#include <stdio.h>

#include "site.h"

/* The site that births at this one are counted at: itself, or an earlier one of the same type, file and line. */
Site *leaks_site(Site *site);

/* One row for each site at which something is alive, the most bytes first. */
void leaks_write(FILE *out);

#endif
