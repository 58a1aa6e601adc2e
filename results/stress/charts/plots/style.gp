# What all charts share: what each colour and mark means, the page, its grid of panels, the axes.
#
# One chart by hand, from the project's folder:
#     GNUPLOT_LIB=plots gnuplot -d -c plots/certainty.gp results/NAME/charts/data > certainty.svg
#
# A chart begins with what it says about itself (harness/charts/plot.h), sets `plot = ARG0; tables = ARG1`, loads this file,
# lays out its page and draws panel after panel. It computes no statistics: every number it draws stands in a table in that
# folder. Lengths are in pixels.

set encoding utf8
set datafile separator tab
set datafile columnheaders
set datafile missing "NA"
table(name) = tables."/".name.".tsv"

# ---- What the run holds ----------------------------------------------------------------------------------------------

stats table("run") using ( \
    caption = strcol("caption"), view = strcol("view"), are_means = int(column("means")), \
    baseline = strcol("baseline"), time_words = strcol("time"), \
    panels = int(column("panels")), note_lines = int(column("note_lines")), \
    panel_width = column("panel_width"), panel_height = column("panel_height"), \
    cpu_lo = column("cpu_lo"), cpu_hi = column("cpu_hi"), \
    mib_lo = column("mib_lo"), mib_hi = column("mib_hi"), 0) nooutput

# What the chart says about itself, with the names of this run.
ends_in(text, end) = strlen(text) >= strlen(end) && text[strlen(text) - strlen(end) + 1:*] eq end
reading = ""
reading_lines = 0
stats table("readings") using (!ends_in("/".plot, "/".strcol("plot")) ? 0 \
    : column("line") == 0 ? (question = strcol("text"), 0) \
    : (reading = reading.(reading_lines ? "\n" : "").strcol("text"), reading_lines = reading_lines + 1, 0)) nooutput

array title_of[panels]
array size_of[panels]
array first_row[panels]
array last_row[panels]
stats table("panels") using ( \
    first_row[int(column("panel"))] = int(column("first")), last_row[int(column("panel"))] = int(column("last")), \
    title_of[int(column("panel"))] = strcol("title"), \
    size_of[int(column("panel"))] = strcol("size"), 0) nooutput

cells = "table('cells') every ::first_row[p]::last_row[p]"  # a macro for a plot of panel `p`

# Series are strategies in one configuration. They have a number in all tables.
series = 0
stats table("series") using (series = series + 1, 0) nooutput
array label_of[series]
array strategy_of[series]
stats table("series") using ( \
    label_of[int(column("series"))] = strcol("label"), strategy_of[int(column("series"))] = strcol("strategy"), 0) nooutput

# ---- Strategies: one colour, one mark and one name each, the same in every chart ---------------------------------------

# Colours are Okabe and Ito's without yellow, which is too faint on white, then darker ones of Tol's that stay apart from them
# in every kind of colour blindness, together with the marks; colours that are alike in grey have marks of other shapes. A
# strategy that is not named here takes one of the last styles, in the order of the run. The cross is no strategy's mark: it
# means failed.

named   = "never  arena  refcount refcount_cycle refcount_trial refcount_malloc refcount_atomic boehm  mark_sweep stream \
           cpython"
colours = "000000 009E73 0072B2   56B4E9         E69F00         332288          44AA99          D55E00 882255     CC79A7 \
           8C510A 777777 AA4499 999933 5D3A9B"
marks   = "6      13     7        5              10             12              15              9      8          11     4 \
           14     3      1"  # one fewer than colours, so that no pair comes twice soon
failed  = 2

# Where a name stands in a list, from 1; 0 when it does not. No loop: within one, gnuplot's stack is soon full.
found_at(name, list) = strstrt(" ".list." ", " ".name." ")
position(name, list) = found_at(name, list) ? words(substr(" ".list, 1, found_at(name, list))) + 1 : 0

do for [s = 1:series] { if (!position(strategy_of[s], named)) { named = named." ".strategy_of[s] } }

# The order in which charts list series: by the list above, and those of one strategy in the order of their numbers.
array place_of[series]
array series_at[series]
array nth_of[series]  # among those of its strategy, from 1
listed = 0
do for [name in named] {
    nth = 0
    do for [s = 1:series] {
        if (strategy_of[s] eq name) {
            listed = listed + 1; place_of[s] = listed; series_at[listed] = s
            nth = nth + 1; nth_of[s] = nth
        }
    }
}

longest = 0
do for [s = 1:series] { longest = strlen(label_of[s]) > longest ? strlen(label_of[s]) : longest }

style_of(name, list) = word(list, (position(name, named) - 1) % words(list) + 1)
colour(s) = int("0x".style_of(strategy_of[s], colours))
mark(s)   = int(style_of(strategy_of[s], marks))
dash(s)   = (nth_of[s] - 1) % 5 + 1  # of a curve: full for a strategy as it usually is, another for each configuration

# Of arrows that follow each other in one colour and width, gnuplot 5.4 draws all with the dashes of the first.
key_width(dash) = 1.5 + 0.01 * dash

# Small letters need more contrast than marks.
darker(rgb) = int(0.7 * (rgb >> 16)) * 65536 + int(0.7 * (rgb >> 8 & 255)) * 256 + int(0.7 * (rgb & 255))
ink(s)      = darker(colour(s))

# Areas under marks of the same colour are lighter: a quarter of it on white.
lighter(part) = 255 - (255 - part) / 4
soft_rgb(rgb) = lighter(rgb >> 16) * 65536 + lighter(rgb >> 8 & 255) * 256 + lighter(rgb & 255)
soft(s)     = soft_rgb(colour(s))
own(row)  = int(column("series"))  # of the row that is read

grey       = 0x6B6B6B  # what is said beside the data
pale       = 0xE8E8E8  # grid
guide_grey = 0xB8B8B8  # lines that guide the eye
front_grey = 0x555555  # nobody is better in both
untold_grey = 0x9A9A9A  # what cannot be told from the baseline
band_fill  = 0xF7E7B4  # no difference can be told here: a yellow that is no strategy's
dark       = 0x444444  # words of an axis

# ---- Axes --------------------------------------------------------------------------------------------------------------

# Lists of ticks from fine to coarse, as text for `set xtics`; of what lies beyond an axis gnuplot draws nothing.
near_one     = "'0.25' .25, '0.33' .3333, '0.5' .5, '0.67' .667, '0.8' .8, '0.9' .9, 1, 1.1, 1.25, 1.5, 2, 3, 4"
half_octaves = "'0.12' .125, '0.18' .1768, '0.25' .25, '0.35' .3536, '0.5' .5, '0.7' .7071, 1, " \
    ."'1.4' 1.4142, 2, '2.8' 2.8284, 4, '5.7' 5.6569, 8, '11' 11.3137, 16, " \
    ."'23' 22.6274, 32, '45' 45.2548, 64, '91' 90.5097, 128"
octaves = ""
do for [k = -12:12] { octaves = octaves.sprintf("'%s%d' %.9g,", k < 0 ? "1/" : "", 2**abs(k), 2.0**k) }
double_octaves = ""
do for [k = -24:24:2] { double_octaves = double_octaves.sprintf("'%s%d' %.9g,", k < 0 ? "1/" : "", 2**abs(k), 2.0**k) }

number_words(x) = x < 999 ? sprintf("%g", x) : x < 999999 ? sprintf("%gk", x / 1e3) : sprintf("%gM", x / 1e6)
fine = ""
one_two_five = ""
decades = ""
do for [power = -6:9] {
    do for [digit in "1 1.5 2 3 4 5 7"] { fine = fine.sprintf("'%s' %se%d,", number_words(digit * 10.0**power), digit, power) }
    do for [digit in "1 2 5"] {
        one_two_five = one_two_five.sprintf("'%s' %se%d,", number_words(digit * 10.0**power), digit, power)
    }
    decades = decades.sprintf("'%s' 1e%d,", number_words(10.0**power), power)
}

# The finest of the lists whose labels, `room` pixels apart, fit an axis of this length. `step` is the list's least, in powers
# of 10.
fits(step, lo, hi, length, room) = step * length > room * log10(hi / lo)
closed(list) = "(".list.")"
ended(list)  = closed(list[1:strlen(list) - 1])
ratio_tics(lo, hi, length, room) = \
      fits(0.041, lo, hi, length, room) ? closed(near_one) \
    : fits(0.150, lo, hi, length, room) ? closed(half_octaves) \
    : fits(0.301, lo, hi, length, room) ? ended(octaves) \
    : fits(0.602, lo, hi, length, room) ? ended(double_octaves) : ended(decades)
number_tics(lo, hi, length, room) = \
      fits(0.097, lo, hi, length, room) ? ended(fine) \
    : fits(0.301, lo, hi, length, room) ? ended(one_two_five) : ended(decades)

# Three or four steps of an axis from 0, each 1, 2 or 5 times a power of 10: gnuplot's own have labels that overlap where all
# are below 0.1.
upwards(step, power) = (step <= power ? 1 : step <= 2 * power ? 2 : step <= 5 * power ? 5 : 10) * power
linear_step(end)     = upwards(0.999 * end / 4.0, 10**floor(log10(0.999 * end / 4.0)))

axis(name, lo, hi, tics) = sprintf("set log %s 2; set %srange [%.9g:%.9g]; set %stics %s", name, name, lo, hi, name, tics)

# ---- The page: a heading, a grid of panels, a caption ------------------------------------------------------------------

width  = 800
header = 66 + 17 * reading_lines  # above the first panel: question, reading, the panel's title
footer = 76  # below the last one: its axis, caption
gap_y  = 66  # between two panels: an axis, the next one's title

panel_left(p) = left + ((p - 1) % columns) * (panel_width + gap_x)
panel_top(p)  = header + ((p - 1) / columns) * (panel_height + gap_y)

from_left(px) = px / real(width)        # as gnuplot's screen counts, from 0 to 1
from_top(px)  = 1 - px / real(height)

picture(name) = view eq "" ? name : name."_".view

# Before this a chart says its `columns` and where they stand: `left` of the first panel, `gap_x`, panel_width and panel_height.
page(name, count) = sprintf("height = panel_top(%d) + panel_height + footer;", count) \
    .sprintf("set terminal svg size width, height noenhanced font 'Helvetica,Arial,sans-serif,11' name '%s'", picture(name)) \
    ." background 'white'; set multiplot;" \
    ."set label 1 question at screen 0.02, screen from_top(24) font ',19';" \
    ."set label 2 reading at screen 0.02, screen from_top(46) tc rgb grey;" \
    ."set label 3 caption  at screen 0.98, screen 14.0 / height right font ',10' tc rgb grey;" \
    ."set margins 0, 0, 0, 0; unset border; unset tics; unset key; plot [0:1] [0:1] -1 notitle; set errorbars 0"

# The place of panel p and its grid. Its title comes apart, with the size at its other end, `behind` pixels behind the panel.
panel(p) = sprintf("set lmargin at screen %.6f; set rmargin at screen %.6f;", \
        from_left(panel_left(p)), from_left(panel_left(p) + panel_width)) \
    .sprintf("set tmargin at screen %.6f; set bmargin at screen %.6f;", \
        from_top(panel_top(p)), from_top(panel_top(p) + panel_height)) \
    ."unset label; unset arrow; unset object;" \
    ."set tics scale 0 nomirror tc rgb dark; set grid back lt 1 lc rgb pale lw 1"

# The size is never lost: where both do not fit, both are smaller, and if need be the title is cut.
title_fits(p, room) = 7.2 * strlen(title_of[p]) + 6.5 * strlen(size_of[p]) + 8 < room
title_font(p, room) = title_fits(p, room) ? 12 : 10
title_letters(p, room) = title_fits(p, room) ? 999 : int((room - 8 - 5.6 * strlen(size_of[p])) / 6.0)
cut(text, most) = strlen(text) > most ? text[1:most - 1]."…" : text
title(p, behind) = sprintf("set label 1 cut(title_of[%d], %d) at graph 0, graph 1 offset 0, 0.7 font ',%d';", \
        p, title_letters(p, panel_width + behind), title_font(p, panel_width + behind)) \
    .sprintf("set label 2 size_of[%d] at screen %.6f, graph 1 right offset 0, 0.7 font ',%d' tc rgb grey", \
        p, from_left(panel_left(p) + panel_width + behind), title_font(p, panel_width + behind) - 1)

# Where a whisker ends: at the point where there is no interval, as of one block. gnuplot drops a row that lacks one.
whisker_end(name, point) = strcol(name) eq "" ? column(point) : column(name)

here(p, value) = column("panel") == p ? value : NaN  # of other tables' rows, those of the panel

# Behind the data: a line at 1, and the band in which two runs of the same program lie, NaN where there was no such run.
x_of_no_difference(lo, hi) = "set arrow from 1, graph 0 to 1, graph 1 ".line_look.";" \
    .(lo == lo ? sprintf("set object rectangle from %.9g, graph 0 to %.9g, graph 1 ", lo, hi).band_look : "")
y_of_no_difference(lo, hi) = "set arrow from graph 0, first 1 to graph 1, first 1 ".line_look.";" \
    .(lo == lo ? sprintf("set object rectangle from graph 0, first %.9g to graph 1, first %.9g ", lo, hi).band_look : "")
line_look = "nohead back lc rgb grey lw 0.75"
band_look = "behind fc rgb band_fill fs solid border lc rgb band_fill lw 3"  # an edge, as it may be but a pixel wide

# ---- Rows of a panel: one series each, named before the first panel of a line, with a figure or what failed behind -------

# As wide as the longest name leaves room for, in as many columns as leave panels a readable width.
row_height = 18
row_left   = 14 + 6.1 * longest > 118 ? ceil(14 + 6.1 * longest) : 118
row_gap    = 62
row_width(columns) = floor((width - row_left - columns * row_gap) / columns)
row_columns = row_width(3) >= 120 ? 3 : row_width(2) >= 120 ? 2 : 1
row_axis   = sprintf("set yrange [%g:0.4]; unset ytics", series + 0.6)
row_of     = "place_of[own(0)]"
row_colour = "colour(own(0))"
row_mark   = "mark(own(0))"

# Macros for a plot of panel `p` whose x axis goes from `lo` to `hi`. What stands beside the panel hangs on the axis's middle:
# gnuplot drops in silence what rounding puts beyond its end.
row_middle = "(sqrt(lo * hi)):(@row_of)"
row_names  = "table('series') using (sqrt(lo * hi)):(@row_of)" \
    .":((p - 1) % columns == 0 ? label_of[own(0)] : ''):(ink(own(0)))" \
    ." with labels right offset screen from_left(-panel_width / 2.0 - 6), 0 tc rgb variable title 'names'"
row_lines  = "@cells using (sqrt(lo * hi)):(column('mib') > 0 || column('cpu') > 0 ? @row_of : NaN):(lo):(hi)" \
    ." with xerrorbars pt 0 lc rgb pale title 'rows'"

figure_width = 44  # pixels behind a panel
row_figure   = "with labels right offset screen from_left(panel_width / 2.0 + figure_width), 0 tc rgb dark title 'figures'"
row_figure_in = "with labels right offset screen from_left(panel_width / 2.0 + figure_width), 0 tc rgb variable title 'figures'"
said(figure, gap) = gap eq "" ? figure : figure eq "" ? "× ".gap : "× ".figure
fixed(number, digits) = number eq "" ? "" : sprintf("%.".digits."f", number + 0.0)  # NA is read as ""
