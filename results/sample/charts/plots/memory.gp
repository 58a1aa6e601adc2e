# Chart 14: How much memory does each strategy take at its peak?
# Reading: Peak resident memory of the whole process in MiB, median with 95% interval; left is less. The axis is logarithmic.
#     The thread starts at {baseline}'s. × before a figure: not every trial went well.
# Shows: peak memory with its interval, a row for each strategy, log x
# Of many variants: class

plot = ARG0
tables = ARG1
load "style.gp"

columns      = row_columns
left         = row_left
gap_x        = row_gap
panel_width  = row_width(columns)
panel_height = row_height * series

array peak_of_baseline[panels]
do for [p = 1:panels] { peak_of_baseline[p] = NaN }
stats table("cells") using (label_of[own(0)] eq baseline \
    ? (peak_of_baseline[int(column("panel"))] = column("mib")) : 0, 0) nooutput

lo = mib_lo
hi = mib_hi
mib(peak) = peak eq "" ? "" : fixed(peak, peak + 0.0 < 10 ? 2 : peak + 0.0 < 100 ? 1 : 0)

eval page("memory", panels)
do for [p = 1:panels] {
    eval panel(p)
    eval title(p, figure_width)
    eval axis("x", lo, hi, number_tics(lo, hi, panel_width, 32))
    eval row_axis
    set xlabel "MiB" offset 0, 0.6 tc rgb dark
    plot @row_lines, @row_names, \
        @cells using (column("mib")):(@row_of):(peak_of_baseline[p] - column("mib")):(0) \
            with vectors nohead lc rgb guide_grey lw 1.5 title "threads", \
        @cells using (column("mib")):(@row_of):(column("mib_lo")):(column("mib_hi")):(@row_colour) \
            with xerrorbars pt 0 lw 2 lc rgb variable title "intervals", \
        @cells using (column("mib")):(@row_of):(@row_mark):(@row_colour) \
            with points pt variable ps 0.75 lc rgb variable title "points", \
        @cells using @row_middle:(said(mib(strcol("mib")), strcol("failure"))) @row_figure
}
unset multiplot
