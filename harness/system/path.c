#include "path.h"

#include "fail.h"
#include "memory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool path_leads_outside(const char *path)
{
    return *path == '/' || *path == '~' || strstr(path, "..") != NULL;
}

bool word_leads_outside(const char *word)
{
    bool option = word[0] == '-' && word[1] != '\0' && word[1] != '-';
    if (path_leads_outside(word) || (option && path_leads_outside(word + 2)))
        return true;
    for (const char *equals = strchr(word, '='); equals; equals = strchr(equals + 1, '='))
        if (path_leads_outside(equals + 1))
            return true;
    return false;
}

void folder_make(const char *folder)
{
    struct stat found;
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        fail("cannot make the folder %s: %s", folder, strerror(errno));
    if (stat(folder, &found) != 0 || !S_ISDIR(found.st_mode))
        fail("%s is in the way: it is not a folder", folder);
    if (access(folder, W_OK) != 0)
        fail("cannot write into the folder %s: %s", folder, strerror(errno));
}

char *program_find(const char *program)
{
    const char *path = getenv("PATH");
    for (size_t length; path && *path; path += length + (path[length] == ':')) {
        length = strcspn(path, ":");
        char *file = text_format("%.*s/%s", (int)length, path, program);
        if (length > 0 && access(file, X_OK) == 0)
            return file;
        free(file);
    }
    return NULL;
}

void folder_remove(const char *folder, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *file = text_format("%s/%s", folder, names[i]);
        unlink(file);
        free(file);
    }
    if (rmdir(folder) != 0 && errno != ENOENT)
        notice("%s is left behind: %s", folder, strerror(errno));
}
