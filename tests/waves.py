"""Real waves in processes of their own, and what is in a project's journal and tables after."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import preloaded

from monitor.errors import StoreError
from monitor.journal import Journal
from monitor.pipeline import Project, open_project
from monitor.store.free import run_sql
from monitor.types import Answer, Judging, WaveEnd


def monitor(folder: Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run `monitor` on a project to its end."""
    done = preloaded.run(["--project", str(folder), *arguments], env=os.environ)
    told = subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )
    if check:
        told.check_returncode()
    return told


def command(folder: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "monitor", "--project", str(folder), *arguments]


def started(folder: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    """Start `monitor` in a process group of its own."""
    return subprocess.Popen(
        command(folder, *arguments),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def kill_group(child: "subprocess.Popen[bytes]") -> None:
    """SIGKILL the process and all that it started, as a machine that loses power would."""
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    if child.stderr:
        child.stderr.close()


@contextmanager
def killed_keepers(folder: Path) -> Iterator[Callable[[float], None]]:
    """A function that lets a process keep answers for so many seconds, then kills it."""
    script = Path(__file__).parent / "keeping_child.py"
    parent = subprocess.Popen(
        [sys.executable, str(script), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )

    def keep_and_kill(seconds: float) -> None:
        assert parent.stdin is not None
        assert parent.stdout is not None
        parent.stdin.write("\n")
        word, _, pid = parent.stdout.readline().partition(" ")
        assert word == "keeping"
        time.sleep(seconds)
        os.kill(int(pid), signal.SIGKILL)
        assert parent.stdout.readline() == "ended\n"

    with parent:
        yield keep_and_kill


def journalled(folder: Path) -> list[Answer]:
    """Every answer in the journal, as often as it stands there."""
    journal = Journal(folder / "data/journal")
    return [e for name in journal.names() for e in journal.read(name) if isinstance(e, Answer)]


def wave_ends(folder: Path) -> list[WaveEnd]:
    journal = Journal(folder / "data/journal")
    return [e for name in journal.names() for e in journal.read(name) if isinstance(e, WaveEnd)]


def judgings(folder: Path) -> list[Judging]:
    """Every judge's reply in the journal, as often as it stands there."""
    journal = Journal(folder / "data/journal")
    return [e for name in journal.names() for e in journal.read(name) if isinstance(e, Judging)]


def wait_for_answers(
    folder: Path,
    least: int,
    within_s: float,
    kept: Callable[[Path], Sequence[object]] = journalled,
) -> int:
    """How many answers are journalled as soon as there are `least`, or when time is up."""
    until = time.monotonic() + within_s
    while (count := len(kept(folder))) < least and time.monotonic() < until:
        time.sleep(0.05)
    return count


@dataclass(frozen=True, slots=True)
class Held:
    """What a project holds: answers by id as journalled and as stored."""

    journalled: Counter[str]
    stored: Counter[str]

    @property
    def lost(self) -> set[str]:
        return self.journalled.keys() - self.stored.keys()

    @property
    def doubled(self) -> dict[str, int]:
        return {key: n for key, n in self.stored.items() if n > 1}

    @property
    def asked_twice(self) -> dict[str, int]:
        return {key: n for key, n in self.journalled.items() if n > 1}


def held(folder: Path) -> Held:
    """What is in journal and tables, after the tables have caught up."""
    project = opened(folder)
    rows = run_sql(project.store, "SELECT answer_id FROM answers").rows
    return Held(Counter(a.answer_id for a in journalled(folder)), Counter(key for (key,) in rows))


def opened(folder: Path) -> Project:
    """The project with its journal taken in; a store that a kill damaged is rebuilt first."""
    from datetime import UTC, datetime

    from monitor.store import ingest
    from monitor.store.upkeep import rebuild_store

    project = open_project(folder)
    try:
        ingest(project.store, datetime.now(UTC))
    except StoreError as e:
        if "monitor rebuild" not in str(e):
            raise
        rebuild_store(project.store, datetime.now(UTC))
    return project
