"""Figures of lists: the mean rank, and how much a cell's repeats agree on whom they list."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from math import fsum, sqrt
from typing import NamedTuple

from monitor.stats.estimates import FLOOR, Estimate, left_out_note, too_few
from monitor.stats.intervals import Interval, normal_quantile, t_quantile, wilson
from monitor.stats.spreads import (
    Residuals,
    Spread,
    mean_variances,
    squares_around_mean,
    with_intervals,
)


@dataclass(frozen=True, slots=True, order=True)
class AnswerRank:
    """The brand's rank in one answer that has it in a list."""

    question: str
    rank: int
    group: str = ""


class CellRanks(NamedTuple):
    """The brand's ranks in one cell's answers that have it in a list: how many, Σ and Σ²."""

    question: str
    ranked: int
    rank_sum: int
    rank_squares: int
    group: str = ""


@dataclass(frozen=True, slots=True)
class CellLists:
    """The lists of names that the answers of one cell recommend, one list per answer."""

    question: str
    lists: tuple[tuple[str, ...], ...]
    group: str = ""


def mean_rank(
    ranks: Iterable[AnswerRank], *, floor: int = FLOOR, confidence: float = 0.95
) -> Estimate:
    """The mean rank given that the brand is ranked; `n` is the ranked answers, `k` the same.

    Hidden under `floor` ranked answers; a rank is never imputed.
    """
    cells: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in ranks:
        cells[row.question, row.group].append(row.rank)
    return mean_rank_of_cells(
        [
            CellRanks(question, len(found), sum(found), sum(r * r for r in found), group)
            for (question, group), found in cells.items()
        ],
        floor=floor,
        confidence=confidence,
    )


def mean_rank_of_cells(
    cells: Iterable[CellRanks], *, floor: int = FLOOR, confidence: float = 0.95
) -> Estimate:
    """`mean_rank` from each cell's sums instead of its answers."""
    return mean_of_ranks([list(cells)], floor=floor, confidence=confidence)


def mean_of_ranks(
    engines: Iterable[Sequence[CellRanks]], *, floor: int = FLOOR, confidence: float = 0.95
) -> Estimate:
    """The mean of the engines' mean ranks; an engine under `floor` is left out, as `note` says."""
    each = [[cell for cell in cells if cell.ranked > 0] for cells in engines]
    kept = [cells for cells in each if sum(c.ranked for c in cells) >= max(floor, 1)]
    if not kept:
        n = sum(cell.ranked for cells in each for cell in cells)
        questions = len({cell.question for cells in each for cell in cells})
        return Estimate(None, n, n, questions, note=too_few(n))
    n = sum(cell.ranked for cells in kept for cell in cells)
    means = [_RankMean.of(cells, len(kept)) for cells in kept]
    pulls: dict[str, float] = defaultdict(float)
    for mean in means:
        for question, pull in mean.pulls.items():
            pulls[question] += pull
    value, questions = fsum(mean.value for mean in means) / len(means), len(pulls)
    half = normal_quantile((1 + confidence) / 2) * sqrt(fsum(mean.panel for mean in means))
    note = left_out_note(len(each) - len(kept), len(each))
    estimate = Estimate(value, n, n, questions, _rank_interval(value, half, n), note=note)
    if questions == 1:
        return estimate
    t = t_quantile((1 + confidence) / 2, questions - 1)
    market = fsum(pull**2 for pull in pulls.values()) * questions / (questions - 1)
    return replace(estimate, market=_rank_interval(value, t * sqrt(market), questions))


@dataclass(frozen=True, slots=True)
class _RankMean:
    """One engine's mean rank, its part of the panel's variance, and each question's pull on it."""

    value: float
    panel: float
    pulls: Mapping[str, float]

    @classmethod
    def of(cls, cells: Sequence[CellRanks], engines: int) -> "_RankMean":
        n = sum(cell.ranked for cell in cells)
        value = sum(cell.rank_sum for cell in cells) / n
        pulls: dict[str, float] = defaultdict(float)
        for cell in cells:
            pulls[cell.question] += (cell.rank_sum - value * cell.ranked) / (n * engines)
        spreads = [Residuals(c.ranked, float(c.rank_sum), float(c.rank_squares)) for c in cells]
        variances = zip(mean_variances(spreads), spreads, strict=True)
        panel = fsum(v * spread.answers**2 for v, spread in variances) / (n * engines) ** 2
        return cls(value, panel, pulls)


def rbo_ext(first: Sequence[str], second: Sequence[str], p: float = 0.8) -> float:
    """Extrapolated rank-biased overlap of two rankings without ties, 0 to 1.

    Webber, Moffat & Zobel, A similarity measure for indefinite rankings, ACM TOIS 2010, eq. 32.
    """
    short, long = sorted((first, second), key=len)
    if not short:
        return float(not long)
    overlaps = _overlaps(short, long)
    s, length = len(short), len(long)
    agreed = fsum(overlaps[d] / d * p**d for d in range(1, length + 1))
    beyond = fsum(overlaps[s] * (d - s) / (s * d) * p**d for d in range(s + 1, length + 1))
    rest = (overlaps[length] - overlaps[s]) / length + overlaps[s] / s
    return (1 - p) / p * (agreed + beyond) + rest * p**length


def list_stability(
    cells: Iterable[CellLists], *, p: float = 0.8, floor: int = FLOOR, confidence: float = 0.95
) -> Estimate:
    """The mean pairwise RBO between a cell's repeats; `k` pairs of `n` lists.

    Answers without a list aren't compared, and a cell needs two lists. The panel interval is a
    jackknife over the repeats (a bootstrap would pair a list with itself); cells with two lists
    borrow the others' variance.
    """
    return mean_of_stabilities([list(cells)], p=p, floor=floor, confidence=confidence)


def mean_of_stabilities(
    engines: Iterable[Sequence[CellLists]],
    *,
    p: float = 0.8,
    floor: int = FLOOR,
    confidence: float = 0.95,
) -> Estimate:
    """The mean of the engines' list stability; an engine with too few lists is left out."""
    each = [_scored_cells(cells, p) for cells in engines]
    kept = [cells for cells in each if sum(c.lists for c in cells) >= max(floor, 1)]
    rows = [cell for cells in kept or each for cell in cells]
    n, questions = sum(c.lists for c in rows), len({c.question for c in rows})
    pairs = sum(c.lists * (c.lists - 1) // 2 for c in rows)
    if not kept:
        return Estimate(None, pairs, n, questions, note=too_few(n))
    spread = _score_spread(kept)
    note = left_out_note(len(each) - len(kept), len(each))
    estimate = Estimate(spread.value, pairs, n, questions, note=note)
    return with_intervals(estimate, spread, confidence)


def _rank_interval(value: float, half: float, tries: int) -> Interval:
    """The mean rank ± half, not under 1; without any spread, room for one place's deviation."""
    half = half if half > 0 else wilson(0, tries).high
    return Interval(max(1.0, value - half), value + half)


# -- list stability ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _ScoredCell:
    """A cell's mean pairwise RBO, and its jackknife variance where it has three lists."""

    question: str
    lists: int
    score: float
    variance: float | None


def _scored_cells(cells: Iterable[CellLists], p: float) -> list[_ScoredCell]:
    """The cells that have two lists or more."""
    listed = [(cell.question, [names for names in cell.lists if names]) for cell in cells]
    return [_scored(question, lists, p) for question, lists in listed if len(lists) > 1]


@lru_cache(maxsize=100_000)
def _overlap(first: tuple[str, ...], second: tuple[str, ...], p: float) -> float:
    """`rbo_ext`, remembered: the same few lists come up again and again."""
    return rbo_ext(first, second, p)


def _scored(question: str, lists: Sequence[tuple[str, ...]], p: float) -> _ScoredCell:
    n = len(lists)
    pairs = {(i, j): _overlap(lists[i], lists[j], p) for i, j in combinations(range(n), 2)}
    score = fsum(pairs.values()) / len(pairs)
    if n == 2:
        return _ScoredCell(question, n, score, None)
    without = [fsum(v for pair, v in pairs.items() if i not in pair) for i in range(n)]
    means = [total / ((n - 1) * (n - 2) / 2) for total in without]
    return _ScoredCell(question, n, score, (n - 1) / n * squares_around_mean(means))


def _score_spread(engines: Sequence[Sequence[_ScoredCell]]) -> Spread:
    """The mean of the engines' scores; a question on all engines is one cluster."""
    values, panels = [], []
    pulls: dict[str, float] = defaultdict(float)
    for cells in engines:
        means = _question_means(cells)
        value = fsum(means.values()) / len(means)
        values.append(value)
        panels.append(_score_panel(cells))
        for question, mean in means.items():
            pulls[question] += (mean - value) / (len(means) * len(engines))
    n, value = len(pulls), fsum(values) / len(values)
    market = fsum(pull**2 for pull in pulls.values()) * n / max(n - 1, 1)
    known = [panel for panel in panels if panel is not None]
    panel = fsum(known) / len(known) / len(engines) if known else market
    repeats = sum(cell.lists - 1 for cells in engines for cell in cells)
    return Spread(value, n, n, n, repeats, panel, market)


def _question_means(cells: Iterable[_ScoredCell]) -> dict[str, float]:
    groups: dict[str, list[float]] = defaultdict(list)
    for cell in cells:
        groups[cell.question].append(cell.score)
    return {question: fsum(scores) / len(scores) for question, scores in groups.items()}


def _score_panel(cells: Sequence[_ScoredCell]) -> float | None:
    """One engine's variance by the jackknife; None where no cell has three lists."""
    known = [c.variance * c.lists for c in cells if c.variance is not None]
    if not known:
        return None
    per_list = fsum(known) / len(known)
    groups = Counter(cell.question for cell in cells)
    parts = (
        (c.variance if c.variance is not None else per_list / c.lists) / groups[c.question] ** 2
        for c in cells
    )
    return fsum(parts) / len(groups) ** 2


def _overlaps(short: Sequence[str], long: Sequence[str]) -> Mapping[int, int]:
    """How many names the two rankings share down to each depth of the longer one."""
    seen: set[str] = set()
    common, overlaps = 0, {}
    for depth in range(1, len(long) + 1):
        pair = {long[depth - 1]} | ({short[depth - 1]} if depth <= len(short) else set())
        matched = pair & seen
        if depth <= len(short) and long[depth - 1] == short[depth - 1]:
            common += 1
        common += len(matched)
        seen |= pair
        overlaps[depth] = common
    return overlaps
