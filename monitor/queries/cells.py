"""Counts and sums by cell: what every figure of a page or a report is made of.

All of it comes from the rollups, one row for each cell and brand; no answer is read.
"""

from typing import TYPE_CHECKING, NamedTuple

from monitor.queries.view import COUNTED, View

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class CellRow(NamedTuple):
    """One cell's ok answers and what they say of one brand; `week` is "" where weeks are pooled.

    `answers` is 0 where a cell was planned and nothing usable came. The sums after `rank_sum` are
    there only if asked for: of squares and products over answers, for shares and their variances;
    and, of the own brand alone, how judges read the answers that mention it.
    """

    brand: str
    engine: str
    locale: str
    persona: str
    week: str
    question: str
    answers: int
    visible: int
    recommended: int
    warned_against: int
    first: int
    top3: int
    ranked: int
    rank_sum: int
    rank_squares: int = 0
    named_with: int = 0
    citing: int = 0
    cited: int = 0
    cited_squares: int = 0
    cited_with: int = 0
    named: int = 0
    named_squares: int = 0
    all_cited: int = 0
    all_cited_squares: int = 0
    positive: int = 0
    neutral: int = 0
    negative: int = 0
    rival_preferred: int = 0

    @property
    def group(self) -> str:
        """What tells the cells of one question on one engine apart."""
        return f"{self.locale}/{self.persona}"


class LeftOut(NamedTuple):
    """How many answers of one scope aren't ok, by status."""

    engine: str
    locale: str
    week: str
    status: str
    answers: int


def cell_rows(
    con: "DuckDBPyConnection",
    view: View,
    brands: tuple[str, ...] = (),
    *,
    weeks: bool = False,
    sums: bool = False,
) -> list[CellRow]:
    """Every cell of the view for each brand (all if none is named), weeks apart or pooled."""
    keys = {**view.parameters(), "brands": list(brands)}
    rows = con.execute(_query(weeks, sums), keys).fetchall()
    found = [CellRow(*row) for row in rows]
    return found + _unasked(con, view, found, weeks=weeks)


def left_out(con: "DuckDBPyConnection", view: View, *, weeks: bool = False) -> list[LeftOut]:
    """The view's answers that aren't ok."""
    query = f"""
    WITH {COUNTED}
    SELECT engine, locale, {_week(weeks)}, status, sum(answers)::BIGINT
    FROM counted WHERE status <> 'ok' GROUP BY ALL ORDER BY ALL
    """
    return [LeftOut(*row) for row in con.execute(query, view.parameters()).fetchall()]


def released(con: "DuckDBPyConnection", pack: str) -> tuple[str, tuple[str, ...]]:
    """The measure version that the pack's figures are read in, and the brands it tracks."""
    row = con.execute(
        "SELECT version, brands FROM released WHERE pack = $pack", {"pack": pack}
    ).fetchone()
    return (str(row[0]), tuple(row[1])) if row else ("", ())


def _week(weeks: bool) -> str:
    return "strftime(day, '%G-W%V')" if weeks else "''"


_KEY = "engine, locale, persona, question_id"
# The rollups of brands know neither intent nor brandedness: those hang on wave and question.
_IN_VIEW = """
  m.pack = $pack
    AND ($since::DATE IS NULL OR m.day >= $since::DATE)
    AND ($until::DATE IS NULL OR m.day <= $until::DATE)
    AND (m.wave_id, m.question_id) IN (FROM asked)
"""
_NARROWED = f"""
  FROM {{table}} m JOIN released v USING (pack, version)
  WHERE {_IN_VIEW}
"""
_BRANDS = "AND (len($brands::VARCHAR[]) = 0 OR list_contains($brands::VARCHAR[], m.brand))"
_RATE_SUMS = ("visible", "recommended", "warned_against", "first", "top3", "ranked", "rank_sum")
_SHARE_SUMS = (*("rank_squares", "named_with", "citing", "cited", "cited_squares", "cited_with"),)
_TONES = ("positive", "neutral", "negative", "rival_preferred")
_WHOLE_SUMS = ("named", "named_squares", "cited", "cited_squares")


def _query(weeks: bool, sums: bool) -> str:
    shares = wholes = tones = joins = ""
    columns = _columns("h", _RATE_SUMS)
    if sums:
        shares = f", shares AS ({_summed('rollup_shares', _SHARE_SUMS, weeks, brands=True)})"
        wholes = f", wholes AS ({_summed('rollup_wholes', _WHOLE_SUMS, weeks, brands=False)})"
        tones = f", tones AS ({_toned(weeks)})"
        joins = f"""
        LEFT JOIN shares s USING (brand, week, {_KEY})
        LEFT JOIN wholes w USING (week, {_KEY})
        LEFT JOIN tones t USING (brand, week, {_KEY})
        """
        columns += f", {_columns('s', _SHARE_SUMS)}, {_columns('w', _WHOLE_SUMS)}"
        columns += f", {_columns('t', _TONES)}"
    return f"""
    WITH {COUNTED},
    asked AS (SELECT DISTINCT wave_id, question_id FROM counted),
    cells AS (
      SELECT {_week(weeks)} AS week, {_KEY},
             coalesce(sum(answers) FILTER (WHERE status = 'ok'), 0)::BIGINT AS answers
      FROM counted GROUP BY ALL
    ),
    brands AS (
      SELECT unnest(brands) AS brand FROM released WHERE pack = $pack
    ),
    grid AS (
      SELECT m.brand, c.* FROM cells c CROSS JOIN brands m WHERE true {_BRANDS}
    ),
    hits AS ({_summed("rollup_mentions", _RATE_SUMS, weeks, brands=True)})
    {shares} {wholes} {tones}
    SELECT brand, engine, locale, persona, week, question_id, c.answers, {columns}
    FROM grid c LEFT JOIN hits h USING (brand, week, {_KEY}) {joins}
    """


def _summed(table: str, names: tuple[str, ...], weeks: bool, *, brands: bool) -> str:
    brand = "m.brand, " if brands else ""
    total = ", ".join(f"sum(m.{name})::BIGINT AS {name}" for name in names)
    return f"""
    SELECT {brand}{_week(weeks)} AS week, {", ".join(f"m.{k}" for k in _KEY.split(", "))}, {total}
    {_NARROWED.format(table=table)} {_BRANDS if brands else ""} GROUP BY ALL
    """


def _toned(weeks: bool) -> str:
    """How judges read the view's answers that mention the own brand, the first one tracked."""
    return f"""
    SELECT (SELECT brands[1] FROM released WHERE pack = $pack) AS brand, {_week(weeks)} AS week,
           {", ".join(f"m.{k}" for k in _KEY.split(", "))},
           count(*) FILTER (WHERE s.sentiment = 'positive') AS positive,
           count(*) FILTER (WHERE s.sentiment = 'neutral') AS neutral,
           count(*) FILTER (WHERE s.sentiment = 'negative') AS negative,
           count(*) FILTER (WHERE s.recommendation = 'rival_preferred') AS rival_preferred
    FROM standing_reads s JOIN answers m USING (answer_id)
    WHERE {_IN_VIEW} AND s.sentiment <> 'not_mentioned'
      AND NOT EXISTS (  -- whatever the judge took for the brand, a person says it isn't there
        FROM applied_rulings r JOIN released v ON v.pack = $pack AND v.version = r.version
        WHERE r.answer_id = m.answer_id AND r.brand = v.brands[1] AND r.state = 'absent')
    GROUP BY ALL
    """


def judges_of(con: "DuckDBPyConnection", view: View) -> tuple[str, ...]:
    """Template and model of every judge whose replies about the view's answers count."""
    query = f"""
    WITH {COUNTED},
    asked AS (SELECT DISTINCT wave_id, question_id FROM counted)
    SELECT DISTINCT s.template || ' ' || s.model
    FROM standing_reads s JOIN answers m USING (answer_id) WHERE {_IN_VIEW} ORDER BY 1
    """
    return tuple(name for (name,) in con.execute(query, view.parameters()).fetchall())


def _columns(alias: str, names: tuple[str, ...]) -> str:
    return ", ".join(f"coalesce({alias}.{name}, 0)" for name in names)


_SHORT_WAVES = f"""
WITH {COUNTED},
stored AS (
  SELECT r.wave_id, sum(r.answers)::BIGINT AS answers
  FROM rollup_answers r JOIN released v USING (pack, version)
  WHERE r.pack = $pack AND r.wave_id IN (SELECT wave_id FROM counted) GROUP BY r.wave_id
)
SELECT w.wave_id FROM waves w JOIN stored s USING (wave_id) WHERE w.planned > s.answers
"""
# A wave that has just begun may be empty; one that ended so, or has others after it, stays so.
_EMPTY_WAVES = """
SELECT w.wave_id FROM wave_states w
WHERE w.pack = $pack
  AND ($since::DATE IS NULL OR w.slot[:10]::DATE >= $since::DATE)
  AND ($until::DATE IS NULL OR w.slot[:10]::DATE <= $until::DATE)
  AND (len($waves::VARCHAR[]) = 0 OR list_contains($waves::VARCHAR[], w.wave_id))
  AND w.wave_id NOT IN (  -- days of a wave and of its slot may differ by a time zone
    SELECT a.wave_id FROM answers a WHERE a.pack = $pack
    AND ($since::DATE IS NULL OR a.day >= $since::DATE - 1)
  )
  AND (w.outcome IS NOT NULL OR w.slot < (SELECT max(slot) FROM waves WHERE pack = $pack))
"""
_UNASKED = """
WITH known AS (
  SELECT r.question_id, any_value(r.branded) AS branded
  FROM rollup_answers r JOIN released v USING (pack, version)
  WHERE r.pack = $pack GROUP BY r.question_id
),
askers AS (
  SELECT DISTINCT r.wave_id, r.day, r.engine, r.locale, r.persona
  FROM rollup_answers r JOIN released v USING (pack, version)
  WHERE r.pack = $pack AND list_contains($short, r.wave_id)
  UNION  -- nobody was asked in an empty wave: those who are asked otherwise should have been
  SELECT w.wave_id, w.slot[:10]::DATE, e.engine, e.locale, e.persona
  FROM waves w CROSS JOIN (
    SELECT DISTINCT r.engine, r.locale, r.persona
    FROM rollup_answers r JOIN released v USING (pack, version)
    WHERE r.pack = $pack AND r.wave_id <> '' AND len($empty::VARCHAR[]) > 0
  ) e WHERE list_contains($empty::VARCHAR[], w.wave_id)
)
SELECT DISTINCT a.engine, a.locale, a.persona, {week}, q.question_id
FROM wave_questions q JOIN askers a USING (wave_id) LEFT JOIN known k USING (question_id)
WHERE contains(q.texts, '"' || split_part(a.locale, '-', 1) || '":')
  AND coalesce(k.branded, q.branded, EXISTS (  -- never asked: by the brands' names alone
    FROM (SELECT unnest(brands) AS brand FROM released WHERE pack = $pack) b
    WHERE contains(lower(q.texts), lower(b.brand)))) = $branded AND q.intent <> 'probe'
  AND (len($engines::VARCHAR[]) = 0 OR list_contains($engines::VARCHAR[], a.engine))
  AND (len($locales::VARCHAR[]) = 0 OR list_contains($locales::VARCHAR[], a.locale))
  AND (len($personas::VARCHAR[]) = 0 OR list_contains($personas::VARCHAR[], a.persona))
  AND (len($intents::VARCHAR[]) = 0 OR list_contains($intents::VARCHAR[], q.intent))
  AND (len($tags::VARCHAR[]) = 0 OR list_has_any(q.tags, $tags::VARCHAR[]))
  AND (len($questions::VARCHAR[]) = 0 OR list_contains($questions::VARCHAR[], q.question_id))
ORDER BY ALL
"""


def _unasked(
    con: "DuckDBPyConnection", view: View, found: list[CellRow], *, weeks: bool
) -> list[CellRow]:
    """Cells that a wave planned and never came to, with no answers: they widen the interval.

    A wave's own questions on every engine, locale and persona that it asked at all, or that is
    asked otherwise where it asked none; where a wave has all its planned answers there are none.
    """
    period = {name: view.parameters()[name] for name in ("pack", "since", "until", "waves")}
    short, empty = (
        [wave for (wave,) in con.execute(query, keys).fetchall()]
        for query, keys in ((_SHORT_WAVES, view.parameters()), (_EMPTY_WAVES, period))
    )
    if not (short or empty) or view.branded is None:
        return []
    names = ("pack", "engines", "locales", "personas", "intents", "tags", "questions", "branded")
    keys = {name: view.parameters()[name] for name in names} | {"short": short, "empty": empty}
    planned = con.execute(_UNASKED.format(week=_week(weeks)), keys).fetchall()
    there = {(r.engine, r.locale, r.persona, r.week, r.question) for r in found}
    brands = sorted({row.brand for row in found})
    return [
        CellRow(brand, *cell, *(0 for _ in range(8)))
        for cell in planned
        if cell not in there
        for brand in brands
    ]
