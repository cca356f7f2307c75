"""`kill -9` at any moment: no journalled answer is lost, none is stored or asked twice."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from disks import fill, small_disk
from small_project import MARKET_START, Cut, edited, serve_engines, small_project
from waves import (
    Held,
    held,
    journalled,
    judgings,
    kill_group,
    killed_keepers,
    monitor,
    opened,
    started,
    wait_for_answers,
    wave_ends,
)

from monitor.simulator import SimulatorHandle, SimulatorProcess
from monitor.store.free import run_sql

ENGINES = ("sim-chat", "sim-claude")
CHANCE = random.Random()  # noqa: S311 - when to kill is no secret


@pytest.fixture(scope="module")
def slow_simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatorHandle]:
    """Answers after 150 ms, so that a kill finds a wave in every state."""
    folder = small_project(tmp_path_factory.mktemp("market"))
    child = SimulatorProcess(
        folder, "demo", start=MARKET_START, today=MARKET_START, latency_ms=150,
        fault_options=("none",),
    )  # fmt: skip
    with child as handle:
        yield handle


def check(found: Held) -> None:
    assert found.lost == set()
    assert found.doubled == {}
    assert found.asked_twice == {}


def test_a_wave_killed_four_times_asks_each_call_once_and_rebuilds_to_the_same_figures(
    tmp_path: Path, slow_simulator: SimulatorHandle
) -> None:
    cut = Cut(questions=("best-cms-midsize", "best-headless", "multilingual-sites",
                         "accessible-sites"), engines=ENGINES, repeats=6)  # fmt: skip
    folder = small_project(tmp_path / "project", cut)
    serve_engines(folder, slow_simulator, ENGINES)
    planned = 4 * 2 * 2 * 6
    before = 0
    for _ in range(4):
        wave = started(folder, "run", "demo")
        reached = wait_for_answers(folder, before + CHANCE.randrange(1, 16), 60)
        kill_group(wave)
        assert reached > before
        before = len(journalled(folder))
        check(held(folder))
    assert before < planned, "the kills came too late to prove anything"
    assert wave_ends(folder) == []
    done = monitor(folder, "run", "demo", "--format", "json")
    assert '"outcome": "complete"' in done.stdout
    found = held(folder)
    check(found)
    assert len(found.stored) == planned
    assert [end.outcome for end in wave_ends(folder)] == ["complete"]
    check_rebuild(folder)


def test_a_judging_killed_twice_keeps_each_reply_once_and_the_next_run_completes_it(
    tmp_path: Path, slow_simulator: SimulatorHandle
) -> None:
    cut = Cut(("tessavik-pricing",), ("sim-chat",), repeats=12, judged=True)
    folder = small_project(tmp_path / "project", cut)
    serve_engines(folder, slow_simulator, ("sim-chat", "sim-judge"))
    with edited(folder / "prompts/packs/demo.yaml") as pack:
        pack["judge"]["share"] = 1.0
    with edited(folder / "prompts/engines.yaml") as content:
        (judge,) = (e for e in content["engines"] if e["id"] == "sim-judge")
        judge["concurrency"] = 2
    for arguments in (("run", "demo"), ("remeasure", "--judge")):
        before = len(judgings(folder))
        judging = started(folder, *arguments)
        reached = wait_for_answers(folder, before + CHANCE.randrange(1, 6), 60, judgings)
        kill_group(judging)
        assert reached > before
    asked = {answer.answer_id for answer in journalled(folder)}
    assert len(asked) == 24
    assert len(judgings(folder)) < 24, "the kills came too late to prove anything"
    monitor(folder, "run", "demo")
    check(held(folder))
    assert {answer.answer_id for answer in journalled(folder)} == asked, "a new wave was asked"
    assert {judging.answer_id for judging in judgings(folder)} == asked
    told = Counter(judging.judging_id for judging in judgings(folder))
    assert set(told.values()) == {1}
    stored = run_sql(opened(folder).store, "SELECT judging_id FROM judgings").rows
    assert Counter(key for (key,) in stored) == told


def check_rebuild(folder: Path) -> None:
    """The database deleted, then made anew: the same figures to the last digit."""
    window = ("report", "--since", "2026-01-01", "--until", "2027-12-31", "--format", "json")
    before = monitor(folder, *window).stdout
    assert '"value": 0.' in before
    for file in (folder / "data").glob("monitor.duckdb*"):
        file.unlink()
    monitor(folder, "rebuild")
    assert monitor(folder, *window).stdout == before
    assert "WRONG" not in monitor(folder, "verify").stdout


def test_keeping_killed_sixteen_times_loses_and_doubles_nothing(project_folder: Path) -> None:
    with killed_keepers(project_folder) as keep_and_kill:
        for _ in range(16):
            keep_and_kill(CHANCE.random() * 0.4)
    found = held(project_folder)
    check(found)
    assert len(found.journalled) > 16


def children_of(pid: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(status.parent.name))
    return found


def gone(pid: int, within_s: float) -> bool:
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc")
def test_the_simulator_that_a_wave_started_dies_with_it(project_folder: Path) -> None:
    wave = started(project_folder, "run", "demo")
    until = time.monotonic() + 30
    while not (children := children_of(wave.pid)) and time.monotonic() < until:
        time.sleep(0.05)
    assert children
    os.kill(wave.pid, signal.SIGKILL)  # the wave alone, not its group
    wave.wait()
    if wave.stderr:
        wave.stderr.close()
    assert all(gone(child, within_s=10) for child in children)


def test_sigterm_keeps_what_was_answered_and_the_next_run_asks_the_rest(
    tmp_path: Path, slow_simulator: SimulatorHandle
) -> None:
    folder = small_project(tmp_path / "project", Cut(engines=ENGINES, repeats=8))
    serve_engines(folder, slow_simulator, ENGINES)
    wave = started(folder, "run", "demo")
    assert wait_for_answers(folder, 5, 60) >= 5
    begun = time.monotonic()
    wave.send_signal(signal.SIGTERM)
    _, errors = wave.communicate(timeout=60)
    assert wave.returncode == 130, errors
    assert b"Traceback" not in errors
    assert time.monotonic() - begun < 15
    kept = len(journalled(folder))
    assert 5 <= kept < 96
    assert wave_ends(folder) == []
    monitor(folder, "run", "demo")
    check(held(folder))
    assert len(journalled(folder)) == 96


def test_a_full_disk_ends_a_wave_with_one_line_and_what_was_paid_for_is_rescued(
    tmp_path: Path, slow_simulator: SimulatorHandle
) -> None:
    folder = small_project(tmp_path / "project", Cut(engines=ENGINES, repeats=8))
    serve_engines(folder, slow_simulator, ENGINES)
    rescue = tmp_path / "rescue"
    rescue.mkdir()
    with small_disk(folder / "data") as disk:
        wave = subprocess.Popen(
            [sys.executable, "-m", "monitor", "--project", str(folder), "-q", "run", "demo"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "TMPDIR": str(rescue)},
        )  # fmt: skip
        assert wait_for_answers(folder, 5, 60) >= 5
        filler = fill(disk)
        _, errors = wave.communicate(timeout=90)
        assert wave.returncode == 1, errors
        assert len(errors.strip().splitlines()) == 1, errors
        assert "Traceback" not in errors
        assert "No space left on device" in errors
        assert "free space" in errors
        [rescued] = rescue.rglob("*.jsonl.gz")
        assert str(rescued) in errors
        filler.unlink()
        shutil.move(rescued, folder / "data/journal" / rescued.parent.name / rescued.name)
        kept = len(journalled(folder))
        monitor(folder, "run", "demo")
        check(held(folder))
        assert kept < 96
        assert len(journalled(folder)) == 96
