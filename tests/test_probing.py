"""Probes of facts from the pack's file to the figures: asked over HTTP, stored, graded, apart."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from small_project import SMALL_ENGINES, edited
from waves import journalled, monitor

from monitor import plan
from monitor.facts import probed_by
from monitor.pipeline import Project, measure, open_project, run_wave, wave_now
from monitor.pipeline.checking import check_answers
from monitor.pipeline.judging import to_judge
from monitor.pipeline.probing import pack_probes
from monitor.queries import View, wave_counts
from monitor.report.judging import JudgeOutlook
from monitor.report.outlook import Outlook, outlook
from monitor.simulator import SimulatorHandle
from monitor.types import Answer, AnswerStatus, Wave

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
FACTS = ("founded", "free-plan")
PROBES = 2 * 9  # two facts, nine kinds
CALLS = PROBES * 2 * len(SMALL_ENGINES)  # in two languages


def probing(folder: Path, **changes: object) -> Project:
    """The small project, its pack probing two facts in every wave."""
    with edited(folder / "prompts/packs/demo.yaml") as pack:
        pack["probes"] = {"facts": list(FACTS), **changes}
    return open_project(folder)


def asked_wave(project: Project, now: datetime = NOW) -> Wave:
    """A wave asked of the simulator that engines.yaml names."""
    pack = project.pack("demo")
    choice = wave_now(project, pack, now, anew=True)
    assert choice.wave is not None
    engines = {engine.engine_id: engine for engine in project.catalog.engines_of(pack)}
    result = run_wave(project, pack, choice.wave, engines, lambda: now)
    assert result.outcome == "complete"
    return choice.wave


def probe_answers(folder: Path) -> list[Answer]:
    return [answer for answer in journalled(folder) if probed_by(answer.question_id)]


# -- which waves ask which probes ---------------------------------------------------------------


def test_a_wave_plans_its_probes_beside_its_questions(project_folder: Path) -> None:
    project = probing(project_folder, repeats=3)
    choice = wave_now(project, project.pack("demo"), NOW, anew=True)
    assert choice.wave is not None
    assert (choice.wave.planned, choice.wave.probes) == (24 + 3 * CALLS, 3 * CALLS)


def test_every_third_wave_asks_probes(project_folder: Path, simulator: SimulatorHandle) -> None:
    project = probing(project_folder, every=3, engines=["sim-chat"])
    planned = [asked_wave(project, NOW + timedelta(days=day)).probes for day in range(4)]
    assert planned == [0, 0, CALLS // 2, 0]
    measure(project, NOW)
    counted = wave_counts(project.store, View("demo"))
    assert [(w.planned_cells, w.answered_cells) for w in counted] == [(12, 12)] * 4


def test_a_cut_off_wave_has_the_same_probes_again(
    project_folder: Path, simulator: SimulatorHandle
) -> None:
    project = probing(project_folder, every=2)
    asked_wave(project)
    second = wave_now(project, project.pack("demo"), NOW + timedelta(days=1), anew=True).wave
    assert second is not None
    project.store.journal.append([second], NOW)
    again = wave_now(project, project.pack("demo"), NOW + timedelta(days=1), anew=False)
    assert again.resumed
    assert again.wave is not None
    assert again.wave.questions == second.questions
    assert again.wave.probes == CALLS


def test_probes_are_asked_on_the_engines_named_alone(project_folder: Path) -> None:
    project = probing(project_folder, engines=["sim-claude"])
    asked = pack_probes(project, project.pack("demo"), NOW.date())
    assert {question.engines for question in asked} == {("sim-claude",)}


def test_the_plan_counts_and_prices_probes_apart(project_folder: Path) -> None:
    project = probing(project_folder, every=4)
    pack = project.pack("demo")
    probes = pack_probes(project, pack, NOW.date())
    found = outlook(project.store, pack, project.catalog.engines_of(pack), probes=probes)
    assert [(e.calls, e.probe_calls) for e in found.engines] == [(12, CALLS // 2)] * 2
    assert found.probes_usd == pytest.approx(
        sum(CALLS / 2 * (e.call_usd or 0) for e in found.engines)
    )
    assert f"One wave in 4 asks {CALLS} probes of facts besides" in " ".join(found.notes)
    without = outlook(project.store, pack, project.catalog.engines_of(pack))
    assert (found.margins, found.wave_usd) == (without.margins, without.wave_usd)


def test_a_plan_says_when_nothing_is_left_to_probe(project_folder: Path) -> None:
    with edited(project_folder / "prompts/facts/demo.yaml") as sheet:
        for fact in sheet["facts"]:
            fact["valid_to"] = "2026-11-01"
    project = probing(project_folder)
    pack = project.pack("demo")
    probes = pack_probes(project, pack, NOW.date())
    found = outlook(project.store, pack, project.catalog.engines_of(pack), probes=probes)
    assert "nothing is probed" in " ".join(found.notes)


def judged_too(project_folder: Path) -> Project:
    """The same with judges for all answers, each engine judging the other's."""
    with edited(project_folder / "prompts/packs/demo.yaml") as pack:
        pack["judge"] = {"engines": ["sim-claude", "sim-chat"], "share": 1.0}
    return probing(project_folder, facts=["founded", "translation-workflow"])


def foreseen(project: Project) -> Outlook:
    pack = project.pack("demo")
    engines, judges = project.catalog.engines_of(pack), project.catalog.judges_of(pack)
    probes = pack_probes(project, pack, NOW.date())
    return outlook(project.store, pack, engines, probes=probes, judges=judges)


def of_probes(found: Outlook) -> list[JudgeOutlook]:
    return [judge for judge in found.judges if judge.probe_calls]


def test_what_judges_will_cost_for_probes_stands_in_lines_of_its_own(project_folder: Path) -> None:
    project = judged_too(project_folder)
    found = foreseen(project)
    lines = of_probes(found)
    assert {line.engine for line in lines} == {"sim-claude", "sim-chat"}
    asked = sum(engine.probe_calls for engine in found.engines)
    assert sum(line.probe_calls for line in lines) == asked
    assert {line.calls for line in lines} == {0}
    assert "here: all of a fact that an engine was never probed on" in found.notes[-1]
    parts = (*found.engines, *lines)
    assert found.probes_usd == pytest.approx(sum(part.probes_usd or 0 for part in parts))
    printed = monitor(project_folder, "plan", "demo").stdout
    assert "sim-chat, judging probes" in printed


def test_as_many_probes_are_judged_as_the_plan_foresees_from_the_past(
    project_folder: Path, simulator: SimulatorHandle
) -> None:
    project = judged_too(project_folder)
    asked_wave(project)
    measure(project, NOW)
    check_answers(project, NOW)
    pack = project.pack("demo")
    todo = to_judge(project, pack, project.catalog.judges_of(pack))
    waiting = [one for one in todo.waiting if probed_by(one.answer.question_id)]
    found = foreseen(project)
    assert 0 < len(waiting) < CALLS
    assert sum(line.probe_calls for line in of_probes(found)) == len(waiting)
    assert "as many as in the latest waves" in found.notes[-1]


# -- asking and keeping -------------------------------------------------------------------------


def test_the_command_line_asks_probes_and_keeps_whole_exchanges(
    project_folder: Path, simulator: SimulatorHandle
) -> None:
    probing(project_folder)
    monitor(project_folder, "run", "demo", "--now")
    answers = probe_answers(project_folder)
    assert len({a.answer_id for a in answers}) == len(answers) == CALLS
    assert {a.status for a in answers} == {AnswerStatus.OK}
    doubted = [a for a in answers if a.question_id == "probe:founded:doubt_wrong"]
    assert {a.locale for a in doubted} == {"en-US", "de-DE"}
    for answer in doubted:
        user, assistant, doubt = answer.question.split("\n\n")
        assert user.startswith("User: ")
        assert assistant.startswith(
            "Assistant: Tessavik wurde 2018"
            if "de" in answer.locale
            else "Assistant: Tessavik was founded in 2018."
        )
        assert doubt in ("User: Are you sure?", "User: Bist du sicher?")
    stored = monitor(
        project_folder,
        "sql",
        "--format",
        "json",
        "SELECT intent, branded FROM wave_questions WHERE question_id = 'probe:founded:neutral'",
    )
    assert json.loads(stored.stdout) == [{"intent": "probe", "branded": True}]


def test_probes_are_asked_last_so_that_a_budget_leaves_them_out_first(
    project_folder: Path,
) -> None:
    project = probing(project_folder)
    pack = project.pack("demo")
    wave = wave_now(project, pack, NOW, anew=True).wave
    assert wave is not None
    calls = plan.calls(replace(pack, questions=wave.questions), wave.wave_id)
    assert [bool(probed_by(c.cell.question_id)) for c in calls] == [False] * 24 + [True] * CALLS
