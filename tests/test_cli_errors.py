"""What goes wrong says so in one clear line, with a way out, and shows no key."""

import json
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from disks import read_only

from tests.cli_project import PLANTED_KEY, environment, monitor, with_answers

_HOLDER = """
import sys, time, duckdb
con = duckdb.connect(sys.argv[1])
print("held", flush=True)
time.sleep(60)
"""
_NEWER = """
import sys, duckdb
con = duckdb.connect(sys.argv[1])
con.execute("INSERT INTO schema_migrations SELECT 999, 'later', 'x', now()::TIMESTAMP")
"""


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_answers(tmp_path_factory.mktemp("errors") / "project")


@pytest.fixture
def own(stored: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(stored, tmp_path / "project"))


def _one_line(err: str) -> str:
    """The error, checked to be one line for a person."""
    lines = [line for line in err.splitlines() if not line.startswith("measuring")]
    assert len(lines) == 1, err
    assert lines[0].startswith("monitor: ")
    assert "Traceback" not in err
    assert "a bug" not in err
    return lines[0]


_MISTAKES = [
    (("status", "--project", "/nowhere"), "monitor init /nowhere"),
    (("report", "--pack", "nope"), "archives"),
    (("report", "--since", "2020-01-01", "--until", "2020-02-01"), "2026-10-05"),
    (("report", "--since", "2026-11-02", "--until", "2026-10-01"), "swap the days"),
    (("report", "-o", "{folder}"), "Is a directory"),
    (("report", "-o", "{folder}/no/where.md"), "--output"),
    (("plan", "nope"), "archives"),
    (("run", "nope"), "archives"),
    (("ask", " "), "question is empty"),
    (("ask", "Who?", "--engine", "nope"), "sim-chat"),
    (("note", ""), "note is empty"),
    (("note", "x", "--pack", "nope"), "archives"),
    (("export", "nope"), "choose from answers"),
    (("export", "answers", "--pack", "nope"), "archives"),
    (("export", "answers", "-o", "{folder}/a.txt"), ".parquet"),
    (("export", "answers", "-o", "{folder}/no/a.csv"), "--output"),
    (("import", "{folder}"), "Is a directory"),
    (("import", "{folder}/none.jsonl"), "No such file"),
    (("mentions", "{folder}"), "Is a directory"),
    (("backup", "{folder}"), "name a new file"),
    (("restore", "{folder}"), "monitor backup"),
    (("sql", "INSERT INTO answers SELECT * FROM answers"), "read"),
    (("sql", "ATTACH 'x.db'"), "disabled"),
    (("sql", "COPY answers TO 'x.csv'"), "disabled"),
    (("sql", "SELECT * FROM read_csv('/etc/passwd')"), "disabled"),
    (("sql", "INSTALL httpfs"), "disabled"),
    (("sql", "SELECT 1; SELECT 2"), "one statement"),
    (("sql", "PRAGMA memory_limit='1GB'"), "locked"),
    (("sql", "SELEC 1"), "SELEC"),
]


@pytest.mark.parametrize(
    ("arguments", "hint"), _MISTAKES, ids=[" ".join(a)[:40] for a, _ in _MISTAKES]
)
def test_a_mistake_gets_one_line_with_a_way_out(
    stored: Path, tmp_path: Path, arguments: tuple[str, ...], hint: str
) -> None:
    given = [argument.format(folder=tmp_path) for argument in arguments]
    done = monitor(*given, env=environment(MONITOR_PROJECT=str(stored)))
    assert done.code == 1, done.err
    assert hint in _one_line(done.err)
    assert not done.out


_MISUSES = [
    (),
    ("nonsense",),
    ("report", "--since", "soon"),
    ("run", "--due", "--now"),
    ("run", "--max-cost", "much"),
    ("dashboard", "--port", "99999"),
    ("note", "x", "--day", "2026-13-01"),
]


@pytest.mark.parametrize("arguments", _MISUSES, ids=lambda a: " ".join(a) or "nothing")
def test_misuse_exits_with_2_and_no_traceback(stored: Path, arguments: tuple[str, ...]) -> None:
    done = monitor(*arguments, project=stored)
    assert done.code == 2
    assert "Traceback" not in done.err


def test_a_folder_without_prompts_says_how_to_make_some(tmp_path: Path) -> None:
    done = monitor("status", project=tmp_path)
    assert done.code == 1
    assert "monitor init" in _one_line(done.err)


def test_a_store_of_a_newer_version_asks_for_an_update(own: Path) -> None:
    store = own / "data" / "monitor.duckdb"
    subprocess.run([sys.executable, "-c", _NEWER, str(store)], check=True)
    for command in ("status", "report", "rebuild"):
        done = monitor(command, project=own)
        if command != "rebuild":
            assert done.code == 1
            assert "newer version" in _one_line(done.err)
        else:
            assert done.code == 0, done.err


def test_a_store_that_another_program_holds_is_named_with_the_way_out(own: Path) -> None:
    store = own / "data" / "monitor.duckdb"
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(store)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        env = environment(MONITOR_LOCK_WAIT_S="1", MONITOR_PROJECT=str(own))
        done = monitor("status", env=env)
    finally:
        holder.kill()
        holder.wait()
        if holder.stdout:
            holder.stdout.close()
    assert done.code == 1
    assert "another program" in _one_line(done.err)
    assert monitor("status", project=own).code == 0


def test_a_damaged_database_points_to_rebuild_which_mends_it(own: Path) -> None:
    before = monitor("report", "--format", "json", project=own).out
    store = own / "data" / "monitor.duckdb"
    store.write_bytes(b"not a database at all" * 1000)
    done = monitor("report", project=own)
    assert done.code == 1
    assert "monitor rebuild" in _one_line(done.err)
    assert monitor("rebuild", project=own).code == 0
    assert monitor("report", "--format", "json", project=own).out == before


def test_broken_yaml_names_file_and_line(own: Path) -> None:
    path = own / "prompts" / "packs" / "archives.yaml"
    path.write_text(path.read_text() + "\n  broken: [", encoding="utf-8")
    done = monitor("run", project=own)
    assert done.code == 1
    assert "archives.yaml" in done.err
    assert "Traceback" not in done.err
    assert "line" in done.err or ":1" in done.err or ":2" in done.err


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("engines: [sim-chat, sim-claude]", "engines: [sim-chat, sim-clode]"),
        ("locales: [en-US]", "locales: [xx-YY]"),
        ("intent: purchase", "intent: buying"),
    ],
)
def test_a_word_that_the_pack_may_not_say_is_named(own: Path, wrong: str, right: str) -> None:
    path = own / "prompts" / "packs" / "archives.yaml"
    text = path.read_text()
    assert wrong in text
    path.write_text(text.replace(wrong, right), encoding="utf-8")
    done = monitor("plan", project=own)
    assert done.code == 1
    assert "archives.yaml" in done.err
    assert "Traceback" not in done.err


def test_a_missing_key_is_named_before_anything_is_asked(own: Path) -> None:
    pack = own / "prompts" / "packs" / "archives.yaml"
    pack.write_text(pack.read_text().replace("[sim-chat, sim-claude]", "[real-chat]"))
    for command in (("run", "--now"), ("ask", "Who?")):
        done = monitor(*command, project=own)
        assert done.code == 1
        assert "OPENAI_API_KEY" in done.err
        assert ".env" in done.err
        assert "Traceback" not in done.err
    doctor = monitor("doctor", project=own)
    assert doctor.code == 1
    assert "OPENAI_API_KEY" in doctor.out


def test_a_planted_key_is_in_no_output(own: Path) -> None:
    env = environment(OPENAI_API_KEY=PLANTED_KEY, MONITOR_PROJECT=str(own))
    steps = (
        ("doctor",),
        ("status",),
        ("report", "--format", "html"),
        ("export", "answers", "--format", "jsonl"),
        ("sql", f"SELECT {PLANTED_KEY}"),
        ("report", "--pack", PLANTED_KEY),
        ("export", PLANTED_KEY),
    )
    for arguments in steps:
        done = monitor(*arguments, env=env)
        assert PLANTED_KEY not in done.out + done.err, arguments


def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    with read_only(tmp_path / "closed") as folder:
        done = monitor("init", str(folder / "new"))
    assert done.code == 1
    assert str(folder) in _one_line(done.err)


def test_a_file_where_a_folder_should_be_is_named(tmp_path: Path) -> None:
    path = tmp_path / "taken"
    path.write_text("")
    done = monitor("init", str(path / "new"))
    assert done.code == 1
    assert str(path) in _one_line(done.err)
    done = monitor("status", project=path)
    assert done.code == 1
    assert str(path) in _one_line(done.err)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_under_an_output_is_named(stored: Path) -> None:
    done = monitor("report", "--format", "html", "-o", "/dev/full", project=stored)
    assert done.code == 1
    assert "No space left" in _one_line(done.err)


def test_a_data_folder_that_cant_be_written_is_named(own: Path) -> None:
    shutil.rmtree(own / "data" / "journal")
    (own / "data" / "journal").write_text("a file in the way")
    done = monitor("note", "A launch", project=own)
    assert done.code == 1
    assert "journal" in _one_line(done.err)


def test_a_taken_port_is_named_before_streamlit_starts(stored: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for command in (("dashboard", "--port", str(port)), ("simulate", "--port", str(port))):
            started = time.monotonic()
            done = monitor(*command, project=stored)
            assert done.code == 1
            assert str(port) in _one_line(done.err)
            assert time.monotonic() - started < 60


def test_a_test_message_without_a_target_says_where_to_name_one(own: Path) -> None:
    done = monitor("notify", "test", project=own)
    assert done.code == 1
    assert "MONITOR_NOTIFY names no target" in _one_line(done.err)
    later = monitor("notify", "alerts", "--format", "json", project=own)
    assert later.code == 0
    assert json.loads(later.out) == []
    assert "MONITOR_NOTIFY names no target" in later.err
