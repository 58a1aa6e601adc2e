# Chart 10: Where does the cost come from?
# Reading: Instructions in user mode, counted at the quick sizes, in multiples of what {baseline} takes, without the process's
#     start. Each panel has its own axis. A count sees neither caches nor the kernel. × : not counted.
# Shows: stacked bars of instructions: work, allocate, barrier, release, collect and teardown, a bar for each strategy
# Of many variants: overview class
# Needs: instructions

plot = ARG0
tables = ARG1
load "style.gp"

columns      = row_columns
left         = row_left
gap_x        = row_gap
panel_width  = row_width(columns)
panel_height = row_height * series
header       = header + 30  # for the key

# In the order of the bars. Neighbours differ in brightness as well as in colour, and are parted by a white line.
parts        = "work allocate barrier release collect teardown"
part_colours = "D4D4D4 4477AA F0B040 228833 7A1F5C EE99AA"
part_colour(name) = int("0x".word(part_colours, position(name, parts)))
place        = "place_of[own(0)]"
shown        = "(column('to') > column('from') ? column('to') : NaN)"

# The rows of each panel's parts: gnuplot need not work out all of them for each.
array first_part[panels]
array last_part[panels]
none = 10**9
do for [p = 1:panels] { first_part[p] = none; last_part[p] = none }
stats table("instructions") using (p = int(column("panel")), last_part[p] = int(column(0)), \
    first_part[p] = first_part[p] == none ? int(column(0)) : first_part[p], 0) nooutput
mine = "table('instructions') every ::first_part[p]::last_part[p]"

array widest[panels]
do for [p = 1:panels] { widest[p] = 1 }
array total[panels * series]
do for [i = 1:panels * series] { total[i] = NaN }
slot(p, s) = (p - 1) * series + s
wider(p)  = widest[p] > column("to") ? widest[p] : column("to")
stats table("instructions") using (total[slot(int(column("panel")), own(0))] = column("to"), \
    widest[int(column("panel"))] = wider(int(column("panel"))), 0) nooutput

key_at(i) = 0.02 + 0.13 * (i - 1)
key_look  = "fc rgb %d fs solid noborder;"
key(i)    = sprintf("set object %d rectangle from screen %.4f, screen %.6f to screen %.4f, screen %.6f ".key_look, \
        i, key_at(i), from_top(header - 42), key_at(i) + 0.014, from_top(header - 32), part_colour(word(parts, i))) \
    .sprintf("set label %d '%s' at screen %.4f, screen %.6f;", 10 + i, word(parts, i), key_at(i) + 0.02, from_top(header - 37))

# A grid of ticks from 0: about four.
step_for(hi) = hi > 40 ? 20 : hi > 20 ? 10 : hi > 8 ? 4 : hi > 4 ? 2 : hi > 2 ? 1 : 0.5

eval page("instructions", panels)
keys = ""
do for [i = 1:words(parts)] { keys = keys.key(i) }
unset label; unset object
eval keys
plot [0:1] [0:1] -1 notitle
do for [p = 1:panels] {
    size_of[p] = ""
    hi = 1.04 * widest[p]
    eval panel(p)
    eval title(p, figure_width)
    eval row_axis
    set xlabel "← fewer instructions" offset 0, 0.6 tc rgb dark
    set xrange [0:hi]
    set xtics 0, step_for(hi)
    set arrow from 1, graph 0 to 1, graph 1 nohead front lc rgb grey lw 0.75
    plot @mine using @shown:(@place):(column("from")):(column("to")): \
            (@place - 0.38):(@place + 0.38):(part_colour(strcol("part"))) \
            with boxxyerror lc rgb variable fs solid border lc rgb "white" title "parts", \
        table("series") using (hi / 2):(@place):((p - 1) % columns == 0 ? label_of[own(0)] : ""):(ink(own(0))) \
            with labels right offset screen from_left(-panel_width / 2.0 - 6), 0 tc rgb variable title "names", \
        table("series") using (hi / 2):(@place):(total[slot(p, own(0))] == total[slot(p, own(0))] \
            ? sprintf("%.2f", total[slot(p, own(0))]) : "×") @row_figure
}
unset multiplot
