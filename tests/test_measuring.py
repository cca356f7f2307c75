"""Measuring stored answers, for the new and for the whole past."""

import gc
import json
import multiprocessing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asked_waves import MONDAY, count
from small_project import edited

from monitor.pipeline import Project, import_answers, measure, open_project
from monitor.pipeline.measuring import seldom_collected
from monitor.queries import By, Event, EventKind, View, rates, timeline, unknown_names
from monitor.store import adopt, adopted_names, released_version
from monitor.store.free import run_sql
from monitor.store.upkeep import rebuild_store
from monitor.types import Adoption


def fill(project: Project, answers: int, text: str = "Tessavik or the Tessa Suite.") -> None:
    """Import `answers` answers to one of the pack's questions."""
    [question] = [q for q in project.pack("demo").questions if q.question_id == "best-headless"]
    file = project.settings.project / "fill.jsonl"
    with file.open("w") as lines:
        for number in range(answers):
            record = {
                "question": question.text["en"],
                "engine": "sim-chat",
                "answer": text if number % 2 else "Take the Tessa Suite.",
                "asked_at": "2026-11-16T06:00:00Z",
                "repeat": number + 1,
                "locale": "en-US",
            }
            lines.write(json.dumps(record) + "\n")
    import_answers(project, file, MONDAY, "demo")


def visible(project: Project) -> tuple[int, int]:
    """How many of how many answers the pages count our brand as visible in."""
    [own] = [f for f in rates(project.store, View("demo"), Event.VISIBILITY, By())
             if f.brand == "Tessavik"]  # fmt: skip
    return own.k, own.n


def with_alias(project: Project) -> Project:
    """The project with "Tessa Suite" as another name of ours."""
    folder = project.settings.project
    with edited(folder / "prompts/brands/demo.yaml") as content:
        for brand in content["brands"]:
            if brand["name"] == "Tessavik":
                brand["aliases"] = [*brand.get("aliases", []), "Tessa Suite"]
    return open_project(folder)


def test_an_alias_added_today_has_its_whole_past_without_asking(project: Project) -> None:
    fill(project, 40)
    [before] = measure(project, MONDAY)
    assert visible(project) == (20, 40)
    changed = with_alias(project)
    [after] = measure(changed, MONDAY + timedelta(minutes=1))
    assert before.version != after.version
    assert (after.answers, after.released) == (40, True)
    assert visible(changed) == (40, 40)
    assert count(changed) == 40


def test_taking_the_alias_back_brings_the_old_figures_back_at_once(project: Project) -> None:
    fill(project, 40)
    measure(project, MONDAY)
    measure(with_alias(project), MONDAY + timedelta(minutes=1))
    [back] = measure(project, MONDAY + timedelta(minutes=2))
    assert (back.answers, back.released) == (0, True)
    assert visible(project) == (20, 40)


def adoption(name: str, minutes: int, *, tracked: bool = True) -> tuple[Adoption, datetime]:
    at = MONDAY + timedelta(minutes=minutes)
    return Adoption("demo", name, at, "ana", tracked), at


def test_an_adopted_name_has_its_whole_past_and_is_an_event(project: Project) -> None:
    fill(project, 40, text="1. Quonset\n2. Tessavik")
    measure(project, MONDAY)
    assert [n.name for n in unknown_names(project.store, View("demo"), "Tessavik")] == ["Quonset"]
    adopt(project.store, *adoption("Quonset", 1))
    [after] = measure(project, MONDAY + timedelta(minutes=2))
    assert (after.answers, after.released) == (40, True)
    seen = {f.brand: f.k for f in rates(project.store, View("demo"), Event.VISIBILITY, By())}
    assert (seen["Quonset"], seen["Tessavik"]) == (20, 20)
    assert not unknown_names(project.store, View("demo"), "Tessavik")
    [event] = timeline(project.store, "demo")
    assert (event.kind, event.names) == (EventKind.BRANDS_ADDED, ("Quonset",))


def test_an_adoption_is_taken_back_and_survives_a_rebuild(project: Project) -> None:
    fill(project, 4)
    for name, minutes, tracked in (("Quonset", 1, True), ("Larkin", 1, True), ("Larkin", 2, False)):
        adopt(project.store, *adoption(name, minutes, tracked=tracked))
    rebuild_store(project.store, MONDAY + timedelta(minutes=3))
    assert adopted_names(project.store, "demo") == ("Quonset",)
    assert project.tracked("demo").brands[-1].name == "Quonset"


def test_a_brand_defined_later_takes_its_adoptions_place(project: Project) -> None:
    fill(project, 4)
    adopt(project.store, *adoption("tessa suite", 1))
    assert "tessa suite" in [brand.name for brand in project.tracked("demo").brands]
    defined = with_alias(project)
    assert "tessa suite" not in [brand.name for brand in defined.tracked("demo").brands]


def test_measuring_again_changes_nothing(project: Project) -> None:
    fill(project, 12)
    measure(project, MONDAY)
    [again] = measure(project, MONDAY)
    assert (again.answers, again.released) == (0, False)
    assert visible(project) == (6, 12)


def test_answers_not_measured_yet_are_never_shown_as_absent(project: Project) -> None:
    fill(project, 20)
    measure(project, MONDAY)
    fill(project, 60, text="Nobody in particular.")
    assert count(project) > 20
    assert visible(project) == (10, 20)
    measure(project, MONDAY)
    assert visible(project)[1] == count(project)


def test_figures_stay_in_the_old_version_until_the_new_one_is_whole(project: Project) -> None:
    fill(project, 2_050)
    [old] = measure(project, MONDAY)
    figures = visible(project)
    changed = with_alias(project)

    def dies(_pack: str, _answers: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        measure(changed, MONDAY + timedelta(minutes=1), dies)
    assert count(project, "measured") == 2_050 + 2_000
    assert released_version(project.store, "demo") == old.version
    assert visible(project) == figures
    [new] = measure(changed, MONDAY + timedelta(minutes=2))
    assert (new.answers, new.released) == (50, True)
    assert visible(changed) == (2_050, 2_050)


def _measure_at_once(folder: Path, start: Any) -> None:
    project = open_project(folder)
    start.wait()
    measure(project, MONDAY)


def test_two_processes_that_measure_at_once_count_each_answer_once(project: Project) -> None:
    fill(project, 400)
    spawn = multiprocessing.get_context("spawn")
    start = spawn.Event()
    folder = project.settings.project
    children = [spawn.Process(target=_measure_at_once, args=(folder, start)) for _ in range(2)]
    for child in children:
        child.start()
    start.set()
    for child in children:
        child.join(90)
    assert [child.exitcode for child in children] == [0, 0]
    assert count(project, "measured") == 400
    assert run_sql(project.store, "SELECT sum(answers)::INT FROM rollup_answers").rows == ((400,),)
    assert visible(project) == (200, 400)


def test_garbage_is_collected_as_before_once_answers_are_read() -> None:
    before = gc.get_threshold()
    with seldom_collected():
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold() == before
