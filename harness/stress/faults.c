/* Mode faults: what befalls the harness itself. The runner is killed and goes on, cells do odd things, tools fail halfway,
 * the wall clock jumps, the disk is full, the run's folder is gone. What befalls it is a script (tests/stress), which makes a
 * project of its own and prints a line for each thing that it tried; this mode shares the tries out among all cores and makes
 * rows of the lines. */
#include "fail.h"
#include "memory.h"
#include "process.h"
#include "sharing.h"
#include "stress.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct Script {
    const char *name;
    unsigned quick, all; /* how many tries */
    unsigned at_a_time;  /* how many a part makes */
} scripts[] = {
    { "kills", 6, 50, 2 }, /* each try ends the runner three times, twice or more by SIGKILL */
    { "commands", 5, 25, 5 },
    { "cells", 38, 38, 5 },
    { "tools", 22, 22, 3 },
    { "clock", 2, 10, 2 },
    { "disk", 3, 20, 3 },
    { "folders", 9, 9, 3 },
};
enum { SCRIPTS = sizeof scripts / sizeof *scripts, PART_S = 300 };

/* Some tries of a script. */
typedef struct Part {
    const struct Script *script;
    unsigned first, last;
    char *folder; /* where it works, and leaves what was not in order */
    char *log;    /* what it printed, on either stream */
} Part;

typedef struct Plan {
    const Stress *stress;
    Part *part;
    size_t parts, room;
} Plan;

/* A row for each thing that was tried. */
typedef struct Tally {
    const Stress *stress;
    StressRow *row;
    size_t rows, room;
} Tally;

/* What a script said. */
typedef struct Account {
    size_t lines, broken;   /* that are what came of a try, and that were not ok */
    const char *unreadable; /* such a line without subject or condition, or NULL */
    const char *last;       /* of all other lines */
} Account;

/* ---- The plan ------------------------------------------------------------------------------------------------------- */

static void add(Plan *plan, const struct Script *script, unsigned first, unsigned last)
{
    plan->part = memory_room(plan->part, &plan->room, plan->parts + 1, sizeof *plan->part);
    Part *part = &plan->part[plan->parts++];
    *part = (Part){ .script = script, .first = first, .last = last };
    part->folder = text_format("%s/faults/%s", plan->stress->folder, script->name);
    part->log = text_format("%s/%s-%u.log", plan->stress->folder, script->name, first);
}

static Plan plan_parts(const Stress *stress)
{
    Plan plan = { .stress = stress };
    for (const struct Script *script = scripts; script < scripts + SCRIPTS; script++) {
        unsigned tries = stress->quick ? script->quick : script->all;
        for (unsigned first = 1; first <= tries; first += script->at_a_time) {
            unsigned last = first + script->at_a_time - 1;
            add(&plan, script, first, last < tries ? last : tries);
        }
    }
    return plan;
}

static void plan_free(Plan *plan)
{
    for (size_t i = 0; i < plan->parts; i++) {
        free(plan->part[i].folder);
        free(plan->part[i].log);
    }
    free(plan->part);
}

static char *again_of(const Plan *plan, const Part *part)
{
    return text_format("bash tests/stress/%s.sh %s %" PRIu64 " %u %u %s", part->script->name, plan->stress->build,
                       plan->stress->seed, part->first, part->last, part->folder);
}

/* ---- A part --------------------------------------------------------------------------------------------------------- */

static int open_log(const char *log)
{
    int file = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0666);
    if (file < 0)
        fail("%s cannot be written: %s", log, strerror(errno));
    return file;
}

static int run_part(void *context, size_t number, void *result)
{
    const Plan *plan = context;
    const Part *part = &plan->part[number];
    char *script = text_format("tests/stress/%s.sh", part->script->name), seed[24], first[16], last[16];
    snprintf(seed, sizeof seed, "%" PRIu64, plan->stress->seed);
    snprintf(first, sizeof first, "%u", part->first);
    snprintf(last, sizeof last, "%u", part->last);
    int log = open_log(part->log);
    char *const command[] = { "/bin/bash", script, (char *)plan->stress->build, seed, first, last, part->folder, NULL };
    End end = process_wait(process_start(&(Launch){ .command = command, .core = ANY_CORE, .output = log, .errors = log }),
                           PART_S);
    close(log);
    free(script);
    *(End *)result = end;
    return end.ending == STOPPED ? end.signal : 0;
}

/* ---- Rows ----------------------------------------------------------------------------------------------------------- */

static StressRow *row_of(Tally *tally, const char *subject, const char *condition)
{
    for (size_t i = 0; i < tally->rows; i++)
        if (texts_equal(tally->row[i].subject, subject) && texts_equal(tally->row[i].condition, condition))
            return &tally->row[i];
    tally->row = memory_room(tally->row, &tally->room, tally->rows + 1, sizeof *tally->row);
    StressRow *row = &tally->row[tally->rows++];
    *row = stress_row("faults", NOT_A_STRATEGY, intern(tally->stress->pool, subject), intern(tally->stress->pool, condition));
    row->outcome = UNTRIED;
    return row;
}

/* What is not in order is told rather than what is, and that rather than what nobody tried. */
static void count(StressRow *row, const char *outcome)
{
    bool tried = !texts_equal(outcome, UNTRIED), broken = texts_equal(outcome, BROKEN);
    row->tries += tried;
    row->broken += broken;
    if (broken || (tried && !texts_equal(row->outcome, BROKEN)))
        row->outcome = outcome;
}

/* "…; kills: N" at the end of a sentence, which is cut off: how often SIGKILL ended the runner. */
static void count_kills(StressRow *row, char *sentence)
{
    char *kills = strstr(sentence, "; kills: ");
    if (kills == NULL)
        return;
    row->figure = "kills";
    row->value = (isnan(row->value) ? 0 : row->value) + strtod(kills + strlen("; kills: "), NULL);
    *kills = '\0';
}

static void note(Tally *tally, StressRow *row, const char *outcome, const char *sentence, const char *again)
{
    bool is_first_of_its_kind = !texts_equal(row->outcome, outcome) || row->tries == 0;
    count(row, outcome);
    if (!is_first_of_its_kind || !texts_equal(row->outcome, outcome))
        return;
    row->sentence = intern(tally->stress->pool, sentence);
    row->again = intern(tally->stress->pool, again);
}

/* "SUBJECT: CONDITION: SENTENCE; again: COMMAND", the last part where something broke; takes the line apart, or returns false
 * where it is none. */
static bool take_finding(Tally *tally, const char *outcome, char *line)
{
    char *condition = strstr(line, ": "), *sentence = condition ? strstr(condition + 2, ": ") : NULL;
    if (sentence == NULL)
        return false;
    *condition = *sentence = '\0';
    char *again = strstr(sentence + 2, "; again: ");
    if (again)
        *again = '\0';
    StressRow *row = row_of(tally, line, condition + 2);
    count_kills(row, sentence + 2);
    note(tally, row, outcome, sentence + 2, again ? again + strlen("; again: ") : "");
    return true;
}

static void take_line(Tally *tally, char *line, Account *account)
{
    static const struct { const char *begins, *outcome; } kinds[] = {
        { "ok - ", KEPT }, { "not ok - ", BROKEN }, { "untried - ", UNTRIED },
    };
    line[strcspn(line, "\n")] = '\0';
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strncmp(line, kinds[i].begins, strlen(kinds[i].begins)) == 0) {
            const char *whole = intern(tally->stress->pool, line);
            if (!take_finding(tally, kinds[i].outcome, line + strlen(kinds[i].begins)))
                account->unreadable = whole;
            account->lines++;
            account->broken += texts_equal(kinds[i].outcome, BROKEN);
            return;
        }
    if (*line)
        account->last = intern(tally->stress->pool, line);
}

static Account take_log(Tally *tally, const Part *part)
{
    Account account = { .last = "nothing" };
    char *line = NULL;
    size_t room = 0;
    FILE *log = fopen(part->log, "r");
    if (log == NULL)
        fail("%s: %s", part->log, strerror(errno));
    while (getline(&line, &room, log) > 0)
        take_line(tally, line, &account);
    fclose(log);
    free(line);
    unlink(part->log);
    return account;
}

/* What is wrong with how a script ended, or NULL. It tells of each of its tries, and ends with 1 where one was not ok. */
static char *complaint_of(const Part *part, End end, const Account *account)
{
    unsigned tries = part->last - part->first + 1;
    if (end.ending == OUT_OF_TIME)
        return text_format("it did not end in %d s; it said last: %s", PART_S, account->last);
    if (!WIFEXITED(end.status))
        return text_format("signal %d ended it; it said last: %s", WTERMSIG(end.status), account->last);
    if (WEXITSTATUS(end.status) != (account->broken ? CELLS_FAILED : ALL_WELL))
        return text_format("it ended with %d, and %zu lines not ok; it said last: %s", WEXITSTATUS(end.status),
                           account->broken, account->last);
    if (account->unreadable)
        return text_format("it said what cannot be read: %s", account->unreadable);
    if (account->lines < tries)
        return text_format("it told of %zu of its %u tries; it said last: %s", account->lines, tries, account->last);
    return NULL;
}

static void judge_script(Tally *tally, const Plan *plan, const Part *part, End end, const Account *account)
{
    char *complaint = complaint_of(part, end, account), *again = again_of(plan, part);
    if (complaint) {
        char *script = text_format("%s.sh", part->script->name);
        note(tally, row_of(tally, script, "the script itself"), BROKEN, complaint, again);
        free(script);
    }
    free(again);
    free(complaint);
}

static void tell_all(const Plan *plan, const End *end)
{
    Tally tally = { .stress = plan->stress };
    for (size_t i = 0; i < plan->parts; i++) {
        Account account = take_log(&tally, &plan->part[i]);
        judge_script(&tally, plan, &plan->part[i], end[i], &account);
    }
    for (size_t i = 0; i < tally.rows; i++)
        stress_tell(plan->stress, &tally.row[i]);
    free(tally.row);
}

/* The folders of scripts that left nothing, which are empty. */
static void remove_empty_folders(const Plan *plan, const char *faults)
{
    for (size_t i = 0; i < plan->parts; i++)
        rmdir(plan->part[i].folder);
    rmdir(faults);
}

static int try_faults(Stress *stress)
{
    char *faults = text_format("%s/faults", stress->folder);
    Plan plan = plan_parts(stress);
    if (mkdir(faults, 0777) != 0 && errno != EEXIST)
        fail("%s cannot be made: %s", faults, strerror(errno));
    End *end = memory_new(plan.parts, sizeof *end);
    int signal = share_work(run_part, &plan, plan.parts, sizeof *end, end);
    if (!signal)
        tell_all(&plan, end);
    remove_empty_folders(&plan, faults);
    plan_free(&plan);
    free(end);
    free(faults);
    return signal;
}

const StressMode stress_faults = {
    .name = "faults",
    .promise = "whatever befalls the runner, its cells and its tools, nothing that was measured is lost or there twice",
    .run = try_faults,
};
