# What charts of curves share: in each panel a curve for each series, and behind it the names in the order of their figures,
# each with its mark (harness/charts/curves.h). Such a chart sets `chart` and loads this file; and for each of its
# `curve_panels`, when the axes of panel p are set, it says `how` curves are drawn and loads style_curves_panel.gp.

load "style.gp"

lines_of = table(chart."_lines")
lines = 0
curve_panels = 0
stats lines_of using (lines = lines + 1, \
    curve_panels = column("panel") > curve_panels ? int(column("panel")) : curve_panels, 0) nooutput

array line_panel[lines]
array line_series[lines]
array line_first[lines]
array line_last[lines]
array line_place[lines]
array line_words[lines]
array title_of[curve_panels]
array size_of[curve_panels]
array figures_of[curve_panels]
array lowest_of[curve_panels]
array highest_of[curve_panels]
array end_of[curve_panels]
k = 0
longest_line = 0
stats lines_of using (k = k + 1, p = int(column("panel")), \
    line_panel[k] = p, line_series[k] = int(column("series")), line_first[k] = int(column("first")), \
    line_last[k] = int(column("last")), line_place[k] = int(column("place")), line_words[k] = strcol("words"), \
    longest_line = strlen(line_words[k]) > longest_line ? strlen(line_words[k]) : longest_line, \
    title_of[p] = strcol("title"), size_of[p] = strcol("size"), figures_of[p] = strcol("figures"), \
    lowest_of[p] = column("panel_lo"), highest_of[p] = column("panel_hi"), \
    end_of[p] = column("panel_end"), \
    x_lo = column("x_lo"), x_hi = column("x_hi"), y_lo = column("y_lo"), y_hi = column("y_hi"), \
    floor_at = column("floor"), 0) nooutput

# The names behind a panel, and before the next one its axis.
name_height = 13
names_width = 32 + 5.6 * longest + 5.4 * longest_line
left        = 52
gap_x       = names_width + left
two_fit     = (width - 2 * gap_x) / 2.0 >= 150 && curve_panels > 1
columns     = two_fit ? 2 : 1
panel_width = floor((width - columns * gap_x) / columns)
panel_height = name_height * (series + 1) > 170 ? name_height * (series + 1) : 170

line_at(k, y) = sprintf(" at screen %.6f, graph %.6f ", from_left(panel_left(line_panel[k]) + panel_width + y), \
    1 - name_height * (line_place[k] + 0.4) / panel_height)
stroke_end(k, x) = line_at(k, x)[4:*]
name_of(k) = sprintf("set arrow %d from", 10 + k).stroke_end(k, 4)."to".stroke_end(k, 24) \
    .sprintf("nohead lw %g dt %d lc rgb %d;", key_width(dash(line_series[k])), dash(line_series[k]), colour(line_series[k])) \
    .sprintf("set label %d ''", 10 + 3 * k).line_at(k, 14) \
    .sprintf("point pt %d ps 0.65 lc rgb %d;", mark(line_series[k]), colour(line_series[k])) \
    .sprintf("set label %d label_of[%d]", 11 + 3 * k, line_series[k]).line_at(k, 28) \
    .sprintf("tc rgb %d font ',10';", ink(line_series[k])) \
    .sprintf("set label %d line_words[%d]", 12 + 3 * k, k).line_at(k, names_width - 4) \
    .sprintf("right tc rgb %d font ',10';", line_first[k] < 0 ? grey : dark)
names(p) = sprintf("set label 3 figures_of[%d] at screen %.6f, graph %.6f right tc rgb grey font ',10';", \
    p, from_left(panel_left(p) + panel_width + names_width - 4), 1 - name_height * 0.4 / panel_height)

# Marks stand at a few places of a curve; curves that end at a floor or an edge have none there.
curve(k, how) = sprintf(", table(chart) every ::%d::%d using (column('x')):(column('y'))", line_first[k], line_last[k]) \
    .sprintf(" with %s lw 1.6 dt %d lc rgb %d title 'curve'", how, dash(line_series[k]), colour(line_series[k])) \
    .sprintf(", table(chart) every %d::%d::%d using (column('x')):(column('y'))", \
        marks_apart(k), line_first[k] + line_place[k] % marks_apart(k), line_last[k]) \
    .sprintf(" with points pt %d ps 0.55 lc rgb %d title 'marks'", mark(line_series[k]), colour(line_series[k]))
marks_apart(k) = (line_last[k] - line_first[k]) / 5 + 1

hiccup_fill = 0xEDEDED
