# A grid of small panels, one for each subject of a table of stress, and in the last place the names of the strategies that the
# table has rows of. Before this a chart says `source`, the table's name, and loads style.gp; after it `shown` panels are named in
# `subject_of`.

subjects = ""
stats table(source) using (subjects = position(strcol("subject"), subjects) ? subjects : subjects." ".strcol("subject"), 0) nooutput
shown = words(subjects)

columns      = 3
left         = 60
gap_x        = 34
panel_width  = 213
panel_height = 150

array is_drawn[series]
do for [s = 1:series] { is_drawn[s] = 0 }
stats table(source) using (s = own(0), s <= series ? (is_drawn[s] = 1) : 0, 0) nooutput
array name_row[series]
name_rows = 0
do for [place = 1:listed] {
    s = series_at[place]
    if (is_drawn[s]) { name_rows = name_rows + 1; name_row[s] = name_rows }
}
name_pitch = 1.0 / (name_rows > 8 ? name_rows : 8)

# The names, in the order of all charts, each with its mark; drawn in panel `p`.
name_of(s) = is_drawn[s] ? sprintf( \
    "set label %d label_of[%d] at graph 0.06, graph %.4f point pt %d ps 0.8 lc rgb %d offset 1.2, 0 tc rgb %d", \
    s + 1, s, 1 - (name_row[s] - 0.5) * name_pitch, mark(s), colour(s), ink(s)) : ""
names_panel(p) = panel(p)."; unset tics; unset grid; unset xlabel; unset ylabel; unset logscale; set xrange [0:1]; set yrange [0:1]"
