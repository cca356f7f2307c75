"""The pure statistics: estimates, changes, their causes, plans; no I/O, no clock, no hidden seed.

MEASUREMENT.md, section 4, says what each figure means. scipy is imported where it is used.
"""

from monitor.stats.estimates import (
    FLOOR,
    CellCount,
    Estimate,
    mean_of_rates,
    rate,
    too_few,
    within_variance,
)
from monitor.stats.intervals import Interval, wilson

__all__ = [
    "FLOOR",
    "CellCount",
    "Estimate",
    "Interval",
    "mean_of_rates",
    "rate",
    "too_few",
    "wilson",
    "within_variance",
]
