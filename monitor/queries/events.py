"""Events on the timeline: what changed beside the brand itself."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from monitor.queries.rows import fetch
from monitor.store import Store

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class EventKind(StrEnum):
    """What sort of thing happened."""

    SERVED_VERSION = "served_version"
    MEASURE_VERSION = "measure_version"
    BRANDS_ADDED = "brands_added"
    BRANDS_DROPPED = "brands_dropped"
    QUESTIONS_ADDED = "questions_added"
    QUESTIONS_DROPPED = "questions_dropped"
    QUESTIONS_REWORDED = "questions_reworded"
    PACK_EDIT = "pack_edit"
    FACTS_ADDED = "facts_added"
    FACTS_DROPPED = "facts_dropped"
    FACTS_CHANGED = "facts_changed"
    FACT_RULES = "fact_rules"
    OUTAGE = "outage"
    BROKEN_OFF = "broken_off"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """Something that happened on `day`; `engine` is "" where it concerns them all.

    `text` is what it was: a version, "12/40" answers that failed, why a wave broke off, a note's
    words. `names` are the questions, brands or facts it is about, `author` who wrote a note.
    """

    day: date
    kind: EventKind
    engine: str = ""
    text: str = ""
    names: tuple[str, ...] = ()
    author: str = ""


_SERVED = """
WITH served AS (
  SELECT engine, model_served, min(day) AS since FROM answers
  WHERE pack = $pack AND model_served <> '' AND origin <> 'ask' GROUP BY ALL
)
SELECT since AS day, 'served_version' AS kind, engine, model_served AS text, '' AS author
FROM served QUALIFY row_number() OVER (PARTITION BY engine ORDER BY since, model_served) > 1
"""
_OUTAGES = """
SELECT day, 'outage', engine, count(*) FILTER (WHERE status = 'failed') || '/' || count(*), ''
FROM answers WHERE pack = $pack AND origin <> 'ask' GROUP BY day, engine
HAVING count(*) >= 5 AND count(*) FILTER (WHERE status = 'failed') * 2 > count(*)
"""
_BROKEN_OFF = """
SELECT slot[:10]::DATE, 'broken_off', '', note, '' FROM wave_states
WHERE pack = $pack AND outcome = 'stopped'
"""
_NOTES = "SELECT day, 'note', '', text, author FROM notes WHERE pack IN ('', $pack)"
_RELEASES = """
SELECT released_at::DATE AS day, version, brands FROM measure_releases
WHERE pack = $pack ORDER BY released_at
"""
_FACTS = """
SELECT released_at::DATE AS day, coalesce(facts, '{}') AS facts FROM fact_releases
WHERE pack = $pack  -- a sheet's new owner or source is a release of the same version
QUALIFY lag(version) OVER (ORDER BY released_at) IS DISTINCT FROM version ORDER BY released_at
"""
# A pack reads the same in every wave of one hash: the first of them stands for all.
_EDITIONS = """
WITH editions AS (
  SELECT wave_id, slot FROM waves WHERE pack = $pack
  QUALIFY lag(pack_hash) OVER (ORDER BY slot, wave_id) IS DISTINCT FROM pack_hash
)
SELECT e.wave_id, e.slot[:10]::DATE AS day, q.question_id, hash(q.texts) AS words
FROM editions e JOIN wave_questions q USING (wave_id) ORDER BY e.slot, e.wave_id
"""


def timeline(store: Store, pack: str) -> tuple[TimelineEvent, ...]:
    """The pack's events, oldest first."""
    keys = {"pack": pack}
    with store.reading("listing events") as con:
        events = [
            *_happened(con, keys),
            *_release_events(fetch(con, _RELEASES, keys)),
            *_question_events(fetch(con, _EDITIONS, keys)),
            *_fact_events(fetch(con, _FACTS, keys)),
        ]
    return tuple(sorted(events, key=lambda e: (e.day, e.kind.value, e.engine, e.text)))


def _happened(con: "DuckDBPyConnection", keys: Mapping[str, Any]) -> list[TimelineEvent]:
    parts = (_SERVED, _OUTAGES, _BROKEN_OFF, _NOTES)
    rows = fetch(con, " UNION ALL ".join(f"({part})" for part in parts), keys)
    return [TimelineEvent(**row | {"kind": EventKind(row["kind"])}) for row in rows]


def _release_events(releases: Sequence[Mapping[str, Any]]) -> Iterable[TimelineEvent]:
    """Each later release: the brands that came or went, else that the matcher is another."""
    for before, after in pairwise(releases):
        old, new = set(before["brands"]), set(after["brands"])
        day = after["day"]
        if new - old:
            yield TimelineEvent(day, EventKind.BRANDS_ADDED, names=_sorted(new - old))
        if old - new:
            yield TimelineEvent(day, EventKind.BRANDS_DROPPED, names=_sorted(old - new))
        if old == new:
            yield TimelineEvent(day, EventKind.MEASURE_VERSION, text=after["version"])


def _question_events(rows: Sequence[Mapping[str, Any]]) -> Iterable[TimelineEvent]:
    """What each edition of the pack asks anew, no more, or in other words; else just an edit."""
    editions = [
        (asked[0]["day"], {row["question_id"]: row["words"] for row in asked})
        for asked in (list(group) for _, group in groupby(rows, _wave_of))
    ]
    kinds = (
        EventKind.QUESTIONS_ADDED,
        EventKind.QUESTIONS_DROPPED,
        EventKind.QUESTIONS_REWORDED,
        EventKind.PACK_EDIT,
    )
    return _edit_events(editions, kinds)


def _fact_events(rows: Sequence[Mapping[str, Any]]) -> Iterable[TimelineEvent]:
    """Which facts each revision of the sheet brought, dropped or changed; else other rules."""
    sheets = [(row["day"], json.loads(row["facts"])) for row in rows]
    kinds = (
        EventKind.FACTS_ADDED,
        EventKind.FACTS_DROPPED,
        EventKind.FACTS_CHANGED,
        EventKind.FACT_RULES,
    )
    return _edit_events(sheets, kinds)


def _edit_events(
    editions: Sequence[tuple[date, Mapping[str, object]]],
    kinds: tuple[EventKind, EventKind, EventKind, EventKind],
) -> Iterable[TimelineEvent]:
    """What each edition adds, drops and changes against the one before; the last kind if nothing.

    An edition is a day and what stood for each name from then on.
    """
    *edits, otherwise = kinds
    for (_, old), (day, new) in pairwise(editions):
        changed = {name for name in old.keys() & new.keys() if old[name] != new[name]}
        found = (new.keys() - old.keys(), old.keys() - new.keys(), changed)
        for kind, names in zip(edits, found, strict=True):
            if names:
                yield TimelineEvent(day, kind, names=_sorted(names))
        if not any(found):
            yield TimelineEvent(day, otherwise)


def _wave_of(row: Mapping[str, Any]) -> object:
    return row["wave_id"]


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names))
