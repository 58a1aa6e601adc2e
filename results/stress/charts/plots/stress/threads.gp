# Chart 23: What do more threads bring?
# Reading: Operations per second of all threads together against how many work at the same time, both logarithmic; a panel for
#     what they do, the bars are 95% intervals. Where threads have nothing in common a line rises until there are as many as
#     cores. It falls where they wait for each other: for a queue, for a lock, for the line of the cache in which a count stands.
# Shows: throughput against the number of threads, log-log, a panel for each kind of work and a line for each strategy
# Needs: threads

plot = ARG0
tables = ARG1
load "style.gp"
source = "threads"
load "stress/style_grid.gp"

is_pace(s)    = own(0) == s && strcol("figure") eq "operations_per_s" && strcol("subject") eq subject
pace(s)       = is_pace(s) ? column("value") : NaN
threads_in(s) = strlen(strcol("condition")) ? word(strcol("condition"), 1) + 0 : NaN
y_lo = 1e300
y_hi = 0
stats table("threads") using (strcol("figure") eq "operations_per_s" \
    ? (y_lo = column("value") < y_lo ? column("value") : y_lo, y_hi = column("value") > y_hi ? column("value") : y_hi, 0) : 0) nooutput

set datafile missing NaN # a line goes on past the rows of others
eval page("threads", shown + 1)
do for [p = 1:shown] {
    subject = word(subjects, p)
    eval panel(p)
    set label 1 subject at graph 0, graph 1 offset 0, 0.7 font ",12"
    set log x 2
    set xrange [0.85:9.5]
    set xtics (1, 2, 4, 8) format "%g"
    eval axis("y", y_lo / 1.3, y_hi * 1.3, number_tics(y_lo, y_hi, panel_height, 16))
    if (p > shown - columns) { set xlabel "threads" offset 0, 0.6 tc rgb dark } else { unset xlabel }
    if (p % columns == 1) { set ylabel "operations per second" offset 1, 0 tc rgb dark } else { unset ylabel }
    plot for [s = 1:series] table("threads") using (threads_in(s) * (1 + 0.008 * (s - series / 2))):(pace(s)):(column("lo")):(column("hi")) \
            with yerrorbars pt mark(s) ps 0.5 lw 1.25 lc rgb colour(s) title label_of[s], \
        for [s = 1:series] table("threads") using (is_pace(s) ? threads_in(s) : NaN):(pace(s)) smooth unique with lines lw 1 lc rgb colour(s) notitle
}
p = shown + 1
eval names_panel(p)
do for [s = 1:series] { eval name_of(s) }
plot -1 notitle
unset multiplot
