"""Accuracy, omission and F of a view's answers: the same numbers for pages, reports and exports.

judgements as they stand (people's word before the machine's) → counts by cell → figures
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from monitor.queries.calibration import calibrations as reviewed_calibrations
from monitor.queries.figures import By, Figure, Scope, never_pooled
from monitor.queries.view import JUDGED, View
from monitor.stats import CellCount, Estimate, mean_of_rates
from monitor.stats.agreement import Calibration, CorrectedRate, combined_rate, corrected_rate
from monitor.stats.intervals import effective_answers
from monitor.stats.shares import CellParts, mean_of_shares
from monitor.store import FactRelease, Store, released_facts
from monitor.types import FactType

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ACCURACY, OMISSION, F_SCORE = "accuracy", "omission", "f_score"
CORRECTED = "accuracy_corrected"
"""The names of the figures in reports."""

PERSON = "person"
_NO_CALIBRATION = "uncalibrated: no random reviews yet"
_NOTHING_ASKED = "none of these questions asks a fact"


class FactCell(NamedTuple):
    """One cell's judgements; `week` is "" where weeks are pooled.

    `scored` are correct, incorrect or outdated, `correct` of them right; `machine_scored` and
    `machine_correct` the same before people said otherwise. `asked` are those that
    the question asks and something is known of, `left_out` of them not stated. Per answer `part`
    is twice the asked facts that are right and `whole` the asked ones plus those attempted, whose
    ratio is SimpleQA's F. `unverifiable` and `open` judgements are in no figure but the one of
    omission; `open` ones wait for a judge.
    """

    engine: str
    locale: str
    persona: str
    week: str
    question: str
    scored: int
    correct: int
    asked: int
    left_out: int
    answers: int
    part: int
    whole: int
    part_squares: int
    whole_squares: int
    products: int
    unverifiable: int
    open: int
    machine_scored: int
    machine_correct: int

    @property
    def group(self) -> str:
        """What tells the cells of one question on one engine apart."""
        return f"{self.locale}/{self.persona}"


class _Judge(NamedTuple):
    """How many statements one judge version, or people, scored in a scope, and how many right.

    A judge's own are counted whether or not people said otherwise since: what people look at is
    chosen, so what they leave is no fair part of a judge's work.
    """

    engine: str
    locale: str
    week: str
    judged_by: str
    scored: int
    correct: int


# What only a judge can tell is open until one has: rules know a text by its letters alone.
_STANDING = f"""
WITH {JUDGED},
standing AS (
  SELECT *, coalesce({{week}}, '') AS week,
         verdict IN ('correct', 'incorrect', 'outdated') AS scored,
         machine_verdict IN ('correct', 'incorrect', 'outdated') AS machine_scored,
         method = 'rules' AND list_contains($texts::VARCHAR[], fact_id)
           AND verdict IN ('not_stated', 'unverifiable') AS open
  FROM judged
)"""
_CELLS = f"""
{_STANDING},
answers AS (
  SELECT engine, locale, persona, week, question_id, answer_id,
         count(*) FILTER (scored)::BIGINT AS scored,
         count(*) FILTER (verdict = 'correct')::BIGINT AS correct,
         count(*) FILTER (asked AND NOT open)::BIGINT AS asked,
         count(*) FILTER (asked AND NOT open AND verdict = 'not_stated')::BIGINT AS left_out,
         2 * count(*) FILTER (asked AND verdict = 'correct')::BIGINT AS part,
         count(*) FILTER (asked AND NOT open AND verdict <> 'unverifiable')::BIGINT
           + count(*) FILTER (asked AND scored)::BIGINT AS whole,
         count(*) FILTER (verdict = 'unverifiable' AND NOT open)::BIGINT AS unverifiable,
         count(*) FILTER (open)::BIGINT AS open,
         count(*) FILTER (machine_scored)::BIGINT AS machine_scored,
         count(*) FILTER (machine_verdict = 'correct')::BIGINT AS machine_correct
  FROM standing GROUP BY ALL
)
SELECT engine, locale, persona, week, question_id, sum(scored)::BIGINT, sum(correct)::BIGINT,
       sum(asked)::BIGINT, sum(left_out)::BIGINT, count(*) FILTER (whole > 0)::BIGINT,
       sum(part)::BIGINT, sum(whole)::BIGINT, sum(part ** 2)::BIGINT, sum(whole ** 2)::BIGINT,
       sum(part * whole)::BIGINT, sum(unverifiable)::BIGINT, sum(open)::BIGINT,
       sum(machine_scored)::BIGINT, sum(machine_correct)::BIGINT
FROM answers GROUP BY ALL ORDER BY ALL
"""
_JUDGES = f"""
{_STANDING}
SELECT engine, locale, week, judged_by, count(*)::BIGINT,
       count(*) FILTER (machine_verdict = 'correct')::BIGINT
FROM standing WHERE machine_scored GROUP BY ALL
UNION ALL
SELECT engine, locale, week, 'person', count(*)::BIGINT,
       count(*) FILTER (verdict = 'correct')::BIGINT
FROM standing WHERE scored AND method = 'person' GROUP BY ALL
ORDER BY ALL
"""
_UNSCORED = f"""
WITH {JUDGED},
unscored AS (
  SELECT DISTINCT answer_id, unnest(unscored) AS fact_id
  FROM judging_reads d JOIN released_facts v USING (version) WHERE v.pack = $pack
)
SELECT count(*)::BIGINT FROM unscored u WHERE answer_id IN (SELECT answer_id FROM judged)
  AND NOT EXISTS (FROM judged j WHERE j.answer_id = u.answer_id AND j.fact_id = u.fact_id
                  AND j.verdict <> 'not_stated')
"""


@dataclass(frozen=True, slots=True)
class Truth:
    """What one reading of the store found about facts: counts, who judged, under which sheet."""

    release: FactRelease
    cells: Sequence[FactCell]
    judges: Sequence[_Judge]
    unscored: int
    brand: str
    calibrations: Mapping[str, Calibration]

    def figures(self, by: By) -> tuple[Figure, ...]:
        """Accuracy, its corrected value, omission and F, split as `by` says, in order of scope."""
        groups: dict[Scope, list[FactCell]] = defaultdict(list)
        for cell in self.cells:
            groups[_scope(cell, by)].append(cell)
        scopes = sorted(groups, key=lambda scope: [part or "" for part in scope])
        named = {ACCURACY: _accuracy, OMISSION: _omission, F_SCORE: _f_score}
        found = [
            self._figure(name, scope, estimate(groups[scope]), groups[scope], by)
            for name, estimate in named.items()
            for scope in scopes
        ]
        raw = [figure for figure in found if figure.figure == ACCURACY]
        corrected = (
            self._corrected(figure, groups[scope], by)
            for figure, scope in zip(raw, scopes, strict=True)
        )
        return (*found, *corrected)

    def _figure(
        self, name: str, scope: Scope, found: Estimate, cells: Sequence[FactCell], by: By
    ) -> Figure:
        left_out = {
            "unverifiable": sum(cell.unverifiable for cell in cells),
            "needs a judge": sum(cell.open for cell in cells),
            "judge's reply unusable": self.unscored if scope == (None, None, None) else 0,
        }
        return Figure(
            name,
            self.brand,
            *scope,
            value=found.value,
            k=found.k,
            n=found.n,
            questions=found.questions,
            panel=found.panel,
            market=found.market,
            excluded={reason: count for reason, count in left_out.items() if count},
            versions={"facts": self.release.version, **self._judged_by(scope, by)},
            note=found.note,
        )

    def _judged_by(self, scope: Scope, by: By) -> dict[str, str]:
        names = sorted({one.judged_by for one in self.judges if _scope(one, by) == scope})
        return {"judged_by": ", ".join(names)} if names else {}

    def _corrected(self, raw: Figure, cells: Sequence[FactCell], by: By) -> Figure:
        """The accuracy with each judge version's errors taken out.

        It stands on what judges said, also where people said otherwise: these were looked at
        because they looked bad. With several judges each statement weighs the same, not each
        question.
        """
        scope = Scope(raw.engine, raw.locale, raw.week)
        judges = [j for j in self.judges if j.judged_by != PERSON and _scope(j, by) == scope]
        judged = _machine_accuracy(cells)
        rate = self._corrected_rate(judged, judges)
        return replace(
            raw,
            figure=CORRECTED,
            value=rate.value,
            k=judged.k,
            n=judged.n,
            panel=None,
            market=rate.interval,
            note=rate.note,
        )

    def _corrected_rate(self, judged: Estimate, judges: Sequence[_Judge]) -> CorrectedRate:
        interval = judged.market or judged.panel
        if judged.value is None or interval is None:
            return CorrectedRate(None, None, judged.note)
        answers = min(judged.n, effective_answers(judged.value, interval))
        names = sorted({one.judged_by for one in judges})
        if len(names) == 1:
            return self._of_judge(names[0], judged.value, answers)
        total = sum(one.scored for one in judges)
        parts = []
        for name in names:
            scored = sum(one.scored for one in judges if one.judged_by == name)
            correct = sum(one.correct for one in judges if one.judged_by == name)
            share = scored / total
            parts.append((share, self._of_judge(name, correct / scored, answers * share)))
        return combined_rate(parts)

    def _of_judge(self, judged_by: str, rate: float, answers: float) -> CorrectedRate:
        calibration = self.calibrations.get(judged_by)
        if calibration is None:
            return CorrectedRate(None, None, _NO_CALIBRATION)
        return corrected_rate(rate, answers, calibration)


def truth(
    store: Store,
    view: View,
    brand: str,
    calibrations: Mapping[str, Calibration] | None = None,
    *,
    weeks: bool = False,
) -> Truth | None:
    """What the view's answers make of the own `brand`'s facts; None before anything was judged.

    `calibrations` hold judge versions (`judged_by`) against people; None: as random reviews do.
    """
    never_pooled(view)
    release = released_facts(store, view.pack)
    if release is None or not release.facts:
        return None
    texts = [f.fact_id for f in release.content if f.value.type is FactType.TEXT]
    with store.reading("counting judgements") as con:
        cells, judges, unscored = _read(con, view, texts, weeks=weeks)
    if calibrations is None:
        calibrations = reviewed_calibrations(store, view.pack)
    return Truth(release, cells, judges, unscored, brand, calibrations)


def _read(
    con: "DuckDBPyConnection", view: View, texts: Sequence[str], *, weeks: bool
) -> tuple[list[FactCell], list[_Judge], int]:
    week = "strftime(day, '%G-W%V')" if weeks else "''"
    asked = {**view.parameters(), "texts": list(texts)}
    cells = con.execute(_CELLS.format(week=week), asked).fetchall()
    judges = con.execute(_JUDGES.format(week=week), asked).fetchall()
    row = con.execute(_UNSCORED, view.parameters()).fetchone()
    return (
        [FactCell(*cell) for cell in cells],
        [_Judge(*judge) for judge in judges],
        int(row[0]) if row else 0,
    )


def accuracy_figures(
    store: Store,
    view: View,
    brand: str,
    splits: Sequence[By],
    calibrations: Mapping[str, Calibration] | None = None,
) -> tuple[Figure, ...]:
    """Accuracy, omission and F split in each of the ways of `splits`; none without judgements."""
    readings = {
        weeks: truth(store, view, brand, calibrations, weeks=weeks)
        for weeks in {by.week for by in splits}
    }
    return tuple(
        figure for by in splits if (found := readings[by.week]) for figure in found.figures(by)
    )


def _scope(row: FactCell | _Judge, by: By) -> Scope:
    return Scope(
        row.engine if by.engine else None,
        row.locale if by.locale else None,
        row.week if by.week else None,
    )


# -- estimates ----------------------------------------------------------------------------------


def _by_engine(cells: Sequence[FactCell]) -> list[list[FactCell]]:
    groups: dict[str, list[FactCell]] = defaultdict(list)
    for cell in cells:
        groups[cell.engine].append(cell)
    return list(groups.values())


def _accuracy(cells: Sequence[FactCell]) -> Estimate:
    """Correct of what is stated; each question and engine weighs the same."""
    return mean_of_rates(
        [[CellCount(c.question, c.correct, c.scored, c.group) for c in group if c.scored]
         for group in _by_engine(cells)]
    )  # fmt: skip


def _machine_accuracy(cells: Sequence[FactCell]) -> Estimate:
    """The accuracy by what judges said, before people said otherwise."""
    return _accuracy(
        [c._replace(scored=c.machine_scored, correct=c.machine_correct) for c in cells]
    )


def _omission(cells: Sequence[FactCell]) -> Estimate:
    """Not stated of what the question asks."""
    found = mean_of_rates(
        [[CellCount(c.question, c.left_out, c.asked, c.group) for c in group if c.asked]
         for group in _by_engine(cells)]
    )  # fmt: skip
    if found.n == 0:
        return replace(found, note=_NOTHING_ASKED)
    return found


def _f_score(cells: Sequence[FactCell]) -> Estimate:
    """2 · correct/(asked + attempted), the harmonic mean of both shares; `k` of `n` asked facts."""
    found = mean_of_shares(
        [
            [
                CellParts(
                    c.question,
                    c.answers,
                    c.part,
                    c.whole,
                    c.part_squares,
                    c.whole_squares,
                    c.products,
                    c.group,
                )
                for c in group
            ]
            for group in _by_engine(cells)
        ]
    )
    asked = sum(c.asked for c in cells)
    note = found.note if asked else _NOTHING_ASKED
    return replace(found, k=found.k // 2, n=asked, note=note)
