"""Where a brand stands on each question against its best rival."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from monitor.queries.figures import cell_counts
from monitor.queries.view import View
from monitor.stats.estimates import CellCount, Estimate, rate
from monitor.store import Store

MISSING_UNDER = 0.05
"""A brand that fewer answers name than this is missing on the question."""


class Standing(StrEnum):
    """How a brand does on a question, worst first."""

    MISSING = "missing"
    LOSING = "losing"
    CONTESTED = "contested"
    WINNING = "winning"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class QuestionFigure:
    """One question: the brand's visibility, and that of the rival named most."""

    question_id: str
    ours: Estimate
    rival: str
    rivals: Estimate
    standing: Standing


def question_figures(store: Store, view: View, brand: str) -> tuple[QuestionFigure, ...]:
    """Every question of the view, the brand's lowest visibility first, unknown ones last."""
    rates = {
        name: _by_question(cells)
        for name, cells in (
            (name, [cell for _, cell in pairs]) for name, pairs in cell_counts(store, view).items()
        )
    }
    figures = [_figure(question, brand, rates) for question in rates.get(brand, {})]
    return tuple(
        sorted(figures, key=lambda f: (f.ours.value is None, f.ours.value or 0.0, f.question_id))
    )


def standing(ours: Estimate, rival: Estimate) -> Standing:
    """Missing, or winning and losing where the panel intervals are apart, else contested."""
    if ours.value is None or ours.panel is None:
        return Standing.UNKNOWN
    if ours.value < MISSING_UNDER:
        return Standing.MISSING
    if rival.value is None or rival.panel is None or ours.panel.low > rival.panel.high:
        return Standing.WINNING
    return Standing.LOSING if ours.panel.high < rival.panel.low else Standing.CONTESTED


def _by_question(cells: list[CellCount]) -> dict[str, Estimate]:
    groups: dict[str, list[CellCount]] = defaultdict(list)
    for cell in cells:
        groups[cell.question].append(cell)
    return {question: rate(group) for question, group in groups.items()}


def _figure(
    question: str, brand: str, rates: Mapping[str, Mapping[str, Estimate]]
) -> QuestionFigure:
    ours = rates[brand][question]
    others = {name: found[question] for name, found in rates.items() if name != brand}
    rival = max(others, key=lambda name: (others[name].value or 0.0, name), default="")
    theirs = others.get(rival, Estimate(None, 0, 0, 0))
    return QuestionFigure(question, ours, rival, theirs, standing(ours, theirs))
