"""Tells what single lines are that have no markup: names, cards, titles, heads of lost tables.

Lines are ranges of the visible text, `lines` those of one paragraph.
"""

import re
from bisect import bisect_left
from collections.abc import Container, Sequence
from itertools import pairwise

from monitor.ranking.heads import MAX_HEAD, head_start

INTERFACE = frozenset(
    ["ai overview", "ai mode", "ki-ubersicht", "ki-modus", "answer", "antwort", "images", "bilder"]
)
"""Stand alone above an answer that was captured from a page."""
NUMBERED_LINE = re.compile(r"\W{0,3}\d{1,2}[.):]?\s+\S")
_ASCII_HEAD_ENDS = (":", " (", " -", "\t", " | ", "   ")
_HEAD_ENDS = (*_ASCII_HEAD_ENDS, "—", " – ", "→", "➜", " • ", " · ", " ―")
"""One of these stands near the start of every line whose head ends before the line does."""
_PRICED = re.compile(r"\W{0,4}(?:[1-5][.,]\d\s*[(★⭐/]|\d[\d.,]*\s?[€$£]|(?<=[$€£])\d)")
"""Begins the second line of a product card."""
_CLOSED = ".:!?,;"
_CELLS = re.compile(r"[:\t]")
"""A line with one of these holds more than a name."""
TITLE_LENGTH = 60
"""So many signs a title has at most that lost its markup."""
_JOINTS = ("und", "and", "&")
_FEW_WORDS = 6
"""A product's name has no more, with its maker's."""


def is_listed(text: str, start: int, end: int) -> bool:
    """Whether a line has anything by which its head could end, or a number before it."""
    opening = text[start : min(end, start + MAX_HEAD + 5)]
    for sign in _ASCII_HEAD_ENDS if opening.isascii() else _HEAD_ENDS:
        if sign in opening:
            return True
    return not opening[0].isalpha() and NUMBERED_LINE.match(opening) is not None


def may_be_title(text: str, start: int, end: int) -> bool:
    """Whether a line is short and has neither a separator nor a closing sign."""
    short = end - start <= TITLE_LENGTH and text[end - 1].isalnum()
    return short and not is_listed(text, start, end)


def is_stacked(text: str, start: int, end: int, names: Sequence[int]) -> bool:
    """Whether a line is a tracked name and hardly more; `names` are where such begin, in order."""
    if end - start > TITLE_LENGTH:
        return False
    begin = head_start(text, start, end)
    brackets = text.find(" (", begin, end)
    stop = brackets if brackets > 0 else end
    at = bisect_left(names, begin)
    if at == len(names) or names[at] >= stop:
        return False
    if text[end - 1] in _CLOSED or _CELLS.search(text, begin, end):
        return False
    words, before = text[begin:stop].split(), text[begin : names[at]].split()
    if len(words) > _FEW_WORDS or "+" in words[-1]:
        return False
    small = [word.islower() and word not in _JOINTS for word in words]
    return sum(small) <= 1 and not any(small[: len(before)])


def card_names(text: str, lines: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Where lines begin that stand above a price or rating, as names on product cards do."""
    return frozenset(
        start for (start, _), (below, end) in pairwise(lines) if _PRICED.match(text, below, end)
    )


def is_table_head(
    text: str, lines: Sequence[tuple[int, int]], number: int, names: Container[int]
) -> bool:
    """Whether the line with tabs of this number begins a table without markup, and names nobody."""
    above = text[slice(*lines[number - 1])] if number else ""
    below = text[slice(*lines[number + 1])] if number + 1 < len(lines) else ""
    return "\t" not in above and "\t" in below and lines[number][0] not in names
