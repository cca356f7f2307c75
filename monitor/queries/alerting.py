"""Alerts as they stand, and which messages reached whom."""

from dataclasses import dataclass
from datetime import datetime

from monitor.errors import InputError
from monitor.queries.rows import fetch
from monitor.store import Store
from monitor.types import AlertState


@dataclass(frozen=True, slots=True)
class AlertLine:
    """An alert with its state; `moved_by` and `note` are of its last move."""

    alert_id: str
    key: str
    kind: str
    pack: str
    brand: str
    engine: str
    since: str
    opened_at: datetime
    title: str
    text: str
    state: AlertState
    moved_at: datetime | None
    moved_by: str | None
    note: str | None


def alert_lines(
    store: Store, pack: str = "", states: tuple[AlertState, ...] = ()
) -> tuple[AlertLine, ...]:
    """Alerts of `pack` ("" for all), newest first; `states` empty means all."""
    with store.reading("listing alerts") as con:
        rows = fetch(
            con,
            """
            SELECT * FROM alert_states
            WHERE ($pack = '' OR pack = $pack)
              AND (len($states::VARCHAR[]) = 0 OR list_contains($states::VARCHAR[], state))
            ORDER BY opened_at DESC, alert_id
            """,
            {"pack": pack, "states": [state.value for state in states]},
        )
    return tuple(AlertLine(**row | {"state": AlertState(row["state"])}) for row in rows)


def find_alert(store: Store, start: str) -> AlertLine:
    """The one alert whose id starts so. Raises InputError where there is none, or several."""
    found = [line for line in alert_lines(store) if line.alert_id.startswith(start)]
    if len(found) != 1 or not start:
        problem = "no alert" if not found else f"{len(found)} alerts"
        raise InputError(f"{problem} with an id like {start!r}; `monitor alerts` lists them")
    return found[0]


def delivered(store: Store) -> frozenset[tuple[str, str]]:
    """Every (message, target fingerprint) known to have been delivered."""
    with store.reading("reading deliveries") as con:
        rows = con.execute("SELECT DISTINCT message_id, target FROM deliveries").fetchall()
    return frozenset((message, target) for message, target in rows)
