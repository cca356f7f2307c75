"""How simulated engines answer probes of facts, from chances that are known.

An engine knows a fact, has learnt it wrong, or doesn't know it. What a probe carries moves it by
tendencies of its own: how easily it takes over a premise, agrees with a user, or drops an answer
that is doubted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import log
from random import Random
from statistics import fmean

from monitor.facts import Grade, Probe, ProbeKind, probes
from monitor.simulator.events import EventKind, PlantedEvent
from monitor.simulator.randomness import normal, sigmoid, stream, unit
from monitor.simulator.texts.probed import PROBED
from monitor.types import Engine, Fact

_LANGS = ("en", "de")


class Knowledge(StrEnum):
    """What an engine makes of a fact by itself."""

    KNOWS = "knows"
    MISTAKEN = "mistaken"
    IGNORANT = "ignorant"


@dataclass(frozen=True, slots=True)
class ProbeTruth:
    """The true chances of what an answer to one probe does; they add up to 1."""

    corrects: float
    ignores: float
    accepts: float
    abstains: float

    def of(self, grade: Grade) -> float:
        """The chance of one grade."""
        return float(getattr(self, grade.value))


@dataclass(frozen=True, slots=True)
class ProbeScoreTruth:
    """The true figures of section 6; sycophancy None where no fact is known."""

    resistance: float
    sycophancy: float | None
    flip: float
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProbeReply:
    """An answer to a probe and what it does."""

    text: str
    grade: Grade


# (corrects, ignores, accepts) of an engine of middling tendencies; the rest abstains.
_BY_ITSELF: Mapping[Knowledge, tuple[float, float, float]] = {
    Knowledge.KNOWS: (0.92, 0.02, 0.02),
    Knowledge.MISTAKEN: (0.07, 0.02, 0.88),
    Knowledge.IGNORANT: (0.08, 0.12, 0.30),
}
_GIVES_IN: Mapping[ProbeKind, float] = {
    ProbeKind.FALSE_PREMISE: 0.35,
    ProbeKind.SURE_BELIEF: 0.30,
    ProbeKind.UNSURE_BELIEF: 0.15,
    ProbeKind.FAVOURABLE: 0.40,
    ProbeKind.HOSTILE: 0.25,
    ProbeKind.DOUBT_RIGHT: 0.30,
    ProbeKind.DOUBT_WRONG: 0.35,
}
"""How likely an engine that knows the fact says what is false all the same."""
_IGNORES, _ABSTAINS = 0.05, 0.04


@dataclass(frozen=True)
class ProbedMarket:
    """How the engines of a market answer probes of `facts`; `events` are what is planted in it."""

    facts: Sequence[Fact]
    engines: Sequence[Engine]
    events: Sequence[PlantedEvent]
    seed: int

    def probe(self, prompt: str, said: str) -> Probe | None:
        """The probe whose last turn is `prompt`, after the assistant's own `said`, if it is one."""
        return self._probes.get((said, prompt))

    def reply(self, engine: Engine, probe: Probe, week: int, nonce: str) -> ProbeReply:
        """One answer; the same for the same nonce."""
        rng = stream(self.seed, "probe", engine.engine_id, probe.probe_id, probe.lang, week, nonce)
        truth = self.truth(engine.engine_id, probe.fact_id, probe.kind, week)
        grade = _drawn(truth, rng)
        wordings = PROBED[probe.lang][probe.kind][grade]
        fact = self._facts[probe.fact_id]
        text = wordings[int(rng.random() * len(wordings))].format(
            truth=fact.statement[probe.lang], claim=self._claim(probe), brand=fact.brand
        )
        return ProbeReply(text, grade)

    def truth(self, engine: str, fact_id: str, kind: ProbeKind, week: int) -> ProbeTruth:
        """The chances of one engine's answers to one probe, in every language the same."""
        knowledge, mistaken = self.knowledge(engine, fact_id, week)
        corrects, ignores, accepts = _BY_ITSELF[knowledge]
        if mistaken is not None:
            accepts, corrects = mistaken, (1 - mistaken) / 2
        if kind is ProbeKind.TRUE_PREMISE:
            return _chances(corrects=0.3 * accepts, ignores=0.05, accepts=0.95 - 0.3 * accepts)
        if kind is ProbeKind.NEUTRAL:
            return _chances(corrects=corrects, ignores=ignores, accepts=accepts)
        gives_in = self._gives_in(engine, fact_id, kind)
        if knowledge is not Knowledge.KNOWS:
            gives_in = gives_in + (1 - gives_in) * max(accepts, 0.4)
        left = 1 - gives_in
        if knowledge is Knowledge.IGNORANT:
            return _chances(corrects=0.2 * left, ignores=0.4 * left, accepts=gives_in)
        return _chances(
            corrects=left * (1 - _IGNORES - _ABSTAINS), ignores=left * _IGNORES, accepts=gives_in
        )

    def knowledge(self, engine: str, fact_id: str, week: int) -> tuple[Knowledge, float | None]:
        """What the engine makes of the fact, and its planted chance to get it wrong, if any."""
        planted = [
            event.shift
            for event in self.events
            if event.kind is EventKind.WRONG_FACT
            and (event.engine, event.fact_id) == (engine, fact_id)
            and week >= event.week
        ]
        if planted:
            return Knowledge.MISTAKEN, max(planted)
        lot = unit(self.seed, "knowledge", engine, fact_id)
        if lot < 0.7:
            return Knowledge.KNOWS, None
        return (Knowledge.IGNORANT if lot < 0.85 else Knowledge.MISTAKEN), None

    def scores(self, engine: str | None, week: int, facts: Sequence[str] = ()) -> ProbeScoreTruth:
        """The true figures over `facts` (all if empty); `engine` None is the engines' mean.

        What is known is what more than half of the neutral answers state rightly.
        """
        if engine is None:
            each = [self.scores(e.engine_id, week, facts) for e in self.engines]
            known = [one.sycophancy for one in each if one.sycophancy is not None]
            return ProbeScoreTruth(
                fmean(one.resistance for one in each),
                fmean(known) if known else None,
                fmean(one.flip for one in each),
                tuple(sorted({fact for one in each for fact in one.known})),
            )
        chosen = tuple(facts) or tuple(self._facts)
        known_facts = tuple(
            sorted(
                f for f in chosen if self.truth(engine, f, ProbeKind.NEUTRAL, week).corrects > 0.5
            )
        )
        return ProbeScoreTruth(
            fmean(self._misled(engine, fact, week).corrects for fact in chosen),
            fmean(self._sycophancy(engine, fact, week) for fact in known_facts)
            if known_facts
            else None,
            fmean(self._flip(engine, fact, week) for fact in chosen),
            known_facts,
        )

    def _misled(self, engine: str, fact: str, week: int) -> ProbeTruth:
        """The mean over all probes with something false in the question."""
        each = [self.truth(engine, fact, kind, week) for kind in ProbeKind if kind.is_false]
        return ProbeTruth(*(fmean(one.of(grade) for one in each) for grade in Grade))

    def _sycophancy(self, engine: str, fact: str, week: int) -> float:
        neutral = self.truth(engine, fact, ProbeKind.NEUTRAL, week)
        return self._misled(engine, fact, week).accepts - neutral.accepts

    def _flip(self, engine: str, fact: str, week: int) -> float:
        right = self.truth(engine, fact, ProbeKind.DOUBT_RIGHT, week)
        wrong = self.truth(engine, fact, ProbeKind.DOUBT_WRONG, week)
        return right.accepts - wrong.corrects

    def _gives_in(self, engine: str, fact_id: str, kind: ProbeKind) -> float:
        """By the kind, the engine's temper, and a whim about this fact."""
        base = _GIVES_IN[kind]
        temper = 0.8 * normal(self.seed, "temper", engine) + 0.4 * normal(
            self.seed, "temper", engine, kind
        )
        whim = 0.4 * normal(self.seed, "whim", engine, fact_id, kind)
        return sigmoid(log(base / (1 - base)) + temper + whim)

    def _claim(self, probe: Probe) -> str:
        """What is false in the probe, or would be in an answer to it."""
        if probe.premise and probe.kind is not ProbeKind.TRUE_PREMISE:
            return probe.premise
        return self._false_claims[probe.fact_id, probe.lang]

    @cached_property
    def _facts(self) -> Mapping[str, Fact]:
        return {fact.fact_id: fact for fact in self.facts}

    @cached_property
    def _probes(self) -> Mapping[tuple[str, str], Probe]:
        return {
            (probe.turns[-2].text if len(probe.turns) > 1 else "", probe.turns[-1].text): probe
            for probe in self._made()
        }

    @cached_property
    def _false_claims(self) -> Mapping[tuple[str, str], str]:
        return {
            (probe.fact_id, probe.lang): probe.premise
            for probe in self._made()
            if probe.kind is ProbeKind.DOUBT_WRONG
        }

    def _made(self) -> Iterator[Probe]:
        for fact in self.facts:
            for lang in _LANGS:
                yield from probes(fact, fact.brand, lang)


def _chances(*, corrects: float, ignores: float, accepts: float) -> ProbeTruth:
    return ProbeTruth(corrects, ignores, accepts, 1 - corrects - ignores - accepts)


def _drawn(truth: ProbeTruth, rng: Random) -> Grade:
    roll = rng.random()
    for grade in Grade:
        roll -= truth.of(grade)
        if roll < 0:
            return grade
    return Grade.ABSTAINS
