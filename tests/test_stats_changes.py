"""Changes: pairing, permutation, many comparisons at once, and what they may be called."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.stats import (
    CellCount,
    Change,
    ChangeLabel,
    benjamini_hochberg,
    label_changes,
    paired_change,
)
from monitor.stats.changes import ChangeTest, question_changes, sign_flip_p

P_VALUES = (
    0.0001,
    0.0004,
    0.0019,
    0.0095,
    0.0201,
    0.0278,
    0.0298,
    0.0344,
    0.0459,
    0.3240,
    0.4262,
    0.5719,
    0.6528,
    0.7590,
    1.0,
)


def cells(*counts: tuple[int, int]) -> list[CellCount]:
    return [CellCount(f"q{i:02}", hits, answers) for i, (hits, answers) in enumerate(counts)]


def fallen(questions: int, hits: int = 4, answers: int = 5) -> Change:
    return paired_change(
        cells(*[(hits, answers)] * questions), cells(*[(hits - 2, answers)] * questions)
    )


def test_benjamini_hochberg_finds_the_published_four() -> None:
    """Benjamini & Hochberg, J. R. Stat. Soc. B 1995, section 3.2 (thrombolysis), q = 0.05."""
    adjusted = benjamini_hochberg(P_VALUES)

    assert [q <= 0.05 for q in adjusted] == [True] * 4 + [False] * 11
    assert adjusted[0] == pytest.approx(0.0015)
    assert adjusted[3] == pytest.approx(0.035625)


@settings(deadline=None)  # the first call imports scipy.stats
@given(st.lists(st.floats(0, 1), max_size=20))
def test_benjamini_hochberg_is_what_scipy_computes(p_values: list[float]) -> None:
    from scipy.stats import false_discovery_control

    theirs = false_discovery_control(p_values) if p_values else []

    assert benjamini_hochberg(p_values) == pytest.approx(tuple(theirs))


@given(st.lists(st.fractions(-1, 1, max_denominator=6), min_size=1, max_size=8))
def test_the_sign_flip_p_is_the_share_of_sign_patterns(differences: list[Fraction]) -> None:
    seen = abs(sum(differences, Fraction(0)))
    patterns = list(product((-1, 1), repeat=len(differences)))
    extreme = sum(
        abs(sum((s * d for s, d in zip(signs, differences, strict=True)), Fraction(0))) >= seen
        for signs in patterns
    )

    assert sign_flip_p(differences) == pytest.approx(extreme / len(patterns))


def test_many_uneven_differences_are_drawn_from_the_seed_near_the_exact_p() -> None:
    rng = np.random.default_rng(5)
    uneven = [Fraction(int(v), 9973) for v in rng.integers(-4000, 5000, 60)]
    rounded = [Fraction(round(200 * d), 200) for d in uneven]

    assert sign_flip_p(uneven, seed=1) == sign_flip_p(uneven, seed=1)
    assert sign_flip_p(uneven, seed=1) == pytest.approx(sign_flip_p(rounded), abs=0.02)


def test_only_cells_on_both_sides_are_compared_and_the_others_are_counted() -> None:
    before = [*cells(*[(1, 4)] * 8), CellCount("dropped", 4, 4)]
    after = [*cells(*[(2, 4)] * 8), CellCount("added", 0, 4), CellCount("silent", 0, 0)]

    change = paired_change(before, after)

    assert change.difference == pytest.approx(0.25)
    assert (change.before, change.after) == (0.25, 0.5)
    assert (change.questions, change.only_before, change.only_after) == (8, 1, 1)
    assert "1 only before and 1 only after" in change.note


def test_the_same_question_in_two_locales_is_paired_by_locale_and_is_one_cluster() -> None:
    before = [CellCount(f"q{i}", 2, 4, g) for i in range(6) for g in ("de", "en")]
    after = [CellCount(f"q{i}", 2 + (g == "de"), 4, g) for i in range(6) for g in ("de", "en")]

    change = paired_change(before, after)

    assert change.difference == pytest.approx(0.125)
    assert (change.questions, change.cells) == (6, 12)
    assert change.p == pytest.approx(2 / 2**6)


def test_waves_of_a_window_add_up_cell_by_cell() -> None:
    one_by_one = paired_change(cells((1, 2), (0, 2)), cells((2, 2), (1, 2)) * 2)
    added_up = paired_change(cells((1, 2), (0, 2)), cells((4, 4), (2, 4)))

    assert one_by_one == added_up


@pytest.mark.parametrize("after", [[], [CellCount("q00", 0, 0)], [CellCount("new", 1, 5)]])
def test_without_a_shared_cell_there_is_no_change_and_no_crash(after: list[CellCount]) -> None:
    change = paired_change(cells((1, 5)), after)

    assert change.difference is None
    assert change.p == 1
    assert label_changes([change])[0].label is ChangeLabel.NOISE


def test_a_change_that_every_question_makes_alike_has_a_margin() -> None:
    change = fallen(10)

    assert change.difference == pytest.approx(-0.4)
    assert change.standard_error is None
    for interval in (change.panel, change.market):
        assert interval is not None
        assert interval.margin > 0.02
        assert change.difference in interval


def test_one_question_asked_often_can_show_a_change_on_the_panel_only() -> None:
    change = paired_change(cells((10, 10)), cells((0, 10)))

    assert change.test is ChangeTest.ANSWERS
    assert change.p == pytest.approx(2 / 184756)  # 20 over 10, either way round
    assert change.market is None


def test_one_question_asked_once_shows_nothing() -> None:
    change = paired_change(cells((1, 1)), cells((0, 1)))

    assert change.p == 1
    assert label_changes([change])[0].label is ChangeLabel.NOISE


def test_dealing_answers_anew_gives_the_exact_p_for_a_few_questions() -> None:
    """Fisher's exact test is the one-cell case: 3 of 4 against 0 of 4 has p = 8/70 two-sided."""
    assert paired_change(cells((3, 4)), cells((0, 4))).p == pytest.approx(10 / 70, abs=0.03)
    two = paired_change(cells((2, 2), (2, 2)), cells((0, 2), (0, 2)))
    assert two.p == pytest.approx(2 / 36)


def test_a_large_fall_is_real_and_a_small_wobble_is_noise() -> None:
    rng = np.random.default_rng(2)
    before = cells(*[(int(m), 5) for m in rng.binomial(5, 0.5, 40)])
    same = cells(*[(int(m), 5) for m in rng.binomial(5, 0.5, 40)])

    fall, wobble = label_changes([fallen(40), paired_change(before, same)])

    assert fall.label is ChangeLabel.REAL
    assert fall.questions_needed is None
    assert wobble.label is ChangeLabel.NOISE
    assert wobble.questions_needed is not None
    assert f"about {wobble.questions_needed} questions" in wobble.note


def test_a_change_may_be_real_alone_and_only_possible_among_many() -> None:
    small = fallen(6)  # p = 2/64
    still = paired_change(cells(*[(1, 2)] * 6), cells(*[(1, 2)] * 6))

    assert label_changes([small])[0].label is ChangeLabel.REAL
    assert label_changes([small, *[still] * 9])[0].label is ChangeLabel.POSSIBLE


def test_a_sure_change_under_the_floor_is_not_called_real() -> None:
    before, after = cells(*[(50, 100)] * 30), cells(*[(53, 100)] * 30)

    verdict = label_changes([paired_change(before, after)])[0]

    assert verdict.label is ChangeLabel.POSSIBLE
    assert "under the floor of 5 points" in verdict.note


def test_the_sample_that_would_settle_it_does() -> None:
    rng = np.random.default_rng(11)
    before, after = (cells(*[(int(m), 4) for m in rng.binomial(4, p, 25)]) for p in (0.5, 0.58))
    unsure = paired_change(before, after)
    needed = label_changes([unsure])[0].questions_needed
    assert needed is not None
    assert unsure.difference is not None

    found = 0
    for _ in range(60):
        was, now = (
            cells(*[(int(m), 4) for m in rng.binomial(4, p, needed)])
            for p in (0.5, 0.5 + abs(unsure.difference))
        )
        found += paired_change(was, now).p <= 0.05

    assert found / 60 > 0.6


def test_a_null_change_is_called_real_or_possible_as_seldom_as_promised() -> None:
    rng = np.random.default_rng(23)
    alarms = 0
    for _ in range(400):
        chances = rng.beta(0.8, 1.2, 30)
        before, after = (cells(*[(int(m), 3) for m in rng.binomial(3, chances)]) for _ in range(2))
        alarms += paired_change(before, after).p <= 0.05

    assert alarms / 400 <= 0.075


def test_a_change_carried_by_few_questions_is_sure_on_the_panel_and_possible_beyond() -> None:
    before = cells(*[(0, 6)] * 4, *[(3, 6)] * 20)
    after = cells(*[(6, 6)] * 4, *[(3, 6)] * 20)

    change = paired_change(before, after)

    assert change.panel_p < 0.01
    assert change.p > 0.05
    verdict = label_changes([change])[0]
    assert verdict.label is ChangeLabel.POSSIBLE
    assert "carried by few" in verdict.note
    assert label_changes([change], panel=True)[0].label is ChangeLabel.REAL


def test_the_questions_that_carry_a_change_come_first() -> None:
    before, after = cells((0, 4), (2, 4), (4, 4)), cells((1, 4), (2, 4), (1, 4))

    assert question_changes(before, after) == (("q02", -0.75), ("q00", 0.25), ("q01", 0.0))


def test_the_panel_test_alarms_as_seldom_as_promised_with_few_and_with_many_cells() -> None:
    rng = np.random.default_rng(31)
    for questions, repeats in ((8, 2), (60, 3)):
        alarms = 0
        for _ in range(500):
            chances = rng.beta(0.8, 1.2, questions)
            before, after = (
                cells(*[(int(m), repeats) for m in rng.binomial(repeats, chances)])
                for _ in range(2)
            )
            alarms += paired_change(before, after).panel_p <= 0.05
        assert alarms / 500 <= 0.075


def test_no_changes_have_no_verdicts() -> None:
    assert label_changes([]) == ()
