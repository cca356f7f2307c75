"""`monitor facts check`: which question asks which fact, what to look after, what is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest
from small_project import Cut, edited, small_project

from tests.cli_project import monitor


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    cut = Cut(questions=("tessavik-pricing", "cms-cost"))
    return small_project(tmp_path / "project", cut)


def checked(folder: Path) -> dict[str, dict[str, Any]]:
    run = monitor("facts", "check", "--format", "json", project=folder)
    assert run.code == 0, run.err
    return {record["fact"]: record for record in json.loads(run.out)}


def test_each_fact_is_shown_with_the_questions_that_ask_it(folder: Path) -> None:
    found = checked(folder)
    assert found["free-plan"]["questions"] == ["tessavik-pricing"]
    assert found["founded"]["questions"] == []
    assert found["founded"]["kinds"] == ["unasked"]
    run = monitor("facts", "check", "demo", project=folder)
    assert "founded: no question asks it; add it to the facts of one" in run.err
    assert "no question" in run.out


def test_contradictions_and_facts_that_run_out_are_warnings(folder: Path) -> None:
    with edited(folder / "prompts/facts/demo.yaml") as content:
        facts = {fact["id"]: fact for fact in content["facts"]}
        price = facts["starter-price"]
        content["facts"].append(
            {**price, "id": "other-price", "value": {**price["value"], "value": 310}}
        )
        facts["free-plan"]["valid_to"] = "2020-01-01"
    found = checked(folder)
    assert "contradiction" in found["starter-price"]["kinds"]
    assert "contradiction" in found["other-price"]["kinds"]
    assert "expired" in found["free-plan"]["kinds"]


def test_a_sheet_that_cannot_be_read_is_an_error_that_names_file_and_line(folder: Path) -> None:
    with edited(folder / "prompts/facts/demo.yaml") as content:
        content["facts"][0]["severity"] = "terrible"
    run = monitor("facts", "check", project=folder)
    assert run.code == 1
    assert "prompts/facts/demo.yaml:" in run.err
    assert "severity" in run.err


def test_without_a_sheet_it_says_where_to_write_one(folder: Path) -> None:
    (folder / "prompts/facts/demo.yaml").unlink()
    with edited(folder / "prompts/packs/demo.yaml") as pack:
        for question in pack["questions"]:
            question.pop("facts", None)
    run = monitor("facts", "check", project=folder)
    assert (run.code, run.out) == (1, "")
    assert "there are no facts about Tessavik; write them into prompts/facts/*.yaml" in run.err
