"""The journal: what can't be computed again, one immutable file per batch.

A batch is written to a temporary file, fsynced and renamed, so that a file is there whole or
not at all. Files lie under ``data/journal/YYYY-MM/`` and are named by the time they were
written; a reader that ingests each name once has everything once. JSON Lines in gzip rather
than Parquet: an auditor reads it with `zcat`, and a batch of one answer stays small.
"""

import gzip
import json
import os
import re
import uuid
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from monitor.errors import StoreError
from monitor.types import (
    Adoption,
    AlertMoved,
    AlertOpened,
    Answer,
    Delivery,
    Entry,
    Judging,
    Note,
    Review,
    Ruling,
    Slot,
    Wave,
    WaveEnd,
)

FORMAT = 1
_KINDS: dict[str, type[Entry]] = {
    "answer": Answer,
    "wave": Wave,
    "wave_end": WaveEnd,
    "slot": Slot,
    "note": Note,
    "adoption": Adoption,
    "alert": AlertOpened,
    "alert_moved": AlertMoved,
    "delivery": Delivery,
    "judging": Judging,
    "review": Review,
    "ruling": Ruling,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Journal:
    """The journal under `root` (``data/journal``)."""

    root: Path

    def append(self, entries: Sequence[Entry], now: datetime) -> str:
        """Write `entries` as one durable file and return its name ("2026-11/…jsonl.gz").

        Raises StoreError when the disk doesn't take it; nothing is half-written then.
        """
        month = self.root / f"{now:%Y-%m}"
        name = f"{now:%Y%m%dT%H%M%S%f}Z-{uuid.uuid4().hex[:8]}.jsonl.gz"
        try:
            _make_durably(month)
            _write_durably(month / name, _lines(entries, now))
        except OSError as e:
            raise StoreError(
                f"can't write the journal file {month / name}: {e.strerror or e}; "
                f"{len(entries)} entries are not kept: free space or fix the folder's rights"
            ) from e
        return f"{month.name}/{name}"

    def names(self) -> tuple[str, ...]:
        """Names of all files, oldest first. Raises StoreError when a folder can't be read."""
        if not self.root.is_dir():
            return ()
        try:
            return tuple(sorted(_names_below(self.root)))
        except OSError as e:
            raise StoreError(
                f"can't list the journal {self.root}: {e.strerror}; check the folder's rights"
            ) from e

    def size(self, name: str) -> int:
        """Compressed size of one file in bytes; 0 for one that isn't there, `read` says why."""
        try:
            return (self.root / name).stat().st_size
        except OSError:
            return 0

    def read(self, name: str) -> tuple[Entry, ...]:
        """Entries of one file in the order they were written.

        Raises StoreError naming the file and line when it isn't what `append` wrote.
        """
        path = self.root / name
        try:
            with gzip.open(path, "rb") as stream:
                return tuple(_entries(name, stream))
        except (OSError, EOFError, zlib.error) as e:
            raise StoreError(f"the journal file {path} is damaged: {e}; restore a backup") from e


def _names_below(root: Path) -> Iterator[str]:
    for month in root.iterdir():
        if month.is_dir():
            names = os.listdir(month)  # noqa: PTH208 - names alone, for years of files
            yield from (f"{month.name}/{name}" for name in names if name.endswith(".jsonl.gz"))


def _make_durably(folder: Path) -> None:
    """Make `folder` so that it's there after a power cut too, as far as it wasn't there before."""
    if not folder.is_dir():
        _make_durably(folder.parent)
        folder.mkdir(exist_ok=True)
        _fsync_directory(folder.parent)


def _write_durably(path: Path, lines: Iterable[bytes]) -> None:
    temporary = path.with_suffix(".tmp")
    try:
        # mtime=0: the same batch gives the same bytes, so a copy can be checked by its hash.
        with (
            temporary.open("wb") as file,
            gzip.GzipFile("", "wb", compresslevel=1, fileobj=file, mtime=0) as stream,
        ):
            stream.writelines(lines)
            stream.close()
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _fsync_directory(path.parent)


def _fsync_directory(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _lines(entries: Sequence[Entry], now: datetime) -> Iterator[bytes]:
    header = {"format": FORMAT, "written_at": now.astimezone(UTC).isoformat()}
    yield json.dumps(header).encode() + b"\n"
    for entry in entries:
        kind = _NAMES[type(entry)]
        yield b'{"kind":"%s","entry":%s}\n' % (kind.encode(), _json(_adapter(kind), entry))


def _json(adapter: TypeAdapter[Entry], entry: Entry) -> bytes:
    """The entry as JSON. A torn surrogate pair, which a provider may send and UTF-8 can't hold,
    becomes a replacement character: offsets into the text stay, and a paid answer isn't lost."""
    try:
        return adapter.dump_json(entry)
    except PydanticSerializationError:
        text = json.dumps(adapter.dump_python(entry, mode="json"), ensure_ascii=False)
        return _SURROGATES.sub("\ufffd", text).encode()


def _entries(name: str, stream: Iterable[bytes]) -> Iterator[Entry]:
    number = 0
    for number, line in enumerate(stream, start=1):
        try:
            record = json.loads(line)
            if number == 1:
                _check_format(name, record["format"])
                continue
            yield _adapter(record["kind"]).validate_python(record["entry"])
        except (ValueError, KeyError, TypeError, ValidationError) as e:
            raise StoreError(
                f"the journal file {name}, line {number} can't be read ({type(e).__name__}); "
                "restore the file from a backup"
            ) from e
    if number == 0:
        raise StoreError(f"the journal file {name} is empty; restore the file from a backup")


def _check_format(name: str, found: object) -> None:
    if found != FORMAT:
        raise StoreError(
            f"the journal file {name} has format {found!r}, this version reads {FORMAT}: update "
            "the program"
        )


@cache
def _adapter(kind: str) -> TypeAdapter[Entry]:
    return TypeAdapter(_KINDS[kind])
