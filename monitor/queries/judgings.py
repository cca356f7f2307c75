"""What judges were asked, what came of it, and what it cost."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.queries.rows import fetch
from monitor.store import Store, released_facts
from monitor.types import FactType


@dataclass(frozen=True, slots=True)
class JudgingLine:
    """One judge's calls about one wave's answers, by template.

    `usable` replies count; the others are kept: `failed` gave no text, `unusable` text of no use.
    `unscored` are facts that usable replies left out. Costs are as in `WaveLine`.
    """

    pack: str
    wave_id: str
    engine: str
    template: str
    model: str
    calls: int
    usable: int
    failed: int
    unusable: int
    unscored: int
    cost_usd: float
    cost_unknown: int
    simulated: bool


_LINES = """
SELECT j.pack, a.wave_id, j.engine, j.template,
       any_value(coalesce(nullif(j.model_served, ''), j.model_requested)) AS model,
       count(*) AS calls,
       count(*) FILTER (WHERE r.usable) AS usable,
       count(*) FILTER (WHERE j.status <> 'ok') AS failed,
       count(*) FILTER (WHERE j.status = 'ok' AND NOT r.usable) AS unusable,
       coalesce(sum(len(r.unscored)) FILTER (WHERE r.usable), 0)::BIGINT AS unscored,
       coalesce(sum(j.cost_usd), 0.0) AS cost_usd,
       count(*) FILTER (WHERE j.cost_usd IS NULL) AS cost_unknown,
       bool_or(j.simulated) AS simulated
FROM judgings j JOIN answers a USING (answer_id)
LEFT JOIN released_facts v ON v.pack = j.pack
LEFT JOIN judging_reads r ON r.judging_id = j.judging_id AND r.version = v.version
WHERE ($pack = '' OR j.pack = $pack) AND ($wave = '' OR a.wave_id = $wave)
GROUP BY j.pack, a.wave_id, j.engine, j.template
ORDER BY max(a.day) DESC, a.wave_id DESC, j.engine, j.template
"""


def judging_lines(store: Store, pack: str = "", wave_id: str = "") -> tuple[JudgingLine, ...]:
    """Judges' calls by wave, judge and template, the latest wave first; "" means all."""
    with store.reading("counting what judges were asked") as con:
        rows = fetch(con, _LINES, {"pack": pack, "wave": wave_id})
    return tuple(JudgingLine(**row) for row in rows)


@dataclass(frozen=True, slots=True)
class JudgingProblem:
    """How often one judge's replies had one fault."""

    wave_id: str
    engine: str
    problem: str
    replies: int


_PROBLEMS = r"""
SELECT a.wave_id, j.engine,
       -- Where in a reply it broke off makes no other fault of it.
       regexp_replace(p.problem, ' at line \d+ column \d+', '') AS problem, count(*) AS replies
FROM judging_reads r
JOIN judgings j USING (judging_id, answer_id)
JOIN answers a USING (answer_id)
JOIN released_facts v ON v.pack = j.pack AND v.version = r.version
CROSS JOIN unnest(r.problems) AS p(problem)
WHERE $pack = '' OR j.pack = $pack
GROUP BY ALL ORDER BY a.wave_id DESC, replies DESC, j.engine, problem
"""


def judging_problems(store: Store, pack: str = "") -> tuple[JudgingProblem, ...]:
    """What was wrong with judges' replies, counted by wave, judge and fault."""
    with store.reading("counting faults of judges") as con:
        rows = fetch(con, _PROBLEMS, {"pack": pack})
    return tuple(JudgingProblem(**row) for row in rows)


def judged_shares(
    store: Store, pack: str, own: str, asking: Sequence[str], waves: int = 4
) -> dict[str, float]:
    """By engine, the share of its ok answers in the latest waves that a judge would be shown.

    Those that name `own`, and those to the questions `asking`, which are about facts.
    """
    with store.reading("counting answers for judges") as con:
        rows = con.execute(
            """
            WITH latest AS (
              SELECT wave_id FROM waves WHERE pack = $pack ORDER BY slot DESC LIMIT $waves
            ),
            naming AS (
              SELECT m.answer_id FROM mentions m
              JOIN released v ON v.pack = $pack AND v.version = m.version
              WHERE m.brand = $own AND m.state <> 'absent'
            )
            SELECT engine, avg((answer_id IN (FROM naming)
                                OR list_contains($asking::VARCHAR[], question_id))::INTEGER)
            FROM answers
            WHERE pack = $pack AND status = 'ok' AND wave_id IN (FROM latest)
              AND (wave_id, question_id) NOT IN (
                SELECT (wave_id, question_id) FROM wave_questions WHERE intent = 'probe'
              )
            GROUP BY engine
            """,
            {"pack": pack, "own": own, "asking": list(asking), "waves": waves},
        ).fetchall()
    return {engine: float(share) for engine, share in rows}


def open_probe_shares(store: Store, pack: str, waves: int = 4) -> dict[tuple[str, str], float]:
    """By engine and fact, the share of its ok answers to probes that rules left to a judge.

    Of the latest waves with probes, by the facts version that pages read: a judge is shown what
    rules couldn't verify, and of free-text facts all that they didn't settle.
    """
    release = released_facts(store, pack)
    if release is None:
        return {}
    texts = [fact.fact_id for fact in release.content if fact.value.type is FactType.TEXT]
    with store.reading("counting probes for judges") as con:
        rows = con.execute(
            """
            WITH latest AS (
              SELECT wave_id FROM waves WHERE pack = $pack AND probes > 0
              ORDER BY slot DESC LIMIT $waves
            ),
            probed AS (
              SELECT answer_id, engine, split_part(question_id, ':', 2) AS fact_id FROM answers
              WHERE pack = $pack AND status = 'ok' AND wave_id IN (FROM latest)
                AND starts_with(question_id, 'probe:')
            ),
            told AS (
              SELECT answer_id, fact_id, verdict FROM released_judgements
              WHERE pack = $pack AND method = 'rules'
            )
            SELECT engine, fact_id, avg(CASE
              WHEN list_contains($texts::VARCHAR[], fact_id)
              THEN coalesce(verdict NOT IN ('correct', 'incorrect', 'outdated'), true)
              ELSE coalesce(verdict = 'unverifiable', false) END::INTEGER)
            FROM probed LEFT JOIN told USING (answer_id, fact_id) GROUP BY ALL
            """,
            {"pack": pack, "texts": texts, "waves": waves},
        ).fetchall()
    return {(engine, fact_id): float(share) for engine, fact_id, share in rows}


def usable_replies(store: Store, judging_ids: Sequence[str]) -> int:
    """How many of these judgings are stored with a reply of use."""
    with store.reading("counting usable replies") as con:
        row = con.execute(
            """
            SELECT count(DISTINCT judging_id) FROM judging_reads r
            JOIN judgings j USING (judging_id)
            JOIN released_facts v ON v.pack = j.pack AND v.version = r.version
            WHERE r.usable AND judging_id IN (SELECT unnest($ids))
            """,
            {"ids": list(judging_ids)},
        ).fetchone()
    return int(row[0]) if row else 0
