"""Statements to plant, made from a fact sheet: each truth as it stands there, and one falsehood.

The falsehood of a fact is always the same value, as an assistant that has learnt something wrong
keeps saying it. It's never a value that was true earlier: that would be outdated, not wrong.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from monitor.simulator.randomness import number
from monitor.simulator.statements import Statement
from monitor.types import Fact, FactType, Severity

_LEADS: Mapping[str, tuple[str, ...]] = {
    "en": ("{}", "Worth knowing: {}", "As far as I can tell: {}", "One detail: {}"),
    "de": ("{}", "Gut zu wissen: {}", "Nach meinem Kenntnisstand gilt: {}", "Ein Detail: {}"),
}
_PROMISES: Mapping[str, tuple[str, ...]] = {
    "en": ("{{a}} also comes with {}.", "Part of what {{a}} offers is {}."),
    "de": ("Zum Angebot von {{a}} gehört auch {}.", "Teil des Angebots von {{a}} ist {}."),
}


def statements_from(facts: Sequence[Fact], seed: int) -> tuple[Statement, ...]:
    """A statement per fact, the gravest first; what can't be worded in a language is left out."""
    gravest = sorted(facts, key=lambda fact: list(Severity).index(fact.severity))
    return tuple(_statement(fact, seed) for fact in gravest)


def _statement(fact: Fact, seed: int) -> Statement:
    value, wrong = _values(fact, seed)
    right = {lang: _led(lang, _slotted(text, fact.brand)) for lang, text in _texts(fact).items()}
    return Statement(
        fact.fact_id,
        fact.brand,
        right=right,
        wrong={lang: _wrong_wordings(fact, lang, seed) for lang in right},
        value=value("en"),
        wrong_value=wrong("en") if wrong else "",
    )


def _texts(fact: Fact) -> dict[str, str]:
    return {lang: text for lang, text in fact.statement.items() if lang in _LEADS}


def _wrong_wordings(fact: Fact, lang: str, seed: int) -> tuple[str, ...]:
    text = fact.statement[lang]
    value, wrong = _values(fact, seed)
    true_word = rf"(?<![\w.,]){re.escape(value(lang))}(?!\w|[.,]\d)"
    if wrong and re.search(true_word, text):
        return _led(lang, _slotted(re.sub(true_word, wrong(lang), text, count=1), fact.brand))
    promises = fact.negatives.get(lang, ())
    return tuple(shape.format(_escaped(p)) for shape in _PROMISES[lang] for p in promises)


def _values(fact: Fact, seed: int) -> tuple[Callable[[str], str], Callable[[str], str] | None]:
    """(the true value, a false one) as functions of the language that spells them."""
    true, lot = fact.value.value, number(seed, "falsehood", fact.brand, fact.fact_id)
    if fact.value.type is FactType.ONE_OF and isinstance(true, str):
        others = [o for o in fact.value.options if o != true and o not in fact.previous]
        wrong = others[lot % len(others)] if others else ""
        return (lambda _: true), (lambda _: wrong) if wrong else None
    if isinstance(true, date):
        later = true + timedelta(days=365 + 31 * (lot % 5))
        return (lambda lang: _day(true, lang)), (lambda lang: _day(later, lang))
    if isinstance(true, (int, float)) and not isinstance(true, bool):
        false = _false_number(fact, true, lot)
        return (lambda lang: _number(true, lang)), (lambda lang: _number(false, lang))
    if fact.value.type is FactType.VERSION:
        version = _false_version(str(true), fact)
        return (lambda _: str(true)), (lambda _: version)
    return (lambda _: str(true)), None


def _false_number(fact: Fact, true: float, lot: int) -> float:
    """Far outside any tolerance, and no earlier value."""
    if fact.value.unit == "%":
        candidates = [true - 5 - k for k in range(9)]
    elif fact.value.unit in ("year", "years") and 1800 < true < 2200:
        candidates = [true - 6 - k for k in range(9)]
    else:
        candidates = [true * k for k in (3, 2, 4, 5)]
    fitting = [c for c in candidates if c not in fact.previous]
    return round(fitting[lot % len(fitting)], 6)


def _false_version(true: str, fact: Fact) -> str:
    major, _, rest = true.partition(".")
    wrong = f"{int(major) + 2 if major.isdigit() else major + 'x'}.{rest or 0}"
    return wrong if wrong not in fact.previous else f"{wrong}.9"


def _number(value: float, lang: str) -> str:
    """As the language writes it: 1,200 and 1.200, 99.9 and 99,9; what may be a year ungrouped."""
    plain = f"{value:,}" if value >= 1000 and not 1800 < value < 2200 else f"{value}"
    plain = plain.removesuffix(".0")
    return plain.translate(str.maketrans(",.", ".,")) if lang == "de" else plain


def _day(value: date, lang: str) -> str:
    from babel.dates import format_date

    return str(format_date(value, "d. MMMM y" if lang == "de" else "d MMMM y", locale=lang))


def _led(lang: str, sentence: str) -> tuple[str, ...]:
    return tuple(lead.replace("{}", sentence) for lead in _LEADS[lang])


def _slotted(text: str, brand: str) -> str:
    """The sentence with `{a}` where the brand's name stands."""
    return re.sub(rf"(?<!\w){re.escape(_escaped(brand))}(?!\w)", "{a}", _escaped(text))


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
