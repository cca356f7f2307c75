"""What `--help` says, how quickly, and what each command loads."""

import json
import resource
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli_project import environment, monitor, with_answers

_HEAVY = ("litellm", "streamlit", "pandas")
_FIRST_STEPS = ["demo", "init", "doctor", "ask", "plan", "run", "schedule", "status", "report"]
_LISTED_LAST = ["backup", "restore", "rebuild", "verify", "simulate"]
_PROBE = """
import json, sys
from monitor.cli import main
try:
    main(sys.argv[2:])
except SystemExit as e:
    code = e.code
with open(sys.argv[1], "w") as file:
    loaded = sorted(name for name, module in sys.modules.items() if module is not None)
    json.dump({"code": code, "modules": loaded}, file)
"""


def _modules_after(tmp_path: Path, *arguments: str) -> tuple[int, set[str]]:
    report = tmp_path / "modules.json"
    subprocess.run(
        [sys.executable, "-c", _PROBE, str(report), *arguments],
        env=environment(),
        capture_output=True,
        check=True,
    )
    found = json.loads(report.read_text())
    return found["code"], {name.partition(".")[0] for name in found["modules"]}


def _cpu_s(*arguments: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "monitor", *arguments],
        env=environment(),
        capture_output=True,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _commands(text: str) -> list[str]:
    lines = text.split("Commands:\n")[1].split("\n\n", maxsplit=1)[0].splitlines()
    return [line.split()[0] for line in lines if line.startswith("  ") and line[2] != " "]


def test_help_takes_less_than_four_tenths_of_a_second_of_cpu() -> None:
    assert statistics.median(_cpu_s("--help") for _ in range(5)) < 0.4


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    code, modules = _modules_after(tmp_path, "--help")
    assert code == 0
    assert not modules & {*_HEAVY, "duckdb", "pydantic", "numpy", "rich", "aiohttp"}


def test_help_lists_commands_in_the_order_of_use_with_whole_sentences() -> None:
    text = monitor("--help").out
    names = _commands(text)
    assert names[: len(_FIRST_STEPS)] == _FIRST_STEPS
    assert names[-len(_LISTED_LAST) :] == _LISTED_LAST
    listed = text.partition("Commands:")[2]
    assert "..." not in listed
    assert "…" not in listed


def test_every_command_explains_itself_and_each_of_its_options() -> None:
    for name in _commands(monitor("--help").out):
        shown = monitor(name, "--help")
        assert shown.code == 0
        usage, _, rest = shown.out.partition("\n\n")
        assert name in usage
        assert rest.strip()
        lines = rest.splitlines()
        for i, line in enumerate(lines):
            if line.startswith("  -"):
                followed = lines[i + 1] if i + 1 < len(lines) else ""
                words = len(line.split()) > 2 or followed.startswith(" " * 20)
                assert words, f"{name}: {line.strip()} says nothing"


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_answers(tmp_path_factory.mktemp("loads") / "project")


@pytest.mark.parametrize(
    "arguments",
    [
        ("status",),
        ("report",),
        ("export", "estimates"),
        ("sql", "SELECT 1"),
        ("doctor",),
        ("plan",),
        ("mentions", "/dev/null"),
        ("verify",),
    ],
    ids=lambda arguments: arguments[0],
)
def test_reading_commands_never_load_litellm_streamlit_or_pandas(
    stored: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    code, modules = _modules_after(tmp_path, "--project", str(stored), *arguments)
    assert code == 0
    assert not modules & {*_HEAVY}
