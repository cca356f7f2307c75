"""The pure statistics: estimates, changes, their causes, plans; no I/O, no clock, no hidden seed.

MEASUREMENT.md, section 4, says what each figure means. The most used names are here; the rest
are in the modules: estimates, shares, ranks, changes, attribution, cusum, planning, variance,
agreement. scipy is imported where it is used: importing this package is cheap.
"""

from monitor.stats.changes import (
    Change,
    ChangeLabel,
    Verdict,
    benjamini_hochberg,
    label_changes,
    paired_change,
)
from monitor.stats.estimates import (
    FLOOR,
    CellCount,
    Estimate,
    mean_of_rates,
    merged,
    rate,
    too_few,
    within_variance,
)
from monitor.stats.intervals import Interval, wilson
from monitor.stats.ranks import AnswerRank, CellLists, list_stability, mean_rank, rbo_ext
from monitor.stats.shares import AnswerParts, AnswerTone, net_sentiment, share

__all__ = [
    "FLOOR",
    "AnswerParts",
    "AnswerRank",
    "AnswerTone",
    "CellCount",
    "CellLists",
    "Change",
    "ChangeLabel",
    "Estimate",
    "Interval",
    "Verdict",
    "benjamini_hochberg",
    "label_changes",
    "list_stability",
    "mean_of_rates",
    "mean_rank",
    "merged",
    "net_sentiment",
    "paired_change",
    "rate",
    "rbo_ext",
    "share",
    "too_few",
    "wilson",
    "within_variance",
]
