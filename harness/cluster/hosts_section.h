/* What the manifest says of the machines of a merged run: a section for each, and its blocks. */
#ifndef RECLAIM_HOSTS_SECTION_H
#define RECLAIM_HOSTS_SECTION_H

#include "block_facts.h"

/* Adds a block to the section of its host. What the first block says of the host is said of the host; where a later one says
 * otherwise (it was started with another kernel since), that stands in this block's session. Ends the program where it is
 * another machine of the same name, by its processor, memory or cells. */
void hosts_add(json_t *hosts, const BlockFacts *facts, size_t block);

/* When there is none to come: which blocks each has of so many. */
void hosts_number_blocks(json_t *hosts, size_t blocks);

/* Puts the section into the manifest. What can only be said of one machine is said of the whole run where it is one, and not
 * where there are several. */
void manifest_set_hosts(Manifest *manifest, json_t *hosts);

#endif
