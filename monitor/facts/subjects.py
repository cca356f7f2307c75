"""Where a passage speaks of a fact's subject: in its own words, or in what stands over it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from monitor.facts.binding import Bound, bound
from monitor.facts.claims import Reading
from monitor.facts.passages import Passage
from monitor.facts.terms import in_all, in_lang, pattern, spans
from monitor.facts.words import ANAPHOR
from monitor.ranking import BlockKind
from monitor.types import Fact, FactType


@dataclass(frozen=True, slots=True)
class Subject:
    """A fact's subject in a passage: the visible places of its words, or `above` it."""

    passage: Passage
    places: tuple[tuple[int, int], ...]
    above: bool = False


def subjects(reading: Reading, fact: Fact, extra: Sequence[str] = ()) -> Iterator[Subject]:
    """The passages that speak of the fact's subject.

    `extra` are further subject words, such as a unit's name.
    """
    if not reading.passages:
        return
    terms = (*in_lang(fact.subject, reading.lang), *extra)
    loose = pattern(terms or _statement_words(fact, reading.lang), reading.lang, loose=True)
    if loose is None:
        return
    covering = pattern(reading.covering, reading.lang)
    yes_no = fact.value.type is FactType.BOOLEAN  # "no free trial" isn't about "no free plan"
    words = () if yes_no else _statement_words(fact, reading.lang)
    frame = tuple(pattern((word,), reading.lang) for word in words)
    for passage in reading.passages:
        places = [
            (passage.start + start, passage.start + end)
            for start, end in spans(loose, passage.text)
            if not _hidden(passage.text, start, end, covering, loose)
        ]
        places = places or _frame_places(passage, frame)
        if places:
            yield Subject(passage, tuple(places))
        elif _is_above(reading, passage, loose):
            yield Subject(passage, (), above=True)


def bound_to(fact: Fact, passage: Passage, start: int, end: int) -> Bound | None:
    """How the value at visible [start, end) is bound, if it's bound to the fact's brand."""
    found = bound(passage, start, end)
    return found if fact.brand in found.brands and not _of_somebody(passage, start) else None


_SOMEBODY = re.compile(
    r"\W*(?:an?|one(?! of)|another|some|several|two|three|four|five|eine?|einige|manche|mehrere|"
    r"zwei|drei|vier|fünf)\s+"
    r"(?!(?:[\w-]+\s+){0,3}?(?:\w*plan|tier|edition|trial|version|vendor|company|firm|provider|"
    r"tool|platform|product|system|software|team|staff|support|tarif|paket|testphase|anbieter|"
    r"unternehmen|hersteller|plattform|produkt|lösung)\b)"
    r"(?:(?-i:[a-zäöü]|[A-ZÄÖÜ](?=[\w-]+\s))[\w-]*\s+){1,9}",
    re.IGNORECASE,
)


def _of_somebody(passage: Passage, start: int) -> bool:
    """Whether the sentence is about somebody who only has to do with the brand.

    "A consultant who sets up Acme charges 120 euros", "Three former Acme employees now have …".
    """
    first = min((name.start for name in passage.names), default=start)
    before = passage.text[: first - passage.start]
    return first < start and _SOMEBODY.fullmatch(before) is not None


def by_distance(
    passage: Passage,
    places: Iterable[tuple[int, int]],
    candidates: Iterable[tuple[int, int]],
    *,
    limit: int = 120,
    before: int = 8,
) -> list[tuple[int, tuple[int, int], tuple[int, int]]]:
    """(gap, place, candidate), nearest first.

    What stands before the subject counts as `before` characters farther away, and what another
    part of the sentence holds as 30.
    """
    found = []
    for place in places:
        for candidate in candidates:
            after = candidate[0] >= place[1]
            gap = candidate[0] - place[1] if after else place[0] - candidate[1]
            short = place[1] - place[0] <= 2
            gap = max(gap, 0)  # one may stand inside the other
            low, high = sorted((place, candidate))
            if _PART.search(passage.text, low[1] - passage.start, high[0] - passage.start):
                gap += 30
            if gap <= limit and not (short and (not after or gap > 15)):
                found.append((gap if after else gap + before, place, candidate))
    return sorted(found)


_PART = re.compile(r"[,;]\s|(?<!\w)(?:and|und)(?!\w)", re.IGNORECASE)
"""Where one part of a sentence ends: a value beyond belongs to something else, more likely."""
_COMMON = frozenset(
    {
        "their", "there", "which", "where", "about", "month", "every", "than", "that", "this",
        "with", "from", "more", "have", "only", "been", "before", "through", "into", "over",
        "will", "your", "uses", "used", "using", "costs", "goes", "until", "without", "runs",
        "einer", "einem", "einen", "wird", "werden", "wurde", "haben", "sich", "nach", "mehr",
        "nicht", "keine", "monat", "diese", "dieser", "durch", "oder", "lässt", "über", "kostet",
        "gibt", "seinen", "seine", "bietet", "kann", "ohne", "nur", "unter", "bis", "zum",
    }
)  # fmt: skip
_FRAME_SHARE = 0.6
"""A sentence with this share of a statement's words speaks of what the statement does."""


def _frame_places(
    passage: Passage, frame: Sequence[re.Pattern[str] | None]
) -> list[tuple[int, int]]:
    """Where the words of the fact's own statement stand, if most of them do."""
    wanted = max(2, _FRAME_SHARE * len(frame))
    if len(frame) < wanted:
        return []
    hits: list[tuple[int, int]] = []
    for tried, word in enumerate(frame):
        if len(hits) + len(frame) - tried < wanted:
            return []
        hits += list(spans(word, passage.text))[:1]
    if len(hits) < wanted:
        return []
    return [(passage.start + start, passage.start + end) for start, end in hits]


def _statement_words(fact: Fact, lang: str) -> tuple[str, ...]:
    """What a fact's statement is about: its words without brand, value and everyday words."""
    values = fact.value.value if isinstance(fact.value.value, tuple) else (fact.value.value,)
    said = (fact.brand, *map(str, values), *in_lang(fact.aliases, lang), *fact.value.options)
    return _words_besides(fact.statement.get(lang, ""), fact.brand.lower(), " ".join(said).lower())


@lru_cache(maxsize=2048)
def _words_besides(statement: str, brand: str, said: str) -> tuple[str, ...]:
    words = (word.strip(".,;:()'’\"“„").lower() for word in statement.split())
    return tuple(
        dict.fromkeys(
            word
            for word in words
            if len(word) > 3 and word.isalpha() and word not in said and word not in _COMMON
            if not word.startswith(brand)
        )
    )


def _hidden(
    text: str, start: int, end: int, covering: re.Pattern[str] | None, own: re.Pattern[str]
) -> bool:
    """Whether a longer subject of another fact holds this one ("version 6" holds "version")."""
    if covering is None:
        return False
    for low, high in spans(covering, text):
        if low <= start and end <= high and (high - low) > (end - start):
            return own.fullmatch(text, low, high) is None
    return False


def _is_above(reading: Reading, passage: Passage, terms: re.Pattern[str]) -> bool:
    if passage.kind is BlockKind.HEADING:
        return False
    if any(terms.search(text) for text in passage.context):
        return True
    at = passage.follows
    if at >= 0 and ANAPHOR.match(passage.text):
        return terms.search(reading.every[at].text) is not None
    return False


def all_terms(facts: Iterable[Fact], lang: str) -> tuple[str, ...]:
    """The subject words of all facts, for telling which of two is meant."""
    return tuple(
        dict.fromkeys(
            t for fact in facts for t in in_lang(fact.subject, lang) or in_all(fact.subject)
        )
    )
