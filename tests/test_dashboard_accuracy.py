"""The Accuracy page and an answer's judgements, on answers whose words are known."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest
from said_answers import SAID_AT, Said, judge, say
from small_project import Cut, edited, small_project
from streamlit.testing.v1 import AppTest

from monitor.facts import RULES_VERSION
from monitor.pipeline import Project, open_project
from monitor.store import ingest
from monitor.types import Review, ReviewSample, Verdict

APP = str(Path(__file__).parent.parent / "dashboard" / "app.py")
QUESTIONS = ("tessavik-pricing", "best-cms-midsize", "cms-cost")
RIGHT = "Tessavik's Starter plan costs 290 euros a month. There is no free plan."
WRONG = "Tessavik's Starter plan costs 190 <b>euros</b> a month. There is no free plan."
PLAN = "Tessavik has a free plan."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return open_project(small_project(tmp_path / "project", Cut(questions=QUESTIONS)))


def page(
    project: Project, monkeypatch: pytest.MonkeyPatch, name: str = "accuracy", **params: Any
) -> AppTest:
    monkeypatch.setenv("MONITOR_PROJECT", str(project.settings.project))
    app = AppTest.from_file(APP, default_timeout=60)
    for key, value in params.items():
        app.query_params[key] = value
    app.run()
    app.switch_page(f"app_pages/{name}.py").run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def shown(app: AppTest) -> str:
    return html(app) + "\n".join(one.value for one in (*app.caption, *app.header, *app.title))


def told(project: Project) -> list[str]:
    ids = say(project, [Said(RIGHT, repeat=n) for n in range(9)]
              + [Said(WRONG, weeks=1), Said(PLAN, "cms-cost", "sim-claude")])  # fmt: skip
    judge(project)
    return ids


def test_contradicted_facts_stand_with_what_the_sheet_says_and_what_was_said(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = told(project)
    text = shown(page(project, monkeypatch, kind="branded"))
    assert "2 of 14 facts about Tessavik are contradicted, 2 of them critical" in text
    assert "Tessavik&#x27;s Starter plan costs 290 euros a month." in text
    assert f"answer={quote_plus(ids[9])}" in text
    assert "190 &lt;b&gt;euros&lt;/b&gt; a month" in text
    assert "<b>euros" not in text
    assert "fact=starter-price&amp;says=wrong" in text
    assert "Promises we can't keep" in text
    assert "No question asks for:" in text


def test_what_needs_a_judge_is_not_measured_and_says_so(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "Tessavik covers translation with great care. It was founded in 2011."
    say(project, [Said(said, "best-cms-midsize", repeat=n) for n in range(12)])
    judge(project)
    text = shown(page(project, monkeypatch))
    assert "Not measured: 12 statements that only a judge can read; no judge is configured." in text
    assert "Not measured: only a judge finds such claims" in text
    assert "These questions ask for no fact" in text
    assert "Uncalibrated: see judge against people below" in text


def test_a_judge_that_has_read_nothing_yet_is_not_called_missing(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "Tessavik covers translation with great care."
    say(project, [Said(said, "best-cms-midsize", repeat=n) for n in range(12)])
    judge(project)
    with edited(project.settings.project / "prompts/packs/demo.yaml") as pack:
        pack["judge"] = {"engines": ["sim-claude", "sim-chat"]}
    text = shown(page(project, monkeypatch))
    assert "Not measured: 12 statements that no judge has read yet." in text


def test_without_a_sheet_the_page_says_where_to_write_one(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project.settings.project
    (folder / "prompts/facts/demo.yaml").unlink()
    with edited(folder / "prompts/packs/demo.yaml") as pack:
        for question in pack["questions"]:
            question.pop("facts", None)
    bare = open_project(folder)
    told(bare)
    text = shown(page(bare, monkeypatch))
    assert "There is no fact sheet" in text
    assert "prompts/facts/" in text


def test_a_card_on_the_overview_has_the_same_accuracy(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(project)
    assert "19 of 20 statements about Tessavik" in html(
        page(project, monkeypatch, "overview", kind="branded")
    )


def test_a_number_opens_the_answers_that_say_so(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = told(project)
    text = html(page(project, monkeypatch, "answers", fact="free-plan", says="wrong"))
    assert "contradicting: Tessavik has no free plan." in text
    assert f"answer={quote_plus(ids[10])}" in text
    assert f"answer={quote_plus(ids[9])}" not in text


def test_an_answers_judgements_are_marked_and_carry_versions_and_reviews(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = told(project)
    review = Review("r", ids[9], "free-plan", Verdict.UNVERIFIABLE, "ana", SAID_AT + timedelta(1))
    project.store.journal.append([review], SAID_AT)
    ingest(project.store, SAID_AT)
    text = shown(page(project, monkeypatch, "answer", answer=ids[9]))
    assert '<mark class="wrong">' in text
    assert "Against the fact sheet" in text
    assert "ana; the machine said: true (f" in text


def test_the_page_speaks_german(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    told(project)
    text = shown(page(project, monkeypatch, kind="branded", lang="de"))
    assert "2 von 14 Fakten über Tessavik wird widersprochen, 2 davon kritischen" in text
    assert "Der Tarif Starter von Tessavik kostet 290 Euro im Monat." in text


def drawn(ids: list[str], machine: Verdict, people: Verdict, items: int) -> list[Review]:
    """Random reviews of the price in these answers."""
    return [
        Review(
            f"r-{answer_id}", answer_id, "starter-price", people, "ana", SAID_AT,
            sample=ReviewSample.RANDOM, machine_verdict=machine, machine_version=RULES_VERSION,
            stratum=machine.value, stratum_items=items,
        )
        for answer_id in ids
    ]  # fmt: skip


def test_random_reviews_say_how_far_the_judge_can_be_trusted(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = say(project, [Said(RIGHT, repeat=n) for n in range(60)]
              + [Said(WRONG, repeat=n) for n in range(60, 80)])  # fmt: skip
    judge(project)
    none = shown(page(project, monkeypatch, kind="branded"))
    assert "Nobody has decided a random item yet" in none
    assert "Uncalibrated" in none
    reviews = [
        *drawn(ids[:20], Verdict.CORRECT, Verdict.CORRECT, 60),
        *drawn(ids[60:78], Verdict.INCORRECT, Verdict.INCORRECT, 20),
        *drawn(ids[78:], Verdict.INCORRECT, Verdict.CORRECT, 20),
    ]
    project.store.journal.append(reviews, SAID_AT)
    ingest(project.store, SAID_AT)
    found = shown(page(project, monkeypatch, kind="branded"))
    assert f"Rules {RULES_VERSION}" in found
    assert re.search(r'97% <span class="bm-small">\(\d\d–\d+%\)</span>', found)
    assert "calibrated" in found
    assert "ncalibrated" not in found
