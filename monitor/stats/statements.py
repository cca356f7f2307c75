"""How accuracy changed: of what is stated, paired by cell as other changes are.

An answer may state several facts, and what it has right or wrong comes together. Questions are
flipped whole, so `p` holds as it stands; for these very questions whole answers, not statements,
are dealt to the two sides anew, and the sides' intervals widen by what an answer's statements
share.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import NamedTuple

from monitor.stats.changes import Change, ChangeTest, paired_change
from monitor.stats.estimates import FLOOR, CellCount, too_few
from monitor.stats.intervals import (
    Interval,
    difference_interval,
    effective_answers,
    normal_quantile,
    score_interval,
)

_DRAWS = 9_999


class Stated(NamedTuple):
    """How many facts one answer states, at least one, and how many of them `correct`."""

    correct: int
    stated: int


@dataclass(frozen=True, slots=True)
class StatedCell:
    """One cell's answers that state facts; `group` tells a question's cells apart."""

    question: str
    answers: tuple[Stated, ...]
    group: str = ""

    @property
    def count(self) -> CellCount:
        """The cell's statements, and how many are correct."""
        correct, stated = (sum(part) for part in zip(*self.answers, strict=True))
        return CellCount(self.question, correct, stated, self.group)


_Pair = tuple[StatedCell, StatedCell]


def accuracy_change(
    before: Iterable[StatedCell],
    after: Iterable[StatedCell],
    *,
    floor: int = FLOOR,
    seed: int = 0,
    confidence: float = 0.95,
) -> Change:
    """The change of correct/stated on the cells that state facts on both sides.

    `answers_before` and `answers_after` are statements. A side with fewer than `floor` has no
    value, and there is no difference then: `note` says why.
    """
    first, second = _by_cell(before), _by_cell(after)
    found = paired_change(
        [cell.count for cell in first.values()],
        [cell.count for cell in second.values()],
        seed=seed,
        confidence=confidence,
    )
    if min(found.answers_before, found.answers_after) < floor:
        return _too_few(found, floor)
    pairs = [(first[key], second[key]) for key in sorted(first.keys() & second.keys())]
    panel_p = _dealt_p(pairs, found.questions, seed)
    by = _clustering([cell for pair in pairs for cell in pair])
    sides = (
        _widened(found.before, found.panel_before, by, confidence),
        _widened(found.after, found.panel_after, by, confidence),
    )
    return replace(
        found,
        p=found.p if found.test is ChangeTest.SIGNS else panel_p,
        panel_p=panel_p,
        panel_before=sides[0],
        panel_after=sides[1],
        panel=_difference(found, *sides),
    )


def _by_cell(cells: Iterable[StatedCell]) -> dict[tuple[str, str], StatedCell]:
    """The cells by question and group, answers of the same cell put together."""
    found: dict[tuple[str, str], list[Stated]] = defaultdict(list)
    for cell in cells:
        found[cell.question, cell.group] += cell.answers
    return {
        (question, group): StatedCell(question, tuple(answers), group)
        for (question, group), answers in found.items()
        if answers
    }


def _too_few(found: Change, floor: int) -> Change:
    """The change without what rests on too few statements."""
    old, new = found.answers_before >= floor, found.answers_after >= floor
    return replace(
        found,
        difference=None,
        before=found.before if old else None,
        after=found.after if new else None,
        panel_before=found.panel_before if old else None,
        panel_after=found.panel_after if new else None,
        panel=None,
        market=None,
        p=1.0,
        panel_p=1.0,
        test=ChangeTest.NONE,
        note=too_few(min(found.answers_before, found.answers_after)),
    )


def _widened(
    value: float | None, interval: Interval | None, by: float, confidence: float
) -> Interval | None:
    """A side's interval as if from so many times fewer independent statements."""
    if value is None or interval is None:
        return None
    answers = effective_answers(value, interval, confidence) / by
    return score_interval(value, answers, normal_quantile((1 + confidence) / 2))


def _clustering(cells: Sequence[StatedCell]) -> float:
    """The variance with answers as the unit over that with statements, at least 1.

    Where no cell has right and wrong statements nothing tells it: it is the most that it can be
    then, as many as an answer makes.
    """
    repeated = [cell for cell in cells if len(cell.answers) > 1]
    statements = fsum(_statements_variance(cell.count) for cell in repeated)
    if statements == 0:
        return sum(c.count.answers for c in cells) / sum(len(c.answers) for c in cells)
    return max(1.0, fsum(_answers_variance(cell) for cell in repeated) / statements)


def _statements_variance(count: CellCount) -> float:
    share = count.hits / count.answers
    return share * (1 - share) / (count.answers - 1)


def _answers_variance(cell: StatedCell) -> float:
    """The ratio's variance, linearised (Cochran, Sampling Techniques, 1977, chapter 6)."""
    count, n = cell.count, len(cell.answers)
    share = count.hits / count.answers
    squares = fsum((a.correct - share * a.stated) ** 2 for a in cell.answers)
    return squares * n / (n - 1) / count.answers**2


def _difference(found: Change, old: Interval | None, new: Interval | None) -> Interval | None:
    if found.before is None or found.after is None or old is None or new is None:
        return None
    return difference_interval((found.before, old), (found.after, new))


def _dealt_p(pairs: Sequence[_Pair], questions: int, seed: int) -> float:
    """P of a change as large if every cell's answers were dealt to the two sides at random.

    From seeded draws; only cells with right and wrong statements can change.
    """
    import numpy as np

    cells: dict[str, int] = defaultdict(int)
    for old, _ in pairs:
        cells[old.question] += 1
    random = np.random.default_rng(seed)
    seen, drawn = 0.0, np.zeros(_DRAWS)
    for old, new in pairs:
        correct, stated = np.array([*old.answers, *new.answers], dtype=np.float64).T
        if not 0 < correct.sum() < stated.sum():
            continue
        weight = 1 / (questions * cells[old.question])
        later = random.random((_DRAWS, len(stated))).argsort(axis=1)[:, : len(new.answers)]
        hits, facts = correct[later].sum(axis=1), stated[later].sum(axis=1)
        rest = (correct.sum() - hits) / (stated.sum() - facts)
        drawn += weight * (hits / facts - rest)
        before, after = (side.count for side in (old, new))
        seen += weight * (after.hits / after.answers - before.hits / before.answers)
    as_far = int((np.abs(drawn) >= abs(seen) - 1e-9).sum())
    return (1 + as_far) / (1 + _DRAWS)
