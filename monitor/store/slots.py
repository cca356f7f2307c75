"""Slots of a schedule, and waves: taken by exactly one process, however many look at once."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from monitor.errors import StoreBusyError
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


@contextmanager
def asking_wave(store: Store, wave_id: str) -> Iterator[None]:
    """Be the only process that asks this wave; a killed one lets go by dying.

    Raises StoreBusyError at once when another process is at it.
    """
    folder = store.path.parent / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"wave-{hashlib.sha256(wave_id.encode()).hexdigest()[:16]}"
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as e:
            holder = os.pread(handle, 20, 0).decode(errors="replace").strip()
            raise StoreBusyError(
                f"wave {wave_id} is being asked by process {holder or 'unknown'}; wait for it, or "
                "stop it and run the command again to resume"
            ) from e
        os.pwrite(handle, f"{os.getpid():<20}".encode(), 0)
        yield
    finally:
        os.close(handle)
