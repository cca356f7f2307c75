"""People overrule mentions on the pages: names that can't be told, and any brand of an answer."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from ruled_project import OURS, RIVAL, WORD, ruled_project, said
from said_answers import SAID_AT
from small_project import edited
from streamlit.testing.v1 import AppTest
from test_dashboard import app_for, html, on_page

from monitor.pipeline import Project, measure, open_project
from monitor.pipeline.verifying import verify_store
from monitor.store.free import run_sql
from monitor.types import MentionState

Made = tuple[Project, list[str]]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return ruled_project(tmp_path / "project")


@pytest.fixture
def app(made: Made, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    return app_for(made[0].store, monkeypatch)


def shown(app: AppTest) -> str:
    return re.sub(r"<style>.*?</style>", "", html(app), flags=re.DOTALL)


def names(app: AppTest) -> AppTest:
    app.query_params["reviewer"] = "ana"
    app.query_params["part"] = "names"
    return on_page(app, "review")


def on_answer(app: AppTest, answer_id: str) -> AppTest:
    app.query_params["answer"] = answer_id
    return on_page(app, "answer")


def kept(project: Project) -> list[tuple[object, ...]]:
    query = "SELECT brand, state, reviewer, note, machine_state FROM rulings ORDER BY ruled_at"
    return list(run_sql(project.store, query).rows)


def overrule(app: AppTest, brand: str, state: str, name: str = "ben") -> None:
    chosen = {box.label: box for box in app.selectbox}
    chosen["It is really"].select(state)
    next(b for b in app.selectbox if b.key and b.key.startswith("ruled-brand")).select(brand)
    {field.label: field for field in app.text_input}["Your name"].input(name)
    next(button for button in app.button if button.label == "Overrule").click()
    app.run()


def test_overview_counts_names_that_wait_and_leads_to_them(app: AppTest) -> None:
    page = shown(app.run())
    assert "1 name can&#x27;t be told" in page
    assert "part=names" in page


def test_a_name_is_shown_in_its_words_and_counts_as_decided(app: AppTest, made: Made) -> None:
    project, (_, untold, _) = made
    page = shown(names(app))
    assert f"Is the brand {WORD} meant?" in page
    assert page.count(f"<mark>{WORD}</mark>") == 2
    app.text_input[0].input("a vendor")
    app.button(key="name-yes").click().run()
    assert not app.exception
    assert kept(project) == [(WORD, "mentioned", "ana", "a vendor", "ambiguous")]
    assert "No name waits for you" in shown(app)
    assert f"Last decision: {WORD} – mentioned." in shown(app)
    there = said(project, untold, WORD)
    assert there
    assert there.state is MentionState.MENTIONED


def test_a_decision_taken_back_brings_its_name_back_and_what_is_skipped_waits(
    app: AppTest, made: Made
) -> None:
    names(app).button(key="name-no").click().run()
    app.button(key="name-undo").click().run()
    assert [row[1] for row in kept(made[0])] == ["absent", None]
    assert f"Is the brand {WORD} meant?" in shown(app)
    app.button(key="name-skip").click().run()
    assert "Only what you skipped is left" in shown(app)
    next(button for button in app.button if button.label == "Show what I skipped").click()
    assert f"Is the brand {WORD} meant?" in shown(app.run())
    assert [check.finding for check in verify_store(made[0]) if not check.ok] == []


def test_nobody_decides_a_name_without_giving_theirs(app: AppTest) -> None:
    app.query_params["part"] = "names"
    on_page(app, "review")
    assert "Who reviews?" in shown(app)
    assert not [button for button in app.button if button.key == "name-yes"]


def test_any_brand_of_an_answer_can_be_overruled_and_shows_who_did(
    app: AppTest, made: Made
) -> None:
    project, (listed, *_) = made
    on_answer(app, listed)
    overrule(app, RIVAL, "absent")
    assert not app.exception
    page = shown(app)
    assert "not named, or not the brand" in page
    assert re.search(r"ben, \d+ \w+ \d+; the machine: recommended", page)
    assert said(project, listed, RIVAL) is None
    on_page(app, "methods")
    counted = "In 1 of the answers that the filters choose, figures count a brand as a person read"
    assert counted in shown(app)
    on_answer(app, listed).button(key=f"unrule {RIVAL}").click().run()
    assert "the machine: recommended" not in shown(app)
    assert said(project, listed, RIVAL)
    assert kept(project)[-1] == (RIVAL, None, "ben", "", "recommended")


def test_a_ruling_needs_a_name_and_german_reads_german(app: AppTest, made: Made) -> None:
    _, (listed, *_) = made
    on_answer(app, listed)
    overrule(app, OURS, "declined", name="  ")
    assert [error.value for error in app.error] == [
        "Write your name: it stands with what you decide."
    ]
    assert kept(made[0]) == []
    app.session_state["language"] = "de"
    page = shown(names(app))
    assert f"Ist die Marke {WORD} gemeint?" in page
    assert "1 Name ist unklar" in page


def test_what_counts_only_later_says_so(app: AppTest, made: Made) -> None:
    project, (listed, *_) = made
    with edited(project.settings.project / "prompts/brands/demo.yaml") as content:
        content["brands"][1]["aliases"] = ["Munda Suite"]
    on_answer(app, listed)
    overrule(app, RIVAL, "absent")
    assert "Not counted yet: brands or rules changed since" in shown(app)
    on_page(app, "methods")
    assert "In none of the answers that the filters choose" in shown(app)


def test_a_withdrawal_that_counts_only_later_says_so_too(app: AppTest, made: Made) -> None:
    project, (listed, *_) = made
    on_answer(app, listed)
    overrule(app, RIVAL, "absent")
    with edited(project.settings.project / "prompts/brands/demo.yaml") as content:
        content["brands"][1]["aliases"] = ["Munda Suite"]
    on_answer(app, listed).button(key=f"unrule {RIVAL}").click().run()
    page = shown(app)
    assert re.search(r"ben, \d+ \w+ \d+: as the machine reads it \(recommended\)", page)
    assert "Not counted yet: brands or rules changed since" in page
    assert said(project, listed, RIVAL) is None
    assert not [button for button in app.button if button.key == f"unrule {RIVAL}"]
    measure(open_project(project.settings.project), SAID_AT + timedelta(days=1))
    page = shown(on_answer(app, listed))
    assert "Not counted yet" not in page
    assert said(project, listed, RIVAL)
