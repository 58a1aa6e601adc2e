#include "hyperfine.h"

#include "fail.h"
#include "path.h"
#include "process.h"
#include "rows.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { ANSWER_S = 10 };

char *hyperfine_find(void)
{
    char *program = program_find("hyperfine"), answer[200] = "";
    unsigned major = 0, minor = 0;
    if (program == NULL)
        fail("hyperfine is missing; install it: make deps");
    process_output((char *[]){ program, "--version", NULL }, ANSWER_S, NO_LIMIT, answer, sizeof answer);
    if (sscanf(answer, "hyperfine %u.%u", &major, &minor) != 2 || (major == 1 && minor < 15) || major == 0)
        fail("%s is not hyperfine 1.15 or later; install it: make deps", program);
    return program;
}

/* hyperfine takes a command apart as a shell would: in single quotes nothing is special but the single quote. */
void hyperfine_quote(FILE *out, const char *word)
{
    putc('\'', out);
    for (; *word; word++) {
        if (*word == '\'')
            fputs("'\\'", out);
        putc(*word, out);
    }
    putc('\'', out);
}

void hyperfine_command(char *words[HYPERFINE_WORDS], const char *program, char *command, const char *report)
{
    char *const all[HYPERFINE_WORDS] = {
        (char *)program, "-N", "-i", "--runs", "1", "--warmup", "0", "--style", "none", "--export-json", (char *)report,
        "--output", "inherit", command, NULL,
    };
    memcpy(words, all, sizeof all);
}

/* A quantity that a row may have: with another in it, nobody could read the file again. */
static bool number_at(const json_t *run, const char *key, double *number)
{
    json_t *value = json_object_get(run, key);
    *number = json_number_value(value);
    return json_is_number(value) && *number >= 0 && *number <= QUANTITY_MOST;
}

/* As a shell tells them: one byte. */
static bool is_exit_status(const json_t *value)
{
    return json_is_integer(value) && json_integer_value(value) >= 0 && json_integer_value(value) <= 255;
}

bool hyperfine_report_parse(const char *json, Measured *measured)
{
    json_t *report = json_loads(json, 0, NULL);
    json_t *run = json_array_get(json_object_get(report, "results"), 0);
    json_t *exit_status = json_array_get(json_object_get(run, "exit_codes"), 0);
    bool whole = number_at(run, "mean", &measured->wall_s) && number_at(run, "user", &measured->user_s) &&
                 number_at(run, "system", &measured->system_s) && is_exit_status(exit_status);
    measured->exit_status = json_integer_value(exit_status);
    json_decref(report);
    return whole;
}
