# A heat map: rows are workloads, classes apart; columns are series in their order; `heat` is the table, `name` the picture's.

heat_rows = 0
longest_row = 0
stats table("heat_rows") using (heat_rows = heat_rows + 1, \
    longest_row = strlen(strcol("label")) > longest_row ? strlen(strcol("label")) : longest_row, 0) nooutput

# A diverging scale of blue and brown around white, which the colour-blind tell apart, and which differs in lightness, too: one
# end of RdBu and one of BrBG (Harrower and Brewer 2003, "ColorBrewer.org"). Level -4 is the first. Numbers are black or white,
# whichever has a contrast of at least 4.5 on it.
fills = "2166AC 4393C3 92C5DE D1E5F0 FFFFFF F6E8C3 DFC27D BF812D 8C510A"
inks  = "FFFFFF 000000 000000 000000 444444 000000 000000 000000 FFFFFF"
of_level(list) = int("0x".word(list, int(column("level")) + 5))

columns      = 1
name_room    = 6.0 * longest_row
left         = name_room + 20 < 240 ? name_room + 20 : 240
gap_x        = 20
cell_width   = (width - left - gap_x) / series < 62 ? (width - left - gap_x) / series : 62
panel_width  = cell_width * series
panel_height = 16 * heat_rows
figure_size  = cell_width >= 32 ? 10 : cell_width >= 24 ? 8 : 6
slant        = cell_width < 6.2 * longest
header       = 60 + 17 * reading_lines + (slant ? 3.9 * longest : 10)
footer       = 30

eval page(name, 1)
eval panel(1)
unset label
unset grid
unset tics
set xrange [0.5:series + 0.5]
set yrange [heat_rows + 0.5:0.5]
head_of(s) = sprintf("set label %d label_of[%d] at first %g, graph 1 %s tc rgb %d;", 10 + s, s, place_of[s], \
    slant ? "left rotate by 40 offset -0.4, 0.5 font ',10'" : "center offset 0, 0.6 font ',10'", ink(s))
do for [s = 1:series] { eval head_of(s) }
cell_x = "(place_of[own(0)])"
cell_y = "(column('row'))"
plot table(heat) using @cell_x:@cell_y:(@cell_x - 0.48):(@cell_x + 0.48):(@cell_y - 0.47):(@cell_y + 0.47):(of_level(fills)) \
        with boxxyerror fs solid noborder lc rgb variable title "shades", \
    table(heat) using @cell_x:@cell_y:(strcol("text")):(column("missing") > 0 ? grey : of_level(inks)) \
        with labels font sprintf(",%d", figure_size) tc rgb variable title "figures", \
    table("heat_rows") using (0.5):@cell_y:(column("heading") > 0 ? "" : strcol("label")) \
        with labels right offset -0.6, 0 font ",10" tc rgb dark title "rows", \
    table("heat_rows") using (0.5):@cell_y:(column("heading") > 0 ? strcol("label") : "") \
        with labels right offset -0.6, 0 font ",12" title "classes"
unset multiplot
