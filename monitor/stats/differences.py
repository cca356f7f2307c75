"""The difference of two rates on the same cells, as a mean over engines that weigh the same."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum, sqrt
from statistics import fmean

from monitor.stats.estimates import (
    FLOOR,
    CellCount,
    Estimate,
    left_out_note,
    mean_of_rates,
    merged,
    too_few,
)
from monitor.stats.intervals import Interval, difference_interval, t_quantile

_Sides = tuple[Sequence[CellCount], Sequence[CellCount]]


@dataclass(frozen=True, slots=True)
class Difference:
    """after − before, and the two rates that it lies between; None where there are too few.

    `estimate.k` and `.n` are the answers before and after.
    """

    estimate: Estimate
    before: float | None = None
    after: float | None = None


def mean_of_differences(
    engines: Iterable[_Sides], *, floor: int = FLOOR, confidence: float = 0.95
) -> Difference:
    """The mean of the engines' differences on the cells that both of their sides have.

    Within an engine each question weighs the same. An engine whose two sides together have fewer
    than `floor` answers is left out. *panel*: these very questions, from both sides' own intervals
    (Newcombe 1998); *market*: questions like these, with a question on all engines as one cluster
    and Student's t for as many clusters less one; a few questions may happen to differ alike, but
    others are never better known than these.
    """
    each = [_shared(sides) for sides in engines]
    kept = [sides for sides in each if _answers(sides[0]) + _answers(sides[1]) >= max(floor, 1)]
    if not kept:
        found = sum(_answers(side) for sides in each for side in sides)
        return Difference(Estimate(None, 0, 0, 0, note=too_few(found)))
    before = mean_of_rates([old for old, _ in kept], floor=0, confidence=confidence)
    after = mean_of_rates([new for _, new in kept], floor=0, confidence=confidence)
    by_engine = [_differences(sides) for sides in kept]
    value = fmean(fmean(found.values()) for found in by_engine)
    panel = _panel(before, after, value)
    note = left_out_note(len(each) - len(kept), len(each)) if len(kept) < len(each) else ""
    questions = {question for found in by_engine for question in found}
    estimate = Estimate(value, before.n, after.n, len(questions), panel, note=note)
    half = _market_margin(by_engine, confidence)
    if half is not None:
        low, high = value - half, value + half
        if panel is not None:
            low, high = min(low, panel.low), max(high, panel.high)
        estimate = replace(estimate, market=Interval(max(-1.0, low), min(1.0, high)))
    return Difference(estimate, before.value, after.value)


def _shared(sides: _Sides) -> _Sides:
    old, new = merged(sides[0]), merged(sides[1])
    keys = sorted(old.keys() & new.keys())
    return [old[key] for key in keys], [new[key] for key in keys]


def _answers(cells: Iterable[CellCount]) -> int:
    return sum(cell.answers for cell in cells)


def _differences(sides: _Sides) -> Mapping[str, float]:
    """Each question's mean difference over its cells."""
    found: dict[str, list[float]] = defaultdict(list)
    for old, new in zip(*sides, strict=True):
        found[old.question].append(new.hits / new.answers - old.hits / old.answers)
    return {question: fmean(each) for question, each in found.items()}


def _panel(before: Estimate, after: Estimate, value: float) -> Interval | None:
    if before.value is None or before.panel is None or after.value is None or after.panel is None:
        return None
    return difference_interval(
        (before.value, before.panel), (after.value, after.panel), middle=value
    )


def _market_margin(by_engine: Sequence[Mapping[str, float]], confidence: float) -> float | None:
    """Half the interval over questions, each with its pull on the mean; None for one question."""
    pulls: dict[str, float] = defaultdict(float)
    for found in by_engine:
        middle = fmean(found.values())
        for question, difference in found.items():
            pulls[question] += (difference - middle) / (len(found) * len(by_engine))
    clusters = len(pulls)
    if clusters < 2:
        return None
    variance = fsum(pull**2 for pull in pulls.values()) * clusters / (clusters - 1)
    return t_quantile((1 + confidence) / 2, clusters - 1) * sqrt(variance)
