"""Waves, money and what the store holds: the pages that say where things stand."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

from monitor.queries.rows import fetch
from monitor.store import Store
from monitor.types import AnswerStatus


@dataclass(frozen=True, slots=True)
class WaveLine:
    """A wave with its coverage. `cost_usd` sums the known costs; `cost_unknown` counts the
    answers whose cost nobody knows, which are never taken for free."""

    wave_id: str
    pack: str
    slot: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    note: str
    planned: int
    ok: int
    refused: int
    failed: int
    empty: int
    cost_usd: float
    cost_unknown: int
    latency_p50_s: float | None
    latency_p95_s: float | None
    simulated: bool

    @property
    def stored(self) -> int:
        """Answers that are in the store."""
        return self.ok + self.refused + self.failed + self.empty


@dataclass(frozen=True, slots=True)
class PackLine:
    """What the store holds of a pack; `brands` are those its figures track, ours first."""

    pack: str
    first_day: date
    last_day: date
    waves: int
    answers: int
    simulated: bool
    brands: tuple[str, ...]
    version: str
    engines: tuple[str, ...]
    locales: tuple[str, ...]
    personas: tuple[str, ...]
    intents: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """How often one engine's answers ended in one way that isn't ok."""

    wave_id: str
    engine: str
    status: str
    reason: str
    answers: int


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the whole store holds, in counts."""

    waves: int
    answers: int
    imported: int
    asked: int
    journal_files: int


_WAVES = """
WITH chosen AS (
  SELECT * FROM wave_states WHERE $pack = '' OR pack = $pack
  ORDER BY slot DESC, wave_id LIMIT $limit
),
asked AS (
  SELECT wave_id,
         count(*) FILTER (WHERE status = 'ok') AS ok,
         count(*) FILTER (WHERE status = 'refused') AS refused,
         count(*) FILTER (WHERE status = 'failed') AS failed,
         count(*) FILTER (WHERE status = 'empty') AS empty,
         coalesce(sum(cost_usd), 0.0) AS cost_usd,
         count(*) FILTER (WHERE cost_usd IS NULL) AS cost_unknown,
         quantile_cont(latency_s, [0.5, 0.95]) AS latencies
  FROM answers WHERE wave_id IN (SELECT wave_id FROM chosen) GROUP BY wave_id
)
SELECT w.wave_id, w.pack, w.slot, w.started_at, w.ended_at, w.outcome,
       coalesce(w.note, '') AS note, w.planned, w.simulated,
       coalesce(a.ok, 0) AS ok, coalesce(a.refused, 0) AS refused,
       coalesce(a.failed, 0) AS failed, coalesce(a.empty, 0) AS empty,
       coalesce(a.cost_usd, 0.0) AS cost_usd, coalesce(a.cost_unknown, 0) AS cost_unknown,
       a.latencies
FROM chosen w LEFT JOIN asked a USING (wave_id) ORDER BY w.slot DESC, w.wave_id
"""


def waves(store: Store, pack: str = "", limit: int = 200) -> tuple[WaveLine, ...]:
    """Waves of `pack` ("" for all), newest slot first."""
    with store.reading("listing waves") as con:
        rows = fetch(con, _WAVES, {"pack": pack, "limit": limit})
    return tuple(_wave_line(row) for row in rows)


def _wave_line(row: dict[str, Any]) -> WaveLine:
    median, high = row.pop("latencies") or (None, None)
    return WaveLine(**row, latency_p50_s=median, latency_p95_s=high)


_PACKS = """
SELECT a.pack, min(a.day) AS first_day, max(a.day) AS last_day,
       count(DISTINCT nullif(a.wave_id, '')) AS waves, sum(a.answers)::BIGINT AS answers,
       bool_or(a.simulated) AS simulated, any_value(v.brands) AS brands,
       any_value(version) AS version, list(DISTINCT a.engine ORDER BY a.engine) AS engines,
       list(DISTINCT a.locale ORDER BY a.locale) AS locales,
       list(DISTINCT a.persona ORDER BY a.persona) AS personas
FROM rollup_answers a JOIN released v USING (pack, version)
WHERE a.origin <> 'ask'
GROUP BY a.pack ORDER BY max(a.day) DESC, a.pack
"""
_QUESTION_GROUPS = """
SELECT w.pack, list(DISTINCT q.intent ORDER BY q.intent) AS intents,
       list_sort(list_distinct(flatten(list(q.tags)))) AS tags
FROM wave_questions q JOIN waves w USING (wave_id) WHERE q.intent <> 'probe' GROUP BY w.pack
"""


def packs(store: Store) -> tuple[PackLine, ...]:
    """Packs that have measured answers, latest first; "" is answers imported for no pack."""
    with store.reading("listing packs") as con:
        rows = fetch(con, _PACKS, {})
        groups = {row.pop("pack"): row for row in fetch(con, _QUESTION_GROUPS, {})}
    without = {"intents": (), "tags": ()}
    return tuple(PackLine(**row, **groups.get(row["pack"], without)) for row in rows)


_FAILURES = """
SELECT wave_id, engine, status, reason, count(*) FROM answers
WHERE status <> 'ok' AND ($pack = '' OR pack = $pack)
GROUP BY ALL ORDER BY wave_id DESC, count(*) DESC, engine, status, reason
"""


def failures(store: Store, pack: str = "") -> tuple[Failure, ...]:
    """Answers that aren't ok, counted by wave, engine and reason."""
    with store.reading("counting failures") as con:
        rows = con.execute(_FAILURES, {"pack": pack}).fetchall()
    return tuple(Failure(*row) for row in rows)


def spent_usd(store: Store, since: datetime, pack: str = "") -> float:
    """Known cost of answers and judgings asked from `since` on; simulated ones cost nothing."""
    with store.reading("adding up costs") as con:
        row = con.execute(
            """
            SELECT coalesce(sum(cost_usd), 0.0) FROM (
              SELECT cost_usd, asked_at, simulated, pack FROM answers
              UNION ALL SELECT cost_usd, asked_at, simulated, pack FROM judgings
            ) WHERE asked_at >= $since AND NOT simulated AND ($pack = '' OR pack = $pack)
            """,
            {"since": since.astimezone(UTC).replace(tzinfo=None), "pack": pack},
        ).fetchone()
    return float(row[0]) if row else 0.0


_MEAN_COSTS = """
SELECT engine, avg(cost_usd) FROM (
  SELECT engine, cost_usd FROM {asked} WHERE cost_usd IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY engine ORDER BY asked_at DESC) <= 1000
) GROUP BY engine
"""


def mean_costs_usd(
    store: Store, asked: Literal["answers", "judgings"] = "answers"
) -> dict[str, float]:
    """Mean known cost of an answer, or of a judging, by engine, over the latest 1,000 of each."""
    with store.reading("averaging costs") as con:
        rows = con.execute(_MEAN_COSTS.format(asked=asked)).fetchall()
    return {engine: float(cost) for engine, cost in rows}


def holdings(store: Store) -> Holdings:
    """Counts over the whole store."""
    with store.reading("counting the store") as con:
        row = con.execute(
            """
            SELECT (SELECT count(*) FROM waves), count(*),
                   count(*) FILTER (WHERE origin = 'import'),
                   count(*) FILTER (WHERE origin = 'ask'),
                   (SELECT count(*) FROM journal_files)
            FROM answers
            """
        ).fetchone()
    return Holdings(*(row or (0, 0, 0, 0, 0)))


def answered_ids(store: Store, wave_id: str) -> frozenset[str]:
    """Ids of the wave's answers that are stored."""
    with store.reading("finding what is missing") as con:
        rows = con.execute(
            "SELECT answer_id FROM answers WHERE wave_id = $wave", {"wave": wave_id}
        ).fetchall()
    return frozenset(answer_id for (answer_id,) in rows)


@dataclass(frozen=True, slots=True)
class WaveTotals:
    """What a wave's stored answers add up to; `judging_usd` is what judging them cost."""

    statuses: dict[AnswerStatus, int]
    cost_usd: float
    cost_unknown: int
    judging_usd: float = 0.0


def waves_before(store: Store, pack: str, slot: str) -> int:
    """How many waves of `pack` have an earlier slot."""
    with store.reading("counting waves") as con:
        row = con.execute(
            "SELECT count(*) FROM waves WHERE pack = $pack AND slot < $slot",
            {"pack": pack, "slot": slot},
        ).fetchone()
    return int(row[0]) if row else 0


def wave_totals(store: Store, wave_id: str) -> WaveTotals:
    """Statuses and known cost of the wave's stored answers and of their judgings."""
    with store.reading("adding up a wave") as con:
        rows = con.execute(
            """
            SELECT status, count(*), coalesce(sum(cost_usd), 0.0),
                   count(*) FILTER (WHERE cost_usd IS NULL)
            FROM answers WHERE wave_id = $wave GROUP BY status ORDER BY status
            """,
            {"wave": wave_id},
        ).fetchall()
        judging = con.execute(
            """
            SELECT coalesce(sum(j.cost_usd), 0.0) FROM judgings j JOIN answers a USING (answer_id)
            WHERE a.wave_id = $wave
            """,
            {"wave": wave_id},
        ).fetchone()
    return WaveTotals(
        statuses={AnswerStatus(status): n for status, n, _, _ in rows},
        cost_usd=sum(cost for _, _, cost, _ in rows),
        cost_unknown=sum(unknown for *_, unknown in rows),
        judging_usd=float(judging[0]) if judging else 0.0,
    )


def known_ids(store: Store, ids: list[str]) -> frozenset[str]:
    """Those of `ids` that are stored as answers already."""
    with store.reading("finding known answers") as con:
        rows = con.execute(
            "SELECT answer_id FROM answers WHERE answer_id IN (SELECT unnest($ids))", {"ids": ids}
        ).fetchall()
    return frozenset(answer_id for (answer_id,) in rows)
