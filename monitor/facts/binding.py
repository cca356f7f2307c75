"""Of which brand a value at some place of a passage is said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.facts.naming import JOINED, Name, is_attribute, plain_names
from monitor.facts.passages import Passage
from monitor.facts.words import ANAPHOR, RESET
from monitor.ranking import BlockKind


@dataclass(frozen=True, slots=True)
class Bound:
    """The brands that a value belongs to, and how sure that is (0 to 1)."""

    brands: frozenset[str]
    confidence: float


NOBODY = Bound(frozenset(), 0.0)

_AFTER = re.compile(
    r"[^,.;:()\d]{0,25}?(?<!\w)(?:(?P<strong>for|at|bei|für|beim)|of|with|von|mit)\s+"
    r"(?:the |der |dem |den )?\Z",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"[:;–—]\W*(?:\w+\s+){0,4}(?:its?|they|their|dort|dessen|seine?|er|es)\b", re.I
)
_RELATIVE = re.compile(
    r",\s(?:which|who|where|that|whose|der|die|das|dessen|deren|wo|den|dem|bei (?:dem|der)|with|"
    r"mit|"
    r"the|ein)\b",
    re.IGNORECASE,
)


def bound(passage: Passage, start: int, end: int) -> Bound:
    """The brands of which what stands at visible [start, end) is said; `NOBODY` if it's open."""
    plain = plain_names(passage.text, passage.start, passage.names)
    before = [name for name in plain if name.start <= start]
    aside = _said_aside(passage, plain, start, end)
    if aside is not None:
        return aside
    if before:
        turns = _turns_back(passage, before, start)
        return NOBODY if turns else Bound(_chain(passage, before), 0.95)
    return _by_topic(passage, [name for name in plain if name.start >= end])


def _said_aside(passage: Passage, plain: Sequence[Name], start: int, end: int) -> Bound | None:
    """The binding to "… for Acme" right behind, or to a compared name whose clause it's in."""
    for name in passage.names:
        after = _AFTER.fullmatch(_text(passage, end, name.start)) if name.start >= end else None
        if after and (after["strong"] or not any(other.start < start for other in plain)):
            return Bound(frozenset([name.brand]), 0.85)
    for name in passage.names:
        if name in plain or _is_attribute(passage, name):
            continue
        if name.start <= start < _reach(passage, name):
            return Bound(frozenset([name.brand]), 0.8)
    return None


def _by_topic(passage: Passage, after: Sequence[Name]) -> Bound:
    """The binding where no name comes before: to the first one after, or to the topic."""
    goes_on = ANAPHOR.match(passage.text) or passage.kind is not BlockKind.PARAGRAPH
    if after and not (goes_on and passage.nearby and passage.topic is not None):
        return Bound(frozenset([after[0].brand]), 0.85)
    if passage.topic is None:
        return NOBODY
    return Bound(frozenset([passage.topic]), 0.85 if passage.nearby else 0.75)


def _reach(passage: Passage, name: Name) -> int:
    """Up to where a compared name's own clause goes."""
    following = [other.start for other in passage.names if other.start > name.start]
    limit = min([passage.end, *following])
    rest = _text(passage, name.end, limit)
    first = rest.find(",")
    relative = _RELATIVE.match(rest, first) if first >= 0 else None
    if relative:
        second = rest.find(",", relative.end())
        first = second if second >= 0 else len(rest)
    reset = RESET.search(rest[1:])
    stops = [len(rest)]
    if first >= 0:
        stops.append(first)
    if reset and not (relative and reset.start() < first):
        stops.append(reset.start() + 1)
    means = re.search(r"\s(?:by \w+ing|indem)\b", rest)
    if means:
        stops.append(means.start())
    stops += [at for mark in ("):") if (at := rest.find(mark)) >= 0]
    return name.end + min(stops)


def _turns_back(passage: Passage, before: Sequence[Name], start: int) -> bool:
    """Whether "its" after a colon may mean either of two ("A undercuts B: its plan costs …")."""
    if len({name.brand for name in before}) < 2:
        return False
    return _PRONOUN.search(_text(passage, before[-1].end, start)) is not None


def _is_attribute(passage: Passage, name: Name) -> bool:
    """Whether a name only tells whose the one before is ("the competitors of Acme")."""
    if is_attribute(passage.text, name.start - passage.start, name.end - passage.start):
        return True
    return any(
        other.end <= name.start
        and re.fullmatch(r"\s*(?:of|von|by|to|zu)\s+", _text(passage, other.end, name.start))
        for other in passage.names
    )


def _chain(passage: Passage, before: Sequence[Name]) -> frozenset[str]:
    """The nearest name's brand, and those that it's joined to by "and" right before it."""
    brands = {before[-1].brand}
    for earlier, later in zip(reversed(before[:-1]), reversed(before[1:]), strict=True):
        if not JOINED.fullmatch(_text(passage, earlier.end, later.start)):
            break
        brands.add(earlier.brand)
    return frozenset(brands)


def _text(passage: Passage, start: int, end: int) -> str:
    return passage.text[start - passage.start : end - passage.start]
