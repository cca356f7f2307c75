"""What judges made of answers: tone by engine, and the judges' own calls and faults."""

from datetime import date
from html import escape

import streamlit as st

from dashboard import blocks, data, exports, figures, formats
from dashboard.blocks import Column
from dashboard.frame import Scope
from monitor.queries import NET_SENTIMENT, By, Figure, WaveLine

_LISTED = 12


def tone(now: Scope) -> None:
    """How answers speak of the own brand: in all, and by engine; says so where nobody judged."""
    words = now.words
    whole = data.tone_figures(now.version, now.view, By(), (now.brand,))
    each = data.tone_figures(now.version, now.view, By(engine=True), (now.brand,))
    measured = any(f.value is not None or f.versions.get("judged_by") for f in (*whole, *each))
    with exports.heading(words("competitors.tone", brand=now.brand)):
        if measured:
            rows = figures.rows_for_export([*whole, *each], words)
            exports.offer(words, "tone", rows, {}, simulated=now.pack.simulated)
    if not measured:
        st.caption(words("competitors.tone.none"))
        return
    judged = next(f for f in whole if f.figure == NET_SENTIMENT)
    st.caption(
        words(
            "competitors.tone.caption",
            n=formats.decimal(judged.n, now.lang),
            judge=judged.versions.get("judged_by", ""),
        )
    )
    columns = [
        Column(words("column.engine"), wide=True),
        Column(words("figure.sentiment"), numeric=True),
        Column(words("figure.rival"), numeric=True),
        Column(words("column.judged"), numeric=True),
    ]
    rows_shown = [_tone_row(now, None, whole), *(_engine_rows(now, each))]
    blocks.show(blocks.table(columns, rows_shown, words("competitors.tone", brand=now.brand)))


def _engine_rows(now: Scope, each: tuple[Figure, ...]) -> list[list[str]]:
    engines = dict.fromkeys(f.engine for f in each)
    return [
        _tone_row(now, engine, tuple(f for f in each if f.engine == engine)) for engine in engines
    ]


def _tone_row(now: Scope, engine: str | None, found: tuple[Figure, ...]) -> list[str]:
    sentiment = next(f for f in found if f.figure == NET_SENTIMENT)
    rival = next(f for f in found if f.figure != NET_SENTIMENT)
    name = escape(engine) if engine else f"<b>{escape(now.words('competitors.tone.all'))}</b>"
    return [
        name,
        _sentiment(now, sentiment),
        figures.value_text(rival, now.words)
        if rival.panel is None
        else f"{escape(figures.value_text(rival, now.words))} "
        f'<span class="bm-small">{formats.percent_range(rival.panel, now.lang)}</span>',
        formats.decimal(sentiment.n, now.lang) if sentiment.versions.get("judged_by") else "0",
    ]


def _sentiment(now: Scope, figure: Figure) -> str:
    if figure.value is None or figure.panel is None:
        return escape(now.words("too_few", n=figure.n))
    value = formats.signed(figure.value, now.lang)
    low, high = (formats.signed(end, now.lang) for end in (figure.panel.low, figure.panel.high))
    return f'{value} <span class="bm-small">{low} … {high}</span>'


def judges(now: Scope, waves: tuple[WaveLine, ...]) -> None:
    """The judges' calls by wave, what they cost, and what was wrong with their replies."""
    words, lang = now.words, now.lang
    lines = data.judging_lines(now.version, now.pack.pack)
    with exports.heading(words("runs.judges")):
        if lines:
            names = ["wave_id", "engine", "template", "model", "calls", "usable", "failed",
                     "unusable", "unscored", "cost_usd", "cost_unknown"]  # fmt: skip
            rows = [[getattr(line, name) for name in names] for line in lines]
            exports.offer(words, "judges", (names, rows), {}, simulated=now.pack.simulated)
    if not lines:
        st.caption(words("runs.judges.none"))
        return
    days = {wave.wave_id: date.fromisoformat(wave.slot[:10]) for wave in waves}
    columns = [
        Column(words("column.wave")),
        Column(words("runs.judge"), wide=True),
        Column(words("column.judged"), numeric=True),
        Column(words("column.failed"), numeric=True),
        Column(words("column.unusable"), numeric=True),
        Column(words("column.cost"), numeric=True),
        Column(words("column.unknown_cost"), numeric=True),
    ]
    shown = [
        [
            formats.day(days[line.wave_id], lang) if line.wave_id in days else "–",
            f'{escape(line.engine)} <span class="bm-small">{escape(line.template)}</span>',
            formats.decimal(line.usable, lang),
            formats.decimal(line.failed, lang),
            formats.decimal(line.unusable, lang),
            formats.money(line.cost_usd, lang),
            formats.decimal(line.cost_unknown, lang),
        ]
        for line in lines[:_LISTED]
    ]
    blocks.show(blocks.table(columns, shown, words("runs.judges")))
    _faults(now)


def _faults(now: Scope) -> None:
    """What was wrong with replies; a fault may leave the rest of its reply usable."""
    words = now.words
    counts: dict[tuple[str, str], int] = {}
    for line in data.judging_problems(now.version, now.pack.pack):
        key = (line.engine, line.problem)
        counts[key] = counts.get(key, 0) + line.replies
    if not counts:
        return
    st.caption(words("runs.judges.faults"))
    columns = [
        Column(words("runs.judge")),
        Column(words("column.reason"), wide=True),
        Column(words("column.replies"), numeric=True),
    ]
    ordered = sorted(counts.items(), key=lambda item: -item[1])[:_LISTED]
    rows = [
        [escape(engine), escape(problem), formats.decimal(n, now.lang)]
        for (engine, problem), n in ordered
    ]
    blocks.show(blocks.table(columns, rows, words("runs.judges.faults")))
