"""Every command in every format: on a terminal, in a pipe, and as data."""

import csv
import io
import json
import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli_project import HOSTILE_ENGINE, environment, monitor, with_answers

_SQL = "SELECT engine, count(*) AS n FROM answers GROUP BY 1 ORDER BY 1"
_READING = [
    ("status",),
    ("plan",),
    ("plan", "--budget", "5"),
    ("doctor",),
    ("verify",),
    ("remeasure",),
    ("sql", _SQL),
    ("report",),
    ("export", "answers"),
    ("export", "mentions"),
    ("export", "citations"),
    ("export", "estimates"),
]
_TABULAR = [
    ("status",),
    ("sql", _SQL),
    ("report",),
    ("export", "mentions"),
    ("export", "estimates"),
]


def _name(arguments: tuple[str, ...]) -> str:
    return "-".join(arguments)[:20]


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_answers(tmp_path_factory.mktemp("formats") / "project")


@pytest.fixture
def own(stored: Path, tmp_path: Path) -> Path:
    """A copy for commands that change something."""
    return Path(shutil.copytree(stored, tmp_path / "project"))


@pytest.mark.parametrize("arguments", _READING, ids=_name)
def test_json_stands_alone_on_standard_output(stored: Path, arguments: tuple[str, ...]) -> None:
    done = monitor(*arguments, "--format", "json", project=stored)
    assert done.code == 0, done.err
    assert json.loads(done.out)
    assert "NaN" not in done.out


@pytest.mark.parametrize("arguments", _TABULAR, ids=_name)
def test_json_lines_are_one_object_each(stored: Path, arguments: tuple[str, ...]) -> None:
    done = monitor("--format", "jsonl", *arguments, project=stored)
    assert done.code == 0, done.err
    records = [json.loads(line) for line in done.out.splitlines()]
    assert records
    assert all(isinstance(record, dict) for record in records)


@pytest.mark.parametrize("arguments", _TABULAR, ids=_name)
def test_csv_has_a_header_and_as_many_cells_in_every_row(
    stored: Path, arguments: tuple[str, ...]
) -> None:
    done = monitor(*arguments, "--format=csv", project=stored)
    assert done.code == 0, done.err
    header, *rows = csv.reader(io.StringIO(done.out))
    assert rows
    assert {len(row) for row in rows} == {len(header)}
    assert not any(cell.startswith("=") for row in rows for cell in row)


def test_global_options_mean_the_same_before_and_after_the_command(stored: Path) -> None:
    before = monitor("--project", str(stored), "--format", "json", "-q", "sql", _SQL)
    after = monitor("sql", _SQL, "-q", "--format", "json", "--project", str(stored))
    in_env = monitor("sql", _SQL, "--format=json", env=environment(MONITOR_PROJECT=str(stored)))
    assert before.code == 0
    assert before == after == in_env


def test_a_pipe_gets_plain_lines_with_tabs(stored: Path) -> None:
    done = monitor("sql", _SQL, project=stored)
    assert done.out.splitlines()[0] == "engine\tn"
    assert all(line.count("\t") == 1 for line in done.out.splitlines())
    assert "\x1b" not in done.out


def test_a_terminal_gets_a_drawn_table(stored: Path) -> None:
    shown = _on_a_terminal("--project", str(stored), "status")
    assert "───" in shown
    assert "archives" in shown


def test_a_terminal_shows_markup_in_data_as_its_own_words(stored: Path) -> None:
    shown = _on_a_terminal("--project", str(stored), "sql", "SELECT '[bold]x[/bold]' AS words")
    assert "[bold]x[/bold]" in shown


def _on_a_terminal(*arguments: str) -> str:
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "monitor", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(TERM="xterm", COLUMNS="160", LINES="40"),
    )
    os.close(theirs)
    shown = b""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if not select.select([ours], [], [], 1.0)[0]:
            continue
        try:
            read = os.read(ours, 65536)
        except OSError:  # Linux says EIO at a terminal's end
            break
        if not read:
            break
        shown += read
    assert child.wait(30) == 0
    os.close(ours)
    return shown.decode()


@pytest.mark.parametrize("form", ["md", "html"])
def test_pages_are_refused_before_anything_is_done(own: Path, form: str) -> None:
    before = sorted((own / "data" / "journal").rglob("*"))
    done = monitor("--format", form, "note", "A launch", project=own)
    assert done.code == 2
    assert "note writes table, json, jsonl, csv" in done.err
    assert sorted((own / "data" / "journal").rglob("*")) == before


def test_an_unknown_format_is_a_usage_error_that_names_the_known_ones() -> None:
    done = monitor("status", "--format", "xml")
    assert done.code == 2
    assert "'json'" in done.err
    assert not done.out


def test_commands_that_do_something_say_it_as_data_too(own: Path, tmp_path: Path) -> None:
    tar = tmp_path / "copy.tar"
    steps = (
        ("note", "A launch"),
        ("backup", str(tar)),
        ("restore", str(tar)),
        ("rebuild",),
        ("init", str(tmp_path / "new")),
    )
    for arguments in steps:
        done = monitor(*arguments, "--format", "json", project=own)
        assert done.code == 0, done.err
        assert isinstance(json.loads(done.out)[0], dict)


def test_quiet_leaves_results_and_drops_the_news(own: Path) -> None:
    assert not monitor("-q", "note", "A launch", project=own).out
    assert "archives" in monitor("-q", "status", project=own).out


def test_numbers_that_json_lacks_are_null(stored: Path) -> None:
    query = "SELECT 'nan'::DOUBLE AS a, 'inf'::DOUBLE AS b, 1.25::DECIMAL(5,2) AS c, 'x'::BLOB AS d"
    done = monitor("sql", query, "--format", "json", project=stored)
    assert json.loads(done.out) == [{"a": None, "b": None, "c": 1.25, "d": "78"}]


def test_a_reader_that_stops_early_hears_no_complaint(stored: Path) -> None:
    for arguments in (("export", "mentions"), ("sql", "SELECT * FROM range(20000)")):
        child = subprocess.Popen(
            [sys.executable, "-m", "monitor", "--project", str(stored), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        )
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.readline()
        child.stdout.close()
        complaint = child.stderr.read()
        child.stderr.close()
        child.wait(60)
        assert complaint == b""


def test_hostile_names_stay_words_in_csv(stored: Path) -> None:
    done = monitor("export", "answers", project=stored)
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert {row["engine"] for row in rows} == {"chat-a", "'" + HOSTILE_ENGINE}
    assert any(row["answer"].startswith("'=SUM(A1)") for row in rows)
