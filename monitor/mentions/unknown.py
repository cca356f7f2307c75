"""Names nobody tracks that take the subject's place in recommendation items."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from monitor.mentions.folding import fold_name
from monitor.ranking import MAX_HEAD, Item, looks_like_name

_LONGEST = 4 * MAX_HEAD
"""Of a longer bold line the rest tells nothing: a name ends long before."""
_TAIL = re.compile(r"\s+(?:by|from|von)\s.*\Z|\s*[\[(].*\Z")


@dataclass(frozen=True, slots=True)
class UnknownName:
    """An untracked name, the number of answers that recommend it, and how they spell it."""

    name: str
    answers: int
    spellings: tuple[str, ...] = ()


def unknown_names(text: str, items: Sequence[Item], known: Sequence[int]) -> tuple[str, ...]:
    """The untracked names that head items, in reading order.

    `known` are the offsets of tracked names.
    """
    names: dict[str, str] = {}
    for item in items:
        head = item.head
        nearest = bisect_left(known, head.start)
        if item.subjects or (nearest < len(known) and known[nearest] < head.end):
            continue
        name, key = _read(text[head.start : min(head.end, head.start + _LONGEST)])
        if name:
            names.setdefault(key, name)
    return tuple(names.values())


# The same heads come again in one answer after another.
@lru_cache(maxsize=8192)
def _read(head: str) -> tuple[str, str]:
    """The name that a head consists of and its folded form; empty where it is none."""
    name = _TAIL.sub("", " ".join(head.split())).strip(" .,:;*_\"'")
    return (name, fold_name(name)) if looks_like_name(name) else ("", "")


def merge_unknown_names(names_by_answer: Iterable[Iterable[str]]) -> tuple[UnknownName, ...]:
    """Names over answers, the most frequent first.

    Spellings that fold alike are one name, and so is a longer name that begins with a shorter one
    that also stands alone ("Zoho CRM" with "Zoho"). An answer counts once for a name.
    """
    answers = [{fold_name(name): name for name in names} for names in names_by_answer]
    keys = {key for names in answers for key in names if key}
    merged: dict[str, dict[str, int]] = {}
    counts: dict[str, int] = {}
    for names in answers:
        for root in {_root(key, keys) for key in names if key}:
            counts[root] = counts.get(root, 0) + 1
        for key, name in names.items():
            if key:
                spellings = merged.setdefault(_root(key, keys), {})
                spellings[name] = spellings.get(name, 0) + 1
    unknown = [
        UnknownName(_usual(spellings, root), counts[root], tuple(sorted(spellings)))
        for root, spellings in merged.items()
    ]
    return tuple(sorted(unknown, key=lambda each: (-each.answers, each.name)))


def _root(key: str, keys: set[str]) -> str:
    """The shortest of the names with whose whole words this one begins."""
    words = key.split(" ")
    for size in range(1, len(words)):
        if " ".join(words[:size]) in keys:
            return " ".join(words[:size])
    return key


def _usual(spellings: Mapping[str, int], root: str) -> str:
    """The most frequent spelling of the merged name itself; of equals the first by alphabet."""
    own = [name for name in spellings if fold_name(name) == root]
    return min(own, key=lambda name: (-spellings[name], name))
