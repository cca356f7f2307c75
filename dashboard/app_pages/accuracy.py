"""What do they say wrong? Figures, contradicted facts, promises we can't keep, gaps, new claims."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from dashboard import blocks, data, exports, facts, figures, formats, frame, probe_results
from dashboard.blocks import Card, Column
from dashboard.calibration import judge_against_people
from dashboard.exports import CellValue
from dashboard.frame import Scope
from monitor.queries import (
    ACCURACY,
    CORRECTED,
    F_SCORE,
    OMISSION,
    By,
    ClaimLine,
    FactLine,
    Figure,
    View,
)
from monitor.stats import FLOOR

_FIGURES = (ACCURACY, CORRECTED, OMISSION, F_SCORE)
_CLAIMS_LISTED, _CLAIMS_EXPORTED = 10, 500


def _own(now: Scope) -> str:
    return now.pack.brands[0]


def _no_sheet(now: Scope) -> None:
    """Why there is nothing: no facts, or answers that nobody has held against them yet."""
    words = now.words
    if data.sheet(now.pack.pack):
        text = blocks.empty(
            words("accuracy.unchecked"),
            words("accuracy.unchecked.body"),
            command="monitor remeasure",
        )
    else:
        text = blocks.empty(
            words("accuracy.no_sheet"),
            words("accuracy.no_sheet.body", brand=_own(now)),
            command="monitor facts check",
        )
    blocks.show(text)


def _lead(now: Scope, figure: Figure | None, lines: Sequence[FactLine]) -> None:
    words = now.words
    wrong = [line for line in lines if line.wrong]
    critical = sum(line.fact.severity.value == "critical" for line in wrong)
    sentence = words(
        "accuracy.lead" if wrong else "accuracy.lead.none",
        n=len(wrong),
        of=len(lines),
        critical=critical,
        brand=_own(now),
    )
    basis = words("accuracy.basis", sheet=figure.versions["facts"]) if figure else ""
    blocks.show(f'<p class="bm-lead">{escape(sentence)}</p><p class="bm-basis">{escape(basis)}</p>')


# -- figures ------------------------------------------------------------------------------------


def _cards(now: Scope, found: Sequence[Figure], reads: int) -> None:
    pooled = {figure.figure: figure for figure in found if figure.engine is None}
    blocks.show(blocks.cards([_card(now, pooled[name]) for name in _FIGURES if name in pooled]))
    _left_out(now, pooled[ACCURACY], reads)


def _card(now: Scope, figure: Figure) -> Card:
    words, lang = now.words, now.lang
    interval = figure.panel or figure.market
    spread = figures.range_line(interval, formats.percent_range, words)
    counted = words(
        f"accuracy.counted.{figure.figure}",
        k=formats.decimal(figure.k, lang),
        n=formats.decimal(figure.n, lang),
    )
    says = "left_out" if figure.figure == OMISSION else "stated"
    link = blocks.link("answers", now.params(says=says), counted)
    return Card(
        words(f"accuracy.{figure.figure}"),
        words(f"accuracy.{figure.figure}.help"),
        None if figure.value is None else formats.percent(figure.value, lang),
        _missing(now, figure),
        tuple(line for line in (spread, link) if line) if figure.value is not None else (),
    )


def _missing(now: Scope, figure: Figure) -> str:
    """Why a figure has no value, never a guess."""
    words = now.words
    if figure.figure == CORRECTED and "uncalibrated" in figure.note:
        return words("accuracy.uncalibrated")
    if figure.figure in (OMISSION, F_SCORE) and figure.n == 0:
        return words("accuracy.nothing_asked")
    return words("too_few", n=figure.n)


def _left_out(now: Scope, figure: Figure, reads: int) -> None:
    """What is in no figure: statements that rules can't settle, and judges' unusable replies."""
    words, lang = now.words, now.lang
    notes = []
    if waiting := figure.excluded.get("needs a judge", 0):
        key = "accuracy.open" if reads or _has_judge(now) else "accuracy.no_judge"
        notes.append(words(key, n=formats.decimal(waiting, lang)))
    if unclear := figure.excluded.get("unverifiable", 0):
        notes.append(words("accuracy.unverifiable", n=formats.decimal(unclear, lang)))
    if broken := figure.excluded.get("judge's reply unusable", 0):
        notes.append(words("accuracy.unscored", n=formats.decimal(broken, lang)))
    other = "unbranded" if now.view.branded else "branded"
    link = blocks.link("accuracy", now.params(kind=other), words(f"accuracy.kind.{other}"))
    blocks.show(f'<p class="bm-basis">{escape(" ".join(notes))} {link}</p>')


def _has_judge(now: Scope) -> bool:
    """Whether the pack names an assistant that judges its answers."""
    pack = data.planned_pack(now.pack.pack)
    return pack is not None and bool(pack.judges.engines)


def _engines(now: Scope, found: Sequence[Figure]) -> None:
    words = now.words
    by_engine = [figure for figure in found if figure.engine is not None]
    engines = sorted({figure.engine or "" for figure in by_engine})
    with exports.heading(words("accuracy.engines")):
        table = figures.rows_for_export(found, words)
        exports.offer(words, "accuracy", table, {}, simulated=now.pack.simulated)
    st.caption(words("accuracy.engines.caption"))
    columns = [
        Column(words("column.engine"), wide=True),
        Column(words("accuracy.accuracy"), numeric=True),
        Column(words("column.interval"), numeric=True),
        Column(words("column.statements"), numeric=True),
        Column(words("accuracy.omission"), numeric=True),
        Column(words("column.interval"), numeric=True),
    ]
    rows = [
        _engine_row(now, engine, {f.figure: f for f in by_engine if f.engine == engine})
        for engine in engines
    ]
    blocks.show(blocks.table(columns, rows, words("accuracy.engines")))


def _engine_row(now: Scope, engine: str, found: dict[str, Figure]) -> list[str]:
    right, omitted = found[ACCURACY], found[OMISSION]
    statements = facts.counted(now, right.n, "", "stated", e=engine)
    return [
        escape(engine),
        _share(now, right),
        _range(now, right),
        statements,
        _share(now, omitted) if omitted.n else "–",
        _range(now, omitted),
    ]


def _share(now: Scope, figure: Figure) -> str:
    return escape(figures.value_text(figure, now.words))


def _range(now: Scope, figure: Figure) -> str:
    interval = figure.panel or figure.market
    return formats.percent_range(interval, now.lang) if interval else ""


# -- facts --------------------------------------------------------------------------------------


def _contradicted(now: Scope, lines: Sequence[FactLine]) -> None:
    words = now.words
    chosen = [line for line in lines if line.wrong]
    with exports.heading(words("accuracy.contradicted")):
        if chosen:
            table = _fact_rows(now, chosen)
            exports.offer(words, "contradicted-facts", table, {}, simulated=now.pack.simulated)
    if not chosen:
        st.caption(words("accuracy.contradicted.none"))
        return
    st.caption(words("accuracy.contradicted.caption"))
    columns = [
        Column(words("column.severity")),
        Column(words("column.sheet"), wide=True),
        Column(words("column.said"), wide=True),
        Column(words("column.wrong"), numeric=True),
        Column(words("column.engines"), numeric=True),
        Column(words("column.waves"), numeric=True),
        Column(words("column.since")),
        Column(words("column.reviewed"), numeric=True),
    ]
    rows = [_contradicted_row(now, line) for line in chosen]
    blocks.show(blocks.table(columns, rows, words("accuracy.contradicted")))


def _contradicted_row(now: Scope, line: FactLine) -> list[str]:
    lang = now.lang
    said = [quote for quote in line.quotes if not quote.promise] or line.quotes
    stated = formats.decimal(line.stated, lang)
    wrong = facts.counted(now, line.wrong, line.fact.fact_id, "wrong")
    reviewed = blocks.link("review", now.params(), formats.decimal(line.reviewed, lang))
    return [
        facts.severity(now, line.fact.severity),
        _sheet_text(now, line),
        facts.quotes(now, said[:3]),
        f"{wrong} / {escape(stated)}",
        f'<span title="{escape(", ".join(line.engines))}">{len(line.engines)}</span>',
        formats.decimal(line.waves, lang),
        formats.day(line.since, lang) if line.since else "",
        reviewed,
    ]


def _sheet_text(now: Scope, line: FactLine) -> str:
    """The statement with its source, and until when it holds."""
    text = escape(line.fact.wording(now.lang))
    if line.fact.source:
        text += f"<br>{blocks.outside_link(line.fact.source, now.words('facts.source'))}"
    return text


def _fact_rows(now: Scope, lines: Sequence[FactLine]) -> tuple[list[str], list[list[CellValue]]]:
    names = ["fact", "severity", "sheet", "quotes", "wrong", "outdated", "promised", "right",
             "asked", "left_out", "engines", "waves", "since", "latest", "reviewed"]  # fmt: skip
    rows: list[list[CellValue]] = [
        [
            line.fact.fact_id, line.fact.severity.value, line.fact.wording(now.lang),
            "; ".join(quote.quote for quote in line.quotes), line.wrong, line.outdated,
            line.promised, line.right, line.asked, line.left_out, "; ".join(line.engines),
            line.waves, str(line.since or ""), str(line.latest or ""), line.reviewed,
        ]
        for line in lines
    ]  # fmt: skip
    return names, rows


def _promises(now: Scope, lines: Sequence[FactLine]) -> None:
    words = now.words
    chosen = [line for line in lines if line.promised]
    with exports.heading(words("accuracy.promises")):
        if chosen:
            table = _fact_rows(now, chosen)
            exports.offer(words, "promises", table, {}, simulated=now.pack.simulated)
    if not chosen:
        st.caption(words("accuracy.promises.none"))
        return
    st.caption(words("accuracy.promises.caption", brand=_own(now)))
    columns = [
        Column(words("column.severity")),
        Column(words("column.promised"), wide=True),
        Column(words("column.sheet"), wide=True),
        Column(words("column.answers"), numeric=True),
        Column(words("column.since")),
    ]
    rows = [
        [
            facts.severity(now, line.fact.severity),
            facts.quotes(now, [quote for quote in line.quotes if quote.promise]),
            _sheet_text(now, line),
            facts.counted(now, line.promised, line.fact.fact_id, "wrong"),
            formats.day(line.since, now.lang) if line.since else "",
        ]
        for line in chosen
    ]
    blocks.show(blocks.table(columns, rows, words("accuracy.promises")))


def _gaps(now: Scope, lines: Sequence[FactLine]) -> None:
    words, lang = now.words, now.lang
    asked = [line for line in lines if line.asked]
    with exports.heading(words("accuracy.gaps")):
        if asked:
            table = _fact_rows(now, asked)
            exports.offer(words, "facts-left-out", table, {}, simulated=now.pack.simulated)
    unasked = [line.fact.fact_id for line in lines if not line.asked]
    if asked:
        st.caption(words("accuracy.gaps.caption"))
        columns = [
            Column(words("column.sheet"), wide=True),
            Column(words("column.share"), numeric=True),
            Column(words("column.left_out"), numeric=True),
            Column(words("column.asked_fact"), numeric=True),
        ]
        ordered = sorted(asked, key=lambda line: -line.left_out / line.asked)
        rows = [
            [
                escape(line.fact.wording(lang)),
                formats.percent(line.left_out / line.asked, lang)
                if line.asked >= FLOOR
                else escape(words("too_few", n=line.asked)),
                facts.counted(now, line.left_out, line.fact.fact_id, "left_out"),
                formats.decimal(line.asked, lang),
            ]
            for line in ordered
        ]
        blocks.show(blocks.table(columns, rows, words("accuracy.gaps")))
    if unasked:
        st.caption(words("accuracy.unasked", facts=", ".join(unasked)))


def _claims(now: Scope, view: View, reads: int) -> None:
    words = now.words
    claims = data.claim_lines(now.version, view, limit=_CLAIMS_EXPORTED)
    with exports.heading(words("accuracy.claims")):
        if claims:
            names = ["claim", "quote", "answers", "latest", "answer_id"]
            rows: list[list[CellValue]] = [
                [c.claim, c.quote, c.answers, str(c.day), c.answer_id] for c in claims
            ]
            exports.offer(words, "claims", (names, rows), {}, simulated=now.pack.simulated)
    if not claims:
        st.caption(words("accuracy.claims.none" if reads else "accuracy.claims.no_judge"))
        return
    st.caption(words("accuracy.claims.caption", n=formats.decimal(_CLAIMS_EXPORTED, now.lang)))
    columns = [
        Column(words("column.claim"), wide=True),
        Column(words("column.answers"), numeric=True),
        Column(words("column.latest")),
    ]
    shown = [
        [
            _claim(now, line),
            formats.decimal(line.answers, now.lang),
            formats.day(line.day, now.lang),
        ]
        for line in claims[:_CLAIMS_LISTED]
    ]
    blocks.show(blocks.table(columns, shown, words("accuracy.claims")))


def _claim(now: Scope, line: ClaimLine) -> str:
    """The claim in the judge's words, and the answer's own where they are others."""
    said = facts.quote(now, line.answer_id, line.quote)
    return said if line.claim == line.quote else f"{escape(line.claim)} {said}"


def _main(now: Scope) -> None:
    words = now.words
    st.title(words("page.accuracy"))
    every = replace(now.view, branded=None)
    lines = data.fact_lines(now.version, every)
    found = data.accuracy_figures(now.version, now.view, _own(now), splits=(By(), By(engine=True)))
    if not lines:
        _no_sheet(now)
        return
    reads = data.judge_reads(now.version, every)
    _lead(now, found[0] if found else None, lines)
    if found:
        _cards(now, found, reads)
        _engines(now, found)
    else:
        st.caption(words("accuracy.none_here"))
    _contradicted(now, lines)
    _promises(now, lines)
    _gaps(now, lines)
    probe_results.show(now)
    judge_against_people(now)
    _claims(now, every, reads)


_main(frame.scope())
