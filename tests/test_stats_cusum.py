"""The watch on a stream: Page's CUSUM, its run lengths, and standardised weekly steps."""

import numpy as np
import pytest

from monitor.stats import CellCount
from monitor.stats.cusum import cusum, likely_start, run_length, weekly_steps


def wave(rng: np.random.Generator, chances: np.ndarray, answers: int = 3) -> list[CellCount]:
    hits = rng.binomial(answers, chances)
    return [CellCount(f"q{i:02}", int(m), answers) for i, m in enumerate(hits)]


@pytest.mark.parametrize(("h", "expected"), [(4.0, 168), (5.0, 465)])
def test_the_run_length_in_control_is_the_published_one(h: float, expected: int) -> None:
    """Montgomery, Introduction to Statistical Quality Control, chapter 9: two-sided, k = 0.5."""
    assert round(run_length(k=0.5, h=h)) == expected


def test_the_run_length_out_of_control_is_the_published_one() -> None:
    """Montgomery, table 9.3: a shift of 1 σ is found in 8.38 (h = 4) and 10.4 (h = 5) steps."""
    assert run_length(h=4, shift=1) == pytest.approx(8.38, abs=0.01)
    assert run_length(h=5, shift=-1) == pytest.approx(10.4, abs=0.05)


def test_the_computed_run_length_is_the_simulated_one() -> None:
    values = np.random.default_rng(1).standard_normal(300_000)

    signals = sum(1 for point in cusum(values.tolist()) if point.signal)

    assert 300_000 / signals == pytest.approx(465, rel=0.13)


def test_a_rise_is_signalled_with_the_time_it_began() -> None:
    points = cusum([0.0, -0.2, 0.1, 2.5, 2.5, 2.5, 0.0])

    signalled = [i for i, point in enumerate(points) if point.signal]

    assert signalled == [5]
    assert points[5].signal == 1
    assert points[5].since == 3
    assert points[6].upper == 0


def test_the_likely_start_is_where_the_mean_changed_not_where_chance_pointed_the_same_way() -> None:
    values = [0.2, 1.0, 0.6, -0.1, 3.0, 2.8, 3.1]

    assert cusum(values)[-2].since == 1
    assert likely_start(values, 6) == 4


def test_a_fall_is_signalled_as_a_fall() -> None:
    assert [point.signal for point in cusum([-3, -3])] == [0, 0]
    assert [point.signal for point in cusum([-3, -3.1])] == [0, -1]


def test_no_values_give_no_points() -> None:
    assert cusum([]) == ()
    assert weekly_steps([]) == ()
    assert weekly_steps([[CellCount("a", 1, 2)]]) == ()


def test_without_a_shift_the_steps_are_standard_and_independent() -> None:
    rng = np.random.default_rng(4)
    steps: list[list[float]] = []
    for _ in range(60):
        chances = rng.beta(1, 2, 30)
        year = weekly_steps([wave(rng, chances) for _ in range(12)])
        steps.append([step.z for step in year])
    z = np.array(steps)

    assert abs(float(z.mean())) < 0.1
    assert 0.85 < float(z.std()) < 1.08
    assert abs(float(np.corrcoef(z[:, :-1].ravel(), z[:, 1:].ravel())[0, 1])) < 0.1


def test_a_lasting_shift_keeps_speaking() -> None:
    rng = np.random.default_rng(6)
    chances = np.full(30, 0.6)
    waves = [wave(rng, chances) for _ in range(10)] + [wave(rng, chances - 0.2) for _ in range(4)]

    steps = weekly_steps(waves)

    assert all(step.z < -1.5 for step in steps[-4:])
    assert any(point.signal == -1 for point in cusum([step.z for step in steps]))


def test_cells_that_always_agreed_leave_room_for_one_accident() -> None:
    calm = [CellCount(f"q{i}", 2, 2) for i in range(20)]
    accident = [CellCount("q0", 1, 2), *calm[1:]]

    steps = weekly_steps([calm] * 6 + [accident])

    assert [step.z for step in steps[:5]] == [0] * 5
    assert -3 < steps[-1].z < 0


def test_a_question_added_half_way_counts_from_its_second_wave() -> None:
    old = [CellCount(f"q{i}", 1, 2) for i in range(10)]
    new = CellCount("new", 2, 2)

    steps = weekly_steps([old, [*old, new], [*old, new]])

    assert [step.cells for step in steps] == [10, 11]
    assert [step.difference for step in steps] == [0, 0]


def test_an_empty_wave_makes_no_step_and_breaks_nothing() -> None:
    full = [CellCount(f"q{i}", 1, 2) for i in range(10)]

    steps = weekly_steps([full, [], [CellCount("q0", 0, 0)], full])

    assert [step.wave for step in steps] == [3]


def test_weeks_that_swing_by_themselves_widen_the_later_steps() -> None:
    def last_error(hits: list[int]) -> float:
        waves = [[CellCount(f"q{i}", h, 20) for i in range(20)] for h in hits]
        last = weekly_steps(waves)[-1]
        return last.difference / last.z

    assert last_error([7, 13] * 4 + [10, 13]) > 1.3 * last_error([10] * 9 + [13])
