"""A store of any size, made straight in its tables, for benchmarks of reading.

Journal and matcher are left out: they'd need hours for a million answers. Everything the pages
read is there as they'd have written it: answers with texts, mentions, citations, rollups.
"""

from dataclasses import dataclass
from pathlib import Path

from monitor import schema
from monitor.journal import Journal
from monitor.store import Store

PACK = "made"
BRANDS = ("Ownbrand", "Aldora", "Bertrix", "Calvento", "Dornick", "Elmsway")


@dataclass(frozen=True, slots=True)
class MadeSize:
    """questions × engines × 2 locales × repeats in each week; 2 questions are canaries."""

    weeks: int = 105
    questions: int = 100
    engines: int = 6
    repeats: int = 8

    @property
    def answers(self) -> int:
        """How many answers that makes."""
        return self.weeks * self.questions * self.engines * 2 * self.repeats


_CHANCE = "(hash({0}) % 1000000) / 1e6"
_SEEN = "state IN ('recommended', 'mentioned', 'warned_against')"
_STEPS = (
    """
    INSERT INTO waves SELECT 'made@' || d, 'made', d || 'T06:00', d, $repeats,
      $questions * $engines * 2 * $repeats, 'hash', true
    FROM (SELECT (DATE '2024-11-18' + (7 * w)::INTEGER)::VARCHAR AS d
          FROM range($weeks) t(w))
    """,
    """
    INSERT INTO wave_questions SELECT wave_id, 'q' || lpad(q::VARCHAR, 3, '0'),
      CASE WHEN q < 2 THEN 'probe' ELSE ['discovery', 'comparison', 'trust'][q % 3 + 1] END,
      NULL, [CASE WHEN q < 2 THEN 'canary' ELSE 'topic' || q % 8 END], q % 10 = 9, '{}'
    FROM waves, range($questions) t(q)
    """,
    f"""
    INSERT INTO answers SELECT left(md5(key), 24), wave_id, 'made', question_id, engine, locale,
      '', 0, repeat, started_at, started_at::DATE, 'wave',
      CASE WHEN {_CHANCE.format("key || 'status'")} < 0.98 THEN 'ok' ELSE 'failed' END, '',
      'vendor/' || engine, engine || '-' || (w // 30), '', '{{}}', 'stop', 40, 500, 1, 0.002,
      'catalog', 3.0, 1, true
    FROM (
      SELECT wave_id, started_at, question_id, 'engine' || e AS engine, locale, r + 1 AS repeat,
             row_number() OVER (ORDER BY wave_id) // 100000 AS w,
             wave_id || question_id || e || locale || r AS key
      FROM waves JOIN wave_questions USING (wave_id), range($engines) t(e), range($repeats) s(r),
           (SELECT unnest(['en-US', 'de-DE']) AS locale)
    ) ORDER BY wave_id, question_id
    """,
    """
    INSERT INTO answer_texts SELECT answer_id, question_id, repeat(answer_id || ' ', 30), NULL
    FROM answers
    """,
    "INSERT INTO measured SELECT answer_id, 'm1' FROM answers",
    f"""
    INSERT INTO mentions SELECT answer_id, 'm1', brand,
      CASE WHEN listed THEN 'recommended' ELSE 'mentioned' END, [[0, 8]],
      CASE WHEN listed THEN place END, place, CASE WHEN listed THEN 1 END, NULL, NULL
    FROM (
      SELECT answer_id, brand, {_CHANCE.format("answer_id || 'list'")} < 0.6 AS listed,
             row_number() OVER (PARTITION BY answer_id ORDER BY hash(answer_id || brand)) AS place
      FROM answers, (SELECT unnest($brands) AS brand)
      WHERE status = 'ok' AND question_id > 'q001' AND
        {_CHANCE.format("answer_id || brand || 'seen'")} <
        0.2 + 0.6 * {_CHANCE.format("question_id || brand")}
    )
    """,
    f"""
    INSERT INTO citations SELECT answer_id, 'm1', p, 'https://' || domain || '/', domain,
      CASE WHEN site < 6 THEN 'rival' ELSE 'third_party' END, 'other',
      CASE WHEN site < 6 THEN $brands[site + 1] ELSE '' END, '', true, false
    FROM (
      SELECT answer_id, p, (40 * {_CHANCE.format("answer_id || p")})::INTEGER AS site,
             'site' || site || '.example' AS domain
      FROM answers, range(3) t(p)
      WHERE status = 'ok' AND engine IN ('engine1', 'engine3', 'engine5')
    )
    """,
    "INSERT INTO measure_releases VALUES ('made', 'm1', $brands, now()::TIMESTAMP)",
    """
    INSERT INTO rollup_answers
    SELECT 'm1', a.pack, wave_id, day, question_id, engine, locale, persona, any_value(intent),
           any_value(branded), origin, true, status, reason, count(*)
    FROM answers a JOIN wave_questions q USING (wave_id, question_id)
    GROUP BY a.pack, wave_id, day, question_id, engine, locale, persona, origin, status, reason
    ORDER BY day
    """,
    f"""
    INSERT INTO rollup_mentions
    SELECT 'm1', pack, wave_id, day, question_id, engine, locale, persona, brand,
           count(*) FILTER (WHERE {_SEEN}), count(*) FILTER (WHERE state = 'recommended'), 0, 0, 0,
           count(*) FILTER (WHERE rank = 1), count(*) FILTER (WHERE rank <= 3), count(rank),
           coalesce(sum(rank), 0)
    FROM mentions JOIN answers USING (answer_id) GROUP BY ALL ORDER BY day
    """,
)  # fmt: skip


def made_store(folder: Path, size: MadeSize) -> Store:
    """The store in `folder`, made if it isn't there; the last migration adds its own sums."""
    path = folder / f"made-{size.answers}.duckdb"
    if not path.exists():
        old = Store(path, Journal(folder / "journal"), migrations=schema.MIGRATIONS[:2])
        keys = {
            "weeks": size.weeks,
            "questions": size.questions,
            "engines": size.engines,
            "repeats": size.repeats,
            "brands": list(BRANDS),
        }
        for step in _STEPS:
            with old.writing("making a store") as con:
                con.execute(step, {k: v for k, v in keys.items() if f"${k}" in step})
    store = Store(path, Journal(folder / "journal"), read_limit_s=600)
    store.prepare()
    return store
