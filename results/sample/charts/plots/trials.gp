# Chart 8: Is a run typical?
# Reading: Every trial's {time}, as a multiple of the middle one of its cell: a dot each, and the box holds the middle half. The
#     number beside it is how many there are. Rings: more than three boxes away from the box; triangles: beyond the axis. They
#     count like all others.
# Shows: dots of all trials over boxes of their quartiles, a row for each strategy
# Of many variants: class
# Needs: trial_boxes

plot = ARG0
tables = ARG1
load "style.gp"

columns      = row_columns
left         = row_left
gap_x        = row_gap
panel_width  = row_width(columns)
panel_height = row_height * series

lo = 0.45
hi = 2.2

array first_dot[panels]
array last_dot[panels]
stats table("trial_panels") using (first_dot[int(column("panel"))] = int(column("first")), \
                                   last_dot[int(column("panel"))] = int(column("next")) - 1, 0) nooutput
far_mark = "(column('far') == 0 ? 7 : column('far') == 1 ? 6 : 8)"
far_size = "(column('far') == 0 ? 0.25 : 0.65)"

eval page("trials", panels)
do for [p = 1:panels] {
    eval panel(p)
    eval title(p, figure_width)
    eval axis("x", lo, hi, "('0.5' .5, '0.7' .7071, 1, '1.4' 1.4142, 2)")
    eval row_axis
    set xlabel "by the middle trial" offset 0, 0.6 tc rgb dark
    set arrow from 1, graph 0 to 1, graph 1 nohead back lc rgb grey lw 0.75
    plot @row_names, \
        table("trial_boxes") using (here(p, column("lower"))):(@row_of):(column("lower")):(column("upper")): \
            (@row_of - 0.3):(@row_of + 0.3):(soft(own(0))) \
            with boxxyerror fs solid noborder lc rgb variable title "boxes", \
        table("trial_dots") every ::first_dot[p]::last_dot[p] \
            using (here(p, column("ratio"))):(@row_of):@far_size:@far_mark:(@row_colour) \
            with points pt variable ps variable lw 1.25 lc rgb variable title "trials", \
        @cells using @row_middle:(said("", strcol("failure"))) @row_figure, \
        table("trial_boxes") using (here(p, sqrt(lo * hi))):(@row_of):(sprintf("%d", column("n"))) @row_figure
}
unset multiplot
