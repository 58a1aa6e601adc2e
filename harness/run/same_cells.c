#include "same_cells.h"

#include "fail.h"

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

Catalogue same_cells(const Manifest *manifest, const char *run, const Parameters *parameters, const char *build,
                     TextPool *pool)
{
    Catalogue catalogue = catalogue_read(build, parameters->strategies, parameters->workloads, pool);
    set_inputs(&catalogue, parameters);
    catalogue_read_inputs(&catalogue, pool);
    manifest_check_cells(manifest, run, parameters, build);
    manifest_check_inputs(manifest, run, &catalogue.inputs);
    return catalogue;
}
