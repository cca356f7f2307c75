"""Shares of sums, net sentiment, mean rank and list stability."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.stats import (
    AnswerParts,
    AnswerRank,
    AnswerTone,
    CellLists,
    Interval,
    list_stability,
    mean_rank,
    net_sentiment,
    rbo_ext,
    share,
)
from monitor.stats.shares import CellTones, mean_of_sentiments


def held(interval: Interval | None) -> Interval:
    assert interval is not None
    return interval


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("abcdefg", "zcavwxy", 0.288217),
        ("abcde", "bacde", 0.9),
        ("abcde", "abced", 0.981775),
        ("abc", "abcdefg", 1.0),
        ("abcd", "acx", 0.685),
    ],
)
def test_rank_biased_overlap_is_the_published_one(first: str, second: str, expected: float) -> None:
    """Webber, Moffat & Zobel, ACM TOIS 2010, p = 0.9; symmetric."""
    assert rbo_ext(first, second, 0.9) == pytest.approx(expected, abs=5e-7)
    assert rbo_ext(second, first, 0.9) == pytest.approx(expected, abs=5e-7)


def test_an_empty_ranking_overlaps_only_with_another_empty_one() -> None:
    assert rbo_ext("", "abc") == 0
    assert rbo_ext("", "") == 1


@given(st.permutations("abcdef"), st.integers(1, 6))
def test_overlap_lies_between_zero_and_one(order: list[str], size: int) -> None:
    assert 0 <= rbo_ext("abcdef", order[:size]) <= 1 + 1e-12


def voices(*rows: tuple[str, int, int]) -> list[AnswerParts]:
    return [AnswerParts(question, part, whole) for question, part, whole in rows]


def test_share_of_voice_is_our_mentions_of_all_with_the_denominator() -> None:
    found = share(voices(*[("a", 1, 4), ("b", 1, 2), ("c", 0, 2)] * 5))

    assert found.value == pytest.approx(2 / 8)
    assert (found.k, found.n, found.questions) == (10, 40, 3)


def test_a_question_with_a_lost_answer_keeps_its_weight_in_the_share() -> None:
    found = share(voices(("a", 1, 1), ("a", 1, 1), ("b", 0, 1)), floor=1)

    assert found.value == 0.5


@pytest.mark.parametrize("part", [0, 2])
def test_a_share_of_nothing_or_all_still_has_a_margin(part: int) -> None:
    found = share([AnswerParts(f"q{i % 6}", part, 2) for i in range(18)])

    assert found.value == part / 2
    assert held(found.panel).margin > 0.02
    assert held(found.market).margin > held(found.panel).margin


@pytest.mark.parametrize("last", [2, 3])
def test_questions_with_nearly_the_same_share_still_have_a_market_margin(last: int) -> None:
    alike = [AnswerParts(f"q{i % 6}", 1, 2) for i in range(17)]

    found = share([*alike, AnswerParts("q5", 1, last)])

    assert found.value == pytest.approx(0.5, abs=0.02)
    assert held(found.market).margin > 0.05


def test_a_share_needs_answers_and_something_to_share() -> None:
    assert share(voices(("a", 1, 2))).note == "too few answers (n = 1)"
    nothing = share([AnswerParts(f"q{i}", 0, 0) for i in range(20)])
    assert nothing.value is None
    assert nothing.note == "nothing to take a share of"
    assert share([]).value is None


def test_one_question_has_a_share_but_no_market() -> None:
    found = share([AnswerParts("a", i % 2, 2) for i in range(12)])

    assert found.value == 0.25
    assert found.market is None


def test_net_sentiment_is_good_less_bad_over_all_mentions() -> None:
    tones = [AnswerTone(f"q{i}", 3, 4, 1) for i in range(12)]

    found = net_sentiment(tones)

    assert found.value == pytest.approx(2 / 8)
    assert (found.k, found.n) == (24, 96)
    assert found.value in held(found.market)


def test_net_sentiment_of_cells_is_that_of_their_answers() -> None:
    cells = [CellTones(f"q{i}", i % 3, 2, 1) for i in range(12)]
    answers = [
        AnswerTone(cell.question, *tone)
        for cell in cells
        for tone in [(1, 0, 0)] * cell.positive + [(0, 1, 0)] * 2 + [(0, 0, 1)]
    ]

    found = mean_of_sentiments([cells])

    assert found == net_sentiment(answers)
    assert (found.k, found.n) == (0, 48)


def test_each_engines_sentiment_weighs_the_same() -> None:
    praising = [CellTones(f"q{i}", 9, 0, 0) for i in range(12)]
    warning = [CellTones(f"q{i}", 0, 0, 3) for i in range(12)]

    assert mean_of_sentiments([praising, warning]).value == pytest.approx(0)


def test_net_sentiment_reaches_minus_one_with_a_margin_above() -> None:
    found = net_sentiment([AnswerTone(f"q{i}", 0, 0, 1) for i in range(12)])

    assert found.value == -1
    assert held(found.panel).low == -1
    assert held(found.panel).high > -1


def test_mean_rank_is_hidden_under_ten_ranked_answers() -> None:
    assert mean_rank([AnswerRank("a", 1)] * 9).note == "too few answers (n = 9)"
    assert mean_rank([AnswerRank(f"q{i}", 1 + i % 3) for i in range(12)]).value == 2


def test_a_rank_that_never_varied_still_has_a_margin_but_none_below_first() -> None:
    found = mean_rank([AnswerRank(f"q{i}", 1) for i in range(12)])

    assert held(found.market).low == 1
    assert held(found.market).high > 1.1


def test_ranks_that_differ_by_question_widen_the_market_not_the_panel() -> None:
    found = mean_rank([AnswerRank(f"q{i % 6}", 1 + i % 6) for i in range(36)])

    assert held(found.panel).margin < 0.2
    assert held(found.market).margin > 1


def test_lists_that_never_change_are_wholly_stable() -> None:
    cells = [CellLists(f"q{i}", (("a", "b", "c"),) * 3) for i in range(8)]

    found = list_stability(cells)

    assert found.value == pytest.approx(1)
    assert (found.k, found.n) == (24, 24)
    assert held(found.panel).low < 1


def test_stability_compares_repeats_within_a_cell_only_and_skips_answers_without_lists() -> None:
    cells = [
        CellLists("a", (("x", "y"), ("x", "y"), ())),
        CellLists("b", (("y", "x"), ("y", "x"))),
        CellLists("c", (("z",),)),
    ]

    found = list_stability(cells, floor=1)

    assert found.value == pytest.approx(1)
    assert (found.k, found.n, found.questions) == (2, 4, 2)


def test_stability_has_a_panel_narrower_than_the_market_where_questions_differ() -> None:
    steady = (("a", "b", "c"), ("a", "b", "c"), ("a", "c", "b"))
    wild = (("a", "b"), ("c", "d"), ("e", "f"))
    cells = [CellLists(f"q{i}", steady if i % 2 else wild) for i in range(20)]

    found = list_stability(cells)

    assert held(found.panel).margin < held(found.market).margin
