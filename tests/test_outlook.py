"""What a wave will cost and show, from what is known before it's paid for."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from small_project import Cut, small_project
from told_waves import UNBRANDED, Told, steady, told_history

from monitor.pipeline import Project, open_project
from monitor.report.outlook import Outlook, outlook
from monitor.types import Prices

PRICES = Prices(1.0, 10.0)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    questions = (*UNBRANDED, "tessavik-vs-mundavero", "canary-redirects")
    cut = Cut(questions, ("sim-chat", "sim-claude"), ("en-US",), repeats=2)
    return open_project(small_project(tmp_path / "project", cut))


def foreseen(project: Project, budget_usd: float | None = None) -> Outlook:
    pack = project.pack("demo")
    engines = [replace(e, prices=PRICES) for e in project.catalog.engines_of(pack)]
    return outlook(project.store, pack, engines, budget_usd)


def test_margins_are_for_the_questions_that_headlines_stand_on(project: Project) -> None:
    found = foreseen(project)
    assert "on its 12 unbranded questions (assumed: nothing asked yet)" in found.notes[0]
    assert [engine.calls for engine in found.engines] == [28, 28]


def test_margins_come_from_the_past_where_there_is_one(project: Project) -> None:
    told_history(project, project.pack("demo"), 4, lambda _: Told(steady))
    past = foreseen(project)
    assert "(from 24 past cells)" in past.notes[0]
    # Every chance was 0.4 or 0.5: hardly any spread between questions, the most between repeats.
    assert past.margins.market is not None
    assert past.margins.market < 0.3
    assert past.margins.panel == pytest.approx(1.96 * (0.25 / 24) ** 0.5, rel=0.15)


def test_one_more_repeat_and_one_more_question_are_priced(project: Project) -> None:
    (note,) = (n for n in foreseen(project).notes if n.startswith("One more repeat: +"))
    assert "One more question: +" in note
    assert "USD a wave, panel ±" in note


def test_a_budget_proposes_what_it_pays_for(project: Project) -> None:
    cost = sum(engine.wave_usd or 0 for engine in foreseen(project).engines)
    generous, tight = (foreseen(project, share * cost).notes[-1] for share in (5.0, 0.3))
    assert "12 of 12 unbranded questions" in generous
    assert "12 of 12" not in tight
    assert tight.startswith(f"For {0.3 * cost:.2f} USD a wave")


def test_a_budget_too_small_for_one_question_says_so(project: Project) -> None:
    note = foreseen(project, 0.0004).notes[-1]
    assert note.startswith("0.0004 USD don't pay for one question: asked once of sim-chat it costs")
    least = float(re.findall(r"[\d.]+(?= USD\.)", note)[0])
    assert "1 of 12 unbranded questions" in foreseen(project, least + 0.0001).notes[-1]


def test_an_unknown_price_is_named_and_never_taken_for_nothing(project: Project) -> None:
    pack = project.pack("demo")
    engines = [replace(e, prices=None) for e in project.catalog.engines_of(pack)]
    found = outlook(project.store, pack, engines, 5.0)
    assert found.records()[-1]["wave_usd"] is None
    assert found.notes[-1].startswith("No engine's price is known")
