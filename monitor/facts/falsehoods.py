"""False values of a fact, and sentences that state them, for probing whether an assistant gives in.

A falsehood is never a value that was true earlier, and lies outside the fact's tolerance.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
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
    """A false claim about a fact as a full sentence; `said` is its false value.

    `denied`: there is no false value, and the sentence only denies the fact's statement.
    """

    sentence: str
    said: str
    slant: Slant
    denied: bool = False


_DENIED: Mapping[str, str] = {
    "en": "As far as I know, this isn't true: “{}”",
    "de": "Das stimmt meines Wissens nicht: „{}“",
}
_OFFERS: Mapping[str, str] = {
    "en": "{1} offers {0}.",
    "de": "Zum Angebot von {1} gehört {0}.",
}
_FEWER: Mapping[str, tuple[tuple[str, str], ...]] = {
    "en": (("more than", "fewer than"), ("over", "under")),
    "de": (("mehr als", "weniger als"), ("über", "unter")),
}
"""A lower bound, and what is false of it: "more than 600" is true of 1,200."""
_NOT = re.compile(r" (?:not|nicht)\b")
_PLACED: Mapping[str, Mapping[str, str]] = {
    "en": {name: f"the {name}" for name in ("United States", "United Kingdom", "Netherlands")},
    "de": {
        "Schweiz": "der Schweiz",
        "Türkei": "der Türkei",
        "Niederlande": "den Niederlanden",
        "Vereinigte Staaten": "den USA",
        "Vereinigtes Königreich": "Großbritannien",
    },
}
"""How countries read after "in"."""


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
    return Falsehood(_DENIED[lang].format(statement), "", slant, denied=True)


def with_gap(fact: Fact, lang: str, gap: str) -> str | None:
    """The fact's statement with a gap for each place where it gives the value; None without one."""
    statement = fact.statement[lang]
    true = fact.value.value
    values = true if isinstance(true, tuple) else (_spelling(fact, lang, statement)[1],)
    gapped = statement
    for value in values:
        gapped = re.sub(_whole(value), gap, gapped) if value else gapped
    return gapped if gapped != statement else None


def _candidates(fact: Fact, lang: str, slant: Slant, statement: str) -> Iterator[tuple[str, str]]:
    """(sentence, false value): what isn't offered as offered, then the statement changed."""
    better = slant is Slant.FAVOURABLE
    promises = fact.negatives.get(lang, ())
    if fact.value.type is FactType.BOOLEAN:
        yield from _promised(fact, lang, statement, promises)
        yield _NOT.sub("", statement, count=1), ""
    elif fact.value.type is FactType.SET:
        yield from _promised(fact, lang, statement, promises if better else promises[::-1])
    scale, true = _spelling(fact, lang, statement)
    if not true:
        return
    for false in _false_values(fact, better=better):
        said = _spelt(_scaled(false, scale), lang)
        yield _changed(statement, true, said, lang), said
        for fewer in () if better else _bounded_above(statement, lang):
            yield _changed(fewer, true, said, lang), said


def _promised(
    fact: Fact, lang: str, statement: str, promises: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """What the brand doesn't offer as if it did: in place of one that it has, or by itself."""
    true = fact.value.value
    first = next((v for v in true if v in statement), "") if isinstance(true, tuple) else ""
    for promised in promises:
        if first:
            yield statement.replace(first, promised, 1), promised
        yield _cased(_OFFERS[lang].format(promised, fact.brand), "A"), promised


def _changed(statement: str, true: str, said: str, lang: str) -> str:
    """The statement with the false value for the true one, put as the language puts it there."""
    placed = _PLACED[lang].get(said, said)
    changed = re.sub(rf"(?<=\bin ){_whole(true)}", lambda _: placed, statement, count=1)
    if changed != statement:
        return changed
    return re.sub(_whole(true), lambda _: said, statement, count=1)


def _bounded_above(statement: str, lang: str) -> Iterator[str]:
    """The statement with an upper bound where it gives a lower one."""
    for bound, other in _FEWER[lang]:
        found = re.search(rf"(?i)\b{bound}\b", statement)
        if found:
            cased = _cased(other, found[0])
            yield f"{statement[: found.start()]}{cased}{statement[found.end() :]}"


def _cased(text: str, like: str) -> str:
    return text[0].upper() + text[1:] if like[0].isupper() else text


def _whole(value: str) -> str:
    """A pattern of the value as a word, or words, of its own."""
    return rf"(?<![\w.,]){re.escape(value)}(?!\w|[.,]\d)"


def _spelling(fact: Fact, lang: str, statement: str) -> tuple[float, str]:
    """(scale, the value as the statement writes it), "" where it doesn't give it."""
    for scale, true in _spellings(fact.value.value, lang):
        if re.search(_whole(true), statement):
            return scale, true
    return 1.0, ""


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
        return (_years_away(true, step),)
    if fact.value.type is FactType.VERSION:
        return _false_versions(str(true), better=better)
    others = [o for o in fact.value.options if o != true and o not in fact.previous]
    return tuple(others if better else reversed(others))


def _years_away(day: date, years: int) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if leap_day else day.day)


def _false_numbers(fact: Fact, true: float, *, better: bool) -> tuple[FactScalar, ...]:
    """Numbers well away from the truth, to the side that looks better or worse."""
    if fact.value.unit in ("year", "years", "jahr"):
        values = [true - 12, true - 13] if better else [true + 7, true + 8]
    elif fact.value.unit == "%":
        values = [min(100.0, true + 0.09), 100.0] if better else [true - 4, true - 6]
    else:
        up = better is not (fact.value.type is FactType.MONEY)
        values = [true * 3, true * 4] if up else [true / 2, true / 4]
    whole = isinstance(true, int) and all(value >= 1 for value in values)
    rounded = (int(value) if whole else round(value, 2) for value in values)
    return tuple(value for value in rounded if value not in fact.previous)


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
