/* A target without a fuzzer: each file is one input. The first finding ends the program, which says what file it was. */
#include "fuzz.h"

#include <sanitizer/common_interface_defs.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *now;

static void tell_file(void)
{
    dprintf(STDERR_FILENO, "it was %s\n", now);
}

static void tell_abort(int signal)
{
    tell_file();
    _exit(128 + signal);
}

static void replay(const char *path)
{
    struct stat state;
    FILE *file = fopen(path, "rb");
    if (!file || fstat(fileno(file), &state) != 0) {
        perror(path);
        exit(2);
    }
    uint8_t *bytes = malloc((size_t)state.st_size); /* no more than there are: what is read beyond them is seen */
    size_t length = fread(bytes, 1, (size_t)state.st_size, file);
    fclose(file);
    LLVMFuzzerTestOneInput(bytes, length);
    free(bytes);
}

int main(int count, char **word)
{
    __sanitizer_set_death_callback(tell_file);
    signal(SIGABRT, tell_abort);
    for (int i = 1; i < count; i++) {
        now = word[i];
        replay(now);
    }
    printf("%d inputs, no finding\n", count - 1);
}
