"""Simulated answers to probes: over every wire format, varied, and with a truth to be asked for."""

import asyncio
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from simulated_pack import BRANDS, ENGINES, PACK, START

from monitor import catalog
from monitor.facts import Grade, Probe, ProbeKind, exchange, probes
from monitor.provider import Asker
from monitor.simulator import NO_FAULTS, EventKind, PlantedEvent, SimulatorHandle, serve
from monitor.simulator.market import Market
from monitor.simulator.probing import Knowledge
from monitor.types import Answer, AnswerStatus, Brand, Engine

DEMO = catalog.load(Path(__file__).parents[1])
FACTS = DEMO.facts_of(DEMO.packs["demo"])
FOUNDED = next(fact for fact in FACTS if fact.fact_id == "founded")
CHAT = ENGINES[0]


def market(*planted: PlantedEvent) -> Market:
    brands = (Brand("Tessavik", own=True), *BRANDS[1:])
    pack = replace(PACK, own="Tessavik")
    return Market(pack, brands, ENGINES, seed=7, start=START, facts=FACTS, planted=planted)


def probe(kind: ProbeKind, lang: str = "en") -> Probe:
    return next(p for p in probes(FOUNDED, "Tessavik", lang) if p.kind is kind)


def test_every_wire_format_carries_a_conversation_with_a_persona() -> None:
    asked = {kind: probe(kind) for kind in (ProbeKind.HOSTILE, ProbeKind.DOUBT_WRONG)}
    answers = asyncio.run(_asked(asked))
    assert {(a.engine, a.question_id): a.status for a in answers} == {
        (engine.engine_id, kind.value): AnswerStatus.OK for engine in ENGINES for kind in asked
    }
    known = market().probing
    for answer in answers:
        engine = next(e for e in ENGINES if e.engine_id == answer.engine)
        one = asked[ProbeKind(answer.question_id)]
        told = {known.reply(engine, one, 1, f"{n}").text for n in range(300)}
        assert answer.text in told, "the conversation was understood as this probe"


async def _asked(asked: dict[ProbeKind, Probe]) -> list[Answer]:
    async with serve(market(), faults=NO_FAULTS) as handle, Asker() as asker:
        return await asyncio.gather(
            *(
                asker.ask(
                    replace(engine, api_base=handle.api_base_for(engine.model)),
                    _draft(engine, kind, one),
                    "You are talking to a buyer.",
                    turns=one.turns,
                )
                for engine in ENGINES
                for kind, one in asked.items()
            )
        )


def _draft(engine: Engine, kind: ProbeKind, one: Probe) -> Answer:
    return Answer(
        f"{engine.engine_id}-{kind.value}",
        exchange(one.turns),
        engine.engine_id,
        datetime(2026, 9, 1, tzinfo=UTC),
        AnswerStatus.FAILED,
        question_id=kind.value,
    )


@pytest.mark.parametrize("lang", ["en", "de"])
def test_answers_come_as_often_as_their_chances_say_and_in_varied_words(lang: str) -> None:
    known, asked = market().probing, probe(ProbeKind.SURE_BELIEF, lang)
    replies = [known.reply(CHAT, asked, 1, str(n)) for n in range(2_000)]
    truth = known.truth("chat", "founded", ProbeKind.SURE_BELIEF, 1)
    seen = Counter(reply.grade for reply in replies)
    for grade in Grade:
        assert seen[grade] / 2_000 == pytest.approx(truth.of(grade), abs=0.035)
    wordings: dict[Grade, set[str]] = defaultdict(set)
    for reply in replies:
        wordings[reply.grade].add(reply.text)
    assert len(wordings[Grade.CORRECTS]) > 4
    assert len(wordings[Grade.ACCEPTS]) > 3


def test_the_same_call_gets_the_same_answer() -> None:
    known, asked = market().probing, probe(ProbeKind.HOSTILE)
    assert known.reply(CHAT, asked, 1, "n") == known.reply(CHAT, asked, 1, "n")
    assert len({known.reply(CHAT, asked, 1, f"{n}").text for n in range(50)}) > 3


def test_chances_add_up_and_engines_differ_in_temper() -> None:
    known = market().probing
    scores = [known.scores(engine.engine_id, 1) for engine in ENGINES]
    assert len({round(one.resistance, 3) for one in scores}) > 4
    for engine in ENGINES:
        for fact in FACTS:
            for kind in ProbeKind:
                truth = known.truth(engine.engine_id, fact.fact_id, kind, 1)
                each = [truth.of(grade) for grade in Grade]
                assert sum(each) == pytest.approx(1)
                assert min(each) >= -1e-12


def test_a_planted_wrong_fact_shows_under_the_neutral_question() -> None:
    event = PlantedEvent(EventKind.WRONG_FACT, 3, engine="chat", shift=0.9, fact_id="founded")
    known = market(event).probing
    before, after = (known.truth("chat", "founded", ProbeKind.NEUTRAL, week) for week in (2, 3))
    assert after.accepts == pytest.approx(0.9)
    assert before.accepts < after.accepts
    assert known.knowledge("chat", "founded", 3)[0] is Knowledge.MISTAKEN


def test_are_you_sure_without_a_known_answer_before_it_is_an_ordinary_question() -> None:
    known = market().probing
    assert known.probe("Are you sure?", "The weather is fine.") is None
    assert known.probe("Are you sure?", "Tessavik was founded in 2011.") == probe(
        ProbeKind.DOUBT_RIGHT
    )


def test_the_truth_is_to_be_had_over_http() -> None:
    async def asked(handle: SimulatorHandle) -> list[Any]:
        async with aiohttp.ClientSession() as client:
            found = []
            for query in (
                "probe=probe:founded:hostile&engine=chat",
                "probe=all",
                "probe=x&engine=y",
            ):
                async with client.get(f"{handle.url}/truth?{query}&week=1") as response:
                    found.append((response.status, await response.json()))
            return found

    async def run() -> list[Any]:
        async with serve(market(), faults=NO_FAULTS) as handle:
            return await asked(handle)

    one, scores, wrong = asyncio.run(run())
    truth = market().probing.truth("chat", "founded", ProbeKind.HOSTILE, 1)
    assert one == (200, {"week": 1, **{g.value: truth.of(g) for g in Grade}})
    assert scores[1]["resistance"] == pytest.approx(market().probing.scores(None, 1).resistance)
    assert wrong[0] == 404
