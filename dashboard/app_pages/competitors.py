"""Against whom? Every tracked brand's figures, their places over time, and head to head."""

from collections.abc import Callable, Sequence
from functools import partial
from html import escape

import streamlit as st

from dashboard import blocks, charts, data, exports, figures, formats, frame, judging
from dashboard.blocks import Column
from dashboard.frame import Scope
from monitor.queries import MEAN_RANK, SHARE_OF_VOICE, By, Event, Figure


def _share_cell(figure: Figure | None, now: Scope) -> str:
    if figure is None:
        return "–"
    value = escape(figures.value_text(figure, now.words))
    if figure.panel is None:
        return value
    return f'{value} <span class="bm-small">{formats.percent_range(figure.panel, now.lang)}</span>'


def _rank_cell(figure: Figure | None, now: Scope) -> str:
    if figure is None:
        return "–"
    if figure.value is None or figure.panel is None:
        return escape(now.words("too_few", n=figure.n))
    value, span = (
        formats.decimal(figure.value, now.lang, 1),
        formats.decimal_range(figure.panel, now.lang),
    )
    return f'{value} <span class="bm-small">{span}</span>'


def _table(now: Scope, visibility: tuple[Figure, ...]) -> None:
    words = now.words
    naming = data.naming_figures(now.version, now.view)
    voice = {f.brand: f for f in naming if f.figure == SHARE_OF_VOICE}
    ranks = {f.brand: f for f in naming if f.figure == MEAN_RANK}
    first = {f.brand: f for f in data.rates(now.version, now.view, Event.FIRST)}
    with exports.heading(words("competitors.table")):
        everything = [*visibility, *voice.values(), *ranks.values(), *first.values()]
        exports.offer(
            words,
            "brands",
            figures.rows_for_export(everything, words),
            {},
            simulated=now.pack.simulated,
        )
    mentions = next(iter(voice.values())).n if voice else 0
    st.caption(words("competitors.table.caption", n=formats.decimal(mentions, now.lang)))
    columns = [
        Column(words("column.brand"), wide=True),
        Column(words("column.visibility"), numeric=True),
        Column(words("column.voice"), numeric=True),
        Column(words("column.first"), numeric=True),
        Column(words("column.mean_rank"), numeric=True),
    ]
    ordered = sorted(visibility, key=lambda f: -(f.value or 0.0))
    rows = [
        [
            _brand_cell(now, f.brand),
            _share_cell(f, now),
            _share_cell(voice.get(f.brand), now),
            _share_cell(first.get(f.brand), now),
            _rank_cell(ranks.get(f.brand), now),
        ]
        for f in ordered
    ]
    blocks.show(blocks.table(columns, rows, words("competitors.table")))


def _brand_cell(now: Scope, brand: str) -> str:
    target = now.params(seen="yes") | {"brand": brand}
    name = blocks.link("answers", target, brand)
    return f"<b>{name}</b>" if brand == now.brand else name


def _dots(now: Scope, visibility: tuple[Figure, ...]) -> None:
    words = now.words
    draw = partial(charts.intervals, visibility, now.brand, frame.look(now))
    with exports.heading(words("competitors.chart")):
        exports.offer(
            words,
            "visibility-by-brand",
            None,
            {words("competitors.chart"): draw},
            simulated=now.pack.simulated,
        )
    best = max(visibility, key=lambda f: f.value or 0.0).brand
    st.altair_chart(draw(), key="brands", alt=words("competitors.chart.alt", first=best))


def _places(now: Scope) -> None:
    weekly = data.rates(now.version, now.history, by=By(week=True))
    _over_time(now, "time", "places", weekly, charts.places)


def _voice(now: Scope) -> None:
    found = data.naming_figures(now.version, now.history, by=By(week=True))
    weekly = tuple(f for f in found if f.figure == SHARE_OF_VOICE and f.value is not None)
    _over_time(now, "voice", "share-of-voice", weekly, charts.stacked)


def _over_time(
    now: Scope,
    name: str,
    file: str,
    weekly: Sequence[Figure],
    chart: Callable[[Sequence[Figure], Sequence[str], charts.Look], charts.Layered],
) -> None:
    """All brands' figures by week in a chart, with what is said of it under `name`."""
    words = now.words
    if len({f.week for f in weekly if f.value is not None}) < 2:
        return
    title = words(f"competitors.{name}")
    brands = frame.brands_first(now.brand, now.pack.brands)
    draw = partial(chart, weekly, brands, frame.look(now))
    with exports.heading(title):
        rows = figures.rows_for_export(weekly, words)
        exports.offer(words, file, rows, {title: draw}, simulated=now.pack.simulated)
    counted = formats.decimal(sum({f.week: f.n for f in weekly}.values()), now.lang)
    st.caption(words(f"competitors.{name}.caption", n=counted))
    st.altair_chart(draw(), key=file, alt=words(f"competitors.{name}.alt"))


def _head_to_head(now: Scope) -> None:
    words, lang = now.words, now.lang
    pairs = data.head_to_head(now.version, now.view, now.brand)
    with exports.heading(words("competitors.head")):
        names = ["ours", "rival", "both", "only_ours", "only_rival", "neither"]
        rows = [[getattr(pair, name) for name in names] for pair in pairs]
        exports.offer(words, "head-to-head", (names, rows), {}, simulated=now.pack.simulated)
    st.caption(words("competitors.head.caption"))
    columns = [
        Column(words("column.rival"), wide=True),
        Column(words("column.both"), numeric=True),
        Column(words("column.only_ours", brand=now.brand), numeric=True),
        Column(words("column.only_rival"), numeric=True),
        Column(words("column.neither"), numeric=True),
    ]
    shown = []
    for pair in pairs:
        counts = (pair.both, pair.only_ours, pair.only_rival, pair.neither)
        total = sum(counts)
        cells = [
            f"{formats.decimal(count, lang)} "
            f'<span class="bm-small">{formats.percent(count / total, lang) if total else ""}</span>'
            for count in counts
        ]
        shown.append([escape(pair.rival), *cells])
    blocks.show(blocks.table(columns, shown, words("competitors.head")))


def _unknown(now: Scope) -> None:
    words = now.words
    adopted = data.adopted(now.version, now.pack.pack)
    names = [
        name
        for name in data.unknown_names(now.version, now.view, now.brand)
        if name.name not in adopted
    ]
    st.header(words("competitors.unknown"))
    if names:
        columns = [
            Column(words("column.name"), wide=True),
            Column(words("column.answers"), numeric=True),
        ]
        rows = [[escape(n.name), formats.decimal(n.answers, now.lang)] for n in names]
        blocks.show(blocks.table(columns, rows, words("competitors.unknown")))
        st.caption(words("competitors.adopt"))
        _decide(now, [n.name for n in names], tracked=True)
    else:
        st.caption(words("competitors.unknown.none"))
    if adopted:
        st.subheader(words("competitors.adopted"))
        waiting = [name for name in adopted if name not in now.pack.brands]
        key = "competitors.adopted.waiting" if waiting else "competitors.adopted.caption"
        st.caption(words(key))
        _decide(now, adopted, tracked=False)


def _decide(now: Scope, names: Sequence[str], *, tracked: bool) -> None:
    """A button for each name; the one that is pressed adopts it, or takes that back."""
    with st.container(horizontal=True, gap="small"):
        for name in names:
            pressed = st.button(
                blocks.plain(name),
                key=f"{'adopt' if tracked else 'drop'} {name}",
                icon=":material/add:" if tracked else ":material/close:",
                help=now.words("competitors.track" if tracked else "competitors.drop"),
            )
            if pressed:
                data.decide_adoption(now.pack.pack, name, tracked=tracked)
                st.rerun()


def _main(now: Scope) -> None:
    st.title(now.words("page.competitors"))
    visibility = data.rates(now.version, now.view)
    if not visibility:
        frame.nothing_here(now)
        return
    _dots(now, visibility)
    left, right = st.columns(2, gap="large")
    with left:
        _places(now)
    with right:
        _voice(now)
    _table(now, visibility)
    _head_to_head(now)
    judging.tone(now)
    _unknown(now)


_main(frame.scope())
