# Chart 21: Does an edge cost more, the more there are?
# Reading: CPU time of an edge, with building, walking, dropping and collecting it, against the number of edges, both logarithmic;
#     a panel for each shape, in 256 KiB of stack. A line that rises by ten from one size to the next costs as the square of the
#     edges. ×: a promise broke; at the upper edge where there was no time to measure.
# Shows: CPU time per edge against the number of edges, log-log, a panel for each shape and a line for each strategy
# Needs: depth

plot = ARG0
tables = ARG1
load "style.gp"
source = "depth"
load "stress/style_grid.gp"

ns_lo = 1e300
ns_hi = 0
n_lo = 1e300
n_hi = 0
stats table("depth") using (value = column("value"), ns_lo = value < ns_lo ? value : ns_lo, ns_hi = value > ns_hi ? value : ns_hi, \
    n = column("size"), n_lo = n < n_lo ? n : n_lo, n_hi = n > n_hi ? n : n_hi, 0) nooutput

mine(s, value) = own(0) == s && strcol("subject") eq subject ? value : NaN
is_broken(s)   = strcol("subject") eq subject && strcol("outcome") eq "broken"
broke(value)   = is_broken(0) ? value : NaN
untimed(top)   = is_broken(0) && words(strcol("value")) == 0 ? top : NaN # gnuplot reads NA as blanks

eval page("depth", shown + 1)
do for [p = 1:shown] {
    subject = word(subjects, p)
    eval panel(p)
    set label 1 subject at graph 0, graph 1 offset 0, 0.7 font ",12"
    set log x 10
    set xrange [0.8 * n_lo:1.25 * n_hi]
    set xtics 1, 10 format "%.0s%c"
    eval axis("y", ns_lo / 1.2, ns_hi * 1.2, number_tics(ns_lo, ns_hi, panel_height, 16))
    if (p > shown - columns) { set xlabel "edges" offset 0, 0.6 tc rgb dark } else { unset xlabel }
    if (p % columns == 1) { set ylabel "ns per edge" offset 1, 0 tc rgb dark } else { unset ylabel }
    plot for [s = 1:series] table("depth") using (mine(s, column("size"))):(column("value")) \
            with linespoints pt mark(s) ps 0.5 lw 1.25 lc rgb colour(s) title label_of[s], \
        table("depth") using (broke(column("size"))):(column("value")) with points pt failed ps 1 lw 1.5 lc rgb dark title "broke", \
        table("depth") using (column("size")):(untimed(ns_hi)) with points pt failed ps 1 lw 1.5 lc rgb dark title "untimed", \
        NaN title "nothing"
}
p = shown + 1
eval names_panel(p)
do for [s = 1:series] { eval name_of(s) }
plot -1 notitle
unset multiplot
