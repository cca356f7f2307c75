"""Puts a judge's prompt together: the facts that are open, and the answer behind its fence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from monitor.judge.fencing import fenced, visible
from monitor.judge.templates import Template, rendered
from monitor.types import Fact, FactScalar

Texts = TypeVar("Texts")


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact as a judge is shown it; severity and owner are none of its business."""

    fact_id: str
    statement: str
    earlier: str
    not_offered: str


def judge_prompt(
    template: Template,
    brand: str,
    facts: Sequence[Fact],
    *,
    answer: str,
    question: str,
    asked_on: date,
    lang: str,
    settled: Sequence[Fact] = (),
) -> str:
    """The whole prompt about one answer; only facts that held on that day are shown.

    `settled` facts are shown too, so that what is said of them isn't taken for a further claim.
    """
    fence = fenced(answer)
    variables = {
        "brand": brand,
        "opening": fence.opening,
        "closing": fence.closing,
        "answer": fence.block,
        "question": " ".join(visible(question).split()),
        "asked_on": asked_on.isoformat(),
        "facts": [shown(fact, lang) for fact in facts if in_force(fact, asked_on)],
        "settled": [shown(fact, lang) for fact in settled if in_force(fact, asked_on)],
    }
    return rendered(template, variables)


def in_force(fact: Fact, day: date) -> bool:
    """Whether the fact holds on that day."""
    return (fact.valid_from or day) <= day <= (fact.valid_to or day)


def shown(fact: Fact, lang: str) -> ShownFact:
    """The fact in the answer's language, in English or any other where it has no such statement."""
    return ShownFact(
        fact.fact_id,
        _in_lang(fact.statement, lang, next(iter(fact.statement.values()), "")),
        "; ".join(_text(value) for value in fact.previous),
        "; ".join(_in_lang(fact.negatives, lang, ())),
    )


def _in_lang(by_lang: Mapping[str, Texts], lang: str, default: Texts) -> Texts:
    return by_lang.get(lang, by_lang.get("en", default))


def _text(value: FactScalar) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
