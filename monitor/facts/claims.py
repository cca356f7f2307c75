"""What an answer claims about one fact: a verdict and the words, one claim per place."""

from dataclasses import dataclass
from datetime import date

from monitor.facts.passages import Passage
from monitor.types import Fact, Verdict


@dataclass(frozen=True, slots=True)
class Claim:
    """A verdict on what visible [start, end) says; `confidence` from 0 to 1."""

    verdict: Verdict
    start: int
    end: int
    confidence: float
    promise: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer made ready for checking one brand's facts.

    `passages` are those that may speak of the brand, out of `every` one; `covering` are the
    subject words of all facts: a longer one hides a shorter one inside it.
    """

    passages: tuple[Passage, ...]
    every: tuple[Passage, ...]
    lang: str
    asked_on: date
    covering: tuple[str, ...] = ()


def settled(fact: Fact, matches_value: bool, matches_earlier: bool, asked_on: date) -> Verdict:
    """The verdict on a stated value by what it equals and whether the fact was in force.

    Outside the fact's validity only what is known is said: its own value afterwards is outdated,
    an earlier value before it is correct, anything else is unverifiable.
    """
    if fact.valid_to is not None and asked_on > fact.valid_to:
        return Verdict.OUTDATED if matches_value or matches_earlier else Verdict.UNVERIFIABLE
    if fact.valid_from is not None and asked_on < fact.valid_from:
        return Verdict.CORRECT if matches_earlier else Verdict.UNVERIFIABLE
    if matches_value:
        return Verdict.CORRECT
    return Verdict.OUTDATED if matches_earlier else Verdict.INCORRECT
