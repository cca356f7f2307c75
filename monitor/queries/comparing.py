"""A brand's visibility now against earlier, paired by cell: for all engines and for each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from monitor.queries.figures import Event, cell_counts
from monitor.queries.view import View
from monitor.stats.changes import Change, Verdict, label_changes, paired_change
from monitor.stats.estimates import CellCount
from monitor.store import Store


@dataclass(frozen=True, slots=True)
class Comparison:
    """A change of one brand's rate; `engine` is None for all engines together."""

    engine: str | None
    change: Change
    verdict: Verdict


def comparisons(
    store: Store, before: View, after: View, brand: str, event: Event = Event.VISIBILITY
) -> tuple[Comparison, ...]:
    """The changes of `brand` from one view to the other, all engines first.

    They are judged together: whoever shows only some of them still shows honest labels.
    """
    old = _by_engine(cell_counts(store, before, event, (brand,)).get(brand, ()))
    new = _by_engine(cell_counts(store, after, event, (brand,)).get(brand, ()))
    scopes: list[str | None] = [None, *sorted(old.keys() & new.keys())]
    changes = [paired_change(_cells(old, scope), _cells(new, scope)) for scope in scopes]
    verdicts = label_changes(changes)
    return tuple(
        Comparison(scope, change, verdict)
        for scope, change, verdict in zip(scopes, changes, verdicts, strict=True)
    )


def _by_engine(cells: Iterable[tuple[str, CellCount]]) -> dict[str, list[CellCount]]:
    groups: dict[str, list[CellCount]] = defaultdict(list)
    for engine, cell in cells:
        groups[engine].append(cell)
    return groups


def _cells(groups: dict[str, list[CellCount]], engine: str | None) -> list[CellCount]:
    if engine is not None:
        return groups[engine]
    return [cell for cells in groups.values() for cell in cells]
