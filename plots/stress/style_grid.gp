# A grid of small panels, one for each subject of a table of stress, and in the last place the names of all strategies. Before
# this a chart says `source`, the table's name, and loads style.gp; after it `shown` panels are named in `subject_of`.

subjects = ""
stats table(source) using (subjects = position(strcol("subject"), subjects) ? subjects : subjects." ".strcol("subject"), 0) nooutput
shown = words(subjects)

columns      = 3
left         = 44
gap_x        = 34
panel_width  = 218
panel_height = 150

# The names, in the order of all charts, each with its mark; drawn in panel `p`.
name_of(s) = sprintf("set label %d label_of[%d] at graph 0.06, graph %.4f point pt %d ps 0.8 lc rgb %d offset 1.2, 0 tc rgb %d", \
    s + 1, s, 1 - (place_of[s] - 0.5) / listed, mark(s), colour(s), ink(s))
names_panel(p) = panel(p)."; unset tics; unset grid; unset xlabel; unset ylabel; unset logscale; set xrange [0:1]; set yrange [0:1]"
