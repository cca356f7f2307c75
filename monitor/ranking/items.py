"""Finds an answer's recommendation items in its outline."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.ranking.outline import BlockKind, Outline


@dataclass(frozen=True, slots=True)
class Item:
    """A recommendation item: its head and whole text as visible ranges, and its place.

    `place` is 1-based over all items of the answer, `list_position` within list `list_no`.
    """

    start: int
    head_end: int
    end: int
    place: int
    list_no: int
    list_position: int
    list_size: int


def recommendation_items(outline: Outline) -> tuple[Item, ...]:
    """The answer's recommendation items in reading order."""
    blocks = [block for block in outline.blocks if block.kind is BlockKind.ITEM]
    if not blocks:
        return ()
    top = min(block.depth for block in blocks)
    tops = [block for block in blocks if block.depth == top]
    groups = list(dict.fromkeys(block.group for block in tops))
    sizes = {group: sum(block.group == group for block in tops) for group in groups}
    items = []
    seen: dict[int, int] = {}
    for place, block in enumerate(tops, 1):
        seen[block.group] = seen.get(block.group, 0) + 1
        items.append(
            Item(
                block.start,
                block.end,
                block.end,
                place,
                groups.index(block.group) + 1,
                seen[block.group],
                sizes[block.group],
            )
        )
    return tuple(items)


def item_at(items: Sequence[Item], offset: int) -> Item | None:
    """The item in whose head the visible offset stands."""
    return next((item for item in items if item.start <= offset < item.head_end), None)
