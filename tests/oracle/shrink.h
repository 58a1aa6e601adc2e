/* shrink: the shortest script that still fails, by taking out chunks of operations, large ones first (A. Zeller and
 * R. Hildebrandt, "Simplifying and isolating failure-inducing input", 2002), and then making operands small. */
#ifndef SHRINK_H
#define SHRINK_H

#include "script.h"

typedef bool ScriptFails(const Script *script);

/* The script, which fails, becomes short. */
void shrink(Script *script, ScriptFails *fails);

#endif
