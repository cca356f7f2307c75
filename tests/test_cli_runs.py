"""Asking from the command line: against the simulator, and against all that can be wrong."""

import json
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.simulator import SimulatorProcess
from tests.cli_project import PLANTED_KEY, environment, every_byte, monitor, with_answers

_PACK = "prompts/packs/archives.yaml"
_ENGINES = "prompts/engines.yaml"
_PLANNED = 16  # four questions, two engines, two repeats


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_answers(tmp_path_factory.mktemp("runs") / "project")


@pytest.fixture
def own(stored: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(stored, tmp_path / "project"))


@pytest.fixture
def slow(own: Path) -> Iterator[Path]:
    """A project whose engines take most of a second an answer, two calls at a time."""
    child = SimulatorProcess(own, "archives", latency_ms=700, fault_options=("none",))
    with child as handle:
        text = (own / _ENGINES).read_text().replace("concurrency: 8", "concurrency: 1")
        for model in ("openai/sim-chat-1", "anthropic/sim-claude-1"):
            base = handle.api_base_for(model)
            text = text.replace(f"model: {model},", f"model: {model}, api_base: '{base}',")
        (own / _ENGINES).write_text(text)
        yield own


def _edit(path: Path, wrong: str, right: str) -> None:
    text = path.read_text()
    assert wrong in text
    path.write_text(text.replace(wrong, right))


def _wave_answers(project: Path) -> list[tuple[str, int]]:
    query = "SELECT answer_id, count(*) AS n FROM answers WHERE origin = 'wave' GROUP BY 1"
    done = monitor("sql", query, "--format", "json", project=project)
    return [(record["answer_id"], record["n"]) for record in json.loads(done.out)]


def test_ask_shows_each_engine_and_is_left_out_of_trends(own: Path) -> None:
    before = monitor("report", "--format", "json", project=own).out
    table = monitor("ask", "Which archive software is best?", project=own)
    assert table.code == 0, table.err
    header, *lines = table.out.splitlines()
    assert header.split("\t") == ["Engine", "Status", "Named (rank)", "Cited", "Cost", "Time"]
    assert [line.split("\t")[0] for line in lines] == ["sim-chat", "sim-claude"]
    asked = monitor("ask", "Who?", "--engine", "sim-chat", "--format", "json", project=own)
    (record,) = json.loads(asked.out)
    assert record["engine"] == "sim-chat"
    assert record["simulated"] is True
    for mention in record["mentions"]:
        for start, end in mention["spans"]:
            assert record["answer"][start:end]
    kept = monitor(
        *("sql", "SELECT count(*) AS n FROM answers WHERE origin = 'ask'", "--format", "json"),
        project=own,
    )
    assert json.loads(kept.out) == [{"n": 3}]
    assert monitor("report", "--format", "json", project=own).out == before


def test_a_wave_is_asked_kept_and_told_as_data(own: Path) -> None:
    done = monitor("run", "--format", "json", project=own)
    (record,) = json.loads(done.out)
    assert record["planned"] == _PLANNED
    assert record["ok"] + record["refused"] + record["failed"] + record["empty"] == _PLANNED
    assert done.code == (3 if record["failed"] else 0)
    assert len(_wave_answers(own)) == _PLANNED
    standing = json.loads(monitor("status", "--format", "json", project=own).out)[0]
    assert standing["coverage"] == f"{_PLANNED}/{_PLANNED}"
    outlook = json.loads(monitor("plan", "--format", "json", project=own).out)
    assert outlook[-1]["calls"] == _PLANNED
    assert {line["cost_from"] for line in outlook[:-1]} == {"mean of its past answers"}


def test_what_is_due_is_asked_once(own: Path) -> None:
    first = monitor("run", "--due", project=own)
    again = monitor("run", "--due", project=own)
    assert first.code in (0, 3)
    assert again.code == 0
    assert "is done" in again.out or "nothing is due" in again.out
    assert len(_wave_answers(own)) in (0, _PLANNED)


def test_max_cost_stops_a_wave_and_the_next_run_completes_it(own: Path) -> None:
    # One call at a time for each account: what is in flight already can't be called back.
    _edit(own / _ENGINES, "concurrency: 8", "concurrency: 1")
    stopped = monitor("run", "--max-cost", "0.003", "--format", "json", project=own)
    assert stopped.code == 3
    (record,) = json.loads(stopped.out)
    assert record["outcome"] == "stopped"
    assert "budget" in stopped.err
    kept = len(_wave_answers(own))
    assert 0 < kept < _PLANNED
    completed = monitor("run", project=own)
    assert "cut off" in completed.out
    answers = _wave_answers(own)
    assert len(answers) == _PLANNED
    assert {n for _, n in answers} == {1}


def test_interrupting_a_wave_keeps_what_came_and_the_next_run_resumes(slow: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "monitor", "--project", str(slow), "run"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    _wait_for_journal(slow)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=90)
    assert child.returncode == 130, err
    assert b"Traceback" not in out + err
    before = {answer_id for answer_id, _ in _wave_answers(slow)}
    assert 0 < len(before) < _PLANNED
    resumed = monitor("run", project=slow)
    assert resumed.code == 0, resumed.err
    assert "cut off" in resumed.out
    after = _wave_answers(slow)
    assert before < {answer_id for answer_id, _ in after}
    assert len(after) == _PLANNED
    assert {n for _, n in after} == {1}


def _wait_for_journal(project: Path) -> None:
    """Until the wave and some first answers are on disk."""
    journal = project / "data" / "journal"
    known = len(list(journal.rglob("*.gz")))
    until = time.monotonic() + 90
    while len(list(journal.rglob("*.gz"))) < known + 2:
        assert time.monotonic() < until
        time.sleep(0.1)


def test_a_wrong_key_fails_the_wave_and_shows_itself_nowhere(own: Path) -> None:
    with SimulatorProcess(own, "archives", fault_options=("unauthorized=1",)) as handle:
        base = handle.api_base_for("openai/gpt-9-invented")
        _edit(own / _ENGINES, "invented, ", f"invented, api_base: '{base}', ")
        _edit(own / _PACK, "[sim-chat, sim-claude]", "[real-chat]")
        env = environment(OPENAI_API_KEY=PLANTED_KEY, MONITOR_PROJECT=str(own))
        for command, code in ((("run", "--now"), 4), (("ask", "Who?"), 4)):
            done = monitor(*command, env=env)
            assert done.code == code, done.err
            assert PLANTED_KEY not in done.out + done.err
            assert "Traceback" not in done.err
            assert "key" in (done.out + done.err).lower()
    assert PLANTED_KEY.encode() not in every_byte(own)


def test_a_dead_host_is_named(own: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    _edit(own / _ENGINES, "invented, ", f"invented, api_base: 'http://127.0.0.1:{port}/v1', ")
    _edit(own / _PACK, "[sim-chat, sim-claude]", "[real-chat]")
    env = environment(OPENAI_API_KEY=PLANTED_KEY, MONITOR_PROJECT=str(own))
    done = monitor("ask", "Who?", env=env)
    assert done.code == 4
    assert "connect" in (done.out + done.err).lower()
    assert PLANTED_KEY not in done.out + done.err
    doctor = monitor("doctor", "--reach", env=env)
    assert doctor.code == 1
    assert str(port) in doctor.out
