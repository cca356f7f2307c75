"""The pages' charts in Altair, as values: data in, chart out, nothing drawn here."""

from dashboard.charts.comparisons import (
    Moved,
    bars,
    coverage,
    differences,
    heatmap,
    intervals,
    wrapped,
)
from dashboard.charts.look import DARK, LIGHT, Layered, Look, Mark, Palette, monday
from dashboard.charts.probes import outcomes
from dashboard.charts.trends import places, stacked, trend

__all__ = [
    "DARK",
    "LIGHT",
    "Layered",
    "Look",
    "Mark",
    "Moved",
    "Palette",
    "bars",
    "coverage",
    "differences",
    "heatmap",
    "intervals",
    "monday",
    "outcomes",
    "places",
    "stacked",
    "trend",
    "wrapped",
]
