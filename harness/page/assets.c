#include "assets.h"

/* The assembler reads the files, from the project's root. */
#define EMBED(name, file)                                                   \
    __asm__(".pushsection .rodata\n"                                        \
            name "_start: .incbin \"harness/page/" file "\"\n"              \
            name "_end: .byte 0\n"                                          \
            ".popsection\n")

EMBED("page_css", "page.css");
EMBED("page_js", "page.js");

extern const char page_css_start[], page_css_end[], page_js_start[], page_js_end[];

const Asset page_css = { page_css_start, page_css_end };
const Asset page_js = { page_js_start, page_js_end };
