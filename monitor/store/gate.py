"""A fair lock between processes: one writer or several readers, and a writer is never starved.

Two `flock` files: everyone takes the gate, then the lock, then leaves the gate. A waiting
writer holds the gate, so new readers queue behind it. With a single lock or plain retries,
four busy readers let one write through in half a minute.

`flock` needs a local file system; on a network share its promise doesn't hold.
"""

import fcntl
import os
import random
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from monitor.errors import StoreBusyError, StoreError

_POLL_S = 0.004
# DuckDB can't have a read-only and a writing connection in one process; and `flock` is per open
# file, so it would not hold threads of one process apart from a connection point of view.
_process_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Gate:
    """The two lock files beside a store; `wait_s` bounds every wait."""

    folder: Path
    wait_s: float

    @contextmanager
    def held(self, purpose: str, *, exclusive: bool) -> Iterator[None]:
        """Hold the store for `purpose`, alone if `exclusive`, else together with other readers.

        Raises StoreBusyError after `wait_s`, naming who was seen holding it.
        """
        deadline = time.monotonic() + self.wait_s
        with ExitStack() as stack:
            self._take_process_lock(stack, deadline)
            gate, lock = (stack.enter_context(_opened(self.folder / f"store.{name}"))
                          for name in ("gate", "lock"))  # fmt: skip
            self._take(gate, fcntl.LOCK_EX, deadline)
            self._take(lock, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH, deadline)
            _sign(lock, purpose)
            fcntl.flock(gate, fcntl.LOCK_UN)
            yield

    def _take_process_lock(self, stack: ExitStack, deadline: float) -> None:
        if not _process_lock.acquire(timeout=max(0.0, deadline - time.monotonic())):
            raise StoreBusyError(
                f"the store was busy for {self.wait_s:g} s with other work of this process; "
                "try again, or raise MONITOR_LOCK_WAIT_S"
            )
        stack.callback(_process_lock.release)

    def _take(self, handle: int, mode: int, deadline: float) -> None:
        while True:
            try:
                fcntl.flock(handle, mode | fcntl.LOCK_NB)
            except BlockingIOError as e:
                if time.monotonic() > deadline:
                    raise StoreBusyError(
                        f"the store was busy for {self.wait_s:g} s, last held by "
                        f"{self._holder()}; try again when it's done, or raise "
                        "MONITOR_LOCK_WAIT_S"
                    ) from e
                # Jitter keeps two waiters from polling in step for ever.
                time.sleep(_POLL_S * (0.5 + random.random()))  # noqa: S311 - not a secret
            else:
                return

    def _holder(self) -> str:
        text = (self.folder / "store.lock").read_text(encoding="utf-8", errors="replace").strip()
        return text or "an unknown process"


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as e:
        raise StoreError(
            f"can't open the lock file {path}: {e.strerror}; check the folder's rights"
        ) from e
    try:
        yield handle
    finally:
        os.close(handle)


def _sign(handle: int, purpose: str) -> None:
    """Leave word for whoever waits; a full disk must not stop the holder, so it's best effort."""
    text = f"process {os.getpid()} ({purpose}) since {datetime.now(UTC):%H:%M:%SZ}\n".encode()
    try:
        os.pwrite(handle, text.ljust(160), 0)
    except OSError:
        return
