"""Figures that are a ratio of sums or a mean of scores: shares, net sentiment, ranks, stability.

Share of voice, citation share and net sentiment are Σ part / Σ whole. Their standard errors come
from linearising the ratio, by question (market) and by repeat within cell (panel), and go into
Wilson's interval. MEASUREMENT.md names a bootstrap of questions, then repeats; it counts the
repeats' noise twice, its percentiles cover too little where questions are few or shares small,
and it collapses at 0 and 1 (tests/benchmarks/coverage.py shows both).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import fsum, sqrt

from monitor.stats.estimates import FLOOR, Estimate, too_few
from monitor.stats.intervals import Interval, normal_quantile, score_interval, t_quantile, wilson


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


@dataclass(frozen=True, slots=True, order=True)
class AnswerRank:
    """The brand's rank in one answer that has it in a list."""

    question: str
    rank: int
    group: str = ""


@dataclass(frozen=True, slots=True, order=True)
class CellParts:
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


@dataclass(frozen=True, slots=True, order=True)
class CellRanks:
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
    rows = [cell for cell in cells if cell.answers > 0]
    count = sum(cell.answers for cell in rows)
    k, n = round(fsum(c.part for c in rows)), round(fsum(c.whole for c in rows))
    questions = len({cell.question for cell in rows})
    if count < max(floor, 1):
        return Estimate(None, k, n, questions, note=too_few(count))
    if n == 0:
        return Estimate(None, 0, 0, questions, note="nothing to take a share of")
    spread = _ratio_spread(rows)
    return _with_intervals(Estimate(spread.value, k, n, spread.questions), spread, confidence)


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
    found = share(halves, floor=floor, confidence=confidence)
    if found.value is None:
        return replace(found, k=k)
    return replace(
        found,
        k=k,
        value=2 * found.value - 1,
        panel=_doubled(found.panel),
        market=_doubled(found.market),
    )


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
    rows = [cell for cell in cells if cell.ranked > 0]
    n, questions = sum(cell.ranked for cell in rows), len({cell.question for cell in rows})
    if n < max(floor, 1):
        return Estimate(None, n, n, questions, note=too_few(n))
    value = sum(cell.rank_sum for cell in rows) / n
    by_question: dict[str, float] = defaultdict(float)
    for cell in rows:
        by_question[cell.question] += cell.rank_sum - value * cell.ranked
    market = fsum(pull**2 for pull in by_question.values()) / n**2
    spreads = [
        _Residuals(cell.ranked, float(cell.rank_sum), float(cell.rank_squares)) for cell in rows
    ]
    variances = zip(_mean_variances(spreads), spreads, strict=True)
    panel = fsum(v * spread.count**2 for v, spread in variances) / n**2
    z = normal_quantile((1 + confidence) / 2)
    estimate = Estimate(value, n, n, questions, _rank_interval(value, z * sqrt(panel), n))
    if questions == 1:
        return estimate
    t = t_quantile((1 + confidence) / 2, questions - 1)
    half = t * sqrt(market * questions / (questions - 1))
    return replace(estimate, market=_rank_interval(value, half, questions))


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
    scored = [_scored(cell.question, _listed(cell), p) for cell in cells if len(_listed(cell)) > 1]
    n, questions = sum(c.lists for c in scored), len({c.question for c in scored})
    pairs = sum(c.lists * (c.lists - 1) // 2 for c in scored)
    if n < max(floor, 1):
        return Estimate(None, pairs, n, questions, note=too_few(n))
    spread = _score_spread(scored)
    return _with_intervals(Estimate(spread.value, pairs, n, questions), spread, confidence)


# -- intervals of a value between 0 and 1 from its variances ------------------------------------


@dataclass(frozen=True, slots=True)
class _Spread:
    """A value in 0 to 1, its variances, and what they rest on.

    `units` is how many tries there would be if every one were independent; `telling` and `repeats`
    how many questions and repeats the two variances are evidence of.
    """

    value: float
    questions: int
    units: float
    telling: int
    repeats: int
    panel: float
    market: float


def _with_intervals(estimate: Estimate, spread: _Spread, confidence: float) -> Estimate:
    """Both intervals of the estimate: Wilson's for the tries that would have its variance.

    The market's variance gets one question's worth of "independent tries" added, the panel's one
    repeat's worth of the market's, so that neither is 0 by luck.
    """
    z = normal_quantile((1 + confidence) / 2)
    whole = spread.value * (1 - spread.value)
    alone = whole / max(spread.units, 1)
    market = (spread.market * spread.telling + alone) / (spread.telling + 1)
    panel = (spread.panel * spread.repeats + market) / (spread.repeats + 1)
    tries = whole / panel if panel > 0 else max(spread.units, 1)
    estimate = replace(estimate, panel=score_interval(spread.value, tries, z))
    if spread.questions == 1:
        return replace(estimate, note="one question: nothing is known about others")
    t = t_quantile((1 + confidence) / 2, spread.questions - 1)
    tries = whole / market if market > 0 else spread.questions
    return replace(estimate, market=score_interval(spread.value, tries, t))


@dataclass(frozen=True, slots=True)
class _Residuals:
    """How many values a cell has, their sum, and the sum of their squares."""

    count: int
    total: float
    squares: float

    @property
    def around_mean(self) -> float:
        """Σ (value − mean)²."""
        return max(0.0, self.squares - self.total**2 / self.count)


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


def _ratio_spread(cells: Sequence[CellParts]) -> _Spread:
    """The linearised variances of the ratio (Cochran, Sampling Techniques, 1977, chapter 6)."""
    groups = Counter(cell.question for cell in cells)
    weights = [1 / (groups[cell.question] * cell.answers) for cell in cells]
    whole = fsum(w * cell.whole for w, cell in zip(weights, cells, strict=True))
    value = fsum(w * cell.part for w, cell in zip(weights, cells, strict=True)) / whole
    residuals = [_residuals(cell, value) for cell in cells]
    pulls: dict[str, float] = defaultdict(float)
    for weight, cell, residual in zip(weights, cells, residuals, strict=True):
        pulls[cell.question] += weight * residual.total
    n = len(pulls)
    market = fsum(pull**2 for pull in pulls.values()) * n / max(n - 1, 1)
    within = fsum(
        variance / groups[cell.question] ** 2
        for cell, variance in zip(cells, _mean_variances(residuals), strict=True)
    )
    return _Spread(
        value,
        n,
        fsum(cell.whole for cell in cells),
        len({cell.question for cell in cells if _tells(cell, value)}),
        sum(cell.answers - 1 for cell in cells),
        within / whole**2,
        market / whole**2,
    )


def _residuals(cell: CellParts, value: float) -> _Residuals:
    """The answers' part − value · whole."""
    return _Residuals(
        cell.answers,
        cell.part - value * cell.whole,
        cell.part_squares - 2 * value * cell.products + value**2 * cell.whole_squares,
    )


def _tells(cell: CellParts, value: float) -> bool:
    """Whether an answer has what is the rarer: our part, or the others'."""
    return cell.part > 0 if value <= 0.5 else cell.part < cell.whole


def _mean_variances(cells: Sequence[_Residuals]) -> list[float]:
    """Each cell's variance of its mean; cells with one value borrow the others' spread."""
    degrees = sum(cell.count - 1 for cell in cells)
    if degrees == 0:  # nothing was repeated: the whole spread is the most it can be
        every = _Residuals(
            sum(cell.count for cell in cells),
            fsum(cell.total for cell in cells),
            fsum(cell.squares for cell in cells),
        )
        borrowed = every.around_mean / max(every.count - 1, 1)
    else:
        borrowed = fsum(cell.around_mean for cell in cells) / degrees
    return [
        (cell.around_mean / (cell.count - 1) if cell.count > 1 else borrowed) / cell.count
        for cell in cells
    ]


def _squares(values: Sequence[float]) -> float:
    mean = fsum(values) / len(values)
    return fsum((value - mean) ** 2 for value in values)


def _doubled(interval: Interval | None) -> Interval | None:
    return interval and Interval(2 * interval.low - 1, 2 * interval.high - 1)


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


def _listed(cell: CellLists) -> list[tuple[str, ...]]:
    return [names for names in cell.lists if names]


def _scored(question: str, lists: Sequence[Sequence[str]], p: float) -> _ScoredCell:
    n = len(lists)
    pairs = {(i, j): rbo_ext(lists[i], lists[j], p) for i, j in combinations(range(n), 2)}
    score = fsum(pairs.values()) / len(pairs)
    if n == 2:
        return _ScoredCell(question, n, score, None)
    without = [fsum(v for pair, v in pairs.items() if i not in pair) for i in range(n)]
    means = [total / ((n - 1) * (n - 2) / 2) for total in without]
    return _ScoredCell(question, n, score, (n - 1) / n * _squares(means))


def _score_spread(cells: Sequence[_ScoredCell]) -> _Spread:
    by_question: dict[str, list[_ScoredCell]] = defaultdict(list)
    for cell in cells:
        by_question[cell.question].append(cell)
    means = [fsum(c.score for c in group) / len(group) for group in by_question.values()]
    n, value = len(means), fsum(means) / len(means)
    market = _squares(means) / (n * max(n - 1, 1))
    known = [(c.variance * c.lists, c.lists) for c in cells if c.variance is not None]
    per_list = fsum(v for v, _ in known) / len(known) if known else None
    panel = market
    if per_list is not None:
        panel = fsum(
            (c.variance if c.variance is not None else per_list / c.lists) / len(group) ** 2
            for group in by_question.values()
            for c in group
        ) / (n * n)
    return _Spread(value, n, n, n, sum(c.lists - 1 for c in cells), panel, market)


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
