"""Slots of a schedule: taken by exactly one process, however many look at once."""

from datetime import datetime

from monitor.store.ingestion import ingest_into
from monitor.store.session import Store
from monitor.types import Slot


def claim_slot(store: Store, slot: Slot, now: datetime) -> bool:
    """Take `slot` for its wave; False when it's been taken before.

    The one place where slots are claimed: journalled and ingested under the write lock, so a
    cron run and the daemon can't both get it.
    """
    with store.writing(f"claiming slot {slot.slot} of {slot.pack}") as con:
        ingest_into(con, store.journal, now)
        taken = con.execute(
            "SELECT 1 FROM slots WHERE pack = $pack AND slot = $slot",
            {"pack": slot.pack, "slot": slot.slot},
        ).fetchone()
        if taken:
            return False
        name = store.journal.append([slot], now)
        ingest_into(con, store.journal, now, [name])
        return True
