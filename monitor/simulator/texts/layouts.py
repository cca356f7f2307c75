"""The shapes of a recommendation list."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from monitor.simulator.texts.outline import Layout, Place
from monitor.types import Brand

if TYPE_CHECKING:
    from monitor.simulator.texts.compose import Draft

Listing = Callable[["Draft"], None]

_HEADS = ("**{}**: ", "**{}** – ", "{} – ", "{}: ", "**{}:** ", "*{}* – ", "**{}** ({best}): ")


def _ordered(draft: "Draft") -> None:
    _items(draft, draft.outline.recommended, bullet=None, head=_head(draft))


def _bullets(draft: "Draft") -> None:
    bullet = "*" if draft.chance(0.3) else "-"
    _items(draft, draft.outline.recommended, bullet=bullet, head=_head(draft))


def _groups(draft: "Draft") -> None:
    """Bulleted lists under headings that name an audience; ranks run on over the lists."""
    names, head = draft.outline.recommended, _head(draft)
    cut = max(1, len(names) // 2)
    titles = draft.writer.rng.sample(draft.phrases.group_titles, 2)
    for number, part in enumerate(filter(None, (names[:cut], names[cut:])), 1):
        draft.open_block()
        draft.writer.write(f"**{titles[number - 1]}**" if head[0] != "*" else titles[number - 1])
        _items(draft, part, bullet="-", head=head, list_no=number)


def _details(draft: "Draft") -> None:
    """A numbered list with each item's strengths and drawbacks in a list below it."""
    names, bold = draft.outline.recommended, "**" if draft.chance(0.7) else ""
    draft.writer.write("\n")
    for position, name in enumerate(names, 1):
        draft.writer.write("\n")
        draft.writer.begin()
        _named(draft, name, f"{position}. {bold}", bold)
        for choices in (draft.phrases.pros, draft.phrases.cons):
            draft.writer.write("\n   - ")
            draft.writer.fill(draft.writer.choose(choices))
        draft.support((name,))
        draft.places[name] = Place(position, 1, position, len(names))


def _table(draft: "Draft") -> None:
    heads = draft.phrases.table_heads[int(draft.writer.rng.random() * 3)]
    bold = "**" if draft.chance(0.4) else ""
    draft.open_block()
    draft.writer.write(f"| {' | '.join(heads)} |\n|---|---|---|")
    names = draft.outline.recommended
    for position, name in enumerate(names, 1):
        draft.writer.write("\n")
        draft.writer.begin()
        _named(draft, name, f"| {bold}", f"{bold} | ")
        draft.writer.fill("{plus} | {who}")
        draft.support((name,))
        draft.writer.write(" |")
        draft.places[name] = Place(position, 1, position, len(names))


def _headings(draft: "Draft") -> None:
    numbered, level = draft.chance(0.5), "##" if draft.chance(0.3) else "###"
    names = draft.outline.recommended
    for position, name in enumerate(names, 1):
        draft.open_block()
        _named(draft, name, f"{level} {f'{position}. ' if numbered else ''}", "")
        draft.open_block()
        draft.body()
        draft.support((name,))
        draft.places[name] = Place(position, 1, position, len(names))


def _leads(draft: "Draft") -> None:
    """Paragraphs that each start with a name in bold."""
    numbered, stop = draft.chance(0.3), "." if draft.chance(0.5) else ":"
    names = draft.outline.recommended
    for position, name in enumerate(names, 1):
        draft.open_block()
        _named(draft, name, f"**{f'{position}. ' if numbered else ''}", f"{stop}** ")
        draft.body()
        draft.support((name,))
        draft.places[name] = Place(position, 1, position, len(names))


def _items(
    draft: "Draft", names: Sequence[str], *, bullet: str | None, head: str, list_no: int = 1
) -> None:
    offset, loose = len(draft.places), draft.chance(0.25)
    draft.writer.write("\n")
    for position, name in enumerate(names, 1):
        draft.writer.write("\n\n" if loose and position > 1 else "\n")
        draft.writer.begin()
        before, after = head.split("{}", 1)
        mark = bullet or f"{position}."
        _named(draft, name, f"{mark} {before}", "")
        if "{best}" in after:
            left, right = after.split("{best}")
            draft.writer.write(left)
            draft.writer.fill(draft.writer.choose(draft.phrases.best_for))
            after = right
        draft.writer.write(after)
        draft.body()
        draft.support((name,))
        draft.places[name] = Place(offset + position, list_no, position, len(names))


def _head(draft: "Draft") -> str:
    """How the items of this list start; the same for all of them, as people write."""
    return draft.writer.choose(_HEADS)


def _named(draft: "Draft", name: str, before: str, after: str) -> None:
    """Append the item's name, at times as a link to the brand's site."""
    brand: Brand = draft.outline.brands[name]
    link = bool(brand.domains) and draft.chance(0.12)
    draft.writer.write(f"{before}[" if link else before)
    draft.writer.name(brand)
    draft.writer.write(f"](https://www.{brand.domains[0]}){after}" if link else after)


LISTINGS: Mapping[Layout, Listing] = {
    Layout.ORDERED: _ordered,
    Layout.BULLETS: _bullets,
    Layout.TABLE: _table,
    Layout.HEADINGS: _headings,
    Layout.LEADS: _leads,
    Layout.GROUPS: _groups,
    Layout.DETAILS: _details,
}
