"""Are we visible? One sentence, four figures, a trend per engine, and where it is worst."""

from functools import partial
from html import escape

import streamlit as st

from dashboard import (
    blocks,
    charts,
    data,
    exports,
    figures,
    formats,
    frame,
    names,
    reviewing,
    verdicts,
)
from dashboard.blocks import Column
from dashboard.frame import Scope
from dashboard.movement_table import movement_table
from monitor.queries import By, EventKind, Figure, Movement, Movements, TimelineEvent, View
from monitor.stats import FLOOR
from monitor.types import AnswerStatus


def _lead(now: Scope, figure: Figure, comparison: Movement | None) -> None:
    words, lang = now.words, now.lang
    if figure.value is None or figure.panel is None:
        note = words("too_few", n=figure.n)
        sentence = words("overview.sentence.none", brand=now.brand, note=note)
    else:
        sentence = words(
            "overview.sentence",
            brand=now.brand,
            value=formats.percent(figure.value, lang),
            range=formats.percent_range(figure.panel, lang),
            change=figures.change_clause(comparison, words),
        )
    blocks.show(
        f'<p class="bm-lead">{escape(sentence)}</p>'
        f'<p class="bm-basis">{escape(_basis(now, figure))}</p>'
    )


def _basis(now: Scope, figure: Figure) -> str:
    words, lang = now.words, now.lang
    compare = frame.comparison_name(words, now.filters.compare)
    if now.filters.compare == "none":
        compare = words("overview.compare.none")
    elif now.earlier is None:
        compare = words("overview.compare.missing")
    basis = words(
        "overview.basis",
        n=formats.decimal(figure.n, lang),
        questions=figure.questions,
        engines=len(now.filters.engines or now.pack.engines),
        since=formats.day(now.view.since or now.pack.first_day, lang),
        until=formats.day(now.pack.last_day, lang),
        compare=compare[0].lower() + compare[1:] if lang == "en" else compare,
    )
    newer = [
        words("overview.version", engine=e.engine, day=formats.day(e.day, lang))
        for e in _events(now)
        if e.kind is EventKind.SERVED_VERSION
        and (now.view.since is None or e.day >= now.view.since)
    ]
    return " ".join([basis, *newer])


def _events(now: Scope) -> list[TimelineEvent]:
    since = now.history.since
    engines = {"", *(now.filters.engines or now.pack.engines)}
    return [
        event
        for event in data.timeline(now.version, now.pack.pack)
        if event.engine in engines and (since is None or event.day >= since)
    ]


def _engines(now: Scope) -> None:
    words = now.words
    weekly = data.rates(
        now.version, now.history, by=By(engine=True, week=True), brands=(now.brand,)
    )
    period = data.rates(now.version, now.view, by=By(engine=True), brands=(now.brand,))
    look = frame.look(now)
    events = _events(now)
    panels = {f.engine or "": f for f in period}
    by_engine = {
        engine: [f for f in weekly if f.engine == engine and f.value is not None]
        for engine in panels
    }
    drawn = {
        engine: partial(
            charts.trend,
            by_engine[engine],
            _marks(now, events, engine, first=engine == next(iter(panels))),
            look,
        )
        for engine in panels
        if by_engine[engine]
    }
    with exports.heading(words("overview.engines")):
        exports.offer(
            words,
            "visibility-by-engine",
            figures.rows_for_export(weekly, words),
            drawn,
            simulated=now.pack.simulated,
        )
    st.caption(words("overview.engines.caption", brand=now.brand))
    grid = st.grid(3, border=True, min_column_width=300)
    for engine, figure in panels.items():
        with grid.cell():
            last = by_engine[engine][-1:]
            _panel(now, engine, figure, drawn.get(engine), last[0] if last else figure)


def _panel(
    now: Scope,
    engine: str,
    figure: Figure,
    draw: partial[charts.Layered] | None,
    last: Figure,
) -> None:
    words, lang = now.words, now.lang
    value = figures.value_text(figure, words)
    interval = f"({formats.percent_range(figure.panel, lang)})" if figure.panel else ""
    blocks.show(blocks.panel_head(engine, value, interval))
    if draw is None:
        st.caption(words("overview.weekly.none"))
        return
    picked = st.altair_chart(
        draw(),
        key=f"trend-{engine}",
        on_select="rerun",
        alt=words(
            "chart.trend.alt", brand=now.brand, engine=engine, last=figures.value_text(last, words)
        ),
    )
    if weeks := picked.selection.get("week"):
        wanted = now.params(e=engine, week=weeks[0]["week"])
        st.switch_page("app_pages/answers.py", query_params=wanted)


def _marks(
    now: Scope, events: list[TimelineEvent], engine: str, *, first: bool
) -> list[charts.Mark]:
    """The panel's events; what concerns every engine is labelled in the first panel only."""
    return [
        charts.Mark(
            event.day,
            now.words(f"event.short.{event.kind}") if event.engine or first else "",
            verdicts.event_text(event, now.words),
        )
        for event in events
        if event.engine in {"", engine}
    ]


def _event_list(now: Scope) -> None:
    events = _events(now)
    if not events:
        return
    words = now.words
    st.header(words("overview.events"))
    rows = [
        [formats.day(e.day, now.lang), escape(verdicts.event_text(e, words))]
        for e in reversed(events)
    ]
    columns = [Column(words("column.day")), Column(words("column.event"), wide=True)]
    blocks.show(blocks.table(columns, rows, words("overview.events")))


def _biggest(now: Scope, earlier: View, moved: Movements) -> None:
    words = now.words
    st.header(words("overview.changes"))
    more = blocks.link("changes", now.params(), words("changes.more"))
    biggest = verdicts.biggest_real(moved, 3)
    if biggest:
        blocks.show(movement_table(now, earlier, moved, biggest, words("overview.changes")))
        blocks.show(f'<p class="bm-basis">{more}</p>')
        return
    counts = verdicts.counted(moved)
    none = words("overview.changes.none", possible=counts["possible"], noise=counts["noise"])
    blocks.show(f'<p class="bm-basis">{escape(none)} {more}</p>')


def _worst(now: Scope) -> None:
    words = now.words
    lines = data.question_figures(now.version, now.view, now.brand)
    cells = data.question_cells(now.version, now.view, now.brand, now.lang)
    worst = [line for line in lines if line.ours.value is not None][:3]
    if not worst:
        return
    st.header(words("overview.worst", brand=now.brand))
    st.caption(words("overview.worst.caption"))
    names = frame.names_of(cells)
    groups = {cell.question_id: words.of("intent", cell.intent) for cell in cells}
    rows = [
        [
            escape(names[line.question_id]),
            escape(groups[line.question_id]),
            figures.linked_share(now, line.ours, q=line.question_id),
            formats.percent_range(line.ours.panel, now.lang) if line.ours.panel else "",
            figures.rival_text(line, now.lang),
        ]
        for line in worst
    ]
    columns = [
        Column(words("column.question"), wide=True),
        Column(words("column.group")),
        Column(words("column.visibility"), numeric=True),
        Column(words("column.interval"), numeric=True),
        Column(words("column.best_rival")),
    ]
    blocks.show(blocks.table(columns, rows, words("overview.worst", brand=now.brand)))


def _for_review(now: Scope) -> None:
    words, pack = now.words, now.pack.pack
    work = data.review_work(now.version, pack, data.severities(data.sheet(pack)))
    names_left = data.name_work(now.version, pack).total
    lines = []
    if work.total:
        lines.append((reviewing.waiting_text(work.waiting, words), now.params()))
    if names_left:
        lines.append((names.waiting_text(names_left, words), now.params(part="names")))
    if not lines:
        return
    st.header(words("review.overview"))
    blocks.show(
        "".join(
            f'<p class="bm-body">{escape(waiting)}. '
            f"{blocks.link('review', params, words('review.overview.go'))}</p>"
            for waiting, params in lines
        )
    )


def _main(now: Scope) -> None:
    st.title(now.words("page.overview"))
    frame.failed_wave(now)
    found = data.rates(now.version, now.view, brands=(now.brand,))
    if not found:
        left = data.answer_count(now.version, now.view, now.brand, statuses=tuple(AnswerStatus))
        frame.nothing_here(now)
        if left:
            st.caption(now.words("too_few", n=0))
        return
    moved = data.movements(now.version, now.earlier, now.view, now.brand) if now.earlier else None
    overall = moved.lines[0] if moved else None
    _lead(now, found[0], overall)
    figures.headline_cards(now, found[0], overall)
    if found[0].n >= FLOOR:
        _engines(now)
        if moved and now.earlier:
            _biggest(now, now.earlier, moved)
        _worst(now)
    _for_review(now)
    _event_list(now)


_main(frame.scope())
