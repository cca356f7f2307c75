"""Upkeep of a store: made anew from the journal, copied, brought back."""

import shutil
import tarfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from monitor.errors import InputError, StoreBusyError, StoreError
from monitor.store.alone import only_process
from monitor.store.ingestion import ingest
from monitor.store.session import Store


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A database made anew; `kept` is where the old file lies now, `broken` as in Ingestion."""

    files: int
    answers: int
    kept: Path | None
    broken: tuple[tuple[str, str], ...]


def rebuild_store(
    store: Store, now: datetime, finish: Callable[[Store], None] = lambda _fresh: None
) -> Rebuilt:
    """Fill a new database from the journal, then put it in the place of the old, which is kept.

    `finish` gets the new store before the change, to measure it: until then everybody goes on
    reading and writing the old one.
    """
    fresh = replace(store, path=store.path.with_suffix(".rebuilding.duckdb"))
    kept = store.path.with_suffix(f".before-rebuild-{now:%Y%m%dT%H%M%S}.duckdb")
    with only_process(store.path.parent, "the store is being rebuilt"):
        _require_source(store)
        for leftover in (fresh.path, fresh.path.with_name(f"{fresh.path.name}.wal")):
            leftover.unlink(missing_ok=True)
        fresh.prepare()
        done = ingest(fresh, now)
        finish(fresh)
        with fresh.reading("counting answers") as con:
            row = con.execute("SELECT count(*) FROM answers").fetchone()
        store.replace_by(fresh, kept)
    return Rebuilt(
        done.files, int(row[0]) if row else 0, kept if kept.exists() else None, done.broken
    )


def _require_source(store: Store) -> None:
    """Refuse to make a store that holds something into one that holds nothing."""
    if store.journal.names() or not store.path.exists():
        return
    try:
        with store.reading("looking at the old store") as con:
            row = con.execute("SELECT count(*) FROM answers").fetchone()
    except StoreBusyError:
        raise
    except StoreError:
        # It can't be opened, and nothing was ever journalled: an empty one is the better store.
        return
    if row and row[0]:
        raise StoreError(
            f"there is no journal in {store.journal.root}, so nothing to rebuild from; "
            "`monitor restore` brings one back"
        )


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
    roots = {"prompts": project / "prompts", "data/journal": store.journal.root}
    try:
        with tarfile.open(source) as archive:
            for member in archive.getmembers():
                target = _target(member, roots)
                if target is not None and not target.exists():
                    _unpack(archive, member, target)
                    count += 1
    except (OSError, EOFError, zlib.error, tarfile.TarError) as e:
        raise InputError(
            f"can't bring back {source}: {e}; is it a file of `monitor backup`?"
        ) from e
    return count


def _target(member: tarfile.TarInfo, roots: Mapping[str, Path]) -> Path | None:
    """Where a backup's file belongs; None for what isn't ours."""
    for prefix, root in roots.items():
        name = member.name.removeprefix(f"{prefix}/")
        if member.isfile() and name != member.name:
            target = (root / name).resolve()
            if not target.is_relative_to(root.resolve()):
                raise InputError(f"{member.name} leaves the project; this is no file of `monitor`")
            return target
    return None


def _unpack(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    """Write one file whole or not at all: half a journal file would count as there."""
    content = archive.extractfile(member)
    if content is None:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.unfinished")
    with content, unfinished.open("wb") as file:
        shutil.copyfileobj(content, file)
    unfinished.rename(target)
