"""A stream of weekly figures watched for a lasting shift: standardised steps and a CUSUM."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from monitor.stats.estimates import CellCount, merged

ALLOWANCE = 0.5
THRESHOLD = 5.0
_CALM_WEEKS = 10
"""How many weeks of plain sampling noise the watch assumes before it believes in more."""


@dataclass(frozen=True, slots=True)
class CusumPoint:
    """Both sums after one value; `signal` is 1 (up), −1 (down) or 0.

    `since` is the index of the first value of the rise or fall: the likely time of the shift.
    """

    upper: float
    lower: float
    signal: int
    since: int


@dataclass(frozen=True, slots=True)
class WeeklyStep:
    """A wave against all earlier ones, paired by cell: `z` is `difference` in standard errors."""

    wave: int
    difference: float
    z: float
    cells: int


def cusum(
    values: Iterable[float], *, k: float = ALLOWANCE, h: float = THRESHOLD
) -> tuple[CusumPoint, ...]:
    """The two-sided CUSUM (Page 1954; Montgomery); after a signal both sums start again at 0."""
    points: list[CusumPoint] = []
    upper = lower = 0.0
    rise = fall = 0
    for index, value in enumerate(values):
        rise, fall = (index if upper == 0 else rise), (index if lower == 0 else fall)
        upper, lower = max(0.0, upper + value - k), max(0.0, lower - value - k)
        signal = _signal(upper, lower, h)
        since = rise if upper >= lower else fall
        points.append(CusumPoint(upper, lower, signal, since if upper or lower else index))
        if signal:
            upper = lower = 0.0
    return tuple(points)


def weekly_steps(waves: Sequence[Iterable[CellCount]]) -> tuple[WeeklyStep, ...]:
    """One standardised step for each wave that shares cells with earlier ones.

    A wave is compared with all earlier waves since the watch began, not with the last one only: a
    lasting shift then keeps speaking, where week-on-week differences show it once and fall silent.
    Without a shift these recursive residuals are independent (Hawkins 1987, self-starting CUSUM).
    Weeks that swing more than repeats explain widen the later steps' standard errors.
    """
    steps: list[WeeklyStep] = []
    earlier: dict[tuple[str, str], CellCount] = {}
    excess = 0.0
    for number, wave in enumerate(waves):
        now = merged(wave)
        step = _step(number, earlier, now, (excess + _CALM_WEEKS) / (len(steps) + _CALM_WEEKS))
        if step is not None:
            steps.append(step)
            excess += min(step.z**2, 4.0)
        earlier = merged([*earlier.values(), *now.values()])
    return tuple(steps)


def likely_start(values: Sequence[float], end: int) -> int:
    """The index from which on the values up to `end` most likely have another mean.

    The start that maximises (Σ z)²/count, the likelihood ratio of a lasting shift. The CUSUM's
    own `since` is earlier, as it also counts what happened to point the same way before.
    """
    best, start, total = -1.0, end, 0.0
    for index in range(end, -1, -1):
        total += values[index]
        ratio = total * total / (end - index + 1)
        if ratio > best:
            best, start = ratio, index
    return start


def run_length(*, k: float = ALLOWANCE, h: float = THRESHOLD, shift: float = 0.0) -> float:
    """How many weeks on average until the two-sided CUSUM signals, for a shift in σ.

    Page's integral equation by Gauss–Legendre quadrature for each side; the sides combine as
    1/ARL = 1/ARL⁺ + 1/ARL⁻ (Montgomery, Introduction to Statistical Quality Control).
    """
    return 1 / (1 / _one_sided(k, h, shift) + 1 / _one_sided(k, h, -shift))


def _signal(upper: float, lower: float, h: float) -> int:
    if upper > h and upper >= lower:
        return 1
    return -1 if lower > h else 0


def _step(
    number: int,
    earlier: dict[tuple[str, str], CellCount],
    now: dict[tuple[str, str], CellCount],
    dispersion: float,
) -> WeeklyStep | None:
    shared = sorted(earlier.keys() & now.keys())
    if not shared:
        return None
    pairs = [(earlier[key], now[key]) for key in shared]
    cells: dict[str, int] = defaultdict(int)
    for old, _ in pairs:
        cells[old.question] += 1
    weights = [1 / (len(cells) * cells[old.question]) for old, _ in pairs]
    difference = fsum(
        w * (new.hits / new.answers - old.hits / old.answers)
        for w, (old, new) in zip(weights, pairs, strict=True)
    )
    variance = _step_variance(pairs, weights)
    z = difference / sqrt(variance * max(1.0, dispersion)) if variance > 0 else 0.0
    return WeeklyStep(number, difference, z, len(pairs))


def _step_variance(pairs: Sequence[tuple[CellCount, CellCount]], weights: Sequence[float]) -> float:
    """The difference's variance if every cell kept its chance, pooled over both sides.

    As in the panel interval, one unit of "all cells have the same chance" is added, so that
    cells that always agreed leave room for an accident.
    """
    hits = sum(old.hits + new.hits for old, new in pairs)
    answers = sum(old.answers + new.answers for old, new in pairs)
    share = hits / answers
    factors = [
        w * w * (1 / old.answers + 1 / new.answers)
        for w, (old, new) in zip(weights, pairs, strict=True)
    ]
    alike = share * (1 - share) * fsum(factors)
    own = fsum(f * _chance_spread(*pair) for f, pair in zip(factors, pairs, strict=True))
    evidence = sum(1 for old, new in pairs if 0 < old.hits + new.hits < old.answers + new.answers)
    return (own * evidence + min(alike, 1.0)) / (evidence + 1)


def _chance_spread(old: CellCount, new: CellCount) -> float:
    hits, answers = old.hits + new.hits, old.answers + new.answers
    return hits * (answers - hits) / (answers * (answers - 1))


def _one_sided(k: float, h: float, shift: float, nodes: int = 40) -> float:
    import numpy as np
    from scipy.special import ndtr

    at, weight = np.polynomial.legendre.leggauss(nodes)
    at, weight = h * (at + 1) / 2, h * weight / 2
    starts = np.concatenate(([0.0], at))
    gap = at[None, :] + k - starts[:, None] - shift
    kernel = np.zeros((nodes + 1, nodes + 1))
    kernel[:, 1:] = np.exp(-(gap**2) / 2) / np.sqrt(2 * np.pi) * weight
    kernel[:, 0] = ndtr(k - starts - shift)
    return float(np.linalg.solve(np.eye(nodes + 1) - kernel, np.ones(nodes + 1))[0])
