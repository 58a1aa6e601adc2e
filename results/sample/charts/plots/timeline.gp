# Chart 4: How does memory move?
# Reading: One program under each strategy, on the clock of bytes allocated. Filled: alive, as asked for and not known to be
#     dead. Line: what the strategy holds from the system. Dotted: resident, the process and its libraries included. Between
#     filled and line is what it costs to manage that memory, and garbage is alive until it is found. The program is the one
#     in which strategies differ most; a run with WORKLOADS=name draws another.
# Shows: live bytes, footprint and resident memory against bytes allocated, a panel for each strategy
# Needs: timeline

plot = ARG0
tables = ARG1
load "style.gp"

array first_of[series]
array last_of[series]
array gap_of[series]
stats table("timeline_lines") using (s = int(column("series")), first_of[s] = int(column("first")), \
    last_of[s] = int(column("last")), gap_of[s] = strcol("gap"), what = strcol("title"), highest = column("highest"), \
    end = column("end"), 0) nooutput

columns      = series > 2 ? 3 : series
left         = 52
gap_x        = 22
gap_y        = 48
panel_width  = floor((width - left - columns * gap_x) / columns)
panel_height = columns == 3 ? 110 : 200

samples(s) = sprintf("table('timeline') every ::%d::%d using (column('allocated')):", first_of[s], last_of[s])
header = header + 26

eval page("timeline", series)
unset label
set label 4 what at screen 0.02, screen from_top(header - 30) font ',12'
plot [0:1] [0:1] -1 notitle
unset label
do for [k = 1:series] {
    s = series_at[k]
    eval panel(k)
    set label 1 label_of[s] at graph 0, graph 1 offset 0, 0.7 tc rgb ink(s)
    set xrange [0:1.02 * end]
    set yrange [0:1.05 * highest]
    set xtics 0, linear_step(end) format "%g"
    set ytics autofreq
    if ((k - 1) % columns) {
        set ytics format ""
        unset ylabel
    } else {
        set ytics format "%g"
        set ylabel "MiB" offset 1, 0 tc rgb dark
    }
    if (k > series - columns) { set xlabel "MiB allocated" offset 0, 0.6 tc rgb dark } else { unset xlabel }
    if (first_of[s] < 0) {
        set label 2 gap_of[s] at graph 0.5, graph 0.5 center tc rgb grey
        set xtics format ""
        plot [0:1] NaN notitle
    } else {
        eval "plot ".samples(s)."(column('live')) with filledcurves x1 lc rgb soft(s) title 'live', " \
            .samples(s)."(column('resident')) with lines lw 1.2 dt 3 lc rgb dark title 'resident', " \
            .samples(s)."(column('footprint')) with lines lw 1.6 lc rgb colour(s) title 'footprint'"
    }
}
unset multiplot
