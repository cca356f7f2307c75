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
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from monitor.errors import StoreBusyError, StoreError

_POLL_S = 0.004
_WORD = "store.held-by-"
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
            fcntl.flock(gate, fcntl.LOCK_UN)
            stack.enter_context(_signed(self.folder, purpose))
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
                        f"the store was busy for {self.wait_s:g} s, held by "
                        f"{_holders(self.folder)}; try again when it's done, or raise "
                        "MONITOR_LOCK_WAIT_S"
                    ) from e
                # Jitter keeps two waiters from polling in step for ever.
                time.sleep(_POLL_S * (0.5 + random.random()))  # noqa: S311 - not a secret
            else:
                return


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


@contextmanager
def _signed(folder: Path, purpose: str) -> Iterator[None]:
    """Leave word for whoever waits; a full disk must not stop the holder, so it's best effort.

    A file for each process: of several readers the last to come may be the first to leave.
    """
    word = folder / f"{_WORD}{os.getpid()}"
    try:
        word.write_text(f"({purpose}) since {datetime.now(UTC):%H:%M:%SZ}", encoding="utf-8")
    except OSError:
        word.unlink(missing_ok=True)
    try:
        yield
    finally:
        word.unlink(missing_ok=True)


def _holders(folder: Path) -> str:
    """Who holds the store, as far as they left word and still live."""
    found = []
    for word in sorted(folder.glob(f"{_WORD}*")):
        number = word.name.removeprefix(_WORD)
        if _lives(int(number)):
            with suppress(OSError):
                found.append(f"process {number} {word.read_text(encoding='utf-8')}".strip())
        else:
            word.unlink(missing_ok=True)
    return " and ".join(found) or "an unknown process"


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
