"""Figures that are a ratio of sums: share of voice, citation share, net sentiment.

Share of voice, citation share and net sentiment are Σ part / Σ whole. Their standard errors come
from linearising the ratio, by question (market) and by repeat within cell (panel), and go into
Wilson's interval. MEASUREMENT.md names a bootstrap of questions, then repeats; it counts the
repeats' noise twice, its percentiles cover too little where questions are few or shares small,
and it collapses at 0 and 1 (tests/benchmarks/coverage.py shows both).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import NamedTuple

from monitor.stats.estimates import FLOOR, Estimate, left_out_note, too_few
from monitor.stats.intervals import Interval
from monitor.stats.spreads import Residuals, Spread, mean_variances, with_intervals


@dataclass(frozen=True, slots=True, order=True)
class AnswerParts:
    """One ok answer's part of a whole: our mentions of all tracked, our citations of all."""

    question: str
    part: float
    whole: float
    group: str = ""


@dataclass(frozen=True, slots=True, order=True)
class AnswerTone:
    """One ok answer's mentions of the brand by tone."""

    question: str
    positive: int
    neutral: int
    negative: int
    group: str = ""


class CellParts(NamedTuple):
    """One cell's `answers` with the sums of their parts and wholes, of squares and products.

    That is all that a share and its variance need of them. An answer's part is at most its whole.
    """

    question: str
    answers: int
    part: float
    whole: float
    part_squares: float
    whole_squares: float
    products: float
    group: str = ""


def share(
    answers: Iterable[AnswerParts], *, floor: int = FLOOR, confidence: float = 0.95
) -> Estimate:
    """Σ part / Σ whole, each question and cell by its mean answer, so that they weigh the same.

    `k` and `n` are the two sums: the denominator is printed with the figure. Answers whose whole
    is 0 count as answers but say nothing about the share.
    """
    cells: dict[tuple[str, str], list[AnswerParts]] = defaultdict(list)
    for answer in answers:
        cells[answer.question, answer.group].append(answer)
    sums = [_summed(question, group, rows) for (question, group), rows in cells.items()]
    return share_of_cells(sums, floor=floor, confidence=confidence)


def share_of_cells(
    cells: Iterable[CellParts], *, floor: int = FLOOR, confidence: float = 0.95
) -> Estimate:
    """`share` from each cell's sums instead of its answers."""
    return mean_of_shares([list(cells)], floor=floor, confidence=confidence)


def mean_of_shares(
    engines: Iterable[Sequence[CellParts]], *, floor: int = FLOOR, confidence: float = 0.95
) -> Estimate:
    """The mean of the engines' shares, each engine weighing the same; `k` and `n` are sums.

    An engine with too few answers, or nothing to take a share of, is left out, as `note` says.
    """
    each = [[cell for cell in cells if cell.answers > 0] for cells in engines]
    enough = [cells for cells in each if sum(c.answers for c in cells) >= max(floor, 1)]
    kept = [cells for cells in enough if any(cell.whole > 0 for cell in cells)]
    rows = [cell for cells in kept or each for cell in cells]
    k, n = round(fsum(c.part for c in rows)), round(fsum(c.whole for c in rows))
    questions = len({cell.question for cell in rows})
    if not kept:
        count = sum(cell.answers for cell in rows)
        note = "nothing to take a share of" if enough else too_few(count)
        return Estimate(None, k, n, questions, note=note)
    spread = _joined([_ratio(cells, len(kept)) for cells in kept], rows)
    note = left_out_note(len(each) - len(kept), len(each))
    return with_intervals(Estimate(spread.value, k, n, questions, note=note), spread, confidence)


class CellTones(NamedTuple):
    """One cell's answers that mention the brand, by the tone that each of them has."""

    question: str
    positive: int
    neutral: int
    negative: int
    group: str = ""

    @property
    def halves(self) -> CellParts:
        """The cell as a share: praise counts whole, neutral words half."""
        answers = self.positive + self.neutral + self.negative
        part = self.positive + self.neutral / 2
        squares = self.positive + self.neutral / 4
        return CellParts(self.question, answers, part, answers, squares, answers, part, self.group)


def mean_of_sentiments(
    engines: Iterable[Sequence[CellTones]], *, floor: int = FLOOR, confidence: float = 0.95
) -> Estimate:
    """The mean of the engines' (P − N)/(P + U + N), from −1 to 1, one tone an answer.

    `k` is P − N, `n` the mentions, both as sums.
    """
    cells = [list(group) for group in engines]
    found = mean_of_shares(
        [[cell.halves for cell in group] for group in cells], floor=floor, confidence=confidence
    )
    return _from_halves(found, sum(c.positive - c.negative for group in cells for c in group))


def net_sentiment(
    answers: Iterable[AnswerTone], *, floor: int = FLOOR, confidence: float = 0.95
) -> Estimate:
    """(P − N)/(P + U + N) over mentions, from −1 to 1; `k` is P − N, `n` the mentions."""
    rows = list(answers)
    k = sum(a.positive - a.negative for a in rows)
    halves = [
        AnswerParts(
            a.question,
            a.positive + a.neutral / 2,
            a.positive + a.neutral + a.negative,
            a.group,
        )
        for a in rows
    ]
    return _from_halves(share(halves, floor=floor, confidence=confidence), k)


def _from_halves(found: Estimate, k: int) -> Estimate:
    """A share of praise, 0 to 1, as net sentiment, −1 to 1."""
    if found.value is None:
        return replace(found, k=k)
    return replace(
        found,
        k=k,
        value=2 * found.value - 1,
        panel=_doubled(found.panel),
        market=_doubled(found.market),
    )


def _summed(question: str, group: str, rows: Sequence[AnswerParts]) -> CellParts:
    return CellParts(
        question,
        len(rows),
        fsum(a.part for a in rows),
        fsum(a.whole for a in rows),
        fsum(a.part**2 for a in rows),
        fsum(a.whole**2 for a in rows),
        fsum(a.part * a.whole for a in rows),
        group,
    )


@dataclass(frozen=True, slots=True)
class _Ratio:
    """One engine's share, its part of the panel's variance, and each question's pull on it."""

    value: float
    panel: float
    pulls: Mapping[str, float]


def _ratio(cells: Sequence[CellParts], engines: int) -> _Ratio:
    """One engine's share, linearised (Cochran, Sampling Techniques, 1977, chapter 6)."""
    groups = Counter(cell.question for cell in cells)
    weights = [1 / (groups[cell.question] * cell.answers) for cell in cells]
    whole = fsum(w * cell.whole for w, cell in zip(weights, cells, strict=True))
    value = fsum(w * cell.part for w, cell in zip(weights, cells, strict=True)) / whole
    residuals = [_residuals(cell, value) for cell in cells]
    pulls: dict[str, float] = defaultdict(float)
    for weight, cell, residual in zip(weights, cells, residuals, strict=True):
        pulls[cell.question] += weight * residual.total / (whole * engines)
    within = fsum(
        variance / groups[cell.question] ** 2
        for cell, variance in zip(cells, mean_variances(residuals), strict=True)
    )
    return _Ratio(value, within / (whole * engines) ** 2, pulls)


def _joined(ratios: Sequence[_Ratio], cells: Sequence[CellParts]) -> Spread:
    """The mean of the engines' shares; a question on all engines is one cluster."""
    value = fsum(ratio.value for ratio in ratios) / len(ratios)
    pulls: dict[str, float] = defaultdict(float)
    for ratio in ratios:
        for question, pull in ratio.pulls.items():
            pulls[question] += pull
    n = len(pulls)
    return Spread(
        value,
        n,
        fsum(cell.whole for cell in cells),
        len({cell.question for cell in cells if _tells(cell, value)}),
        sum(cell.answers - 1 for cell in cells),
        fsum(ratio.panel for ratio in ratios),
        fsum(pull**2 for pull in pulls.values()) * n / max(n - 1, 1),
    )


def _residuals(cell: CellParts, value: float) -> Residuals:
    """The answers' part − value · whole."""
    return Residuals(
        cell.answers,
        cell.part - value * cell.whole,
        cell.part_squares - 2 * value * cell.products + value**2 * cell.whole_squares,
    )


def _tells(cell: CellParts, value: float) -> bool:
    """Whether an answer has what is the rarer: our part, or the others'."""
    return cell.part > 0 if value <= 0.5 else cell.part < cell.whole


def _doubled(interval: Interval | None) -> Interval | None:
    return interval and Interval(2 * interval.low - 1, 2 * interval.high - 1)
