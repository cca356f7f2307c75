"""Judgements of answers by facts version: what's still to do, what rules found, what pages read.

As with measures, a version is written beside the older ones and released when every ok answer of
the pack has it, so that figures never mix two fact sheets.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from monitor.store.ingestion import append_rows, naive_utc
from monitor.store.session import Store
from monitor.types import Fact, Judgement

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Unchecked:
    """An ok answer as it is held against facts, with the keys its judgements are kept under.

    `names_own` is false where its measures say that it doesn't name the pack's own brand.
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
    text: str
    names_own: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """What rules made of one answer; `asked` are the facts that its question asks."""

    answer: Unchecked
    judgements: tuple[Judgement, ...]
    intent: str
    branded: bool
    asked: frozenset[str]


@dataclass(frozen=True, slots=True)
class FactRelease:
    """The facts that a pack's judgements are read under.

    `facts` is id → content hash, `content` the facts themselves; `sheet` is a hash of all of that,
    severities and sources included, on which no verdict depends.
    """

    pack: str
    version: str
    sheet: str
    facts: Mapping[str, str]
    content: tuple[Fact, ...] = ()


_CONTENT = TypeAdapter(tuple[Fact, ...])


def released_facts(store: Store, pack: str) -> FactRelease | None:
    """The facts version that figures of `pack` are read in, None before the first one."""
    with store.reading("reading the facts version") as con:
        row = con.execute(
            "SELECT version, sheet, coalesce(facts, '{}'), content FROM released_facts "
            "WHERE pack = $pack",
            {"pack": pack},
        ).fetchone()
    return FactRelease(pack, row[0], row[1], json.loads(row[2]), facts_of(row[3])) if row else None


def facts_of(content: str | None) -> tuple[Fact, ...]:
    """The facts that a release has kept; none where it kept no content."""
    return _CONTENT.validate_json(content) if content else ()


def unchecked(
    store: Store, pack: str, version: str, own: str, measured: str, limit: int, after: str = ""
) -> tuple[Unchecked, ...]:
    """Up to `limit` ok answers of `pack` that lack facts `version`, in order of their ids.

    They begin behind the id `after`. Whether they name `own` is what the measures of version
    `measured` say; an answer without them is taken to name it.
    """
    parameters = {
        "pack": pack,
        "version": version,
        "own": own,
        "measured": measured,
        "limit": limit,
        "after": after,
    }
    with store.reading("finding answers to hold against facts") as con:
        rows = con.execute(_UNCHECKED, parameters).fetchall()
    return tuple(Unchecked(*row) for row in rows)


_UNCHECKED = """
WITH todo AS (
  SELECT answer_id, wave_id, question_id, engine, locale, persona, day, origin FROM answers a
  WHERE a.pack = $pack AND a.status = 'ok' AND answer_id > $after
    AND NOT EXISTS (FROM fact_checks c WHERE c.answer_id = a.answer_id AND c.version = $version)
  ORDER BY answer_id LIMIT $limit
),
measured_ones AS (SELECT answer_id FROM measured WHERE version = $measured),
naming AS (SELECT answer_id FROM mentions WHERE version = $measured AND brand = $own)
SELECT a.answer_id, a.wave_id, a.question_id, t.question, a.engine, a.locale, a.persona, a.day,
       a.origin, t.text,
       a.answer_id IN (FROM naming) OR a.answer_id NOT IN (FROM measured_ones)
FROM todo a JOIN answer_texts t USING (answer_id)
ORDER BY a.answer_id
"""


RulesVerdict = tuple[str, str, str, int | None, int | None]
"""Answer, fact, verdict, and where the quote stands: what rules found, as it is compared."""


def verdicts_by_rules(store: Store, pack: str) -> set[RulesVerdict]:
    """What rules found in the pack's answers, in the version that figures read."""
    with store.reading("reading what rules found") as con:
        rows = con.execute(
            """
            SELECT answer_id, fact_id, verdict, span_start, span_end
            FROM judgements JOIN released_facts USING (pack, version)
            WHERE pack = $pack AND method = 'rules'
            """,
            {"pack": pack},
        ).fetchall()
    return {(row[0], row[1], row[2], row[3], row[4]) for row in rows}


def add_judgements(
    store: Store, pack: str, version: str, judged: Sequence[Judged], now: datetime
) -> int:
    """Store what rules found under facts `version` and return how many answers were new to it.

    An answer that another process checked meanwhile is left out, so its judgements stand once.
    """
    with store.writing(f"storing judgements of {pack}") as con:
        known = _checked(con, version, [one.answer.answer_id for one in judged])
        new = [one for one in judged if one.answer.answer_id not in known]
        ids = [one.answer.answer_id for one in new]
        append_rows(con, "fact_checks", {"answer_id": ids, "version": [version] * len(ids)})
        rows = [
            {"pack": pack, "version": version, "judged_at": naive_utc(now), **row}
            for one in new
            for row in _rows(one)
        ]
        if rows:
            columns = {name: [row[name] for row in rows] for name in rows[0]}
            append_rows(con, "judgements", columns)
    return len(new)


def _checked(con: "DuckDBPyConnection", version: str, ids: Sequence[str]) -> frozenset[str]:
    """Those of the answers that were held against facts `version` already."""
    there = con.execute(
        """
        SELECT answer_id FROM fact_checks
        WHERE version = $version AND answer_id IN (SELECT unnest($ids))
        """,
        {"version": version, "ids": list(ids)},
    ).fetchall()
    return frozenset(answer_id for (answer_id,) in there)


def _rows(judged: Judged) -> list[dict[str, Any]]:
    """A row for each judgement, with the keys of its answer."""
    answer = judged.answer
    keys = {name: getattr(answer, name) for name in _KEYS}
    about = {"intent": judged.intent, "branded": judged.branded}
    return [
        {**keys, **about, "asked": one.fact_id in judged.asked, **judgement_row(one)}
        for one in judged.judgements
    ]


_KEYS = ("answer_id", "wave_id", "day", "question_id", "engine", "locale", "persona", "origin")


def judgement_row(judgement: Judgement) -> dict[str, Any]:
    """The columns of `judgements` that say what was judged, and by whom."""
    span = judgement.span
    return {
        "fact_id": judgement.fact_id,
        "verdict": judgement.verdict.value,
        "method": judgement.method.value,
        "judged_by": judgement.version,
        "span_start": span.start if span else None,
        "span_end": span.end if span else None,
        "quote": judgement.quote,
        "confidence": judgement.confidence,
        "promise": judgement.promise,
        "note": judgement.note,
    }


def release_facts(store: Store, release: FactRelease, now: datetime) -> bool:
    """Let a pack's judgements be read in this version; False when they are, of this very sheet."""
    with store.writing(f"releasing judgements of {release.pack}") as con:
        row = con.execute(
            "SELECT version, sheet FROM released_facts WHERE pack = $pack", {"pack": release.pack}
        ).fetchone()
        if row == (release.version, release.sheet):
            return False
        append_rows(
            con,
            "fact_releases",
            {
                "pack": [release.pack],
                "version": [release.version],
                "sheet": [release.sheet],
                "facts": [json.dumps(dict(release.facts), sort_keys=True)],
                "content": [_CONTENT.dump_json(release.content).decode()],
                "released_at": [naive_utc(now)],
            },
        )
        return True
