#include "registry.h"

#include "fail.h"
#include "lines.h"
#include "memory.h"
#include "words.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static bool ends_with(const char *name, const char *suffix)
{
    size_t length = strlen(name), end = strlen(suffix);
    return length > end && texts_equal(name + length - end, suffix);
}

static Names files_of(const char *folder, const char *suffix, TextPool *pool)
{
    struct dirent **entry;
    int entries = scandir(folder, &entry, NULL, alphasort);
    if (entries < 0)
        fail("there is no folder %s here: run reclaim in the project's root", folder);
    Names names = { 0 };
    for (int i = 0; i < entries; i++) {
        const char *file = entry[i]->d_name;
        if (*file != '.' && ends_with(file, suffix)) {
            const char *name = intern_part(pool, file, strlen(file) - strlen(suffix));
            if (!is_name(name))
                fail("%s/%s: a name here must be a C identifier", folder, file);
            names_add(&names, name);
        }
        free(entry[i]);
    }
    free(entry);
    if (names.count == 0)
        fail("there is nothing in %s: not one file ends in %s", folder, suffix);
    return names;
}

Names registry_strategies(TextPool *pool)
{
    return files_of("strategies", ".h", pool);
}

Names registry_usual_strategies(TextPool *pool)
{
    Names all = registry_strategies(pool), usual = { 0 };
    for (size_t i = 0; i < all.count; i++) {
        char *header = text_format("strategies/%s.h", all.name[i]);
        if (!file_has_line(header, "/* Only when named */"))
            names_add(&usual, all.name[i]);
        free(header);
    }
    free(all.name);
    return usual;
}

Names registry_workloads(TextPool *pool)
{
    return files_of("workloads", ".c", pool);
}

bool names_have(Names names, const char *name)
{
    for (size_t i = 0; i < names.count; i++)
        if (texts_equal(names.name[i], name))
            return true;
    return false;
}

void names_add(Names *names, const char *name)
{
    names->name = memory_resize(names->name, names->count + 1, sizeof *names->name);
    names->name[names->count++] = name;
}

Names names_split(const char *words, TextPool *pool)
{
    static const char between[] = " ,\t\n";
    Names names = { 0 };
    for (words += strspn(words, between); *words; words += strspn(words, between)) {
        size_t length = strcspn(words, between);
        const char *name = intern_part(pool, words, length);
        if (!names_have(names, name))
            names_add(&names, name);
        words += length;
    }
    return names;
}

char *names_joined(Names names)
{
    char *joined = text_format("%s", names.count ? names.name[0] : "");
    for (size_t i = 1; i < names.count; i++) {
        char *longer = text_format("%s %s", joined, names.name[i]);
        free(joined);
        joined = longer;
    }
    return joined;
}

void names_must_be_known(Names chosen, Names known, const char *kind)
{
    for (size_t i = 0; i < chosen.count; i++)
        if (!names_have(known, chosen.name[i]))
            fail("there is no %s `%s`; there are: %s", kind, chosen.name[i], names_joined(known));
}
