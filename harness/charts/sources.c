#include "sources.h"

#include "fail.h"

const Sheet *source_rows(Sources *sources, const char *file, const Layout *layout)
{
    for (size_t i = 0; i < sources->count; i++)
        if (texts_equal(sources->source[i].file, file))
            return &sources->source[i].sheet;
    if (sources->count == SOURCES_MAX)
        fail("the charts are made of more than %d files: there is no room for %s", SOURCES_MAX, file);
    Source *source = &sources->source[sources->count++];
    *source = (Source){ file, sheet_load_if_there(sources->run_folder, file, layout, &sources->pool) };
    return &source->sheet;
}

void sources_free(Sources *sources)
{
    for (size_t i = 0; i < sources->count; i++)
        sheet_free(&sources->source[i].sheet);
    text_pool_free(&sources->pool);
    json_decref(sources->manifest);
}
