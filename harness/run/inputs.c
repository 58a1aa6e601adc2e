#include "inputs.h"

#include "cell/same_file.h"
#include "memory.h"
#include "rows.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static InputFile *input_of(const InputFiles *inputs, const char *workload)
{
    for (size_t i = 0; i < inputs->files; i++)
        if (texts_equal(inputs->file[i].workload, workload))
            return &inputs->file[i];
    return NULL;
}

/* The state is taken before the content: what changes between the two will look changed. */
static const char *look_at(const char *path, struct stat *seen, Digest *digest)
{
    if (stat(path, seen) != 0)
        return strerror(errno);
    const char *complaint = digest_file(path, digest);
    if (!complaint && seen->st_size == 0)
        return "is empty, or no plain file: its size is 0";
    return complaint;
}

const char *input_complaint(const char *path)
{
    struct stat seen;
    Digest digest;
    return look_at(path, &seen, &digest);
}

const char *inputs_add(InputFiles *inputs, const char *workload, const char *path, TextPool *pool)
{
    if (input_of(inputs, workload))
        return NULL;
    InputFile input = { .workload = workload, .path = path };
    const char *complaint = look_at(path, &input.seen, &input.digest);
    if (complaint)
        return complaint;
    input.id = intern_part(pool, input.digest.sha256, ID_LETTERS);
    inputs->file = memory_resize(inputs->file, inputs->files + 1, sizeof *inputs->file);
    inputs->file[inputs->files++] = input;
    return NULL;
}

const char *inputs_id(const InputFiles *inputs, const char *workload)
{
    const InputFile *input = input_of(inputs, workload);
    return input ? input->id : "";
}

bool inputs_changed(InputFiles *inputs, const char *workload)
{
    InputFile *input = input_of(inputs, workload);
    struct stat now;
    Digest digest;
    if (input == NULL || (stat(input->path, &now) == 0 && looks_the_same(&now, &input->seen)))
        return false;
    if (look_at(input->path, &now, &digest) || !texts_equal(digest.sha256, input->digest.sha256))
        return true;
    input->seen = now;
    return false;
}

json_t *inputs_to_json(const InputFiles *inputs)
{
    json_t *object = json_object();
    for (size_t i = 0; i < inputs->files; i++) {
        const Digest *digest = &inputs->file[i].digest;
        json_object_set_new(object, inputs->file[i].workload,
                            json_pack("{s:s,s:I}", "sha256", digest->sha256, "bytes", (json_int_t)digest->bytes));
    }
    return object;
}

void inputs_free(InputFiles *inputs)
{
    free(inputs->file);
    *inputs = (InputFiles){ 0 };
}
