# Chart 12: How does it grow?
# Reading: CPU time per operation against n, both logarithmic, a line for each strategy as it usually is; median with 95%
#     interval. The number before a name is the slope over the last decade: 0 costs the same at every size, 1 in proportion to
#     it, 2 as its square. × at the top edge and before a name: failed or not supported.
# Shows: CPU time per operation against size, log-log, a panel for each variant, with each line's slope beside it
# Needs: growth_panels

plot = ARG0
tables = ARG1
load "style.gp"

columns      = 2
left         = 58
gap_x        = 172
panel_width  = 212

# gnuplot's stats counts rows while it reads them.
shown = 0
stats table("growth_panels") using (shown = shown + 1, panel_height = column("height"), 0) nooutput
array name_of[shown]
array size_lo[shown]
array size_hi[shown]
array ns_lo[shown]
array ns_hi[shown]
stats table("growth_panels") using (i = int(column("growth_panel")), name_of[i] = strcol("growth_title"), \
    size_lo[i] = column("size_lo"), size_hi[i] = column("size_hi"), ns_lo[i] = column("ns_lo"), ns_hi[i] = column("ns_hi"), \
    0) nooutput

# The rows of each panel's points: gnuplot need not work out all of them for each.
array first_point[shown]
array last_point[shown]
do for [i = 1:shown] { first_point[i] = -1 }
stats table("growth") using (i = int(column("growth_panel")), last_point[i] = int(column(0)), \
    first_point[i] = first_point[i] < 0 ? int(column(0)) : first_point[i], 0) nooutput
points = "table('growth') every ::first_point[p]::last_point[p]"

mine(s, value) = own(0) == s ? value : NaN
in_it(value)   = int(column("growth_panel")) == p ? value : NaN
inside = 0.999  # gnuplot drops what rounding puts beyond the end of an axis
names  = "table('growth_slopes') using (in_it(inside * size_hi[p])):(column('y'))" \
    .":(int(column('growth_panel')) == p ? strcol('name') : ''):(ink(own(0)))" \
    ." with labels left offset 0.6, 0 font ',10' tc rgb variable title 'slopes'"

eval page("growth", shown)
do for [p = 1:shown] {
    eval panel(p)
    set label 1 name_of[p] at graph 0, graph 1 offset 0, 0.7 font ",12"
    set log x 10
    set xrange [size_lo[p]:size_hi[p]]
    set xtics 1, 10 format "%.0s%c"
    eval axis("y", ns_lo[p], ns_hi[p], number_tics(ns_lo[p], ns_hi[p], panel_height, 16))
    set xlabel "n" offset 0, 0.6 tc rgb dark
    if (p % columns == 1) { set ylabel "ns per operation" offset 1.2, 0 tc rgb dark } else { unset ylabel }
    plot table("growth_slopes") using (in_it(column("from_x"))):(column("from_y")):(inside * size_hi[p] - column("from_x")): \
            (column("y") - column("from_y")) with vectors nohead lc rgb guide_grey title "to slopes", \
        for [s = 1:series] @points using (mine(s, column("size"))):(column("ns")) \
            with lines lw 1.25 lc rgb colour(s) title label_of[s], \
        for [s = 1:series] @points using (mine(s, column("size"))):(column("ns")): \
            (whisker_end("ns_lo", "ns")):(whisker_end("ns_hi", "ns")) \
            with yerrorbars pt mark(s) ps 0.55 lc rgb colour(s) title label_of[s], \
        @points using (strcol("failure") eq "" ? NaN : column("size")):(inside * ns_hi[p]):(ink(own(0))) \
            with points pt failed ps 0.8 lw 1.5 lc rgb variable title "failed", \
        @names
}
unset multiplot
