"""Holding stored answers against the fact sheet: what is kept, when the past is judged again."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from said_answers import SAID_AT, Said, judge, say
from small_project import Cut, edited, small_project
from test_facts_golden import ASKED_ON, cases, matcher, sheet

from monitor.facts import asked_of, check_facts
from monitor.mentions import extract
from monitor.pipeline import Project, check_answers, measure, open_project
from monitor.store import released_facts
from monitor.types import AnswerStatus, Intent, Question, Verdict

LATER = SAID_AT + timedelta(minutes=1)
QUESTIONS = ("tessavik-pricing", "tessavik-reputation", "best-cms-midsize", "cms-cost")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return open_project(small_project(tmp_path / "project", Cut(questions=QUESTIONS)))


def rows(project: Project, columns: str = "fact_id, verdict, asked") -> list[Any]:
    with project.store.reading("a test") as con:
        return (
            con.table("machine_judgements").order("answer_id, fact_id").project(columns).fetchall()
        )


def changed_fact(project: Project, fact_id: str, **values: Any) -> Project:
    """The project with other values of one fact in its sheet."""
    with edited(project.settings.project / "prompts/facts/demo.yaml") as content:
        [fact] = [one for one in content["facts"] if one["id"] == fact_id]
        fact |= values
    return open_project(project.settings.project)


def test_stated_facts_and_asked_ones_left_out_are_kept_and_nothing_else(project: Project) -> None:
    say(project, [Said("Tessavik's Starter plan costs 190 euros a month. It was founded in 2011.")])
    judge(project)
    assert rows(project) == [
        ("founded", "correct", False),
        ("free-plan", "not_stated", True),
        ("starter-price", "incorrect", True),
        ("trial-days", "not_stated", True),
    ]


def test_a_judgement_carries_the_quote_its_place_and_who_judged(project: Project) -> None:
    text = "In short: Tessavik's **Starter** plan costs 190 euros a month."
    say(project, [Said(text)])
    judge(project)
    [(start, end, quote, method, by, branded, intent)] = [
        row[1:]
        for row in rows(
            project,
            "fact_id, span_start, span_end, quote, method, judged_by, branded, intent",
        )
        if row[0] == "starter-price"
    ]
    assert text[start:end] == quote == "Starter** plan costs 190 euros a month"
    assert (method, by[0], branded, intent) == ("rules", "f", True, "purchase")


def test_answers_without_a_text_are_not_judged(project: Project) -> None:
    say(project, [Said("", status=AnswerStatus.FAILED), Said("No.", status=AnswerStatus.REFUSED)])
    judge(project)
    assert rows(project) == []


def test_an_answer_that_names_nobody_speaks_of_the_brand_that_was_asked_about(
    project: Project,
) -> None:
    say(project, [Said("The Starter plan costs 190 euros a month.")])
    judge(project)
    assert ("starter-price", "incorrect", True) in rows(project)


def test_a_rivals_price_is_no_error_of_ours(project: Project) -> None:
    say(project, [Said("Mundavero's Starter plan costs 190 euros a month.", "cms-cost")])
    judge(project)
    assert rows(project) == []


def test_each_fact_is_held_against_the_day_the_answer_was_asked(project: Project) -> None:
    text = "The current version of Tessavik is 7.1."
    project = changed_fact(project, "current-version", valid_from=date(2026, 11, 20))
    say(project, [Said(text, "cms-cost"), Said(text, "cms-cost", weeks=1)])
    judge(project)
    assert [verdict for _, verdict, _ in rows(project)] == ["correct", "outdated"]


def test_a_changed_sheet_judges_the_past_again_without_asking(project: Project) -> None:
    say(project, [Said("Tessavik's Starter plan costs 190 euros a month.")])
    judge(project)
    before = released_facts(project.store, "demo")
    value = {"type": "money", "value": 190, "currency": "EUR"}
    [again] = check_answers(changed_fact(project, "starter-price", value=value), LATER)
    after = released_facts(project.store, "demo")
    assert before is not None
    assert after is not None
    assert (again.answers, again.released) == (1, True)
    assert ("starter-price", "correct", True) in rows(project)
    assert [f for f in after.facts if after.facts[f] != before.facts[f]] == ["starter-price"]


def test_a_new_owner_is_kept_with_the_sheet_and_judges_nothing_again(project: Project) -> None:
    say(project, [Said("Tessavik's Starter plan costs 190 euros a month.")])
    judge(project)
    changed = changed_fact(project, "starter-price", owner="Finance")
    rounds = [check_answers(changed, LATER + timedelta(minutes=n))[0] for n in range(2)]
    assert [(one.answers, one.released) for one in rounds] == [(0, True), (0, False)]
    release = released_facts(project.store, "demo")
    assert release is not None
    assert {f.owner for f in release.content if f.fact_id == "starter-price"} == {"Finance"}


def test_a_question_that_asks_a_further_fact_asks_it_of_the_past_too(project: Project) -> None:
    say(project, [Said("Tessavik is a CMS.", "cms-cost")])
    judge(project)
    assert rows(project) == []
    with edited(project.settings.project / "prompts/packs/demo.yaml") as pack:
        [question] = [q for q in pack["questions"] if q["id"] == "cms-cost"]
        question["facts"] = ["starter-price"]
    check_answers(open_project(project.settings.project), LATER)
    assert rows(project) == [("starter-price", "not_stated", True)]


def test_figures_read_the_old_sheet_until_every_answer_is_judged(project: Project) -> None:
    say(project, [Said("Tessavik's Starter plan costs 190 euros a month.", repeat=n)
                  for n in range(2_001)])  # fmt: skip
    judge(project)
    value = {"type": "money", "value": 190, "currency": "EUR"}
    changed = changed_fact(project, "starter-price", value=value)

    def dies(_pack: str, _answers: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_answers(changed, LATER, dies)
    assert {verdict for fact, verdict, _ in rows(project) if fact == "starter-price"} == {
        "incorrect"
    }
    [done] = check_answers(changed, LATER)
    assert (done.answers, done.released) == (1, True)
    assert {verdict for fact, verdict, _ in rows(project) if fact == "starter-price"} == {"correct"}


def test_an_answer_to_a_probe_is_held_against_the_fact_it_probes_alone(project: Project) -> None:
    probe = Question(
        "probe-free",
        Intent.PROBE,
        text={"en": "Why is Tessavik's free plan so generous?"},
        facts=("free-plan",),
    )
    text = "Tessavik has a free plan. The Starter plan costs 190 euros a month."
    say(project, [Said(text, "probe-free")], [probe])
    judge(project)
    assert rows(project, "fact_id, verdict, asked, intent") == [
        ("free-plan", "incorrect", True, "probe")
    ]


def test_a_pack_without_facts_has_no_judgements(project: Project) -> None:
    (project.settings.project / "prompts/facts/demo.yaml").unlink()
    with edited(project.settings.project / "prompts/packs/demo.yaml") as pack:
        for question in pack["questions"]:
            question.pop("facts", None)
    bare = open_project(project.settings.project)
    say(bare, [Said("Tessavik costs 190 euros a month.")])
    measure(bare, SAID_AT)
    assert check_answers(bare, SAID_AT) == ()


def test_a_sheet_taken_away_takes_its_judgements_out_of_the_figures(project: Project) -> None:
    say(project, [Said("Tessavik's Starter plan costs 190 euros a month.")])
    judge(project)
    (project.settings.project / "prompts/facts/demo.yaml").unlink()
    with edited(project.settings.project / "prompts/packs/demo.yaml") as pack:
        for question in pack["questions"]:
            question.pop("facts", None)
    check_answers(open_project(project.settings.project), LATER)
    assert rows(project) == []


@pytest.mark.parametrize("case", [c for c in cases()[::5] if "question" not in c])
def test_only_answers_that_may_speak_of_the_brand_need_reading(case: dict[str, Any]) -> None:
    """What `check_answers` leaves out unread: neither named nor asked about."""
    text = case["answer"].replace("Quellbach", "Nobody").replace("quellbach", "nobody")
    brand = sheet()[0].brand
    named = [m.brand for m in extract(text, matcher()).mentions if m.spans]
    assert brand not in named
    assert asked_of("", matcher()) is None
    judged = check_facts(text, sheet(), matcher(), ASKED_ON, None)
    assert {one.verdict for one in judged} == {Verdict.NOT_STATED}
