"""A machine against people: what random reviews make of κ, q1, q0 and the corrected rate."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from judged_store import NOW, PACK, RULES, SEVERITIES, Row, judged_store

from monitor.queries import calibration_lines, calibrations, review_work
from monitor.reviews import Reason, ReviewItem
from monitor.stats.agreement import (
    CorrectedRate,
    cohen_kappa,
    combined_rate,
    corrected_rate,
    rogan_gladen,
)
from monitor.stats.calibration import Call, Reviewed, judge_quality
from monitor.stats.intervals import Interval
from monitor.store import Decision, Store, decide, take_back
from monitor.store.free import run_sql
from monitor.types import Verdict

RIGHT, WRONG, NOTHING = Call.RIGHT, Call.WRONG, Call.NOTHING


def reviews(counts: dict[tuple[Call, Call], int], weight: float = 1.0) -> list[Reviewed]:
    """So many items for each (machine's call, person's call)."""
    return [Reviewed(*calls, weight) for calls, count in counts.items() for _ in range(count)]


AGREED = {(RIGHT, RIGHT): 45, (RIGHT, WRONG): 4, (WRONG, RIGHT): 5, (WRONG, WRONG): 36}


# -- from calls to a calibration --------------------------------------------------------------


def test_equal_weights_give_the_plain_shares_and_kappa() -> None:
    found = judge_quality(reviews(AGREED))
    assert found.calibration.sensitivity == pytest.approx(45 / 50)
    assert found.calibration.specificity == pytest.approx(36 / 40)
    plain = cohen_kappa([[45, 4, 0], [5, 36, 0], [0, 0, 0]])
    assert found.agreement.kappa == pytest.approx(plain.kappa)
    assert found.agreement.standard_error == pytest.approx(plain.standard_error)
    assert found.calibration.problem == ""


def test_items_stand_for_their_part_of_the_whole() -> None:
    """Of 900 called right 1 in 10 was drawn, of 100 called wrong each: q1 = 855/(855 + 10)."""
    drawn = [
        *reviews({(RIGHT, RIGHT): 38, (RIGHT, WRONG): 2}, weight=900 / 40),
        *reviews({(WRONG, RIGHT): 4, (WRONG, WRONG): 36}, weight=100 / 40),
    ]
    found = judge_quality(drawn).calibration
    assert found.sensitivity == pytest.approx(855 / 865)
    assert found.specificity == pytest.approx(90 / (90 + 45))


def test_scaling_all_weights_changes_nothing() -> None:
    one, ten = (judge_quality(reviews(AGREED, weight)) for weight in (1.0, 10.0))
    assert one.sensitivity is not None
    assert ten.sensitivity is not None
    assert one.sensitivity.low == pytest.approx(ten.sensitivity.low)
    assert one.agreement.kappa == pytest.approx(ten.agreement.kappa)
    assert one.agreement.standard_error == pytest.approx(ten.agreement.standard_error)


def test_what_people_do_not_see_is_in_neither_rate_but_costs_agreement() -> None:
    with_unseen = judge_quality([*reviews(AGREED), *reviews({(RIGHT, NOTHING): 20})])
    without = judge_quality(reviews(AGREED))
    assert with_unseen.calibration.sensitivity == without.calibration.sensitivity
    assert with_unseen.unseen == 20
    assert with_unseen.agreement.kappa is not None
    assert without.agreement.kappa is not None
    assert with_unseen.agreement.kappa < without.agreement.kappa


def test_intervals_narrow_with_more_reviews_and_hold_the_value() -> None:
    few, many = (
        judge_quality(reviews({calls: n * times for calls, n in AGREED.items()}))
        for times in (1, 9)
    )
    assert few.sensitivity is not None
    assert many.sensitivity is not None
    assert 0.9 in many.sensitivity
    assert few.sensitivity.margin > 2 * many.sensitivity.margin


def test_a_perfect_machine_is_never_known_for_certain() -> None:
    found = judge_quality(reviews({(RIGHT, RIGHT): 30, (WRONG, WRONG): 10}))
    assert found.sensitivity is not None
    assert found.sensitivity.high == 1
    assert found.sensitivity.low < 0.99
    rate = corrected_rate(0.75, 400, found.calibration)
    assert rate.value == pytest.approx(0.75)
    assert rate.interval is not None
    assert rate.interval.margin > 0.04


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({(RIGHT, RIGHT): 20, (WRONG, WRONG): 9}, "29 of the 30 random reviews"),
        ({(RIGHT, RIGHT): 40, (WRONG, WRONG): 4}, "40 statements right and 4 wrong"),
        ({(RIGHT, RIGHT): 20, (WRONG, RIGHT): 14, (RIGHT, WRONG): 12, (WRONG, WRONG): 14},
         "little better than chance (q0 + q1 = 1.13)"),
        ({(RIGHT, RIGHT): 30, (WRONG, RIGHT): 4, (RIGHT, WRONG): 6, (WRONG, WRONG): 10},
         "agree too little (κ = 0.52)"),
        ({}, "0 of the 30 random reviews"),
    ],
)  # fmt: skip
def test_a_machine_that_cannot_be_trusted_says_why(
    counts: dict[tuple[Call, Call], int], words: str
) -> None:
    calibration = judge_quality(reviews(counts)).calibration
    assert calibration.problem.startswith("uncalibrated: ")
    assert words in calibration.problem
    assert words in corrected_rate(0.8, 200, calibration).note


def test_the_corrected_rate_carries_both_uncertainties() -> None:
    calibration = judge_quality(reviews(AGREED)).calibration
    rate = corrected_rate(0.8, 300, calibration)
    assert rate.value == pytest.approx(rogan_gladen(0.8, 0.9, 0.9))
    certain = judge_quality(reviews({calls: 100 * n for calls, n in AGREED.items()})).calibration
    exact, alone = corrected_rate(0.8, 300, certain), corrected_rate(0.8, 1e6, calibration)
    assert rate.interval is not None
    assert exact.interval is not None
    assert alone.interval is not None
    assert rate.interval.margin > max(exact.interval.margin, alone.interval.margin)


def test_several_judges_parts_make_a_whole() -> None:
    parts = [
        (0.75, CorrectedRate(0.9, Interval(0.86, 0.93))),
        (0.25, CorrectedRate(0.5, Interval(0.3, 0.7), "few")),
    ]
    whole = combined_rate(parts)
    assert whole.value == pytest.approx(0.8)
    assert whole.interval is not None
    assert whole.interval.low == pytest.approx(0.8 - (0.03**2 + 0.05**2) ** 0.5)
    assert whole.note == "few"
    unknown = combined_rate([*parts, (0.1, CorrectedRate(None, None, "uncalibrated: new"))])
    assert (unknown.value, unknown.note) == (None, "few; uncalibrated: new")


# -- from reviews in a store ------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Statements of two judges: 40 called correct and 10 incorrect by rules, 6 by a judge."""
    rules = [Row(f"c-{n}", "colour", "correct") for n in range(40)]
    rules += [Row(f"i-{n}", "colour", "incorrect") for n in range(10)]
    model = [
        Row(f"j-{n}", "colour", "correct", method="judge", judged_by="answer@1 x") for n in range(6)
    ]
    return judged_store(tmp_path, [*rules, *model])


_TRUE = Verdict.CORRECT


def review_at_random(
    store: Store,
    count: int,
    verdict_on: Callable[[str], Verdict | None] = lambda _: Verdict.CORRECT,
) -> None:
    """Decide what is shown in its order until `count` random items are decided."""
    for n in range(200):
        work = review_work(store, PACK, SEVERITIES)
        if work.done.random == count:
            return
        verdict = verdict_on(work.queue[0].answer_id)
        decide(store, Decision(work.queue[0], verdict, "ana"), NOW + timedelta(seconds=n))


def as_called(answer_id: str) -> Verdict:
    """The truth, which here is what the machine said."""
    return Verdict.INCORRECT if answer_id.startswith("i") else Verdict.CORRECT


def test_each_judge_version_has_its_own_line(store: Store) -> None:
    review_at_random(store, 16)
    found = {line.judged_by: line.quality.reviews for line in calibration_lines(store, PACK)}
    assert set(found) == {RULES, "answer@1 x"}
    assert found["answer@1 x"] == 6
    assert set(calibrations(store, PACK)) == set(found)


def test_weights_follow_the_size_of_what_was_drawn_from(store: Store) -> None:
    review_at_random(store, 18, as_called)
    (line,) = [line for line in calibration_lines(store, PACK) if line.judged_by == RULES]
    calibration = line.quality.calibration
    # 40 and 10 items, drawn two to one: each of either side stands for as many as it should.
    assert calibration.positives == pytest.approx(40)
    assert calibration.negatives == pytest.approx(10)


def test_what_looked_bad_what_was_taken_back_and_doubt_do_not_calibrate(store: Store) -> None:
    chosen = ReviewItem("i-0", "colour", Reason.CONTRADICTION)
    decide(store, Decision(chosen, Verdict.CORRECT, "ana"), NOW)
    assert calibration_lines(store, PACK) == ()
    review_at_random(store, 1, lambda _: None)
    (line,) = calibration_lines(store, PACK)
    assert (line.quality.reviews, line.unsure) == (0, 1)
    take_back(store, "ana", NOW + timedelta(minutes=1))
    assert calibration_lines(store, PACK) == ()


def test_a_later_look_at_what_was_selected_leaves_the_random_review_as_it_was(
    store: Store,
) -> None:
    review_at_random(store, 1)
    (before,) = calibration_lines(store, PACK)
    drawn = review_work(store, PACK, SEVERITIES)
    assert drawn.done.random == 1
    query = "SELECT answer_id, fact_id FROM reviews WHERE sample = 'random'"
    again = ReviewItem(*run_sql(store, query).rows[0], Reason.CHOSEN)
    decide(store, Decision(again, Verdict.INCORRECT, "ben"), NOW + timedelta(hours=1))
    assert calibration_lines(store, PACK) == (before,)
