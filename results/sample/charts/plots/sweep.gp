# Chart 3: What does more memory buy?
# Reading: {time} as a multiple of {baseline}'s against the peak of memory as a multiple of the least that anybody got by
#     with. A line joins the values of one setting, which stand at its ends; the ring is the usual one. Left and low is
#     better: a line that falls to the right buys time with memory. In the yellow band no difference can be told.
# Shows: time against memory by the least, both logarithmic, a line for each setting that was swept
# Of many variants: overview class
# Needs: sweep

plot = ARG0
tables = ARG1
load "style.gp"

columns = 2
left    = 62
gap_x   = 62
gap_y   = 86 + 13 * note_lines
footer  = 80 + 13 * note_lines

array band_lo[panels]
array band_hi[panels]
stats table("panels") using (band_lo[int(column("panel"))] = column("cpu_band_lo"), \
                             band_hi[int(column("panel"))] = column("cpu_band_hi"), 0) nooutput
array space_lo[panels]
array space_hi[panels]
array time_lo[panels]
array time_hi[panels]
stats table("sweep_panels") using (i = int(column("panel")), \
    space_lo[i] = column("space_lo"), space_hi[i] = column("space_hi"), \
    time_lo[i] = column("time_lo"), time_hi[i] = column("time_hi"), 0) nooutput

lines = 0
stats table("sweep_lines") using (lines = lines + 1, 0) nooutput
array series_of[lines]
array said_of[lines]
stats table("sweep_lines") using (i = int(column("line")), series_of[i] = int(column("series")), \
    said_of[i] = strcol("text"), 0) nooutput

# A line of a strategy that has one before it is dashed.
dashes(l) = l > 1 ? (strategy_of[series_of[l]] eq strategy_of[series_of[l > 1 ? l - 1 : 1]] ? 2 : 1) : 1

# The settings stand above the panels, in as many lines of three as they need.
key_top = header - 14
header  = header + 16 * ((lines + 2) / 3) + 4
on(l, value) = int(column("panel")) == p && int(column("line")) == l ? value : NaN
usual(l, value) = int(column("usual")) ? on(l, value) : NaN

# gnuplot 5.4 dies of a table with one row if that row's text has no place. So a table's first row always has a place, and no
# text where it is not wanted.
wanted(side)   = column("panel") == p && column("side") == side
names_at(side) = wanted(side) || column(0) == 0 ? column("x") : NaN
name(side)     = wanted(side) ? strcol("name") : ""
name_look      = "font ',10' tc rgb variable title 'names'"
name_ink       = "(ink(own(0)))"

array notes[panels]
do for [p = 1:panels] { notes[p] = "" }
stats table("notes") using (notes[int(column("panel"))] = notes[int(column("panel"))].strcol("text")."\n", 0) nooutput

height = panel_top(panels) + panel_height + footer
do for [l = 1:lines] {
    key_x = 16 + 262 * ((l - 1) % 3)
    key_y = key_top + 16 * ((l - 1) / 3)
    set arrow 10 + l from screen from_left(key_x), screen from_top(key_y) \
        to screen from_left(key_x + 24), screen from_top(key_y) nohead \
        lw key_width(dashes(l)) dt dashes(l) lc rgb colour(series_of[l])
    set label 10 + l said_of[l] at screen from_left(key_x + 30), screen from_top(key_y) font ",10" tc rgb ink(series_of[l])
}
eval page("sweep", panels)
do for [p = 1:panels] {
    eval panel(p)
    eval title(p, 0)
    eval axis("x", space_lo[p], space_hi[p], ratio_tics(space_lo[p], space_hi[p], panel_width, 32))
    eval axis("y", time_lo[p], time_hi[p], ratio_tics(time_lo[p], time_hi[p], panel_height, 16))
    eval y_of_no_difference(band_lo[p], band_hi[p])
    set label 3 notes[p] at graph 0, graph 0 offset 0, -3.2 font ",10" tc rgb dark
    set xlabel "← less memory, by the least of all" offset 0, 0.5 tc rgb dark
    set ylabel "← less ".time_words offset 1.5, 0 tc rgb dark
    plot table("sweep_names") using (here(p, column("from_x"))):(column("from_y")): \
            (column("x") - column("from_x")):(column("y") - column("from_y")) \
            with vectors nohead lc rgb guide_grey title "to names", \
        for [l = 1:lines] table("sweep") using (on(l, column("space"))):(column("time")) \
            with lines lw 1.5 dt dashes(l) lc rgb colour(series_of[l]) title said_of[l], \
        for [l = 1:lines] table("sweep") using (on(l, column("space"))):(column("time")): \
            (column("space_lo")):(column("space_hi")):(column("time_lo")):(column("time_hi")) \
            with xyerrorbars pt 0 lw 0.75 lc rgb colour(series_of[l]) title said_of[l], \
        for [l = 1:lines] table("sweep") using (on(l, column("space"))):(column("time")) \
            with points pt mark(series_of[l]) ps 0.6 lc rgb colour(series_of[l]) title said_of[l], \
        for [l = 1:lines] table("sweep") using (usual(l, column("space"))):(column("time")) \
            with points pt 6 ps 1.2 lw 1.5 lc rgb colour(series_of[l]) title "usual", \
        table("sweep_names") using (names_at(1)):(column("y")):(name(1)):@name_ink with labels left @name_look, \
        table("sweep_names") using (names_at(0)):(column("y")):(name(0)):@name_ink with labels center @name_look, \
        table("sweep_names") using (names_at(-1)):(column("y")):(name(-1)):@name_ink with labels right @name_look
}
unset multiplot
