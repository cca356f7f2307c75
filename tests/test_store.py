"""The store: each journal file once, each answer once, each slot taken by one."""

import dataclasses
import multiprocessing
import os
import shutil
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from stored import NOW, WAVE, answer, answers, count, new_store, wal

from monitor.errors import InputError, StoreBusyError, StoreError
from monitor.queries import known_ids
from monitor.store import (
    Store,
    asking_wave,
    claim_slot,
    claimed_slot,
    ingest,
    ingestion,
    pending_files,
    wave_asker,
)
from monitor.store.free import run_sql
from monitor.types import Slot


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return new_store(tmp_path)


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
