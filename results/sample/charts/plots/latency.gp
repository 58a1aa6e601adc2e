# Chart 7: What latency do requests see?
# Reading: Requests are due at a fixed rate, the same for all, at which {baseline} is busy a quarter of the time; who begins
#     late because the program stood still has waited since it was due. A curve says how long that part of the requests took at
#     most; its right end is the longest. Lower is better. Who cannot keep up has no latency. Median of three runs. What lies in
#     the grey can be the machine's own: it is no longer than the worst hiccup seen while nothing ran.
# Shows: percentile spectrum of the latency of requests from when they were due, log-log
# Needs: latency

plot = ARG0
tables = ARG1
chart = "latency"
load "style_curves.gp"

panel_height = panel_height > 300 ? panel_height : 300
lo = y_lo / 1.5
hi = y_hi * 1.5
how = "lines"

eval page(chart, curve_panels)
do for [p = 1:curve_panels] {
    eval panel(p)
    eval title(p, names_width - 4)
    eval axis("x", 1, x_hi * 1.1, "('0%%' 1, '50%%' 2, '90%%' 10, '99%%' 100, '99.9%%' 1e3, '99.99%%' 1e4, '99.999%%' 1e5)")
    eval axis("y", lo, hi, number_tics(lo, hi, panel_height, 18))
    if (floor_at == floor_at) {
        eval sprintf("set object 1 rectangle from graph 0, graph 0 to graph 1, first %g behind fc rgb hiccup_fill fs solid" \
            ." noborder;" \
            ."set label 4 'hiccups' at graph 0, first %g left offset 0.4, -0.6 tc rgb grey font ',9'", \
            floor_at < hi ? floor_at : hi, floor_at < hi ? floor_at : hi)
    }
    set xlabel "of the requests were answered within …" offset 0, 0.4 tc rgb dark
    set ylabel "µs" offset 1.5, 0 tc rgb dark
    load "style_curves_panel.gp"
}
unset multiplot
