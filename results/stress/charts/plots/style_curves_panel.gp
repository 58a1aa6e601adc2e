# The names and the curves of panel p of a chart of curves (style_curves.gp), drawn `how`.

eval names(p)
drawn = ""
do for [k = 1:lines] {
    if (line_panel[k] == p) {
        eval name_of(k)
        if (line_first[k] >= 0) { drawn = drawn.curve(k, how) }
    }
}
eval "plot NaN title 'nothing'".drawn
