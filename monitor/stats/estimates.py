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


def rate(
    cells: Iterable[CellCount],
    *,
    earlier: Iterable[CellCount] = (),
    floor: int = FLOOR,
    confidence: float = 0.95,
) -> Estimate:
    """The share of answers with the event, each question weighing the same.

    A cell without answers is left out, never counted as zero; given all the same, it widens the
    panel interval by what its question might have answered. `earlier` counts of the same cells
    only help to tell repeats from questions: without them, cells asked once have a panel interval
    as wide as the market's. Counts of one cell from several waves go through `merged` first.
    """
    return mean_of_rates([list(cells)], earlier=[list(earlier)], floor=floor, confidence=confidence)


def mean_of_rates(
    engines: Iterable[Sequence[CellCount]],
    *,
    earlier: Iterable[Sequence[CellCount]] = (),
    floor: int = FLOOR,
    confidence: float = 0.95,
) -> Estimate:
    """The mean of the engines' rates, each engine weighing the same.

    Engines are asked the same questions, so the market interval takes a question on all engines
    as one cluster. An engine below `floor` has no figure: it is left out, and `note` says so.
    `earlier` counts stand in the order of the engines.
    """
    each = [list(cells) for cells in engines]
    kept = [i for i, cells in enumerate(each) if _answers(cells) >= max(floor, 1)]
    if not kept:
        return _nothing(each)
    past = dict(enumerate(earlier))
    known = [list(merged([*each[i], *past.get(i, ())]).values()) for i in kept if past.get(i)]
    estimate = _pooled([each[i] for i in kept], known, confidence)
    if len(kept) == len(each):
        return estimate
    left_out = left_out_note(len(each) - len(kept), len(each))
    return replace(estimate, note="; ".join(filter(None, (left_out, estimate.note))))


def merged(cells: Iterable[CellCount]) -> dict[tuple[str, str], CellCount]:
    """The cells with answers by question and group, counts of the same cell added up."""
    found: dict[tuple[str, str], CellCount] = {}
    for cell in cells:
        if cell.answers == 0:
            continue
        key = (cell.question, cell.group)
        known = found.get(key)
        if known is not None:
            cell = replace(  # noqa: PLW2901 - the same cell, with the earlier counts added
                cell, hits=cell.hits + known.hits, answers=cell.answers + known.answers
            )
        found[key] = cell
    return found


def too_few(n: int) -> str:
    """What a figure under the floor says instead of a value."""
    return f"too few answers (n = {n})"


def left_out_note(left_out: int, engines: int) -> str:
    """What a figure says that couldn't take in every engine."""
    return f"{left_out} of {engines} engines left out: too few answers" if left_out else ""


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


def _questions(cells: Iterable[CellCount]) -> int:
    return len({cell.question for cell in cells if cell.answers > 0})


def _nothing(engines: Sequence[Sequence[CellCount]]) -> Estimate:
    cells = [cell for engine in engines for cell in engine]
    n, hits = _answers(cells), sum(cell.hits for cell in cells)
    note = too_few(n)
    if len(engines) > 1:
        note = f"too few answers (n = {n}, at most {max(map(_answers, engines))} of one engine)"
    return Estimate(None, hits, n, _questions(cells), note=note)


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


@dataclass(frozen=True, slots=True)
class _Pool:
    """A figure with what both of its intervals start from.

    `binomial` is the variance it would have if an engine's questions all had the same chance, and
    `alike` the number of independent answers that would have that variance; `missing` is the
    share of the planned cells without answers.
    """

    value: float
    engines: tuple[_Engine, ...]
    cells: tuple[_Weighed, ...]
    questions: int
    binomial: float
    alike: float
    missing: float


def _pooled(
    engines: Sequence[Sequence[CellCount]],
    known: Sequence[Sequence[CellCount]],
    confidence: float,
) -> Estimate:
    pool = _pool(engines)
    longer = _pool(known) if known else pool
    once = all(weighed.cell.answers == 1 for weighed in longer.cells)
    if pool.questions == 1:
        note = "one question: nothing is known about others"
    else:
        note = "one answer per cell: panel interval at its widest" if once else ""
    return Estimate(
        pool.value,
        sum(weighed.cell.hits for weighed in pool.cells),
        sum(weighed.cell.answers for weighed in pool.cells),
        pool.questions,
        _panel_interval(pool, _repeats_share(longer), confidence),
        _market_interval(pool, confidence) if pool.questions > 1 else None,
        note,
    )


def _pool(engines: Sequence[Sequence[CellCount]]) -> _Pool:
    parts = tuple(_engine(cells, len(engines)) for cells in engines)
    value = fsum(part.share for part in parts) / len(parts)
    cells = tuple(weighed for part in parts for weighed in part.cells)
    binomial = fsum(_alike_variance(part, value) for part in parts)
    alike = value * (1 - value) / binomial if binomial > 0 else 1 / _squared_weights(cells)
    missing = 1 - len(cells) / sum(len(planned) for planned in engines)
    questions = _questions(weighed.cell for weighed in cells)
    return _Pool(value, parts, cells, questions, binomial, alike, missing)


def _engine(cells: Sequence[CellCount], engines: int) -> _Engine:
    by_question: dict[str, list[CellCount]] = defaultdict(list)
    for cell in cells:
        if cell.answers > 0:
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


def _alike_variance(engine: _Engine, value: float) -> float:
    """An engine's part of the variance if its questions all had the same chance.

    Its share is drawn a little to the mean of the engines (two answers' worth), so that one that
    always or never names the brand still has a variance.
    """
    n = sum(weighed.cell.answers for weighed in engine.cells)
    share = (engine.share * n + 2 * value) / (n + 2)
    return share * (1 - share) * _squared_weights(engine.cells)


def _squared_weights(cells: Iterable[_Weighed]) -> float:
    return fsum(weighed.weight**2 / weighed.cell.answers for weighed in cells)


def _panel_interval(pool: _Pool, share: float, confidence: float) -> Interval:
    """Wilson's interval, z, for the answers' number over the repeats' share of the variance.

    What missing cells might have answered comes in as in a sample from a finite population: by
    the market's variance over the panel's, for the missing share of the cells.
    """
    if pool.missing > 0 and pool.questions > 1:
        share += pool.missing * max(0.0, _question_effect(pool) - share)
    return score_interval(pool.value, pool.alike / share, normal_quantile((1 + confidence) / 2))


def _repeats_share(pool: _Pool) -> float:
    """The part of the binomial variance that repeats of the same questions have, 0 to 1.

    It is Σ w²·m(K − m)/(K(K − 1))/K, MEASUREMENT.md's formula, over the binomial variance, with
    one unit of "the questions are alike" added: it keeps cells that agreed by luck from claiming
    certainty. The evidence against it is the repeats of the cells that show the rarer outcome;
    with single answers there is none, and the share is 1, the most that it can be.
    """
    if pool.binomial == 0:
        return 1.0
    seen = _panel_variance(pool.cells) / pool.binomial
    evidence = sum(w.cell.answers - 1 for w in pool.cells if _shows_rarer(w.cell, pool.value))
    return min(1.0, (seen * evidence + 1) / (evidence + 1))


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


def _market_interval(pool: _Pool, confidence: float) -> Interval:
    """Wilson's interval for the answers' number divided by the design effect of the questions.

    The quantile goes from normal to Student's t as the variance comes from the questions: with
    single answers it is binomial, and known from the value alone. t has questions − 1 degrees of
    freedom, but no more than four for each question that shows the rarer outcome: the variance
    of rare events is told by those few.
    """
    effect = _question_effect(pool)
    z = normal_quantile((1 + confidence) / 2)
    degrees = min(pool.questions - 1, max(2, 4 * _questions_with_rarer(pool)))
    t = t_quantile((1 + confidence) / 2, degrees)
    return score_interval(pool.value, pool.alike / effect, z + (t - z) * (1 - 1 / effect))


def _question_effect(pool: _Pool) -> float:
    """The design effect: the cluster variance by question over the binomial one.

    It lies between 1 (questions are alike) and the answers per question (all answers to a question
    are alike), and is drawn to the middle of the two by half a question's worth; the evidence is
    the questions that show the rarer outcome.
    """
    per_question = max(1.0, 1 / (_squared_weights(pool.cells) * pool.questions))
    middle = (1 + per_question) / 2
    if pool.binomial == 0:
        return middle
    seen = min(max(_market_variance(pool) / pool.binomial, 1.0), per_question)
    rarer = _questions_with_rarer(pool)
    return (seen * rarer + middle / 2) / (rarer + 0.5)


def _questions_with_rarer(pool: _Pool) -> int:
    return len({w.cell.question for w in pool.cells if _shows_rarer(w.cell, pool.value)})


def _market_variance(pool: _Pool) -> float:
    """The cluster variance by question of the mean of the engines' rates (linearised)."""
    pulls: dict[str, list[float]] = defaultdict(list)
    for engine in pool.engines:
        for question, share in engine.questions.items():
            pull = (share - engine.share) / (len(pool.engines) * len(engine.questions))
            pulls[question].append(pull)
    n = len(pulls)
    return n / (n - 1) * fsum(fsum(pull) ** 2 for pull in pulls.values())
