"""How the accuracy of what is stated about us changed between two periods."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from monitor.queries.accuracy import ACCURACY
from monitor.queries.changes import Asked, Movement, Movements, reworded_between, unshared
from monitor.queries.figures import never_pooled
from monitor.queries.view import JUDGED, View
from monitor.stats import Change, ChangeLabel, Verdict, label_changes
from monitor.stats.statements import Stated, StatedCell, accuracy_change
from monitor.store import Store, released_facts

if TYPE_CHECKING:
    pass


class _Row(NamedTuple):
    """What one version of the rules or of a judge told of an answer's statements."""

    engine: str
    locale: str
    persona: str
    question: str
    judged_by: str
    answer_id: str
    correct: int
    stated: int

    @property
    def cell(self) -> tuple[str, str, str, str]:
        """What pairs the row with the other side's."""
        return self.engine, self.locale, self.persona, self.question


_STATED = f"""
WITH {JUDGED}
SELECT engine, locale, persona, question_id, judged_by, answer_id,
       count(*) FILTER (machine_verdict = 'correct')::BIGINT, count(*)::BIGINT
FROM judged WHERE machine_verdict IN ('correct', 'incorrect', 'outdated')
GROUP BY ALL ORDER BY ALL
"""

_Cells = dict[str, list[StatedCell]]
"""Cells by engine."""


def accuracy_movements(store: Store, before: View, after: View, own: str) -> Movements | None:
    """How much of what is stated about `own` is right, on all engines and on each.

    None before anything was judged; no rivals, for their facts aren't known. The lines are labelled
    together; one on too few statements is tested neither alone nor with the others, and its note
    says so. Compared is what rules and judges said, also where people said otherwise since, and
    in a cell only what the same version of them said on both sides: what people look at is chosen,
    and mostly of one period. No cause is looked for.
    """
    never_pooled(before)
    never_pooled(after)
    with store.reading("comparing what was stated"):
        release = released_facts(store, after.pack)
        if release is None or not release.facts:
            return None
        sides = Asked.sides(store, before, after)
        rows = [_stated(store, view, reworded_between(*sides)) for view in (before, after)]
    old, new = (_by_engine(side) for side in _alike(*rows))
    scopes = (None, *sorted(old.keys() & new.keys()))
    changes = [accuracy_change(_on(old, scope), _on(new, scope)) for scope in scopes]
    lines = tuple(
        Movement(own, scope, change, verdict)
        for scope, change, verdict in zip(scopes, changes, _verdicts(changes), strict=True)
    )
    return Movements(ACCURACY, lines, (), None, unshared(*sides), {"facts": release.version})


def _stated(store: Store, view: View, reworded: frozenset[tuple[str, str]]) -> list[_Row]:
    """The view's statements by answer, without those to questions `reworded` in a locale."""
    with store.reading("counting what was stated") as con:
        rows = [_Row(*row) for row in con.execute(_STATED, view.parameters()).fetchall()]
    return [row for row in rows if (row.question, row.locale) not in reworded]


def _alike(before: Sequence[_Row], after: Sequence[_Row]) -> tuple[list[_Row], list[_Row]]:
    """Both sides' rows where the same rules or judge version told something of the cell on both."""
    shared = {(row.cell, row.judged_by) for row in before} & {
        (row.cell, row.judged_by) for row in after
    }
    old, new = (
        [row for row in side if (row.cell, row.judged_by) in shared] for side in (before, after)
    )
    return old, new


def _by_engine(rows: Sequence[_Row]) -> _Cells:
    said: dict[tuple[str, str, str, str], dict[str, Stated]] = defaultdict(dict)
    for row in rows:
        correct, stated = said[row.cell].get(row.answer_id, Stated(0, 0))
        said[row.cell][row.answer_id] = Stated(correct + row.correct, stated + row.stated)
    found: _Cells = defaultdict(list)
    for (engine, locale, persona, question), answers in said.items():
        group = f"{engine}/{locale}/{persona}"
        found[engine].append(StatedCell(question, tuple(answers.values()), group))
    return dict(found)


def _on(cells: _Cells, engine: str | None) -> list[StatedCell]:
    if engine is not None:
        return cells[engine]
    return [cell for at in cells.values() for cell in at]


def _verdicts(changes: Sequence[Change]) -> tuple[Verdict, ...]:
    """A verdict for each change, what can't be tested left out of the tests that count."""
    labelled = iter(label_changes([c for c in changes if c.difference is not None]))
    return tuple(
        next(labelled)
        if change.difference is not None
        else Verdict(ChangeLabel.NOISE, 1.0, None, change.note)
        for change in changes
    )
