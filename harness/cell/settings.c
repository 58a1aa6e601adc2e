#include "settings.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parts/setting.h"

enum { COMPLAINT_BYTES = 768, KNOWN_BYTES = 512 };

static char complaint[COMPLAINT_BYTES];

static const char *say_which_there_are(const char *name, size_t length)
{
    char known[KNOWN_BYTES] = "";
    for_each_setting (s) {
        size_t used = strlen(known);
        snprintf(known + used, sizeof known - used, " %s", s->name);
    }
    snprintf(complaint, sizeof complaint, "there is no setting '%.*s'; %s%s", (int)(length < 100 ? length : 100), name,
             known[0] ? "there are:" : "this strategy has none", known);
    return complaint;
}

static bool is_value(const char *text, const Setting *setting, uint64_t *value)
{
    char *rest;
    errno = 0;
    *value = strtoull(text, &rest, 10);
    return text[0] >= '0' && text[0] <= '9' && !*rest && !errno && *value >= setting->least && *value <= setting->most;
}

static const char *assign(const Setting *setting, const char *text)
{
    uint64_t value;
    if (!is_value(text, setting, &value)) {
        snprintf(complaint, sizeof complaint, "%s %.100s: wants a whole number from %" PRIu64 " to %" PRIu64, setting->name,
                 text, setting->least, setting->most);
        return complaint;
    }
    if (*setting->is_set) {
        snprintf(complaint, sizeof complaint, "--set %s=%.100s: %s is set twice", setting->name, text, setting->name);
        return complaint;
    }
    *setting->is_set = true;
    *setting->value = value;
    return NULL;
}

const char *settings_assign(const char *assignment)
{
    size_t length = strcspn(assignment, "=");
    if (!assignment[length]) {
        snprintf(complaint, sizeof complaint, "--set %.100s: wants name=value", assignment);
        return complaint;
    }
    const Setting *setting = setting_find(assignment, length);
    return setting ? assign(setting, assignment + length + 1) : say_which_there_are(assignment, length);
}
