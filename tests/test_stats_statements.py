"""Changes of accuracy: paired as others are, with answers and not statements as the unit."""

import pytest

from monitor.stats import ChangeLabel, label_changes
from monitor.stats.changes import ChangeTest
from monitor.stats.statements import Stated, StatedCell, accuracy_change

RIGHT, WRONG = Stated(1, 1), Stated(0, 1)


def cells(questions: int, right: int, wrong: int, facts: int = 1) -> list[StatedCell]:
    """As many cells as questions, each answer stating `facts`, all of them right or all wrong."""
    answers = (Stated(facts, facts),) * right + (Stated(0, facts),) * wrong
    return [StatedCell(f"q{i}", answers, "chat/en-US/") for i in range(questions)]


def test_a_fall_on_every_question_is_real() -> None:
    change = accuracy_change(cells(8, 10, 0), cells(8, 7, 3))
    assert (change.before, change.after) == (1.0, pytest.approx(0.7))
    assert change.test is ChangeTest.SIGNS
    assert change.p == pytest.approx(2 / 2**8)
    assert change.panel_p < 0.001
    assert label_changes([change])[0].label is ChangeLabel.REAL


def test_under_six_questions_the_answers_are_dealt_anew() -> None:
    change = accuracy_change(cells(2, 20, 0), cells(2, 12, 8))
    assert change.test is ChangeTest.ANSWERS
    assert change.p == change.panel_p < 0.001


def test_ten_statements_of_an_answer_weigh_as_one() -> None:
    one = accuracy_change(cells(3, 9, 1), cells(3, 6, 4))
    ten = accuracy_change(cells(3, 9, 1, facts=10), cells(3, 6, 4, facts=10))
    assert (ten.answers_before, ten.difference) == (10 * one.answers_before, one.difference)
    assert ten.panel_p == pytest.approx(one.panel_p)
    assert one.panel is not None
    assert ten.panel is not None
    assert ten.panel.margin == pytest.approx(one.panel.margin, rel=0.25)


def test_statements_apart_in_an_answer_widen_nothing() -> None:
    mixed = [StatedCell("q", (Stated(9, 10),) * 10), StatedCell("r", (Stated(9, 10),) * 10)]
    flat = [StatedCell(q, (*(RIGHT,) * 90, *(WRONG,) * 10)) for q in "qr"]
    change, single = accuracy_change(mixed, mixed), accuracy_change(flat, flat)
    assert change.panel_before is not None
    assert single.panel_before is not None
    assert change.panel_before.low == pytest.approx(single.panel_before.low, abs=1e-3)


def test_where_nothing_is_wrong_the_interval_is_that_of_answers() -> None:
    stated = accuracy_change(cells(3, 10, 0, facts=5), cells(3, 10, 0, facts=5))
    single = accuracy_change(cells(3, 10, 0), cells(3, 10, 0))
    assert stated.panel_before is not None
    assert single.panel_before is not None
    assert stated.panel_before.low == pytest.approx(single.panel_before.low, abs=0.02)
    assert stated.p == 1.0


def test_only_cells_that_both_sides_have_count() -> None:
    more = [*cells(3, 10, 0), StatedCell("new", (WRONG,) * 50, "chat/en-US/")]
    change = accuracy_change(cells(3, 10, 0), more)
    assert (change.difference, change.only_after, change.answers_after) == (0.0, 1, 30)


def test_too_few_statements_on_a_side_are_tested_by_nothing() -> None:
    change = accuracy_change(cells(3, 5, 0), cells(3, 2, 1))
    assert (change.before, change.after, change.difference) == (1.0, None, None)
    assert (change.p, change.note) == (1.0, "too few answers (n = 9)")
    assert accuracy_change([], cells(3, 2, 1)).note == "too few answers (n = 0)"


def test_the_same_seed_deals_the_same() -> None:
    sides = cells(4, 9, 1), cells(4, 7, 3)
    assert accuracy_change(*sides, seed=3) == accuracy_change(*sides, seed=3)
