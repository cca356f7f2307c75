"""`monitor demo` as a newcomer runs it: on this machine alone, resumable, true to its market."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from math import sqrt
from pathlib import Path
from typing import Any

import pytest
from dotenv import dotenv_values

from monitor import catalog
from monitor.simulator import Market
from tests.cli_project import Run, environment, monitor

_DEMO = ("demo", "--no-dashboard", "--weeks", "2")
_FOLDER = "data/demo-2-weeks-seed-1"
_WATCH = """
import os, socket, sys

def _note(event, args):
    if event == "socket.connect":
        connected, address = args
        if isinstance(address, tuple) and getattr(connected, "family", None) != socket.AF_UNIX:
            host = address[0]
        else:
            return
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = args[0]
    else:
        return
    with open(os.environ["SEEN_HOSTS"], "a") as file:
        file.write(f"{event} {host}\\n")

sys.addaudithook(_note)
with open(os.environ["SEEN_HOSTS"], "a") as file:
    file.write(f"started {os.getpid()}\\n")
"""
_LOOPBACK = {"127.0.0.1", "::1", "localhost", "None"}


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which every Python process notes the hosts it reaches for."""
    folder = tmp_path_factory.mktemp("watch")
    (folder / "sitecustomize.py").write_text(_WATCH)
    return environment(PYTHONPATH=str(folder), SEEN_HOSTS=str(folder / "hosts"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def shown(home: Path, watched: dict[str, str]) -> Run:
    """The demo's first whole run, after one that was killed half-way."""
    _killed_halfway(home, watched)
    done = monitor(*_DEMO, env=watched, project=home, from_scratch=True)
    assert done.code == 0, done.err
    return done


@pytest.fixture(scope="module")
def demo(home: Path, shown: Run) -> Path:
    """The demo's project, complete."""
    assert shown.code == 0
    return home / _FOLDER


def _killed_halfway(home: Path, env: dict[str, str]) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "monitor", "--project", str(home), *_DEMO],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    until = time.monotonic() + 120
    while len(list((home / _FOLDER / "data").rglob("*.gz"))) < 4:
        assert child.poll() is None
        assert time.monotonic() < until
        time.sleep(0.05)
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _sql(project: Path, query: str) -> list[dict[str, Any]]:
    return list(json.loads(monitor("sql", query, "--format", "json", project=project).out))


def test_it_prints_figures_and_that_they_are_simulated(shown: Run) -> None:
    assert "Tessavik is mentioned in " in shown.out
    assert "Simulated data" in shown.out
    for name in ("Kolumbrio", "sim-gemini", "Week"):
        assert name in shown.out
    assert "asking: " in shown.err
    assert "Traceback" not in shown.err


def test_killed_and_run_again_it_has_every_answer_once(demo: Path) -> None:
    waves = _sql(demo, "SELECT wave_id, count(*) AS n FROM answers GROUP BY 1")
    lines = json.loads(monitor("plan", "--format", "json", project=demo).out)[:-1]
    planned = sum(line["calls"] for line in lines if not line["judging"])
    assert [wave["n"] for wave in waves] == [planned, planned]
    doubles = "SELECT answer_id FROM answers GROUP BY 1 HAVING count(*) > 1"
    assert _sql(demo, doubles) == []


def test_no_process_of_it_reaches_beyond_this_machine(demo: Path, watched: dict[str, str]) -> None:
    assert demo.is_dir()
    lines = Path(watched["SEEN_HOSTS"]).read_text().splitlines()
    events = [line.split(" ", 1) for line in lines]
    assert len({value for name, value in events if name == "started"}) >= 4
    reached = {value for name, value in events if name != "started"}
    assert "127.0.0.1" in reached
    assert reached <= _LOOPBACK


def test_a_second_run_asks_nothing_new(home: Path, demo: Path, watched: dict[str, str]) -> None:
    before = _sql(demo, "SELECT count(*) AS n, max(asked_at) AS last FROM answers")
    done = monitor(*_DEMO, "--format", "json", env=watched, project=home)
    assert done.code == 0, done.err
    assert json.loads(done.out)["simulated"] is True
    assert _sql(demo, "SELECT count(*) AS n, max(asked_at) AS last FROM answers") == before


def test_every_export_says_that_it_is_simulated(demo: Path) -> None:
    for table in ("answers", "mentions", "citations", "estimates"):
        done = monitor("export", table, "--format", "json", project=demo)
        assert all(row["simulated"] is True for row in json.loads(done.out)), table
    for form in ("table", "md", "html"):
        assert "Simulated data" in monitor("report", "--format", form, project=demo).out
    rows = monitor("report", "--format", "csv", project=demo).out.splitlines()
    assert all(row.endswith(",True") for row in rows[1:])


def test_verify_agrees(demo: Path) -> None:
    done = monitor("verify", project=demo)
    assert done.code == 0, done.out


def test_measured_visibility_lies_where_the_market_says(demo: Path) -> None:
    market = _market(demo)
    report = json.loads(monitor("report", "--format", "json", project=demo).out)
    figures = [
        figure
        for figure in report["figures"]
        if figure["figure"] == "visibility"
        and figure["engine"]
        and figure["brand"] == market.pack.own
        and not figure["week"]
    ]
    assert {figure["engine"] for figure in figures} == set(market.pack.engines)
    for figure in figures:
        weeks = (1, 2)
        truth = sum(
            market.true_visibility(figure["engine"], week, market.pack.own) for week in weeks
        ) / len(weeks)
        tolerance = 4 * sqrt(truth * (1 - truth) / figure["n"])
        assert abs(figure["value"] - truth) < tolerance, figure["engine"]


def test_a_few_names_a_week_wait_for_a_person(demo: Path) -> None:
    waiting = json.loads(monitor("review", "names", "--format", "json", project=demo).out)
    assert 2 <= len(waiting) <= 30
    assert {name["brand"] for name in waiting} == {"Pergola"}


def _market(project: Path) -> Market:
    found = catalog.load(project)
    pack = found.packs["demo"]
    env = dotenv_values(project / ".env")
    return Market(
        pack,
        found.brands_of(pack),
        found.engines_of(pack),
        seed=int(env["MONITOR_SIMULATOR_SEED"] or ""),
        start=date.fromisoformat(env["MONITOR_SIMULATOR_START"] or ""),
        facts=found.facts_of(pack),
    )
