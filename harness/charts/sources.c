#include "sources.h"

#include "fail.h"
#include "memory.h"

#include <stdlib.h>
#include <unistd.h>

static Sheet load(Sources *sources, const char *file, const Layout *layout)
{
    char *path = text_format("%s/%s", sources->run_folder, file);
    Sheet sheet = { 0 };
    if (access(path, F_OK) == 0)
        sheet = sheet_load(path, layout, &sources->pool);
    if (sheet.torn)
        fail("%s: its last line has no end", path);
    free(path);
    return sheet;
}

const Sheet *source_rows(Sources *sources, const char *file, const Layout *layout)
{
    for (size_t i = 0; i < sources->count; i++)
        if (texts_equal(sources->source[i].file, file))
            return &sources->source[i].sheet;
    if (sources->count == SOURCES_MAX)
        fail("the charts are made of more than %d files: there is no room for %s", SOURCES_MAX, file);
    Source *source = &sources->source[sources->count++];
    *source = (Source){ file, load(sources, file, layout) };
    return &source->sheet;
}

void sources_free(Sources *sources)
{
    for (size_t i = 0; i < sources->count; i++)
        sheet_free(&sources->source[i].sheet);
    text_pool_free(&sources->pool);
    json_decref(sources->manifest);
}
