"""Composes matching, ranking and citations into what one answer says."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import islice
from types import MappingProxyType

from monitor.citations import read_citations
from monitor.mentions.cues import GAZETTEER
from monitor.mentions.deciding import Decided, decide
from monitor.mentions.matching import Found, Hit, Tracked, find
from monitor.mentions.ruled import Ruled, RuledNumbers, as_ruled, ruled_numbers, without_absent
from monitor.mentions.states import Judge
from monitor.mentions.unknown import unknown_names
from monitor.ranking import (
    Head,
    Item,
    Listing,
    Outline,
    avoided_brands,
    looks_like_name,
    read_lists,
    read_outline,
    recommendation_items,
)
from monitor.types import Extraction, Mention, MentionState, Source, Span

_FIRST_WORD = re.compile(r"[^\s:,(–—]*")
_NOTHING_RULED: RuledNumbers = MappingProxyType({})


def extract(
    raw: str,
    tracked: Tracked,
    sources: Sequence[Source] = (),
    lang: str | None = None,
    ruled: Ruled | None = None,
) -> Extraction:
    """All mentions (one per brand, absent ones too), citations and unknown names of an answer.

    `sources` are what `citations.sources_in_body` read from the provider's response; `lang` is
    the answer's language, guessed where it's None. What people `ruled` on a brand stands, whatever
    the rules make of it; where it isn't named at all it has neither spans nor rank.
    """
    outline = read_outline(raw)
    text = outline.text
    found = find(text, tracked)
    known = found.starts
    numbers = ruled_numbers(tracked, ruled) if ruled else _NOTHING_RULED
    if numbers:
        found = without_absent(found, numbers)
    if found.opened and (code := outline.code()):
        found.opened = _outside(found.opened, code)
    lists = read_lists(outline, found.starts)
    decided = decide(text, found, tracked, heads_to_decide(text, lists, found), lang)
    if numbers:
        decided = as_ruled(decided, found, numbers)
    items = recommendation_items(text, lists, decided.settled)
    judge = Judge(text, found.cues)
    avoided = avoided_brands(text, lists, decided.settled)
    return Extraction(
        mentions_of(tracked, decided, outline, items, judge, avoided, numbers),
        read_citations(outline, tracked.owners, sources, tracked.site_kinds),
        unknown_names(text, items, known),
    )


def _outside(hits: list[Hit], code: Sequence[tuple[int, int]]) -> list[Hit]:
    """The hits that don't stand in code, where an everyday word is no company ("class Meta:")."""
    starts = [start for start, _ in code]
    kept = []
    for hit in hits:
        at = bisect_right(starts, hit.start) - 1
        if at < 0 or hit.start >= code[at][1]:
            kept.append(hit)
    return kept


def heads_to_decide(text: str, lists: Sequence[Listing], found: Found) -> dict[int, int]:
    """Where heads begin that need deciding, and what their siblings are (see `decide`)."""
    if not found.opened:
        return {}
    opened = [hit.start for hit in found.opened]
    undecided = set(opened)
    sure = set(found.starts) - undecided
    starts: dict[int, int] = {}
    for listing in lists:
        if not listing.entries or not _any_between(opened, *listing.bounds()):
            continue
        companies = [
            head.start in sure or _first_word(text, head.start) in GAZETTEER
            for head in listing.heads
        ]
        count = sum(companies)
        for head, company in zip(listing.heads, companies, strict=True):
            if head.start in undecided:
                some = count > company
                starts[head.start] = 1 if some else _kind_of_siblings(text, listing, head)
    return starts


def _kind_of_siblings(text: str, listing: Listing, head: Head) -> int:
    """-1 where most other heads of a list are no names, else 0."""
    others = list(islice((each for each in listing.heads if each is not head), 20))
    names = sum(1 for each in others if looks_like_name(text[each.start : each.end]))
    return -1 if others and names * 2 < len(others) else 0


def _any_between(offsets: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(offsets, start)
    return at < len(offsets) and offsets[at] < end


def _first_word(text: str, start: int) -> str:
    found = _FIRST_WORD.match(text, start, start + 30)
    return found[0].lower() if found else ""


def mentions_of(
    tracked: Tracked,
    decided: Decided,
    outline: Outline,
    items: Sequence[Item],
    judge: Judge,
    avoided: frozenset[int],
    ruled: RuledNumbers = _NOTHING_RULED,
) -> tuple[Mention, ...]:
    """One mention for every brand, in the order in which the brands were given."""
    ranked: dict[int, Item] = {}
    for item in items:
        for subject in item.subjects:
            ranked.setdefault(subject, item)
    mentions = list(tracked.absent)
    for number, stated in ruled.items():
        mentions[number] = Mention(tracked.brands[number].name, stated or MentionState.ABSENT)
    if decided.unsettled:
        for number, hits in _by_brand(decided.unsettled).items():
            name = tracked.brands[number].name
            mentions[number] = Mention(name, MentionState.AMBIGUOUS, _spans(hits, outline))
    order = 0
    for number, hits in _by_brand(decided.settled).items():
        first = ranked.get(number)
        state = ruled.get(number) or judge.state(
            hits, first.head if first else None, avoided=number in avoided
        )
        name, spans = tracked.brands[number].name, _spans(hits, outline)
        if not state.visible:
            mentions[number] = Mention(name, state, spans)
            continue
        order += 1
        mentions[number] = _visible(name, state, spans, order, first)
    return tuple(mentions)


def _by_brand(hits: Sequence[Hit]) -> dict[int, list[Hit]]:
    """Hits by brand number, brands in the order of their first hit."""
    found: dict[int, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.brand, []).append(hit)
    return found


def _spans(hits: Sequence[Hit], outline: Outline) -> tuple[Span, ...]:
    return tuple([outline.raw_span(hit.start, hit.end) for hit in hits])


def _visible(
    name: str, state: MentionState, spans: tuple[Span, ...], order: int, item: Item | None
) -> Mention:
    """The mention of a visible brand; `item` is the first that recommends it."""
    if item is None:
        return Mention(name, state, spans, None, order)
    return Mention(
        name, state, spans, item.place, order, item.list_no, item.list_position, item.list_size
    )


def names_any(text: str, tracked: Tracked) -> bool:
    """Whether a text, such as a question, names any tracked brand."""
    visible = read_outline(text).text
    return bool(decide(visible, find(visible, tracked), tracked, {}, None).settled)
