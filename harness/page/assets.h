/* The page's style sheet and script, which the program holds, so that a page can be written wherever the program is. */
#ifndef RECLAIM_ASSETS_H
#define RECLAIM_ASSETS_H

#include "html.h"

extern const Asset page_css, page_js;

#endif
