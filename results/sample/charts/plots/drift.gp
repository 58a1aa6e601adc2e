# Chart 9: Did the machine drift?
# Reading: All trials in the order in which they ran, each against the middle of its own cell's trials; the line is the running
#     median of 51. A machine that keeps its pace makes a level line at 1. Marks below: trials during which the processor was
#     taken away for more than 1% of the time, and trials that began beside other work.
# Shows: trial number against time relative to the cell's median, with a running median
# Needs: drift_dots

plot = ARG0
tables = ARG1
load "style.gp"

columns      = 1
left         = 90
gap_x        = 20
panel_width  = width - left - gap_x
panel_height = 260
footer       = 120

last = 1
stats table("drift_blocks") using (last = column("last") > last ? column("last") : last, 0) nooutput

eval page("drift", 1)
eval panel(1)
unset grid
set xrange [0.5:last + 0.5]
set xlabel "trial, in the order of running" offset 0, 0 tc rgb dark
set ylabel "time / the cell's median" offset 0.5, 0 tc rgb dark
set xtics autofreq
eval axis("y", 0.42, 2.1, ratio_tics(0.42, 2.1, panel_height, 16))
set arrow from graph 0, first 1 to graph 1, first 1 nohead back lc rgb grey lw 0.75
blocks = 0
stats table("drift_blocks") using (blocks = blocks + 1, 0) nooutput
every_block = blocks > 25 ? ceil(blocks / 25.0) : 1
mark_row(kind) = kind eq "stolen" ? 0.47 : 0.44
set label 3 "taken away" at graph 0, first 0.47 right offset -0.6, 0 font ",9" tc rgb dark
set label 4 "beside others" at graph 0, first 0.44 right offset -0.6, 0 font ",9" tc rgb dark
set ytics add ("" 0.5)
plot table("drift_blocks") using (column("first") - 0.5):(0.5):(0):(1.5) with vectors nohead lc rgb pale title "blocks", \
    table("drift_blocks") using ((column("first") + column("last")) / 2):(2.0): \
        (int(column("block") - 1) % int(every_block) == 0 ? sprintf("%d", column("block")) : "") \
        with labels font ",9" tc rgb grey title "block numbers", \
    table("drift_dots") using (column("trial")):(column("ratio")) with points pt 7 ps 0.2 lc rgb guide_grey title "trials", \
    table("drift_medians") using (column("trial")):(column("ratio")) with lines lw 2 lc rgb 0x0072B2 title "running median", \
    table("drift_marks") using (column("trial")):(mark_row(strcol("kind"))) with points pt 5 ps 0.25 lc rgb dark title "marks"
unset multiplot
