"""Rates with their uncertainty: one engine's figure, and the mean of several engines' figures.

A cell is one question on one engine in one locale for one persona. A question's share is the
mean of its cells' shares; a figure is the mean of its questions' shares: a cell that happened to
get more answers, or a question asked in more locales, weighs no more than another.

Two intervals answer two things. *panel*: these very questions, asked again (trends). *market*:
other questions of the same kind. Both are Wilson's, for an effective number of answers: a
standard error times a quantile covers far too little where rates are low or questions few
(tests/benchmarks/coverage.py prints both).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum

from monitor.stats.intervals import Interval, normal_quantile, score_interval, t_quantile

FLOOR = 10


@dataclass(frozen=True, slots=True, order=True)
class CellCount:
    """One cell's `answers` with status ok, and in how many of them the event stands (`hits`).

    `group` tells the cells of one question apart (engine, locale, persona) where cells are paired.
    """

    question: str
    hits: int
    answers: int
    group: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.hits <= self.answers:
            raise ValueError(f"cell {self.question!r}: {self.hits} hits in {self.answers} answers")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with `k` hits in `n` ok answers to `questions` questions.

    `value` None means unknown, and `note` says why; it is never to be shown as zero.
    """

    value: float | None
    k: int
    n: int
    questions: int
    panel: Interval | None = None
    market: Interval | None = None
    note: str = ""


def rate(cells: Iterable[CellCount], *, floor: int = FLOOR, confidence: float = 0.95) -> Estimate:
    """The share of answers with the event, each question weighing the same.

    Cells without answers are left out, never counted as zero.
    """
    answered = [cell for cell in cells if cell.answers > 0]
    k, n = sum(cell.hits for cell in answered), sum(cell.answers for cell in answered)
    questions = len({cell.question for cell in answered})
    if n < max(floor, 1):
        return Estimate(None, k, n, questions, note=too_few(n))
    return _pooled([answered], confidence)


def mean_of_rates(
    engines: Iterable[Sequence[CellCount]], *, floor: int = FLOOR, confidence: float = 0.95
) -> Estimate:
    """The mean of the engines' rates, each engine weighing the same.

    Engines are asked the same questions, so the market interval takes a question on all engines
    as one cluster. An engine below `floor` has no figure: it is left out, and `note` says so.
    """
    each = [[cell for cell in cells if cell.answers > 0] for cells in engines]
    kept = [cells for cells in each if _answers(cells) >= max(floor, 1)]
    if not kept:
        return _nothing(each)
    estimate = _pooled(kept, confidence)
    if len(kept) == len(each):
        return estimate
    left_out = f"{len(each) - len(kept)} of {len(each)} engines left out: too few answers"
    return replace(estimate, note="; ".join(filter(None, (left_out, estimate.note))))


def too_few(n: int) -> str:
    """What a figure under the floor says instead of a value."""
    return f"too few answers (n = {n})"


def within_variance(cells: Iterable[CellCount]) -> float | None:
    """The mean of p(1 − p) over cells' own chances p, unbiased; None if all were asked once.

    m(K − m)/(K(K − 1)) averaged by K − 1, so that a cell asked more often says more.
    """
    repeated = [cell for cell in cells if cell.answers > 1]
    if not repeated:
        return None
    spread = fsum(c.hits * (c.answers - c.hits) / c.answers for c in repeated)
    return spread / sum(c.answers - 1 for c in repeated)


def _answers(cells: Iterable[CellCount]) -> int:
    return sum(cell.answers for cell in cells)


def _nothing(engines: Sequence[Sequence[CellCount]]) -> Estimate:
    cells = [cell for engine in engines for cell in engine]
    n, hits = _answers(cells), sum(cell.hits for cell in cells)
    note = too_few(n)
    if len(engines) > 1:
        note = f"too few answers (n = {n}, at most {max(map(_answers, engines))} of one engine)"
    return Estimate(None, hits, n, len({cell.question for cell in cells}), note=note)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A cell with its weight in the figure."""

    cell: CellCount
    weight: float


@dataclass(frozen=True, slots=True)
class _Engine:
    """One engine's rate, its cells' weights, and its questions' shares."""

    share: float
    cells: tuple[_Weighed, ...]
    questions: Mapping[str, float]


def _pooled(engines: Sequence[Sequence[CellCount]], confidence: float) -> Estimate:
    parts = [_engine(cells, len(engines)) for cells in engines]
    value = fsum(part.share for part in parts) / len(parts)
    cells = [weighed for part in parts for weighed in part.cells]
    questions = len({weighed.cell.question for weighed in cells})
    notes = []
    if questions == 1:
        notes.append("one question: nothing is known about others")
    if all(weighed.cell.answers == 1 for weighed in cells) and questions > 1:
        notes.append("one answer per cell: panel interval at its widest")
    return Estimate(
        value,
        sum(weighed.cell.hits for weighed in cells),
        sum(weighed.cell.answers for weighed in cells),
        questions,
        _panel_interval(parts, value, confidence),
        _market_interval(parts, value, confidence) if questions > 1 else None,
        "; ".join(notes),
    )


def _engine(cells: Sequence[CellCount], engines: int) -> _Engine:
    by_question: dict[str, list[CellCount]] = defaultdict(list)
    for cell in cells:
        by_question[cell.question].append(cell)
    shares = {
        question: fsum(c.hits / c.answers for c in group) / len(group)
        for question, group in by_question.items()
    }
    weighed = tuple(
        _Weighed(cell, 1 / (engines * len(by_question) * len(group)))
        for group in by_question.values()
        for cell in group
    )
    return _Engine(fsum(shares.values()) / len(shares), weighed, shares)


def _binomial_variance(parts: Sequence[_Engine], value: float) -> float:
    """The figure's variance if all questions of an engine had the same chance.

    An engine's share is drawn a little to the mean (two answers' worth), so that one that always
    or never names the brand still has a variance.
    """
    return fsum(_shrunk_spread(part, value) * _squared_weights(part.cells) for part in parts)


def _shrunk_spread(part: _Engine, value: float) -> float:
    n = sum(weighed.cell.answers for weighed in part.cells)
    share = (part.share * n + 2 * value) / (n + 2)
    return share * (1 - share)


def _squared_weights(cells: Iterable[_Weighed]) -> float:
    return fsum(weighed.weight**2 / weighed.cell.answers for weighed in cells)


def _panel_interval(parts: Sequence[_Engine], value: float, confidence: float) -> Interval:
    """Wilson's interval for the answers' number divided by the share of variance in repeats.

    That share is Σ w²·m(K − m)/(K(K − 1))/K over the binomial variance, MEASUREMENT.md's formula
    in ratio form, with one unit of "no difference between questions" added: it is what keeps
    cells that agreed by luck from claiming certainty. Its evidence is the repeats of the cells
    in which the rarer outcome happened; with single answers it is 1, the widest it can be.
    """
    cells = [weighed for part in parts for weighed in part.cells]
    z = normal_quantile((1 + confidence) / 2)
    binomial = _binomial_variance(parts, value)
    if binomial == 0:
        return score_interval(value, 1 / _squared_weights(cells), z)
    repeats = _panel_variance(cells) / binomial
    evidence = sum(w.cell.answers - 1 for w in cells if _shows_rarer(w.cell, value))
    share = min(1.0, (repeats * evidence + 1) / (evidence + 1))
    return score_interval(value, value * (1 - value) / (binomial * share), z)


def _panel_variance(cells: Sequence[_Weighed]) -> float:
    """Σ w²·v/K with v = m(K − m)/(K(K − 1)); cells asked once borrow the others' mean v."""
    borrowed = within_variance(weighed.cell for weighed in cells) or 0.0
    return fsum(w.weight**2 / w.cell.answers * _cell_variance(w.cell, borrowed) for w in cells)


def _cell_variance(cell: CellCount, borrowed: float) -> float:
    if cell.answers == 1:
        return borrowed
    return cell.hits * (cell.answers - cell.hits) / (cell.answers * (cell.answers - 1))


def _shows_rarer(cell: CellCount, value: float) -> bool:
    return cell.hits > 0 if value <= 0.5 else cell.hits < cell.answers


def _market_interval(parts: Sequence[_Engine], value: float, confidence: float) -> Interval:
    """Wilson's interval for the answers' number divided by the design effect of the questions.

    The design effect is the cluster variance by question over the binomial one, from 1 (questions
    are all alike) to the answers per question (a question's answers are all alike). It is drawn
    to the middle of the two by one question's worth, and the quantile goes from normal to
    Student's t as the questions, not the answers, carry the variance.
    """
    cells = [weighed for part in parts for weighed in part.cells]
    questions = len({weighed.cell.question for weighed in cells})
    alone = 1 / _squared_weights(cells)
    per_question = max(1.0, alone / questions)
    middle = (1 + per_question) / 2
    z = normal_quantile((1 + confidence) / 2)
    binomial = _binomial_variance(parts, value)
    rarer = len({w.cell.question for w in cells if _shows_rarer(w.cell, value)})
    effect = middle
    if binomial > 0:
        seen = min(max(_market_variance(parts) / binomial, 1.0), per_question)
        effect = (seen * rarer + middle) / (rarer + 1)
    t = t_quantile((1 + confidence) / 2, questions - 1)
    quantile = z + (t - z) * (1 - 1 / effect)
    effective = value * (1 - value) / (binomial * effect) if binomial > 0 else alone / effect
    return score_interval(value, effective, quantile)


def _market_variance(parts: Sequence[_Engine]) -> float:
    """The cluster variance by question of the mean of the engines' rates (linearised)."""
    pulls: dict[str, list[float]] = defaultdict(list)
    for part in parts:
        for question, share in part.questions.items():
            pull = (share - part.share) / (len(parts) * len(part.questions))
            pulls[question].append(pull)
    n = len(pulls)
    return n / (n - 1) * fsum(fsum(pull) ** 2 for pull in pulls.values())
