"""Two periods held against each other: what moved, how sure that is, and what it's put down to."""

from collections import defaultdict
from dataclasses import dataclass

from monitor.queries.figures import Event, cell_counts
from monitor.queries.rows import fetch
from monitor.queries.view import COUNTED, View
from monitor.stats import CellCount, Change, Verdict, label_changes, paired_change
from monitor.stats.attribution import Attribution, EngineEvidence, Sides, attribute
from monitor.store import Store

_Cells = dict[str, dict[str, list[CellCount]]]
"""Cells by brand and engine."""


@dataclass(frozen=True, slots=True)
class Movement:
    """One brand's change, on one engine or (None) on all; judged with all others shown."""

    brand: str
    engine: str | None
    change: Change
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Movements:
    """Ours on all engines and on each, then each rival on all; and a cause for each engine."""

    figure: str
    lines: tuple[Movement, ...]
    causes: tuple[Attribution, ...]

    def cause_on(self, engine: str) -> Attribution | None:
        """What our movement on `engine` is put down to, None where it isn't on both sides."""
        return next((cause for cause in self.causes if cause.engine == engine), None)


def movements(
    store: Store, before: View, after: View, own: str, event: Event = Event.VISIBILITY
) -> Movements:
    """Every change between the two views that a report shows, labelled together."""
    old = _nested(store, before, event)
    new = _nested(store, after, event)
    engines = sorted(old.get(own, {}).keys() & new.get(own, {}).keys())
    rivals = sorted((old.keys() & new.keys()) - {own})
    scopes: list[tuple[str, str | None]] = [(own, None)]
    scopes += [(own, engine) for engine in engines]
    scopes += [(rival, None) for rival in rivals]
    changes = [paired_change(_on(old, *scope), _on(new, *scope)) for scope in scopes]
    lines = tuple(
        Movement(brand, engine, change, verdict)
        for (brand, engine), change, verdict in zip(
            scopes, changes, label_changes(changes), strict=True
        )
    )
    served = [_served(store, view) for view in (before, after)]
    evidence = [
        EngineEvidence(
            engine,
            Sides(_on(old, own, engine), _on(new, own, engine)),
            {rival: Sides(_on(old, rival, engine), _on(new, rival, engine)) for rival in rivals},
            versions_before=served[0].get(engine, frozenset()),
            versions_after=served[1].get(engine, frozenset()),
        )
        for engine in engines
    ]
    return Movements(event.value, lines, attribute(evidence))


def _nested(store: Store, view: View, event: Event) -> _Cells:
    nested: _Cells = {}
    for brand, cells in cell_counts(store, view, event).items():
        by_engine: dict[str, list[CellCount]] = defaultdict(list)
        for engine, cell in cells:
            by_engine[engine].append(cell)
        nested[brand] = dict(by_engine)
    return nested


def _on(cells: _Cells, brand: str, engine: str | None) -> list[CellCount]:
    by_engine = cells.get(brand, {})
    if engine is not None:
        return by_engine.get(engine, [])
    return [cell for at in by_engine.values() for cell in at]


_SERVED = f"""
WITH {COUNTED},
days AS (SELECT DISTINCT engine, day FROM counted)
SELECT a.engine, list(DISTINCT a.model_served) AS versions
FROM answers a JOIN days d ON d.engine = a.engine AND d.day = a.day
WHERE a.pack = $pack AND a.model_served <> '' AND a.status = 'ok' AND a.origin <> 'ask'
GROUP BY a.engine
"""


def _served(store: Store, view: View) -> dict[str, frozenset[str]]:
    with store.reading("reading served versions") as con:
        rows = fetch(con, _SERVED, view.parameters())
    return {row["engine"]: frozenset(row["versions"]) for row in rows}
