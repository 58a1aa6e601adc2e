#include "hyperfine.h"

#include "fail.h"
#include "memory.h"
#include "process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ANSWER_S = 10 };

static char *find_in_path(const char *program)
{
    const char *path = getenv("PATH");
    for (size_t length; path && *path; path += length + (path[length] == ':')) {
        length = strcspn(path, ":");
        char *file = text_format("%.*s/%s", (int)length, path, program);
        if (length > 0 && access(file, X_OK) == 0)
            return file;
        free(file);
    }
    return NULL;
}

char *hyperfine_find(void)
{
    char *program = find_in_path("hyperfine"), answer[200] = "";
    unsigned major = 0, minor = 0;
    if (program == NULL)
        fail("hyperfine is missing; install it: make deps");
    process_output((char *[]){ program, "--version", NULL }, ANSWER_S, NO_LIMIT, answer, sizeof answer);
    if (sscanf(answer, "hyperfine %u.%u", &major, &minor) != 2 || (major == 1 && minor < 15) || major == 0)
        fail("%s is not hyperfine 1.15 or later; install it: make deps", program);
    return program;
}
