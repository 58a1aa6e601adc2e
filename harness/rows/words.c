#include "words.h"

#include <stddef.h>
#include <string.h>

/* isalpha would ask the locale. */
static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* How long the name is that the text begins with; 0 when it begins with none. */
static size_t name_length(const char *text)
{
    size_t length = 0;
    while (is_letter(text[length]) || (length > 0 && is_digit(text[length])))
        length++;
    return length;
}

bool is_name(const char *text)
{
    size_t length = name_length(text);
    return length > 0 && text[length] == '\0';
}

bool is_host(const char *text)
{
    static const char usual[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    size_t length = strspn(text, usual);
    return text[length] == '\0' && length > 0 && length <= HOST_LETTERS;
}

/* How long the setting is that the text begins with, `name=1`; 0 when it begins with none. */
static size_t setting_length(const char *text)
{
    size_t name = name_length(text);
    size_t digits = name && text[name] == '=' ? strspn(text + name + 1, "0123456789") : 0;
    return digits ? name + 1 + digits : 0;
}

bool are_settings(const char *text)
{
    while (*text) {
        size_t length = setting_length(text);
        bool more = text[length] == ';' && text[length + 1];
        if (length == 0 || (text[length] && !more))
            return false;
        text += length + more;
    }
    return true;
}

bool parse_natural(const char *text, uint64_t *number)
{
    uint64_t sum = 0;
    size_t length = 0;
    for (; is_digit(text[length]); length++)
        if (__builtin_mul_overflow(sum, 10, &sum) || __builtin_add_overflow(sum, (uint64_t)(text[length] - '0'), &sum))
            return false;
    *number = sum;
    return length > 0 && text[length] == '\0';
}
