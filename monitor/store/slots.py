"""Slots of a schedule, and waves: taken by exactly one process, however many look at once."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime

from monitor.store.alone import only_process, process_doing
from monitor.store.ingestion import ingest, ingest_into
from monitor.store.session import Store
from monitor.types import Slot


def claim_slot(store: Store, slot: Slot, now: datetime) -> bool:
    """Take `slot` for its wave; False when it's been taken before.

    The one place where slots are claimed: journalled and ingested under the write lock, so a
    cron run and the daemon can't both get it.
    """
    ingest(store, now)
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


def claimed_slot(store: Store, pack: str, slot: str) -> Slot | None:
    """The claim of a slot, None while nobody has it."""
    with store.reading(f"looking who has slot {slot} of {pack}") as con:
        row = con.execute(
            """
            SELECT wave_id, claimed_at, claimed_by FROM slots
            WHERE pack = $pack AND slot = $slot ORDER BY claimed_at LIMIT 1
            """,
            {"pack": pack, "slot": slot},
        ).fetchone()
    return Slot(pack, slot, row[0], row[1].replace(tzinfo=UTC), row[2]) if row else None


def asking_wave(store: Store, wave_id: str) -> AbstractContextManager[None]:
    """Be the only process that asks this wave; a killed one lets go by dying.

    Entering raises StoreBusyError at once when another process is at it.
    """
    return only_process(store.path.parent, _asking(wave_id))


def judging_pack(store: Store, pack: str) -> AbstractContextManager[None]:
    """Be the only process that has answers of this pack judged, as with `asking_wave`."""
    return only_process(store.path.parent, f"answers of {pack} are being judged")


def wave_asker(store: Store, wave_id: str) -> str:
    """The process that is asking this wave right now ("process 12"), "" when none is."""
    return process_doing(store.path.parent, _asking(wave_id))


def _asking(wave_id: str) -> str:
    return f"wave {wave_id} is being asked"
