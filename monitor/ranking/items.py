"""Chooses the lists that recommend and gives every recommendation item its place.

An item that comes again, such as in a summary, keeps its first place.
"""

from bisect import bisect_left
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from monitor.ranking.heads import Head
from monitor.ranking.judging import GENERIC, LAID_OUT, Judge, Judged, Named
from monitor.ranking.listing import Listing, ListKind
from monitor.ranking.titles import AVOIDED, NO_PICKS, PICKS, SHOPS


@dataclass(slots=True)
class Item:
    """A recommendation item: head, subjects (brand numbers) and place; see `Mention` for places."""

    head: Head
    subjects: tuple[int, ...]
    place: int
    list_no: int
    list_position: int
    list_size: int


_CLOSING = ' \t\n*_:–—-|,;.()"”“'
_PLACE = itemgetter(0, 1)
_FEW_WORDS = 12
"""No name has more; time stays bounded however long a bold line is."""
_NEAR = 4
"""No word is between two lines that are no farther apart."""


def recommendation_items(
    text: str, lists: Sequence[Listing], names: Sequence[Named]
) -> tuple[Item, ...]:
    """The answer's recommendation items in reading order, given where tracked names stand."""
    judge = Judge(text, names)
    chosen = _chosen(judge, lists, SHOPS)
    if not any(any(each.subjects) for each in chosen):
        chosen = judge.fallback() or chosen
        if any(listing.says & SHOPS for listing in lists) and not _brands(chosen):
            chosen = _chosen(judge, lists, 0)
    return tuple(_placed(text, chosen))


def _chosen(judge: Judge, lists: Sequence[Listing], skipped: int) -> list[Judged]:
    """The lists whose items are recommendations; `skipped` are bits of `Title` that exclude one."""
    judged: dict[int, Judged] = {}
    below_picks: set[int] = set()
    for listing in lists:
        if listing.says & skipped:
            continue
        below_pick = listing.parent is not None and _is_below_pick(listing, judged, below_picks)
        if below_pick:
            below_picks.add(id(listing))
        each = judge.considered(listing, below_pick=below_pick)
        if each is not None:
            judged[id(listing)] = each
    if len(judged) > 2:
        _follow_siblings(judged.values())
    chosen = [each for each in judged.values() if each.picks]
    for each in chosen:
        _drop_category(each, judged)
    return _without_asides(chosen)


def _follow_siblings(judged: Iterable[Judged]) -> None:
    """Let a list recommend that stands below a title as others do that recommend.

    Of categories one may hold nobody who is tracked, or only heads that don't look like names.
    """
    families: dict[int, list[Judged]] = {}
    for each in judged:
        if each.listing.parent is not None and each.listing.kind in LAID_OUT:
            families.setdefault(id(each.listing.parent[0]), []).append(each)
    for family in families.values():
        if len(family) > sum(each.picks for each in family) > 1:
            for each in family:
                each.picks = each.picks or _may_recommend(each)


def _may_recommend(each: Judged) -> bool:
    """Whether a list sets its heads off, names a tracked brand or has but one item.

    A single item that a tracked name begins may also be a sentence.
    """
    heads = each.listing.heads
    if each.listing.says & NO_PICKS or not (len(heads) == 1 or any(each.subjects)):
        return False
    if len(heads) == 1 and any(each.subjects):
        return True
    return all(head.terminated and head.separator and not head.label for head in heads)


def _without_asides(chosen: list[Judged]) -> list[Judged]:
    """The lists without those that only explain, and without cards that show what is picked."""
    if len(chosen) < 2:
        return chosen
    announced = next((each for each in chosen if _announces(each)), None)
    if announced is not None:
        chosen = [each for each in chosen if not _explains(each, announced)]
    picks = [each for each in chosen if not _holds_cards(each)]
    shown = _brands(chosen)
    return picks if len(_brands(picks)) * 2 > len(shown) or not shown else chosen


def _is_below_pick(
    listing: Listing, judged: dict[int, Judged], below_picks: Container[int]
) -> bool:
    """Whether a list stands below a pick or step, at any depth, so lists what is said of that."""
    if listing.parent is None:
        return False
    above, number = listing.parent
    each = judged.get(id(above))
    if each is not None and each.picks:
        return each.classes[number] is not GENERIC
    if each is not None and each.steps and each.listing.heads[number].numbered:
        return True
    return id(above) in below_picks


def _announces(each: Judged) -> bool:
    """Whether a list is announced as one of picks, and most of its heads are of tracked brands."""
    if not each.listing.says & PICKS or not _names_several(each):
        return False
    return each.listing.kind is ListKind.GLUED or _is_mostly_tracked(each)


def _is_mostly_tracked(each: Judged) -> bool:
    return sum(map(bool, each.subjects)) * 2 >= len(each.subjects)


def _explains(each: Judged, announced: Judged) -> bool:
    """Whether a list explains something before the announced one, or in another glued section."""
    if _is_mostly_tracked(each):
        return False
    before = each.listing.bounds()[1] <= announced.listing.bounds()[0]
    if each.listing.kind is not ListKind.GLUED or announced.listing.kind is not ListKind.GLUED:
        return before and not each.listing.says & PICKS
    # "Drainage options" are announced as picks are, but none of their names has any figure.
    return not each.listing.says & PICKS or (before and not _names_models(each))


def _names_models(each: Judged) -> bool:
    """Whether a head names somebody tracked, or has a figure as many products' names have."""
    listing = each.listing
    return any(each.subjects) or any(
        char.isdigit() for head in listing.heads for char in listing.text[head.start : head.end]
    )


def _holds_cards(each: Judged) -> bool:
    """Whether a list's items are shops' product cards: they only show what is picked elsewhere."""
    return each.listing.kind is ListKind.LINES and each.listing.heads[0].separator == "card"


def _drop_category(each: Judged, judged: dict[int, Judged]) -> None:
    """Make the title above a list of picks no item, where these are others than it names."""
    if each.listing.parent is None:
        return
    listing, number = each.listing.parent
    above = judged.get(id(listing))
    if above is None or not above.picks:
        return
    others = {brand for subjects in each.subjects for brand in subjects}
    others.difference_update(above.subjects[number])
    if len(others) > 1 and (not above.subjects[number] or _is_title(listing.heads[number], each)):
        above.classes[number] = GENERIC


def _is_title(head: Head, below: Judged) -> bool:
    """Whether a head without a number stands right above a list, with no word in between."""
    return not (head.numbered or head.linked) and below.listing.bounds()[0] - head.line_end < _NEAR


def _brands(lists: Sequence[Judged]) -> set[int]:
    return {brand for each in lists for subjects in each.subjects for brand in subjects}


def _names_several(each: Judged) -> bool:
    return len(_brands([each])) >= 2


def avoided_brands(text: str, lists: Sequence[Listing], names: Sequence[Named]) -> frozenset[int]:
    """The brands that head items of a list of what to avoid."""
    lists = [listing for listing in lists if listing.says & AVOIDED]
    if not lists:
        return frozenset()
    judge = Judge(text, names)
    return frozenset(
        brand for listing in lists for head in listing.heads for brand in judge.subjects(head)
    )


def _with_brackets(text: str, head: Head) -> str:
    """What an item says with the brackets after it ("Acme Book (2020, 13 inches)")."""
    close = text.find(")", head.end, head.line_end)
    return text[head.start : close if close > 0 else head.end].casefold()


def _placed(text: str, chosen: Sequence[Judged]) -> list[Item]:
    """Items with their places, in reading order; an item that comes again keeps its place."""
    found: list[tuple[int, int, Head, tuple[int, ...]]] = []
    sizes = [0] * len(chosen)
    for number, each in enumerate(chosen):
        whole = each.listing.kind in LAID_OUT
        for head, kind, subjects in zip(
            each.listing.heads, each.classes, each.subjects, strict=True
        ):
            if whole or kind is not GENERIC or head.numbered or head.linked:
                found.append((head.start, number, head, subjects))
                sizes[number] += 1
    found.sort(key=_PLACE)
    keys = [text[head.start : head.end + 1].rstrip(_CLOSING).casefold() for _, _, head, _ in found]
    if len(chosen) > 1:
        keys = _in_full(keys, [number for _, number, _, _ in found], sizes)
    positions = [0] * len(chosen)
    list_numbers: dict[int, int] = {}
    places: dict[str, tuple[int, int]] = {}
    """By what an item says its place and the list where it first came."""
    items: list[Item] = []
    last = 0
    for (_, number, head, subjects), key in zip(found, keys, strict=True):
        known, said = places.get(key), key
        if head.separator == "paren":
            said = _with_brackets(text, head)
            known = places.get(said) or (known if known and known[1] != number else None)
        if known is None or (known[1] == number and chosen[number].listing.kind in LAID_OUT):
            last += 1
            known = last, number
            places.setdefault(said, known)
            places.setdefault(key, known)
        positions[number] = position = positions[number] + 1
        list_no = list_numbers.setdefault(number, len(list_numbers) + 1)
        items.append(Item(head, subjects, known[0], list_no, position, sizes[number]))
    return items


def _in_full(keys: list[str], numbers: Sequence[int], sizes: Sequence[int]) -> list[str]:
    """What the items say; in a list that mostly repeats, what they said at first.

    Such a list may name an earlier item in short, or with more words. `keys` are what the items
    say in this place, `numbers` those of their lists, `sizes` how long these are.
    """
    first: dict[str, int] = {}
    for index, key in enumerate(keys):
        first.setdefault(key, index)
    if len({numbers[index] for index in first.values()}) < 2:
        return keys
    by_key = sorted(first.items())
    repeated = [0] * len(sizes)
    at_first: list[int] = []
    for index, key in enumerate(keys):
        at = first[key]
        if at == index:
            longer, at = by_key[bisect_left(by_key, (f"{key} ",)) % len(by_key)]
            if at > index or not longer.startswith(f"{key} "):
                at = _shorter(key, first, index)
        repeated[numbers[index]] += numbers[at] != numbers[index]
        at_first.append(at)
    return [
        keys[at] if repeated[number] * 2 > sizes[number] and numbers[at] != number else key
        for key, at, number in zip(keys, at_first, numbers, strict=True)
    ]


def _shorter(key: str, first: dict[str, int], index: int) -> int:
    """Which item before the one with this index says the first words of it, else that itself."""
    words = key.split(" ", _FEW_WORDS)
    for size in range(len(words) - 1, 0, -1):
        at = first.get(" ".join(words[:size]), index)
        if at < index:
            return at
    return index
