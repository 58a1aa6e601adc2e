# Chart 1: What does each strategy cost in time and space?
# Reading: Multiples of {baseline}'s, which stands at 1, 1; each panel has its own axes. No strategy is below and left of the
#     dashed line. Crossed lines are 95% intervals; the same program run twice lands in the yellow bands. Thin lines join the
#     configurations of a strategy.
# Shows: scatter of time against peak memory, both logarithmic, with the front that nobody beats in both
# Of many variants: overview class

plot = ARG0
tables = ARG1
load "style.gp"

columns = 2
left    = 62
gap_x   = 62
gap_y   = 86 + 13 * note_lines
footer  = 80 + 13 * note_lines

array cpu_band_lo[panels]
array cpu_band_hi[panels]
array rss_band_lo[panels]
array rss_band_hi[panels]
array cpu_from[panels]
array cpu_to[panels]
array rss_from[panels]
array rss_to[panels]
stats table("panels") using (cpu_band_lo[int(column("panel"))] = column("cpu_band_lo"), \
                             cpu_band_hi[int(column("panel"))] = column("cpu_band_hi"), \
                             rss_band_lo[int(column("panel"))] = column("rss_band_lo"), \
                             rss_band_hi[int(column("panel"))] = column("rss_band_hi"), \
                             cpu_from[int(column("panel"))] = column("cpu_lo"), \
                             cpu_to[int(column("panel"))] = column("cpu_hi"), \
                             rss_from[int(column("panel"))] = column("rss_lo"), \
                             rss_to[int(column("panel"))] = column("rss_hi"), \
                             0) nooutput

# gnuplot 5.4 dies of a table with one row if that row's text has no place. So a table's first row always has a place, and no
# text where it is not wanted.
wanted(side)   = column("panel") == p && column("side") == side
names_at(side) = wanted(side) || column(0) == 0 ? column("x") : NaN
name(side)     = wanted(side) ? strcol("name") : ""
name_ink       = "(ink(own(0)))"
name_look      = "font ',10' tc rgb variable title 'names'"

array notes[panels]
do for [p = 1:panels] { notes[p] = "" }
stats table("notes") using (notes[int(column("panel"))] = notes[int(column("panel"))].strcol("text")."\n", 0) nooutput

eval page("time_memory", panels)
do for [p = 1:panels] {
    eval panel(p)
    eval title(p, 0)
    eval axis("x", rss_from[p], rss_to[p], ratio_tics(rss_from[p], rss_to[p], panel_width, 32))
    eval axis("y", cpu_from[p], cpu_to[p], ratio_tics(cpu_from[p], cpu_to[p], panel_height, 16))
    eval x_of_no_difference(rss_band_lo[p], rss_band_hi[p])
    eval y_of_no_difference(cpu_band_lo[p], cpu_band_hi[p])
    set label notes[p] at graph 0, graph 0 offset 0, -3.2 font ",10" tc rgb dark
    set xlabel "← less peak memory" offset 0, 0.5 tc rgb dark
    set ylabel "← less ".time_words offset 1.5, 0 tc rgb dark
    plot table("front") using (here(p, column("rss"))):(column("cpu")) \
            with steps lc rgb front_grey lw 1.25 dt (6, 4) title "front", \
        table("labels") using (here(p, column("from_x"))):(column("from_y")): \
            (column("x") - column("from_x")):(column("y") - column("from_y")) \
            with vectors nohead lc rgb guide_grey title "to names", \
        table("families") using (here(p, column("rss"))):(column("cpu")): \
            (column("to_rss") - column("rss")):(column("to_cpu") - column("cpu")):(@row_colour) \
            with vectors nohead lw 0.75 lc rgb variable title "configurations", \
        @cells using (column("rss")):(column("cpu")): \
            (column("rss_lo")):(column("rss_hi")):(column("cpu_lo")):(column("cpu_hi")):(@row_colour) \
            with xyerrorbars pt 0 lw 1.5 lc rgb variable title "intervals", \
        @cells using (column("rss")):(column("cpu")):(@row_mark):(@row_colour) \
            with points pt variable ps 0.85 lc rgb variable title "points", \
        @cells using (column("rss")):(strcol("failure") eq "" ? NaN : column("cpu")) \
            with points pt failed ps 1 lw 1.5 lc rgb dark title "failed at times", \
        table("labels") using (names_at(1)):(column("y")):(name(1)):@name_ink with labels left @name_look, \
        table("labels") using (names_at(0)):(column("y")):(name(0)):@name_ink with labels center @name_look, \
        table("labels") using (names_at(-1)):(column("y")):(name(-1)):@name_ink with labels right @name_look
}
unset multiplot
