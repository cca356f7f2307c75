"""Work that one process at a time may do, however long it takes; a killed one lets go by dying."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.errors import StoreBusyError, StoreError


@contextmanager
def only_process(folder: Path, work: str) -> Iterator[None]:
    """Be the only process that does `work` ("wave demo@… is being asked") inside the block.

    Raises StoreBusyError at once when another process is at it, saying which.
    """
    handle = _opened(_lock_file(folder, work))
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as e:
            raise StoreBusyError(
                f"{work} by {_holder(handle)}; wait for it, or stop it and run the command again"
            ) from e
        os.pwrite(handle, f"process {os.getpid():<20}".encode(), 0)
        yield
    finally:
        os.close(handle)


def process_doing(folder: Path, work: str) -> str:
    """The process that is doing `work` ("process 12"), "" when none is."""
    try:
        handle = os.open(_lock_file(folder, work), os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return ""
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _holder(handle)
    finally:
        os.close(handle)
    return ""


def _lock_file(folder: Path, work: str) -> Path:
    return folder / "locks" / hashlib.sha256(work.encode()).hexdigest()[:16]


def _opened(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as e:
        raise StoreError(
            f"can't open the lock file {path}: {e.strerror}; check the folder's rights"
        ) from e


def _holder(handle: int) -> str:
    return os.pread(handle, 40, 0).decode(errors="replace").strip() or "another process"
