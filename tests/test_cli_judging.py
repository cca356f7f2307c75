"""The commands around judges, each a process of its own with simulated judges behind it."""

import json
from pathlib import Path
from typing import Any

import pytest
from cli_project import monitor
from small_project import Cut, edited, small_project


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose first wave is asked and judged."""
    cut = Cut(("best-headless", "tessavik-pricing"), ("sim-chat",), ("en-US",), 4, judged=True)
    folder = small_project(tmp_path_factory.mktemp("judged") / "project", cut)
    with edited(folder / "prompts/packs/demo.yaml") as pack:
        pack["judge"]["share"] = 1.0
    return folder


def records(*arguments: str, project: Path) -> list[dict[str, Any]]:
    found = monitor("--format", "json", *arguments, project=project)
    assert found.code in (0, 3), found.err
    content: list[dict[str, Any]] = json.loads(found.out)
    return content


def test_judges_are_planned_asked_after_the_wave_told_and_asked_no_second_time(
    judged: Path,
) -> None:
    planned = records("plan", project=judged)
    assert [(line["engine"], line["calls"]) for line in planned if line["judging"]] == [
        ("sim-judge", 8)
    ]
    assert planned[-1]["wave_usd"] == pytest.approx(sum(line["wave_usd"] for line in planned[:-1]))
    (wave,) = records("run", project=judged)
    assert 4 <= wave["judged"] + wave["judge_unusable"] <= 8
    assert wave["judging_usd"] > 0
    (standing,) = records("status", project=judged)
    assert standing["judged"] == wave["judged"]
    (again,) = records("remeasure", "--judge", project=judged)
    assert (again["judged"], again["judging_usd"]) == (0, 0.0)
    doctor = monitor("doctor", project=judged)
    assert "sim-judge read 100 % of the answers that name Tessavik" in doctor.out


def test_the_past_is_judged_anew_within_what_it_may_cost(judged: Path) -> None:
    template = judged / "prompts/judge/answer.md"
    template.write_text(template.read_text("utf-8").replace("version: 1", "version: 2"), "utf-8")
    waiting = monitor("status", project=judged)
    assert "wait for a judge; `monitor remeasure --judge` has them judged for about" in waiting.out
    cut = monitor("remeasure", "--judge", "--max-cost", "0", project=judged)
    assert "answers not judged: the budget is used up" in cut.err
    (done,) = records("remeasure", "--judge", project=judged)
    assert done["judged"] > 0


def test_a_most_that_judges_may_cost_is_nothing_without_them(judged: Path) -> None:
    found = monitor("remeasure", "--max-cost", "1", project=judged)
    assert found.code == 2
    assert "--judge" in found.err
