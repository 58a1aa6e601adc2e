#include "words.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* How long the name is that the text begins with; 0 when it begins with none. */
static size_t name_length(const char *text)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
    static const char more[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";
    return strspn(text, letters) > 0 ? strspn(text, more) : 0;
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
    char *end;
    errno = 0;
    *number = strtoull(text, &end, 10);
    return isdigit((unsigned char)*text) && *end == '\0' && errno == 0;
}
