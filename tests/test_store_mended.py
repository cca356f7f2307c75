"""Stores that were killed, damaged, deleted, outgrown or copied: nothing of them is lost."""

import dataclasses
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from stored import NOW, WAVE, answers, count, new_store, wal

from monitor import schema
from monitor.errors import InputError, StoreError
from monitor.journal import Journal
from monitor.store import Store, answered_now, ingest
from monitor.store.free import run_sql
from monitor.store.upkeep import back_up, bring_back, rebuild_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return new_store(tmp_path)


# -- killed, deleted, damaged -----------------------------------------------------------------

_DIES_BETWEEN_JOURNAL_AND_TABLES = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import stored as t
from monitor.journal import Journal
from monitor.store import Store
from monitor.store.ingestion import ingest_into
data = Path(sys.argv[1])
store = Store(data / "monitor.duckdb", Journal(data / "journal"))
store.journal.append(t.answers(1, 2), t.NOW)
with store.writing("dying") as con:
    ingest_into(con, store.journal, t.NOW)
    os.kill(os.getpid(), 9)
"""


def test_a_process_killed_inside_the_transaction_leaves_all_to_the_next(store: Store) -> None:
    store.prepare()
    done = subprocess.run(
        [sys.executable, "-c", _DIES_BETWEEN_JOURNAL_AND_TABLES, str(store.path.parent),
         str(Path(__file__).parent)],
        check=False,
    )  # fmt: skip
    assert done.returncode == -9
    assert count(store) == 0
    assert ingest(store, NOW).entries == 2
    assert count(store) == 2


@pytest.mark.parametrize("log_stays", [True, False], ids=["its log left behind", "with its log"])
def test_a_deleted_database_is_made_again_from_the_journal(store: Store, log_stays: bool) -> None:
    store.journal.append([WAVE, *answers(1, 2, 3)], NOW)
    ingest(store, NOW)
    assert wal(store).exists(), "nothing is checkpointed yet, so there is a log to leave behind"
    store.path.unlink()
    if not log_stays:
        wal(store).unlink()
    assert ingest(store, NOW).entries == 4
    assert [count(store, t) for t in ("answers", "answer_texts", "waves")] == [3, 3, 1]


def test_a_kill_while_the_database_is_made_leaves_a_file_that_opens(store: Store) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from monitor.journal import Journal; from monitor.store import Store\n"
        "import duckdb; print('go', flush=True)\n"
        "Store(Path(sys.argv[1]), Journal(Path(sys.argv[1]).parent)).prepare()\n"
    )
    store.journal.append(answers(1), NOW)
    for delay_ms in (0, 5, 10, 20, 40, 80):
        for leftover in store.path.parent.glob("*duckdb*"):
            leftover.unlink()
        child = subprocess.Popen(
            [sys.executable, "-c", code, str(store.path)], stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(delay_ms / 1000)
        child.kill()
        child.wait()
        child.stdout.close()
        ingest(store, NOW)
        assert count(store) == 1


def _overwritten(content: bytes) -> bytes:
    return content[:12_288] + b"\xff" * (len(content) - 12_288)


@pytest.mark.parametrize(
    "damage",
    [_overwritten, lambda c: c[: len(c) // 2], lambda _: b"", lambda _: b"no database" * 2_000],
    ids=["blocks overwritten", "cut off", "emptied", "something else"],
)
def test_a_damaged_database_says_how_to_make_it_anew_and_that_works(
    store: Store, damage: Callable[[bytes], bytes]
) -> None:
    store.journal.append([WAVE, *answers(1, 2)], NOW)
    ingest(store, NOW)
    with store.writing("checkpointing") as con:
        con.execute("CREATE TABLE ballast AS SELECT range FROM range(200000)")
    checkpoint = "import duckdb, sys; duckdb.connect(sys.argv[1]).execute('CHECKPOINT')"
    subprocess.run([sys.executable, "-c", checkpoint, str(store.path)], check=True)
    store.path.write_bytes(damage(store.path.read_bytes()))
    for attempt in (lambda: ingest(store, NOW), lambda: count(store)):
        with pytest.raises(StoreError, match="monitor rebuild") as raised:
            attempt()
        assert str(store.path) in str(raised.value)
        assert "\n" not in str(raised.value)
    rebuilt = rebuild_store(store, NOW)
    assert (rebuilt.files, rebuilt.answers, rebuilt.broken) == (1, 2, ())
    assert rebuilt.kept is not None
    assert rebuilt.kept.exists()
    assert count(store) == 2


def test_a_damaged_log_says_how_to_make_it_anew_and_that_works(store: Store) -> None:
    store.journal.append([WAVE, *answers(*range(200))], NOW)
    ingest(store, NOW)
    content = wal(store).read_bytes()
    middle = len(content) // 2
    wal(store).write_bytes(content[:middle] + b"\xff" * 64 + content[middle + 64 :])
    with pytest.raises(StoreError, match="monitor rebuild"):
        count(store)
    assert rebuild_store(store, NOW).answers == 200
    assert count(store) == 200


def test_a_rebuild_without_journal_refuses_to_lose_what_the_store_has(store: Store) -> None:
    store.journal.append(answers(1), NOW)
    ingest(store, NOW)
    shutil.rmtree(store.journal.root)
    with pytest.raises(StoreError, match="monitor restore"):
        rebuild_store(store, NOW)
    assert count(store) == 1


def test_a_rebuild_without_journal_mends_an_empty_store(store: Store) -> None:
    store.path.parent.mkdir(parents=True)
    store.path.write_bytes(b"")
    assert rebuild_store(store, NOW).answers == 0
    assert count(store) == 0


def test_until_a_rebuild_is_done_everybody_reads_the_old_store(store: Store) -> None:
    store.journal.append(answers(1, 2), NOW)
    ingest(store, NOW)
    seen = []

    def finish(fresh: Store) -> None:
        seen.append((count(store), count(fresh), fresh.path != store.path))
        store.journal.append(answers(3), NOW)
        assert answered_now(store, WAVE.wave_id, NOW) == {"a-00001", "a-00002", "a-00003"}

    rebuild_store(store, NOW, finish)
    assert seen == [(2, 2, True)]
    assert answered_now(store, WAVE.wave_id, NOW) == {"a-00001", "a-00002", "a-00003"}


def test_a_rebuild_names_damaged_files_and_takes_the_others(store: Store) -> None:
    names = [store.journal.append(answers(n), NOW + timedelta(seconds=n)) for n in range(2)]
    (store.journal.root / names[0]).write_bytes(b"")
    rebuilt = rebuild_store(store, NOW)
    assert rebuilt.answers == 1
    assert [name for name, _ in rebuilt.broken] == names[:1]


# -- versions of the schema -------------------------------------------------------------------

_NEXT = schema.Migration(
    schema.CURRENT + 1, "moods", "ALTER TABLE notes ADD COLUMN mood VARCHAR DEFAULT 'calm'"
)


def newer(store: Store, *steps: schema.Migration) -> Store:
    return dataclasses.replace(store, migrations=(*schema.MIGRATIONS, *steps))


def test_a_store_of_a_newer_version_asks_for_an_update_and_stays_as_it_is(store: Store) -> None:
    store.journal.append(answers(1), NOW)
    ingest(newer(store, _NEXT), NOW)
    for attempt in (lambda: ingest(store, NOW), lambda: count(store), store.prepare):
        with pytest.raises(StoreError, match=r"newer version of monitor.*update monitor"):
            attempt()
    assert count(newer(store, _NEXT)) == 1


@pytest.mark.parametrize("first", ["read", "write"])
def test_an_older_store_is_copied_before_it_is_changed(store: Store, first: str) -> None:
    store.journal.append(answers(1, 2), NOW)
    ingest(store, NOW)
    after = newer(store, _NEXT)
    if first == "read":
        assert run_sql(after, "SELECT mood FROM notes").rows == ()
    else:
        ingest(after, NOW)
    applied = run_sql(after, "SELECT version, checksum FROM schema_migrations ORDER BY 1").rows
    assert applied[-1] == (_NEXT.version, _NEXT.checksum)
    copy = dataclasses.replace(
        store, path=store.path.with_suffix(f".of-schema-{schema.CURRENT}.duckdb")
    )
    assert count(copy) == count(after) == 2


def test_a_migration_that_fails_changes_nothing(store: Store) -> None:
    store.journal.append(answers(1), NOW)
    ingest(store, NOW)
    wrong = schema.Migration(schema.CURRENT + 2, "wrong", "ALTER TABLE no_such_table ADD COLUMN x")
    with pytest.raises(StoreError):
        newer(store, _NEXT, wrong).prepare()
    assert count(store) == 1
    assert "mood" not in run_sql(store, "SELECT * FROM notes").names


# -- backups ----------------------------------------------------------------------------------


def test_a_backup_brings_everything_back_into_an_empty_project(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts/engines.yaml").write_text("engines: []\n")
    store.journal.append([WAVE, *answers(1, 2)], NOW)
    ingest(store, NOW)
    archive = tmp_path / "backup.tar"
    assert back_up(tmp_path, store, archive) == 2
    elsewhere = tmp_path / "elsewhere"
    restored = Store(elsewhere / "data/monitor.duckdb", Journal(elsewhere / "data/journal"))
    assert bring_back(elsewhere, restored, archive) == 2
    assert bring_back(elsewhere, restored, archive) == 0
    assert rebuild_store(restored, NOW).answers == 2
    assert (elsewhere / "prompts/engines.yaml").read_text() == "engines: []\n"


def test_a_backup_never_overwrites(store: Store, tmp_path: Path) -> None:
    (tmp_path / "backup.tar").write_text("mine")
    with pytest.raises(InputError, match="is there already"):
        back_up(tmp_path, store, tmp_path / "backup.tar")
    assert (tmp_path / "backup.tar").read_text() == "mine"


@pytest.mark.parametrize("name", ["data/journal/../../.env", "prompts/../.env", "prompts/../../x"])
def test_a_backup_that_reaches_outside_is_refused(store: Store, tmp_path: Path, name: str) -> None:
    archive = tmp_path / "bad.tar"
    (tmp_path / "evil").write_text("evil")
    with tarfile.open(archive, "x") as tar:
        tar.add(tmp_path / "evil", name)
    with pytest.raises(InputError, match="leaves the project"):
        bring_back(tmp_path / "p", store, archive)
    assert not (tmp_path / ".env").exists()


@pytest.mark.parametrize("content", [b"", b"no archive", b"\x1f\x8b\x08half"])
def test_what_is_no_backup_is_one_clear_error(store: Store, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b.tar").write_bytes(content)
    with pytest.raises(InputError, match="is it a file of `monitor backup`"):
        bring_back(tmp_path, store, tmp_path / "b.tar")


def test_duckdb_is_the_version_whose_behaviour_these_tests_prove() -> None:
    assert duckdb.__version__.startswith("1.5.")
