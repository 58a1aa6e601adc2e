#include "shell.h"

#include "fail.h"
#include "memory.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static bool is_plain(const char *word)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./=:,+";
    return *word != '\0' && word[strspn(word, plain)] == '\0';
}

/* A quote within quotes ends them, stands by itself, and begins them again. */
static void quote(FILE *out, const char *word)
{
    putc('\'', out);
    for (; *word; word++)
        if (*word == '\'')
            fputs("'\\''", out);
        else
            putc(*word, out);
    putc('\'', out);
}

char *shell_word(const char *word)
{
    char *text;
    size_t length;
    if (is_plain(word))
        return text_format("%s", word);
    FILE *out = open_memstream(&text, &length);
    if (out == NULL)
        fail("no memory for a command");
    quote(out, word);
    if (fclose(out) != 0)
        fail("no memory for a command");
    return text;
}
