"""Slots taken once, by daemon, cron or both; the daemon stays small and ends cleanly."""

import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from apscheduler.triggers.base import BaseTrigger
from small_project import MARKET_START, Cut, serve_engines, small_project
from waves import command, held, journalled, monitor, opened, wait_for_answers, wave_ends

from monitor import plan
from monitor.scheduler import CronTrigger
from monitor.simulator import SimulatorProcess
from monitor.store.free import run_sql
from monitor.types import Schedule

ENGINES = ("sim-chat", "sim-claude")


def due_cron(now: datetime) -> str:
    """A yearly cron that fell due a little while ago, so that exactly one slot is due."""
    past = now - timedelta(minutes=30)
    return f"{past.minute} {past.hour} {past.day} {past.month} *"


@pytest.fixture
def due_project(tmp_path: Path) -> Path:
    """A project of 12 calls a wave with one slot that is due, in UTC."""
    cut = Cut(questions=("best-headless", "multilingual-sites", "best-cms-midsize"),
              locales=("en-US",), cron=due_cron(datetime.now(UTC)))  # fmt: skip
    folder = small_project(tmp_path / "project", cut)
    pack = folder / "prompts/packs/demo.yaml"
    text = pack.read_text(encoding="utf-8").replace("Europe/Berlin", "UTC")
    pack.write_text(text, encoding="utf-8")
    return folder


# -- triggers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cron", "after", "fires"),
    [
        # APScheduler's own cron would take 1 for Tuesday, refuse 7, and AND day and weekday.
        ("0 9 * * 1", "2026-11-22T12:00Z", "2026-11-23T09:00Z"),
        ("0 9 * * 7", "2026-11-23T12:00Z", "2026-11-29T09:00Z"),
        ("0 9 13 * 5", "2026-11-22T12:00Z", "2026-11-27T09:00Z"),
    ],
)
def test_the_daemons_trigger_fires_as_standard_cron_does(cron: str, after: str, fires: str) -> None:
    trigger: BaseTrigger = CronTrigger(Schedule(cron, "UTC"))
    moment = datetime.fromisoformat(after)
    assert trigger.get_next_fire_time(None, moment) == datetime.fromisoformat(fires)
    assert trigger.get_next_fire_time(moment, moment) == datetime.fromisoformat(fires)


def test_the_daemon_fires_at_both_halves_of_a_repeated_hour_for_one_slot() -> None:
    schedule = Schedule("0 * * * *", "Europe/Berlin")
    trigger = CronTrigger(schedule)
    first = trigger.get_next_fire_time(None, datetime.fromisoformat("2026-10-24T23:30Z"))
    second = trigger.get_next_fire_time(first, first)
    assert second - first == timedelta(hours=1)
    assert plan.slot_name(first, schedule) == plan.slot_name(second, schedule)


# -- twenty at once ---------------------------------------------------------------------------


def test_twenty_cron_runs_at_once_give_one_wave(due_project: Path) -> None:
    simulator = SimulatorProcess(
        due_project, "demo", start=MARKET_START, today=MARKET_START, fault_options=("none",)
    )
    with simulator as handle:
        serve_engines(due_project, handle, ENGINES)
        runs = [
            subprocess.Popen(
                command(due_project, "run", "--due"),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(20)
        ]
        said = [run.communicate(timeout=200) for run in runs]
    codes = [run.returncode for run in runs]
    assert codes == [0] * 20, [errors for _, errors in said if errors]
    assert sum("is due" in out for out, _ in said) == 1
    assert sum("is being asked by process" in out or "is done" in out for out, _ in said) == 19
    store = opened(due_project).store
    assert run_sql(store, "SELECT count(*) FROM slots").rows == ((1,),)
    assert run_sql(store, "SELECT count(*), any_value(outcome) FROM wave_states").rows == (
        (1, "complete"),
    )
    found = held(due_project)
    assert (len(found.stored), found.asked_twice, found.lost) == (12, {}, set())


# -- the daemon -------------------------------------------------------------------------------


def test_a_daemon_beside_cron_asks_the_slot_once_and_ends_cleanly(due_project: Path) -> None:
    simulator = SimulatorProcess(
        due_project, "demo", start=MARKET_START, today=MARKET_START, latency_ms=400,
        fault_options=("none",),
    )  # fmt: skip
    with simulator as handle:
        serve_engines(due_project, handle, ENGINES)
        daemon = started_daemon(due_project)
        try:
            crons = [monitor(due_project, "run", "--due") for _ in range(2)]
            assert wait_for_answers(due_project, 12, 90) == 12
            wait_for_end(due_project)
        finally:
            output, errors = stopped(daemon)
    assert daemon.returncode == 0, errors
    assert all(run.returncode == 0 for run in crons)
    assert "Traceback" not in errors + output
    assert [end.outcome for end in wave_ends(due_project)] == ["complete"]
    assert held(due_project).asked_twice == {}


def test_sigterm_with_a_wave_under_way_keeps_its_answers_and_ends_in_time(
    due_project: Path,
) -> None:
    simulator = SimulatorProcess(
        due_project, "demo", start=MARKET_START, today=MARKET_START, latency_ms=3_000,
        fault_options=("none",),
    )  # fmt: skip
    with simulator as handle:
        serve_engines(due_project, handle, ENGINES)
        _slowly(due_project)
        daemon = started_daemon(due_project)
        assert wait_for_answers(due_project, 1, 90) >= 1
        begun = time.monotonic()
        output, errors = stopped(daemon)
        took = time.monotonic() - begun
    assert daemon.returncode == 0, errors
    assert took < 30
    assert "ended with exit code 130" in output
    assert "Traceback" not in errors + output
    kept = len(journalled(due_project))
    assert 1 <= kept < 12
    assert wave_ends(due_project) == []
    with SimulatorProcess(
        due_project, "demo", start=MARKET_START, today=MARKET_START, port=handle.port,
        fault_options=("none",),
    ):  # fmt: skip
        again = monitor(due_project, "run", "--due")
    assert "was cut off" in again.stdout
    found = held(due_project)
    assert (len(found.stored), found.asked_twice) == (12, {})


def _slowly(folder: Path) -> None:
    """One call at a time on each account."""
    engines = folder / "prompts/engines.yaml"
    text = engines.read_text(encoding="utf-8")
    engines.write_text(text.replace("concurrency: 8", "concurrency: 1"), encoding="utf-8")


def test_a_daemon_without_anything_scheduled_says_what_to_write(tmp_path: Path) -> None:
    folder = small_project(tmp_path / "project", Cut(cron=None))
    done = monitor(folder, "schedule", check=False)
    assert done.returncode == 1
    assert "schedule: {cron:" in done.stderr


_PROBE = """
import os, sys, threading, time, signal
from pathlib import Path
from monitor.pipeline import open_project
from monitor.scheduler import run_scheduler

def look():
    time.sleep(4)
    heavy = {"litellm", "streamlit", "pandas", "openai"} & set(sys.modules)
    kilobytes = next(int(line.split()[1]) for line in open("/proc/self/status")
                     if line.startswith("VmRSS"))
    print(f"heavy={sorted(heavy)} rss_mb={kilobytes // 1024}", flush=True)
    os.kill(os.getpid(), signal.SIGTERM)

threading.Thread(target=look, daemon=True).start()
run_scheduler(open_project(Path(sys.argv[1])), lambda text: print(text, flush=True))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_the_daemon_stays_small_and_never_loads_litellm(tmp_path: Path) -> None:
    next_year = datetime.now(UTC) + timedelta(days=300)
    cron = f"0 6 {min(next_year.day, 28)} {next_year.month} *"
    folder = small_project(tmp_path / "project", Cut(cron=cron))
    done = subprocess.run(
        [sys.executable, "-c", _PROBE, str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    [line] = [line for line in done.stdout.splitlines() if line.startswith("heavy=")]
    assert "heavy=[]" in line
    assert int(line.rpartition("=")[2]) < 150
    assert "next at" in done.stdout


def started_daemon(folder: Path) -> "subprocess.Popen[str]":
    daemon = subprocess.Popen(
        command(folder, "schedule"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert daemon.stdout is not None
    assert "next at" in daemon.stdout.readline()
    return daemon


def stopped(daemon: "subprocess.Popen[str]") -> tuple[str, str]:
    daemon.send_signal(signal.SIGTERM)
    return daemon.communicate(timeout=90)


def wait_for_end(folder: Path, within_s: float = 60) -> None:
    until = time.monotonic() + within_s
    while not wave_ends(folder) and time.monotonic() < until:
        time.sleep(0.1)
