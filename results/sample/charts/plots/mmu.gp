# Chart 6: How much of a window of time is mine?
# Reading: Minimum mutator utilisation: of any window of that length, wherever it lies in the run, the program had at least so
#     much. 0%: one pause, or many in a row, can fill it. Higher is better; where a curve ends, the run does. Pauses below 1 µs
#     do not count; who paused more often than the list has room for has no curve (list was full). Median of the runs.
#     Of many variants those are drawn whose pauses differ most; a run with WORKLOADS=name draws others.
# Shows: minimum mutator utilisation against the length of the window, log x
# Needs: mmu

plot = ARG0
tables = ARG1
chart = "mmu"
load "style_curves.gp"

lo = 0.1
hi = 1.1 * x_hi
how = "lines"

eval page(chart, curve_panels)
do for [p = 1:curve_panels] {
    eval panel(p)
    eval title(p, names_width - 4)
    eval axis("x", lo, hi, number_tics(lo, hi, panel_width, 34))
    set yrange [-2:102]
    set ytics ("0%%" 0, "25" 25, "50" 50, "75" 75, "100%%" 100)
    set xlabel "window, ms" offset 0, 0.6 tc rgb dark
    load "style_curves_panel.gp"
}
unset multiplot
