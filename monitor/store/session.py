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

_CLOSED_TO_THE_WORLD = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


@dataclass(frozen=True, slots=True)
class Store:
    """A project's store: the DuckDB file at `path` and the journal it can be rebuilt from."""

    path: Path
    journal: Journal
    wait_s: float = 30.0
    read_limit_s: float = 60.0
    memory_limit: str = "2GB"

    @contextmanager
    def reading(self, purpose: str) -> Iterator["DuckDBPyConnection"]:
        """A read-only connection, cut off after `read_limit_s`.

        Makes the store first when there is none. Raises StoreError and StoreBusyError.
        """
        if not self.path.exists():
            self.prepare()
        with self._gate().held(purpose, exclusive=False), self._connection(read_only=True) as con:
            if _version(con) != schema.CURRENT:
                outdated = True
            else:
                outdated = False
                with _limited(con, self.read_limit_s, purpose):
                    yield con
        if outdated:
            self.prepare()
            with self.reading(purpose) as con:
                yield con

    @contextmanager
    def writing(self, purpose: str) -> Iterator["DuckDBPyConnection"]:
        """A connection inside one transaction, committed when the block ends without an error.

        Brings the schema up to date first. Raises StoreError and StoreBusyError.
        """
        with self._gate().held(purpose, exclusive=True), self._connection(read_only=False) as con:
            _migrate(con, self.path)
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
        with self.reading(purpose) as con:
            con.execute("SET enable_external_access = false")
            con.execute("SET lock_configuration = true")
            yield con

    @contextmanager
    def closed(self, purpose: str) -> Iterator[None]:
        """Nobody has the file open inside this block: for copying, replacing or deleting it."""
        with self._gate().held(purpose, exclusive=True):
            yield

    def prepare(self) -> None:
        """Make the file, or bring its schema up to date."""
        with self.writing("preparing the store"):
            pass

    def _gate(self) -> Gate:
        return Gate(self.path.parent, self.wait_s)

    @contextmanager
    def _connection(self, *, read_only: bool) -> Iterator["DuckDBPyConnection"]:
        import duckdb

        try:
            con = duckdb.connect(
                str(self.path),
                read_only=read_only,
                config={**_CLOSED_TO_THE_WORLD, "memory_limit": self.memory_limit},
            )
        except duckdb.Error as e:
            raise _explained(e, self.path) from e
        try:
            if not read_only:
                # A checkpoint rewrites a block in place; a kill in just that moment can cost the
                # file. Rarer checkpoints make it rarer, and the journal makes it harmless.
                con.execute("PRAGMA disable_checkpoint_on_shutdown")
                con.execute("SET checkpoint_threshold = '4MB'")
            yield con
        except duckdb.Error as e:
            raise _explained(e, self.path) from e
        finally:
            con.close()


@contextmanager
def _limited(con: "DuckDBPyConnection", limit_s: float, purpose: str) -> Iterator[None]:
    import duckdb

    timer = threading.Timer(limit_s, con.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    except duckdb.InterruptException as e:
        raise StoreError(
            f"{purpose} took longer than {limit_s:g} s and was cut off so that others get their "
            "turn; ask for less, or raise MONITOR_READ_LIMIT_S"
        ) from e
    finally:
        timer.cancel()


def _roll_back(con: "DuckDBPyConnection") -> None:
    import duckdb

    try:
        con.execute("ROLLBACK")
    except duckdb.Error:
        # DuckDB already ended the transaction, as it does after a failed checkpoint.
        return


def _version(con: "DuckDBPyConnection") -> int:
    known = con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'schema_migrations'"
    ).fetchone()
    if not known or not known[0]:
        return 0
    row = con.execute("SELECT max(version) FROM schema_migrations").fetchone()
    version = int(row[0] or 0) if row else 0
    if version > schema.CURRENT:
        raise StoreError(
            f"the store was written by a newer version of monitor (its schema is {version}, this "
            f"one knows {schema.CURRENT}); update monitor"
        )
    return version


def _migrate(con: "DuckDBPyConnection", path: Path) -> None:
    found = _version(con)
    if found == schema.CURRENT:
        return
    if found:
        con.execute("CHECKPOINT")
        _copy_aside(path, found)
    con.execute("BEGIN")
    con.execute(schema.CREATE_HISTORY)
    for step in schema.MIGRATIONS:
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


def _copy_aside(path: Path, version: int) -> None:
    """Keep the file as it was before a migration.

    `cp` in a process of its own: opening and closing the file in this one would drop the lock
    that DuckDB holds on it.
    """
    import subprocess

    copy = path.with_suffix(f".before-schema-{version + 1}.duckdb")
    tool = shutil.which("cp")
    if tool is None:
        raise StoreError(f"can't copy {path} before changing its schema: no `cp` on this machine")
    subprocess.run([tool, "--", str(path), str(copy)], check=True)  # noqa: S603 - fixed command


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
    if "checksum" in text or "not a valid DuckDB database" in text:
        return StoreError(
            f"{path} is damaged ({first_line}); run `monitor rebuild` to make it anew from the "
            "journal"
        )
    if "memory" in text.lower() and "out of" in text.lower():
        return StoreError(f"not enough memory: {first_line}; raise MONITOR_MEMORY_LIMIT")
    return StoreError(f"the store {path}: {first_line}")
