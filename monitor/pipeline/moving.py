"""Moves an alert on at a person's word: open → acknowledged → resolved."""

from datetime import datetime

from monitor.alerts import may_become
from monitor.errors import InputError
from monitor.queries import AlertLine, find_alert
from monitor.store import Store, ingest
from monitor.types import AlertMoved, AlertState


def move_alert(
    store: Store, start: str, state: AlertState, by: str, note: str, now: datetime
) -> AlertLine:
    """Move the alert whose id starts so, and return it as it was.

    Raises InputError for an unknown id and for a step that isn't one.
    """
    ingest(store, now)
    line = find_alert(store, start)
    if not may_become(line.state, state):
        listed = "`monitor alerts --all` shows what became of it"
        raise InputError(f"alert {line.alert_id} is {line.state}, so it can't be {state}; {listed}")
    store.journal.append([AlertMoved(line.alert_id, state, now, by, note)], now)
    ingest(store, now)
    return line
