#include "allocator.h"

#include <ctype.h>
#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "parts/poison.h"
#include "parts/system.h"

enum {
    NAME_BYTES = 64,    /* of one family */
    NAMES_BYTES = 256,  /* of all that are named */
    REASON_BYTES = 256,
    PATH_BYTES = 4096,
    FILES_MAX = 4,      /* of a family, the NULL behind them included */
    CHOICES_MAX = 8,
};

/* Set by allocator_enter for what the process becomes, so that it does not start again for ever: `family process-id`. One that
 * came from elsewhere in the environment is of another process. */
static const char *const entered = "RECLAIM_ALLOCATOR";

typedef struct Family {
    const char *name;
    const char *files[FILES_MAX]; /* names of the shared object, the newest first */
    const char *package;          /* Debian 12's */
} Family;

static const Family families[] = {
    { "mimalloc", { "libmimalloc.so.3", "libmimalloc.so.2", "libmimalloc.so" }, "libmimalloc2.0" },
    { "jemalloc", { "libjemalloc.so.2", "libjemalloc.so" }, "libjemalloc2" },
    { "tcmalloc", { "libtcmalloc_minimal.so.4", "libtcmalloc.so.4", "libtcmalloc_minimal.so" }, "libtcmalloc-minimal4" },
    { 0 },
};

static const Family *family_named(const char *name)
{
    for (const Family *family = families; family->name; family++)
        if (strcmp(family->name, name) == 0)
            return family;
    return NULL;
}

/* ---- Which is active -------------------------------------------------------------------------------------------- */

static bool begins_with(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

/* libjemalloc.so.2 -> jemalloc, libtcmalloc_minimal.so.4 -> tcmalloc, libmimalloc-secure.so.2 -> mimalloc */
static const char *name_of_library(const char *file)
{
    static char name[NAME_BYTES];
    const char *from = file + strlen("lib");
    size_t length = 0;
    while (isalnum((unsigned char)from[length]) && length < sizeof name - 1)
        length++;
    snprintf(name, sizeof name, "%.*s", (int)length, from);
    return name;
}

static const char *name_in_path(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static const char *family_of_file(const char *path)
{
    const char *file = name_in_path(path);
    if (begins_with(file, "libc.so") || begins_with(file, "libc-"))
        return "glibc";
    if (begins_with(file, "ld-musl"))
        return "musl";
    return begins_with(file, "lib") && isalpha((unsigned char)file[strlen("lib")]) ? name_of_library(file) : "program";
}

/* The path of what malloc was found in; NULL: unknown. */
static const char *active_file(void)
{
    Dl_info holder;
    void *active = dlsym(RTLD_DEFAULT, "malloc");
    return active && dladdr(active, &holder) ? holder.dli_fname : NULL;
}

const char *allocator_active(void)
{
    const char *file = active_file();
    if (POISONING)
        return "asan"; /* clang links it into the executable */
    return file ? family_of_file(file) : "program";
}

const char *allocator_preloaded(void)
{
    const char *file = active_file(), *preloaded = getenv("LD_PRELOAD");
    return file && preloaded && strstr(preloaded, name_in_path(file)) ? file : NULL;
}

const char *const *allocator_choices(const char *named)
{
    static char names[NAMES_BYTES];
    static const char *choices[CHOICES_MAX + 1];
    size_t count = 0;
    snprintf(names, sizeof names, "%s", named ? named : allocator_active());
    for (char *rest = names, *name; count < CHOICES_MAX && (name = strsep(&rest, " "));)
        choices[count++] = name;
    choices[count] = NULL;
    return choices;
}

/* ---- Another ---------------------------------------------------------------------------------------------------- */

static bool find_in(const char *folder, const Family *family, char path[static PATH_BYTES])
{
    for (const char *const *file = family->files; *file; file++)
        if (snprintf(path, PATH_BYTES, "%s/%s", folder, *file) < PATH_BYTES && access(path, R_OK) == 0)
            return true;
    return false;
}

/* Where the dynamic linker looks (dlinfo(3)). Opening the library would answer, too, but not every allocator can be opened by a
 * process that has begun. */
static Dl_serinfo *linker_folders(void)
{
    Dl_serinfo sizes;
    void *program = dlopen(NULL, RTLD_LAZY);
    if (!program || dlinfo(program, RTLD_DI_SERINFOSIZE, &sizes) != 0)
        return NULL;
    Dl_serinfo *folders = malloc(sizes.dls_size);
    if (!folders)
        out_of_memory(sizes.dls_size); /* or a library that is there would be told to be missing */
    *folders = sizes;
    if (dlinfo(program, RTLD_DI_SERINFO, folders) == 0)
        return folders;
    free(folders);
    return NULL;
}

static bool find_library(const Family *family, char path[static PATH_BYTES])
{
    Dl_serinfo *folders = linker_folders();
    bool found = false;
    for (unsigned i = 0; folders && !found && i < folders->dls_cnt; i++)
        found = find_in(folders->dls_serpath[i].dls_name, family, path);
    free(folders);
    return found || find_in("/usr/local/lib", family, path);
}

const char *allocator_obstacle(const char *name)
{
    static char reason[REASON_BYTES];
    char path[PATH_BYTES];
    const Family *family = family_named(name);
    if (POISONING)
        return family ? "AddressSanitizer has an allocator of its own" : NULL;
    if (!family || find_library(family, path))
        return NULL;
    snprintf(reason, sizeof reason, "%s is not on this machine: install %s", family->name, family->package);
    return reason;
}

/* The C library's own family needs no library before it, whatever was. */
static bool preload(const char *name)
{
    const Family *family = family_named(name);
    const char *others = getenv("LD_PRELOAD");
    char path[PATH_BYTES], all[2 * PATH_BYTES];
    if (!family)
        return unsetenv("LD_PRELOAD") == 0;
    if (!find_library(family, path))
        return false;
    snprintf(all, sizeof all, "%s%s%s", path, others ? ":" : "", others ? others : "");
    return setenv("LD_PRELOAD", all, 1) == 0;
}

static const char *other_is_active(const char *name)
{
    static char reason[REASON_BYTES];
    snprintf(reason, sizeof reason, "%s was asked for but malloc is that of %s", name, allocator_active());
    return reason;
}

/* By the name that the link has: under valgrind, what is opened as /proc/self/exe is valgrind, but what is read is the program. */
static void start_again(char **words)
{
    char program[PATH_BYTES];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    program[length > 0 ? length : 0] = '\0';
    execv(program, words);
}

const char *allocator_enter(const char *name, char **words)
{
    const char *obstacle = allocator_obstacle(name);
    if (obstacle || POISONING || strcmp(name, allocator_active()) == 0)
        return obstacle;
    char now[NAME_BYTES];
    snprintf(now, sizeof now, "%s %ld", name, (long)getpid());
    const char *before = getenv(entered);
    if (before && strcmp(before, now) == 0)
        return other_is_active(name);
    if (preload(name) && setenv(entered, now, 1) == 0)
        start_again(words);
    return strerror(errno);
}
