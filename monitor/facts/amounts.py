"""Claims about counted facts: numbers with a unit, shares, stretches of time, prices."""

import re
from collections.abc import Iterator
from dataclasses import replace

from monitor.facts.asides import (
    counts_a_change,
    counts_others,
    is_add_on,
    is_expected_anyway,
    is_of_ours,
    is_one_off,
    is_spent,
    lies_beside,
)
from monitor.facts.claims import Claim, Reading, settled
from monitor.facts.passages import Passage
from monitor.facts.polarity import denied_right_before, is_past, mood, only_part
from monitor.facts.quantities import Bound, Kind, Quantity, quantities
from monitor.facts.subjects import Subject, bound_to, by_distance, subjects
from monitor.facts.terms import in_lang, pattern, spans
from monitor.types import Fact, FactScalar, FactType, Verdict

_DAYS = {
    "day": 1.0, "days": 1.0, "tag": 1.0, "tage": 1.0, "week": 7.0, "weeks": 7.0, "woche": 7.0,
    "wochen": 7.0, "month": 30.0, "months": 30.0, "monat": 30.0, "monate": 30.0, "year": 365.0,
    "years": 365.0, "jahr": 365.0, "jahre": 365.0, "hour": 1 / 24, "hours": 1 / 24,
    "stunde": 1 / 24, "stunden": 1 / 24, "minute": 1 / 1440, "minutes": 1 / 1440,
    "minuten": 1 / 1440,
}  # fmt: skip
_TIERS = re.compile(
    r"(?<!\w)(?:business|enterprise|professional|pro|premium|basic|basis|standard|team|teams|plus|"
    r"growth|scale|advanced|ultimate|starter|essentials?|unlimited|profi|agency|agentur)(?!\w)",
    re.IGNORECASE,
)
_PRICED = re.compile(
    r"(?:(?<!\w)(?:costs?|costing|at|for|price(?:d at)?|is|was|were|to|from|pay|kostet|kostete|"
    r"kosten|"
    r"bei|ab|für|auf|von|now|jetzt|inzwischen|heute|früher|statt|up from|down from|und|and|not|"
    r"nicht|but|sondern|only|nur|it's)|[,(:–—-])\s*(?:about |around |etwa |rund )?\Z",
    re.IGNORECASE,
)
_NO_NOUN = re.compile(
    r"\s*(?:\Z|[,.;:)(!?–—/|\]+*-]|(?:and|und|or|to|auf|per|a|an|in|now|but|sondern|as|by|is|are|"
    r"was|"
    r"worldwide|weltweit|today|heute|jetzt|since|seit|im|pro|at|for|für|until|bis|before|vor|with|"
    r"mit|in total|insgesamt|monthly|monatlich|up|down|statt|instead|while|after|nach|you|it|"
    r"last|this|letzte\w*|these|already|bereits)\b)",
    re.IGNORECASE,
)
_OTHER_TIME = re.compile(
    r"(?<!\w)(?:within|every|each|per|innerhalb(?: von)?|binnen|alle|pro|next)\s*\Z", re.IGNORECASE
)
_PREPOSITION = re.compile(
    r"\b(?:in|for|with|from|on|at|and|und|mit|für|aus|bei|per|pro|als|than)\b", re.I
)
WIDEST = 2.0
"""A range whose end is more than this many times its start says too little to be held to."""


def amount_claims(fact: Fact, reading: Reading) -> Iterator[Claim]:
    """What an answer says of a number or a sum of money."""
    unit = fact.value.unit
    nouns = (unit,) if _names_what_is_counted(unit) else ()
    aliases = pattern(in_lang(fact.aliases, reading.lang), reading.lang)
    for subject in subjects(reading, fact, nouns if fact.value.type is FactType.NUMBER else ()):
        said = list(_alias_claims(fact, reading, subject, aliases))
        yield from said or _quantity_claims(fact, reading, subject)


def _names_what_is_counted(unit: str) -> bool:
    """Whether the unit is what is counted (customers), and no measure (GB, lbs, days)."""
    return len(unit) > 4 and unit.isalpha() and unit.lower() not in _DAYS


def _alias_claims(
    fact: Fact, reading: Reading, subject: Subject, aliases: re.Pattern[str] | None
) -> Iterator[Claim]:
    """The value in other words ("one month" for 30 days) near the subject."""
    passage = subject.passage
    places = [
        (passage.start + start, passage.start + end) for start, end in spans(aliases, passage.text)
    ]
    priced = fact.value.type is FactType.MONEY
    near = by_distance(subject.passage, subject.places, places) or [
        (0, p, p) for p in places if subject.above
    ]
    for _, place, alias in near[:1]:
        found = bound_to(fact, passage, *alias)
        period = re.search(
            r"(?:per|pro|/|im|jede[nr]?|every|each)\s*\Z", passage.text[: alias[0] - passage.start]
        )
        if (
            found is None
            or priced
            or period
            or re.match(r"\W*\d", passage.text[alias[1] - passage.start :])
        ):
            continue
        if re.search(
            r"\d\s*(?:[A-Za-zä]+\s)?(?:a|per|im|pro)\s*\Z", passage.text[: alias[0] - passage.start]
        ):
            continue
        verdict = settled(fact, True, False, reading.asked_on)
        if denied_right_before(passage, alias[0]):
            verdict = Verdict.INCORRECT
        if not is_past(passage, *alias, reading.asked_on):
            yield Claim(verdict, min(place[0], alias[0]), max(place[1], alias[1]), found.confidence)


def _quantity_claims(fact: Fact, reading: Reading, subject: Subject) -> Iterator[Claim]:
    passage = subject.passage
    shifted = [
        replace(q, start=q.start + passage.start, end=q.end + passage.start)
        for q in quantities(passage.text, reading.lang)
    ]
    fitting = {
        (q.start, q.end): q
        for q in shifted
        if _fits(fact, q, subject) and bound_to(fact, passage, q.start, q.end)
    }
    before = 0 if fact.value.type is FactType.NUMBER else 8
    if subject.above:
        pairs = [(place, place) for place in fitting]
        if len(pairs) > 1 and not any(is_past(passage, *p, reading.asked_on) for p, _ in pairs):
            return
    else:
        pairs = [
            (place, c)
            for _, place, c in by_distance(subject.passage, subject.places, fitting, before=before)
        ]
    done: set[tuple[int, int]] = set()
    settled_places: set[tuple[int, int]] = set()
    for place, where in pairs:
        key = place if not subject.above else (0, 0)
        if where in done or key in settled_places or _is_shared(fact, subject, len(fitting)):
            continue
        done.add(where)
        if is_past(passage, *where, reading.asked_on) or only_part(passage, where[0]):
            continue  # the value that counts stands elsewhere in the sentence
        claim = _claim(fact, reading, subject, place, fitting[where])
        if claim is not None:
            settled_places.add(key)
            yield claim


def _is_shared(fact: Fact, subject: Subject, candidates: int) -> bool:
    """Whether several brands share the sentence's values ("A and B cost 49 and 59")."""
    names = {name.brand for name in subject.passage.names}
    if candidates < 2 or len(names) < 2:
        return False
    return re.search(r"respectively|jeweils|beziehungsweise|bzw", subject.passage.text) is not None


def _claim(
    fact: Fact, reading: Reading, subject: Subject, place: tuple[int, int], found: Quantity
) -> Claim | None:
    passage = subject.passage
    binding = bound_to(fact, passage, found.start, found.end)
    if binding is None or _is_aside(fact, passage, place, found):
        return None
    first, last = min(place[0], found.start), max(place[1], found.end)
    confidence = binding.confidence * (0.9 if subject.above else 1.0)
    denied = denied_right_before(passage, found.start)
    verdict, note = _verdict(fact, reading, found)
    if denied:
        if verdict is not Verdict.CORRECT:
            return None  # that a wrong value isn't the value says nothing about the true one
        verdict = Verdict.INCORRECT
    here = mood(passage, found.start, found.end)
    if here.conditional:
        return None
    if here.hedged:
        verdict, note = Verdict.UNVERIFIABLE, "the answer isn't sure itself"
    return Claim(verdict, first, last, confidence, note=note)


def _is_aside(fact: Fact, passage: Passage, place: tuple[int, int], found: Quantity) -> bool:
    """Whether the value is said of something else than the fact's subject."""
    if is_expected_anyway(passage, found.end) or is_of_ours(passage, found.start):
        return True
    if fact.value.type is FactType.MONEY:
        once = bool(_period_of(fact)) and is_one_off(passage, found.start, found.end)
        spent = is_spent(passage, found.start, found.end)
        return once or spent or is_add_on(passage, found.start)
    if found.kind is Kind.DURATION:
        return lies_beside(passage, place, found.start, found.end)
    return found.kind is Kind.PLAIN and (
        counts_others(passage, found.start) or counts_a_change(passage, found.start, found.end)
    )


def _fits(fact: Fact, found: Quantity, subject: Subject) -> bool:
    """Whether the number can be a value of the fact: its kind, unit, and what stands around it."""
    text = subject.passage.text
    before = text[: found.start - subject.passage.start]
    after = text[found.end - subject.passage.start :]
    if fact.value.type is FactType.MONEY:
        return _is_price(found, before, after) and _tier_fits(fact, before, after)
    if subject.above and not _NO_NOUN.match(after):
        return False  # "a 2-minute timer" under "Battery" is no battery's duration
    unit = fact.value.unit
    if unit == "%":
        return found.kind is Kind.PERCENT
    if unit.lower() in _DAYS:
        return found.kind is Kind.DURATION and _OTHER_TIME.search(before) is None
    return (
        found.kind is Kind.PLAIN
        and not _is_dated(found, before)
        and _counts(unit, found, after, subject)
    )


def _is_price(found: Quantity, before: str, after: str) -> bool:
    """Whether it's a sum of money; a bare number is one where only a price can stand."""
    if found.kind is not Kind.PLAIN:
        return found.kind is Kind.MONEY
    looks_priced = _PRICED.search(before) and _NO_NOUN.match(after)
    return bool(looks_priced) and not _is_dated(found, before)


def _is_dated(found: Quantity, before: str) -> bool:
    """Whether four digits are a year: "in 2024", "seit 2011", "June 2027"."""
    if not found.yearlike:
        return False
    return (
        re.search(
            r"(?<!\w)(?:in|since|until|till|from|by|of|before|after|early|mid|late|end|year|"
            r"im jahr|"
            r"seit|ab|bis|vor|nach|anfang|mitte|ende|[a-zä]{3,9}\.?|q[1-4])[\s-]*\Z",
            before,
            re.IGNORECASE,
        )
        is not None
    )


def _counts(unit: str, found: Quantity, after: str, subject: Subject) -> bool:
    """Whether a bare number counts the subject: it stands before its noun, or before no noun.

    A measure ("40 GB") has to follow the number itself.
    """
    if unit and not _names_what_is_counted(unit):
        return re.match(rf"[\s-]?{re.escape(unit)}(?!\w)", after, re.IGNORECASE) is not None
    if subject.above and _NO_NOUN.match(after):
        return not found.yearlike
    for start, _ in subject.places:
        if start >= found.end:
            gap = subject.passage.text[
                found.end - subject.passage.start : start - subject.passage.start
            ]
            if (
                len(gap.split()) <= 3
                and not re.search(r"[,;:.]", gap)
                and not _PREPOSITION.search(gap)
            ):
                return True
    return (
        not found.yearlike
        and bool(_NO_NOUN.match(after))
        and any(end <= found.start for _, end in subject.places)
    )


def _tier_fits(fact: Fact, before: str, after: str) -> bool:
    """Whether the price isn't that of another plan, named nearer to it."""
    own = " ".join(term for terms in fact.subject.values() for term in terms).lower()
    clause = re.split(r"[,;(]|\band\b|\bund\b|\bwhile\b", before)[-1]
    for found in reversed(list(_TIERS.finditer(clause))):
        return found[0].lower() in own
    follows = re.match(
        r"[^,;.\d]{0,30}?\b(?:for|für|im|in|bei)\s+(?:the |den |der |dem )?(\w+)", after
    )
    if follows and _TIERS.fullmatch(follows[1]):
        return follows[1].lower() in own
    return True


def _verdict(fact: Fact, reading: Reading, found: Quantity) -> tuple[Verdict, str]:
    """The verdict on a stated quantity, and why it's open if it is."""
    if (
        fact.value.type is FactType.MONEY
        and found.currencies
        and (fact.value.currency not in found.currencies)
    ):
        return Verdict.UNVERIFIABLE, "another currency"
    found, comparable = _per_own_period(fact, found)
    true, earlier = fact.value.value, fact.previous
    is_value = equals(found, true, fact)
    was_value = any(equals(found, value, fact) for value in earlier)
    if not comparable:
        if is_value:
            return settled(fact, True, False, reading.asked_on), ""
        return Verdict.UNVERIFIABLE, "a price per another period"
    if not is_value and not was_value and _is_loose(found, _target(true, fact)):
        return Verdict.UNVERIFIABLE, "too broad a statement to be held to"
    if not is_value and not was_value and _is_implied(found, _target(true, fact)):
        is_value = True
    return settled(fact, is_value, was_value, reading.asked_on), ""


def _per_own_period(fact: Fact, found: Quantity) -> tuple[Quantity, bool]:
    """The price per the fact's period; false where the two don't compare."""
    own = _period_of(fact)
    if not own or not found.period or own == found.period:
        return found, True
    factor = {("year", "month"): 1 / 12, ("month", "year"): 12.0}.get((found.period, own))
    if factor is None:
        return found, False
    readings = tuple(reading * factor for reading in found.readings)
    high = found.high * factor if found.high is not None else None
    return replace(found, readings=readings, high=high, grain=found.grain * factor), False


def _period_of(fact: Fact) -> str:
    """How often the price is paid, by its unit or by its statement."""
    said = " ".join((fact.value.unit, *fact.statement.values())).lower()
    if re.search(r"month|monat", said):
        return "month"
    return "year" if re.search(r"year|annual|annum|jahr|jährlich", said) else ""


def equals(found: Quantity, value: FactScalar, fact: Fact) -> bool:
    """Whether a quantity says this value, within the fact's tolerance and its own rounding."""
    target = _target(value, fact)
    if target is None:
        return False
    own = max(fact.value.tolerance, 1e-9) * abs(target)
    if found.kind is Kind.DURATION and target and "mon" in found.unit:
        own = max(own, 0.04 * target)  # a month is 28 to 31 days
    slack = max(own, found.grain)
    if found.high is not None:
        ends = min(abs(found.value - target), abs(found.high - target)) <= slack
        inside = found.value - slack <= target <= found.high + slack
        return inside and (ends or found.high <= WIDEST * found.value)
    # "About 5,000" is rounded to half a thousand; read as 5.000 it's rounded to much less.
    rounding = found.grain / (found.value or 1.0)
    return any(abs(read - target) <= max(own, rounding * abs(read)) for read in found.readings)


def _target(value: FactScalar, fact: Fact) -> float | None:
    """The value as quantities are read: durations in days; None if it's no number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value * _DAYS.get(fact.value.unit.lower(), 1.0)


def _is_loose(found: Quantity, value: float | None) -> bool:
    """Whether the statement holds of the value, but of nearly any other as well."""
    if value is None:
        return False
    if found.high is not None:
        return found.value <= value <= found.high
    if found.bound is Bound.AT_LEAST:
        return found.value < 0.8 * value
    return found.bound is Bound.AT_MOST and found.value > 1.25 * value


def _is_implied(found: Quantity, value: float | None) -> bool:
    """Whether "more than 1,100" or "up to 1,300" holds of the value and is close to it."""
    if value is None:
        return False
    if found.bound is Bound.AT_LEAST:
        return 0.8 * value <= found.value <= value
    return found.bound is Bound.AT_MOST and value <= found.value <= 1.25 * value
