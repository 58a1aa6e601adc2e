/* What a run listed of its pauses is held against itself: pauses that overlap, or do not add up to the totals, are named. */
#include "pause_listing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* Two pauses, of 2000 and 3000 ns, of three in a run of 10,000 ns. */
#define FIRST "collection,1000,3000,64\n"
#define SECOND "cascade,5000,8000,128\n"
#define TOTALS "3,2,1000,5010,3000,10000\n"

static void write_file(const char *folder, const char *name, const char *header, const char *rows)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(header, file) >= 0 && fputs(rows, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* Reads what was listed so; a text that is NULL is no file. The longest in ns where there is no complaint. */
static double read_listing(const char *pauses, const char *totals, char complaint[static 160])
{
    char folder[] = "/tmp/pause_listing.XXXXXX";
    TextPool pool = { 0 };
    assert_non_null(mkdtemp(folder));
    if (pauses)
        write_file(folder, "pauses.csv", "kind,start_ns,end_ns,allocated_bytes\n", pauses);
    if (totals)
        write_file(folder, "pause_totals.csv",
                   "pauses,listed_pauses,pause_floor_ns,pause_total_ns,pause_longest_ns,pause_run_ns\n", totals);
    PauseListing listing = pause_listing_read(folder, &pool);
    snprintf(complaint, 160, "%s", listing.complaint);
    text_pool_free(&pool);
    assert_int_equal(rmdir(folder), 0); /* the files are gone */
    return listing.longest_ns;
}

static void demand_complaint(const char *pauses, const char *totals, const char *words)
{
    char complaint[160];
    read_listing(pauses, totals, complaint);
    if (!strstr(complaint, words))
        fail_msg("`%s` is told, and not that %s", complaint, words);
}

static void pauses_in_order_are_taken(void **state)
{
    (void)state;
    char complaint[160];
    double longest_ns = read_listing(FIRST SECOND, TOTALS, complaint);
    assert_string_equal(complaint, "");
    assert_float_equal(longest_ns, 3000, 0);
    assert_float_equal(read_listing("", "0,0,1000,0,0,10000\n", complaint), 0, 0);
    assert_string_equal(complaint, "");
}

static void pauses_that_overlap_are_named(void **state)
{
    (void)state;
    demand_complaint(FIRST "cascade,2000,5000,128\n", TOTALS, "a pause begins before the one before has ended");
    demand_complaint(SECOND FIRST, TOTALS, "a pause begins before the one before has ended");
    demand_complaint(FIRST "cascade,8000,5000,128\n", TOTALS, "ends before it begins");
    demand_complaint(FIRST "cascade,8000,11000,128\n", TOTALS, "after the run");
}

static void pauses_that_do_not_add_up_are_named(void **state)
{
    (void)state;
    demand_complaint(FIRST, TOTALS, "do not tell as many pauses as are listed");
    demand_complaint(FIRST SECOND, "1,2,1000,5000,3000,10000\n", "do not tell as many pauses as are listed");
    demand_complaint(FIRST SECOND, "3,2,1000,4999,3000,10000\n", "all pauses together are shorter");
    demand_complaint(FIRST SECOND, "3,2,1000,10001,3000,10000\n", "or longer than the run");
    demand_complaint(FIRST SECOND, "3,2,1000,5010,4000,10000\n", "the longest pause is none of those");
}

static void what_is_missing_or_damaged_is_named(void **state)
{
    (void)state;
    demand_complaint(NULL, TOTALS, "pauses.csv: it was not written");
    demand_complaint(FIRST SECOND, NULL, "pause_totals.csv: it was not written");
    demand_complaint(FIRST SECOND, "", "pause_totals.csv has not one row");
    demand_complaint(FIRST SECOND, TOTALS TOTALS, "pause_totals.csv has not one row");
    demand_complaint("collection,1000,3000,many\n", TOTALS, "pauses.csv: ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pauses_in_order_are_taken),
        cmocka_unit_test(pauses_that_overlap_are_named),
        cmocka_unit_test(pauses_that_do_not_add_up_are_named),
        cmocka_unit_test(what_is_missing_or_damaged_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
