#include "texts.h"

#include "fingerprint.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

static const char **place_of(const Texts *texts, const char *text)
{
    size_t at = fingerprint_bytes(FINGERPRINT_OF_NOTHING, text, strlen(text));
    for (;; at++) {
        const char **slot = &texts->slot[at & (texts->slots - 1)];
        if (*slot == NULL || strcmp(*slot, text) == 0)
            return slot;
    }
}

static void grow(Texts *texts)
{
    Texts bigger = { .slots = texts->slots ? 2 * texts->slots : 64, .taken = texts->taken };
    bigger.slot = memory_new(bigger.slots, sizeof *bigger.slot);
    for (size_t i = 0; i < texts->slots; i++)
        if (texts->slot[i])
            *place_of(&bigger, texts->slot[i]) = texts->slot[i];
    free(texts->slot);
    *texts = bigger;
}

const char *texts_keep(Texts *texts, const char *text)
{
    if (2 * texts->taken >= texts->slots)
        grow(texts);
    const char **slot = place_of(texts, text);
    if (*slot == NULL) {
        *slot = text_format("%s", text);
        texts->taken++;
    }
    return *slot;
}

const char *texts_keep_part(Texts *texts, const char *text, size_t length)
{
    char *part = text_format("%.*s", (int)length, text);
    const char *kept = texts_keep(texts, part);
    free(part);
    return kept;
}

void texts_free(Texts *texts)
{
    for (size_t i = 0; i < texts->slots; i++)
        free((char *)texts->slot[i]);
    free(texts->slot);
    *texts = (Texts){ 0 };
}
