"""A period's figures, collected once and then written in any format."""

from dataclasses import dataclass
from datetime import date, timedelta

from monitor.errors import InputError
from monitor.queries import (
    LIST_STABILITY,
    WEB_GAIN,
    By,
    Event,
    Figure,
    PackLine,
    View,
    accuracy_figures,
    all_figures,
    packs,
    probe_figures,
    stability_figures,
    web_gain_figures,
)
from monitor.store import Store

_SPLITS = (
    By(),
    By(engine=True),
    By(locale=True),
    By(week=True),
    By(engine=True, week=True),
)
DEFAULT_WEEKS = 4


@dataclass(frozen=True, slots=True)
class Report:
    """Figures of `pack` from `since` to `until`, both included; `pack.brands[0]` is ours."""

    pack: PackLine
    since: date
    until: date
    figures: tuple[Figure, ...]
    branded: bool = False
    probes: tuple[Figure, ...] = ()
    """Figures over probes of facts, pooled and by engine: apart from all others."""

    @property
    def all_figures(self) -> tuple[Figure, ...]:
        """Everything, for programs: each figure has its own name."""
        return (*self.figures, *self.probes)

    @property
    def questions(self) -> str:
        """Which questions the figures are of, for headings."""
        return "questions that name the brand" if self.branded else "unbranded questions"

    @property
    def own(self) -> str:
        """The brand whose report this is."""
        return self.pack.brands[0]

    def pick(self, by: By, figure: Event = Event.VISIBILITY) -> tuple[Figure, ...]:
        """Figures split just as `by` says."""
        return tuple(
            f
            for f in self.figures
            if f.figure == figure.value
            and (f.engine is not None, f.locale is not None, f.week is not None) == by
        )

    def headline(self) -> tuple[Figure, ...]:
        """Each figure of our brand once: over everything, memory against web for each pair."""
        return tuple(
            f
            for f in self.figures
            if (f.brand == self.own or f.figure == LIST_STABILITY)
            and (f.figure == WEB_GAIN or (f.engine, f.locale, f.week) == (None, None, None))
        )


def report_on(
    store: Store,
    pack_id: str | None = None,
    since: date | None = None,
    until: date | None = None,
    *,
    branded: bool = False,
) -> Report:
    """The report on a pack's period; default: the last pack asked, its last four weeks.

    Raises InputError when there is nothing to report on yet.
    """
    with store.reading("a report"):
        pack = find_pack(packs(store), pack_id)
        first, last = chosen_period(pack, since, until)
        view = View(pack.pack, first, last, branded=branded)
        figures = (
            *all_figures(store, view, _SPLITS),
            *stability_figures(store, view, _SPLITS),
            *web_gain_figures(store, view),
            *(accuracy_figures(store, view, pack.brands[0], _SPLITS) if pack.brands else ()),
        )
        probes = probe_figures(store, view)
    if not figures:
        kind = "questions that name the brand" if branded else "unbranded questions"
        raise InputError(
            f"there are no ok answers of {pack.pack or 'imported answers'} to {kind} from {first} "
            f"to {last}; there are answers from {pack.first_day} to {pack.last_day}"
        )
    return Report(pack, first, last, figures, branded, probes)


def chosen_period(pack: PackLine, since: date | None, until: date | None) -> tuple[date, date]:
    """First and last day of the period meant; default: the pack's last four weeks."""
    last = until or pack.last_day
    first = since or last - timedelta(weeks=DEFAULT_WEEKS) + timedelta(days=1)
    if until is None and first > last:
        raise InputError(
            f"there are no answers since {first}; there are answers from {pack.first_day} to "
            f"{pack.last_day}"
        )
    if first > last:
        raise InputError(f"the period ends on {last} before it starts on {first}; swap the days")
    return first, last


def find_pack(found: tuple[PackLine, ...], pack_id: str | None) -> PackLine:
    """The pack of this id, by default the one asked last."""
    if not found:
        raise InputError(
            "there are no measured answers yet; run `monitor demo` to look around, or "
            "`monitor run PACK` to ask"
        )
    if pack_id is None:
        return found[0]
    for pack in found:
        if pack.pack == pack_id:
            return pack
    known = ", ".join(pack.pack or '"" (imported)' for pack in found)
    raise InputError(f"there are no answers of a pack {pack_id!r}; there are some of {known}")
