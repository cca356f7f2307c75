"""Everything that is shown, read from the store: pages, reports and exports share these.

Each query is one short session. A `View` says which part of the store is meant.
"""

from monitor.queries.answers import (
    AnswerLine,
    AnswerPage,
    QuestionCell,
    answer_count,
    answer_lines,
    answer_page,
    parameters_of,
    question_cells,
)
from monitor.queries.comparing import Comparison, comparisons
from monitor.queries.events import EventKind, TimelineEvent, timeline
from monitor.queries.figures import By, Event, Figure, cell_counts, rates
from monitor.queries.naming import HeadToHead, head_to_head, mean_ranks, voice_shares
from monitor.queries.sources import (
    DomainLine,
    NameLine,
    PageLine,
    domains,
    pages_of,
    unknown_names,
)
from monitor.queries.standing import QuestionFigure, Standing, question_figures, standing
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
    mean_costs_usd,
    packs,
    spent_usd,
    wave_totals,
    waves,
)

__all__ = [
    "AnswerLine",
    "AnswerPage",
    "By",
    "Comparison",
    "DomainLine",
    "Event",
    "EventKind",
    "Failure",
    "Figure",
    "HeadToHead",
    "Holdings",
    "NameLine",
    "PackLine",
    "PageLine",
    "QuestionCell",
    "QuestionFigure",
    "Standing",
    "TimelineEvent",
    "View",
    "WaveLine",
    "WaveTotals",
    "answer_count",
    "answer_lines",
    "answer_page",
    "answered_ids",
    "cell_counts",
    "comparisons",
    "domains",
    "failures",
    "head_to_head",
    "holdings",
    "known_ids",
    "last_wave_cells",
    "mean_costs_usd",
    "mean_ranks",
    "packs",
    "pages_of",
    "parameters_of",
    "question_cells",
    "question_figures",
    "rates",
    "spent_usd",
    "standing",
    "timeline",
    "unknown_names",
    "voice_shares",
    "wave_totals",
    "waves",
]
