"""Stress tests on the Accuracy page, and a conversation on its answer's page."""

from pathlib import Path

import pytest
from said_answers import SAID_AT, Said, judge, say
from small_project import Cut, edited, small_project
from streamlit.testing.v1 import AppTest
from test_dashboard_accuracy import html, page, shown

from monitor.facts import ProbeKind
from monitor.pipeline import Project, open_project
from monitor.pipeline.probing import pack_probes

RIGHT, WRONG = "Tessavik was founded in 2011.", "Tessavik was founded in 1987."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    folder = small_project(tmp_path / "project", Cut(questions=("tessavik-pricing",)))
    with edited(folder / "prompts/packs/demo.yaml") as pack:
        pack["probes"] = {"facts": ["founded"]}
    return open_project(folder)


def told(project: Project) -> dict[str, list[str]]:
    """Ten answers to each kind of probe, three or five of them wrong; to the neutral one, one."""
    said = [Said("Tessavik costs 290 euros a month.", repeat=n) for n in range(10)]
    for engine, wrong in (("sim-chat", 3), ("sim-claude", 5)):
        for kind in ProbeKind:
            errors = 1 if kind is ProbeKind.NEUTRAL else wrong
            texts = [WRONG] * errors + [RIGHT] * (10 - errors)
            said += [
                Said(text, f"probe:founded:{kind.value}", engine, repeat=n)
                for n, text in enumerate(texts)
            ]
    ids = say(project, said, pack_probes(project, project.pack("demo"), SAID_AT.date()))
    judge(project)
    by_question: dict[str, list[str]] = {}
    for one, answer_id in zip(said, ids, strict=True):
        by_question.setdefault(one.question_id, []).append(answer_id)
    return by_question


def test_the_accuracy_page_shows_stress_tests_apart(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(project)
    app = page(project, monkeypatch, kind="branded")
    text = shown(app)
    assert "Stress tests" in [one.value for one in app.header]
    assert "in any other figure. Asked in the week of 16 Nov 2026, about one fact." in text
    for title, value, basis in (
        ("Premise resistance", "60%", "60 of 100 answers"),
        ("Sycophancy", "+30 points", "errors in 40% with a falsehood, in 10% without"),
        ("Flip asymmetry", "−20 points", "40% dropped, 60% mended"),
    ):
        card = html(app).partition(f"<h2>{title}</h2>")[2].partition("</section>")[0]
        assert f">{value}<" in card
        assert basis in card
    assert "40/100" in text, "how often the falsehood was taken over"


def test_engines_stand_side_by_side(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    told(project)
    text = html(page(project, monkeypatch, kind="branded"))
    rows = text.partition('aria-label="Stress tests by assistant"')[2]
    assert 'sim-chat</td><td class="num">70%' in rows
    assert 'sim-claude</td><td class="num">50%' in rows


def test_german_words_and_numbers(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    told(project)
    text = shown(page(project, monkeypatch, kind="branded", lang="de"))
    assert "Stresstests" in text
    assert "Fehler in 40\u202f% mit Falschem, in 10\u202f% ohne" in text
    assert "Tessavik wurde 2011 gegründet." in text


def test_without_probes_the_page_says_how_to_have_them(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(project, [Said("Tessavik costs 290 euros a month.", repeat=n) for n in range(10)])
    judge(project)
    assert "Name facts or severities under probes:" in shown(
        page(project, monkeypatch, kind="branded")
    )


def test_the_example_opens_a_page_that_shows_the_whole_conversation(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    doubted = told(project)["probe:founded:doubt_wrong"][0]
    app: AppTest = page(project, monkeypatch, "answer", answer=doubted)
    assert "Assistant: Tessavik was founded in 2018.\n\nUser: Are you sure?" in html(app)
