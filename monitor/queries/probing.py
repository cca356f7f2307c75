"""Stress tests of facts: what answers to probes do, and the figures over them.

Probes are in no headline and no view of answers; their figures have names of their own. A grade
isn't stored: it follows from the verdict that stands now, a person's before the machine's, and
from the answer's words, so that a review, a new sheet or a rebuilt store tells in the figures.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from monitor.facts import (
    Grade,
    Outcome,
    ProbeAnswer,
    ProbeKind,
    graded,
    outcome,
    probe_scores,
    probed_by,
)
from monitor.queries.cells import released
from monitor.queries.figures import By, Figure, Scope
from monitor.queries.rows import fetch
from monitor.queries.view import View
from monitor.stats.differences import Difference
from monitor.store import Store
from monitor.types import AnswerStatus, Verdict

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PREMISE_RESISTANCE = "premise_resistance"
SYCOPHANCY = "sycophancy"
FLIP_ASYMMETRY = "flip_asymmetry"
PROBE_FIGURES = (PREMISE_RESISTANCE, SYCOPHANCY, FLIP_ASYMMETRY)
"""The names in reports of the figures over probes."""


@dataclass(frozen=True, slots=True)
class ProbeLine:
    """One answer to a probe; `grade` None: not ok, or what it says of the fact is open.

    `method` is who came to `verdict`: rules, judge or person; both None where nobody judged it.
    """

    answer_id: str
    fact_id: str
    kind: ProbeKind
    engine: str
    locale: str
    persona: str
    week: str
    status: AnswerStatus
    grade: Grade | None
    verdict: Verdict | None
    method: str | None

    @property
    def outcome(self) -> Outcome | None:
        """Where the answer leaves its reader; None where its grade is open."""
        return None if self.grade is None else outcome(self.kind, self.grade)


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """A figure over probes; of a difference the two rates that it lies between too."""

    figure: Figure
    before: float | None = None
    after: float | None = None


_ASKED = """
  a.pack = $pack AND starts_with(a.question_id, 'probe:') AND a.origin <> 'ask'
  AND ($since::DATE IS NULL OR a.day >= $since::DATE)
  AND ($until::DATE IS NULL OR a.day <= $until::DATE)
  AND (len($engines::VARCHAR[]) = 0 OR list_contains($engines::VARCHAR[], a.engine))
  AND (len($locales::VARCHAR[]) = 0 OR list_contains($locales::VARCHAR[], a.locale))
  AND (len($personas::VARCHAR[]) = 0 OR list_contains($personas::VARCHAR[], a.persona))
  AND (len($waves::VARCHAR[]) = 0 OR list_contains($waves::VARCHAR[], a.wave_id))
"""
# Only an answer that doesn't state the fact is read: its words say yes, no, or that it can't tell.
_LINES = f"""
WITH asked AS (
  SELECT a.answer_id, split_part(a.question_id, ':', 2) AS fact_id, a.question_id, a.engine,
         a.locale, a.persona, strftime(a.day, '%G-W%V') AS week, a.status
  FROM answers a WHERE {_ASKED}
),
states AS (
  SELECT answer_id, fact_id, verdict, method FROM judgement_states
  WHERE answer_id IN (SELECT answer_id FROM asked)
)
SELECT a.* EXCLUDE (fact_id), s.verdict, s.method,
       CASE WHEN s.verdict IN ('not_stated', 'unverifiable') THEN t.text ELSE '' END AS text
FROM asked a
LEFT JOIN states s USING (answer_id, fact_id)
JOIN answer_texts t USING (answer_id)
ORDER BY a.question_id, a.engine, a.locale, a.persona, a.week, a.answer_id
"""


_SPLITS = (By(), By(engine=True))


def probe_lines(store: Store, view: View) -> tuple[ProbeLine, ...]:
    """Every answer to a probe that the view's period, engines, locales and personas have."""
    with store.reading("reading answers to probes") as con:
        return _lines(con, view)


def probe_figures(store: Store, view: View, splits: Sequence[By] = _SPLITS) -> tuple[Figure, ...]:
    """The figures of `probe_results`, for reports and exports."""
    return tuple(result.figure for result in probe_results(store, view, splits))


def probe_results(
    store: Store, view: View, splits: Sequence[By] = _SPLITS
) -> tuple[ProbeResult, ...]:
    """The figures of section 6 of the pack's own brand, split as told; none without probes.

    Pooled over engines each is the mean of the engines' figures. `k` and `n` of a difference are
    the answers that it compares: without and with something false, or doubted when wrong and when
    right. Answers that aren't ok, or whose verdict is open, are in `excluded`.
    """
    with store.reading("reading answers to probes") as con:
        lines = _lines(con, view)
        own, versions = _released(con, view.pack)
    return tuple(result for by in splits for result in _results(lines, by, own, versions))


def _lines(con: "DuckDBPyConnection", view: View) -> tuple[ProbeLine, ...]:
    names = ("pack", "since", "until", "engines", "locales", "personas", "waves")
    parameters = view.parameters()
    rows = fetch(con, _LINES, {name: parameters[name] for name in names})
    return tuple(line for row in rows if (line := _line(row)) is not None)


def _line(row: Mapping[str, Any]) -> ProbeLine | None:
    """The answer with its grade; None where the question names a probe that nobody knows."""
    probed = probed_by(row["question_id"])
    if probed is None:
        return None
    fact_id, kind = probed
    status = AnswerStatus(row["status"])
    verdict = Verdict(row["verdict"]) if row["verdict"] else None
    scored = status in (AnswerStatus.OK, AnswerStatus.REFUSED)
    return ProbeLine(
        row["answer_id"],
        fact_id,
        kind,
        row["engine"],
        row["locale"],
        row["persona"],
        row["week"],
        status,
        graded(kind, row["text"], status, verdict) if scored else None,
        verdict,
        row["method"],
    )


def _released(con: "DuckDBPyConnection", pack: str) -> tuple[str, dict[str, str]]:
    """The pack's own brand, and the versions under which its answers are read."""
    measure, brands = released(con, pack)
    facts = con.execute(
        "SELECT version FROM released_facts WHERE pack = $pack", {"pack": pack}
    ).fetchone()
    versions = {"measure": measure, "facts": str(facts[0]) if facts else ""}
    return (brands[0] if brands else ""), {name: v for name, v in versions.items() if v}


def _results(
    lines: Sequence[ProbeLine], by: By, own: str, versions: dict[str, str]
) -> Iterator[ProbeResult]:
    groups: dict[Scope, list[ProbeLine]] = defaultdict(list)
    for line in lines:
        groups[_scope(line, by)].append(line)
    for scope, group in sorted(groups.items(), key=lambda item: [part or "" for part in item[0]]):
        scores = probe_scores(_answers(group))
        excluded = dict(Counter(_left_out(line) for line in group if line.grade is None))
        for name, found in (
            (PREMISE_RESISTANCE, Difference(scores.resistance)),
            (SYCOPHANCY, _said(scores.sycophancy, _SWAYED)),
            (FLIP_ASYMMETRY, _said(scores.flip, _FLIPPED)),
        ):
            estimate = found.estimate
            figure = Figure(
                figure=name,
                brand=own,
                **scope._asdict(),
                value=estimate.value,
                k=estimate.k,
                n=estimate.n,
                questions=estimate.questions,
                panel=estimate.panel,
                market=estimate.market,
                excluded=excluded,
                versions=versions,
                note=estimate.note,
            )
            yield ProbeResult(figure, found.before, found.after)


def _scope(line: ProbeLine, by: By) -> Scope:
    return Scope(
        line.engine if by.engine else None,
        line.locale if by.locale else None,
        line.week if by.week else None,
    )


def _answers(lines: Sequence[ProbeLine]) -> list[ProbeAnswer]:
    return [
        ProbeAnswer(one.fact_id, one.kind, one.grade, one.engine, f"{one.locale}/{one.persona}")
        for one in lines
    ]


def _left_out(line: ProbeLine) -> str:
    return "unscored" if line.status is AnswerStatus.OK else line.status.value


_SWAYED = "errors in {after} with something false in the question, in {before} without"
_FLIPPED = "asked “Are you sure?”, {after} right → wrong, {before} wrong → right"


def _said(difference: Difference, words: str) -> Difference:
    """The difference with a note that says between what it lies."""
    if difference.before is None or difference.after is None:
        return difference
    rates = words.format(
        before=f"{100 * difference.before:.0f} %", after=f"{100 * difference.after:.0f} %"
    )
    note = "; ".join(filter(None, (rates, difference.estimate.note)))
    return replace(difference, estimate=replace(difference.estimate, note=note))
