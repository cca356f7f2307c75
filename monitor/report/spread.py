"""Where the spread of a brand's visibility comes from, so that a team sees what money buys."""

from dataclasses import dataclass
from datetime import date

from monitor.errors import InputError
from monitor.queries import View, answer_table, packs
from monitor.report.period import chosen_period, find_pack
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
_WORTH_A_WORD = 0.05
"""A source with a smaller share of the spread asks for nothing."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The parts of the variance of one answer's visibility, largest first, unknown ones last."""

    brand: str
    since: date
    until: date
    answers: int
    components: tuple[Component, ...]
    simulated: bool

    def heading(self) -> str:
        """What is taken apart, in a line."""
        return (
            f"Where the spread of {self.brand}'s visibility comes from, {self.since} to "
            f"{self.until}, {self.answers} answers"
        )

    def records(self) -> list[dict[str, object]]:
        """One record for each source, for tables and JSON."""
        return [
            {
                "source": part.source,
                "levels": part.levels,
                "variance": part.variance,
                "share": part.share,
                "advice": _advice(part),
                "simulated": self.simulated,
            }
            for part in self.components
        ]


def _advice(part: Component) -> str:
    return _ADVICE.get(part.source, "") if (part.share or 0.0) >= _WORTH_A_WORD else ""


def spread_of(
    store: Store,
    pack_id: str | None = None,
    since: date | None = None,
    until: date | None = None,
    *,
    branded: bool = False,
) -> Spread:
    """The spread of our brand's visibility over a period; default as in a report.

    Raises InputError where there are too few answers to take anything apart.
    """
    pack = find_pack(packs(store), pack_id)
    first, last = chosen_period(pack, since, until)
    own = pack.brands[0]
    table = answer_table(store, View(pack.pack, first, last, branded=branded), own)
    if len(table.visible) < 2:
        raise InputError(
            f"there are {len(table.visible)} ok answers from {first} to {last}: too few to tell "
            f"where a spread comes from; there are answers from {pack.first_day} to "
            f"{pack.last_day}"
        )
    parts = variance_components(table.visible, table.sources)
    ordered = sorted(parts, key=lambda p: (p.share is None, -(p.share or 0.0)))
    return Spread(own, first, last, len(table.visible), tuple(ordered), pack.simulated)
