#include "roles.h"

/* The one function of the harness that calls a variant, and what is called before and after (cell/measure.c, workload.h). */
static const char caller[] = "repeat";
static const char *const wrappers[] = { "open_heap_", "close_heap_", "collect_" };

/* How deep in memory management a part is: what is called there does not lead back out, but by a finalizer. */
static int level(State state)
{
    static const int levels[STATES] = {
        [STARTUP] = 0, [CALLING] = 0, [WORK] = 1, [ALLOCATE] = 2, [BARRIER] = 2, [RELEASE] = 3, [COLLECT] = 4, [TEARDOWN] = 5,
    };
    return levels[state];
}

static const char *last_place(const char *text, const char *word)
{
    const char *last = NULL;
    for (const char *found = text; (found = strstr(found, word)) != NULL; found++)
        last = found;
    return last;
}

/* The folder that is named last counts: the project may lie in one of the same name. */
static bool is_in_workloads(const char *file)
{
    const char *workloads = last_place(file, "workloads/");
    return workloads && !last_place(workloads, "harness/") && !last_place(workloads, "strategies/");
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), wanted = strlen(end);
    return length > wanted && strcmp(text + length - wanted, end) == 0;
}

bool roles_is_work(const Roles *roles, const Frame *frame)
{
    if (!is_in_workloads(frame->file) || roles_find(roles, frame->function))
        return false;
    for (size_t i = 0; i < sizeof wrappers / sizeof *wrappers; i++)
        if (texts_equal(frame->function, wrappers[i]))
            return false;
    for (size_t i = 0; i < roles->suffixes; i++)
        if (ends_with(frame->function, roles->suffix[i]))
            return false;
    return true;
}

static State step_outside(const Roles *roles, State state, const Frame *frame)
{
    if (roles_of(roles, frame->function) == TEARDOWN)
        return TEARDOWN;
    if (texts_equal(frame->function, caller))
        return CALLING;
    return state == CALLING && roles_is_work(roles, frame) ? WORK : state;
}

State roles_step(const Roles *roles, State state, const Frame *frame)
{
    if (state == TEARDOWN)
        return state;
    if (level(state) == 0)
        return step_outside(roles, state, frame);
    if (roles_is_work(roles, frame))
        return WORK;
    Purpose part = roles_of(roles, frame->function);
    return part != PARTS && level(part) > level(state) ? part : state;
}
