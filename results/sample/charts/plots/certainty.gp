# Chart 2: How sure are we?
# Reading: {time} as a multiple of {baseline}'s: left is less. A line is a point's 95% interval, which one block has not; the
#     number beside it is the point. What is grey cannot be told from 1: its interval holds 1, or it lies in the yellow band,
#     in which 95 of 100 programs land when they are run against themselves. × before a figure: not every trial went well.
# Shows: forest plot of time ratios with their intervals, a row for each strategy
# Of many variants: overview class

plot = ARG0
tables = ARG1
load "style.gp"

columns      = row_columns
left         = row_left
gap_x        = row_gap
panel_width  = row_width(columns)
panel_height = row_height * series

array band_lo[panels]
array band_hi[panels]
stats table("panels") using (band_lo[int(column("panel"))] = column("cpu_band_lo"), \
                             band_hi[int(column("panel"))] = column("cpu_band_hi"), 0) nooutput
lo = cpu_lo
hi = cpu_hi
told_colour = "(column('cpu_told') > 0 ? colour(own(0)) : untold_grey)"

eval page("certainty", panels)
do for [p = 1:panels] {
    eval panel(p)
    eval title(p, figure_width)
    eval axis("x", lo, hi, ratio_tics(lo, hi, panel_width, 26))
    eval row_axis
    set xlabel "← less" offset 0, 0.6 tc rgb dark
    eval x_of_no_difference(band_lo[p], band_hi[p])
    plot @row_lines, @row_names, \
        @cells using (column("cpu")):(@row_of):(column("cpu_lo")):(column("cpu_hi")):(@told_colour) \
            with xerrorbars pt 0 lw 2 lc rgb variable title "intervals", \
        @cells using (column("cpu")):(@row_of):(@row_mark):(@told_colour) \
            with points pt variable ps 0.75 lc rgb variable title "points", \
        @cells using @row_middle:(said(fixed(strcol("cpu"), 2), strcol("gap"))):(column("cpu_told") > 0 ? dark : grey) \
            @row_figure_in
}
unset multiplot
