"""Reports at the edges, through the command line: sensible values, never ±0, nothing dropped."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from small_project import Cut, small_project
from told_waves import OWN, START, UNBRANDED, Told, steady, tell, told_history

from monitor.cli import main
from monitor.pipeline import Project, measure, open_project
from monitor.types import AnswerStatus, Cell

WIDTHLESS = ("±0", "±0.0", "nan", "NaN", "None")
FORMATS = ("table", "html")


def made(folder: Path, questions: tuple[str, ...] = UNBRANDED[:6], repeats: int = 3) -> Project:
    cut = Cut(questions, ("sim-chat", "sim-chat-web"), ("en-US",), repeats)
    return open_project(small_project(folder / "project", cut))


def reported(project: Project, capsys: pytest.CaptureFixture[str], form: str = "json") -> str:
    """What `monitor report` writes in a format."""
    main_of(project, "report", "--pack", "demo", "--format", form)
    return capsys.readouterr().out


def main_of(project: Project, *arguments: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--project", str(project.settings.project), *arguments])
    assert not ended.value.code


def figures(project: Project, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return list(json.loads(reported(project, capsys))["figures"])


def always(_: Cell, __: str) -> float:
    return 1.0


def never(_: Cell, __: str) -> float:
    return 0.0


def one_wave(told: Told) -> Callable[[Project], None]:
    def write(project: Project) -> None:
        told_history(project, project.pack("demo"), 1, lambda _: told)

    return write


def refused_in_the_second_week(project: Project) -> None:
    refused = Told(steady, status=lambda _: AnswerStatus.REFUSED)
    told_history(project, project.pack("demo"), 3, lambda w: refused if w == 1 else Told(steady))


def empty_in_the_second_week(project: Project) -> None:
    empty = Told(steady, asked=lambda _: False)
    told_history(project, project.pack("demo"), 3, lambda w: empty if w == 1 else Told(steady))


def a_question_added(project: Project) -> None:
    pack = project.pack("demo")
    tell(project, replace(pack, questions=pack.questions[1:]), 0, Told(steady))
    tell(project, pack, 1, Told(steady))
    measure(project, START)


EDGES: dict[str, tuple[Callable[[Project], None], tuple[str, ...], int]] = {
    "always named": (one_wave(Told(always)), UNBRANDED[:6], 3),
    "never named": (one_wave(Told(never)), UNBRANDED[:6], 3),
    "one question": (one_wave(Told(steady)), UNBRANDED[:1], 6),
    "one repeat": (one_wave(Told(steady)), UNBRANDED, 1),
    "one answer": (one_wave(Told(steady)), UNBRANDED[:1], 1),
    "all refused": (
        one_wave(Told(steady, status=lambda _: AnswerStatus.REFUSED)), UNBRANDED[:6], 3
    ),
    "a week refused": (refused_in_the_second_week, UNBRANDED[:6], 3),
    "an empty wave": (empty_in_the_second_week, UNBRANDED[:6], 3),
    "a question added": (a_question_added, UNBRANDED[:6], 3),
}  # fmt: skip


@pytest.mark.parametrize("edge", EDGES)
def test_every_figure_has_a_margin_or_a_reason_in_every_format(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], edge: str
) -> None:
    tell_it, questions, repeats = EDGES[edge]
    project = made(tmp_path, questions, repeats)
    tell_it(project)
    for figure in figures(project, capsys):
        if figure["value"] is None:
            assert figure["note"]
            assert figure["panel"] is figure["market"] is None
            continue
        for low, high in filter(None, (figure["panel"], figure["market"])):
            assert high - low > 0.005, figure
            assert low <= figure["value"] <= high
        assert figure["panel"] is not None
    for form in FORMATS:
        shown = reported(project, capsys, form)
        assert OWN in shown
        if form == "table":
            assert not [word for word in WIDTHLESS if word in shown]


@pytest.mark.parametrize("tell_it", [refused_in_the_second_week, empty_in_the_second_week])
def test_a_week_without_ok_answers_keeps_its_place_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], tell_it: Callable[[Project], None]
) -> None:
    project = made(tmp_path)
    tell_it(project)
    weeks = {
        figure["week"]: figure
        for figure in figures(project, capsys)
        if (figure["figure"], figure["brand"]) == ("visibility", OWN)
        and figure["engine"] is None
        and figure["week"]
    }
    assert [(week, figure["n"]) for week, figure in sorted(weeks.items())] == [
        ("2026-W37", 36),
        ("2026-W38", 0),
        ("2026-W39", 36),
    ]
    assert weeks["2026-W38"]["value"] is None
    assert weeks["2026-W38"]["note"].startswith("too few answers (n = 0")
    assert "2026-W38\ttoo few answers (n = 0" in reported(project, capsys, "table")


def test_a_question_added_half_way_is_left_out_of_the_comparison_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = made(tmp_path)
    a_question_added(project)
    main_of(
        project, "compare", "demo", "--format", "json",
        "--before", "2026-09-07..2026-09-13", "--after", "2026-09-14..2026-09-20",
    )  # fmt: skip
    written = capsys.readouterr()
    first = json.loads(written.out)[0]
    left_out = f"Questions asked only after, left out: {UNBRANDED[0]}."
    assert first["questions"] == 5
    assert first["left_out"] == [left_out]
    assert left_out in written.err
