"""Two periods against each other: only what is real is called so, and only that fails a check."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from small_project import Cut, small_project
from told_waves import OWN, RIVALS, START, UNBRANDED, Told, steady, tell, told_history

from monitor.cli import main
from monitor.errors import InputError
from monitor.pipeline import Project, measure, open_project
from monitor.report.comparison import (
    Comparison,
    Period,
    compare,
    difference_sentence,
    movement_record,
    web_sentence,
)
from monitor.stats import ChangeLabel
from monitor.types import AnswerStatus, Cell


@pytest.fixture
def project(tmp_path: Path) -> Project:
    cut = Cut(UNBRANDED, ("sim-chat", "sim-chat-web"), ("en-US",), repeats=3)
    return open_project(small_project(tmp_path / "project", cut))


def fallen(cell: Cell, brand: str) -> float:
    return 0.1 if brand == OWN else steady(cell, brand)


def fallen_on_one_question(cell: Cell, brand: str) -> float:
    return 0.0 if brand == OWN and cell.question_id == UNBRANDED[0] else steady(cell, brand)


def period(first: int, last: int) -> Period:
    """The days of the weeks `first` to `last`."""
    day = START.date()
    return Period(day + timedelta(weeks=first), day + timedelta(weeks=last, days=1))


def compared(project: Project, weeks: int = 2) -> Comparison:
    """The first `weeks` waves with as many after them."""
    return compare(project.store, "demo", period(0, weeks - 1), period(weeks, 2 * weeks - 1))


def checked(project: Project) -> int:
    first, second = period(0, 1), period(2, 3)
    with pytest.raises(SystemExit) as ended:
        main(
            [
                "--project", str(project.settings.project), "check", "demo",
                "--before", f"{first.since}..{first.until}",
                "--after", f"{second.since}..{second.until}",
            ]
        )  # fmt: skip
    return int(ended.value.code or 0)


def told_from_week_two(project: Project, then: Callable[[Cell, str], float]) -> None:
    pack = project.pack("demo")
    told_history(project, pack, 4, lambda w: Told(then if w >= 2 else steady))


def test_a_planted_fall_is_real_and_fails_the_check(project: Project) -> None:
    told_from_week_two(project, fallen)
    found = compared(project)
    overall = found.found.lines[0]
    assert (overall.brand, overall.engine) == (OWN, None)
    assert overall.verdict.label is ChangeLabel.REAL
    assert overall.change.difference is not None
    assert overall.change.difference == pytest.approx(-0.4, abs=0.12)
    assert movement_record(overall, found)["cause"] == "brand event"
    assert checked(project) == 5


def test_noise_passes_the_check_and_is_put_down_to_nothing(project: Project) -> None:
    told_from_week_two(project, steady)
    found = compared(project)
    assert found.regressions == ()
    noise = [m for m in found.found.lines if m.verdict.label is ChangeLabel.NOISE]
    assert noise
    assert {movement_record(line, found)["cause"] for line in noise} == {None}
    assert checked(project) == 0


def test_a_fall_on_one_question_in_twelve_does_not_fail_the_check(project: Project) -> None:
    told_from_week_two(project, fallen_on_one_question)
    assert checked(project) == 0


def test_nothing_more_is_asked_for_where_enough_was_asked(project: Project) -> None:
    told_from_week_two(project, steady)
    found = compared(project)
    for line in found.found.lines:
        needed = movement_record(line, found)["questions_needed"]
        assert needed is None or (isinstance(needed, int) and needed > line.change.questions)


def test_periods_without_answers_say_which_one_in_a_line(project: Project) -> None:
    told_from_week_two(project, steady)
    empty = Period(START.date() - timedelta(days=90), START.date() - timedelta(days=60))
    with pytest.raises(InputError, match=f"no ok answers from {empty}; there are answers of demo"):
        compare(project.store, "demo", empty, period(0, 3))


def test_refusals_alone_are_no_answers_to_compare(project: Project) -> None:
    pack = project.pack("demo")
    tell(project, pack, 0, Told(steady))
    tell(project, pack, 1, Told(steady, status=lambda _: AnswerStatus.REFUSED))
    measure(project, START)
    with pytest.raises(InputError, match="no ok answers from"):
        compared(project, weeks=1)


def test_what_only_one_side_has_is_left_out_and_named(project: Project) -> None:
    pack = project.pack("demo")
    first, *others = pack.questions
    reworded = replace(others[0], text={"en": "Which one do you like best of all?"})
    tell(project, replace(pack, questions=tuple(others)), 0, Told(steady))
    later = replace(pack, questions=(first, reworded, *others[1:]))
    tell(project, later, 1, Told(steady))
    measure(project, START)
    found = compared(project, weeks=1)
    said = [difference_sentence(difference) for difference in found.found.differences]
    assert said == [
        f"Questions asked only after, left out: {first.question_id}.",
        f"Worded differently before and after, left out: {reworded.question_id}.",
    ]
    assert found.found.lines[0].change.questions == len(others) - 1


def test_sides_without_a_common_cell_say_what_was_asked(project: Project) -> None:
    pack = project.pack("demo")
    half = len(pack.questions) // 2
    tell(project, replace(pack, questions=pack.questions[:half]), 0, Told(steady))
    tell(project, replace(pack, questions=pack.questions[half:]), 1, Told(steady))
    measure(project, START)
    with pytest.raises(InputError, match="no question was asked of the same engine"):
        compared(project, weeks=1)


def test_a_translation_added_between_rewords_nothing(project: Project) -> None:
    pack = project.pack("demo")
    english = [replace(q, text={"en": q.text["en"]}) for q in pack.questions]
    tell(project, replace(pack, questions=tuple(english)), 0, Told(steady))
    tell(project, pack, 1, Told(steady))
    measure(project, START)
    found = compared(project, weeks=1)
    assert found.found.differences == ()
    assert found.found.lines[0].change.questions == len(pack.questions)


def test_a_version_switched_on_within_the_earlier_period_is_the_cause(project: Project) -> None:
    def web_names_all(cell: Cell, brand: str) -> float:
        return 0.95 if cell.engine == "sim-chat-web" else steady(cell, brand)

    then = Told(web_names_all, served=lambda e: f"{e}-{2 if e == 'sim-chat-web' else 1}")
    told_history(project, project.pack("demo"), 6, lambda w: then if w >= 2 else Told(steady))
    found = compared(project, weeks=3)
    causes = {line.engine: found.found.cause_of(line) for line in found.found.lines}
    cause = causes["sim-chat-web"]
    assert cause is not None
    assert (cause.cause.value, cause.new_versions) == ("version event", ("sim-chat-web-2",))


def test_a_rivals_movement_is_no_cause_of_ours(project: Project) -> None:
    def one_rival_surges(cell: Cell, brand: str) -> float:
        return 0.9 if brand == RIVALS[0] else steady(cell, brand)

    told_from_week_two(project, one_rival_surges)
    found = compared(project)
    ours = [line for line in found.found.lines if line.brand == OWN]
    assert {found.found.cause_of(line) for line in ours} == {None}


def test_memory_against_web_is_a_paired_change_of_its_own(project: Project) -> None:
    def searched(cell: Cell, brand: str) -> float:
        return 0.9 if cell.engine == "sim-chat-web" and brand == OWN else 0.3

    told_history(project, project.pack("demo"), 4, lambda _: Told(searched))
    (gain,) = compared(project).web
    assert (gain.memory, gain.web) == ("sim-chat", "sim-chat-web")
    assert gain.change.questions == len(UNBRANDED)
    assert gain.change.difference == pytest.approx(0.6, abs=0.15)
    assert gain.verdict.label is ChangeLabel.REAL
    assert web_sentence(gain).startswith("Web search adds +")
