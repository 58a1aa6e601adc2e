#include "zeal_run.h"

#include "memory.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SMALL = 500, DEPTH_SMALL = 2 }; /* by which the quick size is divided */

/* For what reads a file: a small one. */
static char *small_input(const char *workload)
{
    char *file = text_format("tests/data/%s.sample", workload);
    if (access(file, R_OK) == 0)
        return file;
    free(file);
    return NULL;
}

/* Of what is done again and again, three: so that what the first has left is looked at while the others are made. */
static uint64_t small_size(const Description *variant)
{
    uint64_t divisor = variant->depth ? DEPTH_SMALL : SMALL, size = (variant->quick + divisor - 1) / divisor;
    uint64_t least = variant->quick < 3 ? variant->quick : 3;
    return size > least ? size : least;
}

static Cell cell_of(const Description *variant, const char *settings, uint64_t seed, bool sanitized)
{
    Cell cell = variant_cell(variant, small_size(variant), seed);
    cell.settings = settings;
    if (sanitized)
        cell.allocator = "asan"; /* the sanitizer's takes the other's place */
    return cell;
}

/* Leaks are another mode's. */
#define SANITIZERS "ASAN_OPTIONS=" ASAN_REAL_STACK ":detect_leaks=0"
static char *const sanitized_environment[] = {
    "PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C", "GC_MARKERS=1", SANITIZERS, NULL,
};

static bool read_last_words(const char *errors, ZealRun *run)
{
    const char *words = strstr(errors, "zeal: ");
    return words && sscanf(words, "zeal: %" SCNu64 " births, %" SCNu64 " collections, %" SCNu64 " counted", &run->births,
        &run->asked, &run->counted) == 3;
}

int zeal_run(const Stress *stress, const char *build, const Description *variant, const char *settings, bool sanitized,
             ZealRun *run)
{
    Cell cell = cell_of(variant, settings, stress->seed, sanitized);
    const RunOptions options = { .environment = sanitized ? sanitized_environment : NULL };
    char *once[] = { "-r", "1", NULL }, *input = small_input(cell.workload);
    RunResult *result = memory_new(1, sizeof *result);
    int signal = try_cell(build, &cell, input, once, &options, stress->pool, result, &run->trial);
    run->told = read_last_words(result->errors, run);
    char *command = cell_again(build, &cell, input, once);
    run->again = text_format("%s%s", sanitized ? SANITIZERS " " : "", command);
    free(command);
    free(result);
    free(input);
    return signal;
}
