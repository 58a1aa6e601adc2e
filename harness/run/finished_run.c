#include "finished_run.h"

#include "fail.h"
#include "memory.h"

#include <libgen.h>
#include <stdlib.h>

/* An input outside the project is not named in the manifest. */
static void set_inputs(Catalogue *catalogue, const Parameters *parameters)
{
    for (size_t i = 0; i < parameters->inputs; i++) {
        const Input *input = &parameters->input[i];
        if (input->file == NULL)
            fail("the manifest does not name the file that %s read; `make bench` with the same RUN and INPUT counts it",
                 input->workload);
        catalogue_set_input(catalogue, input->workload, input->file);
    }
}

static char *name_of(const char *folder)
{
    char *path = text_format("%s", folder), *name = text_format("%s", basename(path));
    free(path);
    return name;
}

FinishedRun finished_run_open(const char *folder, const char *build, TextPool *pool)
{
    char *file = text_format("%s/manifest.json", folder);
    FinishedRun run = { .name = name_of(folder), .manifest = manifest_load(file) };
    run.parameters = manifest_parameters(&run.manifest, pool);
    run.catalogue = catalogue_read(build, run.parameters.strategies, run.parameters.workloads, pool);
    set_inputs(&run.catalogue, &run.parameters);
    catalogue_read_inputs(&run.catalogue, pool);
    manifest_check_cells(&run.manifest, run.name, &run.parameters, build);
    manifest_check_inputs(&run.manifest, run.name, &run.catalogue.inputs);
    free(file);
    return run;
}

void finished_run_close(FinishedRun *run)
{
    catalogue_free(&run->catalogue);
    parameters_free(&run->parameters);
    manifest_free(&run->manifest);
    free(run->name);
    *run = (FinishedRun){ 0 };
}
