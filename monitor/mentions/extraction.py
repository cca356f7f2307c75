"""Composes matching, ranking and citations into what one answer says."""

from collections.abc import Sequence

from monitor.citations import read_citations
from monitor.mentions.matching import Hit, Tracked, find
from monitor.ranking import Item, Named, Outline, read_lists, read_outline, recommendation_items
from monitor.types import Extraction, Mention, MentionState, Source


def extract(
    text: str, tracked: Tracked, sources: Sequence[Source] = (), lang: str | None = None
) -> Extraction:
    """All mentions (one per brand, absent ones too), citations and unknown names of an answer.

    `sources` are what `citations.sources_in_body` read from the provider's response; `lang` is
    the answer's language, guessed where it's None.
    """
    outline = read_outline(text)
    hits = find(outline.text, tracked).names
    lists = read_lists(outline, frozenset(hit.start for hit in hits))
    named = [Named(hit.start, hit.end, hit.brand, _is_glued(outline.text, hit)) for hit in hits]
    items = recommendation_items(outline.text, lists, named)
    order = list(dict.fromkeys(hit.brand for hit in hits))
    mentions = tuple(
        _mention(
            number, tracked, [hit for hit in hits if hit.brand == number], order, outline, items
        )
        for number in range(len(tracked.brands))
    )
    return Extraction(
        mentions, read_citations(outline, tracked.brands, sources, tracked.site_kinds)
    )


def _is_glued(text: str, hit: Hit) -> bool:
    return hit.start > 0 and text[hit.start - 1].isalnum()


def _mention(
    number: int,
    tracked: Tracked,
    hits: Sequence[Hit],
    order: Sequence[int],
    outline: Outline,
    items: Sequence[Item],
) -> Mention:
    name = tracked.brands[number].name
    if not hits:
        return Mention(name, MentionState.ABSENT)
    item = next((item for item in items if number in item.subjects), None)
    return Mention(
        name,
        MentionState.RECOMMENDED if item else MentionState.MENTIONED,
        tuple(outline.raw_span(hit.start, hit.end) for hit in hits),
        rank=item.place if item else None,
        order=order.index(number) + 1,
        list_no=item.list_no if item else None,
        list_position=item.list_position if item else None,
        list_size=item.list_size if item else None,
    )


def names_any(text: str, tracked: Tracked) -> bool:
    """Whether a text, such as a question, names any tracked brand."""
    return bool(find(read_outline(text).text, tracked).names)
