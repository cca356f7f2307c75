"""What part of the store is looked at: read from the URL, written back to it.

`bind="query-params"` of Streamlit's widgets writes an option's label into the URL, so a link
made in German would mean nothing in English, nor after a label is reworded. The URL is
therefore read and written here, with ids that stay.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from monitor.queries import PackLine, View, WaveLine

LANGUAGES = ("en", "de")
PERIODS = ("1", "4", "8", "12", "26", "52", "all")
DEFAULT_PERIOD = "4"
PREVIOUS, LAST_YEAR, NO_COMPARISON = "previous", "year", "none"
UNBRANDED, BRANDED = "unbranded", "branded"

Params = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen: the store's packs, and the waves of the chosen one, newest first."""

    packs: tuple[PackLine, ...]
    waves: tuple[WaveLine, ...]

    def pack(self, pack_id: str | None) -> PackLine:
        """The pack with this id, else the one with the newest answers."""
        return next((line for line in self.packs if line.pack == pack_id), self.packs[0])

    def slots(self, pack_id: str) -> tuple[date, ...]:
        """Days on which the pack's waves were due, newest first."""
        days = (date.fromisoformat(w.slot[:10]) for w in self.waves if w.pack == pack_id)
        return tuple(dict.fromkeys(days))

    def periods(self, pack_id: str) -> tuple[str, ...]:
        """Periods that say something different for the pack, in waves."""
        waves = len(self.slots(pack_id))
        kept = [p for p in PERIODS if p == "all" or int(p) < waves]
        return tuple(kept)

    def comparisons(self, pack_id: str) -> tuple[str, ...]:
        """What the period can be compared with."""
        days = tuple(day.isoformat() for day in self.slots(pack_id))
        return (PREVIOUS, LAST_YEAR, NO_COMPARISON, *days)


@dataclass(frozen=True, slots=True)
class Filters:
    """A reader's choice; empty tuples mean all."""

    pack: str
    brand: str
    period: str = DEFAULT_PERIOD
    compare: str = PREVIOUS
    engines: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    personas: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()
    kind: str = UNBRANDED


_MANY = {"engine": "engines", "locale": "locales", "persona": "personas", "intent": "intents"}
NAMES = ("pack", "brand", "waves", "compare", *_MANY, "kind")
"""Names of the filters in the URL."""


def read_filters(params: Params, choices: Choices) -> Filters:
    """The filters that a URL's parameters ask for; what can't be is left at its default."""
    asked = {name: tuple(values) for name, values in params.items()}
    # "" is a pack as well: answers that were imported for none.
    line = choices.pack(next(iter(asked.get("pack", ())), None))
    default = default_filters(line, choices)
    return replace(
        default,
        brand=_one_of(_first(asked, "brand"), line.brands, default.brand),
        period=_one_of(_first(asked, "waves"), choices.periods(line.pack), default.period),
        compare=_one_of(_first(asked, "compare"), choices.comparisons(line.pack), PREVIOUS),
        kind=_one_of(_first(asked, "kind"), (UNBRANDED, BRANDED), UNBRANDED),
        engines=_some_of(asked.get("engine", ()), line.engines),
        locales=_some_of(asked.get("locale", ()), line.locales),
        personas=_some_of(asked.get("persona", ()), line.personas),
        intents=_some_of(asked.get("intent", ()), line.intents),
    )


def default_filters(line: PackLine, choices: Choices) -> Filters:
    """The filters of a reader who chose nothing but the pack."""
    period = _one_of(DEFAULT_PERIOD, choices.periods(line.pack), "all")
    return Filters(line.pack, line.brands[0] if line.brands else "", period)


def write_filters(filters: Filters, choices: Choices) -> dict[str, list[str]]:
    """The URL's parameters for `filters`; what is at its default isn't written."""
    default = default_filters(choices.pack(filters.pack), choices)
    written = {} if filters.pack == choices.packs[0].pack else {"pack": [filters.pack]}
    single = {"brand": "brand", "waves": "period", "compare": "compare", "kind": "kind"}
    for name, attribute in single.items():
        value = getattr(filters, attribute)
        if value != getattr(default, attribute):
            written[name] = [value]
    for name, attribute in _MANY.items():
        if values := getattr(filters, attribute):
            written[name] = list(values)
    return written


def view_of(filters: Filters, choices: Choices) -> View:
    """The part of the store that the filters ask for."""
    slots = choices.slots(filters.pack)
    view = View(
        pack=filters.pack,
        engines=filters.engines,
        locales=filters.locales,
        personas=filters.personas,
        intents=filters.intents,
        branded=filters.kind == BRANDED,
    )
    if filters.period == "all":
        return view
    return replace(view, since=slots[: int(filters.period)][-1])


def earlier_view(filters: Filters, choices: Choices) -> View | None:
    """The part of the store that the view is compared with; None where there is none.

    A wave within the period is none: the same answers would stand on both sides.
    """
    view, slots = view_of(filters, choices), choices.slots(filters.pack)
    if filters.compare == NO_COMPARISON or not slots:
        return None
    if filters.compare == PREVIOUS:
        return _previous(view, filters.period, slots)
    if filters.compare == LAST_YEAR:
        return _year_before(view, slots)
    chosen = date.fromisoformat(filters.compare)
    if view.since is None or chosen >= view.since:
        return None
    return replace(view, since=chosen, until=chosen)


def _previous(view: View, period: str, slots: Sequence[date]) -> View | None:
    if period == "all":
        return None
    before = slots[int(period) : 2 * int(period)]
    return replace(view, since=before[-1], until=before[0]) if before else None


def _year_before(view: View, slots: Sequence[date]) -> View | None:
    year = timedelta(weeks=52)
    since = (view.since or slots[-1]) - year
    until = slots[0] - year
    there = any(since <= slot <= until for slot in slots)
    return replace(view, since=since, until=until) if there else None


def _first(asked: Mapping[str, Sequence[str]], name: str) -> str:
    values = asked.get(name, ())
    return values[0] if values else ""


def _one_of(value: str, options: Sequence[str], default: str) -> str:
    return value if value in options else default


def _some_of(values: Sequence[str], options: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value in options))
