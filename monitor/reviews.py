"""What a person looks at next: pure decisions over judged items; no I/O, no clock.

judged items → selected by reason, gravest first ┐
judged items → strata → drawn at random          ┴→ mixed at a fixed share → claimed, one by one

Only items drawn at random calibrate the machine. They are drawn from all judged items, also from
those that were selected before: leaving those out would leave out what looked bad. A stratum is
one judge version × engine × verdict; inside it every item has the same chance. Items stand in an
order that depends on nothing but their ids, so that a draw is the same wherever it's made, and new
items find their place in it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import islice
from math import sqrt

from monitor.types import ReviewSample, Verdict

RANDOM_SHARE = 0.25
"""One review in four is a random one, as long as there is something to select."""
CALIBRATION_GOAL = 50
"""Random reviews of each judge version that are asked for even where nothing is selected."""
UNCERTAIN_BELOW = 0.7
CLAIMED_FOR = timedelta(minutes=15)

SETTLED = (Verdict.CORRECT, Verdict.INCORRECT, Verdict.OUTDATED)
CONTRADICTING = (Verdict.INCORRECT, Verdict.OUTDATED)


class Reason(StrEnum):
    """Why a person should look at an item, gravest first."""

    CRITICAL = "critical"
    """A critical fact is contradicted."""
    DISAGREEMENT = "disagreement"
    """Rules and judges differ, or answers to one question do and this one is in the minority."""
    UNCERTAIN = "uncertain"
    """The machine settled it, but isn't sure."""
    CONTRADICTION = "contradiction"
    """Another fact is contradicted."""
    OPEN = "open"
    """The answer says something of the fact, and the machine can't tell whether it's true."""
    RANDOM = "random"
    """It was drawn to calibrate the machine."""
    CHOSEN = "chosen"
    """A person went to it, or took their verdict back."""


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One answer's word on one fact, for a person to look at.

    A random item carries its stratum and how many items that had when it was drawn.
    """

    answer_id: str
    fact_id: str
    reason: Reason
    stratum: str = ""
    stratum_items: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """What tells items apart, however they were found."""
        return (self.answer_id, self.fact_id)

    @property
    def sample(self) -> ReviewSample:
        """What a review of it counts as."""
        return ReviewSample.RANDOM if self.reason is Reason.RANDOM else ReviewSample.SELECTED


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of all judged items, `drawn` of them reviewed as random ones, `next_ones` in order."""

    version: str
    engine: str
    verdict: Verdict
    items: int
    drawn: int
    next_ones: tuple[tuple[str, str], ...]
    """(answer, fact) of the first items in random order that aren't drawn yet."""

    @property
    def name(self) -> str:
        """The stratum as a review names it."""
        return " | ".join((self.version, self.engine, self.verdict.value))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many reviews of each sort stand."""

    selected: int
    random: int


def drawn_items(strata: Iterable[Stratum]) -> Iterator[ReviewItem]:
    """Random items in the order in which they are to be reviewed.

    Judge versions take turns, the one reviewed least first. Within one, strata get reviews in
    proportion to the square root of their size: rare verdicts are seen, common ones weigh more.
    """
    parts = [part for part in strata if part.items]
    drawn = {part.name: part.drawn for part in parts}
    of_version = {part.version: 0 for part in parts}
    for part in parts:
        of_version[part.version] += part.drawn
    left = {part.name: list(part.next_ones) for part in parts}
    while open_parts := [part for part in parts if left[part.name]]:
        part = min(
            open_parts,
            key=lambda p: (of_version[p.version], (drawn[p.name] + 1) / sqrt(p.items), p.name),
        )
        answer_id, fact_id = left[part.name].pop(0)
        drawn[part.name] += 1
        of_version[part.version] += 1
        yield ReviewItem(answer_id, fact_id, Reason.RANDOM, part.name, part.items)


def random_wanted(strata: Iterable[Stratum], selected: int) -> int:
    """How many random reviews wait: what is missing to the goals, or goes with `selected` ones."""
    missing, there = 0, 0
    versions: dict[str, list[Stratum]] = {}
    for part in strata:
        versions.setdefault(part.version, []).append(part)
    for parts in versions.values():
        items, drawn = sum(part.items for part in parts), sum(part.drawn for part in parts)
        missing += max(0, min(CALIBRATION_GOAL, items) - drawn)
        there += max(0, items - drawn)
    mixed_in = round(selected * RANDOM_SHARE / (1 - RANDOM_SHARE))
    return min(there, max(missing, mixed_in))


def mixed(
    selected: Sequence[ReviewItem], random: Iterable[ReviewItem], done: Counts
) -> Iterator[ReviewItem]:
    """Selected and random items in one queue, with `RANDOM_SHARE` of all reviews random ones.

    An item that is in both stands where it comes first.
    """
    picked, drawn = list(selected), list(random)
    randoms, total = done.random, done.random + done.selected
    seen: set[tuple[str, str]] = set()
    while picked or drawn:
        due = randoms + 1 <= RANDOM_SHARE * (total + 1)
        is_random = bool(drawn) and (due or not picked)
        item = (drawn if is_random else picked).pop(0)
        if item.key in seen:
            continue
        seen.add(item.key)
        randoms += is_random
        total += 1
        yield item


def review_queue(
    selected: Sequence[ReviewItem],
    strata: Sequence[Stratum],
    waiting_selected: int,
    done: Counts,
) -> tuple[ReviewItem, ...]:
    """What to look at, in order: the first `selected` ones mixed with random ones."""
    wanted = random_wanted(strata, waiting_selected)
    return tuple(mixed(selected, islice(drawn_items(strata), wanted), done))
