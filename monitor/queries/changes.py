"""Two periods held against each other: what moved, how sure that is, and what it's put down to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from monitor.queries.cells import released
from monitor.queries.figures import Event, cell_counts
from monitor.queries.rows import fetch
from monitor.queries.streams import CANARY, LISTED, canary_cells
from monitor.queries.view import COUNTED, View, wording
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
    Cause,
    EngineEvidence,
    Sides,
    all_engines,
    attribute,
)
from monitor.store import Store

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

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
class QuestionMovement:
    """One brand's change on one question; judged with all other questions."""

    question_id: str
    change: Change
    verdict: Verdict


class Unshared(StrEnum):
    """What two periods can differ in."""

    QUESTIONS = "questions"
    WORDINGS = "wordings"
    ENGINES = "engines"
    LOCALES = "locales"


@dataclass(frozen=True, slots=True)
class Difference:
    """What isn't the same on both sides and therefore is left out of every comparison.

    `side` is "before" or "after" for what was asked only then, "" for a question reworded between.
    """

    what: Unshared
    side: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Movements:
    """Ours on all engines and on each, then each rival on all; and a cause for each engine.

    Where nothing of ours moved, no cause is looked for: `causes` are empty, `overall` is None.
    """

    figure: str
    lines: tuple[Movement, ...]
    causes: tuple[Attribution, ...]
    overall: Attribution | None
    """What is found on all engines together, though it may be too small for each."""
    differences: tuple[Difference, ...]
    versions: Mapping[str, str] = field(default_factory=dict)
    """The measure version in which both sides were read; of accuracy, the fact sheet's."""

    @property
    def own(self) -> str:
        """The brand that is ours."""
        return self.lines[0].brand

    def others(self, brand: str) -> tuple[Movement, ...]:
        """The other brands' changes on all engines."""
        return tuple(line for line in self.lines if line.engine is None and line.brand != brand)

    def cause_of(self, line: Movement) -> Attribution | None:
        """What our movement is put down to; None for a rival's, and for what may be noise."""
        if line.brand != self.own or line.verdict.label is ChangeLabel.NOISE:
            return None
        causes = (self.overall,) if line.engine is None else self.causes
        engine = line.engine or ""
        return next((c for c in causes if c and c.engine == engine and c.cause in _OF_OURS), None)


_OF_OURS = (Cause.ENGINE, Cause.VERSION, Cause.BRAND)
"""Causes of a movement of ours; a rival's movement alone is none."""


def movements(
    store: Store, before: View, after: View, own: str, event: Event = Event.VISIBILITY
) -> Movements:
    """Every change between the two views that a report shows, labelled together.

    Both are read in the pack's released measure version, and only cells that both have, asked in
    the same words, are compared: `differences` names what is left out.
    """
    sides = Asked.sides(store, before, after)
    old, new = (_nested(store, view, event, reworded_between(*sides)) for view in (before, after))
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
    moved = any(m.brand == own and m.verdict.label is not ChangeLabel.NOISE for m in lines)
    evidence = _evidence(store, (before, after), (old, new), own, rivals) if moved else []
    overall = attribute([all_engines(evidence)])[0] if evidence else None
    return Movements(
        event.value,
        lines,
        attribute(evidence),
        overall,
        unshared(*sides),
        {"measure": sides[1].version},
    )


def question_movements(
    store: Store, before: View, after: View, brand: str, event: Event = Event.VISIBILITY
) -> tuple[QuestionMovement, ...]:
    """The brand's change on each question that both views asked in the same words, largest first.

    They are judged together, all of them: whoever shows only the first still shows honest labels.
    """
    reworded = reworded_between(*Asked.sides(store, before, after))
    sides = [_by_question(_nested(store, view, event, reworded), brand) for view in (before, after)]
    shared = sorted(sides[0].keys() & sides[1].keys())
    changes = [paired_change(sides[0][name], sides[1][name]) for name in shared]
    found = [
        QuestionMovement(name, change, verdict)
        for name, change, verdict in zip(shared, changes, label_changes(changes), strict=True)
        if change.difference is not None
    ]
    return tuple(sorted(found, key=lambda m: (-abs(m.change.difference or 0.0), m.question_id)))


def _by_question(cells: _Cells, brand: str) -> dict[str, list[CellCount]]:
    found: dict[str, list[CellCount]] = defaultdict(list)
    for cell in _on(cells, brand, None):
        found[cell.question].append(cell)
    return found


def _evidence(
    store: Store,
    views: tuple[View, View],
    cells: tuple[_Cells, _Cells],
    own: str,
    rivals: Sequence[str],
) -> list[EngineEvidence]:
    """What speaks for or against a cause on each engine that both sides have."""
    with store.reading("reading served versions and canary answers") as con:
        served = [_served(con, view) for view in views]
        canaries = [_canaries(con, view) for view in views]

    def sides(brand: str, engine: str) -> Sides:
        before, after = (_on(side, brand, engine) for side in cells)
        return Sides(before, after)

    return [
        EngineEvidence(
            engine,
            sides(own, engine),
            {rival: sides(rival, engine) for rival in rivals},
            canary=Sides(*(side.get(engine, ()) for side in canaries)),
            versions_before=served[0].get(engine, {}),
            versions_after=served[1].get(engine, {}),
        )
        for engine in sorted(cells[0][own].keys() & cells[1][own].keys())
    ]


def _nested(store: Store, view: View, event: Event, reworded: frozenset[tuple[str, str]]) -> _Cells:
    """The view's cells without those of questions `reworded` in a locale."""
    nested: _Cells = {}
    for brand, cells in cell_counts(store, view, event).items():
        by_engine: dict[str, list[CellCount]] = defaultdict(list)
        for engine, cell in cells:
            locale = cell.group.removeprefix(f"{engine}/").partition("/")[0]
            if (cell.question, locale) not in reworded:
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
SELECT a.engine, a.model_served, count(*)::BIGINT AS answers
FROM answers a JOIN days d ON d.engine = a.engine AND d.day = a.day
WHERE a.pack = $pack AND a.model_served <> '' AND a.status = 'ok' AND a.origin <> 'ask'
GROUP BY ALL
"""


def _served(con: "DuckDBPyConnection", view: View) -> dict[str, dict[str, int]]:
    """How many answers each served version gave, by engine."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in fetch(con, _SERVED, view.parameters()):
        found[row["engine"]][row["model_served"]] = row["answers"]
    return found


_CANARIES = f"""
SELECT a.engine, a.locale, a.persona, a.question_id, {wording("a.locale")} AS wording,
       count(*) FILTER (WHERE regexp_matches(t.text, $listed))::BIGINT AS hits,
       count(*)::BIGINT AS answers
FROM answers a JOIN answer_texts t USING (answer_id)
JOIN wave_questions q USING (wave_id, question_id)
WHERE a.pack = $pack AND a.status = 'ok' AND q.intent = 'probe' AND list_contains(q.tags, $canary)
  AND ($since::DATE IS NULL OR a.day >= $since::DATE)
  AND ($until::DATE IS NULL OR a.day <= $until::DATE)
  AND (len($waves::VARCHAR[]) = 0 OR list_contains($waves::VARCHAR[], a.wave_id))
GROUP BY ALL ORDER BY ALL
"""


def _canaries(con: "DuckDBPyConnection", view: View) -> dict[str, tuple[CellCount, ...]]:
    """How often the period's brand-free questions were answered with a list, by engine."""
    keys = {name: view.parameters()[name] for name in ("pack", "since", "until", "waves")}
    return canary_cells(fetch(con, _CANARIES, {**keys, "canary": CANARY, "listed": LISTED}))


_ASKED = f"""
WITH {COUNTED},
asked AS (SELECT DISTINCT wave_id, question_id, engine, locale FROM counted),
worded AS (  -- each wording is taken out of its JSON once, not once an engine
  SELECT c.wave_id, c.question_id, c.locale, {wording("c.locale")} AS words
  FROM (SELECT DISTINCT wave_id, question_id, locale FROM asked) c
  LEFT JOIN wave_questions q USING (wave_id, question_id)
)
SELECT DISTINCT question_id, engine, locale, words
FROM asked JOIN worded USING (wave_id, question_id, locale)
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one period asked: questions, engines and locales, and how each question was worded."""

    questions: frozenset[str]
    engines: frozenset[str]
    locales: frozenset[str]
    wordings: dict[tuple[str, str], set[str]]
    """By question and locale."""
    version: str

    @classmethod
    def sides(cls, store: Store, before: View, after: View) -> "tuple[Asked, Asked]":
        """What each of the two views asked."""
        with store.reading("comparing what was asked") as con:
            return cls._of(con, before), cls._of(con, after)

    @classmethod
    def _of(cls, con: "DuckDBPyConnection", view: View) -> "Asked":
        rows = con.execute(_ASKED, view.parameters()).fetchall()
        version, _ = released(con, view.pack)
        wordings: dict[tuple[str, str], set[str]] = defaultdict(set)
        for question, _, locale, words in rows:
            wordings[question, locale].add(words)
        names = [frozenset(row[place] for row in rows) for place in range(3)]
        return cls(names[0], names[1], names[2], dict(wordings), version)


def reworded_between(before: Asked, after: Asked) -> frozenset[tuple[str, str]]:
    """Each question and locale that both periods asked in other words."""
    both = before.wordings.keys() & after.wordings.keys()
    return frozenset(key for key in both if before.wordings[key] != after.wordings[key])


def unshared(before: Asked, after: Asked) -> tuple[Difference, ...]:
    """What only one of the two periods asked, or asked in other words."""
    found = [
        Difference(what, side, tuple(sorted(names)))
        for what, old, new in (
            (Unshared.QUESTIONS, before.questions, after.questions),
            (Unshared.ENGINES, before.engines, after.engines),
            (Unshared.LOCALES, before.locales, after.locales),
        )
        for side, names in (("before", old - new), ("after", new - old))
        if names
    ]
    reworded = {question for question, _ in reworded_between(before, after)}
    if reworded:
        found.append(Difference(Unshared.WORDINGS, "", tuple(sorted(reworded))))
    return tuple(found)
