"""What an answer will say, decided before how it says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from monitor.simulator.sources import Page
from monitor.simulator.statements import PlantedClaim
from monitor.types import Brand, Source, Span


class Layout(StrEnum):
    """The shape of an answer; all but `PROSE` are recommendation lists."""

    ORDERED = "ordered"
    BULLETS = "bullets"
    TABLE = "table"
    HEADINGS = "headings"
    LEADS = "leads"
    GROUPS = "groups"
    DETAILS = "details"
    PROSE = "prose"


@dataclass(frozen=True, slots=True)
class Said:
    """A statement to make about `brand`, as a sentence with an `{a}` slot."""

    fact_id: str
    brand: str
    correct: bool
    value: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Outline:
    """Who stands in the answer and as what, in order.

    `recommended` is in order of rank and holds names that nobody tracks among the tracked;
    `brands` has a record for every name. `pages` are to be cited, each brand's own ones with
    the brand where it is named.
    """

    layout: Layout
    brands: Mapping[str, Brand]
    recommended: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands: over all items, and in its own list."""

    rank: int
    list_no: int
    list_position: int
    list_size: int


@dataclass(frozen=True, slots=True)
class Composed:
    """A finished text with everything that was planted in it; spans are of the bare names."""

    text: str
    spans: Mapping[str, tuple[Span, ...]]
    places: Mapping[str, Place]
    claims: tuple[PlantedClaim, ...]
    sources: tuple[Source, ...]
