#include "episode.h"

#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model.h"

/* Shared with the process that plays. */
static struct Shared {
    Tally tally;
    char message[256];
} *shared;

static unsigned patience;
static Extent extent;

/* What the sanitizers shall do, where one is linked, unless ASAN_OPTIONS says otherwise: libgc and mark_sweep read the stack,
 * which the sanitizer's fake stack would hide, and pure counting leaks as the model predicts. */
const char *__asan_default_options(void)
{
    return "detect_stack_use_after_return=0:detect_leaks=0";
}

/* With what is told so far. */
static _Noreturn void end(EpisodeEnd how)
{
    fflush(NULL);
    _exit(how);
}

void out_of_memory(size_t bytes)
{
    snprintf(shared->message, sizeof shared->message, "out of memory: %zu bytes", bytes);
    end(OUT_OF_MEMORY);
}

void wrong(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(shared->message, sizeof shared->message, format, arguments);
    va_end(arguments);
    end(BROKE_PROMISES);
}

/* What the process writes on standard error goes to a file, whose last telling line says why it ended. */
static FILE *said;

/* A sentence of ours (parts/damage.h, profile), the summary of a sanitizer, or what glibc's malloc says as it aborts. */
static bool tells(const char *line)
{
    return strncmp(line, "damaged heap: ", 14) == 0 || strncmp(line, "SUMMARY: ", 9) == 0 || strstr(line, "runtime error: ") ||
           strncmp(line, "free(): ", 8) == 0 || strncmp(line, "malloc(): ", 10) == 0;
}

static const char *last_words(void)
{
    static char line[256], telling[256];
    telling[0] = '\0';
    rewind(said);
    while (fgets(line, sizeof line, said))
        if (tells(line))
            snprintf(telling, sizeof telling, "%.*s", (int)strcspn(line, "\n"), line);
    return telling;
}

static void describe_end(int status)
{
    if (shared->message[0])
        return;
    const char *words = last_words();
    const char *end = !WIFSIGNALED(status) ? "it ended by itself" :
                      WTERMSIG(status) == SIGALRM ? "it hangs" : strsignal(WTERMSIG(status));
    snprintf(shared->message, sizeof shared->message, "%s", *words ? words : end);
}

/* It dies with its parent. To whoever refuses memory that call is the beginning: what is asked for from here on is the
 * strategy's. */
static _Noreturn void be_the_child(const Script *script, FILE *trace)
{
    alarm(patience);
    dup2(fileno(said), STDERR_FILENO);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
        wrong("an episode cannot be made to die with the oracle");
    mutator_play(script, extent, &shared->tally, trace);
    end(KEPT_PROMISES);
}

EpisodeEnd episode_play(const Script *script, FILE *trace)
{
    shared->message[0] = '\0';
    fflush(NULL);
    rewind(said);
    pid_t child = ftruncate(fileno(said), 0) == 0 ? fork() : -1;
    if (child == 0)
        be_the_child(script, trace);
    int status;
    if (child < 0 || waitpid(child, &status, 0) < 0) {
        perror("oracle: cannot start an episode");
        exit(2);
    }
    if (status != 0)
        describe_end(status);
    bool is_in_order = WIFEXITED(status) && (WEXITSTATUS(status) == KEPT_PROMISES || WEXITSTATUS(status) == OUT_OF_MEMORY);
    return is_in_order ? (EpisodeEnd)WEXITSTATUS(status) : BROKE_PROMISES;
}

const char *episode_message(void) { return shared->message; }
const Tally *episode_tally(void) { return &shared->tally; }

void episode_repeat_words(void)
{
    char block[4096];
    rewind(said);
    for (size_t length; (length = fread(block, 1, sizeof block, said)) > 0;)
        fwrite(block, 1, length, stdout);
}

bool episode_prepare(unsigned seconds, Extent of_data)
{
    patience = seconds;
    extent = of_data;
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    said = tmpfile();
    if (shared != MAP_FAILED && said && model_reserve())
        return true;
    perror("oracle");
    return false;
}
