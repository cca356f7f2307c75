"""Where the spread of a brand's visibility comes from, so that a team sees what money buys."""

from dataclasses import dataclass

from monitor.queries import View, answer_table
from monitor.report.period import Report
from monitor.stats.variance import Component, variance_components
from monitor.store import Store

_ADVICE = {
    "question": "more questions narrow the interval for questions like these",
    "phrasing": "paraphrases belong into the pack: wording alone changes answers",
    "engine": "read engines one by one before their mean",
    "locale": "read locales one by one before their mean",
    "week": "the figure really moves: look at the trend, not the mean",
    "repeat": "more repeats narrow the interval for these questions",
}


@dataclass(frozen=True, slots=True)
class Spread:
    """The parts of the variance of one answer's visibility, largest first."""

    answers: int
    components: tuple[Component, ...]

    def records(self) -> list[dict[str, object]]:
        """One record for each source, for tables and JSON."""
        return [
            {
                "source": part.source,
                "levels": part.levels,
                "variance": part.variance,
                "share": part.share,
                "advice": _ADVICE.get(part.source, ""),
            }
            for part in self.components
        ]


def spread_of(store: Store, report: Report) -> Spread:
    """The spread of our brand's visibility over the report's answers."""
    view = View(report.pack.pack, report.since, report.until)
    table = answer_table(store, view, report.own)
    parts = variance_components(table.visible, table.sources)
    return Spread(len(table.visible), tuple(sorted(parts, key=lambda p: -(p.share or 0.0))))
