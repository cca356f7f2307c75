"""From a figure's variances to its intervals, where the figure is a ratio or a mean of scores."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import NamedTuple

from monitor.stats.estimates import Estimate
from monitor.stats.intervals import normal_quantile, score_interval, t_quantile


@dataclass(frozen=True, slots=True)
class Spread:
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


def with_intervals(estimate: Estimate, spread: Spread, confidence: float) -> Estimate:
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
        alone_note = "one question: nothing is known about others"
        return replace(estimate, note="; ".join(filter(None, (estimate.note, alone_note))))
    t = t_quantile((1 + confidence) / 2, spread.questions - 1)
    tries = whole / market if market > 0 else spread.questions
    return replace(estimate, market=score_interval(spread.value, tries, t))


class Residuals(NamedTuple):
    """How many values a cell has, their sum, and the sum of their squares."""

    answers: int
    total: float
    squares: float

    @property
    def around_mean(self) -> float:
        """Σ (value − mean)²."""
        return max(0.0, self.squares - self.total**2 / self.answers)


def mean_variances(cells: Sequence[Residuals]) -> list[float]:
    """Each cell's variance of its mean; cells with one value borrow the others' spread."""
    degrees = sum(cell.answers - 1 for cell in cells)
    if degrees == 0:  # nothing was repeated: the whole spread is the most it can be
        every = Residuals(
            sum(cell.answers for cell in cells),
            fsum(cell.total for cell in cells),
            fsum(cell.squares for cell in cells),
        )
        borrowed = every.around_mean / max(every.answers - 1, 1)
    else:
        borrowed = fsum(cell.around_mean for cell in cells) / degrees
    return [
        (cell.around_mean / (cell.answers - 1) if cell.answers > 1 else borrowed) / cell.answers
        for cell in cells
    ]


def squares_around_mean(values: Sequence[float]) -> float:
    """Σ (value − mean)²."""
    mean = fsum(values) / len(values)
    return fsum((value - mean) ** 2 for value in values)
