"""Figures with their uncertainty: the same numbers for pages, reports and exports."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from monitor.queries.view import COUNTED, View
from monitor.stats import CellCount, Estimate, Interval, mean_of_rates, rate
from monitor.store import Store


class Event(StrEnum):
    """What is counted in an answer for a rate, by the figure's name in reports."""

    VISIBILITY = "visibility"
    RECOMMENDATION = "recommendation_rate"
    FIRST = "first_rate"
    TOP3 = "top3_rate"


_COLUMN = {
    Event.VISIBILITY: "visible",
    Event.RECOMMENDATION: "recommended",
    Event.FIRST: "first",
    Event.TOP3: "top3",
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


class _Row(NamedTuple):
    brand: str
    engine: str
    locale: str
    persona: str
    week: str
    question_id: str
    hits: int
    answers: int


class _Scope(NamedTuple):
    """What a figure is about, apart from its brand."""

    engine: str | None
    locale: str | None
    week: str | None


_WEEK = "strftime(day, '%G-W%V')"

_CELLS = f"""
WITH {COUNTED},
cells AS (
  SELECT {_WEEK} AS week, wave_id, day, engine, locale, persona, question_id,
         sum(answers)::BIGINT AS answers
  FROM counted WHERE status = 'ok' GROUP BY ALL
),
brands AS (
  SELECT DISTINCT unnest(brands) AS brand FROM released WHERE pack = $pack
),
hits AS (
  SELECT m.brand, m.wave_id, m.day, m.engine, m.locale, m.persona, m.question_id,
         sum(CASE $event WHEN 'visible' THEN m.visible WHEN 'recommended' THEN m.recommended
             WHEN 'first' THEN m.first WHEN 'top3' THEN m.top3 END)::BIGINT AS hits
  FROM rollup_mentions m JOIN released v USING (pack, version)
  WHERE m.pack = $pack GROUP BY ALL
)
SELECT b.brand, c.engine, c.locale, c.persona, c.week, c.question_id,
       sum(coalesce(h.hits, 0))::BIGINT, sum(c.answers)::BIGINT
FROM cells c CROSS JOIN brands b
LEFT JOIN hits h
  ON h.brand = b.brand AND h.wave_id = c.wave_id AND h.day = c.day AND h.engine = c.engine
  AND h.locale = c.locale AND h.persona = c.persona AND h.question_id = c.question_id
WHERE len($brands::VARCHAR[]) = 0 OR list_contains($brands::VARCHAR[], b.brand)
GROUP BY ALL ORDER BY ALL
"""

_EXCLUDED = f"""
WITH {COUNTED}
SELECT engine, locale, {_WEEK} AS week, status, sum(answers)::BIGINT
FROM counted WHERE status <> 'ok' GROUP BY ALL ORDER BY ALL
"""

_VERSION = "SELECT version FROM released WHERE pack = $pack"


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
    if view.branded is None:
        raise ValueError("branded and unbranded questions are never pooled into one figure")
    with store.reading(f"computing {event}") as con:
        parameters = view.parameters()
        version = con.execute(_VERSION, {"pack": view.pack}).fetchone()
        cells = con.execute(
            _CELLS, {**parameters, "event": _COLUMN[event], "brands": list(brands)}
        ).fetchall()
        excluded = con.execute(_EXCLUDED, parameters).fetchall()
    rows = [_Row(*row) for row in cells]
    left_out = _left_out(excluded, by)
    versions = {"measure": version[0]} if version else {}
    return tuple(
        _figure(event, brand, scope, group, left_out.get(scope, {}), versions)
        for (scope, brand), group in _grouped(rows, by)
    )


def cell_counts(
    store: Store, view: View, event: Event = Event.VISIBILITY, brands: Sequence[str] = ()
) -> dict[str, tuple[tuple[str, CellCount], ...]]:
    """By brand, the engine and the counts of each of the view's cells, weeks added up.

    A cell's `group` is unique within its question, so that changes can pair cells.
    """
    if view.branded is None:
        raise ValueError("branded and unbranded questions are never pooled into one figure")
    keys = {**view.parameters(), "event": _COLUMN[event], "brands": list(brands)}
    with store.reading(f"counting {event} by cell") as con:
        rows = [_Row(*row) for row in con.execute(_CELLS, keys).fetchall()]
    by_brand: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        by_brand[row.brand].append(row)
    return {brand: tuple(_engine_cells(group)) for brand, group in by_brand.items()}


def _engine_cells(rows: Iterable[_Row]) -> Iterable[tuple[str, CellCount]]:
    for engine, cells in _cells_by(rows, lambda row: row.engine).items():
        for cell in cells:
            yield engine, replace(cell, group=f"{engine}/{cell.group}")


def last_wave_cells(store: Store, pack: str, brand: str) -> tuple[CellCount, ...]:
    """Visibility counts of every cell of the pack's latest wave, engines apart."""
    with store.reading("reading past cells") as con:
        wave = con.execute(
            """
            SELECT wave_id FROM rollup_answers WHERE pack = $pack AND wave_id <> ''
            ORDER BY day DESC, wave_id DESC LIMIT 1
            """,
            {"pack": pack},
        ).fetchone()
        if wave is None:
            return ()
        view = View(pack, waves=(wave[0],))
        rows = con.execute(
            _CELLS, {**view.parameters(), "event": "visible", "brands": [brand]}
        ).fetchall()
    return tuple(
        CellCount(row.question_id, row.hits, row.answers, f"{row.engine}/{row.locale}")
        for row in (_Row(*row) for row in rows)
    )


def _grouped(rows: Iterable[_Row], by: By) -> list[tuple[tuple[_Scope, str], list[_Row]]]:
    groups: dict[tuple[_Scope, str], list[_Row]] = defaultdict(list)
    for row in rows:
        groups[_scope(row.engine, row.locale, row.week, by), row.brand].append(row)
    return sorted(
        groups.items(), key=lambda item: [part or "" for part in (*item[0][0], item[0][1])]
    )


def _scope(engine: str, locale: str, week: str, by: By) -> _Scope:
    return _Scope(
        engine if by.engine else None, locale if by.locale else None, week if by.week else None
    )


def _left_out(
    rows: Iterable[tuple[str, str, str, str, int]], by: By
) -> dict[_Scope, dict[str, int]]:
    sums: dict[_Scope, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for engine, locale, week, status, answers in rows:
        sums[_scope(engine, locale, week, by)][status] += answers
    return {scope: dict(counts) for scope, counts in sums.items()}


def _figure(
    event: Event,
    brand: str,
    scope: _Scope,
    rows: Sequence[_Row],
    excluded: dict[str, int],
    versions: dict[str, str],
) -> Figure:
    estimate = _estimate(rows)
    return Figure(
        figure=event.value,
        brand=brand,
        **scope._asdict(),
        value=estimate.value,
        k=estimate.k,
        n=estimate.n,
        questions=estimate.questions,
        panel=estimate.panel,
        market=estimate.market,
        excluded=excluded,
        versions=versions,
        note=estimate.note,
    )


def _estimate(rows: Sequence[_Row]) -> Estimate:
    by_engine = _cells_by(rows, lambda row: row.engine)
    if len(by_engine) == 1:
        return rate(next(iter(by_engine.values())))
    return mean_of_rates(list(by_engine.values()))


def _cells_by(rows: Iterable[_Row], key: Callable[[_Row], str]) -> dict[str, list[CellCount]]:
    """Cells of each group, weeks of one cell added up."""
    sums: dict[tuple[str, str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        counts = sums[key(row), row.question_id, row.locale, row.persona]
        counts[0] += row.hits
        counts[1] += row.answers
    groups: dict[str, list[CellCount]] = defaultdict(list)
    for (group, question, locale, persona), (hits, answers) in sums.items():
        groups[group].append(CellCount(question, hits, answers, f"{locale}/{persona}"))
    return groups
