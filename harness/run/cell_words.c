#include "cell_words.h"

#include "memory.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Words that are being gathered; there is always room for the NULL behind them. */
typedef struct Gathered {
    char **word;
    size_t words, room;
} Gathered;

static void gather(Gathered *all, char *word)
{
    all->word = memory_room(all->word, &all->room, all->words + 2, sizeof *all->word);
    all->word[all->words++] = word;
    all->word[all->words] = NULL;
}

static void gather_option(Gathered *all, const char *option, char *value)
{
    gather(all, text_format("%s", option));
    gather(all, value);
}

static void gather_settings(Gathered *all, const char *settings)
{
    for (size_t length; *settings; settings += length + (settings[length] == ';')) {
        length = strcspn(settings, ";");
        gather_option(all, "--set", text_format("%.*s", (int)length, settings));
    }
}

char **cell_words(const char *path, const Cell *cell, const char *input)
{
    Gathered all = { 0 };
    gather(&all, text_format("%s", path));
    gather_option(&all, "-v", text_format("%s", cell->variant));
    gather_option(&all, "-n", text_format("%" PRIu64, cell->size));
    gather_option(&all, "-s", text_format("%" PRIu64, cell->seed));
    gather_option(&all, "--allocator", text_format("%s", cell->allocator));
    gather_settings(&all, cell->settings);
    if (input)
        gather_option(&all, "--input", text_format("%s", input));
    return all.word;
}

void cell_words_free(char **words)
{
    for (char **word = words; *word; word++)
        free(*word);
    free(words);
}
