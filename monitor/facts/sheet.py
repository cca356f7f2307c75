"""Looks a fact sheet over: what contradicts itself, what runs out, and which questions ask what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations

from monitor.facts.checking import check_facts
from monitor.facts.terms import in_all
from monitor.mentions import track
from monitor.types import Brand, Fact, FactType, Verdict

SOON = timedelta(days=60)
"""How long before its last day a fact is said to expire soon."""


class SheetProblemKind(StrEnum):
    """What may be wrong with a fact sheet."""

    CONTRADICTION = "contradiction"
    UNREADABLE = "unreadable"
    EXPIRED = "expired"
    EXPIRING = "expiring"
    UNASKED = "unasked"
    UNKNOWN_FACT = "unknown_fact"


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """Something to look after in the fact sheet: of which facts, and what to do."""

    kind: SheetProblemKind
    fact_ids: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class AskedFact:
    """A fact with the ids of the questions that ask it, in their order; often there's none."""

    fact_id: str
    questions: tuple[str, ...]


def sheet_problems(
    facts: Sequence[Fact], asked_by: Mapping[str, Sequence[str]], today: date
) -> tuple[SheetProblem, ...]:
    """What is wrong with or missing around a fact sheet, the gravest kinds first.

    `asked_by` has the ids of the questions that ask a fact, by the fact's id.
    """
    found = [
        *_contradictions(facts),
        *(problem for fact in facts for problem in _inner_problems(fact)),
        *_unreadable(facts, today),
        *(problem for fact in facts for problem in _expiry(fact, today)),
        *_unasked(facts, asked_by),
    ]
    order = list(SheetProblemKind)
    return tuple(sorted(found, key=lambda problem: order.index(problem.kind)))


def asked_facts(
    facts: Sequence[Fact], asked_by: Mapping[str, Sequence[str]]
) -> tuple[AskedFact, ...]:
    """Each fact with the questions that ask it."""
    return tuple(AskedFact(fact.fact_id, tuple(asked_by.get(fact.fact_id, ()))) for fact in facts)


def _contradictions(facts: Sequence[Fact]) -> Iterator[SheetProblem]:
    for one, other in combinations(facts, 2):
        if one.brand != other.brand or not _overlap(one, other):
            continue
        shared = {t.lower() for t in in_all(one.subject)} & {
            t.lower() for t in in_all(other.subject)
        }
        if shared and _comparable(one, other) and not _agree(one, other):
            word = min(shared, key=lambda term: (-len(term), term))
            yield _contradiction(
                one,
                other,
                f"both speak of “{word}” but give {_shown(one)} and {_shown(other)}; "
                "correct one, or give each subject words of its own",
            )
        for first, second in ((one, other), (other, one)):
            if promised := _excluded_value(first, second):
                yield _contradiction(
                    first,
                    second,
                    f"{first.fact_id} says that “{promised}” isn't offered, and "
                    f"{second.fact_id} says it is",
                )


def _contradiction(one: Fact, other: Fact, what: str) -> SheetProblem:
    ids = (one.fact_id, other.fact_id)
    return SheetProblem(
        SheetProblemKind.CONTRADICTION, ids, f"{one.fact_id}, {other.fact_id}: {what}"
    )


def _overlap(one: Fact, other: Fact) -> bool:
    """Whether there is a day on which both hold."""
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    last = min(one.valid_to or date.max, other.valid_to or date.max)
    return first <= last


def _comparable(one: Fact, other: Fact) -> bool:
    a, b = one.value, other.value
    return (a.type, a.unit, a.currency) == (b.type, b.unit, b.currency) and (
        a.type is not FactType.TEXT
    )


def _agree(one: Fact, other: Fact) -> bool:
    a, b = one.value.value, other.value.value
    if isinstance(a, int | float) and isinstance(b, int | float):
        tolerance = max(one.value.tolerance, other.value.tolerance)
        return abs(a - b) <= tolerance * max(abs(a), abs(b))
    if isinstance(a, tuple) and isinstance(b, tuple):
        return set(a) == set(b)
    return a == b


def _excluded_value(excluding: Fact, saying: Fact) -> str:
    """A value of one fact that another says isn't offered, "" if there's none."""
    value = saying.value.value
    said = {
        text.lower()
        for text in (value if isinstance(value, tuple) else (value,))
        if isinstance(text, str)
    }
    return next((term for term in in_all(excluding.negatives) if term.lower() in said), "")


def _inner_problems(fact: Fact) -> Iterator[SheetProblem]:
    """A value that is among its own earlier ones, or among what isn't offered."""
    ids = (fact.fact_id,)
    if fact.value.value in fact.previous:
        what = f"{fact.fact_id}: {_shown(fact)} is the value and an earlier one; take it out of one"
        yield SheetProblem(SheetProblemKind.CONTRADICTION, ids, what)
    if said := _excluded_value(fact, fact):
        what = f"{fact.fact_id}: “{said}” is the value and among the negatives; take it out of one"
        yield SheetProblem(SheetProblemKind.CONTRADICTION, ids, what)


def _unreadable(facts: Sequence[Fact], today: date) -> Iterator[SheetProblem]:
    """Statements in which the rules don't find the value: an answer in these words is misjudged."""
    for fact in facts:
        if fact.value.type is FactType.TEXT:
            continue
        day = _day_in_force(fact, today)
        matcher = track([Brand(fact.brand, own=True)])
        for lang, statement in fact.statement.items():
            (judged,) = check_facts(statement, [fact], matcher, day, lang)
            if judged.verdict is not Verdict.CORRECT:
                what = (
                    f"{fact.fact_id}: the {lang} statement reads as {judged.verdict.value} for "
                    f"{_shown(fact)}; correct one of them, or add to subject or aliases"
                )
                yield SheetProblem(SheetProblemKind.UNREADABLE, (fact.fact_id,), what)


def _day_in_force(fact: Fact, today: date) -> date:
    day = max(today, fact.valid_from or today)
    return min(day, fact.valid_to or day)


def _expiry(fact: Fact, today: date) -> Iterator[SheetProblem]:
    last = fact.valid_to
    if last is None:
        return
    ids = (fact.fact_id,)
    if last < today:
        what = f"{fact.fact_id}: held until {last}; write what holds now"
        yield SheetProblem(SheetProblemKind.EXPIRED, ids, what)
    elif last - today <= SOON:
        days = (last - today).days
        what = f"{fact.fact_id}: holds until {last}, in {days} days; write what holds afterwards"
        yield SheetProblem(SheetProblemKind.EXPIRING, ids, what)


def _unasked(
    facts: Sequence[Fact], asked_by: Mapping[str, Sequence[str]]
) -> Iterator[SheetProblem]:
    known = {fact.fact_id for fact in facts}
    for fact in facts:
        if not asked_by.get(fact.fact_id):
            what = f"{fact.fact_id}: no question asks it; add it to the facts of one"
            yield SheetProblem(SheetProblemKind.UNASKED, (fact.fact_id,), what)
    for fact_id, questions in asked_by.items():
        if fact_id not in known:
            what = f"{fact_id}: {', '.join(questions)} asks it, but the sheet has no such fact"
            yield SheetProblem(SheetProblemKind.UNKNOWN_FACT, (fact_id,), what)


def _shown(fact: Fact) -> str:
    """The value as people read it."""
    value = fact.value.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = ", ".join(value) if isinstance(value, tuple) else str(value)
    unit = "" if fact.value.unit == "year" else fact.value.unit
    return " ".join(filter(None, (text, fact.value.currency or unit)))
