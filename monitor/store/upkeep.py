"""Upkeep of a store: made anew from the journal, copied, brought back."""

import tarfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from monitor.errors import InputError, StoreError
from monitor.store.ingestion import ingest
from monitor.store.session import Store


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A database made anew; `kept` is where the old file lies now, `broken` as in Ingestion."""

    files: int
    answers: int
    kept: Path | None
    broken: tuple[tuple[str, str], ...]


def rebuild_store(store: Store, now: datetime) -> Rebuilt:
    """Put the database aside and fill a new one from the journal."""
    if not store.journal.names():
        raise StoreError(
            f"there is no journal in {store.journal.root}, so nothing to rebuild from; "
            "`monitor restore` brings one back"
        )
    kept = None
    with store.closed("rebuilding"):
        if store.path.exists():
            kept = store.path.with_suffix(f".before-rebuild-{now:%Y%m%dT%H%M%S}.duckdb")
            store.path.rename(kept)
        wal = store.path.with_name(store.path.name + ".wal")
        if wal.exists():
            wal.rename(store.path.with_name(f"{kept.name if kept else store.path.name}.wal"))
    done = ingest(store, now)
    with store.reading("counting answers") as con:
        row = con.execute("SELECT count(*) FROM answers").fetchone()
    return Rebuilt(done.files, int(row[0]) if row else 0, kept, done.broken)


def back_up(project: Path, store: Store, target: Path) -> int:
    """Write prompts and journal to the new tar file `target`; return the number of files.

    The journal is all that can't be made again and its files never change, so the copy is
    consistent while others go on writing; the database is made from it by `rebuild`.
    """
    names = store.journal.names()
    prompts = sorted(path for path in (project / "prompts").rglob("*") if path.is_file())
    try:
        with tarfile.open(target, "x") as archive:
            for path in prompts:
                archive.add(path, path.relative_to(project).as_posix())
            for name in names:
                archive.add(store.journal.root / name, f"data/journal/{name}")
    except FileExistsError as e:
        raise InputError(f"{target} is there already; name a new file") from e
    except OSError as e:
        target.unlink(missing_ok=True)
        raise InputError(f"can't write {target}: {e.strerror}; name another file") from e
    return len(prompts) + len(names)


def bring_back(project: Path, store: Store, source: Path) -> int:
    """Unpack what the project lacks; return the number of files. Nothing is overwritten."""
    count = 0
    try:
        with tarfile.open(source) as archive:
            for member in archive.getmembers():
                if not member.isfile() or not member.name.startswith(("prompts/", "data/journal/")):
                    continue
                journal_name = member.name.removeprefix("data/journal/")
                of_journal = journal_name != member.name
                target = store.journal.root / journal_name if of_journal else project / member.name
                if target.exists():
                    continue
                # The filter refuses what would land outside the project.
                archive.extract(member, project, filter="data")
                count += 1
    except (OSError, tarfile.TarError) as e:
        raise InputError(
            f"can't bring back {source}: {e}; is it a file of `monitor backup`?"
        ) from e
    return count
