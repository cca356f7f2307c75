"""What the charts have in common: colours, axes, tooltips.

Weeks and waves stand on an ordinal axis with ready-made labels: a temporal one shifts days by
the reader's time zone and puts its ticks where no wave was.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

import altair as alt

from dashboard import formats

Layered: TypeAlias = alt.LayerChart | alt.FacetChart
"""What Altair says that layering gives."""

PADDING = {"left": 2, "right": 6, "top": 8, "bottom": 2}
"""Space around a chart; Streamlit's own leaves a tenth of it empty below."""

_DAY = "day:O"
_NARROW = "\u202f"


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours for one background; told apart by colour-blind people (after Okabe and Ito)."""

    ink: str
    soft: str
    line: str
    event: str
    cells: tuple[str, str]
    series: tuple[str, ...]


LIGHT = Palette(
    ink="#17222d",
    soft="#5b6875",
    line="#0f6fa8",
    event="#b4540a",
    cells=("#eef4f8", "#0f5f8c"),
    series=("#0f6fa8", "#d9730d", "#009e73", "#b04a92", "#8a6d00", "#56a8d9", "#6b7885", "#17222d"),
)
DARK = Palette(
    ink="#e4ebf1",
    soft="#a9b7c4",
    line="#58a9d9",
    event="#f0974a",
    cells=("#1d2935", "#4fa3d6"),
    series=("#58a9d9", "#f0974a", "#3fbf9b", "#d98fc2", "#d9bd4a", "#9fd0ee", "#a3b1bd", "#e4ebf1"),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """An event on a chart's time axis; `label` "" draws only its line."""

    day: date
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Look:
    """How a chart is written and coloured."""

    lang: str
    palette: Palette
    period: tuple[date, date] | None = None
    """Days that a trend shades as the chosen period."""


def monday(week: str) -> date:
    """The Monday of an ISO week ("2026-W47")."""
    return date.fromisoformat(f"{week}-1")


def tooltip(**titles: str) -> list[alt.Tooltip]:
    """A tooltip line for each field, under its title."""
    return [alt.Tooltip(f"{name}:N", title=title) for name, title in titles.items()]


def weeks_between(days: Sequence[str]) -> list[str]:
    """Every Monday from the first day to the last: a week without answers keeps its place."""
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    count = (last - first).days // 7 + 1
    return [(first + timedelta(weeks=i)).isoformat() for i in range(count)]


def name_axis(look: Look) -> alt.Axis:
    """An axis of names in full ink, without rules."""
    return alt.Axis(
        title=None, ticks=False, domain=False, labelLimit=150, labelPadding=8, labelFontSize=13,
        labelColor=look.palette.ink,
    )  # fmt: skip


def week_axis(weeks: Sequence[str], look: Look) -> alt.X:
    """The weeks in order, four of them labelled, the last one always."""
    step = max(1, -(-len(weeks) // 4))
    labelled = list(weeks[::-1][::step])[::-1]
    names = {day: formats.short_day(date.fromisoformat(day), look.lang) for day in labelled}
    label = "".join(f"datum.value === '{day}' ? '{name}' : " for day, name in names.items()) + "''"
    axis = alt.Axis(
        title=None, values=labelled, labelExpr=label, labelAngle=0, grid=False, ticks=True,
        labelOverlap=False, labelFlush=True,
    )  # fmt: skip
    return alt.X(_DAY, axis=axis, scale=alt.Scale(domain=list(weeks), padding=0.4))


def share_axis(lang: str) -> alt.Axis:
    """Shares as 0, 50 and 100 %."""
    sign = f"{_NARROW}%" if lang == "de" else "%"
    return alt.Axis(
        title=None, values=[0, 0.5, 1], labelExpr=f"format(datum.value * 100, '.0f') + '{sign}'"
    )


def js(text: str) -> str:
    """`text` as a string of a Vega expression."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"


def table(rows: Iterable[Mapping[str, object]]) -> alt.InlineData:
    """Rows as a chart's data, inline: its few values need no data frame."""
    return alt.InlineData(values=[dict(row) for row in rows])
