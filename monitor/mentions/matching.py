"""Compiles brands into one matcher and finds where their names stand in visible text."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import IntEnum
from itertools import islice
from operator import le

import ahocorasick_rs

from monitor.citations import owners_of
from monitor.mentions.boilerplate import boilerplate_ranges
from monitor.mentions.boundaries import word_range
from monitor.mentions.folding import Folded, fold, fold_name
from monitor.mentions.inflection import inflected
from monitor.mentions.spelling import is_distinct, is_everyday, is_strict
from monitor.mentions.stems import Cue, cue_stems
from monitor.ranking import Named
from monitor.types import Brand, Mention, MentionState, SourceKind

CODE_VERSION = "m7"
"""Raised whenever a change of this package, ranking or citations changes what is read."""


_INTERFACE = int(Cue.INTERFACE)
_FASTEST = ahocorasick_rs.Implementation.DFA
"""A third faster to search, for some memory: 10 MB with 5,000 names."""


class Role(IntEnum):
    """What a pattern does: names its brand, forbids that, or lends context."""

    NAME = 0
    EXCLUDE = 1
    CONTEXT = 2


@dataclass(frozen=True, slots=True)
class Pattern:
    """A folded phrase of brand number `brand`, as it is `written` in the brand's definition.

    `open`: it may be an everyday word, so that each place needs deciding; `trusted`: its owner
    doesn't call the brand ambiguous, or it's another name of that ("Facebook" of Meta), so that
    doubt speaks for the brand; `strict`: not every case of its letters will do.
    """

    brand: int
    role: Role
    folded: str
    written: str
    open: bool = False
    trusted: bool = False
    strict: bool = False


@dataclass(slots=True)
class Hit(Named):
    """A pattern of brand number `brand`, found as whole words at visible [start, end)."""

    pattern: Pattern


@dataclass(slots=True)
class Found:
    """What a text holds: names (longest wins), phrases of context, stems of judgements."""

    folded: Folded
    names: list[Hit]
    starts: list[int]
    """Where the names begin."""
    opened: list[Hit]
    """The names that need deciding."""
    context: list[Hit]
    cues: list[tuple[int, int]]
    """Where stems of judgements begin, and of which kind."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """Brands compiled for matching; `version` names the code and the brands' definitions."""

    brands: tuple[Brand, ...]
    version: str
    patterns: tuple[tuple[Pattern, ...], ...]
    """For every folded phrase the patterns that it stands for."""
    cues: tuple[int, ...]
    """For every folded phrase the judgements that it is a stem of."""
    automaton: ahocorasick_rs.AhoCorasick
    site_kinds: Mapping[str, SourceKind] | None
    owners: Mapping[str, Brand]
    """Brand by host or domain that it owns."""
    absent: tuple[Mention, ...]
    """Every brand's mention in an answer that doesn't name it."""


def track(brands: Sequence[Brand], site_kinds: Mapping[str, SourceKind] | None = None) -> Tracked:
    """The compiled matcher for these brands; `site_kinds` overrides source kinds by domain."""
    phrases: dict[str, dict[tuple[int, Role], Pattern]] = {}
    for pattern in _patterns(brands):
        phrases.setdefault(pattern.folded, {}).setdefault((pattern.brand, pattern.role), pattern)
    stems = cue_stems()
    for stem in stems:
        phrases.setdefault(stem, {})
    return Tracked(
        brands=tuple(brands),
        version=_version(brands, site_kinds),
        patterns=tuple(tuple(several.values()) for several in phrases.values()),
        cues=tuple(int(stems.get(phrase, 0)) for phrase in phrases),
        automaton=ahocorasick_rs.AhoCorasick(list(phrases), implementation=_FASTEST),
        site_kinds=site_kinds,
        owners=owners_of(brands),
        absent=tuple(Mention(brand.name, MentionState.ABSENT) for brand in brands),
    )


def _version(brands: Sequence[Brand], site_kinds: Mapping[str, SourceKind] | None) -> str:
    """Code version and a short hash of the definitions, whatever the order of the brands."""
    definitions = sorted(
        json.dumps(asdict(brand), ensure_ascii=True, sort_keys=True, default=dict)
        for brand in brands
    )
    definitions.append(json.dumps(dict(site_kinds or {}), sort_keys=True))
    digest = hashlib.sha256("\n".join(definitions).encode()).hexdigest()
    return f"{CODE_VERSION}-{digest[:6]}"


def _patterns(brands: Sequence[Brand]) -> Iterator[Pattern]:
    """Every folded phrase of every brand, in every role that it has."""
    for number, brand in enumerate(brands):
        own = fold_name(brand.name)
        forms = [form for several in brand.forms.values() for form in several]
        names = [brand.name, *brand.aliases, *forms]
        names += [form for name in names for form in inflected(name)]
        by_role = (
            (Role.NAME, names),
            (Role.EXCLUDE, brand.exclude),
            (Role.CONTEXT, (*brand.context, *brand.products) if brand.ambiguous else ()),
        )
        for role, phrases in by_role:
            for written in phrases:
                for folded in _foldings(written, role):
                    everyday = brand.ambiguous or is_everyday(folded)
                    yield Pattern(
                        number,
                        role,
                        folded,
                        written,
                        open=everyday and not is_distinct(written, brand.name),
                        trusted=not brand.ambiguous or not (folded == own or is_everyday(folded)),
                        strict=is_strict(written, case_sensitive=brand.case_sensitive),
                    )


def _foldings(written: str, role: Role) -> list[str]:
    """The folded forms of a phrase; a name's final exclamation mark may be left out."""
    folded = fold_name(written)
    foldings = [folded] if folded else []
    if role is Role.NAME and folded.endswith("!") and len(folded) > 4:
        foldings.append(folded.rstrip("! "))
    if "ß" in written.lower():
        foldings.append(fold_name(written.lower().replace("ß", "\u1e9e".lower())))
    return list(dict.fromkeys(foldings))


def find(text: str, tracked: Tracked) -> Found:
    """Names, context phrases and stems of judgements in visible text, in reading order."""
    folded = fold(text)
    by_role: tuple[list[Hit], list[Hit], list[Hit]] = ([], [], [])
    cues: list[tuple[int, int]] = []
    stems, patterns = tracked.cues, tracked.patterns
    announced = 0
    for index, start, end in _matches(folded, tracked):
        stem = stems[index]
        if stem:
            cues.append((start, stem))
            announced |= stem
        if not patterns[index]:
            continue
        whole = word_range(text, start, end)
        if whole is None:
            continue
        begin, stop = whole
        glued = begin > 0 and text[begin - 1].isalnum()
        another_word = text[stop : stop + 1] == "s" and text[begin].islower()
        for pattern in patterns[index]:
            if another_word and pattern.written[0].isupper():
                continue
            by_role[pattern.role].append(Hit(begin, stop, pattern.brand, glued, pattern))
    cues.sort()
    names, excluded, context = by_role
    if announced & _INTERFACE:
        skipped = boilerplate_ranges(text)
        names = [hit for hit in names if not _is_within(hit.start, skipped)]
        excluded = [hit for hit in excluded if not _is_within(hit.start, skipped)]
    if excluded:
        names = _permitted(names, excluded)
    names = _longest(names)
    starts, opened = [hit.start for hit in names], [hit for hit in names if hit.pattern.open]
    return Found(folded, names, starts, opened, context, cues)


def _matches(folded: Folded, tracked: Tracked) -> list[tuple[int, int, int]]:
    """Phrase number and range in the source text of everything that the matcher finds."""
    found = tracked.automaton.find_matches_as_indexes(folded.text, overlapping=True)
    if not folded.breaks:
        return found
    return [(index, *folded.source(start, end)) for index, start, end in found]


def _is_within(start: int, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(begin <= start < end for begin, end in ranges)


def _longest(names: list[Hit]) -> list[Hit]:
    """The names that no longer or earlier one overlaps.

    The same range can name several brands ("Pixel" as two brands' alias): all keep it.
    """
    starts = islice([hit.start for hit in names], 1, None)
    if all(map(le, [hit.end for hit in names], starts)):
        return names
    kept: list[Hit] = []
    last_start = last_end = -1
    for hit in sorted(names, key=_by_place):
        start, end = hit.start, hit.end
        if start >= last_end or (start == last_start and end == last_end):
            kept.append(hit)
            last_start, last_end = start, end
    return kept


def _by_place(hit: Hit) -> tuple[int, int, int]:
    return hit.start, -hit.end, hit.brand


def _permitted(names: list[Hit], excluded: list[Hit]) -> list[Hit]:
    """The names that neither lie within nor are cut by an excluded phrase of their brand."""
    ranges: dict[int, list[tuple[int, int]]] = {}
    for hit in excluded:
        ranges.setdefault(hit.brand, []).append((hit.start, hit.end))
    return [hit for hit in names if not _is_excluded(hit, ranges.get(hit.brand, ()))]


def _is_excluded(hit: Hit, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the ranges, as long as the name or longer, overlaps it."""
    return any(
        start < hit.end and hit.start < end and end - start >= hit.end - hit.start
        for start, end in ranges
    )
