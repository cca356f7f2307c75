"""Rates, their panel and market intervals, and what happens at the edges."""

import random
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.stats import CellCount, Interval, mean_of_rates, merged, rate, wilson, within_variance
from monitor.stats.intervals import normal_quantile, t_quantile


def cells(*counts: tuple[int, int]) -> list[CellCount]:
    return [CellCount(f"q{i:02}", hits, answers) for i, (hits, answers) in enumerate(counts)]


def held(interval: Interval | None) -> Interval:
    assert interval is not None
    return interval


@pytest.mark.parametrize(
    ("hits", "answers", "low", "high"),
    [
        (1, 11, 0.0162, 0.3774),
        (10, 100, 0.0552, 0.1744),
        (0, 20, 0.0, 0.1611),
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval_is_the_published_one(
    hits: int, answers: int, low: float, high: float
) -> None:
    """Newcombe, Two-sided confidence intervals for the single proportion, Stat. Med. 1998."""
    interval = wilson(hits, answers)

    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


def test_quantiles_are_those_of_the_tables() -> None:
    assert normal_quantile(0.975) == pytest.approx(1.959964, abs=1e-6)
    assert t_quantile(0.975, 9) == pytest.approx(2.262157, abs=1e-6)


def test_a_question_weighs_the_same_however_many_answers_it_got() -> None:
    estimate = rate(cells((10, 10), (0, 2)))

    assert estimate.value == 0.5
    assert (estimate.k, estimate.n, estimate.questions) == (10, 12, 2)


def test_a_question_asked_in_two_locales_weighs_no_more_than_another() -> None:
    found = rate(
        [
            CellCount("a", 5, 5, "de-DE"),
            CellCount("a", 0, 5, "en-US"),
            CellCount("b", 0, 5, "en-US"),
        ]
    )

    assert found.value == 0.25
    assert found.questions == 2


def test_the_panel_interval_has_the_formulas_width_where_the_formula_holds() -> None:
    """SE = sqrt(Σ m(K−m)/(K²(K−1)))/n of MEASUREMENT.md: many questions, middling rate."""
    counts = [(2 + i % 5, 8) for i in range(400)]
    spread = sum(m * (k - m) / (k * k * (k - 1)) for m, k in counts)
    expected = 1.959964 * spread**0.5 / len(counts)

    assert held(rate(cells(*counts)).panel).margin == pytest.approx(expected, rel=0.01)


def test_the_market_interval_has_the_formulas_width_where_the_formula_holds() -> None:
    """t_{n−1}·sd(m/K)/√n of MEASUREMENT.md: many questions, middling rate."""
    counts = [(1 + 2 * (i % 4), 8) for i in range(400)]
    sd = float(np.std([m / k for m, k in counts], ddof=1))
    expected = t_quantile(0.975, 399) * sd / 20

    assert held(rate(cells(*counts)).market).margin == pytest.approx(expected, rel=0.02)


def test_the_market_interval_of_a_few_questions_is_the_one_worked_by_hand() -> None:
    """sd² .05, so the design effect is .01/.005 = 2, drawn to 5.5 by half a question: 2.318.

    Wilson with 50/2.318 answers and a quantile of 1.960 + (2.776 − 1.960)(1 − 1/2.318) = 2.424.
    """
    found = held(rate(cells((2, 10), (4, 10), (6, 10), (8, 10), (5, 10))).market)

    assert (round(found.low, 3), round(found.high, 3)) == (0.269, 0.731)


def test_questions_that_differ_make_the_market_wider_than_the_panel() -> None:
    found = rate(cells(*[(0, 5), (5, 5), (1, 5), (4, 5)] * 5))

    assert held(found.market).margin > 2 * held(found.panel).margin


@pytest.mark.parametrize("answers", [1, 2, 5])
@pytest.mark.parametrize("hit", [False, True])
def test_a_rate_of_zero_or_one_still_has_a_margin(answers: int, hit: bool) -> None:
    found = rate(cells(*[(answers * hit, answers)] * 12))

    assert found.value == float(hit)
    for interval in (held(found.panel), held(found.market)):
        assert interval.high - interval.low > 0.02
        assert found.value in interval


def test_questions_that_always_agree_with_themselves_still_have_a_margin() -> None:
    found = rate(cells(*[(0, 2), (2, 2)] * 10))

    assert held(found.panel).margin > 0.02


def test_one_question_alone_has_wilsons_interval_and_no_market() -> None:
    found = rate(cells((3, 12)))

    assert held(found.panel) == wilson(3, 12)
    assert found.market is None
    assert "one question" in found.note


def test_one_repeat_has_the_widest_panel_and_says_so() -> None:
    found = rate(cells(*[(1, 1), (0, 1)] * 10))

    assert held(found.panel) == wilson(10, 20)
    assert "one answer per cell" in found.note


def test_earlier_waves_tell_repeats_from_questions_where_cells_are_asked_once() -> None:
    split = cells(*[(1, 1), (0, 1)] * 10)

    found = rate(split, earlier=split * 7)

    assert held(found.panel).margin < 0.5 * held(rate(split).panel).margin
    assert found.market == rate(split).market
    assert (found.value, found.n, found.note) == (0.5, 20, "")


def test_earlier_waves_of_one_engine_help_the_mean_of_two() -> None:
    split = cells(*[(1, 1), (0, 1)] * 10)

    found = mean_of_rates([split, split], earlier=[split * 5, []])

    assert held(found.panel).margin < held(mean_of_rates([split, split]).panel).margin


def test_counts_of_a_cell_from_several_waves_add_up() -> None:
    waves = [*cells((1, 2), (0, 2)), *cells((2, 2), (0, 0))]

    assert list(merged(waves).values()) == cells((3, 4), (0, 2))


@pytest.mark.parametrize("counts", [[], [(0, 0)] * 30])
def test_an_empty_wave_or_one_that_was_all_refused_has_no_value(
    counts: list[tuple[int, int]],
) -> None:
    found = rate(cells(*counts))

    assert found.value is None
    assert found.panel is None
    assert found.note == "too few answers (n = 0)"


def test_under_the_floor_there_is_no_value_but_its_reason() -> None:
    assert rate(cells((3, 9))).note == "too few answers (n = 9)"
    assert rate(cells((3, 9)), floor=9).value == pytest.approx(1 / 3)


def test_a_cell_without_answers_is_no_zero_but_widens_the_panel() -> None:
    answered = cells(*[(0, 3), (3, 3), (1, 3)] * 6)
    lost = [CellCount(f"lost{i}", 0, 0) for i in range(6)]

    whole, partial = rate(answered), rate([*answered, *lost])

    assert partial.value == whole.value
    assert partial.questions == 18
    assert held(partial.panel).margin > held(whole.panel).margin
    assert partial.market == whole.market


def test_more_hits_than_answers_is_an_error_that_names_the_question() -> None:
    with pytest.raises(ValueError, match="q7"):
        CellCount("q7", 3, 2)


def test_every_engine_weighs_the_same() -> None:
    always, never = cells(*[(5, 5)] * 20), cells(*[(0, 2)] * 20)

    assert mean_of_rates([always, never]).value == 0.5


def test_engines_that_fail_on_the_same_questions_are_one_sample_of_questions() -> None:
    one = cells(*[(0, 10), (10, 10), (2, 10), (8, 10)] * 5)

    alone, thrice = rate(one), mean_of_rates([one, one, one])

    assert held(thrice.market).margin == pytest.approx(held(alone.market).margin, rel=0.1)
    assert held(thrice.panel).margin < 0.7 * held(alone.panel).margin


def test_engines_with_opposite_certainties_still_have_a_margin() -> None:
    found = mean_of_rates([cells(*[(2, 2)] * 10), cells(*[(0, 2)] * 10)])

    assert found.value == 0.5
    assert held(found.panel).margin > 0.01
    assert held(found.market).margin > 0.01


def test_an_engine_with_too_few_answers_is_left_out_and_named_as_such() -> None:
    found = mean_of_rates([cells(*[(1, 2)] * 10), cells((0, 3))])

    assert found.value == 0.5
    assert found.n == 20
    assert "1 of 2 engines left out" in found.note


def test_engines_that_are_all_too_small_have_no_mean() -> None:
    found = mean_of_rates([cells((1, 5)), cells((1, 6))])

    assert found.value is None
    assert found.note == "too few answers (n = 11, at most 6 of one engine)"


def test_within_variance_is_unbiased_and_unknown_for_single_answers() -> None:
    assert within_variance(cells((1, 2), (0, 2))) == pytest.approx(0.25)
    assert within_variance(cells((1, 1), (0, 1))) is None


COUNTS = st.lists(
    st.integers(0, 6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=1,
    max_size=25,
)


@settings(deadline=None)  # the first call imports scipy.special
@given(COUNTS, st.randoms())
def test_rows_in_any_order_give_the_same_last_digit(
    counts: list[tuple[int, int]], shuffler: random.Random
) -> None:
    rows = [CellCount(f"q{i % 7}", m, k, f"g{i}") for i, (m, k) in enumerate(counts)]
    mixed = rows.copy()
    shuffler.shuffle(mixed)

    assert rate(rows) == rate(mixed)


@settings(deadline=None)  # the first call imports scipy.special
@given(COUNTS)
def test_every_interval_lies_in_zero_to_one_and_holds_its_value(
    counts: list[tuple[int, int]],
) -> None:
    found = rate(cells(*counts), floor=1)

    for interval in (found.panel, found.market):
        if interval is not None:
            assert found.value is not None
            assert 0 <= interval.low <= found.value <= interval.high <= 1
            assert interval.high > interval.low


@settings(deadline=None)  # the first call imports scipy.special
@given(COUNTS)
def test_hits_and_misses_are_mirror_images(counts: list[tuple[int, int]]) -> None:
    found = rate(cells(*counts), floor=1)
    mirrored = rate(cells(*[(k - m, k) for m, k in counts]), floor=1)

    if found.value is None or mirrored.value is None or abs(found.value - 0.5) < 1e-9:
        return
    assert mirrored.value == pytest.approx(1 - found.value)
    assert held(mirrored.panel).low == pytest.approx(1 - held(found.panel).high, abs=1e-9)


def test_panel_and_market_cover_the_truth_as_promised() -> None:
    """A short form of tests/benchmarks/coverage.py: 20 questions, 3 repeats, a rate of 20 %."""
    rng = np.random.default_rng(7)
    runs, panel, market = 600, 0, 0
    for _ in range(runs):
        chances = rng.beta(0.6, 2.4, 20)
        hits = rng.binomial(3, chances)
        found = rate(cells(*[(int(m), 3) for m in hits]))
        panel += float(chances.mean()) in held(found.panel)
        market += 0.2 in held(found.market)

    assert 0.93 <= panel / runs <= 0.98
    assert 0.93 <= market / runs <= 0.98


def test_importing_the_statistics_loads_neither_scipy_nor_statsmodels() -> None:
    code = (
        "import sys, monitor.stats, monitor.alerts; print([m for m in sys.modules if 'sci' in m])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "scipy" not in done.stdout
