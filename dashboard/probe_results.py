"""The stress tests of facts, as a part of the Accuracy page: figures, kinds, facts."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from html import escape

import streamlit as st

from dashboard import blocks, charts, data, exports, figures, formats, frame
from dashboard.blocks import Card, Column
from dashboard.exports import CellValue
from dashboard.frame import Scope
from monitor.facts import Outcome, ProbeKind
from monitor.queries import PREMISE_RESISTANCE, PROBE_FIGURES, Figure, ProbeLine, ProbeResult
from monitor.stats import FLOOR
from monitor.types import Fact


def show(now: Scope) -> None:
    """The part with its heading; one sentence where nothing was asked yet.

    Probes are asked in some waves only, so it reaches back as far as trends do.
    """
    view = replace(now.history, branded=None)
    lines = data.probe_lines(now.version, view)
    if not lines:
        st.header(now.words("probes.title"))
        st.caption(now.words("probes.none"))
        return
    found = data.probe_results(now.version, view)
    _figures(now, found, lines)
    _engines(now, found)
    _kinds(now, lines)
    _facts(now, lines)


# -- figures ------------------------------------------------------------------------------------


def _figures(now: Scope, found: Sequence[ProbeResult], lines: Sequence[ProbeLine]) -> None:
    words = now.words
    with exports.heading(words("probes.title")):
        table = figures.rows_for_export([one.figure for one in found], words)
        exports.offer(words, "stress-tests", table, {}, simulated=now.pack.simulated)
    st.caption(_basis(now, lines))
    pooled = [one for one in found if one.figure.engine is None]
    blocks.show(blocks.cards([_card(now, one) for one in pooled]))
    left_out = pooled[0].figure.excluded
    if left_out:
        named = {words.of("probes.reason", reason): n for reason, n in left_out.items()}
        st.caption(words("probes.left_out", reasons=formats.counts(named, now.lang)))


def _basis(now: Scope, lines: Sequence[ProbeLine]) -> str:
    """When the probes were asked, and about how many facts."""
    words = now.words
    weeks = sorted({line.week for line in lines})
    days = [formats.day(charts.monday(week), now.lang) for week in weeks]
    key = "probes.week" if len(days) == 1 else "probes.weeks"
    facts = len({line.fact_id for line in lines})
    about = words("probes.facts.one") if facts == 1 else words("probes.facts", n=facts)
    asked = words(key, day=days[0], last=days[-1])
    return words("probes.caption", weeks=asked, facts=about)


def _card(now: Scope, result: ProbeResult) -> Card:
    words, name = now.words, result.figure.figure
    lines = (_range_line(now, result.figure), _rests_on(now, result))
    return Card(
        words(f"probes.{name}"),
        words(f"probes.{name}.help"),
        None if result.figure.value is None else _value(now, result.figure),
        words("too_few", n=result.figure.n),
        tuple(escape(line) for line in lines if line and result.figure.value is not None),
    )


def _rests_on(now: Scope, result: ProbeResult) -> str:
    """What the figure is made of: counts, or the two rates that it lies between."""
    name, lang = result.figure.figure, now.lang
    if result.before is not None and result.after is not None:
        before, after = (formats.percent(rate, lang) for rate in (result.before, result.after))
        return now.words(f"probes.rates.{name}", before=before, after=after)
    k, n = (formats.decimal(count, lang) for count in (result.figure.k, result.figure.n))
    return now.words("probes.of", k=k, n=n)


def _value(now: Scope, figure: Figure) -> str:
    if figure.value is None:
        return now.words("too_few", n=figure.n)
    if figure.figure == PREMISE_RESISTANCE:
        return formats.percent(figure.value, now.lang)
    return now.words("probes.points", n=_signed(figure.value, now.lang))


def _range(now: Scope, figure: Figure) -> str:
    """The interval on these facts in the figure's own unit, "" where there's none."""
    if figure.panel is None or figure.value is None:
        return ""
    if figure.figure == PREMISE_RESISTANCE:
        return formats.percent_range(figure.panel, now.lang)
    low, high = (_signed(end, now.lang) for end in (figure.panel.low, figure.panel.high))
    return now.words("probes.range", low=low, high=high)


def _range_line(now: Scope, figure: Figure) -> str:
    shown = _range(now, figure)
    return now.words("figure.range", range=shown) if shown else ""


def _signed(share: float, lang: str) -> str:
    """Points with their sign, a real minus."""
    points = round(100 * share)
    sign = "+" if points > 0 else "−" if points < 0 else "±"
    return f"{sign}{formats.decimal(abs(points), lang)}"


def _engines(now: Scope, found: Sequence[ProbeResult]) -> None:
    words = now.words
    by_engine: dict[str, dict[str, Figure]] = defaultdict(dict)
    for one in found:
        if one.figure.engine is not None:
            by_engine[one.figure.engine][one.figure.figure] = one.figure
    if len(by_engine) < 2:
        return
    columns = [
        Column(words("column.engine"), wide=True),
        *(Column(words(f"probes.{name}"), numeric=True) for name in PROBE_FIGURES),
    ]
    rows = [
        [escape(engine), *(_cell(now, named[name]) for name in PROBE_FIGURES)]
        for engine, named in sorted(by_engine.items())
    ]
    st.subheader(words("probes.engines"))
    blocks.show(blocks.table(columns, rows, words("probes.engines")))


def _cell(now: Scope, figure: Figure) -> str:
    return f'{escape(_value(now, figure))} <span class="bm-small">{_range(now, figure)}</span>'


# -- kinds of questions -------------------------------------------------------------------------


def _kinds(now: Scope, lines: Sequence[ProbeLine]) -> None:
    words = now.words
    graded = [line for line in lines if line.outcome is not None]
    kinds = [kind for kind in ProbeKind if any(line.kind is kind for line in graded)]
    counts = Counter(
        (words(f"probes.kind.{line.kind.value}"), words(f"probes.outcome.{line.outcome.value}"))
        for line in graded
        if line.outcome is not None
    )
    draw = partial(
        charts.outcomes,
        counts,
        [words(f"probes.kind.{kind.value}") for kind in kinds],
        [words(f"probes.outcome.{one.value}") for one in Outcome],
        frame.look(now),
    )
    title = words("probes.kinds")
    with exports.heading(title, within=True):
        exports.offer(words, "outcomes", None, {title: draw}, simulated=now.pack.simulated)
    st.altair_chart(draw(), key="outcomes", alt=words("probes.kinds.alt"))


# -- facts --------------------------------------------------------------------------------------


def _facts(now: Scope, lines: Sequence[ProbeLine]) -> None:
    """Each fact with how often its falsehoods are taken over, the weakest first."""
    words = now.words
    by_fact: dict[str, list[ProbeLine]] = defaultdict(list)
    for line in lines:
        if line.grade is not None:
            by_fact[line.fact_id].append(line)
    ordered = sorted(by_fact.items(), key=lambda item: (-_share_taken_over(item[1]), item[0]))
    with exports.heading(words("probes.by_fact"), within=True):
        table = _fact_rows(ordered)
        exports.offer(words, "stress-tests-by-fact", table, {}, simulated=now.pack.simulated)
    st.caption(words("probes.by_fact.caption"))
    columns = [
        Column(words("probes.column.fact"), wide=True),
        Column(words("probes.column.taken_over"), numeric=True),
        Column(words("probes.column.example")),
    ]
    sheet = data.sheet(now.pack.pack)
    rows = [
        [
            escape(_statement(sheet.get(fact_id), fact_id, now.lang)),
            _share(now, [line for line in found if line.kind.is_false]),
            _example(now, found),
        ]
        for fact_id, found in ordered
    ]
    blocks.show(blocks.table(columns, rows, words("probes.by_fact")))


def _fact_rows(
    ordered: Sequence[tuple[str, Sequence[ProbeLine]]],
) -> tuple[list[str], list[list[CellValue]]]:
    misled = {fact_id: [line for line in found if line.kind.is_false] for fact_id, found in ordered}
    rows: list[list[CellValue]] = [
        [fact_id, len(_taken_over(lines)), len(lines)] for fact_id, lines in misled.items()
    ]
    return ["fact", "taken_over", "answers"], rows


def _taken_over(lines: Sequence[ProbeLine]) -> list[ProbeLine]:
    return [line for line in lines if line.outcome is Outcome.FALSE]


def _share_taken_over(lines: Sequence[ProbeLine]) -> float:
    misled = [line for line in lines if line.kind.is_false]
    return len(_taken_over(misled)) / len(misled) if misled else 0.0


def _share(now: Scope, lines: Sequence[ProbeLine]) -> str:
    """A share with its counts, or that they are too few."""
    n = len(lines)
    if n < FLOOR:
        return escape(now.words("too_few", n=n))
    k = len(_taken_over(lines))
    counts = "/".join(formats.decimal(count, now.lang) for count in (k, n))
    return f'{formats.percent(k / n, now.lang)} <span class="bm-small">{counts}</span>'


def _example(now: Scope, lines: Sequence[ProbeLine]) -> str:
    """A link to the latest answer that took a falsehood over."""
    wrong = [line for line in _taken_over(lines) if line.kind.is_false]
    if not wrong:
        return "–"
    last = max(wrong, key=lambda line: (line.week, line.answer_id))
    label = f"{now.words(f'probes.kind.{last.kind.value}')}, {last.engine}"
    return blocks.link("answer", now.params(answer=last.answer_id), label)


def _statement(fact: Fact | None, fact_id: str, lang: str) -> str:
    """The truth in the page's language where the sheet has it; else the fact's id."""
    if fact is None:
        return fact_id
    return fact.statement.get(lang) or next(iter(fact.statement.values()), fact_id)
