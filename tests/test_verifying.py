"""What `verify` finds where tables no longer hold what journal and answers say."""

from pathlib import Path

import pytest
from said_answers import SAID_AT, Said, judge, say
from small_project import Cut, edited, small_project

from monitor.pipeline import Project, open_project
from monitor.pipeline.verifying import verify_store
from monitor.reviews import Reason, ReviewItem
from monitor.store import Decision, decide
from monitor.types import ReviewSample, Verdict

WRONG = "Tessavik's Starter plan costs 1,160 euros a month."
RIGHT = "Tessavik's Starter plan costs 290 euros a month."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with two answers about a price, one of which a person has reviewed."""
    folder = small_project(tmp_path / "project", Cut(questions=("tessavik-pricing",)))
    made = open_project(folder)
    first, _ = say(made, [Said(WRONG), Said(RIGHT, repeat=2)])
    judge(made)
    item = ReviewItem(first, "starter-price", Reason.CRITICAL, ReviewSample.SELECTED)
    decide(made.store, Decision(item, Verdict.INCORRECT, "ana"), SAID_AT)
    return made


def wrong(project: Project) -> dict[str, str]:
    return {check.check: check.finding for check in verify_store(project) if not check.ok}


def change(project: Project, statement: str) -> None:
    with project.store.writing("tampering") as con:
        con.execute(statement)


def test_what_is_as_it_was_kept_is_well(project: Project) -> None:
    found = {check.check: check.finding for check in verify_store(project)}
    assert wrong(project) == {}
    assert found["answers"] == "2 as journalled"
    assert found["reviews"] == "1 as journalled"
    assert found["judges' replies"] == "0 as journalled"
    assert found["figures of demo"] == "2 mentions recounted"
    assert found["verdicts of demo"].endswith(" found anew by rules")
    assert int(found["verdicts of demo"].split()[0]) >= 2


@pytest.mark.parametrize(
    ("statement", "check", "finding"),
    [
        ("UPDATE judgements SET verdict = 'correct' WHERE verdict = 'incorrect'",
         "verdicts of demo", "1 not stored, 1 stored that rules don't find, first starter-price"),
        ("DELETE FROM judgements WHERE verdict = 'correct'",
         "verdicts of demo", "1 not stored, 0 stored"),
        ("UPDATE rollup_mentions SET visible = visible + 1 WHERE brand = 'Tessavik'",
         "figures of demo", "1 counts differ, first Tessavik on sim-chat: 3 stored, 2 in"),
        ("DELETE FROM reviews", "reviews", "1 journalled but not stored"),
        ("INSERT INTO judgings (judging_id) VALUES ('made-up')",
         "judges' replies", "1 stored but not journalled, first made-up"),
        ("UPDATE answer_texts SET text = 'Nobody.'", "answers", "differ from the journal"),
    ],
)  # fmt: skip
def test_what_was_changed_in_the_tables_is_found(
    project: Project, statement: str, check: str, finding: str
) -> None:
    change(project, statement)
    assert finding in wrong(project)[check]


def test_a_sheet_that_reads_otherwise_today_is_no_damage_but_work(project: Project) -> None:
    with edited(project.settings.project / "prompts/facts/demo.yaml") as sheet:
        sheet["facts"][3]["value"]["value"] = 310
    found = wrong(open_project(project.settings.project))
    assert found == {
        "verdicts of demo": "facts, brands or rules changed since; run `monitor remeasure`"
    }
