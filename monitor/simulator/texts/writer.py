"""Writes a text and remembers where every brand, statement and source stands in it."""

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from random import Random
from string import Formatter

from monitor.simulator.sources import Page
from monitor.simulator.texts.phrases import Phrases
from monitor.types import Brand, Source, Span


class CitationMarks(StrEnum):
    """How an assistant marks in its text what a page supports."""

    NONE = "none"
    LINKS = "links"
    """A Markdown link in parentheses, labelled with the domain."""
    NUMBERS = "numbers"
    """A number in brackets that counts the list of pages."""
    SEGMENTS = "segments"
    """No mark in the text; the supported sentence is the span."""


@lru_cache(maxsize=4096)
def _pieces(template: str) -> tuple[tuple[str, str, str], ...]:
    """The template as (literal before, slot, how the slot is written)."""
    return tuple(
        (literal, slot or "", spec or "") for literal, slot, spec, _ in Formatter().parse(template)
    )


class Writer:
    """A text that grows: it holds the pieces, and what was planted at which offset."""

    def __init__(self, phrases: Phrases, rng: Random, marks: CitationMarks) -> None:
        self.phrases = phrases
        self.rng = rng
        self.spans: dict[str, list[Span]] = {}
        self.sources: list[Source] = []
        self._marks = marks
        self._parts: list[str] = []
        self._length = 0
        self._unit_start = 0
        self._numbers: dict[str, int] = {}

    @property
    def length(self) -> int:
        """Characters written so far: the offset at which the next piece will stand."""
        return self._length

    def text(self) -> str:
        """Everything written."""
        return "".join(self._parts)

    def write(self, literal: str) -> None:
        """Append `literal`, which names no brand."""
        self._parts.append(literal)
        self._length += len(literal)

    def begin(self) -> None:
        """Say that a sentence or item starts here, for the source that will support it."""
        self._unit_start = self._length

    def choose(self, choices: tuple[str, ...]) -> str:
        """One of the wordings, by the answer's own random stream."""
        return choices[int(self.rng.random() * len(choices))]

    def fill(self, template: str, brands: Mapping[str, Brand] | None = None) -> None:
        """Append `template` with its brand slots taken from `brands`, the rest chosen."""
        used: set[str] = set()
        for literal, slot, spec in _pieces(template):
            if literal:
                self.write(literal)
            if slot in ("a", "b"):
                self.name((brands or {})[slot], spec)
            elif slot:
                self.write(self._fresh(getattr(self.phrases, slot), used))

    def name(self, brand: Brand, form: str = "") -> None:
        """Append a brand's name; `form` is "g" for the possessive or "-x" for a compound."""
        first = brand.name not in self.spans
        surface = brand.name if first else self._surface(brand)
        start = self._length
        self.write(surface)
        self.spans.setdefault(brand.name, []).append(Span(start, self._length))
        if form == "g":
            self.write(_possessive(surface, self.phrases.lang))
        elif form:
            self.write(form)
        if first and brand.ambiguous and (hint := _hint(brand)):
            self.write(f" ({hint})")

    def cite(self, page: Page, *, hide_name: bool = False) -> None:
        """Cite `page` for what was written since `begin`, in the assistant's own way."""
        number = self._numbers.setdefault(page.url, len(self._numbers) + 1)
        start, url = self._unit_start, page.url
        if self._marks is CitationMarks.LINKS:
            url = f"{page.url}{'&' if '?' in page.url else '?'}utm_source=openai"
            label = self.phrases.source_label if hide_name else page.domain
            self.write(" ")
            start = self._length
            self.write(f"([{label}]({url}))")
        elif self._marks is CitationMarks.NUMBERS:
            start = self._length
            self.write(f"[{number}]")
        self.sources.append(Source(url, page.title, True, Span(start, self._length)))

    def _surface(self, brand: Brand) -> str:
        forms = brand.forms.get(self.phrases.lang, ())
        others = (*brand.aliases, *(form for form in forms if "-" not in form))
        roll = self.rng.random()
        return brand.name if roll >= 0.25 or not others else others[int(roll * 4 * len(others))]

    def _fresh(self, choices: tuple[str, ...], used: set[str]) -> str:
        choice = self.choose(choices)
        while choice in used:
            choice = self.choose(choices)
        used.add(choice)
        return choice


def _possessive(surface: str, lang: str) -> str:
    sibilant = surface[-1:].lower() in "sßxz"
    if lang == "de":
        return "'" if sibilant else "s"
    return "'" if sibilant else "'s"


def _hint(brand: Brand) -> str:
    """A word after an ambiguous name's first use that says which thing is meant."""
    words = (*brand.context, *brand.products)
    return next((w for w in words if brand.name.casefold() not in w.casefold()), "")
