/* Under: refcount_cycle */
/* The workload packages under counting that collects cycles, beside a count of the same that knows no objects: they refuse the
 * same lists, and come to the same answer of the others; and all objects are collected at the end. */
#include "../../workloads/packages.c"

#include "fuzz.h"
#include "packages_reference.h"

static uint64_t answer;

static void run(void *path)
{
    input_check(path);
    deb822_check(input);
    answer = objects(1);
    collect();
    heap_close();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length == 0) /* is refused with its file left open, of which there can be a thousand */
        return 0;
    input = (Span){ (const char *)bytes, length };
    bool passes = fuzz_passes(run, (void *)fuzz_path(bytes, length));
    if (!passes && (length == 0 || strstr(fuzz_refusal, "UTF-8")))
        return 0;
    PackagesReference reference = packages_reference((const char *)bytes, length);
    if (passes != (reference.problem == NULL))
        fuzz_finding("packages says: %s; the reference: %s", passes ? "ok" : fuzz_refusal, passes ? reference.problem : "ok");
    if (passes && !reference.is_too_large && reference.answer != answer)
        fuzz_finding("packages says: %llu; the reference: %llu", (unsigned long long)answer,
                     (unsigned long long)reference.answer);
    return 0;
}
