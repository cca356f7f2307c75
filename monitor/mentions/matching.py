"""Compiles brands into one matcher and finds where their names stand in visible text."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import ahocorasick_rs

from monitor.mentions.folding import fold, fold_name
from monitor.types import Brand, SourceKind

CODE_VERSION = "m1"
"""Raised whenever a change of this package, ranking or citations changes what is read."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One name of one brand, folded."""

    brand: int
    folded: str
    written: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of brand number `brand` at visible [start, end)."""

    brand: int
    start: int
    end: int
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Tracked:
    """Brands compiled for matching; `version` names the code and the brands' definitions."""

    brands: tuple[Brand, ...]
    version: str
    patterns: tuple[Pattern, ...]
    automaton: ahocorasick_rs.AhoCorasick | None
    site_kinds: Mapping[str, SourceKind] | None


def track(brands: Sequence[Brand], site_kinds: Mapping[str, SourceKind] | None = None) -> Tracked:
    """The compiled matcher for these brands; `site_kinds` overrides kinds by domain."""
    patterns = tuple(_patterns(brands))
    folded = [pattern.folded for pattern in patterns]
    automaton = ahocorasick_rs.AhoCorasick(folded) if folded else None
    return Tracked(tuple(brands), _version(brands), patterns, automaton, site_kinds)


def _version(brands: Sequence[Brand]) -> str:
    """Code version and a short hash of the brands' definitions, whatever their order."""
    definitions = sorted(
        json.dumps(asdict(brand), ensure_ascii=True, sort_keys=True, default=dict)
        for brand in brands
    )
    digest = hashlib.sha256("\n".join(definitions).encode()).hexdigest()
    return f"{CODE_VERSION}-{digest[:6]}"


def _patterns(brands: Sequence[Brand]) -> list[Pattern]:
    """Every distinct folded name of every brand."""
    found: dict[tuple[int, str], Pattern] = {}
    for number, brand in enumerate(brands):
        forms = [form for several in brand.forms.values() for form in several]
        for written in (brand.name, *brand.aliases, *forms):
            folded = fold_name(written)
            if folded:
                found.setdefault((number, folded), Pattern(number, folded, written))
    return list(found.values())


def find_hits(text: str, tracked: Tracked) -> list[Hit]:
    """All whole-word hits in visible text, the longest name winning, in reading order."""
    if tracked.automaton is None:
        return []
    folded = fold(text)
    hits = []
    for index, start, end in tracked.automaton.find_matches_as_indexes(
        folded.text, overlapping=True
    ):
        begin, stop = folded.source(start, end)
        if _is_whole(text, begin, stop):
            pattern = tracked.patterns[index]
            hits.append(Hit(pattern.brand, begin, stop, pattern))
    return _longest(hits)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a word begins at `start` and ends at `end`."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if before.isalnum() and text[start].isalnum():
        return False
    if not after.isalnum():
        return True
    return after == "s" and not text[end + 1 : end + 2].isalnum()


def _longest(hits: list[Hit]) -> list[Hit]:
    """The hits that no longer or earlier one overlaps."""
    kept: list[Hit] = []
    end = 0
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.brand)):
        if hit.start >= end:
            kept.append(hit)
            end = hit.end
    return kept
