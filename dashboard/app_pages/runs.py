"""What ran, what it cost, what failed and why, and what comes next."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial
from html import escape

import streamlit as st

from dashboard import blocks, charts, data, exports, formats, frame, judging
from dashboard.blocks import Card, Column
from dashboard.exports import CellValue
from dashboard.frame import Scope
from monitor.errors import MonitorError
from monitor.queries import Failure, WaveLine
from monitor.types import Pack

_STATUSES = ("ok", "refused", "failed", "empty", "missing")
_CHARTED = 26
_LISTED = 12


def _counts(wave: WaveLine) -> dict[str, int]:
    missing = max(0, wave.planned - wave.stored)
    return {"ok": wave.ok, "refused": wave.refused, "failed": wave.failed, "empty": wave.empty,
            "missing": missing}  # fmt: skip


def _cards(now: Scope, last: WaveLine, pack: Pack | None) -> None:
    words, lang = now.words, now.lang
    share = last.ok / last.planned if last.planned else None
    month = datetime.now(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    spent = data.spent_usd(now.version, month, now.pack.pack)
    counted = words(
        "figure.answers", k=formats.decimal(last.ok, lang), n=formats.decimal(last.planned, lang)
    )
    unknown = (
        words("runs.cost.unknown", n=formats.decimal(last.cost_unknown, lang))
        if last.cost_unknown
        else words("runs.cost.known")
    )
    budget = pack.budget.month_usd if pack else None
    of_budget = (
        words("runs.month.none")
        if budget is None
        else words("runs.month.budget", budget=formats.money(budget, lang))
    )
    p50, p95 = last.latency_p50_s, last.latency_p95_s
    slow = words("runs.latency.slow", value=formats.seconds(p95, lang)) if p95 is not None else ""
    cards = [
        Card(
            words("runs.coverage"), words("runs.coverage.help"),
            formats.percent(share, lang) if share is not None else None,
            words("unknown"), (escape(counted),),
        ),
        Card(
            words("runs.cost"), words("runs.cost.help"), formats.money(last.cost_usd, lang), "",
            (escape(unknown),),
        ),
        Card(
            words("runs.month"), words("runs.month.help"), formats.money(spent, lang), "",
            (escape(of_budget),),
        ),
        Card(
            words("runs.latency"), words("runs.latency.help"),
            formats.seconds(p50, lang) if p50 is not None else None, words("unknown"),
            (escape(slow),),
        ),
    ]  # fmt: skip
    blocks.show(blocks.cards(cards))


def _chart(now: Scope, waves: Sequence[WaveLine]) -> None:
    words = now.words
    shown = waves[:_CHARTED]
    present = [s for s in _STATUSES if any(_counts(wave)[s] for wave in shown)]
    rows = [
        (wave.slot[:10], status, words.of("status", status), _counts(wave)[status])
        for wave in reversed(shown)
        for status in present
    ]
    order = [words.of("status", status) for status in present]
    draw = partial(charts.coverage, rows, order, frame.look(now))
    with exports.heading(words("runs.chart")):
        exports.offer(
            words,
            "waves",
            _for_export(waves),
            {words("runs.chart"): draw},
            simulated=now.pack.simulated,
        )
    st.caption(words("runs.chart.caption"))
    st.altair_chart(draw(), key="coverage", alt=words("runs.chart.alt"))


def _for_export(waves: Sequence[WaveLine]) -> tuple[list[str], list[list[CellValue]]]:
    columns = ["wave_id", "slot", "outcome", "planned", "ok", "refused", "failed", "empty",
               "cost_usd", "cost_unknown", "latency_p50_s", "latency_p95_s", "note"]  # fmt: skip
    return columns, [[getattr(wave, name) for name in columns] for wave in waves]


def _waves(now: Scope, waves: Sequence[WaveLine]) -> None:
    words, lang = now.words, now.lang
    st.header(words("runs.waves"))
    columns = [
        Column(words("column.wave")),
        Column(words("column.outcome")),
        Column(words("column.ok"), numeric=True),
        Column(words("column.planned"), numeric=True),
        Column(words("column.left_out"), numeric=True),
        Column(words("column.cost"), numeric=True),
        Column(words("column.unknown_cost"), numeric=True),
        Column(words("column.latency"), numeric=True),
        Column(words("column.note"), wide=True),
    ]
    rows = [
        [
            formats.day(date.fromisoformat(wave.slot[:10]), lang),
            blocks.state(wave.outcome or "open", words.of("outcome", wave.outcome or "open")),
            formats.decimal(wave.ok, lang),
            formats.decimal(wave.planned, lang),
            formats.decimal(wave.stored - wave.ok, lang),
            formats.money(wave.cost_usd, lang),
            formats.decimal(wave.cost_unknown, lang),
            _latencies(wave, lang),
            escape(wave.note) or "–",
        ]
        for wave in waves
    ]
    blocks.show(blocks.table(columns, rows, words("runs.waves")))


def _latencies(wave: WaveLine, lang: str) -> str:
    if wave.latency_p50_s is None or wave.latency_p95_s is None:
        return "–"
    return (
        f"{formats.seconds(wave.latency_p50_s, lang)} / {formats.seconds(wave.latency_p95_s, lang)}"
    )


def _failures(now: Scope, failures: Sequence[Failure], waves: Sequence[WaveLine]) -> None:
    words, lang = now.words, now.lang
    days = {wave.wave_id: date.fromisoformat(wave.slot[:10]) for wave in waves}
    listed = sorted(
        (f for f in failures if f.wave_id in days),
        key=lambda f: (days[f.wave_id], f.answers),
        reverse=True,
    )
    with exports.heading(words("runs.failures")):
        if listed:
            names = ["wave_id", "engine", "status", "reason", "answers"]
            rows = [[getattr(f, name) for name in names] for f in listed]
            exports.offer(words, "left-out", (names, rows), {}, simulated=now.pack.simulated)
    if not listed:
        st.caption(words("runs.failures.none"))
        return
    columns = [
        Column(words("column.wave")),
        Column(words("column.engine")),
        Column(words("column.status")),
        Column(words("column.reason"), wide=True),
        Column(words("column.answers"), numeric=True),
    ]
    rows = [
        [
            formats.day(days[f.wave_id], lang),
            escape(f.engine),
            escape(words.of("status", f.status)),
            escape(f.reason) or "–",
            formats.decimal(f.answers, lang),
        ]
        for f in listed[:_LISTED]
    ]
    blocks.show(blocks.table(columns, rows, words("runs.failures")))


def _next(now: Scope, pack: Pack | None) -> None:
    words = now.words
    st.header(words("runs.next"))
    runs = data.next_runs(pack, 4)
    if not runs:
        st.caption(words("footer.next.none"))
        return
    shown = [blocks.chip(escape(formats.moment(run, now.lang))) for run in runs]
    blocks.show(blocks.chips(shown))


def _planned(now: Scope) -> Pack | None:
    try:
        return data.planned_pack(now.pack.pack)
    except MonitorError as e:
        blocks.show(blocks.alert(now.words("error.title"), str(e).splitlines()[:6]))
        return None


def _main(now: Scope) -> None:
    st.title(now.words("page.runs"))
    waves = now.waves
    if not waves:
        blocks.show(blocks.empty(now.words("runs.none"), command="monitor run"))
        return
    frame.failed_wave(now, where=False)
    pack = _planned(now)
    _cards(now, waves[0], pack)
    _chart(now, waves)
    _waves(now, waves)
    _failures(now, data.failures(now.version, now.pack.pack), waves)
    judging.judges(now, waves)
    _next(now, pack)


_main(frame.scope())
