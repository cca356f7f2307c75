"""Accuracy, omission and F of judged answers; what a fact sheet's check finds."""

from dataclasses import replace
from datetime import date

import pytest
from test_facts_golden import sheet

from monitor.facts import (
    AskedFact,
    FactVerdict,
    SheetProblemKind,
    accuracy,
    asked_facts,
    sheet_problems,
)
from monitor.stats import wilson
from monitor.stats.agreement import Calibration
from monitor.stats.intervals import effective_answers
from monitor.types import Fact, FactType, FactValue, Severity, Verdict

TODAY = date(2026, 11, 22)


def verdicts(question: str, **counts: int) -> list[FactVerdict]:
    return [
        FactVerdict(question, "founded", Verdict(name), asked=True, group="chat")
        for name, count in counts.items()
        for _ in range(count)
    ]


# -- figures --------------------------------------------------------------------------------


def test_accuracy_counts_outdated_as_wrong_and_leaves_the_rest_out() -> None:
    rows = verdicts("a", correct=6, incorrect=2, outdated=2, not_stated=5, unverifiable=3)
    found = accuracy(rows)
    assert found.accuracy.value == pytest.approx(0.6)
    assert (found.accuracy.k, found.accuracy.n) == (6, 10)
    assert found.counts[Verdict.UNVERIFIABLE] == 3


def test_omission_is_of_asked_facts_only() -> None:
    unasked = replace(verdicts("a", not_stated=1)[0], asked=False)
    rows = [*verdicts("a", correct=9, not_stated=3), *[unasked] * 20]
    assert accuracy(rows).omission.value == pytest.approx(3 / 12)


def test_f_comes_out_as_published_for_simpleqa() -> None:
    """Correct 28.9 %, wrong 36.1 % → given attempted 44.5, F 35.0 (OpenAI 2024)."""
    found = accuracy(verdicts("a", correct=289, incorrect=361, not_stated=350))
    assert found.correct_given_attempted == pytest.approx(0.445, abs=5e-4)
    assert found.f_score == pytest.approx(0.350, abs=5e-4)


def test_answers_to_one_question_arent_taken_as_independent() -> None:
    alike = [row for q in "abcd" for row in verdicts(q, correct=10)]
    split = [*verdicts("a", correct=20), *verdicts("b", incorrect=20)]
    spread = [*verdicts("a", correct=10, incorrect=10), *verdicts("b", correct=10, incorrect=10)]
    wide, narrow = accuracy(split).accuracy.market, accuracy(spread).accuracy.market
    assert wide is not None
    assert narrow is not None
    assert wide.margin > narrow.margin
    assert accuracy(alike).accuracy.market != wide


def test_too_few_answers_have_no_accuracy() -> None:
    found = accuracy(verdicts("a", correct=4))
    assert found.accuracy.value is None
    assert "too few" in found.accuracy.note
    assert found.corrected is None or found.corrected.value is None


def test_unscored_answers_and_promises_are_counted_apart() -> None:
    unscored = FactVerdict("a", "founded", None, asked=True)
    promise = FactVerdict("a", "free-plan", Verdict.INCORRECT, asked=False, promise=True)
    found = accuracy([*verdicts("a", correct=10), unscored, unscored, promise])
    assert (found.unscored, found.promises) == (2, 1)
    assert found.omission.n == 10


def test_corrected_accuracy_takes_the_judges_errors_out() -> None:
    """Rogan–Gladen: p .4, q0 .7, q1 .9 → .16667 (Lee et al. 2511.21140)."""
    rows = [row for q in "abcde" for row in verdicts(q, correct=40, incorrect=60)]
    found = accuracy(rows, Calibration(found=90, positives=100, cleared=70, negatives=100))
    assert found.corrected is not None
    assert found.corrected.value == pytest.approx(0.16667, abs=1e-5)
    interval = found.corrected.interval
    assert interval is not None
    assert interval.low < 0.16667 < interval.high


def test_a_judge_near_chance_corrects_nothing() -> None:
    rows = verdicts("a", correct=40, incorrect=60)
    found = accuracy(rows, Calibration(found=60, positives=100, cleared=60, negatives=100))
    assert found.corrected is not None
    assert found.corrected.value is None
    assert "uncalibrated" in found.corrected.note


@pytest.mark.parametrize(("hits", "answers"), [(3, 10), (50, 100), (0, 40), (400, 400)])
def test_the_effective_number_of_independent_answers_is_their_number(
    hits: int, answers: int
) -> None:
    assert effective_answers(hits / answers, wilson(hits, answers)) == pytest.approx(answers)


# -- the sheet ------------------------------------------------------------------------------


def kinds(facts: list[Fact], today: date = TODAY) -> list[SheetProblemKind]:
    asked = {fact.fact_id: ("q1",) for fact in facts}
    return [problem.kind for problem in sheet_problems(facts, asked, today)]


def price(fact_id: str = "price", value: float = 49, **changes: object) -> Fact:
    text = f"Quellbach's Basic plan costs {value} euros a month."
    made = Fact(
        fact_id,
        "Quellbach",
        {"en": text},
        FactValue(FactType.MONEY, value, currency="EUR"),
        Severity.CRITICAL,
        subject={"en": ("Basic",)},
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_the_golden_sheet_is_sound() -> None:
    assert kinds(list(sheet())) == []


def test_two_values_for_one_subject_contradict_each_other() -> None:
    problems = sheet_problems([price(), price("other", 59)], {"price": "q", "other": "q"}, TODAY)
    assert [problem.fact_ids for problem in problems] == [("price", "other")]
    assert "“basic”" in problems[0].message
    assert "49 EUR" in problems[0].message


def test_values_that_follow_each_other_dont_contradict() -> None:
    old = price(valid_to=date(2026, 12, 31))
    new = price("new", 59, valid_from=date(2027, 1, 1))
    assert SheetProblemKind.CONTRADICTION not in kinds([old, new])


def test_what_one_fact_offers_another_must_not_exclude() -> None:
    certified = Fact(
        "certified",
        "Quellbach",
        {"en": "Quellbach is certified to SOC 2."},
        FactValue(FactType.SET, ("SOC 2",)),
        Severity.MAJOR,
    )
    excluded = price(negatives={"en": ("SOC 2",)})
    assert kinds([certified, excluded]) == [SheetProblemKind.CONTRADICTION]


def test_a_value_cant_be_its_own_past() -> None:
    assert kinds([price(previous=(39, 49))]) == [SheetProblemKind.CONTRADICTION]


def test_a_statement_that_doesnt_say_the_value_is_reported() -> None:
    wrong = price(statement={"en": "Quellbach's Basic plan costs 59 euros a month."})
    silent = price(statement={"en": "Quellbach has a Basic plan."})
    assert kinds([wrong]) == [SheetProblemKind.UNREADABLE]
    assert kinds([silent]) == [SheetProblemKind.UNREADABLE]


@pytest.mark.parametrize(
    ("fact_id", "statement", "shown"),
    [
        ("free-plan", "Quellbach has a free plan.", "for no;"),
        ("sso", "Quellbach has no single sign-on.", "for yes;"),
        ("founded", "Quellbach was founded in 2005.", "for 2011;"),
        ("uptime", "Quellbach guarantees an availability of 98 %.", "for 99.9 %;"),
    ],
)
def test_a_problem_names_the_value_as_people_read_it(
    fact_id: str, statement: str, shown: str
) -> None:
    (fact,) = (one for one in sheet() if one.fact_id == fact_id)
    said = replace(fact, statement={"en": statement})
    (problem,) = sheet_problems([said], {fact_id: "q"}, TODAY)
    assert shown in problem.message


def test_facts_that_run_out_are_reported_in_time() -> None:
    assert kinds([price(valid_to=date(2026, 12, 31))]) == [SheetProblemKind.EXPIRING]
    assert kinds([price(valid_to=date(2026, 11, 21))]) == [SheetProblemKind.EXPIRED]
    assert kinds([price(valid_to=date(2027, 6, 30))]) == []


def test_unasked_and_unknown_facts_are_reported() -> None:
    problems = sheet_problems([price()], {"founding": ("q7",)}, TODAY)
    assert [(p.kind, p.fact_ids) for p in problems] == [
        (SheetProblemKind.UNASKED, ("price",)),
        (SheetProblemKind.UNKNOWN_FACT, ("founding",)),
    ]


def test_each_fact_is_listed_with_its_questions() -> None:
    listed = asked_facts([price(), price("other")], {"price": ["q2", "q1"]})
    assert listed == (AskedFact("price", ("q2", "q1")), AskedFact("other", ()))
