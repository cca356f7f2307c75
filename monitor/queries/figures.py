"""Figures with their uncertainty: the same numbers for pages, reports and exports."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from monitor.queries.cells import CellRow, LeftOut, cell_rows, judges_of, left_out, released
from monitor.queries.tone import NET_SENTIMENT, RIVAL_PREFERRED, rival_preferred, sentiment
from monitor.queries.view import COUNTED, View
from monitor.stats import CellCount, Estimate, Interval, mean_of_rates, rate
from monitor.stats.ranks import CellRanks, mean_of_ranks
from monitor.stats.shares import CellParts, mean_of_shares
from monitor.store import Store

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SHARE_OF_VOICE, MEAN_RANK = "share_of_voice", "mean_rank"
CITATION_SHARE = "citation_share"
"""The names in reports of the figures that aren't rates."""


class Event(StrEnum):
    """What is counted in an answer for a rate, by the figure's name in reports."""

    VISIBILITY = "visibility"
    RECOMMENDATION = "recommendation_rate"
    WARNING = "warning_rate"
    FIRST = "first_rate"
    TOP3 = "top3_rate"
    CITATION = "citation_rate"


_COLUMN = {
    Event.VISIBILITY: "visible",
    Event.RECOMMENDATION: "recommended",
    Event.WARNING: "warned_against",
    Event.FIRST: "first",
    Event.TOP3: "top3",
    Event.CITATION: "citing",
}


class By(NamedTuple):
    """What a figure is split by; what isn't, is pooled."""

    engine: bool = False
    locale: bool = False
    week: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed number; `engine`, `locale` and `week` are None where pooled over.

    `value` is None with a `note` where there are too few answers. `k` of `n` ok answers to
    `questions` questions have the event; `excluded` counts the answers left out by reason.
    `brand` is "" for figures of whole answers.
    """

    figure: str
    brand: str
    engine: str | None
    locale: str | None
    week: str | None
    value: float | None
    k: int
    n: int
    questions: int
    panel: Interval | None
    market: Interval | None
    excluded: dict[str, int] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    note: str = ""


class Scope(NamedTuple):
    """What a figure is about, apart from its brand."""

    engine: str | None
    locale: str | None
    week: str | None

    @classmethod
    def of(cls, row: CellRow | LeftOut, by: By) -> "Scope":
        """The scope that a row falls into."""
        return cls(
            row.engine if by.engine else None,
            row.locale if by.locale else None,
            row.week if by.week else None,
        )


def rates(
    store: Store,
    view: View,
    event: Event = Event.VISIBILITY,
    by: By = By(),  # noqa: B008 - a frozen value
    brands: Sequence[str] = (),
) -> tuple[Figure, ...]:
    """The rate of `event` for each brand, split as `by` says, in order of scope and brand.

    Pooled over engines it's the mean of the engines' rates, each weighing the same. Raises
    ValueError for a view that pools branded with unbranded questions.
    """
    never_pooled(view)
    reading = read(store, view, brands, weeks=by.week)
    return reading.figures({event.value: _rate_of(event)}, by)


def all_figures(
    store: Store,
    view: View,
    splits: Sequence[By],
    brands: Sequence[str] = (),
) -> tuple[Figure, ...]:
    """Every figure that is made of cells, split in each of the ways of `splits`.

    That is all of MEASUREMENT.md, section 4, but for list stability and memory against web.
    """
    never_pooled(view)
    readings = {
        weeks: read(store, view, brands, weeks=weeks) for weeks in {by.week for by in splits}
    }
    return tuple(
        figure
        for name, estimate in ESTIMATES.items()
        for by in splits
        for figure in readings[by.week].figures({name: estimate}, by)
    )


def never_pooled(view: View) -> None:
    """Raise ValueError for a view of both branded and unbranded questions."""
    if view.branded is None:
        raise ValueError("branded and unbranded questions are never pooled into one figure")


def read(store: Store, view: View, brands: Sequence[str] = (), *, weeks: bool) -> "Reading":
    """The view's cells, read once for each state of the store: a page asks for them repeatedly.

    Without weeks they are few, so that all brands are read at once and serve every question.
    """
    if weeks:
        return _read(store, _state(store), view, tuple(brands), weeks)
    return _read(store, _state(store), view, (), weeks).only(brands)


def _state(store: Store) -> tuple[tuple[int, int], ...]:
    """Size and time of the store's file and its write-ahead log: any write changes one of them."""
    found = []
    for path in (store.path, store.path.with_name(f"{store.path.name}.wal")):
        try:
            seen = path.stat()
        except FileNotFoundError:
            continue
        found.append((seen.st_mtime_ns, seen.st_size))
    return tuple(found)


def forget() -> None:
    """Forget every reading, as a process that has just started."""
    _read.cache_clear()


@lru_cache(maxsize=16)
def _read(
    store: Store,
    _state: tuple[tuple[int, int], ...],
    view: View,
    brands: tuple[str, ...],
    weeks: bool,
) -> "Reading":
    with store.reading("counting answers by cell") as con:
        return Reading.of(con, view, brands, weeks=weeks, sums=True)


Rows = Sequence[CellRow]
Estimator = Callable[[Rows, Rows], Estimate]
"""From the cells of one scope and brand, and earlier ones of the same cells, to an estimate."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reading of the store found: cells, what was left out, and earlier cells."""

    rows: Rows
    excluded: Sequence[LeftOut]
    version: str
    brands: tuple[str, ...]
    once: bool = False
    """Whether every cell was asked once: repeats are then told from questions by earlier waves."""
    earlier: Rows = ()
    judges: tuple[str, ...] = ()
    """Template and model of the judges that read the answers."""

    @classmethod
    def of(
        cls,
        con: "DuckDBPyConnection",
        view: View,
        brands: tuple[str, ...],
        *,
        weeks: bool,
        sums: bool,
    ) -> "Reading":
        """The view's cells; where cells were asked once, those of the twelve weeks before too."""
        version, tracked = released(con, view.pack)
        rows = cell_rows(con, view, brands, weeks=weeks, sums=sums)
        once = bool(rows) and all(row.answers < 2 for row in rows)
        earlier = _earlier_rows(con, view, brands) if once else ()
        judges = judges_of(con, view) if sums else ()
        left = left_out(con, view, weeks=weeks)
        return cls(rows, left, version, tracked, once, earlier, judges)

    def only(self, brands: Sequence[str]) -> "Reading":
        """The same of some brands; none named means all."""
        if not brands:
            return self
        return replace(
            self,
            rows=[row for row in self.rows if row.brand in brands],
            earlier=[row for row in self.earlier if row.brand in brands],
        )

    def figures(
        self,
        estimates: Mapping[str, Estimator],
        by: By,
        order: Callable[[str], object] = str,
    ) -> tuple[Figure, ...]:
        """Each estimate by scope and brand, brands in `order`."""
        groups: dict[tuple[Scope, str], list[CellRow]] = defaultdict(list)
        scopes: dict[tuple[str, str, str], Scope] = {}
        for row in self.rows:
            place = (row.engine, row.locale, row.week)
            if place not in scopes:
                scopes[place] = Scope.of(row, by)
            groups[scopes[place], row.brand].append(row)
        ordered = sorted(
            groups.items(),
            key=lambda item: ([part or "" for part in item[0][0]], order(item[0][1])),
        )
        excluded = self._excluded(by)
        return tuple(
            self._figure(name, brand, scope, estimate(group, self._before(brand, scope)), excluded)
            for name, estimate in estimates.items()
            for (scope, brand), group in ordered
        )

    def _figure(
        self,
        name: str,
        brand: str,
        scope: Scope,
        found: Estimate,
        excluded: Mapping[Scope, dict[str, int]],
    ) -> Figure:
        return Figure(
            figure=name,
            brand=brand,
            **scope._asdict(),
            value=found.value,
            k=found.k,
            n=found.n,
            questions=found.questions,
            panel=found.panel,
            market=found.market,
            excluded=excluded.get(scope, {}),
            versions=self._versions(name, found),
            note=found.note,
        )

    def _versions(self, name: str, found: Estimate) -> dict[str, str]:
        versions = {"measure": self.version} if self.version else {}
        if name in (NET_SENTIMENT, RIVAL_PREFERRED) and found.value is not None:
            versions["judged_by"] = ", ".join(self.judges)
        return versions

    def _excluded(self, by: By) -> Mapping[Scope, dict[str, int]]:
        sums: dict[Scope, dict[str, int]] = defaultdict(dict)
        for line in self.excluded:
            counts = sums[Scope.of(line, by)]
            counts[line.status] = counts.get(line.status, 0) + line.answers
        return sums

    def _before(self, brand: str, scope: Scope) -> Rows:
        """Earlier answers of the scope's cells: from before the view, and its own weeks before."""
        if not self.once:
            return ()
        own = [row for row in self.rows if scope.week is not None and row.week < scope.week]
        return [
            row
            for row in (*self.earlier, *own)
            if row.brand == brand
            and scope.engine in (None, row.engine)
            and scope.locale in (None, row.locale)
        ]


_EARLIER = timedelta(weeks=12)


def _earlier_rows(con: "DuckDBPyConnection", view: View, brands: tuple[str, ...]) -> Rows:
    query = f"WITH {COUNTED} SELECT min(day) FROM counted"
    row = con.execute(query, view.parameters()).fetchone()
    first: date | None = row[0] if row else None
    if first is None:
        return ()
    before = replace(view, since=first - _EARLIER, until=first - timedelta(days=1), waves=())
    return cell_rows(con, before, brands)


# -- estimates --------------------------------------------------------------------------------


def _by_engine(rows: Rows) -> dict[str, list[CellRow]]:
    groups: dict[str, list[CellRow]] = defaultdict(list)
    for row in rows:
        groups[row.engine].append(row)
    return groups


def _counts(rows: Rows, column: str) -> list[CellCount]:
    return [CellCount(r.question, getattr(r, column), r.answers, r.group) for r in rows]


def _rate_of(event: Event) -> Estimator:
    column = _COLUMN[event]

    def estimate(rows: Rows, earlier: Rows) -> Estimate:
        now = {engine: _counts(group, column) for engine, group in _by_engine(rows).items()}
        then = {engine: _counts(group, column) for engine, group in _by_engine(earlier).items()}
        past = [then.get(engine, []) for engine in now]
        if len(now) == 1:
            found = rate(next(iter(now.values())), earlier=past[0])
        else:
            found = mean_of_rates(list(now.values()), earlier=past)
        return _with_missing(found, rows)

    return estimate


def _with_missing(found: Estimate, rows: Rows) -> Estimate:
    """The estimate, saying how many planned cells have no answers: they widen its interval."""
    missing = sum(row.answers == 0 for row in rows)
    if not missing or found.value is None:
        return found
    note = f"{missing} of {len(rows)} cells have no answers"
    return replace(found, note="; ".join(filter(None, (found.note, note))))


def _voice(rows: Rows, _: Rows) -> Estimate:
    return mean_of_shares(
        [
            CellParts(
                r.question,
                r.answers,
                r.visible,
                r.named,
                r.visible,
                r.named_squares,
                r.named_with,
                r.group,
            )
            for r in group
        ]
        for group in _by_engine(rows).values()
    )


def _citations(rows: Rows, _: Rows) -> Estimate:
    return mean_of_shares(
        [
            CellParts(
                r.question,
                r.answers,
                r.cited,
                r.all_cited,
                r.cited_squares,
                r.all_cited_squares,
                r.cited_with,
                r.group,
            )
            for r in group
        ]
        for group in _by_engine(rows).values()
    )


def _rank(rows: Rows, _: Rows) -> Estimate:
    return mean_of_ranks(
        [CellRanks(r.question, r.ranked, r.rank_sum, r.rank_squares, r.group) for r in group]
        for group in _by_engine(rows).values()
    )


ESTIMATES: Mapping[str, Estimator] = {
    **{event.value: _rate_of(event) for event in Event},
    SHARE_OF_VOICE: _voice,
    MEAN_RANK: _rank,
    CITATION_SHARE: _citations,
    NET_SENTIMENT: sentiment,
    RIVAL_PREFERRED: rival_preferred,
}
"""Every figure that is made of cells, by its name in reports."""


# -- cells for changes and plans ----------------------------------------------------------------


def cell_counts(
    store: Store, view: View, event: Event = Event.VISIBILITY, brands: Sequence[str] = ()
) -> dict[str, tuple[tuple[str, CellCount], ...]]:
    """By brand, the engine and the counts of each of the view's cells, weeks added up.

    A cell's `group` is unique within its question, so that changes can pair cells. Cells without
    ok answers are left out.
    """
    never_pooled(view)
    rows = read(store, view, brands, weeks=False).rows
    by_brand: dict[str, list[tuple[str, CellCount]]] = defaultdict(list)
    column = _COLUMN[event]
    for r in rows:
        if r.answers:
            group = f"{r.engine}/{r.group}"
            counts = CellCount(r.question, getattr(r, column), r.answers, group)
            by_brand[r.brand].append((r.engine, counts))
    return {brand: tuple(cells) for brand, cells in by_brand.items()}


def last_wave_cells(
    store: Store, pack: str, brand: str, waves: int = 1
) -> dict[str, tuple[CellCount, ...]]:
    """Visibility counts of the cells of the pack's latest `waves` with answers, by engine."""
    with store.reading("reading past cells") as con:
        found = con.execute(
            """
            SELECT DISTINCT day, wave_id FROM rollup_answers
            WHERE pack = $pack AND wave_id <> '' AND status = 'ok'
            ORDER BY day DESC, wave_id DESC LIMIT $waves
            """,
            {"pack": pack, "waves": waves},
        ).fetchall()
        ids = tuple(wave for _, wave in found)
        rows = cell_rows(con, View(pack, waves=ids), (brand,)) if ids else []
    return {engine: tuple(_counts(group, "visible")) for engine, group in _by_engine(rows).items()}
