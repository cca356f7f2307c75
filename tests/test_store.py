"""The store: each journal file once, each answer once, and one clear sentence for every trouble."""

import dataclasses
import multiprocessing
import os
import shutil
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from monitor import schema
from monitor.errors import InputError, StoreBusyError, StoreError
from monitor.journal import Journal
from monitor.queries import known_ids
from monitor.store import (
    Store,
    answered_now,
    asking_wave,
    claim_slot,
    claimed_slot,
    ingest,
    ingestion,
    pending_files,
    wave_asker,
)
from monitor.store.free import run_sql
from monitor.store.gate import Gate
from monitor.store.upkeep import back_up, bring_back, rebuild_store
from monitor.types import Answer, AnswerStatus, Intent, Question, Slot, Source, Wave

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
WAVE = Wave(
    "demo@2026-11-22T06:00", "demo", "2026-11-22T06:00", NOW, 2, 10, "hash",
    (Question("q-1", Intent.TRUST, {"en": "Safe?"}),), simulated=True,
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data/monitor.duckdb", Journal(tmp_path / "data/journal"), wait_s=60)


def answer(number: int, **changes: object) -> Answer:
    made = Answer(
        answer_id=f"a-{number:05d}",
        question="Safe?",
        engine="sim",
        asked_at=NOW + timedelta(seconds=number),
        status=AnswerStatus.OK,
        text=f"Answer {number}",
        wave_id=WAVE.wave_id,
        pack="demo",
        question_id="q-1",
        sources=(Source("https://a.example"),),
        raw_body='{"n": 1}',
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def answers(*numbers: int) -> list[Answer]:
    return [answer(number) for number in numbers]


def count(store: Store, table: str = "answers") -> int:
    return int(run_sql(store, f"SELECT count(*) FROM {table}").rows[0][0])  # noqa: S608 - ours


def wal(store: Store) -> Path:
    return store.path.with_name(f"{store.path.name}.wal")


# -- taking in the journal --------------------------------------------------------------------


def test_a_file_is_taken_in_once_however_often_it_is_tried(store: Store) -> None:
    store.journal.append([WAVE, *answers(1, 2)], NOW)
    assert ingest(store, NOW).entries == 3
    assert ingest(store, NOW).files == 0
    assert [count(store, t) for t in ("answers", "answer_texts", "answer_sources")] == [2, 2, 2]
    assert count(store, "waves") == count(store, "wave_questions") == 1


def test_the_same_answer_in_two_files_is_one_answer_the_first(store: Store) -> None:
    store.journal.append([answer(1, text="first")], NOW)
    store.journal.append([answer(1, text="second"), answer(2)], NOW + timedelta(seconds=1))
    ingest(store, NOW)
    texts = run_sql(store, "SELECT answer_id, text FROM answer_texts ORDER BY ALL").rows
    assert texts == (("a-00001", "first"), ("a-00002", "Answer 2"))
    assert [count(store, t) for t in ("answers", "answer_sources")] == [2, 2]


def test_the_same_answer_twice_in_one_file_is_one_answer(store: Store) -> None:
    store.journal.append([answer(1), answer(1), WAVE, WAVE], NOW)
    ingest(store, NOW)
    assert [count(store, t) for t in ("answers", "answer_texts", "waves")] == [1, 1, 1]


def test_a_file_copied_under_another_name_changes_nothing(store: Store) -> None:
    name = store.journal.append([WAVE, *answers(1, 2)], NOW)
    ingest(store, NOW)
    path = store.journal.root / name
    shutil.copy(path, path.with_name("20261122T060000000000Z-copy.jsonl.gz"))
    assert ingest(store, NOW).files == 1
    assert [count(store, t) for t in ("answers", "waves", "journal_files")] == [2, 1, 2]


def test_a_damaged_file_is_named_and_the_others_are_taken_in(store: Store) -> None:
    names = [store.journal.append(answers(n), NOW + timedelta(seconds=n)) for n in range(3)]
    broken = store.journal.root / names[1]
    whole = broken.read_bytes()
    broken.write_bytes(whole[:30])
    done = ingest(store, NOW)
    assert (done.files, count(store)) == (2, 2)
    [(name, reason)] = done.broken
    assert name == names[1]
    assert str(broken) in reason
    broken.write_bytes(whole)
    assert ingest(store, NOW).files == 1
    assert count(store) == 3


def test_an_entry_that_no_table_can_hold_leaves_only_its_own_file_out(store: Store) -> None:
    store.journal.append(answers(1), NOW)
    name = store.journal.append([answer(2, input_tokens=10**12), answer(3)], NOW)
    store.journal.append(answers(4), NOW)
    done = ingest(store, NOW)
    assert [broken for broken, _ in done.broken] == [name]
    assert known_ids(store, ["a-00001", "a-00003", "a-00004"]) == {"a-00001", "a-00004"}
    assert ingest(store, NOW).broken == done.broken


def test_a_large_backlog_is_taken_in_by_portions(store: Store) -> None:
    noise = os.urandom(3_000_000).hex()
    for number in range(8):
        store.journal.append([answer(number, raw_body=noise)], NOW + timedelta(seconds=number))
    assert ingest(store, NOW).files == 8
    stamps = run_sql(store, "SELECT count(DISTINCT ingested_at), count(*) FROM journal_files").rows
    assert stamps == ((1, 8),)


def test_the_day_of_an_answer_is_its_waves_slot_also_past_midnight(store: Store) -> None:
    late = dataclasses.replace(WAVE, slot="2026-11-21T23:55")
    store.journal.append([late, answer(1)], NOW)
    store.journal.append([answer(2, wave_id="", asked_at=NOW)], NOW)
    ingest(store, NOW)
    days = run_sql(store, "SELECT day::VARCHAR FROM answers ORDER BY answer_id").rows
    assert days == (("2026-11-21",), ("2026-11-22",))


def _ingest_at_once(store: Store, start: "multiprocessing.synchronize.Event") -> None:
    start.wait()
    for _ in range(5):
        ingest(store, NOW)


def test_processes_that_ingest_at_once_take_everything_in_once(store: Store) -> None:
    for number in range(60):
        store.journal.append(answers(number, number + 1), NOW + timedelta(seconds=number))
    spawn = multiprocessing.get_context("spawn")
    start = spawn.Event()
    children = [spawn.Process(target=_ingest_at_once, args=(store, start)) for _ in range(3)]
    for child in children:
        child.start()
    start.set()
    for child in children:
        child.join(60)
    assert [child.exitcode for child in children] == [0, 0, 0]
    assert [count(store, t) for t in ("answers", "answer_texts", "journal_files")] == [61, 61, 60]


# -- killed, deleted, damaged -----------------------------------------------------------------

_DIES_BETWEEN_JOURNAL_AND_TABLES = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import test_store as t
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


# -- locked, busy, full -----------------------------------------------------------------------


@contextmanager
def foreign(path: Path) -> Iterator[int]:
    """A process that holds the file with DuckDB and knows nothing of our lock."""
    code = (
        "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print('open', flush=True); "
        "sys.stdin.read()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdout.readline()
    try:
        yield child.pid
    finally:
        child.stdin.close()
        child.wait()
        child.stdout.close()


def test_a_file_that_a_foreign_program_holds_is_one_clear_error(store: Store) -> None:
    store.journal.append(answers(1), NOW)
    ingest(store, NOW)
    with foreign(store.path) as pid:
        for attempt in (lambda: count(store), store.prepare):
            with pytest.raises(StoreBusyError, match=rf"another program.*PID {pid}.*close it"):
                attempt()
    assert count(store) == 1


def test_waiting_is_bounded_and_says_for_whom(store: Store) -> None:
    hurried = dataclasses.replace(store, wait_s=0.5)
    store.prepare()
    with holding(store, "counting sheep", exclusive=True) as pid:
        begun = time.monotonic()
        with pytest.raises(StoreBusyError) as raised:
            count(hurried)
        assert time.monotonic() - begun < 3
        assert f"process {pid} (counting sheep) since" in str(raised.value)
        assert "0.5 s" in str(raised.value)
        assert "MONITOR_LOCK_WAIT_S" in str(raised.value)
    assert count(hurried) == 0


def test_readers_share_and_a_writer_waits_for_them(store: Store) -> None:
    store.prepare()
    hurried = dataclasses.replace(store, wait_s=0.5)
    with holding(store, "reading along", exclusive=False) as pid:
        assert count(hurried) == 0
        with (
            pytest.raises(StoreBusyError, match=f"process {pid}"),
            hurried.writing("wanting to write"),
        ):
            pass


def test_a_thread_of_the_same_process_waits_too_and_gives_up_in_time(store: Store) -> None:
    hurried = dataclasses.replace(store, wait_s=0.3)
    store.prepare()
    entered, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with store.reading("holding"):
            entered.set()
            leave.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    entered.wait(10)
    with pytest.raises(StoreBusyError, match="other work of this process"):
        count(hurried)
    leave.set()
    thread.join()
    assert count(hurried) == 0


def test_threads_of_one_process_read_and_write_at_once_without_error(store: Store) -> None:
    errors: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for step in range(5):
                store.journal.append(answers(number * 100 + step), NOW)
                ingest(store, NOW)
                count(store)
        except BaseException as e:  # noqa: BLE001 - whatever it is, the test must hear of it
            errors.append(e)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert count(store) == 20


def test_a_killed_holder_lets_go(store: Store) -> None:
    store.prepare()
    with holding(store, "dying", exclusive=True) as pid:
        os.kill(pid, 9)
        assert count(store) == 0


_HOLDS = """
import sys
from pathlib import Path
from monitor.store.gate import Gate
with Gate(Path(sys.argv[1]), 10).held(sys.argv[2], exclusive=sys.argv[3] == "True"):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holding(store: Store, purpose: str, *, exclusive: bool) -> Iterator[int]:
    child = subprocess.Popen(
        [sys.executable, "-c", _HOLDS, str(store.path.parent), purpose, str(exclusive)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdout.readline()
    try:
        yield child.pid
    finally:
        child.stdin.close()
        child.wait()
        child.stdout.close()


def test_a_lock_file_that_cant_be_made_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="lock file"), Gate(tmp_path / "data", 1).held(
        "trying", exclusive=True
    ):  # fmt: skip
        pass


_BUSY_READER = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from monitor.journal import Journal
from monitor.store import Store
data = Path(sys.argv[1])
store = Store(data / "monitor.duckdb", Journal(data / "journal"))
print("ready", flush=True)
while True:
    with store.reading("reading all the time") as con:
        con.execute("SELECT count(*) FROM answers").fetchall()
        time.sleep(0.03)
"""


def test_four_busy_readers_never_starve_a_writer(store: Store) -> None:
    store.prepare()
    readers = [
        subprocess.Popen(
            [
                sys.executable,
                "-c",
                _BUSY_READER,
                str(store.path.parent),
                str(Path(__file__).parent),
            ],
            stdout=subprocess.PIPE,
        )
        for _ in range(4)
    ]
    try:
        for reader in readers:
            assert reader.stdout is not None
            reader.stdout.readline()
        waits = []
        until = time.monotonic() + 8
        number = 0
        while time.monotonic() < until:
            begun = time.monotonic()
            with store.writing("writing among readers"):
                waits.append(time.monotonic() - begun)
            number += 1
            time.sleep(0.05)
        assert all(reader.poll() is None for reader in readers)
    finally:
        for reader in readers:
            reader.kill()
            reader.wait()
            if reader.stdout:
                reader.stdout.close()
    # One lock alone lets 1 through in 32 s (FIELD_NOTES).
    assert number >= 8, waits
    assert max(waits) < 5, waits


# -- sessions ---------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt, SystemExit])
def test_an_error_inside_a_write_leaves_nothing_of_it(
    store: Store, error: type[BaseException]
) -> None:
    store.journal.append(answers(1), NOW)

    def work() -> None:
        with store.writing("failing") as con:
            ingestion.ingest_into(con, store.journal, NOW)
            raise error

    with pytest.raises(error):
        work()
    assert count(store) == 0
    assert len(pending_files(store)) == 1


def test_an_sql_error_inside_a_write_is_ours_and_leaves_nothing_of_it(store: Store) -> None:
    store.journal.append(answers(1), NOW)

    def work() -> None:
        with store.writing("failing") as con:
            ingestion.ingest_into(con, store.journal, NOW)
            con.execute("INSERT INTO no_such_table VALUES (1)")

    with pytest.raises(StoreError, match="no_such_table"):
        work()
    assert count(store) == 0


_ENDLESS = "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range * b.range = 7"


@pytest.mark.parametrize("dawdles_s", [0, 0.6], ids=["in one query", "between two"])
def test_a_read_that_takes_too_long_is_cut_off(store: Store, dawdles_s: float) -> None:
    hurried = dataclasses.replace(store, read_limit_s=0.3)

    def work() -> None:
        with hurried.reading("dreaming") as con:
            con.execute("SELECT 1").fetchall()
            time.sleep(dawdles_s)
            con.execute(_ENDLESS)

    begun = time.monotonic()
    with pytest.raises(StoreError, match=r"dreaming took longer than 0\.3 s"):
        work()
    assert time.monotonic() - begun < 5
    assert count(hurried) == 0


def test_a_reader_cant_write(store: Store) -> None:
    with pytest.raises(StoreError, match="read-only"), store.reading("trying") as con:
        con.execute("DELETE FROM answers")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY answers TO '/tmp/x.csv'",
        "SET enable_external_access = true",
        "ATTACH '/tmp/other.duckdb'",
        "INSTALL httpfs",
        "SELECT 1; SELECT 2",
        "SELEC 1",
        "DROP TABLE answers",
        "SELECT getenv('HOME')",
    ],
)
def test_a_persons_sql_reads_and_does_nothing_else(store: Store, query: str) -> None:
    with pytest.raises(InputError):
        run_sql(store, query)


def test_a_long_log_is_folded_in_and_a_short_one_is_left(store: Store) -> None:
    store.journal.append(answers(1), NOW)
    ingest(store, NOW)
    before = wal(store).stat().st_size
    store.settle()
    assert wal(store).stat().st_size == before > 0
    store.journal.append([answer(2, raw_body=os.urandom(400_000).hex())], NOW)
    ingest(store, NOW)
    store.settle()
    assert not wal(store).exists() or wal(store).stat().st_size < before
    assert count(store) == 2


# -- slots and waves --------------------------------------------------------------------------


def claim(store: Store, who: str, now: datetime = NOW) -> bool:
    return claim_slot(store, Slot("demo", WAVE.slot, WAVE.wave_id, now, who), now)


def test_a_slot_is_claimed_once(store: Store) -> None:
    assert claim(store, "process 1")
    assert not claim(store, "process 2", NOW + timedelta(minutes=1))
    taken = claimed_slot(store, "demo", WAVE.slot)
    assert taken == Slot("demo", WAVE.slot, WAVE.wave_id, NOW, "process 1")
    assert claimed_slot(store, "demo", "another") is None


def test_a_claim_outlives_the_database(store: Store) -> None:
    assert claim(store, "process 1")
    store.path.unlink()
    assert not claim(store, "process 2")


def _claim_at_once(store: Store, start: "multiprocessing.synchronize.Event", won: str) -> None:
    start.wait()
    if claim(store, f"process {os.getpid()}"):
        Path(won, str(os.getpid())).touch()


def test_eight_processes_that_claim_at_once_give_one_winner(store: Store, tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    start, won = spawn.Event(), tmp_path / "won"
    won.mkdir()
    children = [
        spawn.Process(target=_claim_at_once, args=(store, start, str(won))) for _ in range(8)
    ]
    for child in children:
        child.start()
    start.set()
    for child in children:
        child.join(60)
    assert [child.exitcode for child in children] == [0] * 8
    assert len(list(won.iterdir())) == 1
    assert count(store, "slots") == 1


def test_one_process_asks_a_wave_and_others_hear_which(store: Store) -> None:
    assert wave_asker(store, "w") == ""
    with asking_wave(store, "w"):
        assert wave_asker(store, "w") == f"process {os.getpid()}"
        with pytest.raises(StoreBusyError, match=f"wave w is being asked by process {os.getpid()}"):
            asking_wave(store, "w").__enter__()
        with asking_wave(store, "another"):
            pass
    assert wave_asker(store, "w") == ""


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
