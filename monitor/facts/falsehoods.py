"""False values of a fact, and sentences that state them, for probing whether an assistant gives in.

A falsehood is never a value that was true earlier, and lies outside the fact's tolerance.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from babel.dates import format_date
from babel.numbers import format_decimal

from monitor.facts.checking import check_facts
from monitor.facts.terms import translations
from monitor.types import Brand, Fact, FactScalar, FactType, Verdict


class Slant(StrEnum):
    """Whether a falsehood makes the brand look better or worse than it is."""

    FAVOURABLE = "favourable"
    HOSTILE = "hostile"


@dataclass(frozen=True, slots=True)
class Falsehood:
    """A false claim about a fact as a full sentence; `said` is its false value."""

    sentence: str
    said: str
    slant: Slant


_CONTRARY: Mapping[str, str] = {
    "en": "This is wrong: “{}”",
    "de": "Das stimmt nicht: „{}“",
}
_OFFERS: Mapping[str, str] = {
    "en": "{} is part of what {} offers.",
    "de": "Zum Angebot von {1} gehört {0}.",
}


def falsehood(fact: Fact, lang: str, slant: Slant) -> Falsehood | None:
    """A false claim in this language, leaning as wanted where the value's type has a direction.

    It is one that the rules call incorrect ("more than 600" isn't false of 1,200); where there is
    none, it denies the fact's statement. None where the fact has no statement in the language.
    """
    statement = fact.statement.get(lang)
    if statement is None:
        return None
    for sentence, said in _candidates(fact, lang, slant, statement):
        if _is_false(fact, sentence, lang):
            return Falsehood(sentence, said, slant)
    return Falsehood(_CONTRARY[lang].format(statement), "", slant)


def _candidates(fact: Fact, lang: str, slant: Slant, statement: str) -> Iterator[tuple[str, str]]:
    """(sentence, false value): what isn't offered as offered, then the statement changed."""
    for promised in fact.negatives.get(lang, ()):
        if fact.value.type in (FactType.BOOLEAN, FactType.SET):
            sentence = _OFFERS[lang].format(promised, fact.brand)
            yield sentence[0].upper() + sentence[1:], promised
    for scale, true in _spellings(fact.value.value, lang):
        whole = rf"(?<![\w.,]){re.escape(true)}(?!\w|[.,]\d)"
        if not re.search(whole, statement):
            continue
        for false in _false_values(fact, better=slant is Slant.FAVOURABLE):
            said = _spelt(_scaled(false, scale), lang)
            yield re.sub(whole, said.replace("\\", ""), statement, count=1), said


def _is_false(fact: Fact, sentence: str, lang: str) -> bool:
    day = fact.valid_from or fact.valid_to or date(2000, 1, 1)
    (judged,) = check_facts(sentence, [fact], [Brand(fact.brand, own=True)], day, lang)
    return judged.verdict is Verdict.INCORRECT


def _false_values(fact: Fact, *, better: bool) -> tuple[FactScalar, ...]:
    """False values of the fact that make it look better, or worse."""
    true = fact.value.value
    if isinstance(true, bool | tuple):
        return ()
    if isinstance(true, int | float):
        return _false_numbers(fact, true, better=better)
    if isinstance(true, date):
        step = 2 if better else -2
        return (date(true.year + step, true.month, min(true.day, 28)),)
    if fact.value.type is FactType.VERSION:
        return _false_versions(str(true), better=better)
    others = [o for o in fact.value.options if o != true and o not in fact.previous]
    return tuple(others if better else reversed(others))


def _false_numbers(fact: Fact, true: float, *, better: bool) -> tuple[FactScalar, ...]:
    """Numbers well away from the truth, to the side that looks better or worse."""
    if fact.value.unit in ("year", "years", "jahr"):
        values = [true - 12, true - 13] if better else [true + 7, true + 8]
    elif fact.value.unit == "%":
        values = [min(100.0, true + 0.09), 100.0] if better else [true - 4, true - 6]
    else:
        up = better is not (fact.value.type is FactType.MONEY)
        values = [true * 3, true * 4] if up else [true / 2, true / 4]
    rounded = (round(value, 2) for value in values if value not in fact.previous)
    return tuple(int(v) if isinstance(true, int) and v == int(v) else v for v in rounded)


def _false_versions(true: str, *, better: bool) -> tuple[FactScalar, ...]:
    major, dot, rest = true.partition(".")
    if not major.isdigit():
        return (f"{true}.9",)
    steps = (2, 3) if better else (-2, -3)
    return tuple(f"{int(major) + step}{dot}{rest}" for step in steps if int(major) + step >= 0)


def _spellings(value: FactScalar, lang: str) -> Iterator[tuple[float, str]]:
    """(scale, how a statement may write the value): 1.2 million is 1.2 at a scale of 1e6."""
    if isinstance(value, str):
        yield from ((1.0, name) for name in translations(value))
    elif not isinstance(value, tuple):
        yield 1.0, _spelt(value, lang)
        yield 1.0, str(value)
        for scale in (1e6, 1e9):
            if isinstance(value, int | float) and value >= scale:
                yield scale, _spelt(_scaled(value, scale), lang)


def _scaled(value: FactScalar, scale: float) -> FactScalar:
    if scale == 1 or isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return round(value / scale, 3)


def _spelt(value: FactScalar, lang: str) -> str:
    """The value as the language writes it; what may be a year stays ungrouped."""
    if isinstance(value, bool | tuple):
        return str(value)
    if isinstance(value, int | float):
        if isinstance(value, int) and 1800 <= value <= 2199:
            return str(value)
        return str(format_decimal(value, locale=lang))
    if isinstance(value, date):
        return str(format_date(value, "d. MMMM y" if lang == "de" else "d MMMM y", locale=lang))
    others = [name for name in translations(value) if name != value]
    return others[0] if lang == "de" and others else value
