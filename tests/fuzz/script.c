/* A script of the oracle, read to be played again: what is taken for one is, byte by byte, what the oracle writes. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "tests/oracle/script.h"

static void demand_same(const Script *script, const char *bytes, size_t length)
{
    char *text;
    size_t written;
    FILE *out = open_memstream(&text, &written);
    script_write(script, out);
    fclose(out);
    if (written != length || memcmp(text, bytes, length) != 0)
        fuzz_finding("what was taken for a script of %zu operations is none", script->length);
    free(text);
}

typedef struct Input {
    const char *bytes;
    size_t length;
} Input;

static void read(void *context)
{
    const Input *input = context;
    Script script;
    if (script_read(FUZZ_FILE, &script))
        demand_same(&script, input->bytes, input->length);
    script_free(&script);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static FILE *nowhere; /* it says there what is wrong, which would be a line for nearly every input */
    FILE *usual = stderr;
    Input input = { (const char *)bytes, length };
    if (!nowhere) {
        nowhere = fopen("/dev/null", "w");
        setvbuf(nowhere, NULL, _IONBF, 0); /* a buffer would be a leak */
    }
    fuzz_file(bytes, length);
    stderr = nowhere;
    fuzz_passes(read, &input);
    stderr = usual;
    return 0;
}
