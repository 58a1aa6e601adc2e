/* Which machine of many is called noisy, and how what blocks have is arranged by machines. */
#include "host_rows.h"

#include "memory.h"
#include "random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- Arranging ------------------------------------------------------------------------------------------------------ */

/* A trial of each block, of the host of that letter. */
static RunHosts hosts_of(const char *letters, const char *(*name)(char), Trial *trial)
{
    size_t n = 0;
    for (; letters[n]; n++)
        trial[n] = (Trial){ .block = n + 1, .host = name(letters[n]) };
    return run_hosts_of(&(Sheet){ .row = trial, .rows = n }, NULL);
}

static const char *letter(char letter)
{
    static char names[256][2];
    names[(unsigned char)letter][0] = letter;
    return names[(unsigned char)letter];
}

static const char *nameless(char letter)
{
    (void)letter;
    return "";
}

static void hosts_stand_in_the_order_of_their_first_blocks(void **state)
{
    (void)state;
    Trial trial[9];
    RunHosts hosts = hosts_of("zabzzab", letter, trial);
    assert_int_equal(hosts.hosts, 3);
    assert_string_equal(hosts.host[0].name, "z");
    assert_string_equal(hosts.host[1].name, "a");
    assert_string_equal(hosts.host[2].name, "b");
    assert_true(hosts.host[0].blocks == 3 && hosts.host[1].blocks == 2 && hosts.host[2].blocks == 2);
    run_hosts_free(&hosts);
}

/* A host that has none of the blocks is no host of them; the others' blocks keep their order. */
static void blocks_of_a_host_stand_side_by_side(void **state)
{
    (void)state;
    Trial trial[9];
    RunHosts hosts = hosts_of("zabzzab", letter, trial);
    BlockPairs pairs = block_pairs_with_room(4);
    const uint64_t blocks[] = { 1, 3, 4, 7 }, arranged[] = { 1, 4, 3, 7 };
    for (size_t i = 0; i < 4; i++)
        block_pairs_add(&pairs, blocks[i], blocks[i], 10 * blocks[i]);
    block_pairs_arrange(&pairs, &hosts);
    assert_int_equal(pairs.n, 4);
    assert_true(pairs.arranged.hosts == 2 && pairs.arranged.host[0] == 0 && pairs.arranged.host[1] == 2);
    assert_true(pairs.arranged.blocks[0] == 2 && pairs.arranged.blocks[1] == 2);
    for (size_t i = 0; i < 4; i++)
        assert_true(pairs.block[i] == arranged[i] && pairs.ours[i] == arranged[i] && pairs.theirs[i] == 10 * arranged[i]);
    block_pairs_free(&pairs);
    run_hosts_free(&hosts);
}

static void without_names_there_is_one_host(void **state)
{
    (void)state;
    Trial trial[9];
    RunHosts hosts = hosts_of("zabz", nameless, trial);
    assert_true(hosts.hosts == 1 && hosts.host[0].blocks == 4 && are_of_one_kind(&hosts));
    run_hosts_free(&hosts);
}

/* ---- Kinds ---------------------------------------------------------------------------------------------------------- */

static bool one_kind(const char *manifest)
{
    Trial trial[9];
    json_t *json = json_loads(manifest, 0, NULL);
    RunHosts hosts = hosts_of("aba", letter, trial), known = run_hosts_of(&(Sheet){ .row = trial, .rows = 3 }, json);
    bool is = are_of_one_kind(&known);
    run_hosts_free(&hosts);
    run_hosts_free(&known);
    json_decref(json);
    return is;
}

static void machines_are_of_one_kind_where_the_manifest_says_the_same_of_them(void **state)
{
    (void)state;
    assert_true(one_kind("{\"hosts\": {\"a\": {\"kind\": {\"cpu\": \"x\"}}, \"b\": {\"kind\": {\"cpu\": \"x\"}}}}"));
    assert_false(one_kind("{\"hosts\": {\"a\": {\"kind\": {\"cpu\": \"x\"}}, \"b\": {\"kind\": {\"cpu\": \"y\"}}}}"));
    assert_false(one_kind("{\"hosts\": {\"a\": {\"kind\": {\"cpu\": \"x\"}}, \"b\": {}}}"));
    assert_false(one_kind("{}"));
}

/* ---- Noisy hosts ---------------------------------------------------------------------------------------------------- */

enum { HOSTS = 1000, MOST_BLOCKS = 4 };

static double normal(Random *random)
{
    double u = (random_below(random, 1 << 30) + 1.0) / (1 << 30), v = random_below(random, 1 << 30) / (double)(1 << 30);
    return sqrt(-2 * log(u)) * cos(2 * M_PI * v);
}

/* Hosts with 1 to MOST_BLOCKS blocks; one of them scatters `times` as much as the others. A trial in a thousand takes twice as
 * long. */
typedef struct Farm {
    size_t hosts, controls, noisy;
    double noise, times;
} Farm;

static RunHosts farm_hosts(const Farm *farm)
{
    RunHosts hosts = { .host = memory_new(farm->hosts, sizeof *hosts.host), .hosts = farm->hosts,
                       .of_block = memory_new(farm->hosts * MOST_BLOCKS + 1, sizeof(size_t)) };
    for (uint64_t block = 1; block <= farm->hosts * MOST_BLOCKS; block++)
        hosts.of_block[block] = (block - 1) / MOST_BLOCKS;
    for (size_t i = 0; i < farm->hosts; i++)
        hosts.host[i] = (RunHost){ "n", "", 1, 1 + i % MOST_BLOCKS };
    return hosts;
}

static void add_control(HostRows *rows, const Farm *farm, Random *random)
{
    BlockPairs pairs = block_pairs_with_room(farm->hosts * MOST_BLOCKS);
    for (size_t host = 0; host < farm->hosts; host++)
        for (size_t block = 0; block < 1 + host % MOST_BLOCKS; block++) {
            double noise = farm->noise * (host == farm->noisy ? farm->times : 1) * normal(random);
            double burst = random_below(random, 1000) == 0 ? M_LN2 : 0;
            block_pairs_add(&pairs, host * MOST_BLOCKS + block + 1, exp(noise + burst), 1);
        }
    block_pairs_arrange(&pairs, rows->hosts);
    host_rows_add_control(rows, &pairs);
    block_pairs_free(&pairs);
}

/* How many are flagged, and whether the noisy one is. */
static size_t flagged(Farm farm, bool *the_noisy)
{
    Random random = random_seeded(1);
    RunHosts hosts = farm_hosts(&farm);
    HostRows rows = host_rows_begin(&hosts);
    for (size_t i = 0; i < farm.controls; i++)
        add_control(&rows, &farm, &random);
    Sheet sheet = host_rows_of(&rows);
    const HostRow *row = sheet.row;
    size_t found = 0;
    for (size_t i = 0; i < sheet.rows; i++)
        found += *row[i].flag != '\0';
    *the_noisy = *row[farm.noisy].flag != '\0';
    free(sheet.row);
    host_rows_free(&rows);
    run_hosts_free(&hosts);
    return found;
}

/* Of one block or of four: fewer blocks make no host a noisier one. */
static void of_a_thousand_hosts_the_noisy_one_is_flagged_and_no_other(void **state)
{
    (void)state;
    bool the_noisy;
    for (size_t noisy = 500; noisy < 504; noisy++) {
        assert_int_equal(flagged((Farm){ HOSTS, 40, noisy, 0.02, 3 }, &the_noisy), 1);
        assert_true(the_noisy);
    }
    assert_int_equal(flagged((Farm){ HOSTS, 40, 500, 0.02, 1 }, &the_noisy), 0);
    assert_int_equal(flagged((Farm){ HOSTS, 40, 500, 0.02, 1.5 }, &the_noisy), 0);
}

/* The other of two is the usual one. */
static void one_of_two_hosts_can_be_noisy(void **state)
{
    (void)state;
    bool the_noisy;
    assert_int_equal(flagged((Farm){ 2, 40, 1, 0.02, 3 }, &the_noisy), 1);
    assert_true(the_noisy);
}

static void too_few_controls_and_too_little_noise_flag_nobody(void **state)
{
    (void)state;
    bool the_noisy;
    assert_int_equal(flagged((Farm){ 8, 4, 3, 0.02, 5 }, &the_noisy), 0);
    assert_int_equal(flagged((Farm){ 8, 10, 4, 0.02, 5 }, &the_noisy), 0); /* which has one block: 10 numbers */
    assert_int_equal(flagged((Farm){ 8, 40, 3, 0.001, 5 }, &the_noisy), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hosts_stand_in_the_order_of_their_first_blocks),
        cmocka_unit_test(blocks_of_a_host_stand_side_by_side),
        cmocka_unit_test(without_names_there_is_one_host),
        cmocka_unit_test(machines_are_of_one_kind_where_the_manifest_says_the_same_of_them),
        cmocka_unit_test(of_a_thousand_hosts_the_noisy_one_is_flagged_and_no_other),
        cmocka_unit_test(one_of_two_hosts_can_be_noisy),
        cmocka_unit_test(too_few_controls_and_too_little_noise_flag_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
