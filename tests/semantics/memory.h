/* Statements 15, 16 and 18: depth, too little memory, and where every byte went. */
#ifndef MEMORY_H
#define MEMORY_H

#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "alive.h"
#include "objects.h"

#if defined(CHECKED) || defined(POISON_IS_ON) || defined(__SANITIZE_ADDRESS__)
enum { DEEP = 300000 };
#else
enum { DEEP = 10000000 };
#endif

/* ---- 15 --------------------------------------------------------------------------------------------------------- */

static void deep_chains_die(void)
{
    uint64_t before = live();
    for (uint64_t length = DEEP / 10; length <= DEEP; length *= 10) {
        drop_chain_of_nodes(length);
        collect_all();
        demand(live() <= before + (EXACT ? 0 : length), "the chain is alive");
    }
}

static void deep_rings_die(void)
{
    uint64_t before = live();
    for (uint64_t length = DEEP / 10; length <= DEEP; length *= 10) {
        drop_ring_of_nodes(length);
        collect_all();
        demand(live() <= before + (EXACT ? 0 : length), "the ring is alive");
    }
}

static void deep_chains_end_with_their_region(void)
{
    uint64_t before = live();
    region drop_chain_of_nodes(DEEP);
    demand_equal(live(), before);
}

/* ---- 16 --------------------------------------------------------------------------------------------------------- */

enum { STEPS = 48, STEP = 128 << 10 }; /* limits to try; bytes from one to the next */

/* More than any of the limits allows to live at once, in which much dies, cyclic or not. */
static void use_memory(void)
{
    local(Array) kept = new_of(Array, 1000);
    Random random = random_salted(16);
    for (int i = 0; i < 200000; i++) {
        local(Node) one = node((uint64_t)i);
        set(one->next, kept->at[random_below(&random, kept->length)]);
        set(one->other, one);
        size_t at = random_below(&random, kept->length);
        put(kept->at[at], give(one));
        if (i % 1000 == 0)
            put(kept->at[at], new_of(Array, 2000));
        if (i % 50000 == 0)
            (void)collect();
    }
}

static uint64_t address_space(void)
{
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    demand(file && fscanf(file, "%lu", &pages) == 1, "no /proc/self/statm");
    fclose(file);
    return (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static int status_under_limit(uint64_t bytes)
{
    pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr)) /* it is going to say that memory is out */
            _exit(1);
        struct rlimit limit = { address_space() + bytes, RLIM_INFINITY };
        setrlimit(RLIMIT_AS, &limit);
        use_memory();
        _exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    return status;
}

/* The system refuses at one place after the other: the cell ends with its own status, or gets through. */
static void out_of_memory_is_an_end_in_order(void)
{
    unsigned refused = 0;
    for (unsigned step = 0; step < STEPS; step++) {
        int status = status_under_limit((uint64_t)step * STEP);
        demand(status == 0 || (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_REFUSED),
            "with %u KiB more it ended with status %#x", step * STEP >> 10, (unsigned)status);
        refused += status != 0;
    }
    demand(refused > 0, "no limit was tight enough");
}

/* ---- 18 --------------------------------------------------------------------------------------------------------- */

enum { LOST = 1000, CHAIN = 1000 };

/* Bytes that are dead and that the strategy does not give back before its heap is closed. */
static uint64_t predicted_leak(uint64_t cycles_bytes, uint64_t all_bytes)
{
    if (COLLECTS)
        return 0;
    return COUNTS ? cycles_bytes : all_bytes;
}

static void every_byte_is_accounted_for(void)
{
    uint64_t allocated = counted.allocated_bytes, before = live_bytes();
    local(Node) reachable = chain_of_nodes(CHAIN, true);
    repeat(make_pair, LOST);
    drop_chain_of_nodes(CHAIN);
    collect_all();
    uint64_t cycles = LOST * 2 * sizeof(Node), chain = CHAIN * sizeof(Node);
    demand_equal(counted.allocated_bytes - allocated, cycles + 2 * chain);
    uint64_t left = live_bytes() - before, expected = chain + predicted_leak(cycles, cycles + chain);
    demand(left >= expected && left <= expected + SPARED * chain, "%lu bytes are left, %lu were predicted", (unsigned long)left,
        (unsigned long)expected);
    demand_equal(reachable->value, CHAIN - 1);
}

#endif
