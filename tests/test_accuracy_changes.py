"""Accuracy before and after, from stored answers: in `compare` and on the Changes page."""

import csv
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from said_answers import SAID_AT, Said, judge, say
from small_project import Cut, small_project
from test_dashboard_accuracy import html, page, shown

from monitor.cli import main
from monitor.facts import RULES_VERSION
from monitor.pipeline import Project, open_project
from monitor.queries import Movements, View, accuracy_movements
from monitor.stats import ChangeLabel
from monitor.store import ingest
from monitor.types import Review, Verdict

OWN = "Tessavik"
QUESTIONS = ("tessavik-pricing", "tessavik-reputation", "best-cms-midsize", "cms-cost")
RIGHT = "Tessavik's Starter plan costs 290 euros a month."
WRONG = "Tessavik's Starter plan costs 190 euros a month."
FIRST = SAID_AT.date()
SECOND = FIRST + timedelta(weeks=1)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return open_project(small_project(tmp_path / "project", Cut(questions=QUESTIONS)))


def told(project: Project) -> list[str]:
    """sim-chat gets the price wrong in the second week, sim-claude says it too seldom."""
    said = [Said(RIGHT, weeks=week, repeat=n) for week in (0, 1) for n in range(20)]
    for n in range(20, 32):
        said += [Said(RIGHT, repeat=n), Said(WRONG, weeks=1, repeat=n)]
    said += [Said(RIGHT, engine="sim-claude", weeks=week) for week in (0, 1)]
    ids = say(project, said)
    judge(project)
    return ids


def sides(branded: bool = True) -> tuple[View, View]:
    return (
        View("demo", FIRST, FIRST, branded=branded),
        View("demo", SECOND, SECOND, branded=branded),
    )


def moved(project: Project) -> Movements:
    found = accuracy_movements(project.store, *sides(), OWN)
    assert found is not None
    return found


def printed(project: Project, *options: str, form: str = "table") -> list[str]:
    period = [f"{day}..{day}" for day in (FIRST, SECOND)]
    return [
        *("--project", str(project.settings.project), "--format", form, "compare", "demo"),
        *("--before", period[0], "--after", period[1], *options),
    ]


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert not ended.value.code
    return capsys.readouterr().out


def test_a_price_that_got_wrong_is_a_real_fall_on_its_engine(project: Project) -> None:
    told(project)
    found = moved(project)
    overall, chat, claude = found.lines
    assert (overall.engine, chat.engine, claude.engine) == (None, "sim-chat", "sim-claude")
    assert (chat.change.before, chat.change.after) == (1.0, pytest.approx(20 / 32))
    assert chat.verdict.label is ChangeLabel.REAL
    assert (claude.change.difference, claude.change.note) == (None, "too few answers (n = 1)")
    assert found.versions["facts"].startswith(RULES_VERSION)
    # Two lines are tested; the third has nothing to test and makes no other less sure.
    assert chat.verdict.q == pytest.approx(2 * chat.change.p, rel=0.5)
    assert chat.verdict.q <= 2 * chat.change.p


def test_a_real_fall_of_accuracy_fails_the_check(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    numbers = range(32)
    said = [Said(RIGHT, "cms-cost", repeat=n) for n in numbers]
    said += [Said(RIGHT if n < 20 else WRONG, "cms-cost", weeks=1, repeat=n) for n in numbers]
    say(project, said)
    judge(project)
    arguments = ["check" if word == "compare" else word for word in printed(project)]
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 5
    assert "really got worse: accuracy on all engines, accuracy on sim-chat" in (
        capsys.readouterr().err
    )


def test_what_people_corrected_on_one_side_moves_nothing(project: Project) -> None:
    ids = told(project)
    before = moved(project).lines
    moment = SAID_AT + timedelta(hours=1)
    reviews = [
        Review(f"r-{i}", answer_id, "starter-price", Verdict.INCORRECT, "ana", moment)
        for i, answer_id in enumerate(ids[:10])
    ]
    project.store.journal.append(reviews, moment)
    ingest(project.store, moment)
    assert moved(project).lines == before


def test_before_anything_is_judged_there_is_no_accuracy_to_compare(project: Project) -> None:
    assert accuracy_movements(project.store, *sides(), OWN) is None


def test_compare_prints_accuracy_in_a_table_of_its_own(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    told(project)
    text = run(printed(project, "--branded"), capsys)
    assert "Accuracy of what is stated" in text
    table = text[text.index("Accuracy of what is stated") :]
    assert "real" in table
    assert "too few answers (n = 1)" in table


def test_json_and_csv_have_both_sides_with_intervals(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    told(project)
    records: list[dict[str, Any]] = json.loads(
        run(printed(project, "--branded", form="json"), capsys)
    )
    accuracy = {r["engine"]: r for r in records if r["figure"] == "accuracy"}
    assert {None, "sim-chat", "sim-claude"} == set(accuracy)
    chat, claude = accuracy["sim-chat"], accuracy["sim-claude"]
    low, high = chat["after_panel"]
    assert low < chat["after"] < high
    assert (chat["label"], set(chat["versions"])) == ("real", {"facts"})
    assert (claude["label"], claude["before"]) == (None, None)
    assert claude["note"] == "too few answers (n = 1)"
    rows = list(csv.DictReader(run(printed(project, "--branded", form="csv"), capsys).splitlines()))
    assert [row["engine"] for row in rows if row["figure"] == "accuracy"] == [
        "",
        "sim-chat",
        "sim-claude",
    ]


def test_the_page_of_changes_shows_accuracy_before_and_after(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(project)
    app = page(project, monkeypatch, "changes", figure="accuracy", waves="1", kind="branded")
    text = shown(app)
    assert "Accuracy on the 1 questions" in text
    assert "100%</a>" in text
    assert "too few answers (n = 1)" in html(app)


def test_too_few_statements_say_so_instead_of_a_table(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(project)
    app = page(project, monkeypatch, "changes", figure="accuracy", waves="1")
    assert "Too few statements about Tessavik" in html(app)
