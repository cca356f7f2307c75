"""Two periods held against each other: what moved, how sure that is, and what it's put down to."""

from collections import defaultdict
from dataclasses import dataclass

from monitor.queries.figures import Event, cell_counts
from monitor.queries.rows import fetch
from monitor.queries.streams import CANARY, LISTED, canary_cells
from monitor.queries.view import COUNTED, View
from monitor.stats import (
    CellCount,
    Change,
    ChangeLabel,
    Verdict,
    label_changes,
    paired_change,
)
from monitor.stats.attribution import (
    Attribution,
    EngineEvidence,
    Sides,
    all_engines,
    attribute,
)
from monitor.store import Store

_Cells = dict[str, dict[str, list[CellCount]]]
"""Cells by brand and engine."""


@dataclass(frozen=True, slots=True)
class Movement:
    """One brand's change, on one engine or (None) on all; judged with all others shown."""

    brand: str
    engine: str | None
    change: Change
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Movements:
    """Ours on all engines and on each, then each rival on all; and a cause for each engine."""

    figure: str
    lines: tuple[Movement, ...]
    causes: tuple[Attribution, ...]
    overall: Attribution | None
    """What is found on all engines together, though it may be too small for each."""
    differences: tuple[str, ...]
    """Sentences on what isn't the same on both sides: questions, wordings, engines."""

    def cause_of(self, line: Movement) -> Attribution | None:
        """What our movement is put down to; None for a rival's, and for what may be noise."""
        ours = line.brand == self.lines[0].brand
        if not ours or line.verdict.label is ChangeLabel.NOISE:
            return None
        if line.engine is None:
            return self.overall
        return next((cause for cause in self.causes if cause.engine == line.engine), None)


def movements(
    store: Store, before: View, after: View, own: str, event: Event = Event.VISIBILITY
) -> Movements:
    """Every change between the two views that a report shows, labelled together."""
    old = _nested(store, before, event)
    new = _nested(store, after, event)
    engines = sorted(old.get(own, {}).keys() & new.get(own, {}).keys())
    rivals = sorted((old.keys() & new.keys()) - {own})
    scopes: list[tuple[str, str | None]] = [(own, None)]
    scopes += [(own, engine) for engine in engines]
    scopes += [(rival, None) for rival in rivals]
    changes = [paired_change(_on(old, *scope), _on(new, *scope)) for scope in scopes]
    lines = tuple(
        Movement(brand, engine, change, verdict)
        for (brand, engine), change, verdict in zip(
            scopes, changes, label_changes(changes), strict=True
        )
    )
    served = [_served(store, view) for view in (before, after)]
    canaries = [_canaries(store, view) for view in (before, after)]
    evidence = [
        EngineEvidence(
            engine,
            Sides(_on(old, own, engine), _on(new, own, engine)),
            {rival: Sides(_on(old, rival, engine), _on(new, rival, engine)) for rival in rivals},
            canary=Sides(canaries[0].get(engine, ()), canaries[1].get(engine, ())),
            versions_before=served[0].get(engine, frozenset()),
            versions_after=served[1].get(engine, frozenset()),
        )
        for engine in engines
    ]
    overall = attribute([all_engines(evidence)])[0] if evidence else None
    different = _differences(store, before, after)
    return Movements(event.value, lines, attribute(evidence), overall, different)


def _nested(store: Store, view: View, event: Event) -> _Cells:
    nested: _Cells = {}
    for brand, cells in cell_counts(store, view, event).items():
        by_engine: dict[str, list[CellCount]] = defaultdict(list)
        for engine, cell in cells:
            by_engine[engine].append(cell)
        nested[brand] = dict(by_engine)
    return nested


def _on(cells: _Cells, brand: str, engine: str | None) -> list[CellCount]:
    by_engine = cells.get(brand, {})
    if engine is not None:
        return by_engine.get(engine, [])
    return [cell for at in by_engine.values() for cell in at]


_SERVED = f"""
WITH {COUNTED},
days AS (SELECT DISTINCT engine, day FROM counted)
SELECT a.engine, list(DISTINCT a.model_served) AS versions
FROM answers a JOIN days d ON d.engine = a.engine AND d.day = a.day
WHERE a.pack = $pack AND a.model_served <> '' AND a.status = 'ok' AND a.origin <> 'ask'
GROUP BY a.engine
"""


def _served(store: Store, view: View) -> dict[str, frozenset[str]]:
    with store.reading("reading served versions") as con:
        rows = fetch(con, _SERVED, view.parameters())
    return {row["engine"]: frozenset(row["versions"]) for row in rows}


_CANARIES = """
SELECT a.engine, a.locale, a.persona, a.question_id,
       count(*) FILTER (WHERE regexp_matches(t.text, $listed))::BIGINT AS hits,
       count(*)::BIGINT AS answers
FROM answers a JOIN answer_texts t USING (answer_id)
JOIN wave_questions q USING (wave_id, question_id)
WHERE a.pack = $pack AND a.status = 'ok' AND q.intent = 'probe' AND list_contains(q.tags, $canary)
  AND ($since::DATE IS NULL OR a.day >= $since::DATE)
  AND ($until::DATE IS NULL OR a.day <= $until::DATE)
  AND (len($waves::VARCHAR[]) = 0 OR list_contains($waves::VARCHAR[], a.wave_id))
GROUP BY a.engine, a.locale, a.persona, a.question_id ORDER BY ALL
"""


def _canaries(store: Store, view: View) -> dict[str, tuple[CellCount, ...]]:
    """How often the period's brand-free questions were answered with a list, by engine."""
    keys = {name: view.parameters()[name] for name in ("pack", "since", "until", "waves")}
    with store.reading("reading canary answers") as con:
        rows = fetch(con, _CANARIES, {**keys, "canary": CANARY, "listed": LISTED})
    return canary_cells(rows)


_ASKED = f"""
WITH {COUNTED}
SELECT DISTINCT c.question_id, c.engine, q.texts
FROM counted c LEFT JOIN wave_questions q USING (wave_id, question_id)
"""


def _differences(store: Store, before: View, after: View) -> tuple[str, ...]:
    """What the two periods don't share, in sentences."""
    with store.reading("comparing what was asked") as con:
        old, new = (con.execute(_ASKED, view.parameters()).fetchall() for view in (before, after))
    sentences = []
    for place, what in ((0, "questions"), (1, "engines")):
        first, second = ({row[place] for row in rows} for rows in (old, new))
        for names, where in ((first - second, "before"), (second - first, "after")):
            if names:
                listed = ", ".join(sorted(names))
                sentences.append(f"{what.capitalize()} asked only {where}, left out: {listed}.")
    wordings = [defaultdict(set) for _ in range(2)]  # type: list[dict[str, set[str]]]
    for rows, found in zip((old, new), wordings, strict=True):
        for question, _, texts in rows:
            found[question].add(texts or "")
    reworded = [q for q in wordings[0].keys() & wordings[1] if wordings[0][q] != wordings[1][q]]
    if reworded:
        sentences.append(f"Worded differently before and after: {', '.join(sorted(reworded))}.")
    return tuple(sentences)
