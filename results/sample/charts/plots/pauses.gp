# Chart 5: How long can it stop me?
# Reading: How many pauses of a run were at least so long, from the longest on the right: collections, cascades of deaths,
#     ends of regions. Left and low is better. What lies in the grey is no longer than the worst hiccup seen while nothing
#     ran, before or after: it may be the machine's. Pauses below 1 µs are not listed, and of more than the list has room
#     for only the longest. Of several runs the count is their mean, the longest pause their median. Of many variants those
#     are drawn that differ most; a run with WORKLOADS=name draws others.
# Shows: survival of pause lengths, log-log: how many pauses were at least so long
# Needs: pauses

plot = ARG0
tables = ARG1
chart = "pauses"
load "style_curves.gp"

lo = 0.001
hi = x_hi > 2 * floor_at ? 1.5 * x_hi : floor_at == floor_at ? 3 * floor_at : 1.5 * x_hi
most = y_hi > 10 ? 2 * y_hi : 10
hiccups = "set object 1 rectangle from graph 0, graph 0 to first %g, graph 1 behind fc rgb hiccup_fill fs solid noborder;" \
    ."set label 4 'hiccups' at first %g, graph 1 right offset -0.3, -0.6 tc rgb grey font ',9'"
how = "steps"

eval page(chart, curve_panels)
do for [p = 1:curve_panels] {
    eval panel(p)
    eval title(p, names_width - 4)
    eval axis("x", lo, hi, number_tics(lo, hi, panel_width, 34))
    eval axis("y", 0.25, most, number_tics(0.25, most, panel_height, 18))
    set xlabel "ms" offset 0, 0.6 tc rgb dark
    set ylabel "pauses so long" offset 1.5, 0 tc rgb dark
    if (floor_at == floor_at) { eval sprintf(hiccups, floor_at, floor_at) }
    load "style_curves_panel.gp"
}
unset multiplot
