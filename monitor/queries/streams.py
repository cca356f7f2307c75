"""Counts wave by wave: what change detection, attribution and the variance report work on."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from monitor.queries.rows import fetch
from monitor.queries.view import COUNTED, View
from monitor.stats import CellCount
from monitor.store import Store


@dataclass(frozen=True, slots=True)
class WaveCounts:
    """One wave's counts of visibility: by brand and engine, the cells of the view's questions.

    `planned_cells` and `answered_cells` cover the whole wave; `served` are the model versions
    that answered, by engine.
    """

    wave_id: str
    slot: str
    planned_cells: int
    answered_cells: int
    questions: frozenset[str]
    version: str
    cells: dict[tuple[str, str], tuple[CellCount, ...]]
    served: dict[str, frozenset[str]]

    def of(self, brand: str, engine: str | None) -> tuple[CellCount, ...]:
        """The brand's cells on one engine, or on all of them (None)."""
        return tuple(
            cell
            for (name, at), cells in self.cells.items()
            if name == brand and engine in (None, at)
            for cell in cells
        )


class _Cell(NamedTuple):
    wave_id: str
    brand: str
    engine: str
    locale: str
    persona: str
    question_id: str
    hits: int
    answers: int


_CELLS = f"""
WITH {COUNTED},
cells AS (
  SELECT wave_id, engine, locale, persona, question_id, sum(answers)::BIGINT AS answers
  FROM counted WHERE status = 'ok' AND wave_id <> '' GROUP BY ALL
),
brands AS (SELECT DISTINCT unnest(brands) AS brand FROM released WHERE pack = $pack),
hits AS (
  SELECT m.brand, m.wave_id, m.engine, m.locale, m.persona, m.question_id,
         sum(m.visible)::BIGINT AS hits
  FROM rollup_mentions m JOIN released v USING (pack, version)
  WHERE m.pack = $pack GROUP BY ALL
)
SELECT c.wave_id, b.brand, c.engine, c.locale, c.persona, c.question_id,
       coalesce(h.hits, 0)::BIGINT, c.answers
FROM cells c CROSS JOIN brands b
LEFT JOIN hits h USING (brand, wave_id, engine, locale, persona, question_id)
ORDER BY ALL
"""
_WAVES = """
WITH asked AS (
  SELECT wave_id, count(DISTINCT (question_id, engine, locale, persona))::BIGINT AS answered
  FROM answers WHERE pack = $pack AND status = 'ok' GROUP BY wave_id
)
SELECT w.wave_id, w.slot, ceil(w.planned / w.repeats)::BIGINT AS planned,
       coalesce(a.answered, 0) AS answered, v.version
FROM waves w LEFT JOIN asked a USING (wave_id)
CROSS JOIN (SELECT version FROM released WHERE pack = $pack) v
WHERE w.pack = $pack ORDER BY w.slot, w.wave_id
"""
_SERVED = """
SELECT wave_id, engine, list(DISTINCT model_served) AS versions FROM answers
WHERE pack = $pack AND wave_id <> '' AND model_served <> '' AND status = 'ok'
GROUP BY ALL
"""


def wave_counts(store: Store, view: View) -> tuple[WaveCounts, ...]:
    """The view's waves, oldest first, with every brand's cells."""
    parameters = view.parameters()
    with store.reading("counting waves") as con:
        waves = fetch(con, _WAVES, {"pack": view.pack})
        rows = [_Cell(*row) for row in con.execute(_CELLS, parameters).fetchall()]
        served = fetch(con, _SERVED, {"pack": view.pack})
    by_wave: dict[str, list[_Cell]] = defaultdict(list)
    for row in rows:
        by_wave[row.wave_id].append(row)
    versions: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for line in served:
        versions[line["wave_id"]][line["engine"]] = frozenset(line["versions"])
    return tuple(
        WaveCounts(
            wave_id=wave["wave_id"],
            slot=wave["slot"],
            planned_cells=wave["planned"],
            answered_cells=wave["answered"],
            questions=frozenset(row.question_id for row in by_wave[wave["wave_id"]]),
            version=wave["version"],
            cells=_cells(by_wave[wave["wave_id"]]),
            served=versions[wave["wave_id"]],
        )
        for wave in waves
        if wave["wave_id"] in by_wave
    )


def _cells(rows: Sequence[_Cell]) -> dict[tuple[str, str], tuple[CellCount, ...]]:
    groups: dict[tuple[str, str], list[CellCount]] = defaultdict(list)
    for row in rows:
        # The group pairs a cell with itself in another wave, whatever engines are pooled.
        group = f"{row.engine}/{row.locale}/{row.persona}"
        groups[row.brand, row.engine].append(
            CellCount(row.question_id, row.hits, row.answers, group)
        )
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
