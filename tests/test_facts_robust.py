"""Whatever an answer looks like, checking it ends, soon, with spans that lie in it."""

import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_facts_golden import ASKED_ON, cases, matcher, sheet

from monitor.facts import check_facts
from monitor.types import Brand, Verdict

PIECES = st.sampled_from(
    [case["answer"] for case in cases()[::7]]
    + ["Quellbach", "Merisol", "**", "| ", "|\n", "\n", "\n\n", "- ", "1. ", "# ", "[3]", "€", "49"]
    + ["not", "kein", "2011", "bis", "from", "free plan", "\u200b", "ß", "Ⅷ", "½", "🥇", "<b>", "?"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=12), st.sampled_from(["en", "de", None]))
def test_any_mixture_gets_one_judgement_per_fact_with_literal_quotes(
    pieces: list[str], lang: str | None
) -> None:
    text = " ".join(pieces)
    judgements = check_facts(text, sheet(), matcher(), ASKED_ON, lang)
    assert [j.fact_id for j in judgements] == [fact.fact_id for fact in sheet()]
    for judgement in judgements:
        if judgement.span is None:
            assert judgement.verdict is Verdict.NOT_STATED
        else:
            assert text[judgement.span.start : judgement.span.end] == judgement.quote != ""


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_checked(text: str) -> None:
    assert len(check_facts(text, sheet(), matcher(), ASKED_ON, None)) == len(sheet())


@pytest.mark.parametrize(
    "piece",
    [
        "Quellbach has customers and plans ",
        "Quellbach, free plan, ",
        "the other the ",
        "not no never without ",
        "from 1 to 2 ",
        "|Quellbach|2011|\n",
        "if whether ob ",
        "1,234.5 ",
    ],
)
def test_twice_the_text_takes_nowhere_near_four_times_as_long(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        started = time.process_time()
        check_facts(text, sheet(), matcher(), ASKED_ON, "en")
        return time.process_time() - started

    short, long = seconds(8_000), min(seconds(16_000), seconds(16_000))
    assert long < 3.2 * short + 0.2


def test_a_fact_about_a_brand_that_isnt_tracked_is_not_stated() -> None:
    text = "Quellbach was founded in 2011."
    judgements = check_facts(text, sheet(), [Brand("Merisol")], ASKED_ON, "en")
    assert {judgement.verdict for judgement in judgements} == {Verdict.NOT_STATED}


def test_brands_and_a_compiled_matcher_give_the_same() -> None:
    text = "Quellbach was founded in 2005."
    brands = [Brand("Quellbach", own=True), Brand("Merisol"), Brand("Tarnow")]
    assert check_facts(text, sheet(), brands, ASKED_ON, "en") == check_facts(
        text, sheet(), matcher(), ASKED_ON, "en"
    )


def test_the_language_is_guessed_where_its_not_given() -> None:
    text = "Quellbach gibt es ab 1.200 € pro Monat und der Tarif ist nicht günstig."
    price = next(
        j for j in check_facts(text, sheet(), matcher(), ASKED_ON, None) if j.fact_id == "price"
    )
    assert price.verdict is Verdict.INCORRECT


def test_an_expired_fact_makes_its_own_value_outdated_and_says_no_more() -> None:
    after = date(2027, 7, 1)
    facts = [replace(f, valid_to=date(2027, 1, 1)) for f in sheet() if f.fact_id == "founded"]
    for year, verdict in ((2011, Verdict.OUTDATED), (2005, Verdict.UNVERIFIABLE)):
        text = f"Quellbach was founded in {year}."
        assert check_facts(text, facts, matcher(), after, "en")[0].verdict is verdict
