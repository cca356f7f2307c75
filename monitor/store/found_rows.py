"""What was found in answers, as the rows and sums that the tables keep of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from monitor.types import AnswerStatus, Extraction, Mention, MentionState, Source

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """An answer as the matcher needs it, with the keys its counts are kept under.

    `rulings` are the ids of those that stand for it, `ruled` what they say of which brand.
    """

    answer_id: str
    wave_id: str
    question_id: str
    question: str
    engine: str
    locale: str
    persona: str
    day: date
    origin: str
    status: AnswerStatus
    reason: str
    simulated: bool
    text: str
    sources: tuple[Source, ...]
    rulings: tuple[str, ...] = ()
    ruled: Mapping[str, MentionState] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found in one answer; `intent` and `branded` are its question's."""

    answer: Unmeasured
    extraction: Extraction
    intent: str
    branded: bool


def mention_rows(measured: Sequence[Measured]) -> list[Row]:
    """Rows of `mentions`: brands that aren't named have none."""
    return [
        {
            "answer_id": m.answer.answer_id,
            "brand": mention.brand,
            "state": mention.state.value,
            "spans": [list(span) for span in mention.spans],
            "rank": mention.rank,
            "mention_order": mention.order,
            "list_no": mention.list_no,
            "list_position": mention.list_position,
            "list_size": mention.list_size,
        }
        for m in measured
        for mention in _present(m)
    ]


def _present(measured: Measured) -> list[Mention]:
    return [m for m in measured.extraction.mentions if m.state is not MentionState.ABSENT]


def citation_rows(measured: Sequence[Measured]) -> list[Row]:
    """Rows of `citations`, in reading order."""
    return [
        {
            "answer_id": m.answer.answer_id,
            "position": position,
            "url": citation.url,
            "domain": citation.domain,
            "owner": citation.owner.value,
            "kind": citation.kind.value,
            "brand": citation.brand,
            "title": citation.title,
            "cited": citation.cited,
            "redirect": citation.redirect,
        }
        for m in measured
        for position, citation in enumerate(m.extraction.citations)
    ]


def unknown_rows(measured: Sequence[Measured]) -> list[Row]:
    """Rows of `unknown_names`."""
    return [
        {"answer_id": m.answer.answer_id, "name": name}
        for m in measured
        for name in m.extraction.unknown_names
    ]


_CELL = ("wave_id", "day", "question_id", "engine", "locale", "persona")


def cell(pack: str, answer: Unmeasured) -> tuple[Any, ...]:
    """The pack and cell whose sums an answer goes into."""
    return (pack, *(getattr(answer, name) for name in _CELL))


def answer_counts(pack: str, measured: Sequence[Measured]) -> list[Row]:
    """Rows of `rollup_answers`."""
    names = (*CELL_ROW, "intent", "branded", "origin", "simulated", "status", "reason")
    counts = Counter(
        (
            *cell(pack, m.answer),
            m.intent,
            m.branded,
            m.answer.origin,
            m.answer.simulated,
            m.answer.status.value,
            m.answer.reason,
        )
        for m in measured
    )
    return [dict(zip((*names, "answers"), (*key, n), strict=True)) for key, n in counts.items()]


CELL_ROW = ("pack", *_CELL)
COUNTED = (
    "visible",
    "recommended",
    "warned_against",
    "declined",
    "ambiguous",
    "first",
    "top3",
    "ranked",
    "rank_sum",
)


def mention_sums(pack: str, measured: Sequence[Measured]) -> dict[tuple[Any, ...], Counter[str]]:
    """What `rollup_mentions` counts, by cell and brand."""
    sums: dict[tuple[Any, ...], Counter[str]] = {}
    for m in measured:
        for mention in _present(m):
            key = (*cell(pack, m.answer), mention.brand)
            sums.setdefault(key, Counter()).update(_counted(mention))
    return sums


def _counted(mention: Mention) -> dict[str, int]:
    counts = {mention.state.value: 1}
    if mention.state.visible:
        counts["visible"] = 1
        if mention.rank is not None:
            rank = mention.rank
            counts |= {
                "first": int(rank == 1),
                "top3": int(rank <= 3),
                "ranked": 1,
                "rank_sum": rank,
            }
    return counts
