"""Sessions on the DuckDB file: gate → lock → connect → one transaction → close.

Nobody keeps the file open: scheduler, cron, command line and dashboard share it, and DuckDB
lets one process write or several read. Never hold a session across an LLM call or a page.
"""

import errno
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from monitor import schema
from monitor.errors import StoreBusyError, StoreError
from monitor.journal import Journal
from monitor.store.gate import Gate

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_INTERRUPT_EVERY_S = 0.05
_MUCH_LOG_BYTES = 16_000
# How DuckDB's messages say that the file itself is beyond reading.
_DAMAGE = (
    "checksum",
    "Corrupt",
    "not a valid DuckDB database",
    "Could not read enough bytes",
    "Failure while replaying WAL",
    "deserialize",
    "INTERNAL Error",
    "has been invalidated",
)
_CLOSED_TO_THE_WORLD = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


_threads = threading.local()
_empty: "list[DuckDBPyConnection]" = []


def _empty_database(path: Path) -> "DuckDBPyConnection":
    """A database in memory with nothing in it, kept for the life of the process.

    To attach a store's file to it takes a third of the time of making another one for the file,
    and holds the file no longer. What queries can't hold in memory goes beside the store at `path`.
    """
    import duckdb

    if not _empty:
        spilled = str(_beside(path, ".tmp"))
        _empty.append(
            duckdb.connect(":memory:", config={**_CLOSED_TO_THE_WORLD, "temp_directory": spilled})
        )
    return _empty[0]


def _forget_empty_database() -> None:
    """Close it, and with it whatever is attached: the next reading makes another."""
    while _empty:
        _empty.pop().close()


def _detach() -> None:
    import duckdb

    try:
        for database in _empty:
            database.execute("DETACH store")
    except duckdb.Error:
        _forget_empty_database()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _held_by_thread() -> dict[Path, "DuckDBPyConnection"]:
    """The connection of the reading that this thread is in, by store file."""
    held: dict[Path, DuckDBPyConnection] = _threads.__dict__.setdefault("held", {})
    return held


@dataclass(frozen=True, slots=True)
class Store:
    """A project's store: the DuckDB file at `path` and the journal it can be rebuilt from."""

    path: Path
    journal: Journal
    wait_s: float = 30.0
    read_limit_s: float = 60.0
    memory_limit: str = "2GB"
    migrations: tuple[schema.Migration, ...] = schema.MIGRATIONS

    @contextmanager
    def reading(self, purpose: str) -> Iterator["DuckDBPyConnection"]:
        """A read-only connection, cut off after `read_limit_s`.

        Inside another reading of the same thread it's that one's connection: opening the file
        takes longer than most queries, and what belongs together is read of one state. Makes
        the store first when there is none. Raises StoreError and StoreBusyError.
        """
        held = _held_by_thread()
        if self.path in held:
            yield held[self.path]
            return
        with self._reading(purpose) as con:
            held[self.path] = con
            try:
                yield con
            finally:
                del held[self.path]

    @contextmanager
    def _reading(self, purpose: str) -> Iterator["DuckDBPyConnection"]:
        while True:
            with self._gate().held(purpose, exclusive=False):
                # Looked at inside the gate: a rebuild may put another file there meanwhile.
                if self.path.exists():
                    with self._attached() as con:
                        if self._is_current(con):
                            with _limited(con, self.read_limit_s, purpose):
                                yield con
                            return
            self.prepare()

    @contextmanager
    def writing(self, purpose: str) -> Iterator["DuckDBPyConnection"]:
        """A connection inside one transaction, committed when the block ends without an error.

        Brings the schema up to date first. Raises StoreError and StoreBusyError; never begin one
        inside a reading, which it would wait for.
        """
        if self.path in _held_by_thread():
            raise RuntimeError(f"{purpose} would wait for the reading that it began in")
        with self._gate().held(purpose, exclusive=True), self._writable() as con:
            con.execute("BEGIN")
            try:
                yield con
            except BaseException:
                # Never COMMIT after an error: newer DuckDBs then roll back without a word.
                _roll_back(con)
                raise
            con.execute("COMMIT")

    @contextmanager
    def reading_locked_down(self, purpose: str) -> Iterator["DuckDBPyConnection"]:
        """Like `reading`, for SQL that people write: no files, no network, no settings."""
        with self.reading(purpose):
            pass  # makes the store, or says what is wrong with it
        with (
            self._gate().held(purpose, exclusive=False),
            self._opened(self.path, read_only=True) as con,
            _limited(con, self.read_limit_s, purpose),
        ):
            con.execute("SET enable_external_access = false")
            con.execute("SET lock_configuration = true")
            yield con

    @contextmanager
    def closed(self, purpose: str) -> Iterator[None]:
        """Nobody has the file open inside this block: for copying, replacing or deleting it."""
        with self._gate().held(purpose, exclusive=True):
            yield

    def settle(self) -> None:
        """Fold the write-ahead log into the file, where there is much of it.

        Every session replays the log as it opens: 4 ms with none, 30 ms with 40 kB of it. For
        the end of long work, not for each batch: a kill in just that moment can cost the file.
        """
        log = _beside(self.path, ".wal")
        if not log.exists() or log.stat().st_size < _MUCH_LOG_BYTES:
            return
        with (
            self._gate().held("folding in the log", exclusive=True),
            self._writable() as con,
        ):
            con.execute("CHECKPOINT")

    def prepare(self) -> None:
        """Make the file, or bring its schema up to date."""
        with self.writing("preparing the store"):
            pass

    def replace_by(self, fresh: "Store", kept: Path) -> None:
        """Put the file of `fresh`, which lies in the same folder, in the place of this one's.

        The old file is kept as `kept`, its write-ahead log beside it.
        """
        with self.closed("replacing the store"):
            for suffix in ("", ".wal"):
                old, new = _beside(self.path, suffix), _beside(fresh.path, suffix)
                if old.exists():
                    old.rename(_beside(kept, suffix))
                if new.exists():
                    new.rename(old)

    def _is_current(self, con: "DuckDBPyConnection") -> bool:
        newest = self.migrations[-1].version
        return _version(con, newest) == newest

    def _gate(self) -> Gate:
        return Gate(self.path.parent, self.wait_s)

    @contextmanager
    def _attached(self, mode: str = "READ_ONLY") -> Iterator["DuckDBPyConnection"]:
        """The file attached to this process's empty database, and detached after."""
        import duckdb

        try:
            con = _empty_database(self.path).cursor()
            con.execute(f"SET memory_limit = {_quoted(self.memory_limit)}")
            con.execute(f"ATTACH {_quoted(str(self.path))} AS store ({mode})")
        except duckdb.Error as e:
            _forget_empty_database()
            raise _explained(e, self.path) from e
        try:
            con.execute("USE store")
            yield con
        except duckdb.Error as e:
            raise _explained(e, self.path) from e
        finally:
            con.close()
            _detach()

    @contextmanager
    def _writable(self) -> Iterator["DuckDBPyConnection"]:
        self._make_if_missing()
        with self._attached("READ_WRITE") as con:
            # A checkpoint rewrites a block in place; a kill in just that moment can cost the
            # file. Rarer checkpoints make it rarer, and the journal makes it harmless.
            con.execute("PRAGMA disable_checkpoint_on_shutdown")
            con.execute("SET checkpoint_threshold = '4MB'")
            _migrate(con, self.path, self.migrations)
            yield con

    def _make_if_missing(self) -> None:
        """Make the file elsewhere and rename it: a kill in between leaves no half database."""
        if self.path.exists():
            return
        unfinished = self.path.with_suffix(".unfinished.duckdb")
        for leftover in (unfinished, _beside(unfinished, ".wal"), _beside(self.path, ".wal")):
            # A write-ahead log whose database is gone belongs to nothing.
            leftover.unlink(missing_ok=True)
        with self._opened(unfinished) as con:
            _migrate(con, unfinished, self.migrations)
            con.execute("CHECKPOINT")
        unfinished.rename(self.path)

    @contextmanager
    def _opened(self, path: Path, *, read_only: bool = False) -> Iterator["DuckDBPyConnection"]:
        import duckdb

        try:
            con = duckdb.connect(
                str(path),
                read_only=read_only,
                config={**_CLOSED_TO_THE_WORLD, "memory_limit": self.memory_limit},
            )
        except duckdb.Error as e:
            raise _explained(e, path) from e
        try:
            yield con
        except duckdb.Error as e:
            raise _explained(e, path) from e
        finally:
            con.close()


@contextmanager
def _limited(con: "DuckDBPyConnection", limit_s: float, purpose: str) -> Iterator[None]:
    import duckdb

    done = threading.Event()
    watch = threading.Thread(target=_interrupt_after, args=(con, limit_s, done), daemon=True)
    watch.start()
    try:
        yield
    except duckdb.InterruptException as e:
        raise StoreError(
            f"{purpose} took longer than {limit_s:g} s and was cut off so that others get their "
            "turn; ask for less, or raise MONITOR_READ_LIMIT_S"
        ) from e
    finally:
        done.set()
        # The connection is closed next: nobody may be interrupting it then.
        watch.join()


def _interrupt_after(con: "DuckDBPyConnection", limit_s: float, done: threading.Event) -> None:
    """Interrupt `con` after `limit_s`, and again: between two queries it would go unnoticed."""
    if done.wait(limit_s):
        return
    con.interrupt()
    while not done.wait(_INTERRUPT_EVERY_S):
        con.interrupt()


def _roll_back(con: "DuckDBPyConnection") -> None:
    import duckdb

    try:
        con.execute("ROLLBACK")
    except duckdb.Error:
        # DuckDB already ended the transaction, as it does after a failed checkpoint.
        return


def _version(con: "DuckDBPyConnection", newest: int) -> int:
    """The schema's version, 0 for an empty file. Raises StoreError when it's above `newest`."""
    import duckdb

    try:
        # Asking whether the table is there would take longer than attaching the file.
        row = con.execute("SELECT max(version) FROM schema_migrations").fetchone()
    except duckdb.CatalogException:
        return 0
    version = int(row[0] or 0) if row else 0
    if version > newest:
        raise StoreError(
            f"the store was written by a newer version of monitor (its schema is {version}, this "
            f"one knows {newest}); update monitor"
        )
    return version


def _migrate(
    con: "DuckDBPyConnection", path: Path, migrations: tuple[schema.Migration, ...]
) -> None:
    found = _version(con, migrations[-1].version)
    if found == migrations[-1].version:
        return
    if found:
        con.execute("CHECKPOINT")
        _copy_aside(path, found)
    con.execute("BEGIN")
    con.execute(schema.CREATE_HISTORY)
    for step in migrations:
        if step.version > found:
            con.execute(step.sql)
            con.execute(
                "INSERT INTO schema_migrations VALUES ($version, $name, $checksum, $now)",
                {
                    "version": step.version,
                    "name": step.name,
                    "checksum": step.checksum,
                    "now": datetime.now(UTC).replace(tzinfo=None),
                },
            )
    con.execute("COMMIT")


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _copy_aside(path: Path, version: int) -> None:
    """Keep the file as it was before a migration.

    `cp` in a process of its own: opening and closing the file in this one would drop the lock
    that DuckDB holds on it.
    """
    import subprocess

    copy = path.with_suffix(f".of-schema-{version}.duckdb")
    tool = shutil.which("cp")
    if tool is None:
        raise StoreError(f"can't copy {path} before changing its schema: no `cp` on this machine")
    done = subprocess.run(  # noqa: S603 - fixed command
        [tool, "--", str(path), str(copy)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        copy.unlink(missing_ok=True)
        raise StoreError(
            f"can't copy {path} before changing its schema ({done.stderr.strip()}); nothing is "
            "changed: free space or fix the folder's rights"
        )


def _explained(error: Exception, path: Path) -> StoreError:
    text = str(error)
    first_line = text.splitlines()[0] if text else type(error).__name__
    if "Could not set lock" in text or "Conflicting lock" in text:
        return StoreBusyError(
            f"{path} is open in another program that doesn't share it: {first_line}; close it"
        )
    if "No space left" in text or f"errno {errno.ENOSPC}" in text.lower():
        return StoreError(
            f"the disk with {path} is full; nothing that was journalled is lost: free space and "
            "run the command again"
        )
    if "database file with version number" in text:
        return StoreError(
            f"{path} was written by another version of DuckDB ({first_line}); update monitor, or "
            "run `monitor rebuild` to make it anew from the journal"
        )
    if any(words in text for words in _DAMAGE):
        return StoreError(
            f"{path} is damaged ({first_line}); run `monitor rebuild` to make it anew from the "
            "journal"
        )
    if "memory" in text.lower() and "out of" in text.lower():
        return StoreError(f"not enough memory: {first_line}; raise MONITOR_MEMORY_LIMIT")
    return StoreError(f"the store {path}: {first_line}")
