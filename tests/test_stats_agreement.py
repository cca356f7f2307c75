"""Judges against people: κ, the corrected rate, and SimpleQA's F."""

import numpy as np
import pytest

from monitor.stats.agreement import (
    Calibration,
    answer_accuracy,
    cohen_kappa,
    corrected_rate,
    rogan_gladen,
)

TABLE = [[0, 4, 1], [0, 8, 0], [0, 1, 5]]


def test_kappa_and_its_error_are_the_published_ones() -> None:
    """SAS/STAT FREQ documentation; the same example is in statsmodels' tests."""
    found = cohen_kappa(TABLE)

    assert found.kappa is not None
    assert found.standard_error is not None
    assert found.interval is not None
    assert round(found.kappa, 4) == 0.4842
    assert round(found.standard_error, 4) == 0.1380
    assert (round(found.interval.low, 4), round(found.interval.high, 4)) == (0.2137, 0.7547)


def test_kappa_is_what_statsmodels_computes() -> None:
    from statsmodels.stats.inter_rater import cohens_kappa

    rng = np.random.default_rng(3)
    for size in (2, 3, 5):
        table = rng.integers(1, 20, (size, size)) + 15 * np.eye(size, dtype=int)
        theirs = cohens_kappa(table)
        ours = cohen_kappa([[int(v) for v in row] for row in table])
        assert ours.kappa == pytest.approx(theirs.kappa)
        assert ours.standard_error == pytest.approx(theirs.std_kappa)


def test_kappa_of_nothing_or_of_one_verdict_is_unknown() -> None:
    assert cohen_kappa([[0, 0], [0, 0]]).kappa is None
    assert cohen_kappa([[9, 0], [0, 0]]).kappa is None


def test_full_agreement_has_no_plus_minus_zero() -> None:
    found = cohen_kappa([[9, 0], [0, 9]])

    assert found.kappa == 1
    assert found.interval is None


def test_the_corrected_rate_is_the_published_one() -> None:
    """Lee et al., How to correctly report LLM-as-a-judge evaluations, arXiv 2511.21140."""
    assert round(rogan_gladen(0.4, specificity=0.7, sensitivity=0.9), 5) == 0.16667


def test_the_corrected_interval_is_the_one_worked_by_hand() -> None:
    """Lang & Reiczigel 2014: p' .4013, q1' .8636, q0' .6818, θ' .1523, shift −.0580, half .3214."""
    found = corrected_rate(0.4, 300, Calibration(18, 20, 14, 20)).interval

    assert found is not None
    assert (found.low, round(found.high, 3)) == (0.0, 0.416)


def test_a_smaller_calibration_widens_the_corrected_interval() -> None:
    small = corrected_rate(0.4, 300, Calibration(18, 20, 14, 20))
    large = corrected_rate(0.4, 300, Calibration(180, 200, 140, 200))

    assert small.value == pytest.approx(1 / 6)
    assert large.value == pytest.approx(1 / 6)
    assert small.interval is not None
    assert large.interval is not None
    assert small.interval.margin > 1.3 * large.interval.margin


def test_an_uncalibrated_judge_says_so() -> None:
    assert corrected_rate(0.4, 100, Calibration(0, 0, 5, 5)).value is None
    chance = corrected_rate(0.4, 100, Calibration(60, 100, 60, 100))
    assert chance.value is None
    assert "uncalibrated" in chance.note
    disagreeing = corrected_rate(0.4, 100, Calibration(90, 100, 90, 100, kappa=0.55))
    assert "κ = 0.55" in disagreeing.note


def test_simpleqas_f_is_the_published_one() -> None:
    """OpenAI, SimpleQA, 2024: 28.9 % correct, 36.1 % incorrect → 44.5 given attempted, F 35.0."""
    found = answer_accuracy(28.9, 36.1, 100)

    assert found.given_attempted is not None
    assert found.f_score is not None
    assert round(100 * found.given_attempted, 1) == 44.5
    assert round(100 * found.f_score, 1) == 35.0


def test_accuracy_of_no_attempt_is_unknown_and_of_no_success_zero() -> None:
    assert answer_accuracy(0, 0, 10).f_score is None
    assert answer_accuracy(0, 4, 10).f_score == 0
