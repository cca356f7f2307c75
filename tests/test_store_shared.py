"""Many readers and writers on one store: all get their turn, and hear for whom they wait."""

import dataclasses
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from stored import NOW, answers, count, new_store

from monitor.errors import StoreBusyError, StoreError
from monitor.store import (
    Store,
    ingest,
)
from monitor.store.gate import Gate


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return new_store(tmp_path)


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
