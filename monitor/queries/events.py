"""Events on the timeline: what changed beside the brand itself."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from monitor.store import Store


class EventKind(StrEnum):
    """What sort of thing happened."""

    SERVED_VERSION = "served_version"
    MEASURE_VERSION = "measure_version"
    PACK_EDIT = "pack_edit"
    OUTAGE = "outage"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """Something that happened on `day`; `engine` is "" where it concerns them all."""

    day: date
    kind: EventKind
    engine: str
    text: str


_SERVED = """
WITH served AS (
  SELECT engine, model_served, min(day) AS since FROM answers
  WHERE pack = $pack AND model_served <> '' AND origin <> 'ask' GROUP BY ALL
)
SELECT since, 'served_version', engine, model_served FROM served
QUALIFY row_number() OVER (PARTITION BY engine ORDER BY since) > 1
"""
_MEASURES = """
SELECT released_at::DATE, 'measure_version', '', version FROM measure_releases
WHERE pack = $pack
QUALIFY row_number() OVER (ORDER BY released_at) > 1
"""
_PACK_EDITS = """
SELECT slot[:10]::DATE, 'pack_edit', '', pack_hash[:8] FROM waves WHERE pack = $pack
QUALIFY lag(pack_hash) OVER (ORDER BY slot) <> pack_hash
"""
_OUTAGES = """
SELECT day, 'outage', engine, count(*) FILTER (WHERE status = 'failed') || '/' || count(*)
FROM answers WHERE pack = $pack AND origin <> 'ask' GROUP BY day, engine
HAVING count(*) >= 5 AND count(*) FILTER (WHERE status = 'failed') * 2 > count(*)
"""
_NOTES = "SELECT day, 'note', '', text FROM notes WHERE pack IN ('', $pack)"


def timeline(store: Store, pack: str) -> tuple[TimelineEvent, ...]:
    """The pack's events, oldest first."""
    union = " UNION ALL ".join(
        f"({part})" for part in (_SERVED, _MEASURES, _PACK_EDITS, _OUTAGES, _NOTES)
    )
    with store.reading("listing events") as con:
        rows = con.execute(f"{union} ORDER BY 1, 2, 3, 4", {"pack": pack}).fetchall()
    return tuple(
        TimelineEvent(day, EventKind(kind), engine, text) for day, kind, engine, text in rows
    )
