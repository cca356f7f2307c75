"""Claims about points on a line: founding years, days, versions."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from monitor.facts.asides import founds_another, is_of_component, is_required
from monitor.facts.claims import Claim, Reading, settled
from monitor.facts.days import Period, periods
from monitor.facts.passages import Passage
from monitor.facts.polarity import denied_right_before, mood, only_part
from monitor.facts.quantities import FOOTNOTE, Kind, quantities
from monitor.facts.subjects import Subject, bound_to, by_distance, subjects
from monitor.facts.words import CHANGED
from monitor.types import Fact, FactScalar, FactType, Verdict

_FOUNDING = re.compile(r"found|establish|gegründet|gründung", re.IGNORECASE)
_EXISTS = re.compile(
    r"(?<!\w)(?:exist\w*|on the market|in (?:the )?business|been around|in operation|operating|"
    r"active|"
    r"besteh\w*|existier\w*|auf dem markt|am markt|aktiv|tätig|gibt es)(?!\w)",
    re.IGNORECASE,
)
_AT_IT = re.compile(r"(?<!\w)gibt es (?:bei|in|von)(?!\w)", re.IGNORECASE)
"""What exists is something of the brand, not the brand itself."""
_SINCE = ("since", "seit")
_VERSION = re.compile(r"(?<![\w.,])v?(\d+(?:\.\d+){0,3})(?!\w|[.,]\d)", re.IGNORECASE)
_CURRENT = re.compile(
    r"(?<!\w)(?:current\w*|latest|newest|most recent|stable|now at|today|up to date|aktuell\w*|"
    r"neueste\w*|"
    r"jüngste\w*|derzeit\w*|heute|jetzt|inzwischen|stabile?)(?!\w)",
    re.IGNORECASE,
)
_SINCE_VERSION = re.compile(
    r"(?<!\w)(?:since|as of|from|introduced (?:in|with)|added (?:in|with)|starting (?:with|in)|"
    r"prior to|"
    r"before|older than|than|until|upgrad\w+ (?:from|to)|seit|ab|mit|in|vor|bis|als|von|with)\s+"
    r"(?:der |die |the |of )?(?:version\s|release\s|v)?\s*\Z",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?<!\w)(?:about|around|circa|ca\.|etwa|ungefähr|rund|um|~)\s*\Z", re.IGNORECASE
)


def year_claims(fact: Fact, reading: Reading) -> Iterator[Claim]:
    """What an answer says of a year ("founded in 2011", "seit 2011 am Markt", "Q3 2019")."""
    founding = any(_FOUNDING.search(t) for terms in fact.subject.values() for t in terms)
    extra = _SINCE if founding else ()
    for subject in subjects(reading, fact, extra):
        yield from _period_claims(fact, reading, _without_idle_since(subject))


def _without_idle_since(subject: Subject) -> Subject:
    """The subject without "since" where the sentence isn't about how long something exists."""
    passage = subject.passage
    if _EXISTS.search(passage.text) and not _AT_IT.search(passage.text):
        return subject
    places = tuple(
        (start, end)
        for start, end in subject.places
        if passage.text[start - passage.start : end - passage.start].lower() not in _SINCE
    )
    return replace(subject, places=places)


def date_claims(fact: Fact, reading: Reading) -> Iterator[Claim]:
    """What an answer says of a day, as precisely as it says it: "mid-2027" may be right."""
    for subject in subjects(reading, fact):
        yield from _period_claims(fact, reading, subject)


def _period_claims(fact: Fact, reading: Reading, subject: Subject) -> Iterator[Claim]:
    passage = subject.passage
    counted = [q for q in quantities(passage.text, reading.lang) if q.kind is not Kind.PLAIN]
    found = {
        (p.start + passage.start, p.end + passage.start): p
        for p in periods(passage.text)
        if not any(q.start < p.end and p.start < q.end for q in counted)
    }
    ours = {where: p for where, p in found.items() if bound_to(fact, passage, *where)}
    for place, where in _chosen(subject, found):
        if where not in ours or founds_another(passage, place, fact):
            continue
        claim = _period_claim(fact, reading, subject, place, where, ours[where])
        if claim is not None:
            yield claim


def _chosen(
    subject: Subject, found: Mapping[tuple[int, int], object]
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """(subject's place, value's place): for every subject the nearest value that is meant."""
    passage = subject.passage
    if subject.above:
        if len(found) == 1:
            where = next(iter(found))
            yield where, where
        return
    done: set[tuple[int, int]] = set()
    places: set[tuple[int, int]] = set()
    for _, place, where in by_distance(subject.passage, subject.places, found):
        if place in places or where in done:
            continue
        done.add(where)
        if only_part(passage, where[0]) or _is_left(passage.text, where[0] - passage.start):
            continue
        yield place, where
        if not denied_right_before(passage, where[0]):
            places.add(place)


def _is_left(text: str, at: int) -> bool:
    """Whether the value is what was left: "moved from June to September"."""
    return bool(CHANGED.search(text[:at]) and re.search(r"\b(?:from|von|vom)\W*\Z", text[:at]))


def _period_claim(
    fact: Fact,
    reading: Reading,
    subject: Subject,
    place: tuple[int, int],
    where: tuple[int, int],
    period: Period,
) -> Claim | None:
    passage = subject.passage
    about = _ABOUT.search(passage.text[: where[0] - passage.start]) is not None
    true = _says(period, fact.value.value, about=about)
    earlier = any(_says(period, value, about=about) for value in fact.previous)
    verdict = settled(fact, true, earlier, reading.asked_on)
    return _judged(fact, subject, place, where, verdict)


def _judged(
    fact: Fact, subject: Subject, place: tuple[int, int], where: tuple[int, int], verdict: Verdict
) -> Claim | None:
    """The claim with the sentence's denial, doubt and conditions taken in."""
    passage = subject.passage
    binding = bound_to(fact, passage, *where)
    here = mood(passage, *where)
    if binding is None or here.conditional:
        return None
    if denied_right_before(passage, where[0]):
        if verdict is not Verdict.CORRECT:
            return None
        verdict = Verdict.INCORRECT
    note = ""
    if here.hedged:
        verdict, note = Verdict.UNVERIFIABLE, "the answer isn't sure itself"
    confidence = binding.confidence * (0.9 if subject.above else 1.0)
    return Claim(verdict, min(place[0], where[0]), max(place[1], where[1]), confidence, note=note)


def _says(period: Period, value: FactScalar, *, about: bool) -> bool:
    if isinstance(value, date):
        return period.covers(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or period.year is None:
        return False
    return abs(period.year - value) <= (1 if about else 0)


def version_claims(fact: Fact, reading: Reading) -> Iterator[Claim]:
    """What an answer says of a version; "7" is right for 7.2, and "since version 6.4" no claim."""
    for subject in subjects(reading, fact):
        passage = subject.passage
        current = _CURRENT.search(passage.text) is not None
        found: Mapping[tuple[int, int], str] = {
            where: text
            for where, text in _versions(subject, reading.lang)
            if bound_to(fact, passage, *where)
            and (current or not _SINCE_VERSION.search(passage.text[: where[0] - passage.start]))
        }
        if current and len(found) > 1:
            found = _nearest_to_current(passage, found)
        for place, where in _chosen(subject, found):
            true = _is_version(found[where], fact.value.value)
            earlier = any(_is_version(found[where], value) for value in fact.previous)
            verdict = settled(fact, true, earlier, reading.asked_on)
            if _is_past_version(passage.text, where[0] - passage.start) or _is_of_another(
                fact, passage, where[0]
            ):
                continue
            claim = _judged(fact, subject, place, where, verdict)
            if claim is not None:
                yield claim


def _is_of_another(fact: Fact, passage: Passage, start: int) -> bool:
    """Whether the version is that of something needed, or of a component."""
    said = " ".join(fact.statement.values())
    return is_required(passage, start, fact.brand) or is_of_component(passage, start, said)


def _nearest_to_current(
    passage: Passage, found: Mapping[tuple[int, int], str]
) -> dict[tuple[int, int], str]:
    """Of several versions the one that is called the current one."""
    cues = [
        (m.start() + passage.start, m.end() + passage.start)
        for m in _CURRENT.finditer(passage.text)
    ]
    ordered = by_distance(passage, cues, found)
    return {ordered[0][2]: found[ordered[0][2]]} if ordered else dict(found)


def _is_past_version(text: str, at: int) -> bool:
    return (
        re.search(
            r"(?<!\w)(?:older|previous|former|ältere?|vorige|vorherige|frühere)\w*\s+(?:\w+\s+)?\Z",
            text[:at],
            re.I,
        )
        is not None
    )


def _versions(subject: Subject, lang: str) -> Iterator[tuple[tuple[int, int], str]]:
    passage = subject.passage
    taken = [
        (q.start, q.end) for q in quantities(passage.text, lang) if q.kind is not Kind.PLAIN
    ] + [(p.start, p.end) for p in periods(passage.text)]
    for found in _VERSION.finditer(passage.text):
        if any(low < found.end() and found.start() < high for low, high in taken):
            continue
        if FOOTNOTE.search(passage.text[: found.start()]):
            continue
        where = (found.start() + passage.start, found.end() + passage.start)
        near = any(0 <= where[0] - end <= 2 for _, end in subject.places)
        named = any(where[0] - name.end == 1 for name in passage.names)
        if "." in found[1] or near or named or found[0][0] in "vV" or subject.above:
            yield where, found[1]


def _is_version(said: str, value: FactScalar) -> bool:
    """Whether one is the other as far as both go: 7 and 7.2.1 are both 7.2."""
    one, other = said.split("."), str(value).lstrip("vV").split(".")
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


def is_year(fact: Fact) -> bool:
    """Whether the number of a fact is a year of the calendar."""
    value = fact.value.value
    return (
        fact.value.type is FactType.NUMBER
        and isinstance(value, int | float)
        and fact.value.unit.lower() in ("year", "years", "jahr", "")
        and 1800 <= value <= 2199
    )
