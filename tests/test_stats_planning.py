"""What a design can show before it's paid for."""

import numpy as np
import pytest

from monitor.stats import CellCount, rate
from monitor.stats.planning import (
    Offer,
    Variances,
    design,
    detectable_change,
    margins,
    propose,
    sample_size,
    variances,
)

PRICES = (("cheap", 0.005), ("dear", 0.02))


def test_the_sample_size_is_the_published_one() -> None:
    """Miller, Adding Error Bars to Evals, arXiv 2411.00640 (2024), section 5."""
    assert sample_size(1 / 9, 0.0, 0.0, change=0.03) == 969


@pytest.mark.parametrize(("repeats", "expected"), [(1, 0.1327), (10, 0.0757)])
def test_the_detectable_change_is_the_published_one(repeats: int, expected: float) -> None:
    """Miller 2024, section 5: n = 198, ω² = 1/9, σ² = 1/6."""
    found = detectable_change(
        198, 1 / 9, 1 / 6, 1 / 6, repeats_before=repeats, repeats_after=repeats
    )

    assert round(found, 4) == expected


def test_sample_size_and_detectable_change_are_inverse() -> None:
    questions = sample_size(0.02, 0.1, 0.1, change=0.05, repeats_before=3, repeats_after=3)

    assert detectable_change(
        questions, 0.02, 0.1, 0.1, repeats_before=3, repeats_after=3
    ) == pytest.approx(0.05, rel=0.005)


def test_variances_come_from_the_pilot_and_from_assumption_without_one() -> None:
    rng = np.random.default_rng(8)
    chances = rng.beta(1, 3, 400)
    pilot = [CellCount(f"q{i}", int(m), 5) for i, m in enumerate(rng.binomial(5, chances))]

    found = variances(pilot)

    assert found.between == pytest.approx(float(chances.var()), abs=0.006)
    assert found.within == pytest.approx(float((chances * (1 - chances)).mean()), abs=0.006)
    assert variances([]) == Variances()
    assert variances([CellCount(f"q{i}", i % 2, 1) for i in range(9)]) == Variances()


def test_a_pilot_of_rates_zero_does_not_promise_certainty() -> None:
    found = variances([CellCount(f"q{i}", 0, 3) for i in range(10)])

    assert margins(40, 3, found).panel > 0.01


@pytest.mark.parametrize("repeats", [1, 2, 5])
def test_the_planned_margins_are_those_that_the_figures_then_have(repeats: int) -> None:
    rng = np.random.default_rng(9)
    chances = rng.beta(1, 1, 60)
    known = Variances(1 / 12, 1 / 6)
    panel, market = [], []
    for _ in range(40):
        hits = rng.binomial(repeats, rng.permutation(chances))
        found = rate([CellCount(f"q{i}", int(m), repeats) for i, m in enumerate(hits)])
        assert found.panel is not None
        assert found.market is not None
        panel.append(found.panel.margin)
        market.append(found.market.margin)

    planned = margins(60, repeats, known)

    assert planned.panel == pytest.approx(float(np.mean(panel)), rel=0.12)
    assert planned.market == pytest.approx(float(np.mean(market)), rel=0.12)


def test_a_design_counts_calls_and_cost() -> None:
    found = design(40, 3, PRICES, Variances(), variants=2)

    assert found.calls == 40 * 3 * 2 * 2
    assert found.cost_usd == pytest.approx(40 * 3 * 2 * 0.025)
    assert found.engines == ("cheap", "dear")


def test_a_proposal_stays_within_its_budget_and_asks_all_questions_before_repeating() -> None:
    found = propose(2.1, Offer(PRICES, 40), Variances()).best

    assert found is not None
    assert found.cost_usd <= 2.1
    assert (found.questions, found.repeats) == (40, 2)


def test_a_proposal_says_what_one_more_repeat_and_one_more_question_buy() -> None:
    found = propose(2.1, Offer(PRICES, 40), Variances())

    assert found.best is not None
    assert found.one_more_repeat is not None
    assert found.one_more_question is not None
    assert found.one_more_repeat.margins.panel < found.best.margins.panel
    assert found.one_more_question.questions == 41
    assert "one more repeat: +1.00 USD a wave" in found.note
    assert "one more question: +0.05 USD a wave" in found.note


def test_an_engine_is_dropped_only_when_half_the_questions_are_too_dear() -> None:
    both = propose(0.5, Offer(PRICES, 40), Variances()).best
    one = propose(0.4, Offer(PRICES, 40), Variances())

    assert both is not None
    assert both.engines == ("cheap", "dear")
    assert one.best is not None
    assert one.best.engines == ("cheap",)
    assert "1 engines don't fit" in one.note


def test_a_budget_that_pays_for_nothing_says_so() -> None:
    found = propose(0.001, Offer(PRICES, 40), Variances())

    assert found.best is None
    assert "don't pay for one question" in found.note


def test_free_engines_are_asked_as_often_as_allowed() -> None:
    found = propose(0.0, Offer((("local", 0.0),), 12, most_repeats=4), Variances()).best

    assert found is not None
    assert (found.questions, found.repeats) == (12, 4)
