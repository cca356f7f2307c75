"""Contradictions of critical facts: an alert at once, once, and a person's to move."""

from datetime import timedelta
from pathlib import Path

import pytest
from said_answers import SAID_AT, Said, judge, say
from small_project import Cut, edited, small_project

from monitor.pipeline import Project, Watch, move_alert, open_project, watch
from monitor.queries import alert_lines
from monitor.store import ingest
from monitor.types import AlertState, Review, Verdict

QUESTIONS = ("tessavik-pricing", "cms-cost", "best-cms-midsize")
WRONG = "Tessavik's Starter plan costs 190 euros a month."
OLD = "Tessavik's Starter plan costs 240 euros a month."
MINOR = "Tessavik was founded in 1999."
NOW = SAID_AT + timedelta(weeks=3)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return open_project(small_project(tmp_path / "project", Cut(questions=QUESTIONS)))


def watched(project: Project, minutes: int = 0) -> Watch:
    judge(project, NOW)
    return watch(project, project.pack("demo"), NOW + timedelta(minutes=minutes))


def test_two_independent_answers_open_an_alert_with_quotes_engines_and_since_when(
    project: Project,
) -> None:
    say(project, [Said(WRONG, weeks=1), Said(OLD, engine="sim-claude", weeks=2)])
    [alert] = watched(project).opened
    assert (alert.kind, alert.brand, alert.key) == (
        "contradiction",
        "Tessavik",
        "contradiction|Tessavik|starter-price",
    )
    assert alert.title == "Tessavik: answers contradict the critical fact starter-price"
    assert alert.since == "demo@2026-11-23T06:00"
    says, spread, newest, oldest = alert.text.splitlines()
    assert says == "The sheet says: Tessavik's Starter plan costs 290 euros a month."
    assert spread == (
        "2 answers of sim-chat, sim-claude say otherwise since 2026-11-23; "
        "1 say what was true earlier; none reviewed by a person."
    )
    assert newest.startswith("“Starter plan costs 240 euros a month” (sim-claude, 2026-11-30, ")
    assert oldest.startswith("“Starter plan costs 190 euros a month” (sim-chat, 2026-11-23, ")


@pytest.mark.parametrize(
    "said",
    [
        [Said(WRONG)],
        [Said(WRONG, repeat=1), Said(WRONG, repeat=2)],
        [Said(MINOR), Said(MINOR, engine="sim-claude")],
    ],
    ids=["one answer", "repeats of one cell", "a fact that isn't critical"],
)
def test_less_opens_nothing(project: Project, said: list[Said]) -> None:
    say(project, said)
    assert watched(project).opened == ()


def test_the_matter_stays_one_alert_until_a_person_closes_it_and_may_come_back(
    project: Project,
) -> None:
    say(project, [Said(WRONG), Said(WRONG, engine="sim-claude")])
    [alert] = watched(project).opened
    assert watched(project, 1).opened == ()
    move_alert(project.store, alert.alert_id, AlertState.RESOLVED, "ana", "told them", NOW)
    assert watched(project, 2).opened == ()
    later = [Said(WRONG, weeks=4), Said(WRONG, engine="sim-claude", weeks=4)]
    say(project, later)
    judge(project, NOW)
    weeks_later = NOW + timedelta(weeks=2)
    [again] = watch(project, project.pack("demo"), weeks_later).opened
    assert again.text.splitlines()[1].startswith("2 answers")
    assert watch(project, project.pack("demo"), weeks_later).opened == ()
    states = [line.state for line in alert_lines(project.store, "demo")]
    assert states == [AlertState.OPEN, AlertState.RESOLVED]


def test_what_people_found_to_be_right_opens_nothing(project: Project) -> None:
    ids = say(project, [Said(WRONG), Said(WRONG, engine="sim-claude")])
    judge(project, NOW)
    review = Review("r", ids[0], "starter-price", Verdict.CORRECT, "ana", NOW)
    project.store.journal.append([review], NOW)
    ingest(project.store, NOW)
    assert watched(project).opened == ()


def test_a_fact_that_becomes_critical_alerts_of_the_past(project: Project) -> None:
    say(project, [Said(MINOR), Said(MINOR, engine="sim-claude")])
    assert watched(project).opened == ()
    with edited(project.settings.project / "prompts/facts/demo.yaml") as content:
        [fact] = [one for one in content["facts"] if one["id"] == "founded"]
        fact["severity"] = "critical"
    [alert] = watched(open_project(project.settings.project), 1).opened
    assert alert.key == "contradiction|Tessavik|founded"
