"""Keeps answers as they arrive: into the journal at once, into the tables soon after."""

import asyncio
import logging
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from monitor.errors import StoreBusyError, StoreError
from monitor.journal import Journal
from monitor.store import Store, ingest
from monitor.types import Entry

_log = logging.getLogger(__name__)
_JOURNAL_EVERY_S = 0.2
_INGEST_EVERY_S = 5.0

Clock = Callable[[], datetime]


class Keeper:
    """Journals answers in batches while a wave is asked.

    `keep` hands an answer over; it is on disk at most 0.2 s later. When the disk doesn't take
    it, `failure` is set, the asking has to stop, and `close` brings what was already paid for
    to safety elsewhere.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._waiting: list[Entry] = []
        self._closing = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.failure: StoreError | None = None

    def keep(self, entry: Entry) -> None:
        """Take an answer, or what was made of one, in; it's written with the next batch."""
        self._waiting.append(entry)

    async def __aenter__(self) -> "Keeper":
        self._task = asyncio.create_task(self._write_along())
        return self

    async def __aexit__(self, *_exc: object) -> None:
        self._closing.set()
        try:
            if self._task:
                await self._task
        finally:
            await self._flush()
            if self._waiting:
                raise StoreError(self._rescued()) from self.failure
        await self._ingest()

    async def _write_along(self) -> None:
        since_ingest = 0.0
        while not self._closing.is_set() and self.failure is None:
            await _pause(self._closing, _JOURNAL_EVERY_S)
            since_ingest += _JOURNAL_EVERY_S
            await self._flush()
            if since_ingest >= _INGEST_EVERY_S:
                since_ingest = 0.0
                await self._ingest()

    async def _flush(self) -> None:
        batch = tuple(self._waiting)
        if not batch:
            return
        try:
            await asyncio.to_thread(self._store.journal.append, batch, self._clock())
        except StoreError as e:
            if self.failure is None:
                self.failure = e
        else:
            del self._waiting[: len(batch)]

    async def _ingest(self) -> None:
        try:
            await asyncio.to_thread(ingest, self._store, self._clock())
        except StoreBusyError:
            # Somebody has the store for long. The answers are safe in the journal; the next
            # round, or the next command, takes them in.
            return
        except StoreError as e:
            self.failure = e

    def _rescued(self) -> str:
        """Write what the journal didn't take to the temporary folder; say where and what next."""
        try:
            elsewhere = Path(tempfile.mkdtemp(prefix="monitor-rescued-"))
            name = Journal(elsewhere).append(tuple(self._waiting), self._clock())
        except (OSError, StoreError) as e:
            return (
                f"{self.failure}; the temporary folder doesn't take them either ({e}), so "
                f"{len(self._waiting)} answers are lost: free space and run the command again"
            )
        return (
            f"{self.failure}; the {len(self._waiting)} answers not kept are in {elsewhere / name}: "
            f"free space, move that file into {self._store.journal.root / Path(name).parent}, and "
            "run the command again"
        )


def take_in(store: Store, now: datetime) -> None:
    """Ingest what is new in the journal, and warn of files that can't be read."""
    for _name, reason in ingest(store, now).broken:
        _log.warning("monitor: %s; everything else is taken in", reason)


async def _pause(unless: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(unless.wait(), seconds)
    except TimeoutError:
        return
