# Chart 15: When does a generator beat a list?
# Reading: Against the number of items: above, CPU time per operation; below, peak memory. Lower is better. Full line:
#     generator; dashed: list. Each point is a median with its 95% interval. × at the top edge: failed or not supported.
# Shows: CPU time per operation and peak memory against the number of items, log-log, a panel for each strategy
# Needs: sweeps

plot = ARG0
tables = ARG1
load "style.gp"

columns      = 3
left         = 72
gap_x        = 44
gap_y        = 90
footer       = 106
panel_width  = 205
part_height  = 104
part_gap     = 12
panel_height = 2 * part_height + part_gap

sweeps = ""  # workloads that were measured both ways at several sizes
stats table("sweeps") using (sweeps = sweeps." ".strcol("sweep"), 0) nooutput

# The first series of each strategy, which is the strategy as it usually is.
array usual_at[series]
array usual_place[series]
usuals = 0
do for [place = 1:series] {
    s = series_at[place]
    if (place == 1 || strategy_of[s] ne strategy_of[series_at[place > 1 ? place - 1 : 1]]) {
        usuals = usuals + 1
        usual_at[usuals] = s
        usual_place[s] = usuals
    }
}
drawn = words(sweeps) * usuals

sweep(p)    = (p - 1) / usuals + 1
workload(p) = word(sweeps, sweep(p))
drawn_in(p) = usual_at[(p - 1) % usuals + 1]
ours(p, variant, value) = \
    strcol("sweep") eq workload(p) && own(0) == drawn_in(p) && strcol("side") eq variant ? value : NaN

# Each workload has axes of its own.
array size_lo[words(sweeps) + 1]
array size_hi[words(sweeps) + 1]
array item_lo[words(sweeps) + 1]
array item_hi[words(sweeps) + 1]
array peak_lo[words(sweeps) + 1]
array peak_hi[words(sweeps) + 1]
stats table("sweeps") using (s = position(strcol("sweep"), sweeps), \
    size_lo[s] = column("size_lo"), size_hi[s] = column("size_hi"), \
    item_lo[s] = column("operation_ns_lo"), item_hi[s] = column("operation_ns_hi"), \
    peak_lo[s] = column("mib_lo"), peak_hi[s] = column("mib_hi"), 0) nooutput

# What failed in each panel, every variant and failure once.
array notes[drawn + 1]
do for [p = 1:drawn + 1] { notes[p] = "" }
panel_of(workload, s) = (position(workload, sweeps) - 1) * usuals + usual_place[s]
add(p, line) = strstrt(notes[p], line) ? 0 : (notes[p] = notes[p].line)
stats table("list_generator") using (strcol("failure") eq "" ? 0 \
    : add(panel_of(strcol("sweep"), own(0)), "× ".strcol("side").": ".strcol("failure")."\n"), 0) nooutput

upper(p) = sprintf("set bmargin at screen %.6f", from_top(panel_top(p) + part_height))
lower(p) = sprintf("set tmargin at screen %.6f; set bmargin at screen %.6f", \
    from_top(panel_top(p) + part_height + part_gap), from_top(panel_top(p) + panel_height))
y_words(p, words) = p % columns == 1 ? "set ylabel '".words."' offset 0.5, 0 tc rgb dark" : "unset ylabel"

# Macros for a plot of panel p: one variant's line and points by the column `y`, and crosses at `top` where it failed.
side_dash(variant) = variant eq "list" ? 2 : 1
look    = "lc rgb colour(drawn_in(p)) title variant"
line    = "table('list_generator') using (ours(p, variant, column('size'))):(column(y))" \
    ." with lines lw 1.5 dt side_dash(variant) @look"
points  = "table('list_generator') using (ours(p, variant, column('size'))):(column(y))" \
    .":(whisker_end(y.'_lo', y)):(whisker_end(y.'_hi', y))" \
    ." with yerrorbars pt mark(drawn_in(p)) ps 0.6 @look"
crosses = "table('list_generator') using (ours(p, variant, strcol('failure') eq '' ? NaN : column('size'))):(top)" \
    ." with points pt failed ps 0.8 lw 1.5 lc rgb dark title 'failed'"
inside  = 0.999  # gnuplot drops what rounding puts beyond the end of an axis
both    = "for [variant in 'list generator'] "

eval page("list_generator", drawn)
do for [p = 1:drawn] {
    s = sweep(p)
    eval panel(p)
    eval upper(p)
    unset xlabel
    set label 1 workload(p)." · ".label_of[drawn_in(p)] at graph 0, graph 1 offset 0, 0.7 font ",12" tc rgb ink(drawn_in(p))
    set log x 10
    set xrange [size_lo[s]:size_hi[s]]
    set xtics 1, 10 format ""
    eval axis("y", item_lo[s], item_hi[s], number_tics(item_lo[s], item_hi[s], part_height, 16))
    eval y_words(p, "ns per operation")
    y = "operation_ns"
    top = inside * item_hi[s]
    plot @both @line, @both @points, @both @crosses
    unset label
    eval lower(p)
    set xtics 1, 10 format "%.0s%c"
    set xlabel "items" offset 0, 0.6 tc rgb dark
    eval axis("y", peak_lo[s], peak_hi[s], number_tics(peak_lo[s], peak_hi[s], part_height, 16))
    eval y_words(p, "peak, MiB")
    set label 1 notes[p] at graph 0, graph 0 offset 0, -3.2 font ",10" tc rgb dark
    y = "mib"
    top = inside * peak_hi[s]
    plot @both @line, @both @points, @both @crosses
}
unset multiplot
