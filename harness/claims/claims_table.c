/* What the articles teach (docs/claims.md), as questions. */
#include "questions.h"

#define MEMORY_PEAK "peak_rss_kib"

/* Of one program: how much of the second variant's the first one takes. */
#define PEAK(program, ours, theirs, case_, ...) \
    { .of = case_, .figure = "peak memory of " #ours " by that of " #theirs, .workload = program, \
      .variant = #ours, .than = #theirs, .metric = MEMORY_PEAK, __VA_ARGS__ }
#define TIME_OF(program, ours, theirs, case_, ...) \
    { .of = case_, .figure = "time of " #ours " by that of " #theirs, .workload = program, \
      .variant = #ours, .than = #theirs, .metric = TIME_METRIC, __VA_ARGS__ }
#define FIGURE(program, variant_, name, case_, unit_, ...) \
    { .of = case_, .figure = name, .workload = program, .variant = variant_, .unit = unit_, __VA_ARGS__ }

#define PIECE(bytes) \
    { .of = "pieces", .figure = "time of a view by that of a copy", .workload = "slices", .variant = "view", .than = "copy", \
      .metric = "figure_piece_" #bytes "_ps", .expected = BELOW_ONE, .at = bytes, .at_unit = "bytes" }

/* How fast a question is answered, by that of a list: at each size. */
#define LOOKUP(kind) \
    { .of = #kind, .figure = "CPU time of a question to a " #kind " by that to a list", .workload = "lookup", \
      .variant = #kind "_hits", .than = "list_hits", .metric = "operation_ns" }

/* Counting with a pool by counting over malloc. */
#define POOL(program, variant_, metric_, case_, figure_) \
    { .of = case_, .figure = figure_, .workload = program, .variant = variant_, .metric = metric_, .only = "refcount_malloc", \
      .ours = "refcount", .expected = BELOW_ONE }

/* At most a tenth more is what is taken for light here. */
#define LIGHT(program, variant_, rival) \
    { .of = program, .figure = "time by that of " #rival, .workload = program, .variant = variant_, .metric = "work_cpu_s", \
      .theirs = #rival, .who = COUNTING, .expected = AT_MOST, .limit = 1.1 }

/* Whoever collects in the background hardly stops the program for it: at most a hundredth is what is taken for that here. */
#define STANDING_STILL(program, variant_) \
    { .of = program, .figure = "part of the time in which the program waits for collections", .source = PAUSES, \
      .workload = program, .variant = variant_, .metric = "collections_share", .who = COLLECTORS, .expected = AT_MOST, \
      .limit = 0.01 }

const Claim claims[] = {
    { 1, "Generators iterate without a large memory footprint.", "sequence lines generators", {
        PEAK("sequence", generator, list, "sequence", .expected = BELOW_ONE),
        PEAK("lines", generator, list, "lines", .expected = BELOW_ONE),
        PEAK("generators", generator, list, "generators", .expected = BELOW_ONE),
        TIME_OF("sequence", generator, list, "sequence"),
        TIME_OF("lines", generator, list, "lines"),
    } },
    { 2, "Explicit gc.collect() and del reduce memory.", "lifecycle", {
        PEAK("lifecycle", del, automatic, "del", .expected = BELOW_ONE),
        PEAK("lifecycle", collect, automatic, "collect()", .expected = BELOW_ONE),
        TIME_OF("lifecycle", del, automatic, "del"),
        TIME_OF("lifecycle", collect, automatic, "collect()"),
    } },
    { 3, "Sets or dicts instead of lists for lookups are more memory-efficient.", "lookup", {
        { .of = "set", .figure = "bytes alive with a set by those with a list", .source = CENSUS, .workload = "lookup",
          .variant = "set_hits", .than = "list_hits", .metric = "peak_live_bytes", .expected = BELOW_ONE },
        { .of = "dict", .figure = "bytes alive with a dict by those with a list", .source = CENSUS, .workload = "lookup",
          .variant = "dict_hits", .than = "list_hits", .metric = "peak_live_bytes", .expected = BELOW_ONE },
        LOOKUP(set),
        LOOKUP(dict),
    } },
    { 4, "A memory profiler finds leaks and usage patterns.", "graph cache", {
        { .of = "cycles", .figure = "part of the leaked bytes that the profile names with type and line", .source = LEAKS,
          .workload = "graph", .variant = "objects", .expected = ABOVE, .limit = 0.99 },
        { .of = "a cache that forgets nothing", .figure = "part of the bytes left that the profile names with type and line",
          .source = LEAKS, .workload = "cache", .variant = "forgotten", .expected = ABOVE, .limit = 0.99 },
    } },
    { 5, "The collector is a background process that runs periodically.", "lifecycle gcbench", {
        STANDING_STILL("lifecycle", "automatic"),
        STANDING_STILL("gcbench", "top_down"),
        { .of = "lifecycle", .figure = "bytes allocated for each collection", .source = CENSUS, .workload = "lifecycle",
          .variant = "automatic", .metric = "allocated_bytes", .per = "collections", .unit = "bytes", .who = COLLECTORS },
    } },
    { 6, "An object with no references is freed at once.", "resources", {
        FIGURE("resources", "finalizer", "mean delay", "no cycle", "births",
               .metric = "figure_delay_mean_births", .expected = AT_MOST),
        FIGURE("resources", "finalizer", "finalizers that never ran", "no cycle", "objects",
               .metric = "figure_never_released", .expected = AT_MOST),
        FIGURE("resources", "finalizer_in_cycle", "mean delay", "in a cycle", "births",
               .metric = "figure_delay_mean_births", .expected = AT_MOST),
        FIGURE("resources", "finalizer_in_cycle", "finalizers that never ran", "in a cycle", "objects",
               .metric = "figure_never_released", .expected = AT_MOST),
    } },
    { 7, "Counting alone does not free cycles; the cycle collector does.", "graph gc_collect", {
        { .of = "graph", .figure = "part of the bytes allocated that is left alive", .source = CENSUS, .workload = "graph",
          .variant = "objects", .metric = "live_bytes", .per = "allocated_bytes", .who = COUNTING_ALONE, .expected = ABOVE },
        { .of = "gc_collect", .figure = "part of the bytes allocated that is left alive", .source = CENSUS,
          .workload = "gc_collect", .variant = "rounds", .metric = "live_bytes", .per = "allocated_bytes",
          .who = COUNTING_ALONE, .expected = ABOVE },
        { .of = "graph", .figure = "bytes left alive after a last collection", .source = CENSUS, .workload = "graph",
          .variant = "objects", .metric = "live_bytes", .unit = "bytes", .who = COLLECTORS, .expected = AT_MOST },
        { .of = "gc_collect", .figure = "bytes left alive after a last collection", .source = CENSUS, .workload = "gc_collect",
          .variant = "rounds", .metric = "live_bytes", .unit = "bytes", .who = COLLECTORS, .expected = AT_MOST },
    } },
    { 8, "The collector prevents leaks.", "cache stale_pointer", {
        PEAK("cache", forgotten, bounded, "a cache that forgets nothing", .who = COLLECTORS, .expected = NOT_ABOVE_ONE),
        PEAK("stale_pointer", kept, cleared, "a number like a pointer", .who = COLLECTORS, .expected = NOT_ABOVE_ONE),
    } },
    { 9, "Counting is lightweight.", "binary_trees gcbench shuffled json", {
        LIGHT("binary_trees", "standard", arena),
        LIGHT("binary_trees", "standard", never),
        LIGHT("gcbench", "top_down", arena),
        LIGHT("gcbench", "top_down", never),
        LIGHT("shuffled", "shuffled", arena),
        LIGHT("shuffled", "shuffled", never),
        LIGHT("json", "tree", arena),
        LIGHT("json", "tree", never),
    } },
    { 10, "Pools of small fixed-size chunks make small objects fast and dense.", "binary_trees small_objects", {
        POOL("binary_trees", "standard", TIME_METRIC, "time of trees", "time with a pool by that over malloc"),
        POOL("small_objects", "scattered", TIME_METRIC, "time of mixed sizes",
             "time with a pool by that over malloc"),
        POOL("binary_trees", "standard", MEMORY_PEAK, "memory of trees", "peak memory with a pool by that over malloc"),
        POOL("small_objects", "scattered", "figure_resident_full_kib", "memory of mixed sizes",
             "resident memory with a pool by that over malloc"),
        POOL("small_objects", "scattered", "figure_resident_eighth_kib", "after most have died here and there",
             "resident memory with a pool by that over malloc"),
        POOL("small_objects", "clustered", "figure_resident_eighth_kib", "after most have died side by side",
             "resident memory with a pool by that over malloc"),
    } },
    { 11, "Avoid creating unnecessary objects.", "reuse text", {
        TIME_OF("reuse", interned, fresh, "interned", .expected = BELOW_ONE),
        TIME_OF("reuse", reused, fresh, "reused", .expected = BELOW_ONE),
        TIME_OF("text", join, concatenate, "join", .expected = BELOW_ONE),
        TIME_OF("text", append, concatenate, "append", .expected = BELOW_ONE),
        { .of = "reused", .figure = "objects born with reused by those with fresh", .source = CENSUS, .workload = "reuse",
          .variant = "reused", .than = "fresh", .metric = "allocations" },
    } },
    { 12, "Context managers release resources.", "resources", {
        FIGURE("resources", "with_block", "most resources open at once", "with a block", "resources",
               .metric = "figure_most_open", .expected = AT_MOST, .limit = 1),
        FIGURE("resources", "with_block", "resources never released", "with a block", "resources",
               .metric = "figure_never_released", .expected = AT_MOST),
        FIGURE("resources", "finalizer", "most resources open at once", "finalizer", "resources",
               .metric = "figure_most_open"),
    } },
    { 13, "Slicing makes views of arrays.", "slices", {
        PIECE(16), PIECE(64), PIECE(256), PIECE(1024), PIECE(4096),
        PEAK("slices", kept_view, copy, "kept_view"),
    } },
    { 14, "Automatic management reduces memory errors.", "mistakes", {
        FIGURE("mistakes", "borrowed", "uses after free, of a thousand mistakes", "an owner too few", "per mille",
               .metric = "figure_used_after_free_per_mille", .expected = AT_MOST),
        FIGURE("mistakes", "surplus", "objects leaked, of a thousand mistakes", "an owner too many", "per mille",
               .metric = "figure_leaked_per_mille", .expected = AT_MOST),
    } },
};

const size_t claims_count = sizeof claims / sizeof *claims;
