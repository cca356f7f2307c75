"""`monitor review names` and `rule`: people settle and overrule mentions on a terminal."""

import json
from pathlib import Path

import pytest
from cli_project import Run, monitor
from ruled_project import OURS, RIVAL, WORD, ruled_project, said
from small_project import edited

from monitor.pipeline import Project
from monitor.types import MentionState


@pytest.fixture
def made(tmp_path: Path) -> tuple[Project, list[str]]:
    return ruled_project(tmp_path / "project")


def review(project: Project, *arguments: str) -> Run:
    return monitor("review", *arguments, project=project.settings.project)


def as_json(project: Project, *arguments: str) -> list[dict[str, object]]:
    done = review(project, *arguments, "--format", "json")
    assert done.code == 0, done.err
    found: list[dict[str, object]] = json.loads(done.out)
    return found


def test_names_that_wait_are_listed_with_their_words_until_somebody_ruled(
    made: tuple[Project, list[str]],
) -> None:
    project, (_, untold, _) = made
    listed = review(project, "names")
    assert listed.out.splitlines()[1] == f"{untold}\t{WORD}\tsim-chat\t»{WORD}« that. {WORD}"
    assert f"1 waiting ({WORD} 1)" in listed.out
    (record,) = as_json(project, "names")
    assert (record["answer_id"], record["brand"], record["names"]) == (untold, WORD, 2)
    (kept,) = as_json(project, "rule", untold, "pergola", "named", "--reviewer", "ana")
    assert (kept["brand"], kept["state"], kept["machine_state"]) == (WORD, "mentioned", "ambiguous")
    assert (kept["reviewer"], kept["counted"]) == ("ana", True)
    assert "No name waits for a person." in review(project, "names").out


def test_a_ruling_counts_at_once_and_can_be_withdrawn(made: tuple[Project, list[str]]) -> None:
    project, (listed, *_) = made
    done = review(project, "rule", listed, RIVAL, "absent", "--note", "a street", "--reviewer", "b")
    assert done.out == f"{RIVAL} in {listed}: absent (the machine: recommended)\n"
    assert said(project, listed, RIVAL) is None
    back = review(project, "rule", listed, RIVAL, "--withdraw", "--reviewer", "ana")
    assert back.out == f"{RIVAL} in {listed}: as the machine reads it, recommended\n"
    there = said(project, listed, RIVAL)
    assert there
    assert there.rank == 1
    assert "WRONG" not in monitor("verify", project=project.settings.project).out


def test_rulings_are_exported_and_mentions_say_who_overruled_them(
    made: tuple[Project, list[str]],
) -> None:
    project, (listed, *_) = made
    folder = project.settings.project
    assert review(project, "rule", listed, OURS, "declined", "--reviewer", "ana").code == 0
    assert review(project, "rule", listed, RIVAL, "absent", "--reviewer", "ben").code == 0

    def exported(table: str) -> list[dict[str, object]]:
        done = monitor("export", table, "--format", "jsonl", project=folder)
        return [json.loads(line) for line in done.out.splitlines()]

    rows = [row for row in exported("mentions") if row["answer_id"] == listed]
    assert {
        (row["brand"], row["state"], row["machine_state"], row["ruled_by"]) for row in rows
    } == {
        (OURS, "declined", "recommended", "ana"),
        ("Kolumbrio", "recommended", None, None),
    }
    assert {(row["brand"], row["state"], row["reviewer"]) for row in exported("rulings")} == {
        (OURS, "declined", "ana"),
        (RIVAL, "absent", "ben"),
    }


def test_a_ruling_that_cannot_count_yet_says_when_it_will(
    made: tuple[Project, list[str]],
) -> None:
    project, (listed, *_) = made
    with edited(project.settings.project / "prompts/brands/demo.yaml") as content:
        content["brands"][1]["aliases"] = ["Munda Suite"]
    done = review(project, "rule", listed, RIVAL, "absent")
    assert done.code == 0
    assert "not counted yet" in done.err
    assert "run `monitor remeasure`" in done.err
    assert said(project, listed, RIVAL)
    assert monitor("remeasure", project=project.settings.project).code == 0
    assert said(project, listed, RIVAL) is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nobody", OURS, "absent"), "there is no answer 'nobody'"),
        (("LISTED", "Zentro", "absent"), f"pack demo doesn't track 'Zentro'; it tracks {OURS}"),
        (("LISTED", OURS, "great"), "'great' is no state that can be ruled; choose from named"),
        (("LISTED", OURS, "ambiguous"), "choose from named, recommended, mentioned"),
        (("LISTED", OURS, "--withdraw"), f"nobody has ruled on {OURS} in"),
        (("LISTED", OURS), "give a state, or --withdraw"),
        (("LISTED", OURS, "absent", "--withdraw"), "give a state, or --withdraw"),
    ],
)
def test_what_cannot_be_ruled_is_one_clear_error(
    made: tuple[Project, list[str]], arguments: tuple[str, ...], words: str
) -> None:
    project, (listed, *_) = made
    done = review(project, "rule", *(listed if a == "LISTED" else a for a in arguments))
    assert done.code in {1, 2}
    assert words in " ".join(done.err.replace("│", " ").split())
    there = said(project, listed, OURS)
    assert there
    assert there.state is MentionState.RECOMMENDED
