"""Everything that is shown, read from the store: pages, reports and exports share these.

Each query is one short session. A `View` says which part of the store is meant.
"""

from monitor.queries.answers import (
    AnswerLine,
    AnswerPage,
    QuestionCell,
    answer_lines,
    answer_page,
    parameters_of,
    question_cells,
)
from monitor.queries.events import EventKind, TimelineEvent, timeline
from monitor.queries.figures import By, Event, Figure, rates
from monitor.queries.view import View
from monitor.queries.waves import (
    Failure,
    Holdings,
    PackLine,
    WaveLine,
    WaveTotals,
    answered_ids,
    failures,
    holdings,
    known_ids,
    packs,
    spent_usd,
    wave_totals,
    waves,
)

__all__ = [
    "AnswerLine",
    "AnswerPage",
    "By",
    "Event",
    "EventKind",
    "Failure",
    "Figure",
    "Holdings",
    "PackLine",
    "QuestionCell",
    "TimelineEvent",
    "View",
    "WaveLine",
    "WaveTotals",
    "answer_lines",
    "answer_page",
    "answered_ids",
    "failures",
    "holdings",
    "known_ids",
    "packs",
    "parameters_of",
    "question_cells",
    "rates",
    "spent_usd",
    "timeline",
    "wave_totals",
    "waves",
]
