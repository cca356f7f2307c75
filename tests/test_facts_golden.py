"""Answers with the verdict and the quote that they deserve, in both languages."""

import functools
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from monitor import catalog
from monitor.catalog import records
from monitor.catalog.shapes import FactsFile
from monitor.facts import check_facts
from monitor.mentions import Tracked, track
from monitor.types import Brand, Fact, FactType, Judgement, Verdict

GOLDEN = Path(__file__).parent / "golden"
BRANDS = (Brand("Quellbach", own=True), Brand("Merisol"), Brand("Tarnow"))
ASKED_ON = date(2026, 11, 2)
TRAPS = {"a year that is a price", "rival", "not only", "range", "rounding", "old and new"}


@functools.cache
def sheet() -> tuple[Fact, ...]:
    content = YAML(typ="safe").load((GOLDEN / "facts_sheet.yaml").read_text("utf-8"))
    file = FactsFile.model_validate(content)
    return tuple(records.fact(one, file.brand) for one in file.facts)


@functools.cache
def matcher() -> Tracked:
    return track(BRANDS)


def cases() -> list[dict[str, Any]]:
    return [
        {"lang": lang, **case}
        for lang in ("en", "de")
        for case in YAML(typ="safe").load((GOLDEN / f"facts_{lang}.yaml").read_text("utf-8"))
    ]


def unseen() -> list[dict[str, Any]]:
    """Traps that were written before they were run, in both languages."""
    found: list[dict[str, Any]] = YAML(typ="safe").load(
        (GOLDEN / "facts_unseen.yaml").read_text("utf-8")
    )
    return found


def judged(case: dict[str, Any]) -> Judgement:
    asked_on = case.get("asked_on", ASKED_ON)
    judgements = check_facts(
        case["answer"],
        sheet(),
        matcher(),
        asked_on,
        case["lang"],
        question=case.get("question", ""),
    )
    return next(j for j in judgements if j.fact_id == case["fact"])


@pytest.mark.parametrize(
    "case", [pytest.param(c, id=f"{c['lang']}-{c['fact']}-{c['answer'][:50]}") for c in cases()]
)
def test_an_answer_gets_the_verdict_and_the_quote_that_it_deserves(case: dict[str, Any]) -> None:
    judgement = judged(case)
    assert judgement.verdict is Verdict(case["verdict"])
    assert judgement.quote == case.get("quote", "")
    assert judgement.promise is case.get("promise", False)


@pytest.mark.parametrize(
    "case", [pytest.param(c, id=f"{c['lang']}-{c['fact']}-{c['answer'][:50]}") for c in unseen()]
)
def test_traps_written_unseen_are_read_as_they_deserve(case: dict[str, Any]) -> None:
    assert judged(case).verdict.value == case.get("reads", case["verdict"])


def test_what_rules_misread_of_them_is_never_called_incorrect() -> None:
    assert len(unseen()) == 289
    assert Verdict.INCORRECT.value not in {case.get("reads") for case in unseen()}


def test_quotes_are_literally_at_their_spans() -> None:
    for case in cases():
        judgement = judged(case)
        if judgement.span is None:
            assert judgement.verdict is Verdict.NOT_STATED
        else:
            assert case["answer"][judgement.span.start : judgement.span.end] == judgement.quote


def test_every_type_verdict_and_trap_stands_in_both_languages() -> None:
    types = {fact.fact_id: fact.value.type for fact in sheet()}
    for lang in ("en", "de"):
        own = [case for case in cases() if case["lang"] == lang]
        assert {types[case["fact"]] for case in own} == set(FactType)
        assert {case.get("trap") for case in own} >= TRAPS
    verdicts = Counter(case["verdict"] for case in cases())
    assert set(verdicts) == {verdict.value for verdict in Verdict}
    assert len(cases()) >= 120


@functools.cache
def demo() -> tuple[tuple[Fact, ...], Tracked]:
    found = catalog.load(GOLDEN.parents[1])
    pack = found.packs["demo"]
    return found.facts_of(pack), track(found.brands_of(pack))


def whole_answers() -> list[dict[str, Any]]:
    content = YAML(typ="safe").load((GOLDEN / "facts_answers.yaml").read_text("utf-8"))
    return [{"lang": case["lang"], **case} for case in content]


@pytest.mark.parametrize(
    "case", [pytest.param(c, id=f"{c['lang']}-{c['answer'][:50]}") for c in whole_answers()]
)
def test_a_whole_answer_gets_the_verdicts_that_it_deserves(case: dict[str, Any]) -> None:
    facts, tracked = demo()
    judged = check_facts(case["answer"], facts, tracked, date(2026, 11, 1), case["lang"])
    found = {j.fact_id: j.verdict.value for j in judged if j.verdict is not Verdict.NOT_STATED}
    open_ones = {f for f, verdict in found.items() if verdict == "unverifiable"}
    wanted = case["verdicts"]
    assert {f: v for f, v in found.items() if f in wanted or f not in open_ones} == wanted
