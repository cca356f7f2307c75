"""What people ruled on brands in answers, and which names still wait for their word."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from monitor.queries.rows import fetch
from monitor.queries.view import COUNTED, View
from monitor.store import Store
from monitor.types import MentionState, Ruling, Span

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class StandingRuling:
    """A ruling that stands; `counted` is false where pages read measures from before it."""

    ruling: Ruling
    counted: bool


@dataclass(frozen=True, slots=True)
class OpenName:
    """A name in an answer that rules can't tell from the common word, and nobody ruled on yet."""

    answer_id: str
    brand: str
    engine: str
    locale: str
    asked_at: datetime
    question: str
    text: str
    spans: tuple[Span, ...]

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from others."""
        return (self.answer_id, self.brand)


@dataclass(frozen=True, slots=True)
class NameWork:
    """Names that wait for a person: the first ones in order, and how many there are by brand."""

    queue: tuple[OpenName, ...]
    waiting: Mapping[str, int]

    @property
    def total(self) -> int:
        """All that wait."""
        return sum(self.waiting.values())


# Probes and ad hoc answers are in no figure, so nobody need look at them.
_OPEN = """
WITH waiting AS (
  SELECT m.answer_id, m.brand, m.spans, a.engine, a.locale, a.asked_at,
         m.brand = v.brands[1] AS own, count(*) OVER (PARTITION BY m.brand) AS several
  FROM mentions m JOIN answers a USING (answer_id)
  JOIN released v ON v.pack = a.pack AND v.version = m.version
  WHERE a.pack = $pack AND m.state = 'ambiguous' AND a.origin <> 'ask'
    AND NOT starts_with(a.question_id, 'probe:')
    AND (a.wave_id, a.question_id) NOT IN (
      SELECT (wave_id, question_id) FROM wave_questions WHERE intent = 'probe')
    AND (m.answer_id, m.brand) NOT IN (SELECT (answer_id, brand) FROM standing_rulings)
)"""
_FIRST = f"""
{_OPEN},
page AS (
  SELECT *, row_number() OVER (ORDER BY own DESC, several DESC, brand, asked_at DESC, answer_id)
    AS place
  FROM waiting QUALIFY place <= $limit
)
SELECT p.answer_id, p.brand, p.engine, p.locale, p.asked_at, t.question, t.text, p.spans
FROM page p JOIN answer_texts t USING (answer_id) ORDER BY p.place
"""
_BY_BRAND = f"{_OPEN} SELECT brand, count(*) FROM waiting GROUP BY brand ORDER BY 2 DESC, 1"


def name_work(store: Store, pack: str, limit: int = 30) -> NameWork:
    """Names of `pack` that wait for a person: the own brand's first, then those that wait often."""
    with store.reading("looking which names wait for a person") as con:
        rows = fetch(con, _FIRST, {"pack": pack, "limit": limit})
        waiting = dict(con.execute(_BY_BRAND, {"pack": pack}).fetchall())
    queue = [OpenName(**row | {"spans": tuple(Span(*s) for s in row["spans"])}) for row in rows]
    return NameWork(tuple(queue), waiting)


_RULED = f"""
WITH {COUNTED},
cells AS (
  SELECT DISTINCT version, wave_id, day, question_id, engine, locale, persona, origin
  FROM counted WHERE status = 'ok'
)
SELECT count(DISTINCT a.answer_id)
FROM applied_rulings r JOIN answers a USING (answer_id)
JOIN cells c ON c.version = r.version AND a.wave_id = c.wave_id AND a.day = c.day
  AND a.question_id = c.question_id AND a.engine = c.engine AND a.locale = c.locale
  AND a.persona = c.persona AND a.origin = c.origin
JOIN released v ON v.pack = $pack AND v.version = r.version AND list_contains(v.brands, r.brand)
WHERE a.pack = $pack AND r.state <> r.machine_state
"""


def overruled_answers(store: Store, view: View) -> int:
    """In how many of the view's answers a person's word on a brand stands in the figures, where
    the machine read otherwise."""
    with store.reading("counting what people overruled") as con:
        row = con.execute(_RULED, view.parameters()).fetchone()
    return int(row[0]) if row else 0


_STANDING = """
SELECT r.*, x.ruling_id IS NOT NULL AS counted
FROM standing_rulings r
LEFT JOIN applied_rulings x ON x.ruling_id = r.ruling_id AND x.version = $version
WHERE r.answer_id = $id ORDER BY r.brand
"""


def standing_rulings(
    con: "DuckDBPyConnection", answer_id: str, version: str
) -> tuple[StandingRuling, ...]:
    """What stands of people's word on one answer, and whether measures of `version` hold it."""
    rows = fetch(con, _STANDING, {"id": answer_id, "version": version})
    return tuple(StandingRuling(_ruling(row), row["counted"]) for row in rows)


_WITHDRAWN = """
WITH latest AS (
  SELECT * FROM rulings WHERE answer_id = $id
  QUALIFY row_number() OVER (PARTITION BY brand ORDER BY ruled_at DESC, ruling_id DESC) = 1
)
SELECT * FROM latest
WHERE state IS NULL
  AND brand IN (SELECT brand FROM applied_rulings WHERE answer_id = $id AND version = $version)
ORDER BY brand
"""


def waiting_withdrawals(
    con: "DuckDBPyConnection", answer_id: str, version: str
) -> tuple[Ruling, ...]:
    """What took back people's word on one answer while measures of `version` still hold it."""
    rows = fetch(con, _WITHDRAWN, {"id": answer_id, "version": version})
    return tuple(map(_ruling, rows))


def _ruling(row: Mapping[str, Any]) -> Ruling:
    fields = {name: value for name, value in row.items() if name != "counted"}
    states = {name: row[name] and MentionState(row[name]) for name in ("state", "machine_state")}
    return Ruling(**fields | states)
