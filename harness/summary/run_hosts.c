#include "run_hosts.h"

#include "bounds.h"
#include "memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- From trials ---------------------------------------------------------------------------------------------------- */

static const char *name_of(const Trial *trial)
{
    return trial->host ? trial->host : "";
}

static uint64_t last_of(const Sheet *trials)
{
    const Trial *trial = trials->row;
    uint64_t last = 0;
    for (size_t i = 0; i < trials->rows; i++)
        last = larger(last, trial[i].block);
    return last;
}

static size_t host_named(RunHosts *hosts, const char *name)
{
    size_t i = 0;
    while (i < hosts->hosts && !texts_equal(hosts->host[i].name, name))
        i++;
    if (i == hosts->hosts)
        hosts->host[hosts->hosts++] = (RunHost){ .name = name, .fingerprint = "" };
    return i;
}

/* ---- Kinds ---------------------------------------------------------------------------------------------------------- */

static const json_t *section_of(const json_t *manifest, const char *host)
{
    return json_object_get(json_object_get(manifest, "hosts"), host);
}

/* What nobody knows is not the same as anything. */
static bool same_kind(const json_t *a, const json_t *b)
{
    const json_t *x = json_object_get(a, "kind"), *y = json_object_get(b, "kind");
    return x && y && json_equal((json_t *)x, (json_t *)y);
}

static bool is_id(const char *text)
{
    return strlen(text) == ID_LETTERS && strspn(text, "0123456789abcdef") == ID_LETTERS;
}

static void set_kinds(RunHosts *hosts, const json_t *manifest)
{
    uint64_t kinds = 0;
    for (size_t i = 0; i < hosts->hosts; i++) {
        const json_t *section = section_of(manifest, hosts->host[i].name);
        const char *fingerprint = json_string_value(json_object_get(section, "fingerprint"));
        hosts->host[i].fingerprint = fingerprint && is_id(fingerprint) ? fingerprint : "";
        for (size_t j = 0; j < i && hosts->host[i].kind == 0; j++)
            if (same_kind(section, section_of(manifest, hosts->host[j].name)))
                hosts->host[i].kind = hosts->host[j].kind;
        if (hosts->host[i].kind == 0)
            hosts->host[i].kind = ++kinds;
    }
}

bool are_of_one_kind(const RunHosts *hosts)
{
    size_t i = 1;
    while (i < hosts->hosts && hosts->host[i].kind == hosts->host[0].kind)
        i++;
    return i >= hosts->hosts;
}

/* ---- Of a run ------------------------------------------------------------------------------------------------------- */

RunHosts run_hosts_of_blocks(const char *const *name, uint64_t blocks, const json_t *manifest)
{
    RunHosts hosts = { .host = memory_new(blocks + 1, sizeof *hosts.host),
                       .of_block = memory_new(blocks + 1, sizeof(size_t)) };
    for (uint64_t block = 1; block <= blocks; block++)
        if (name[block]) {
            hosts.of_block[block] = host_named(&hosts, name[block]);
            hosts.host[hosts.of_block[block]].blocks++;
        }
    set_kinds(&hosts, manifest);
    return hosts;
}

RunHosts run_hosts_of(const Sheet *trials, const json_t *manifest)
{
    const Trial *trial = trials->row;
    uint64_t last = last_of(trials);
    const char **name = memory_new(last + 1, sizeof *name);
    for (size_t i = trials->rows; i-- > 0;)
        name[trial[i].block] = name_of(&trial[i]);
    RunHosts hosts = run_hosts_of_blocks(name, last, manifest);
    free(name);
    return hosts;
}

void run_hosts_free(RunHosts *hosts)
{
    free(hosts->host);
    free(hosts->of_block);
    *hosts = (RunHosts){ 0 };
}

/* ---- Arranging ------------------------------------------------------------------------------------------------------ */

static size_t host_of(const RunHosts *hosts, uint64_t block)
{
    return hosts ? hosts->of_block[block] : 0;
}

/* How many of the blocks each host of the run has. */
static size_t *count_blocks(const RunHosts *hosts, const uint64_t *block, size_t n)
{
    size_t *count = memory_new(hosts ? hosts->hosts + 1 : 1, sizeof *count);
    for (size_t i = 0; i < n; i++)
        count[host_of(hosts, block[i])]++;
    return count;
}

/* A host after the other; `count` becomes where the next block of each goes. */
static void begin_places(Arrangement *arrangement, size_t *count, size_t hosts)
{
    for (size_t host = 0, before = 0; host < hosts; host++) {
        size_t blocks = count[host];
        count[host] = before;
        before += blocks;
        if (blocks == 0)
            continue;
        arrangement->host[arrangement->hosts] = host;
        arrangement->blocks[arrangement->hosts++] = blocks;
    }
}

Arrangement arrangement_of(const RunHosts *hosts, const uint64_t *block, size_t n)
{
    size_t most = hosts ? hosts->hosts : 1, *next = count_blocks(hosts, block, n);
    Arrangement arrangement = { memory_new(n + 1, sizeof *arrangement.place), n,
                                memory_new(most + 1, sizeof *arrangement.host),
                                memory_new(most + 1, sizeof *arrangement.blocks), 0 };
    begin_places(&arrangement, next, most);
    for (size_t i = 0; i < n; i++)
        arrangement.place[i] = next[host_of(hosts, block[i])]++;
    free(next);
    return arrangement;
}

Hosts shape_of(const Arrangement *arrangement)
{
    return (Hosts){ arrangement->hosts, arrangement->blocks };
}

void arrangement_free(Arrangement *arrangement)
{
    free(arrangement->place);
    free(arrangement->host);
    free(arrangement->blocks);
    *arrangement = (Arrangement){ 0 };
}

/* ---- BlockPairs ---------------------------------------------------------------------------------------------------------- */

BlockPairs block_pairs_with_room(size_t most)
{
    return (BlockPairs){ .ours = memory_new(most + 1, sizeof(double)), .theirs = memory_new(most + 1, sizeof(double)),
                    .block = memory_new(most + 1, sizeof(uint64_t)) };
}

void block_pairs_add(BlockPairs *pairs, uint64_t block, double ours, double theirs)
{
    pairs->ours[pairs->n] = ours;
    pairs->theirs[pairs->n] = theirs;
    pairs->block[pairs->n++] = block;
}

void block_pairs_arrange(BlockPairs *pairs, const RunHosts *hosts)
{
    BlockPairs to = block_pairs_with_room(pairs->n);
    to.arranged = arrangement_of(hosts, pairs->block, pairs->n);
    to.n = pairs->n;
    for (size_t i = 0; i < pairs->n; i++) {
        size_t place = to.arranged.place[i];
        to.ours[place] = pairs->ours[i];
        to.theirs[place] = pairs->theirs[i];
        to.block[place] = pairs->block[i];
    }
    block_pairs_free(pairs);
    *pairs = to;
}

BlockPairs block_pairs_of_sums(const double *sum, size_t groups, uint64_t blocks, const RunHosts *hosts)
{
    BlockPairs pairs = block_pairs_with_room(blocks);
    for (uint64_t block = 1; block <= blocks; block++)
        if (!isnan(sum[block]))
            block_pairs_add(&pairs, block, exp(sum[block] / groups), 1);
    block_pairs_arrange(&pairs, hosts);
    return pairs;
}

BlockPairs block_pairs_of_means(const GroupPair *group, size_t groups, uint64_t blocks, const Metric *metric,
                                const RunHosts *hosts)
{
    double *sum = memory_new(blocks + 1, sizeof *sum);
    add_log_ratios(sum, group, groups, blocks, metric);
    BlockPairs pairs = block_pairs_of_sums(sum, groups, blocks, hosts);
    free(sum);
    return pairs;
}

const Resamples *drawings_of_block_pairs(Drawings *drawings, const BlockPairs *pairs)
{
    return drawings_of_hosts(drawings, shape_of(&pairs->arranged));
}

void block_pairs_free(BlockPairs *pairs)
{
    free(pairs->ours);
    free(pairs->theirs);
    free(pairs->block);
    arrangement_free(&pairs->arranged);
    *pairs = (BlockPairs){ 0 };
}
