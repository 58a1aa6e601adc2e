#include "catalogue.h"

#include "fail.h"
#include "memory.h"
#include "process.h"
#include "words.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What a cell may print about itself, and how long it may think about that or about its reference, before it counts as
 * broken. */
enum { ANSWER_ROOM = 1 << 16, DESCRIBE_S = 10, REFERENCE_S = 300 };

char *cell_path(const char *build, const char *strategy, const char *workload)
{
    return text_format("%s/%s/%s", build, strategy, workload);
}

/* Asks a cell one question; what it answers is in memory that the caller frees. */
static char *ask(char *const *command, double seconds)
{
    if (access(command[0], X_OK) != 0)
        fail("%s: %s; build it first: make", command[0], strerror(errno));
    char *answer = memory_new(ANSWER_ROOM, 1);
    End end = process_output(command, seconds, ANSWER_ROOM, answer, ANSWER_ROOM);
    if (end.ending == OUT_OF_TIME)
        fail("%s %s: no answer in %g s", command[0], command[1], seconds);
    if (end.status != 0)
        fail("%s %s: it failed instead of answering", command[0], command[1]);
    return answer;
}

static void add(Catalogue *catalogue, const Description *variant, size_t variants)
{
    catalogue->variant =
        memory_resize(catalogue->variant, catalogue->variants + variants, sizeof *catalogue->variant);
    memcpy(catalogue->variant + catalogue->variants, variant, variants * sizeof *variant);
    catalogue->variants += variants;
}

/* `2;5;10`, each from 2 on and larger than the one before, or nothing. */
static bool are_rising(const char *numbers)
{
    unsigned long before = 1;
    for (char *end; *numbers; numbers = *end == ';' ? end + 1 : end) {
        unsigned long number = strtoul(numbers, &end, 10);
        if (end == numbers || number <= before || (*end != ';' && *end != '\0'))
            return false;
        before = number;
    }
    return true;
}

/* A cell that describes another one was copied or linked wrongly: its figures would stand under a false name. */
static void check_identity(const Description *variant, const char *path, const char *strategy, const char *workload)
{
    if (!texts_equal(variant->strategy, strategy) || !texts_equal(variant->workload, workload))
        fail("%s: it calls itself %s/%s", path, variant->strategy, variant->workload);
    if (variant->quick == 0 || variant->standard == 0 || variant->full == 0)
        fail("%s: a size of %s is 0", path, variant->variant);
    if (!are_rising(variant->swept))
        fail("%s: %s is swept by `%s`, which are no rising numbers from 2 on", path, variant->variant, variant->swept);
    if (class_rank(variant->class) == CLASS_NAMES)
        fail("%s: there is no class `%s`", path, variant->class);
}

/* The rows that a cell answers a question with; the caller frees them. */
static Sheet ask_for_rows(char *path, char *question, const Layout *layout, TextPool *pool)
{
    char *answer = ask((char *[]){ path, question, NULL }, DESCRIBE_S);
    char *name = text_format("%s %s", path, question);
    FILE *in = fmemopen(answer, strlen(answer), "r");
    if (in == NULL)
        fail("%s: %s", name, strerror(errno));
    Sheet sheet = sheet_read(in, name, layout, pool);
    fclose(in);
    free(name);
    free(answer);
    return sheet;
}

static void describe(Catalogue *catalogue, const char *build, const char *strategy, const char *workload, TextPool *pool)
{
    char *path = cell_path(build, strategy, workload);
    Sheet sheet = ask_for_rows(path, "--describe", &description_layout, pool);
    if (sheet.rows == 0)
        fail("%s --describe: it describes no variant", path);
    for (size_t i = 0; i < sheet.rows; i++)
        check_identity((const Description *)sheet.row + i, path, strategy, workload);
    add(catalogue, sheet.row, sheet.rows);
    sheet_free(&sheet);
    free(path);
}

Names catalogue_allocators(const Catalogue *catalogue, const char *strategy)
{
    Names allocators = { 0 };
    for (size_t i = 0; i < catalogue->variants; i++) {
        const Description *variant = &catalogue->variant[i];
        if (texts_equal(variant->strategy, strategy) && !names_have(allocators, variant->allocator))
            names_add(&allocators, variant->allocator);
    }
    return allocators;
}

/* The rows of a variant stand together, that of the usual allocator first. */
bool catalogue_is_usual(const Catalogue *catalogue, size_t number)
{
    const Description *variant = &catalogue->variant[number], *before = variant - 1;
    return number == 0 || !texts_equal(before->strategy, variant->strategy)
        || !texts_equal(before->workload, variant->workload) || !texts_equal(before->variant, variant->variant);
}

Sheet catalogue_settings(const char *build, const char *strategy, const char *workload, TextPool *pool)
{
    char *path = cell_path(build, strategy, workload);
    Sheet sheet = ask_for_rows(path, "--settings", &setting_layout, pool);
    free(path);
    return sheet;
}

/* Cells are asked in this process's environment and tried in another: they would describe a malloc that no trial has. */
static void demand_no_preload(void)
{
    const char *preloaded = getenv("LD_PRELOAD");
    if (preloaded && *preloaded)
        fail("LD_PRELOAD is set (%s), which trials do not see: unset it; the cells choose their allocators themselves",
             preloaded);
}

Catalogue catalogue_read(const char *build, Names strategies, Names workloads, TextPool *pool)
{
    demand_no_preload();
    Catalogue catalogue = { 0 };
    for (size_t s = 0; s < strategies.count; s++)
        for (size_t w = 0; w < workloads.count; w++)
            describe(&catalogue, build, strategies.name[s], workloads.name[w], pool);
    return catalogue;
}

void catalogue_set_input(Catalogue *catalogue, const char *workload, const char *file)
{
    const char *complaint = input_complaint(file);
    if (complaint)
        fail("--input %s=%s: %s", workload, file, complaint);
    for (size_t i = 0; i < catalogue->variants; i++) {
        Description *variant = &catalogue->variant[i];
        if (!texts_equal(variant->workload, workload))
            continue;
        if (*variant->input == '\0')
            fail("--input %s=%s: %s reads no file", workload, file, workload);
        variant->input = file;
    }
}

void catalogue_read_inputs(Catalogue *catalogue, TextPool *pool)
{
    for (size_t i = 0; i < catalogue->variants; i++) {
        Description *variant = &catalogue->variant[i];
        if (*variant->input == '\0')
            continue;
        const char *complaint = inputs_add(&catalogue->inputs, variant->workload, variant->input, pool);
        if (variant->status != OK || !complaint)
            continue;
        char *reason = text_format("cannot read %s: %s", variant->input, complaint);
        variant->status = UNSUPPORTED;
        variant->reason = intern(pool, reason);
        free(reason);
    }
}

Count catalogue_reference(const char *build, const Cell *cell, const char *input)
{
    char *path = cell_path(build, cell->strategy, cell->workload);
    char *size = text_format("%" PRIu64, cell->size), *seed = text_format("%" PRIu64, cell->seed);
    char *const without[] = { path, "--reference", "-n", size, "-s", seed, NULL };
    char *const with[] = { path, "--reference", "-n", size, "-s", seed, "--input", (char *)input, NULL };
    char *answer = ask(input ? with : without, REFERENCE_S);
    answer[strcspn(answer, "\n")] = '\0';
    Count expected = { 0 };
    expected.known = !texts_equal(answer, "NA");
    if (expected.known && !parse_natural(answer, &expected.value))
        fail("%s --reference -n %s: `%.40s` is neither a checksum nor NA", path, size, answer);
    free(answer);
    free(seed);
    free(size);
    free(path);
    return expected;
}

void catalogue_free(Catalogue *catalogue)
{
    free(catalogue->variant);
    inputs_free(&catalogue->inputs);
    *catalogue = (Catalogue){ 0 };
}
