/* What a cell tells of itself without a run, on standard output: CSV with a heading, but for the last two. Each returns the exit
 * status, 0. */
#ifndef DESCRIBE_H
#define DESCRIBE_H

int describe_columns(void);   /* --header: those of the row */
int describe_variants(void);  /* --describe: each under each of its allocators */
int describe_settings(void);  /* --settings: of the strategy */
int describe_reference(void); /* --reference: the checksum of the size that was asked for, computed another way, or NA */
int describe_options(void);   /* --help */

#endif
