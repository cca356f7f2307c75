"""What people ruled on brands, applied where rules alone would decide.

A brand ruled absent is taken out before lists are judged: ranks and order come out as if nobody had
taken the word for it, though it isn't a name that nobody tracks. Of a brand ruled there, those
names count that the rules settle, else those that they leave open, else all that were found:
"apple pie" isn't marked because the answer also recommends Apple.
"""

from collections.abc import Mapping
from dataclasses import replace

from monitor.mentions.deciding import Decided
from monitor.mentions.matching import Found, Hit, Tracked
from monitor.types import MentionState

Ruled = Mapping[str, MentionState | None]
"""States by brand; None: it's the brand, and how it is spoken of is for the rules to say."""

RuledNumbers = Mapping[int, MentionState | None]
"""The same by the brand's number among the tracked ones."""


def ruled_numbers(tracked: Tracked, ruled: Ruled) -> RuledNumbers:
    """Rulings on tracked brands; those on others have nothing to say here."""
    names = [brand.name for brand in tracked.brands]
    return {number: ruled[name] for number, name in enumerate(names) if name in ruled}


def without_absent(found: Found, ruled: RuledNumbers) -> Found:
    """What was found without the names of brands that are ruled absent."""
    names = [hit for hit in found.names if ruled.get(hit.brand) is not MentionState.ABSENT]
    opened = [hit for hit in names if hit.pattern.open]
    return replace(found, names=names, starts=[hit.start for hit in names], opened=opened)


def as_ruled(decided: Decided, found: Found, ruled: RuledNumbers) -> Decided:
    """What was decided with some names settled for every brand that is ruled there."""
    settled = list(decided.settled)
    for number in ruled:
        if not _of(number, settled):
            settled += _of(number, decided.unsettled) or _of(number, found.names)
    return Decided(sorted(settled, key=lambda hit: (hit.start, hit.brand)), decided.unsettled)


def _of(brand: int, hits: list[Hit]) -> list[Hit]:
    return [hit for hit in hits if hit.brand == brand]
