#include "holder.h"

#include <stdio.h>

#include "model.h"

typedef struct Holder {
    uint32_t owner, slot; /* owner 0: nobody */
} Holder;

static Holder slot_that_refers_to(uint32_t number, uint32_t owner)
{
    const Thing *thing = model_thing(owner);
    for (uint32_t slot = 0; thing->field && slot < thing->length; slot++)
        if (thing->field[slot] == number)
            return (Holder){ owner, slot };
    return (Holder){ 0, 0 };
}

static Holder find_holder(uint32_t number, bool (*is_live)(uint32_t number))
{
    Holder found = { 0, 0 };
    model_search();
    for (uint32_t i = 0; i < model_alive(); i++) {
        uint32_t owner = model_alive_at(i);
        Holder holder = model_reached(owner) ? slot_that_refers_to(number, owner) : (Holder){ 0, 0 };
        if (holder.owner && is_live(owner))
            return holder;
        if (holder.owner)
            found = holder;
    }
    return found;
}

uint32_t first_lost(uint32_t number, bool (*is_live)(uint32_t number))
{
    for (uint32_t i = 0; i < model_alive(); i++) {
        uint32_t other = model_alive_at(i);
        Holder holder = is_live(other) ? (Holder){ 0, 0 } : find_holder(other, is_live);
        if ((model_thing(other)->hands && !is_live(other)) || (holder.owner && is_live(holder.owner)))
            return other;
    }
    return number;
}

const char *holder_of(uint32_t number, bool (*is_live)(uint32_t number))
{
    static char words[96];
    if (model_thing(number)->hands)
        return "a local variable";
    Holder holder = find_holder(number, is_live);
    if (!holder.owner)
        return "nobody";
    const Thing *owner = model_thing(holder.owner);
    const char *part = owner->kind == KIND_ARRAY ? "slot" : "field";
    if (holder.slot + 1 == owner->length)
        snprintf(words, sizeof words, "the last of %u %ss of #%u", owner->length, part, holder.owner);
    else
        snprintf(words, sizeof words, "%s %u of %u of #%u", part, holder.slot + 1, owner->length, holder.owner);
    return words;
}
