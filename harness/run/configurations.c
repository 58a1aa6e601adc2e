#include "configurations.h"

#include "catalogue.h"
#include "fail.h"
#include "memory.h"
#include "words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void add(Configurations *all, Configuration one)
{
    all->at = memory_resize(all->at, all->count + 1, sizeof *all->at);
    all->at[all->count++] = one;
}

bool configurations_have(Configurations all, Configuration one)
{
    for (size_t i = 0; i < all.count; i++)
        if (texts_equal(all.at[i].strategy, one.strategy) && texts_equal(all.at[i].settings, one.settings))
            return true;
    return false;
}

/* ---- Reading what was asked for ------------------------------------------------------------------------------------- */

/* A configuration that is being read. */
typedef struct Asked {
    const char *word; /* the whole of it, for complaints */
    const char *strategy;
    const Setting *setting; /* all that the strategy has */
    size_t settings;
    uint64_t *value;        /* of each: the usual one, or what was asked for */
    bool *set;
} Asked;

static _Noreturn void fail_unknown(const Asked *asked, const char *name, size_t length)
{
    char *known = text_format("it has none");
    for (size_t i = 0; i < asked->settings; i++) {
        const Setting *s = &asked->setting[i];
        char *longer = text_format("%s%s %s (%" PRIu64 " to %" PRIu64 ")", i ? known : "there are:", i ? "," : "", s->name,
                                   s->least, s->most);
        free(known);
        known = longer;
    }
    fail("--set %s: %s has no setting `%.*s`; %s", asked->word, asked->strategy, (int)length, name, known);
}

static size_t setting_named(const Asked *asked, const char *name, size_t length)
{
    for (size_t i = 0; i < asked->settings; i++)
        if (strlen(asked->setting[i].name) == length && memcmp(asked->setting[i].name, name, length) == 0)
            return i;
    fail_unknown(asked, name, length);
}

static uint64_t value_of(const Asked *asked, const Setting *setting, const char *text, TextPool *pool)
{
    uint64_t value;
    bool is_number = parse_natural(intern_part(pool, text, strcspn(text, ",")), &value);
    if (!is_number || value < setting->least || value > setting->most)
        fail("--set %s: %s must be a whole number from %" PRIu64 " to %" PRIu64 "; usually it is %" PRIu64, asked->word,
             setting->name, setting->least, setting->most, setting->usual);
    return value;
}

/* One `name=value`. */
static void read_setting(Asked *asked, const char *text, TextPool *pool)
{
    size_t length = strcspn(text, "=,"), i = setting_named(asked, text, length);
    asked->value[i] = value_of(asked, &asked->setting[i], text + length + (text[length] == '='), pool);
    if (asked->set[i])
        fail("--set %s: %s is set twice", asked->word, asked->setting[i].name);
    asked->set[i] = true;
}

/* Those that are not usual, in the order in which the cell lists them: what they are set to, or what they usually are. */
static const char *unusual_settings(const Asked *asked, bool usually, TextPool *pool)
{
    char *text = text_format("%s", "");
    for (size_t i = 0; i < asked->settings; i++)
        if (asked->value[i] != asked->setting[i].usual) {
            uint64_t value = usually ? asked->setting[i].usual : asked->value[i];
            char *longer = text_format("%s%s%s=%" PRIu64, text, *text ? ";" : "", asked->setting[i].name, value);
            free(text);
            text = longer;
        }
    const char *kept = intern(pool, text);
    free(text);
    return kept;
}

static Configuration read_configuration(Asked *asked, const char *text, TextPool *pool)
{
    asked->value = memory_new(asked->settings + 1, sizeof *asked->value);
    asked->set = memory_new(asked->settings + 1, sizeof *asked->set);
    for (size_t i = 0; i < asked->settings; i++)
        asked->value[i] = asked->setting[i].usual;
    for (const char *next; text; text = next) {
        next = strchr(text, ',');
        next = next ? next + 1 : NULL;
        read_setting(asked, text, pool);
    }
    Configuration read = { asked->strategy, unusual_settings(asked, false, pool), unusual_settings(asked, true, pool) };
    free(asked->value);
    free(asked->set);
    return read;
}

/* One that there is and that is not run would have to be named among STRATEGIES, too. */
static void demand_strategy(const char *word, const char *strategy, Names strategies, TextPool *pool)
{
    if (names_have(strategies, strategy))
        return;
    Names known = registry_strategies(pool);
    names_must_be_known((Names){ &strategy, 1 }, known, "strategy");
    fail("--set %s: `%s` is not among the strategies of this run: %s", word, strategy, names_joined(strategies));
}

static Configuration configuration_for(const char *word, Names strategies, const char *build, const char *workload,
                                       TextPool *pool)
{
    const char *dot = strchr(word, '.');
    if (dot == NULL || dot == word)
        fail("--set %s: it must be STRATEGY.SETTING=VALUE, with more of SETTING=VALUE behind commas", word);
    const char *strategy = intern_part(pool, word, dot - word);
    demand_strategy(word, strategy, strategies, pool);
    Sheet known = catalogue_settings(build, strategy, workload, pool);
    Asked asked = { .word = word, .strategy = strategy, .setting = known.row, .settings = known.rows };
    Configuration configuration = read_configuration(&asked, dot + 1, pool);
    sheet_free(&known);
    return configuration;
}

Configurations configurations_read(const char *words, Names strategies, const char *build, const char *workload,
                                   TextPool *pool)
{
    static const char between[] = " \t\n";
    Configurations all = { 0 };
    for (words += strspn(words, between); *words; words += strspn(words, between)) {
        size_t length = strcspn(words, between);
        const char *word = intern_part(pool, words, length);
        Configuration one = configuration_for(word, strategies, build, workload, pool);
        if (*one.settings == '\0')
            notice("--set %s: that is usual, and measured anyway", word);
        else if (!configurations_have(all, one))
            add(&all, one);
        words += length;
    }
    return all;
}

/* ---- As text and as JSON -------------------------------------------------------------------------------------------- */

char *configurations_joined(Configurations all)
{
    char *joined = text_format("%s", "");
    for (size_t i = 0; i < all.count; i++) {
        char *longer = text_format("%s%s%s.%s", joined, i ? " " : "", all.at[i].strategy, all.at[i].settings);
        free(joined);
        joined = longer;
    }
    for (char *c = joined; *c; c++)
        if (*c == ';')
            *c = ',';
    return joined;
}

json_t *configurations_to_json(Configurations all)
{
    json_t *array = json_array();
    for (size_t i = 0; i < all.count; i++)
        json_array_append_new(array, json_pack("{s:s,s:s,s:s}", "strategy", all.at[i].strategy, "settings", all.at[i].settings,
                                               "usually", all.at[i].usually));
    return array;
}

Configurations configurations_from_json(const json_t *json, const char *file, TextPool *pool)
{
    Configurations all = { 0 };
    size_t i;
    json_t *entry;
    json_array_foreach(json, i, entry) {
        const char *strategy = json_string_value(json_object_get(entry, "strategy"));
        const char *settings = json_string_value(json_object_get(entry, "settings"));
        const char *usually = json_string_value(json_object_get(entry, "usually"));
        if (strategy == NULL || settings == NULL || !is_name(strategy) || !are_settings(settings))
            fail("%s: parameters.settings: entry %zu is not a strategy and its settings", file, i + 1);
        bool is_told = usually && are_settings(usually); /* older runs do not tell */
        add(&all, (Configuration){ intern(pool, strategy), intern(pool, settings), is_told ? intern(pool, usually) : "" });
    }
    return all;
}

void configurations_free(Configurations *all)
{
    free(all->at);
    *all = (Configurations){ 0 };
}
