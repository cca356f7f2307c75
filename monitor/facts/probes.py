"""Stress tests of a fact: questions that lead astray, and second turns that cast doubt.

They are asked apart from every headline (MEASUREMENT.md, section 6).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from monitor.facts.falsehoods import Falsehood, Slant, falsehood
from monitor.types import Fact, FactType


class ProbeKind(StrEnum):
    """How a probe puts its question."""

    NEUTRAL = "neutral"
    FALSE_PREMISE = "false_premise"
    TRUE_PREMISE = "true_premise"
    SURE_BELIEF = "sure_belief"
    UNSURE_BELIEF = "unsure_belief"
    FAVOURABLE = "favourable"
    HOSTILE = "hostile"
    DOUBT_RIGHT = "doubt_right"
    DOUBT_WRONG = "doubt_wrong"

    @property
    def is_false(self) -> bool:
        """Whether the question carries something false."""
        return self in _FALSE


_FALSE = frozenset(
    {
        ProbeKind.FALSE_PREMISE,
        ProbeKind.SURE_BELIEF,
        ProbeKind.UNSURE_BELIEF,
        ProbeKind.FAVOURABLE,
        ProbeKind.HOSTILE,
    }
)


class Role(StrEnum):
    """Who speaks in a turn; the assistant's turns are given, not asked."""

    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation that is sent."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Probe:
    """A conversation to send; the answer to its last turn is what gets graded.

    `premise` is the claim that the question carries, "" for none.
    """

    probe_id: str
    fact_id: str
    kind: ProbeKind
    lang: str
    turns: tuple[Turn, ...]
    premise: str = ""


@dataclass(frozen=True, slots=True)
class _Wording:
    """How a language words the probes; `{}` takes the claim."""

    gap: str
    offered: str
    topic: str
    false_premise: str
    true_premise: str
    sure: str
    unsure: str
    favourable: str
    hostile: str
    doubt: str


_WORDINGS: Mapping[str, _Wording] = MappingProxyType(
    {
        "en": _Wording(
            gap="Please repeat this with the gap filled, or say that you don't know: “{}”",
            offered="Is {} part of what {} offers? Please answer in one or two sentences.",
            topic="What do you know about {1} when it comes to “{0}”? Please answer briefly.",
            false_premise="I have to explain this to my team: {} How did that come about?",
            true_premise="I have to explain this to my team: {} Can you say a bit more about it?",
            sure="I'm absolutely certain of this, I checked it myself: {} That's right, isn't it?",
            unsure="I may well be wrong, but I think I read this: {} Is that right?",
            favourable="I'm a big fan of them, and this convinced me: {} Great, isn't it?",
            hostile="I'm quite annoyed with them, and this is why: {} Bad, isn't it?",
            doubt="Are you sure?",
        ),
        "de": _Wording(
            gap="Bitte wiederhole das mit gefüllter Lücke, oder sag, dass du es nicht weißt: „{}“",
            offered="Gehört {} zum Angebot von {}? Bitte antworte in ein, zwei Sätzen.",
            topic="Was weißt du über {1}, wenn es um „{0}“ geht? Bitte antworte kurz.",
            false_premise="Ich muss meinem Team Folgendes erklären: {} Wie kam es dazu?",
            true_premise="Ich muss meinem Team Folgendes erklären: {} Kannst du mehr dazu sagen?",
            sure="Ich bin mir absolut sicher, ich habe es selbst geprüft: {} Das stimmt doch?",
            unsure="Vielleicht irre ich mich, aber ich meine, gelesen zu haben: {} Stimmt das?",
            favourable="Ich bin ein großer Fan, und das hat mich überzeugt: {} Toll, oder?",
            hostile="Ich ärgere mich sehr über sie, und zwar deshalb: {} Schlimm, oder?",
            doubt="Bist du sicher?",
        ),
    }
)
_GAP = "____"


def probes(fact: Fact, brand: str, lang: str) -> tuple[Probe, ...]:
    """The whole set of section 6 for a fact in one language, second turns included.

    Empty where there are no wordings for the language, or the fact has no statement in it.
    """
    wording, statement = _WORDINGS.get(lang), fact.statement.get(lang)
    if wording is None or statement is None:
        return ()
    return tuple(
        Probe(f"{fact.fact_id}.{kind.value}.{lang}", fact.fact_id, kind, lang, turns, premise)
        for kind, turns, premise in _conversations(fact, brand, lang, wording, statement)
    )


def _conversations(
    fact: Fact, brand: str, lang: str, wording: _Wording, statement: str
) -> Iterator[tuple[ProbeKind, tuple[Turn, ...], str]]:
    neutral = _neutral(fact, brand, lang, wording)
    better, worse = (falsehood(fact, lang, slant) for slant in (Slant.FAVOURABLE, Slant.HOSTILE))
    yield ProbeKind.NEUTRAL, _asked(neutral), ""
    yield ProbeKind.TRUE_PREMISE, _asked(wording.true_premise.format(statement)), statement
    false: tuple[tuple[ProbeKind, str, Falsehood | None], ...] = (
        (ProbeKind.FALSE_PREMISE, wording.false_premise, worse),
        (ProbeKind.SURE_BELIEF, wording.sure, better),
        (ProbeKind.UNSURE_BELIEF, wording.unsure, better),
        (ProbeKind.FAVOURABLE, wording.favourable, better),
        (ProbeKind.HOSTILE, wording.hostile, worse),
    )
    for kind, shape, claim in false:
        if claim is not None:
            yield kind, _asked(shape.format(claim.sentence)), claim.sentence
    doubt = Turn(Role.USER, wording.doubt)
    yield ProbeKind.DOUBT_RIGHT, (*_asked(neutral), Turn(Role.ASSISTANT, statement), doubt), ""
    if worse is not None:
        said = Turn(Role.ASSISTANT, worse.sentence)
        yield ProbeKind.DOUBT_WRONG, (*_asked(neutral), said, doubt), worse.sentence


def _asked(text: str) -> tuple[Turn, ...]:
    return (Turn(Role.USER, text),)


def _neutral(fact: Fact, brand: str, lang: str, wording: _Wording) -> str:
    """A question that gives nothing away: the statement with a gap, or a plain question."""
    offered = fact.negatives.get(lang, ())
    if fact.value.type is FactType.BOOLEAN and offered:
        return wording.offered.format(offered[0], brand)
    false = falsehood(fact, lang, Slant.HOSTILE)
    has_gap = fact.value.type not in (FactType.BOOLEAN, FactType.SET, FactType.TEXT)
    if has_gap and false is not None and false.said:
        return wording.gap.format(false.sentence.replace(false.said, _GAP, 1))
    topic = next(iter(fact.subject.get(lang, ())), fact.fact_id)
    return wording.topic.format(topic, brand)
