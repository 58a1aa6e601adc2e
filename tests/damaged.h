/* How a test demands that damage is noticed. Included after cmocka.h. */
#ifndef DAMAGED_H
#define DAMAGED_H

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs it in a process of its own, which must abort with a sentence that holds these words. */
static inline void assert_found_damaged(void (*damage)(void), const char *words)
{
    int ends[2];
    char said[1000] = "";
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        dup2(ends[1], STDERR_FILENO);
        damage();
        _exit(0);
    }
    close(ends[1]);
    for (ssize_t length = 0, more; (more = read(ends[0], said + length, sizeof said - 1 - (size_t)length)) > 0;)
        length += more;
    close(ends[0]);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    assert_non_null(strstr(said, "damaged heap: "));
    if (!strstr(said, words))
        fail_msg("'%s' is not in '%s'", words, said);
}

#endif
