"""Everything that is shown, read from the store: pages, reports and exports share these.

Each query is one short session. A `View` says which part of the store is meant.
"""

from monitor.queries.alerting import AlertLine, alert_lines, delivered, find_alert
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
from monitor.queries.changes import Movement, Movements, movements
from monitor.queries.comparing import Comparison, comparisons
from monitor.queries.events import EventKind, TimelineEvent, timeline
from monitor.queries.figures import (
    CITATION_SHARE,
    MEAN_RANK,
    NET_SENTIMENT,
    SHARE_OF_VOICE,
    By,
    Event,
    Figure,
    all_figures,
    cell_counts,
    last_wave_cells,
    rates,
)
from monitor.queries.naming import HeadToHead, head_to_head, naming_figures
from monitor.queries.reviewing import ReviewPage, ReviewWork, review_page, review_work
from monitor.queries.sources import (
    DomainLine,
    NameLine,
    PageLine,
    domains,
    pages_of,
    unknown_names,
)
from monitor.queries.standing import QuestionFigure, Standing, question_figures, standing
from monitor.queries.steadiness import LIST_STABILITY, stability_figures
from monitor.queries.streams import AnswerTable, WaveCounts, answer_table, wave_counts
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
from monitor.queries.websearch import WEB_GAIN, WebGain, web_gain_figures, web_gains

__all__ = [
    "CITATION_SHARE",
    "LIST_STABILITY",
    "MEAN_RANK",
    "NET_SENTIMENT",
    "SHARE_OF_VOICE",
    "WEB_GAIN",
    "AlertLine",
    "AnswerLine",
    "AnswerPage",
    "AnswerTable",
    "By",
    "Comparison",
    "DomainLine",
    "Event",
    "EventKind",
    "Failure",
    "Figure",
    "HeadToHead",
    "Holdings",
    "Movement",
    "Movements",
    "NameLine",
    "PackLine",
    "PageLine",
    "QuestionCell",
    "QuestionFigure",
    "ReviewPage",
    "ReviewWork",
    "Standing",
    "TimelineEvent",
    "View",
    "WaveCounts",
    "WaveLine",
    "WaveTotals",
    "WebGain",
    "alert_lines",
    "all_figures",
    "answer_count",
    "answer_lines",
    "answer_page",
    "answer_table",
    "answered_ids",
    "cell_counts",
    "comparisons",
    "delivered",
    "domains",
    "failures",
    "find_alert",
    "head_to_head",
    "holdings",
    "known_ids",
    "last_wave_cells",
    "mean_costs_usd",
    "movements",
    "naming_figures",
    "packs",
    "pages_of",
    "parameters_of",
    "question_cells",
    "question_figures",
    "rates",
    "review_page",
    "review_work",
    "spent_usd",
    "stability_figures",
    "standing",
    "timeline",
    "unknown_names",
    "wave_counts",
    "wave_totals",
    "waves",
    "web_gain_figures",
    "web_gains",
]
