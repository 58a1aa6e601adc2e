# Chart 11: Does it leak or fragment?
# Reading: What the strategy holds from the system, by the most that the program has needed so far; needed is the least that
#     is alive under any strategy. The clock is bytes allocated. Level above 1: heads, tables, reserves, fragments, or
#     garbage that waits to be found. Rising: it leaks. Of many variants those are drawn that differ most; a run with
#     WORKLOADS=name draws others.
# Shows: footprint by the most that the program has needed, against bytes allocated, log y
# Needs: fragmentation

plot = ARG0
tables = ARG1
chart = "fragmentation"
load "style_curves.gp"

how = "lines"

eval page(chart, curve_panels)
do for [p = 1:curve_panels] {
    eval panel(p)
    eval title(p, names_width - 4)
    lo = lowest_of[p] < 1 ? lowest_of[p] / 1.1 : 0.9
    hi = highest_of[p] > 2 ? highest_of[p] * 1.2 : 2.4
    set xrange [0:1.02 * end_of[p]]
    set xtics 0, linear_step(end_of[p])
    eval axis("y", lo, hi, ratio_tics(lo, hi, panel_height, 16))
    set xlabel "MiB allocated" offset 0, 0.6 tc rgb dark
    load "style_curves_panel.gp"
}
unset multiplot
