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
_RELATIVE = re.compile(
    r",\s(?:which|who|where|that|whose|der|die|das|dessen|deren|wo|den|dem|bei (?:dem|der)|with|"
    r"mit|"
    r"the|ein)\b",
    re.IGNORECASE,
)


def bound(passage: Passage, start: int, end: int) -> Bound:
    """The brands of which what stands at visible [start, end) is said; `NOBODY` if it's open."""
    names = passage.names
    plain = plain_names(passage.text, passage.start, names)
    for name in names:
        after = _AFTER.fullmatch(_text(passage, end, name.start)) if name.start >= end else None
        precedes = any(other.start < start for other in plain)
        if after and (after["strong"] or not precedes):
            return Bound(frozenset([name.brand]), 0.85)
    for name in names:
        if (
            name not in plain
            and not _is_attribute(passage, name)
            and name.start <= start < _reach(passage, name)
        ):
            return Bound(frozenset([name.brand]), 0.8)
    before = [name for name in plain if name.start <= start]
    if before:
        return Bound(_chain(passage, before), 0.95)
    after_names = [name for name in plain if name.start >= end]
    anaphoric = ANAPHOR.match(passage.text) or passage.kind is not BlockKind.PARAGRAPH
    if after_names and not (anaphoric and passage.nearby and passage.topic is not None):
        return Bound(frozenset([after_names[0].brand]), 0.85)
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
    closing = rest.find(")")
    if closing >= 0:
        stops.append(closing)
    return name.end + min(stops)


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
