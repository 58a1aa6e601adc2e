/* Works that can be refused: the way back, and what they leave behind.
 *
 * The sanitizer tells of every allocation and every free, and those of a work are kept in a table: what a refused work has left
 * is freed, so that millions of them fit into memory, and what one has left that was not refused is a leak. */
#include "fuzz.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "harness/cell.h"
#include "harness/cell/fail.h"
#include "harness/system/fail.h"
#include "strategies/parts/system.h"

char fuzz_refusal[1024];

static jmp_buf way_back;
static __thread bool is_working; /* libFuzzer has a thread of its own */

/* ---- What is alive of what the work has allocated --------------------------------------------------------------------- */

enum { ALIVE_MOST = 1 << 15, SLOTS = 2 * ALIVE_MOST };

static const volatile void *alive[ALIVE_MOST]; /* in no order */
static size_t living;
static uint32_t slots[SLOTS]; /* 1 + where it stands in alive, by its address: open addressing */

static size_t home_of(const volatile void *memory)
{
    return ((uintptr_t)memory >> 4) * 0x9E3779B97F4A7C15u >> 48;
}

static size_t slot_of(const volatile void *memory)
{
    size_t slot = home_of(memory);
    while (slots[slot] && alive[slots[slot] - 1] != memory)
        slot = (slot + 1) % SLOTS;
    return slot;
}

static void was_allocated(const volatile void *memory, size_t size)
{
    (void)size;
    if (!is_working || !memory)
        return;
    if (living == ALIVE_MOST)
        fuzz_finding("more than %d allocations are alive", ALIVE_MOST);
    alive[living] = memory;
    slots[slot_of(memory)] = ++living;
}

/* What stands behind it moves up, for a search ends at the first empty slot. */
static void empty_slot(size_t hole)
{
    for (size_t next = (hole + 1) % SLOTS; slots[next]; next = (next + 1) % SLOTS)
        if ((next - home_of(alive[slots[next] - 1])) % SLOTS >= (next - hole) % SLOTS) {
            slots[hole] = slots[next];
            hole = next;
        }
    slots[hole] = 0;
}

static void forget(const volatile void *memory)
{
    size_t slot = slot_of(memory), place = slots[slot];
    if (!place)
        return;
    const volatile void *last = alive[living - 1];
    empty_slot(slot);
    living--;
    if (last == memory)
        return;
    slots[slot_of(last)] = place;
    alive[place - 1] = last;
}

static void is_freed(const volatile void *memory)
{
    if (is_working && memory)
        forget(memory);
}

void fuzz_keeps(const void *memory)
{
    is_freed(memory);
}

/* After the work, so that nobody looks for them meanwhile. */
static void free_left(void)
{
    while (living) {
        const volatile void *last = alive[living - 1];
        forget(last);
        free((void *)last);
    }
}

/* As clang's sanitizer/allocator_interface.h has it; gcc has the function and not the header. */
int __sanitizer_install_malloc_and_free_hooks(void (*malloc_hook)(const volatile void *, size_t),
                                              void (*free_hook)(const volatile void *));

static __attribute__((constructor)) void listen(void)
{
    if (!__sanitizer_install_malloc_and_free_hooks(was_allocated, is_freed))
        abort();
}

/* ---- Files ------------------------------------------------------------------------------------------------------------- */

enum { OPEN_MOST = 8 };

static FILE *open_file[OPEN_MOST];
static struct { const uint8_t *bytes; size_t length; } content;

FILE *__real_fopen(const char *path, const char *mode);
FILE *__wrap_fopen(const char *path, const char *mode);
FILE *__real_fdopen(int file, const char *mode);
FILE *__wrap_fdopen(int file, const char *mode);
int __real_fclose(FILE *file);
int __wrap_fclose(FILE *file);

/* What a work has opened without stdio; nothing of it is open any more when a work passes. */
static int opened[OPEN_MOST];
static size_t opened_count;

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);

/* Nobody creates files here: there is no mode. */
int __wrap_open(const char *path, int flags, ...)
{
    int file = __real_open(path, flags);
    if (file >= 0 && is_working && opened_count < OPEN_MOST)
        opened[opened_count++] = file;
    return file;
}

static FILE **entry_of(FILE *file)
{
    for (int i = 0; i < OPEN_MOST; i++)
        if (open_file[i] == file)
            return &open_file[i];
    fuzz_finding("a file is closed that is not open, or %d are open", OPEN_MOST);
}

/* The linker has the suite's calls come here. */
FILE *__wrap_fopen(const char *path, const char *mode)
{
    bool is_content = strcmp(path, FUZZ_FILE) == 0;
    FILE *file = is_content ? fmemopen((void *)content.bytes, content.length, mode) : __real_fopen(path, mode);
    if (file && is_working)
        *entry_of(NULL) = file;
    return file;
}

FILE *__wrap_fdopen(int opened, const char *mode)
{
    FILE *file = __real_fdopen(opened, mode);
    if (file && is_working)
        *entry_of(NULL) = file;
    return file;
}

int __wrap_fclose(FILE *file)
{
    if (is_working)
        for (int i = 0; i < OPEN_MOST; i++)
            open_file[i] = open_file[i] == file ? NULL : open_file[i];
    return __real_fclose(file);
}

static bool close_left(void)
{
    bool any = false;
    for (int i = 0; i < OPEN_MOST; i++)
        if (open_file[i]) {
            __real_fclose(open_file[i]);
            open_file[i] = NULL;
            any = true;
        }
    return any;
}

void fuzz_file(const uint8_t *bytes, size_t length)
{
    content.bytes = bytes;
    content.length = length;
}

const char *fuzz_path(const uint8_t *bytes, size_t length)
{
    static char path[64];
    static int file = -1;
    if (file < 0) {
        file = memfd_create("input", MFD_CLOEXEC);
        snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    }
    if (file < 0 || ftruncate(file, 0) != 0 || pwrite(file, bytes, length, 0) != (ssize_t)length)
        fuzz_finding("there is no file in memory");
    return path;
}

/* ---- The work ---------------------------------------------------------------------------------------------------------- */

bool fuzz_passes(void (*work)(void *context), void *context)
{
    volatile bool passed = false;
    fuzz_refusal[0] = '\0';
    if (setjmp(way_back) == 0) {
        is_working = true;
        work(context);
        passed = true;
    }
    bool left_open = close_left();
    while (opened_count > 0)
        close(opened[--opened_count]); /* again, where the work has done so */
    size_t left = living;
    is_working = false;
    free_left();
    if (passed && (left_open || left > 0))
        fuzz_finding("%zu allocations%s are left behind", left, left_open ? " and an open file" : "");
    return passed;
}

void fuzz_finding(const char *sentence, ...)
{
    va_list values;
    is_working = false;
    va_start(values, sentence);
    dprintf(STDERR_FILENO, "finding: "); /* not through stderr, which a target may have sent elsewhere */
    vdprintf(STDERR_FILENO, sentence, values);
    dprintf(STDERR_FILENO, "\n");
    va_end(values);
    abort();
}

static _Noreturn void refuse(const char *sentence, va_list values)
{
    vsnprintf(fuzz_refusal, sizeof fuzz_refusal, sentence, values);
    if (!is_working)
        fuzz_finding("refused outside of any work: %s", fuzz_refusal);
    if (fuzz_refusal[0] == '\0')
        fuzz_finding("refused without a sentence");
    longjmp(way_back, 1);
}

/* ---- In place of those that end the program ----------------------------------------------------------------------------- */

void fail(const char *sentence, ...)
{
    va_list values;
    va_start(values, sentence);
    refuse(sentence, values);
}

void notice(const char *sentence, ...)
{
    char text[sizeof fuzz_refusal];
    va_list values;
    va_start(values, sentence);
    vsnprintf(text, sizeof text, sentence, values);
    va_end(values);
}

void cell_fail(const char *sentence, ...)
{
    va_list values;
    va_start(values, sentence);
    refuse(sentence, values);
}

void bad_input(const char *file, size_t line, size_t column, const char *what)
{
    cell_fail("%s:%zu:%zu: %s", file, line, column, what);
}

void out_of_memory(size_t bytes)
{
    fuzz_finding("out of memory for %zu bytes", bytes);
}

/* What a cell's main has besides. */
uint64_t operations, cell_seed = 1;
const char *cell_input = FUZZ_FILE;
