# Chart 22: Does what it holds grow while nothing more is alive?
# Reading: Rounds in which the live set grows, shrinks to a tenth and goes over to other sizes. Filled: what the strategy holds
#     from the system, from after a shrink and a collection (below) to the peak (above). Dotted: what the process has resident
#     after a shrink. Thin: what is alive then. Level is as it should be; it ends after eight rounds where nothing promises to
#     free what dies.
# Shows: footprint, resident and live memory against rounds, log y, a panel for each strategy and variant
# Needs: soak

plot = ARG0
tables = ARG1
load "style.gp"

keys = ""
mib_lo = 1e300
mib_hi = 0
rounds = 1
mib(name) = column(name) / 1048576
stats table("soak") using (key = strcol("strategy").":".strcol("variant"), \
    keys = position(key, keys) ? keys : keys." ".key, \
    x = mib("live_bytes"), mib_lo = x > 0 && x < mib_lo ? x : mib_lo, \
    x = mib("peak_footprint_bytes"), mib_hi = x > mib_hi ? x : mib_hi, \
    rounds = column("round") > rounds ? column("round") : rounds, 0) nooutput
shown = words(keys)
array first_of[shown]
array last_of[shown]
do for [p = 1:shown] { first_of[p] = -1 }
stats table("soak") using (p = position(strcol("strategy").":".strcol("variant"), keys), last_of[p] = int(column(0)), \
    first_of[p] = first_of[p] < 0 ? int(column(0)) : first_of[p], 0) nooutput

columns      = 4
left         = 44
gap_x        = 16
gap_y        = 44
panel_width  = 168
panel_height = 108

run_of(p) = sprintf("table('soak') every ::%d::%d using (column('round')):", first_of[p], last_of[p])

# In the order of all charts.
in_order = ""
do for [k = 1:series] {
    do for [variant in "chains rings nested"] {
        key = strategy_of[series_at[k]].":".variant
        if (position(key, keys)) { in_order = in_order." ".key }
    }
}

eval page("soak", shown)
do for [k = 1:shown] {
    p = position(word(in_order, k), keys)
    strategy = word(in_order, k)[1:strstrt(word(in_order, k), ":") - 1]
    do for [i = 1:series] { if (strategy_of[i] eq strategy) { s = i } }
    eval panel(k)
    set label 1 strategy.", ".word(in_order, k)[strlen(strategy) + 2:*] at graph 0, graph 1 offset 0, 0.7 font ",10" \
        tc rgb ink(s)
    set xrange [0:1.02 * rounds]
    set xtics 0, linear_step(rounds) format "%g"
    eval axis("y", mib_lo / 1.2, mib_hi * 1.2, number_tics(mib_lo, mib_hi, panel_height, 14))
    if ((k - 1) % columns) {
        set ytics 1e-3, 10 format ""
        unset ylabel
    } else {
        set ylabel "MiB" offset 1.5, 0 tc rgb dark
    }
    if (k > shown - columns) { set xlabel "rounds" offset 0, 0.6 tc rgb dark } else { unset xlabel }
    eval "plot ".run_of(p)."(mib('footprint_bytes')):(mib('peak_footprint_bytes')) with filledcurves lc rgb soft(s)" \
        ." title 'footprint', " \
        .run_of(p)."(mib('footprint_bytes')) with lines lw 1.4 lc rgb colour(s) title 'footprint after a shrink', " \
        .run_of(p)."(mib('resident_bytes')) with lines lw 1.2 dt 3 lc rgb dark title 'resident', " \
        .run_of(p)."(column('live_bytes') > 0 ? mib('live_bytes') : NaN) with lines lw 0.8 lc rgb dark title 'alive'"
}
unset multiplot
