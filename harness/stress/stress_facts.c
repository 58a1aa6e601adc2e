#include "stress_facts.h"

#include "manifest.h"

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "unknown";
}

StressFacts stress_facts(const json_t *manifest)
{
    const json_t *stress = json_object_get(manifest, "stress");
    return (StressFacts){
        .host = manifest_hosts(manifest) > 1 ? "one of the run's machines" : text_of(manifest, "host_kind"),
        .started = text_of(stress, "started"),
        .commit = text_of(stress, "commit"),
        .changed = json_is_true(json_object_get(stress, "dirty")),
        .quick = json_is_true(json_object_get(stress, "quick")),
        .seed = (long)json_integer_value(json_object_get(stress, "seed")),
        .minutes = json_number_value(json_object_get(stress, "minutes")),
    };
}
