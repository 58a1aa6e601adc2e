#include "host_rows.h"

#include "cell_columns.h"
#include "memory.h"
#include "noise.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const Column host_columns[] = {
    { "host",        MACHINE, offsetof(HostRow, host) },
    { "kind",        NATURAL, offsetof(HostRow, kind) },
    { "fingerprint", ID, offsetof(HostRow, fingerprint) },
    { "blocks",      NATURAL, offsetof(HostRow, blocks) },
    { "controls",    NATURAL, offsetof(HostRow, controls) },
    { "band",        QUANTITY, offsetof(HostRow, band) },
    { "rms",         QUANTITY, offsetof(HostRow, rms) },
    { "flag",        TEXT, offsetof(HostRow, flag) },
};

static const Column host_ratio_columns[] = {
    { "host",      MACHINE, offsetof(HostRatio, host) },
    SERIES_COLUMNS(HostRatio),
    WORK_COLUMNS(HostRatio),
    { "control",   FLAG, offsetof(HostRatio, cell.control) },
    { "metric",    NAME, offsetof(HostRatio, metric) },
    { "n",         NATURAL, offsetof(HostRatio, n) },
    { "median",    QUANTITY, offsetof(HostRatio, median) },
    { "lo",        QUANTITY, offsetof(HostRatio, lo) },
    { "hi",        QUANTITY, offsetof(HostRatio, hi) },
    { "ratio",     QUANTITY, offsetof(HostRatio, ratio) },
    { "ratio_lo",  QUANTITY, offsetof(HostRatio, ratio_lo) },
    { "ratio_hi",  QUANTITY, offsetof(HostRatio, ratio_hi) },
};

static const Column agreement_columns[] = {
    SERIES_COLUMNS(AgreementRow),
    WORK_COLUMNS(AgreementRow),
    { "control",    FLAG, offsetof(AgreementRow, cell.control) },
    { "metric",     NAME, offsetof(AgreementRow, metric) },
    { "hosts",      NATURAL, offsetof(AgreementRow, hosts) },
    { "blocks",     NATURAL, offsetof(AgreementRow, blocks) },
    { "within",     QUANTITY, offsetof(AgreementRow, within) },
    { "between",    QUANTITY, offsetof(AgreementRow, between) },
    { "i2",         QUANTITY, offsetof(AgreementRow, i2) },
    { "i2_lo",      QUANTITY, offsetof(AgreementRow, i2_lo) },
    { "i2_hi",      QUANTITY, offsetof(AgreementRow, i2_hi) },
    { "least_host", MACHINE, offsetof(AgreementRow, least_host) },
    { "least",      QUANTITY, offsetof(AgreementRow, least) },
    { "most_host",  MACHINE, offsetof(AgreementRow, most_host) },
    { "most",       QUANTITY, offsetof(AgreementRow, most) },
};

const Layout host_layout = LAYOUT(HostRow, host_columns), host_ratio_layout = LAYOUT(HostRatio, host_ratio_columns),
             agreement_layout = LAYOUT(AgreementRow, agreement_columns);

HostRows host_rows_begin(const RunHosts *hosts)
{
    return (HostRows){ .hosts = hosts, .of_controls = memory_new(hosts->hosts + 1, sizeof(Distances)),
                       .of_blocks = memory_new(hosts->hosts + 1, sizeof(Distances)) };
}

void host_rows_free(HostRows *rows)
{
    for (size_t i = 0; i < rows->hosts->hosts; i++) {
        free(rows->of_controls[i].distance);
        free(rows->of_blocks[i].distance);
    }
    free(rows->of_controls);
    free(rows->of_blocks);
    free(rows->agreement);
    free(rows->ratio);
    *rows = (HostRows){ 0 };
}

static void append_distances(Distances *to, Distances *more)
{
    to->distance = memory_room(to->distance, &to->room, to->count + more->count, sizeof *to->distance);
    for (size_t i = 0; i < more->count; i++)
        to->distance[to->count++] = more->distance[i];
}

void host_rows_append(HostRows *rows, HostRows *more, TextPool *pool)
{
    rows->agreement = memory_room(rows->agreement, &rows->agreement_room, rows->agreements + more->agreements,
                                  sizeof *rows->agreement);
    rows->ratio = memory_room(rows->ratio, &rows->ratio_room, rows->ratios + more->ratios, sizeof *rows->ratio);
    for (size_t i = 0; i < more->agreements; i++) {
        AgreementRow *row = &rows->agreement[rows->agreements++];
        *row = more->agreement[i];
        cell_intern(&row->cell, pool);
        row->metric = intern(pool, row->metric);
    }
    for (size_t i = 0; i < more->ratios; i++) {
        HostRatio *row = &rows->ratio[rows->ratios++];
        *row = more->ratio[i];
        cell_intern(&row->cell, pool);
        row->metric = intern(pool, row->metric);
    }
    for (size_t i = 0; i < rows->hosts->hosts; i++) {
        append_distances(&rows->of_controls[i], &more->of_controls[i]);
        append_distances(&rows->of_blocks[i], &more->of_blocks[i]);
    }
    host_rows_free(more);
}

/* ---- Ratios of a host ----------------------------------------------------------------------------------------------- */

/* The blocks of one of the hosts that have some, beginning at `first`. */
static Estimate ratio_of_host(const BlockPairs *pairs, size_t host, size_t first, Drawings *drawings)
{
    return estimate_ratio(pairs->ours + first, pairs->theirs + first, drawings_of(drawings, pairs->arranged.blocks[host]));
}

bool hosts_contradict(const BlockPairs *pairs, Drawings *drawings)
{
    if (pairs->arranged.hosts != 2)
        return false;
    double *logs = logs_of_ratios(pairs->ours, pairs->theirs, pairs->n);
    Agreement agreement = agreement_of(logs, shape_of(&pairs->arranged));
    free(logs);
    if (!hosts_disagree(&agreement))
        return false;
    Estimate a = ratio_of_host(pairs, 0, 0, drawings), b = ratio_of_host(pairs, 1, pairs->arranged.blocks[0], drawings);
    return (a.hi < 1 && b.lo > 1) || (a.lo > 1 && b.hi < 1);
}

/* Of the first host everything; of the others what is compared in pictures. */
static bool is_shown_of(const HostRows *rows, size_t host, const Summary *row, bool is_absolute)
{
    bool is_of_pictures = texts_equal(row->metric, TIME_METRIC) || texts_equal(row->metric, "peak_rss_kib");
    bool are_few = rows->hosts->hosts <= HOSTS_WITH_CELLS;
    return host == 0 || (is_of_pictures && (are_few || !is_absolute));
}

static void add_ratios(HostRows *rows, const Summary *row, const BlockPairs *pairs, bool is_absolute, Drawings *drawings)
{
    rows->ratio = memory_room(rows->ratio, &rows->ratio_room, rows->ratios + pairs->arranged.hosts, sizeof *rows->ratio);
    for (size_t i = 0, first = 0; i < pairs->arranged.hosts; first += pairs->arranged.blocks[i++]) {
        size_t n = pairs->arranged.blocks[i];
        if (!is_shown_of(rows, pairs->arranged.host[i], row, is_absolute))
            continue;
        Estimate ratio = ratio_of_host(pairs, i, first, drawings);
        Estimate middle = estimate_median(pairs->ours + first, is_absolute ? n : 0);
        rows->ratio[rows->ratios++] = (HostRatio){
            rows->hosts->host[pairs->arranged.host[i]].name, row->cell, row->metric, n, middle.value, middle.lo, middle.hi,
            ratio.value, ratio.lo, ratio.hi,
        };
    }
}

/* ---- Agreement ------------------------------------------------------------------------------------------------------ */

static void set_extremes(AgreementRow *agreement, const RunHosts *hosts, const double *logs, const Arrangement *by)
{
    for (size_t i = 0; i < by->hosts; logs += by->blocks[i++]) {
        double ratio = exp(mean_of_hosts(logs, (Hosts){ 1, &by->blocks[i] }));
        if (i == 0 || ratio < agreement->least)
            agreement->least = ratio, agreement->least_host = hosts->host[by->host[i]].name;
        if (i == 0 || ratio > agreement->most)
            agreement->most = ratio, agreement->most_host = hosts->host[by->host[i]].name;
    }
}

static void add_agreement(HostRows *rows, const Summary *row, const BlockPairs *pairs)
{
    double *logs = logs_of_ratios(pairs->ours, pairs->theirs, pairs->n);
    Agreement found = agreement_of(logs, shape_of(&pairs->arranged));
    AgreementRow agreement = {
        .cell = row->cell, .metric = row->metric, .hosts = pairs->arranged.hosts, .blocks = pairs->n,
        .within = expm1(found.within), .between = expm1(found.between), .i2 = found.i2, .i2_lo = found.i2_lo,
        .i2_hi = found.i2_hi, .least_host = "", .least = NAN, .most_host = "", .most = NAN,
    };
    set_extremes(&agreement, rows->hosts, logs, &pairs->arranged);
    free(logs);
    rows->agreement = memory_room(rows->agreement, &rows->agreement_room, rows->agreements + 1, sizeof *rows->agreement);
    rows->agreement[rows->agreements++] = agreement;
}

void host_rows_add(HostRows *rows, const Summary *row, const BlockPairs *pairs, bool is_absolute, Drawings *drawings)
{
    if (rows->hosts->hosts < 2)
        return;
    add_agreement(rows, row, pairs);
    add_ratios(rows, row, pairs, is_absolute, drawings);
}

/* ---- Noise ---------------------------------------------------------------------------------------------------------- */

static void add_distance(Distances *to, double log)
{
    to->distance = memory_room(to->distance, &to->room, to->count + 1, sizeof *to->distance);
    to->distance[to->count++] = fabs(log);
}

void host_rows_add_control(HostRows *rows, const BlockPairs *pairs)
{
    if (rows->hosts->hosts < 2)
        return;
    double *logs = logs_of_ratios(pairs->ours, pairs->theirs, pairs->n), *of_host = logs;
    for (size_t i = 0; i < pairs->arranged.hosts; of_host += pairs->arranged.blocks[i++]) {
        size_t host = pairs->arranged.host[i];
        add_distance(&rows->of_controls[host], mean_of_hosts(of_host, (Hosts){ 1, &pairs->arranged.blocks[i] }));
        for (size_t block = 0; block < pairs->arranged.blocks[i]; block++)
            add_distance(&rows->of_blocks[host], of_host[block]);
    }
    free(logs);
}

/* Of the 95 in 100 that are least: a single trial that was disturbed makes no host a noisy one. Sorts them. */
static double typical_distance(Distances *of)
{
    size_t n = ceil(0.95 * of->count);
    double squares = 0;
    if (n == 0)
        return NAN;
    qsort(of->distance, of->count, sizeof *of->distance, rising);
    for (size_t i = 0; i < n; i++)
        squares += of->distance[i] * of->distance[i];
    return sqrt(squares / n);
}

/* Few controls are far out by chance; less than 1% is of no consequence. */
enum { LEAST_CONTROLS = 5, LEAST_CONTROLLED_BLOCKS = 20, NOISY_TIMES = 2 };
static const double least_noise = 0.01;

/* By the blocks of the others, of which half are noisier than that. */
static double usual_distance(const HostRow *row, size_t hosts, size_t but)
{
    double *rms = memory_new(hosts, sizeof *rms);
    size_t n = 0;
    for (size_t i = 0; i < hosts; i++)
        if (i != but && !isnan(row[i].rms))
            rms[n++] = row[i].rms;
    double usual = median(rms, n);
    free(rms);
    return usual;
}

static bool is_noisy(const HostRow *row, size_t hosts, size_t i, size_t controlled_blocks)
{
    bool is_known = row[i].controls >= LEAST_CONTROLS && controlled_blocks >= LEAST_CONTROLLED_BLOCKS;
    return is_known && row[i].rms > least_noise && row[i].rms > NOISY_TIMES * usual_distance(row, hosts, i);
}

Sheet host_rows_of(HostRows *rows)
{
    size_t hosts = rows->hosts->hosts;
    HostRow *row = memory_new(hosts, sizeof *row);
    for (size_t i = 0; i < hosts; i++) {
        const RunHost *of = &rows->hosts->host[i];
        Distances *controls = &rows->of_controls[i];
        row[i] = (HostRow){ of->name, of->kind, of->fingerprint, of->blocks, controls->count,
                            exp(band_of_distances(controls->distance, controls->count)),
                            typical_distance(&rows->of_blocks[i]), "" };
    }
    for (size_t i = 0; i < hosts; i++)
        if (is_noisy(row, hosts, i, rows->of_blocks[i].count))
            row[i].flag = NOISY_HOST;
    return (Sheet){ .row = row, .rows = hosts };
}
