# Chart 24: Does a pause grow with what is alive?
# Reading: The longest pause against the number of live objects, both logarithmic: median of the runs and their range. Replaced:
#     pairs take the place of pairs drawn at random, and each second one is a ring. Dropped: all are let go of at once. A pause
#     that grows tenfold from one size to the next grows as the live set does. Yellow: no longer than what the machine was seen
#     to do to a program that only reads the clock; there nobody can tell whose the pause was.
# Shows: longest pause against live objects, log-log, a line for each strategy, beside the machine's own hiccups
# Needs: live_pauses

plot = ARG0
tables = ARG1
load "style.gp"
source = "live_pauses"
load "stress/style_grid.gp"

is_any(value) = strcol("kind") eq "any" ? value : NaN
ms_lo = 1e300
ms_hi = 0
floor_lo = 1e300
stats table("live_pauses") using (x = is_any(column("longest_ns")) / 1e6, ms_lo = x > 0 && x < ms_lo ? x : ms_lo, \
    ms_hi = x > ms_hi ? x : ms_hi, x = column("floor_ns") / 1e6, floor_lo = x < floor_lo ? x : floor_lo, 0) nooutput

panel_height = 300
left         = 62
gap_x        = 44
panel_width  = 212
mine(s, value) = own(0) == s && strcol("subject") eq subject ? is_any(value) : NaN

eval page("pauses_live", shown + 1)
do for [p = 1:shown] {
    subject = word(subjects, p)
    eval panel(p)
    set label 1 subject at graph 0, graph 1 offset 0, 0.7 font ",12"
    eval sprintf("set object rectangle from graph 0, graph 0 to graph 1, first %.9g ", floor_lo).band_look
    set log x 10
    set xrange [600:1.6e6]
    set xtics 1000, 10 format "%.0s%c"
    set xlabel "live objects" offset 0, 0.6 tc rgb dark
    eval axis("y", ms_lo / 1.5, ms_hi * 2, number_tics(ms_lo, ms_hi, panel_height, 16))
    if (p == 1) { set ylabel "longest pause, ms" offset 1.2, 0 tc rgb dark } else { unset ylabel }
    plot for [s = 1:series] table("live_pauses") using (mine(s, column("objects"))):(column("longest_ns") / 1e6) \
            with lines lw 1.25 lc rgb colour(s) title label_of[s], \
        for [s = 1:series] table("live_pauses") using (mine(s, column("objects"))):(column("longest_ns") / 1e6): \
            (column("longest_lo") / 1e6):(column("longest_hi") / 1e6) with yerrorbars pt mark(s) ps 0.6 lc rgb colour(s) notitle
}
p = shown + 1
eval names_panel(p)
do for [s = 1:series] { eval name_of(s) }
plot -1 notitle
unset multiplot
