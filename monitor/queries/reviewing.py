"""What waits for a person: judged items by reason, what is drawn at random, and one item whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from monitor.errors import InputError
from monitor.queries.answers import AnswerPage, answer_page
from monitor.queries.rows import fetch
from monitor.reviews import (
    CONTRADICTING,
    SETTLED,
    UNCERTAIN_BELOW,
    Counts,
    Reason,
    ReviewItem,
    Stratum,
    random_wanted,
    review_queue,
)
from monitor.store import Store
from monitor.types import JudgedBy, Judgement, Severity, Span, Verdict

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_QUEUE = 60
"""How many selected items are read at once: more than a person decides before the next look."""
_DRAWN_EACH = 10

Severities = Mapping[str, Severity]
"""The severity of each fact of the sheet, by its id."""


@dataclass(frozen=True, slots=True)
class ReviewWork:
    """What waits for people in one pack: the first items in order, and how many there are in all.

    `waiting` counts by reason; random ones are those that calibration still asks for.
    """

    queue: tuple[ReviewItem, ...]
    waiting: Mapping[Reason, int]
    done: Counts
    judged: int
    """How many judged items there are, whether or not they wait."""

    @property
    def total(self) -> int:
        """Everything that waits."""
        return sum(self.waiting.values())


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """An item as it's shown: the answer, the machine's one verdict, and those it came from."""

    answer: AnswerPage
    machine: Judgement
    judgements: tuple[Judgement, ...]


# Read once for all the questions below. Probes and ad hoc answers are in no figure.
_JUDGED = """
CREATE OR REPLACE TEMP TABLE judged AS
SELECT answer_id, fact_id, judged_by, engine, verdict, confidence, quote, day, wave_id, question_id,
       locale, persona
FROM machine_judgements
WHERE pack = $pack AND intent IS DISTINCT FROM 'probe' AND origin IS DISTINCT FROM 'ask'
"""
_STRATA = f"""
WITH drawn AS (
  SELECT r.stratum, count(*) AS reviews FROM random_reviews r JOIN answers a USING (answer_id)
  WHERE a.pack = $pack GROUP BY r.stratum
),
next_ones AS (
  SELECT judged_by, engine, verdict,
         min_by((j.answer_id, j.fact_id), md5(j.answer_id || '|' || j.fact_id), {_DRAWN_EACH})
           AS keys
  FROM judged j
  WHERE NOT EXISTS (
    SELECT 1 FROM random_reviews r
    WHERE r.answer_id = j.answer_id AND r.fact_id = j.fact_id AND r.machine_version = j.judged_by)
  GROUP BY ALL
),
sizes AS (SELECT judged_by, engine, verdict, count(*) AS items FROM judged GROUP BY ALL)
SELECT s.judged_by AS version, s.engine, s.verdict, s.items, coalesce(d.reviews, 0) AS drawn,
       coalesce(n.keys, []) AS keys
FROM sizes s LEFT JOIN next_ones n USING (judged_by, engine, verdict)
LEFT JOIN drawn d ON d.stratum = concat_ws(' | ', s.judged_by, s.engine, s.verdict)
ORDER BY ALL
"""
_REASONS = """
WITH sides AS (  -- answers to one question that contradict each other
  SELECT wave_id, question_id, locale, persona, fact_id,
         count(*) FILTER (verdict = 'correct') AS rights,
         count(*) FILTER (verdict IN ('incorrect', 'outdated')) AS wrongs
  FROM judged WHERE wave_id <> '' GROUP BY ALL HAVING rights > 0 AND wrongs > 0
),
split AS (  -- rules and judges, or several judges, that do
  SELECT j.answer_id, j.fact_id
  FROM judgements j JOIN released_facts v USING (pack, version)
  WHERE j.pack = $pack
  GROUP BY ALL
  HAVING count(DISTINCT j.verdict) FILTER (list_contains($settled::VARCHAR[], j.verdict)) > 1
      OR count(DISTINCT j.verdict) FILTER (j.method = 'judge' AND j.verdict <> 'unverifiable') > 1
),
seen AS (
  SELECT j.answer_id, j.fact_id, j.day,
         list_contains($critical::VARCHAR[], j.fact_id) AS critical,
         list_contains($major::VARCHAR[], j.fact_id) AS major,
         list_contains($contradicting::VARCHAR[], j.verdict) AS contradicts,
         s.answer_id IS NOT NULL OR (
           CASE WHEN d.rights < d.wrongs THEN j.verdict = 'correct'
                ELSE d.wrongs > 0 AND list_contains($contradicting::VARCHAR[], j.verdict) END
         ) AS disagrees,
         list_contains($settled::VARCHAR[], j.verdict) AND j.confidence < $sure AS uncertain,
         j.verdict = 'unverifiable' AND j.quote <> '' AS untold
  FROM judged j
  LEFT JOIN sides d USING (wave_id, question_id, locale, persona, fact_id)
  LEFT JOIN split s USING (answer_id, fact_id)
  WHERE NOT EXISTS (
    SELECT 1 FROM current_reviews r WHERE r.answer_id = j.answer_id AND r.fact_id = j.fact_id)
),
reasoned AS (
  SELECT *, CASE WHEN contradicts AND critical THEN 'critical' WHEN disagrees THEN 'disagreement'
                 WHEN uncertain THEN 'uncertain' WHEN contradicts THEN 'contradiction'
                 WHEN untold THEN 'open' END AS reason
  FROM seen
)
SELECT answer_id, fact_id, reason, count(*) OVER (PARTITION BY reason) AS waiting
FROM reasoned WHERE reason IS NOT NULL
"""
_GRAVEST = "critical DESC, major DESC, day DESC, answer_id, fact_id"
_FIRST = f"""
QUALIFY row_number() OVER (PARTITION BY reason ORDER BY {_GRAVEST}) <= $limit
ORDER BY list_position($reasons::VARCHAR[], reason), {_GRAVEST}
"""
_DONE = """
SELECT count(*) FILTER (r.sample <> 'random') AS selected,
       count(*) FILTER (r.sample = 'random') AS random
FROM standing_reviews r JOIN answers a USING (answer_id) WHERE a.pack = $pack
"""


def review_work(store: Store, pack: str, severities: Severities) -> ReviewWork:
    """What waits for people in `pack`, a critical fact's contradictions first."""
    with store.reading("looking what waits for review") as con:
        con.execute(_JUDGED, {"pack": pack})
        strata = _strata(con, pack)
        rows = fetch(con, _REASONS + _FIRST, _asked(pack, severities))
        done = Counts(**fetch(con, _DONE, {"pack": pack})[0])
    waiting = {Reason(row["reason"]): int(row["waiting"]) for row in rows}
    selected = [ReviewItem(r["answer_id"], r["fact_id"], Reason(r["reason"])) for r in rows]
    chosen = sum(waiting.values())
    if wanted := random_wanted(strata, chosen):
        waiting[Reason.RANDOM] = wanted
    queue = review_queue(selected[:_QUEUE], strata, chosen, done)
    return ReviewWork(queue, waiting, done, sum(part.items for part in strata))


def _strata(con: "DuckDBPyConnection", pack: str) -> list[Stratum]:
    return [
        Stratum(
            row["version"],
            row["engine"],
            Verdict(row["verdict"]),
            row["items"],
            row["drawn"],
            tuple(row["keys"]),
        )
        for row in fetch(con, _STRATA, {"pack": pack})
    ]


def _asked(pack: str, severities: Severities) -> dict[str, Any]:
    return {
        "pack": pack,
        "limit": _QUEUE,
        "sure": UNCERTAIN_BELOW,
        "settled": [verdict.value for verdict in SETTLED],
        "contradicting": [verdict.value for verdict in CONTRADICTING],
        "reasons": [reason.value for reason in Reason],
        "critical": [fact for fact, known in severities.items() if known is Severity.CRITICAL],
        "major": [fact for fact, known in severities.items() if known is Severity.MAJOR],
    }


_JUDGEMENTS = """
SELECT fact_id, verdict, method, judged_by AS version, span_start, span_end, quote, confidence,
       promise, note
FROM {table} WHERE answer_id = $answer AND fact_id = $fact ORDER BY method, judged_at
"""


def review_page(store: Store, answer_id: str, fact_id: str) -> ReviewPage:
    """The item whole. Raises InputError where the answer wasn't held against the fact."""
    keys = {"answer": answer_id, "fact": fact_id}
    answer = answer_page(store, answer_id)
    with store.reading("reading an item to review") as con:
        machine = fetch(con, _JUDGEMENTS.format(table="machine_judgements"), keys)
        every = fetch(con, _JUDGEMENTS.format(table="released_judgements"), keys)
    if not machine:
        raise InputError(
            f"answer {answer_id} wasn't held against a fact {fact_id!r}; `monitor review list` "
            "shows what can be reviewed"
        )
    return ReviewPage(answer, _judgement(machine[0]), tuple(map(_judgement, every)))


def _judgement(row: dict[str, Any]) -> Judgement:
    start, end = row.pop("span_start"), row.pop("span_end")
    filled = {name: row[name] or "" for name in ("quote", "note")}
    return Judgement(
        **row
        | filled
        | {
            "verdict": Verdict(row["verdict"]),
            "method": JudgedBy(row["method"]),
            "span": None if start is None else Span(start, end),
            "promise": bool(row["promise"]),
        }
    )
