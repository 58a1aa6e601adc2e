/* Settings: the parameters of a strategy that can be chosen for a run, with --set name=value.
 *
 * A strategy, or a part that it uses, states one at file scope:
 *
 *     SETTING(threshold, 700, 1, UINT32_MAX, "containers born that call for a collection of the youngest");
 *
 * or, where the setting trades time for space, with the values at which `make sweep` measures it besides the usual one:
 *
 *     SETTING(heap_percent, 200, 101, 10000, "the heap's limit, in percent of what is alive", "125 150 400 800");
 *
 * and reads it as setting_threshold, which has its final value before heap_open(). There is no list of them: the linker
 * gathers what it finds in one section (the __start_ and __stop_ symbols of GNU ld, gold, lld and mold), and whoever sets them
 * goes from the first to the last of it. */
#ifndef SETTING_H
#define SETTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct Setting {
    const char *name;
    uint64_t *value;
    bool *is_set; /* somebody gave it a value */
    uint64_t usual, least, most;
    const char *about; /* what it is, and its unit; one line */
    const char *sweep; /* numbers, a blank between them; mostly none */
} Setting;

#define SETTING(name_, usual_, least_, most_, about_, ...)                                                             \
    static uint64_t setting_##name_ = (usual_);                                                                        \
    static bool setting_##name_##_is_set;                                                                              \
    static const Setting setting_of_##name_ __attribute__((section("settings"), used, aligned(8))) = {                 \
        .name = #name_, .value = &setting_##name_, .is_set = &setting_##name_##_is_set,                                \
        .usual = (usual_), .least = (least_), .most = (most_), .about = about_, .sweep = "" __VA_ARGS__,               \
    }

/* All settings of the program; of a strategy without any both are NULL. */
extern const Setting __start_settings[] __attribute__((weak)), __stop_settings[] __attribute__((weak));

/* for_each_setting (s) { … }: s is each of them in turn. */
#define for_each_setting(s) for (const Setting *s = __start_settings; s < __stop_settings; s++)

/* The setting of this name, which is so many bytes long; NULL: there is none. */
static inline const Setting *setting_find(const char *name, size_t length)
{
    for_each_setting (s)
        if (strlen(s->name) == length && memcmp(s->name, name, length) == 0)
            return s;
    return NULL;
}

#endif
