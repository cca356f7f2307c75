"""List stability: how much a cell's repeats agree on whom they recommend, in what order."""

from collections import defaultdict
from typing import NamedTuple

from monitor.queries.cells import left_out, released
from monitor.queries.figures import By, Figure, never_pooled
from monitor.queries.view import COUNTED, View
from monitor.stats.ranks import CellLists, mean_of_stabilities
from monitor.store import Store

LIST_STABILITY = "list_stability"


class _Row(NamedTuple):
    engine: str
    locale: str
    persona: str
    week: str
    wave_id: str
    question: str
    lists: list[list[str]]


_LISTS = f"""
WITH {COUNTED},
cells AS (
  SELECT DISTINCT version, wave_id, day, question_id, engine, locale, persona
  FROM counted WHERE status = 'ok' AND wave_id <> ''
),
chosen AS (
  SELECT a.answer_id, c.*
  FROM cells c
  JOIN answers a ON a.pack = $pack AND a.status = 'ok' AND a.wave_id = c.wave_id
    AND a.question_id = c.question_id AND a.engine = c.engine AND a.locale = c.locale
    AND a.persona = c.persona
),
lists AS (
  SELECT c.*, list(m.brand ORDER BY m.rank, m.brand) AS names
  FROM chosen c JOIN mentions m USING (answer_id, version)
  WHERE m.rank IS NOT NULL GROUP BY ALL
)
SELECT engine, locale, persona, strftime(day, '%G-W%V') AS week, wave_id, question_id,
       list(names ORDER BY answer_id)
FROM lists GROUP BY ALL ORDER BY ALL
"""


def stability_figures(store: Store, view: View, splits: tuple[By, ...]) -> tuple[Figure, ...]:
    """Mean rank-biased overlap between the lists of tracked brands that a cell's repeats give.

    Only repeats within one wave are compared. `k` is pairs, `n` lists; `brand` is "".
    """
    never_pooled(view)
    with store.reading("reading recommended lists") as con:
        rows = [_Row(*row) for row in con.execute(_LISTS, view.parameters()).fetchall()]
        excluded = left_out(con, view, weeks=True)
        version, _ = released(con, view.pack)
    figures = []
    for by in splits:
        groups: dict[tuple[str, str, str], list[_Row]] = defaultdict(list)
        for row in rows:
            groups[_scope(row.engine, row.locale, row.week, by)].append(row)
        counts: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
        for line in excluded:
            sums = counts[_scope(line.engine, line.locale, line.week, by)]
            sums[line.status] = sums.get(line.status, 0) + line.answers
        figures += [
            _figure(scope, group, counts.get(scope, {}), version)
            for scope, group in sorted(groups.items())
        ]
    return tuple(figures)


def _scope(engine: str, locale: str, week: str, by: By) -> tuple[str, str, str]:
    return (engine if by.engine else "", locale if by.locale else "", week if by.week else "")


def _figure(
    scope: tuple[str, str, str], rows: list[_Row], excluded: dict[str, int], version: str
) -> Figure:
    engines: dict[str, list[CellLists]] = defaultdict(list)
    for row in rows:
        lists = tuple(tuple(names) for names in row.lists)
        group = f"{row.wave_id}/{row.locale}/{row.persona}"
        engines[row.engine].append(CellLists(row.question, lists, group))
    found = mean_of_stabilities(list(engines.values()))
    engine, locale, week = (part or None for part in scope)
    return Figure(
        figure=LIST_STABILITY,
        brand="",
        engine=engine,
        locale=locale,
        week=week,
        value=found.value,
        k=found.k,
        n=found.n,
        questions=found.questions,
        panel=found.panel,
        market=found.market,
        excluded=excluded,
        versions={"measure": version},
        note=found.note,
    )
