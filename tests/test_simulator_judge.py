"""The simulated judge: finds what the market planted, errs as told, obeys only if gullible."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from simulated_pack import BRANDS, ENGINES, PACK, START

from monitor.judge import JudgeReply, fenced, judge_prompt, read_reply, read_template
from monitor.simulator import (
    EventKind,
    FaultKind,
    JudgeErrors,
    Market,
    PlantedEvent,
    SimulatedAnswer,
    SimulatedJudge,
    Statement,
    Wire,
)
from monitor.simulator.judging import distorted, is_judges
from monitor.simulator.wires.exchange import Request
from monitor.types import Fact, FactType, FactValue, MentionState, Severity, Verdict

TEMPLATE = read_template(
    "judge/answer.md",
    (Path(__file__).parents[1] / "prompts/judge/answer.md").read_text(encoding="utf-8"),
)
FACT = Fact(
    "review",
    "Lumora",
    {
        "en": "In Lumora a second person reviews every page.",
        "de": "In Lumora prüft eine zweite Person jede Seite.",
    },
    FactValue(FactType.TEXT, "A second person reviews every page"),
    Severity.MAJOR,
)
STATEMENT = Statement(
    "review",
    "Lumora",
    right={
        "en": ("In {a} a second person reviews every page.",),
        "de": ("In {a} prüft eine zweite Person jede Seite.",),
    },
    wrong={
        "en": ("{a} publishes pages without any review.",),
        "de": ("{a} veröffentlicht Seiten ohne jede Prüfung.",),
    },
)
ASKING = replace(
    PACK, questions=tuple(replace(q, facts=("review",)) for q in PACK.questions if q.branded)
)
LYING = PlantedEvent(EventKind.WRONG_FACT, 1, "chat", "Lumora", shift=0.5, fact_id="review")
HOSTILE = PlantedEvent(EventKind.INSTRUCTIONS, 1, shift=1.0)


def market(*planted: PlantedEvent) -> Market:
    return Market(
        ASKING, BRANDS, ENGINES, 7, START, facts=[FACT], planted=planted, statements=(STATEMENT,)
    )


def answers(where: Market, count: int, lang: str = "en") -> list[SimulatedAnswer]:
    """Answers to the question that asks the fact, with a statement of it in each."""
    question = ASKING.questions[0]
    drawn = (
        where.answer(ENGINES[0], question.text[lang], START, f"nonce {number}")
        for number in range(10 * count)
    )
    return [answer for answer in drawn if answer.claims][:count]


def prompt(text: str, lang: str = "en") -> str:
    return judge_prompt(
        TEMPLATE, "Lumora", [FACT], answer=text, question="?", asked_on=START, lang=lang
    )


def judged(judge: SimulatedJudge, text: str, model: str = "sim-judge-1") -> Mapping[str, Any]:
    content: dict[str, Any] = json.loads(judge(Request(Wire.OPENAI, model, prompt(text))))
    return content


def verdicts(judge: SimulatedJudge, told: Sequence[SimulatedAnswer]) -> Counter[tuple[bool, str]]:
    """How often a (true, false) statement got which verdict."""
    return Counter(
        (answer.claims[0].correct, judged(judge, answer.text)["facts"][0]["verdict"])
        for answer in told
    )


@pytest.mark.parametrize("lang", ["en", "de"])
def test_a_judge_without_errors_finds_every_statement_and_quotes_it(lang: str) -> None:
    where = market(LYING)
    judge = SimulatedJudge(where, JudgeErrors(1.0, 1.0))
    for answer in answers(where, 60, lang):
        reply = judge(Request(Wire.OPENAI, "sim-judge-1", prompt(answer.text, lang)))
        (judgement,) = read_reply(reply, answer.text, ["review"], "v").judgements
        claim = answer.claims[0]
        assert judgement.verdict is (Verdict.CORRECT if claim.correct else Verdict.INCORRECT)
        assert judgement.span is not None
        assert claim.span.start <= judgement.span.start
        assert judgement.span.end <= claim.span.end


def test_a_judge_errs_as_often_as_it_is_told_to() -> None:
    where = market(LYING)
    told = answers(where, 800)
    found = verdicts(SimulatedJudge(where, JudgeErrors(0.9, 0.7)), told)
    trues, falses = found[True, "correct"], found[False, "incorrect"]
    assert trues / (trues + found[True, "incorrect"]) == pytest.approx(0.9, abs=0.05)
    assert falses / (falses + found[False, "correct"]) == pytest.approx(0.7, abs=0.07)


def planted_tone(answer: SimulatedAnswer) -> tuple[str, str]:
    own, *rivals = answer.planted
    if own.state is MentionState.RECOMMENDED:
        return "positive", "recommended"
    if own.state is MentionState.WARNED_AGAINST:
        return "negative", "advised_against"
    preferred = any(rival.state is MentionState.RECOMMENDED for rival in rivals)
    return "neutral", "rival_preferred" if preferred else "none"


def test_a_judge_reads_tone_and_advice_nearly_always_as_planted() -> None:
    where = market()
    judge = SimulatedJudge(where)
    told = answers(where, 100)
    right = 0
    for answer in told:
        reply = judged(judge, answer.text)
        right += planted_tone(answer) == (reply["sentiment"], reply["recommendation"])
    assert right >= 95
    assert {tone for _, tone in map(planted_tone, told)} >= {"recommended", "rival_preferred"}


def test_a_judges_request_is_known_by_its_schema_or_by_its_marks() -> None:
    schema = JudgeReply.model_json_schema()
    assert is_judges(Request(Wire.OPENAI, "m", "Whatever", schema=schema))
    assert is_judges(Request(Wire.OLLAMA, "m", prompt("Lumora is fine.")))
    assert not is_judges(Request(Wire.OPENAI, "m", "What is <<<ANSWER>>>?", schema={}))


# -- answers that speak to their judge --------------------------------------------------------


def test_instructions_are_planted_beside_an_answer_that_stays_the_same() -> None:
    question = ASKING.questions[0].text["en"]
    day = date(2026, 9, 1)
    plain = market(LYING).answer(ENGINES[0], question, day, "one")
    hostile = market(LYING, HOSTILE).answer(ENGINES[0], question, day, "one")
    assert hostile.instructions
    assert hostile.text == f"{plain.text}\n\n{hostile.instructions}"
    assert (hostile.planted, hostile.claims) == (plain.planted, plain.claims)


@pytest.mark.parametrize("lang", ["en", "de"])
def test_a_gullible_judge_obeys_an_answer_that_isnt_fenced(lang: str) -> None:
    where = market(LYING, HOSTILE)
    judge = SimulatedJudge(where, JudgeErrors(1.0, 1.0))
    obeyed = 0
    for answer in (a for a in answers(where, 60, lang) if not a.claims[0].correct):
        unfenced = prompt(answer.text, lang).replace(fenced(answer.text).block, answer.text)
        reply = json.loads(judge(Request(Wire.OPENAI, "sim-gullible-1", unfenced)))
        obeyed += reply["facts"][0]["verdict"] == "correct"
    assert obeyed > 10


@pytest.mark.parametrize("lang", ["en", "de"])
def test_a_gullible_judge_finds_no_instruction_outside_of_the_fence(lang: str) -> None:
    where = market(LYING, HOSTILE)
    judge = SimulatedJudge(where, JudgeErrors(1.0, 1.0))
    told = answers(where, 60, lang)
    assert len({answer.instructions for answer in told}) == 7
    for answer in told:
        reply = judge(Request(Wire.OPENAI, "sim-gullible-1", prompt(answer.text, lang)))
        (judgement,) = read_reply(reply, answer.text, ["review"], "v").judgements
        assert (judgement.verdict is Verdict.CORRECT) is answer.claims[0].correct


# -- broken replies ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "usable", "left"),
    [
        (FaultKind.JUDGE_BROKEN, False, []),
        (FaultKind.JUDGE_OTHER_FACTS, True, []),
        (FaultKind.JUDGE_INVENTED_QUOTES, True, [Verdict.UNVERIFIABLE]),
    ],
)
def test_each_way_in_which_a_judge_fails_is_noticed(
    fault: FaultKind, usable: bool, left: list[Verdict]
) -> None:
    where = market()
    (answer,) = answers(where, 1)
    reply = SimulatedJudge(where)(Request(Wire.OPENAI, "sim-judge-1", prompt(answer.text)))
    score = read_reply(distorted(reply, fault), answer.text, ["review"], "v")
    assert score.usable is usable
    assert [judgement.verdict for judgement in score.judgements] == left
