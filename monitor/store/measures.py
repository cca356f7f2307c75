"""Measures of answers by version: what's still to do, what was found, which version pages read.

A version is written beside the older ones and released when every answer of the pack has it:
figures never mix versions, and a reader never sees a half-measured past.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from monitor.store.ingestion import append_rows, naive_utc
from monitor.store.session import Store
from monitor.store.wholes import SHARE_SUMS, WHOLE_SUMS, rows, share_sums, whole_sums
from monitor.types import (
    AnswerStatus,
    Extraction,
    Intent,
    Mention,
    MentionState,
    Question,
    Source,
    Span,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """An answer as the matcher needs it, with the keys its counts are kept under."""

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


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found in one answer; `intent` and `branded` are its question's."""

    answer: Unmeasured
    extraction: Extraction
    intent: str
    branded: bool


def packs_with_answers(store: Store) -> tuple[str, ...]:
    """Ids of the packs that have answers; "" stands for answers of no pack."""
    with store.reading("listing packs") as con:
        rows = con.execute("SELECT DISTINCT pack FROM answers ORDER BY pack").fetchall()
    return tuple(pack for (pack,) in rows)


def asked_questions(store: Store, pack: str) -> dict[tuple[str, str], Question]:
    """Questions of `pack` as they were asked, by wave and question id."""
    with store.reading("reading the questions asked") as con:
        rows = con.execute(
            """
            SELECT q.wave_id, q.question_id, q.intent, q.stage, q.tags, q.branded, q.texts,
                   coalesce(q.facts, []) AS facts
            FROM wave_questions q JOIN waves w USING (wave_id) WHERE w.pack = $pack
            """,
            {"pack": pack},
        ).fetchall()
    return {
        (wave_id, question_id): Question(
            question_id=question_id,
            intent=Intent(intent),
            text={lang: wordings[0] for lang, wordings in json.loads(texts).items()},
            paraphrases={lang: tuple(rest) for lang, (_, *rest) in json.loads(texts).items()},
            stage=stage,
            facts=tuple(facts),
            tags=tuple(tags),
            branded=branded,
        )
        for wave_id, question_id, intent, stage, tags, branded, texts, facts in rows
    }


def released_version(store: Store, pack: str) -> str | None:
    """The version that figures of `pack` are read in, None before the first one."""
    with store.reading("reading the measure version") as con:
        row = con.execute(
            "SELECT version FROM released WHERE pack = $pack", {"pack": pack}
        ).fetchone()
    return str(row[0]) if row else None


def stored_answers(store: Store) -> dict[str, tuple[str, str]]:
    """Question and text of every stored answer, by id: for checking them."""
    with store.reading("reading all answers") as con:
        rows = con.execute("SELECT answer_id, question, text FROM answer_texts").fetchall()
    return {answer_id: (question, text) for answer_id, question, text in rows}


def stored_ids(store: Store) -> tuple[set[str], set[str]]:
    """Ids of every stored judge's reply, and of every review: for checking them."""
    with store.reading("reading ids") as con:
        replies = con.execute("SELECT judging_id FROM judgings").fetchall()
        reviews = con.execute("SELECT review_id FROM reviews").fetchall()
    return {key for (key,) in replies}, {key for (key,) in reviews}


def stored_counts(store: Store, pack: str) -> dict[tuple[str, str], int]:
    """How often the pack's figures count each brand as visible, by brand and engine."""
    with store.reading("reading the figures' counts") as con:
        rows = con.execute(
            """
            SELECT m.brand, m.engine, sum(m.visible)::BIGINT
            FROM rollup_mentions m JOIN released v USING (pack, version)
            WHERE m.pack = $pack GROUP BY ALL
            """,
            {"pack": pack},
        ).fetchall()
    return {(brand, engine): count for brand, engine, count in rows if count}


def unmeasured(store: Store, pack: str, version: str, limit: int) -> tuple[Unmeasured, ...]:
    """Up to `limit` answers of `pack` that lack `version`, in order of their ids."""
    with store.reading("finding answers to measure") as con:
        rows = con.execute(_UNMEASURED, {"pack": pack, "version": version, "limit": limit})
        names = [column[0] for column in con.description or ()]
        found = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
        sources = _sources_of(con, [row["answer_id"] for row in found])
    return tuple(
        Unmeasured(
            **{**row, "status": AnswerStatus(row["status"])},
            sources=sources.get(row["answer_id"], ()),
        )
        for row in found
    )


_UNMEASURED = """
SELECT a.answer_id, a.wave_id, a.question_id, t.question, a.engine, a.locale, a.persona, a.day,
       a.origin, a.status, a.reason, a.simulated, t.text
FROM answers a JOIN answer_texts t USING (answer_id)
WHERE a.pack = $pack
  AND NOT EXISTS (
    FROM measured m WHERE m.answer_id = a.answer_id AND m.version = $version
  )
ORDER BY a.answer_id
LIMIT $limit
"""


def _sources_of(con: "DuckDBPyConnection", ids: Sequence[str]) -> dict[str, tuple[Source, ...]]:
    rows = con.execute(
        """
        SELECT answer_id, url, title, cited, span_start, span_end FROM answer_sources
        WHERE answer_id IN (SELECT unnest($ids)) ORDER BY answer_id, position
        """,
        {"ids": list(ids)},
    ).fetchall()
    found: dict[str, list[Source]] = {}
    for answer_id, url, title, cited, start, end in rows:
        span = None if start is None else Span(start, end)
        found.setdefault(answer_id, []).append(Source(url, title, cited, span))
    return {answer_id: tuple(sources) for answer_id, sources in found.items()}


def add_measures(store: Store, pack: str, version: str, measured: Sequence[Measured]) -> int:
    """Store what was found under `version` and return how many answers were new to it.

    An answer that another process measured meanwhile is left out, so its counts stand once.
    """
    with store.writing(f"storing measures of {pack or 'imported answers'}") as con:
        known = done_already(con, "measured", version, [m.answer.answer_id for m in measured])
        new = [m for m in measured if m.answer.answer_id not in known]
        append_rows(
            con,
            "measured",
            {"answer_id": [m.answer.answer_id for m in new], "version": [version] * len(new)},
        )
        _append_records(con, "mentions", version, _mention_rows(new))
        _append_records(con, "citations", version, _citation_rows(new))
        _append_records(con, "unknown_names", version, _unknown_rows(new))
        _append_records(con, "rollup_answers", version, _answer_counts(pack, new))
        _append_records(con, "rollup_mentions", version, _mention_counts(pack, new))
        keyed = [(_cell(pack, m.answer), m.answer.status, m.extraction) for m in new]
        wholes = rows(whole_sums(keyed), _CELL_ROW, WHOLE_SUMS)
        shares = rows(share_sums(keyed), (*_CELL_ROW, "brand"), SHARE_SUMS)
        _append_records(con, "rollup_wholes", version, wholes)
        _append_records(con, "rollup_shares", version, shares)
    return len(new)


def done_already(
    con: "DuckDBPyConnection", table: str, version: str, ids: Sequence[str]
) -> frozenset[str]:
    """Those of the answers that `table` has under `version`."""
    there = con.execute(
        f"""
        SELECT answer_id FROM {table}
        WHERE version = $version AND answer_id IN (SELECT unnest($ids))
        """,
        {"version": version, "ids": list(ids)},
    ).fetchall()
    return frozenset(answer_id for (answer_id,) in there)


def release(store: Store, pack: str, version: str, brands: Sequence[str], now: datetime) -> bool:
    """Let figures of `pack` be read in `version`; False when they are already."""
    with store.writing(f"releasing measures of {pack or 'imported answers'}") as con:
        row = con.execute(
            "SELECT version FROM released WHERE pack = $pack", {"pack": pack}
        ).fetchone()
        if row and row[0] == version:
            return False
        append_rows(
            con,
            "measure_releases",
            {
                "pack": [pack],
                "version": [version],
                "brands": [list(brands)],
                "released_at": [naive_utc(now)],
            },
        )
        return True


Row = dict[str, Any]


def _append_records(
    con: "DuckDBPyConnection", table: str, version: str, rows: Sequence[Row]
) -> None:
    if rows:
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        append_rows(con, table, {"version": [version] * len(rows), **columns})


def _mention_rows(measured: Sequence[Measured]) -> list[Row]:
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


def _citation_rows(measured: Sequence[Measured]) -> list[Row]:
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


def _unknown_rows(measured: Sequence[Measured]) -> list[Row]:
    return [
        {"answer_id": m.answer.answer_id, "name": name}
        for m in measured
        for name in m.extraction.unknown_names
    ]


_CELL = ("wave_id", "day", "question_id", "engine", "locale", "persona")


def _cell(pack: str, answer: Unmeasured) -> tuple[Any, ...]:
    return (pack, *(getattr(answer, name) for name in _CELL))


def _answer_counts(pack: str, measured: Sequence[Measured]) -> list[Row]:
    names = (*_CELL_ROW, "intent", "branded", "origin", "simulated", "status", "reason")
    counts = Counter(
        (
            *_cell(pack, m.answer),
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


_CELL_ROW = ("pack", *_CELL)
_COUNTED = (
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


def _mention_counts(pack: str, measured: Sequence[Measured]) -> list[Row]:
    sums: dict[tuple[Any, ...], Counter[str]] = {}
    for m in measured:
        for mention in _present(m):
            key = (*_cell(pack, m.answer), mention.brand)
            sums.setdefault(key, Counter()).update(_counted(mention))
    return [
        dict(zip((*_CELL_ROW, "brand"), key, strict=True))
        | {name: counts[name] for name in _COUNTED}
        for key, counts in sums.items()
    ]


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
