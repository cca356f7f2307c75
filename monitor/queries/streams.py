"""Counts wave by wave: what change detection, attribution and the variance report work on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from monitor.queries.rows import fetch
from monitor.queries.view import COUNTED, View, wording
from monitor.stats import CellCount
from monitor.store import Store


@dataclass(frozen=True, slots=True)
class WaveCounts:
    """One wave's counts of visibility: by brand and engine, the cells of the view's questions.

    `planned_cells` and `answered_cells` cover the whole wave; `served` are the model versions
    that answered, by engine. `canaries` count the answers with a list to brand-free questions, by
    engine; `topics` are the wave's questions by tag. Cells of a question that was reworded don't
    pair with those from before.
    """

    wave_id: str
    slot: str
    started_at: datetime
    planned_cells: int
    answered_cells: int
    questions: frozenset[str]
    version: str
    cells: Mapping[tuple[str, str], tuple[CellCount, ...]]
    served: Mapping[str, frozenset[str]]
    canaries: Mapping[str, tuple[CellCount, ...]]
    topics: Mapping[str, frozenset[str]]

    @property
    def day(self) -> date:
        """The day of the wave's slot, which all its answers belong to."""
        return date.fromisoformat(self.slot[:10])

    def of(
        self, brand: str, engine: str | None = None, among: frozenset[str] | None = None
    ) -> tuple[CellCount, ...]:
        """The brand's cells on one engine or (None) all, of the questions `among` or (None) all."""
        return tuple(
            cell
            for (name, at), cells in self.cells.items()
            if name == brand and engine in (None, at)
            for cell in cells
            if among is None or cell.question in among
        )


class _Cell(NamedTuple):
    wave_id: str
    brand: str
    engine: str
    locale: str
    persona: str
    question_id: str
    wording: str
    hits: int
    answers: int

    @property
    def group(self) -> str:
        """What pairs a cell with itself in another wave, whatever engines are pooled."""
        return f"{self.engine}/{self.locale}/{self.persona}/{self.wording}"


# With `waves` in the view, so that the rollups are read only where they're needed.
_CELLS = f"""
WITH {COUNTED},
cells AS (
  SELECT wave_id, engine, locale, persona, question_id, sum(answers)::BIGINT AS answers
  FROM counted WHERE status = 'ok' AND wave_id <> '' GROUP BY ALL
),
brands AS (SELECT unnest(brands) AS brand FROM released WHERE pack = $pack),
hits AS (
  SELECT m.brand, m.wave_id, m.engine, m.locale, m.persona, m.question_id,
         sum(m.visible)::BIGINT AS hits
  FROM rollup_mentions m JOIN released v USING (pack, version)
  WHERE m.pack = $pack AND list_contains($waves::VARCHAR[], m.wave_id) GROUP BY ALL
)
SELECT c.wave_id, b.brand, c.engine, c.locale, c.persona, c.question_id,
       {wording("c.locale")} AS wording, coalesce(h.hits, 0)::BIGINT, c.answers
FROM cells c CROSS JOIN brands b
LEFT JOIN hits h USING (brand, wave_id, engine, locale, persona, question_id)
LEFT JOIN wave_questions q USING (wave_id, question_id)
ORDER BY ALL
"""
_WAVES = """
SELECT * FROM (
  SELECT w.wave_id, w.slot, w.started_at, w.planned - w.probes AS planned, w.repeats, v.version
  FROM waves w CROSS JOIN (SELECT version FROM released WHERE pack = $pack) v
  WHERE w.pack = $pack ORDER BY w.slot DESC, w.wave_id DESC LIMIT $latest
) ORDER BY slot, wave_id
"""
_ANSWERED = """
SELECT wave_id, count(DISTINCT (question_id, engine, locale, persona))::BIGINT
FROM rollup_answers r JOIN released v USING (pack, version)
WHERE r.pack = $pack AND status = 'ok' AND list_contains($waves, wave_id)
  AND NOT starts_with(question_id, 'probe:') GROUP BY wave_id
"""
_SERVED = """
SELECT wave_id, engine, list(DISTINCT model_served) AS versions FROM answers
WHERE pack = $pack AND list_contains($waves, wave_id) AND model_served <> '' AND status = 'ok'
GROUP BY ALL
"""
_TOPICS = """
SELECT wave_id, tag, list(question_id) AS questions FROM (
  SELECT wave_id, question_id, unnest(tags) AS tag FROM wave_questions
  WHERE list_contains($waves, wave_id) AND intent <> 'probe'
) GROUP BY ALL ORDER BY ALL
"""
CANARY = "canary"
"""The tag of questions that ask for no brand."""
LISTED = r"(?m)^\s*([-*+•]|\d+[.)])\s+\S"
"""What an answer with a list matches: the trait of canary answers that is watched."""
_CANARIES = f"""
SELECT a.wave_id, a.engine, a.locale, a.persona, a.question_id,
       any_value({wording("a.locale")}) AS wording,
       count(*) FILTER (WHERE regexp_matches(t.text, $listed))::BIGINT AS hits,
       count(*)::BIGINT AS answers
FROM answers a JOIN answer_texts t USING (answer_id)
JOIN wave_questions q USING (wave_id, question_id)
WHERE a.pack = $pack AND a.status = 'ok' AND list_contains($waves, a.wave_id)
  AND q.intent = 'probe' AND list_contains(q.tags, $canary)
GROUP BY a.wave_id, a.engine, a.locale, a.persona, a.question_id ORDER BY ALL
"""


def wave_counts(store: Store, view: View, latest: int = 52) -> tuple[WaveCounts, ...]:
    """The pack's `latest` waves, oldest first, with every brand's cells of the view."""
    keys = {"pack": view.pack}
    with store.reading("counting waves") as con:
        waves = fetch(con, _WAVES, {**keys, "latest": latest})
        among = {**keys, "waves": [wave["wave_id"] for wave in waves]}
        narrowed = replace(view, waves=tuple(among["waves"])).parameters()
        rows = [_Cell(*row) for row in con.execute(_CELLS, narrowed).fetchall()]
        answered = dict(con.execute(_ANSWERED, among).fetchall())
        served = fetch(con, _SERVED, among)
        topics = fetch(con, _TOPICS, {"waves": among["waves"]})
        canaries = fetch(con, _CANARIES, {**among, "canary": CANARY, "listed": LISTED})
    by_wave: dict[str, list[_Cell]] = defaultdict(list)
    for row in rows:
        by_wave[row.wave_id].append(row)
    return tuple(
        WaveCounts(
            wave_id=wave["wave_id"],
            slot=wave["slot"],
            started_at=wave["started_at"],
            planned_cells=-(-wave["planned"] // wave["repeats"]),
            answered_cells=answered.get(wave["wave_id"], 0),
            questions=frozenset(row.question_id for row in by_wave[wave["wave_id"]]),
            version=wave["version"],
            cells=_cells(by_wave[wave["wave_id"]]),
            served={s["engine"]: frozenset(s["versions"]) for s in _of(served, wave)},
            canaries=canary_cells(_of(canaries, wave)),
            topics={t["tag"]: frozenset(t["questions"]) for t in _of(topics, wave)},
        )
        for wave in waves
    )


def canary_cells(rows: Sequence[Mapping[str, Any]]) -> dict[str, tuple[CellCount, ...]]:
    """Counts of canary answers with a list, by engine."""
    groups: dict[str, list[CellCount]] = defaultdict(list)
    for row in rows:
        group = f"{row['engine']}/{row['locale']}/{row['persona']}/{row['wording']}"
        cell = CellCount(row["question_id"], row["hits"], row["answers"], group)
        groups[row["engine"]].append(cell)
    return {engine: tuple(cells) for engine, cells in groups.items()}


def _of(rows: Sequence[dict[str, Any]], wave: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [row for row in rows if row["wave_id"] == wave["wave_id"]]


def _cells(rows: Sequence[_Cell]) -> dict[tuple[str, str], tuple[CellCount, ...]]:
    groups: dict[tuple[str, str], list[CellCount]] = defaultdict(list)
    for row in rows:
        cell = CellCount(row.question_id, row.hits, row.answers, row.group)
        groups[row.brand, row.engine].append(cell)
    return {key: tuple(cells) for key, cells in groups.items()}


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """One brand's visibility answer by answer (0 or 1), with what may explain its spread."""

    visible: tuple[float, ...]
    sources: dict[str, tuple[str, ...]]


_SPREAD = f"""
WITH {COUNTED},
cells AS (
  SELECT DISTINCT version, wave_id, day, question_id, engine, locale, persona, origin
  FROM counted WHERE status = 'ok'
)
SELECT (m.brand IS NOT NULL)::DOUBLE AS visible, a.question_id AS question,
       a.question_id || '/' || a.locale || '/' || a.phrasing AS phrasing, a.engine, a.locale,
       strftime(a.day, '%G-W%V') AS week
FROM cells c
JOIN answers a ON a.pack = $pack AND a.status = 'ok' AND a.wave_id = c.wave_id AND a.day = c.day
  AND a.question_id = c.question_id AND a.engine = c.engine AND a.locale = c.locale
  AND a.persona = c.persona AND a.origin = c.origin
JOIN measured d ON d.answer_id = a.answer_id AND d.version = c.version
LEFT JOIN mentions m ON m.answer_id = a.answer_id AND m.version = c.version
  AND m.brand = $brand AND m.state IN ('recommended', 'mentioned', 'warned_against')
ORDER BY a.answer_id
"""


def answer_table(store: Store, view: View, brand: str) -> AnswerTable:
    """Every ok answer of the view as a row, for the variance report."""
    with store.reading("reading answers one by one") as con:
        rows = fetch(con, _SPREAD, {**view.parameters(), "brand": brand})
    names = ("question", "phrasing", "engine", "locale", "week")
    return AnswerTable(
        visible=tuple(row["visible"] for row in rows),
        sources={name: tuple(row[name] for row in rows) for name in names},
    )
