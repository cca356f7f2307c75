"""The mean over engines of the difference of two rates on the same cells."""

import random

import pytest

from monitor.stats import CellCount
from monitor.stats.differences import mean_of_differences


def cells(hits: dict[str, int], answers: int = 10, group: str = "") -> list[CellCount]:
    return [CellCount(question, count, answers, group) for question, count in hits.items()]


def test_a_difference_lies_between_its_two_rates() -> None:
    found = mean_of_differences([(cells({"a": 2, "b": 4}), cells({"a": 5, "b": 9}))])
    assert found.before == pytest.approx(0.3)
    assert found.after == pytest.approx(0.7)
    assert found.estimate.value == pytest.approx(0.4)
    assert (found.estimate.k, found.estimate.n, found.estimate.questions) == (20, 20, 2)


def test_only_cells_that_both_sides_have_are_compared() -> None:
    found = mean_of_differences([(cells({"a": 2, "b": 10}), cells({"a": 5, "c": 0}))])
    assert found.estimate.value == pytest.approx(0.3)
    assert found.estimate.questions == 1
    assert found.estimate.market is None


def test_an_engine_with_few_answers_is_left_out_and_named() -> None:
    full = (cells({"a": 2}), cells({"a": 5}))
    few = (cells({"a": 2}, 2), cells({"a": 0}, 2))
    found = mean_of_differences([full, few])
    assert found.estimate.value == pytest.approx(0.3)
    assert found.estimate.note == "1 of 2 engines left out: too few answers"


def test_nothing_to_compare_says_how_few_there_are() -> None:
    found = mean_of_differences([(cells({"a": 2}, 3), cells({"a": 0}, 4))])
    assert (found.estimate.value, found.before) == (None, None)
    assert found.estimate.note == "too few answers (n = 7)"
    assert mean_of_differences([]).estimate.note == "too few answers (n = 0)"


def test_questions_like_these_are_never_better_known_than_these() -> None:
    alike = dict.fromkeys("abcdef", 5)
    found = mean_of_differences([(cells(dict.fromkeys(alike, 1)), cells(alike))]).estimate
    assert found.panel is not None
    assert found.market is not None
    assert found.market.low <= found.panel.low < found.panel.high <= found.market.high


def test_intervals_cover_the_truth_as_often_as_they_promise() -> None:
    """Twelve questions with chances of their own on two engines, 400 times; seeded."""
    draw = random.Random(5)  # noqa: S311 - no secret
    chances = {f"q{n}": (draw.uniform(0.02, 0.4), draw.uniform(0.3, 0.9)) for n in range(12)}
    truth = sum(after - before for before, after in chances.values()) / len(chances)
    covered = 0
    for _ in range(400):
        engines = [
            tuple(
                [
                    CellCount(name, sum(draw.random() < pair[side] for _ in range(6)), 6, engine)
                    for name, pair in chances.items()
                ]
                for side in (0, 1)
            )
            for engine in ("one", "two")
        ]
        panel = mean_of_differences([(one[0], one[1]) for one in engines]).estimate.panel
        assert panel is not None
        covered += truth in panel
    assert 0.93 <= covered / 400 <= 0.99
