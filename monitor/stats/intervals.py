"""Intervals for shares: Wilson's score interval, also for an effective number of answers."""

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed range of values that the data can't tell from the estimate."""

    low: float
    high: float

    @property
    def margin(self) -> float:
        """Half the interval's width: the number after "±"."""
        return (self.high - self.low) / 2

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


@lru_cache(maxsize=64)
def normal_quantile(probability: float) -> float:
    """The standard normal quantile (1.96 at 0.975)."""
    from scipy.special import ndtri  # scipy is imported late: `monitor --help` needs none of it

    return float(ndtri(probability))


@lru_cache(maxsize=4096)
def t_quantile(probability: float, degrees: float) -> float:
    """Student's t quantile with `degrees` of freedom."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees, probability))


def wilson(hits: float, answers: float, confidence: float = 0.95) -> Interval:
    """Wilson's score interval for `hits` of `answers` independent tries (Newcombe 1998)."""
    z = normal_quantile((1 + confidence) / 2)
    return score_interval(hits / answers, answers, z)


def score_interval(share: float, answers: float, quantile: float) -> Interval:
    """Wilson's interval around `share` as if from `answers` independent tries.

    `answers` may be an effective number and `quantile` Student's t: the form that does best for
    clustered shares in Franco, Little, Louis & Slud, J. Survey Stat. Methodol. 2019.
    """
    squared = quantile * quantile / answers
    centre = (share + squared / 2) / (1 + squared)
    half = quantile * sqrt(share * (1 - share) / answers + squared / (4 * answers)) / (1 + squared)
    low = 0.0 if share <= 0 else max(0.0, centre - half)
    high = 1.0 if share >= 1 else min(1.0, centre + half)
    return Interval(low, high)


def effective_answers(value: float, interval: Interval, confidence: float = 0.95) -> float:
    """How many independent answers would give a score interval as wide as this one.

    The inverse of Wilson's interval in its number of tries, by bisection: it carries the clustering
    that an estimate's interval has into formulas that want a number of answers.
    """
    quantile = normal_quantile((1 + confidence) / 2)
    low, high = 0.1, 1e9
    for _ in range(80):
        middle = (low * high) ** 0.5
        if score_interval(value, middle, quantile).margin > interval.margin:
            low = middle
        else:
            high = middle
    return high


def difference_interval(
    old: tuple[float, Interval], new: tuple[float, Interval], *, middle: float | None = None
) -> Interval:
    """The interval of new − old from both rates' own intervals (Newcombe 1998, method 10).

    It lies around `middle`, by default the difference of the two rates.
    """
    (was, before), (now, after) = old, new
    centre = now - was if middle is None else middle
    low = sqrt((now - after.low) ** 2 + (before.high - was) ** 2)
    high = sqrt((after.high - now) ** 2 + (was - before.low) ** 2)
    return Interval(max(-1.0, centre - low), min(1.0, centre + high))
