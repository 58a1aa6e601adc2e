#include "shrink.h"

#include <stdlib.h>
#include <string.h>

static Script without(const Script *script, size_t from, size_t count)
{
    Script shorter = { malloc((script->length + 1) * sizeof(Operation)), script->length - count };
    if (!shorter.operations)
        abort();
    memcpy(shorter.operations, script->operations, from * sizeof(Operation));
    memcpy(shorter.operations + from, script->operations + from + count, (shorter.length - from) * sizeof(Operation));
    return shorter;
}

/* Takes out every chunk of this many operations that the failure does not need. True: there was one. */
static bool remove_chunks(Script *script, size_t count, ScriptFails *fails)
{
    bool removed = false;
    for (size_t from = 0; from + count <= script->length;) {
        Script shorter = without(script, from, count);
        if (fails(&shorter)) {
            script_free(script);
            *script = shorter;
            removed = true;
        } else {
            script_free(&shorter);
            from += count;
        }
    }
    return removed;
}

static void try_operand(Script *script, uint32_t *operand, uint32_t smaller, ScriptFails *fails)
{
    uint32_t before = *operand;
    if (smaller >= before)
        return;
    *operand = smaller;
    if (!fails(script))
        *operand = before;
}

static void simplify_operands(Script *script, ScriptFails *fails)
{
    static const uint32_t masks[] = { 0, 0xF, 0xFF, 0xFFF };
    for (size_t i = 0; i < script->length; i++) {
        uint32_t *operands[] = { &script->operations[i].a, &script->operations[i].b, &script->operations[i].c };
        for (size_t k = 0; k < 3; k++)
            for (size_t m = sizeof masks / sizeof *masks; m-- > 0;)
                try_operand(script, operands[k], *operands[k] & masks[m], fails);
    }
}

void shrink(Script *script, ScriptFails *fails)
{
    bool removed = true;
    while (removed) {
        removed = false;
        for (size_t count = (script->length + 1) / 2; count > 0; count /= 2)
            removed |= remove_chunks(script, count, fails);
    }
    simplify_operands(script, fails);
}
