# Chart 21: Does it take longer, the larger the structure?
# Reading: CPU time per edge against the number of edges, a line for each strategy.
# Shows: CPU time per edge against edges, log-log
# Needs: depth
plot = ARG0
tables = ARG1
load "style.gp"
columns = 1
left = 60
gap_x = 100
panel_width = 600
panel_height = 300
eval page("depth", 1)
p = 1
eval panel(1)
set log xy 10
set autoscale
mine(s, value) = own(0) == s && strcol("subject") eq "chain" ? value : NaN
plot for [s = 1:series] table("depth") using (column("size")):(mine(s, column("value"))) with linespoints pt mark(s) lc rgb colour(s) title label_of[s]
unset multiplot
