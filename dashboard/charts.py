"""The pages' charts in Altair, as values: data in, chart out, nothing drawn here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt
import pandas as pd

from dashboard.formats import percent, percent_range
from monitor.queries import Figure

BLUE, ORANGE = "#2b87bd", "#d9730d"
"""Readable on light and on dark, and told apart by colour-blind people."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An event on a chart's time axis: `label` is short, `text` says it whole."""

    day: date
    label: str
    text: str


def monday(week: str) -> date:
    """The Monday of an ISO week ("2026-W47")."""
    return date.fromisoformat(f"{week}-1")


def trend(figures: Sequence[Figure], marks: Sequence[Mark], lang: str) -> alt.LayerChart:
    """A rate by week with its panel interval as a band, its last point labelled."""
    rows = pd.DataFrame(
        {
            "week": f.week,
            "day": pd.Timestamp(monday(f.week or "")),
            "value": f.value,
            "low": f.panel.low if f.panel else None,
            "high": f.panel.high if f.panel else None,
            "shown": percent(f.value, lang) if f.value is not None else None,
            "range": percent_range(f.panel, lang) if f.panel else "",
            "n": f.n,
        }
        for f in figures
        if f.value is not None
    )
    picked = alt.selection_point(name="week", fields=["week"], on="click", empty=False)
    base = alt.Chart(rows).encode(x=_weeks(lang))
    scale = alt.Scale(domain=[0, 1])
    band = base.mark_area(opacity=0.22, color=BLUE).encode(
        y=alt.Y("low:Q", scale=scale, axis=_shares(lang)), y2="high:Q"
    )
    line = base.mark_line(color=BLUE, strokeWidth=2.2).encode(y=alt.Y("value:Q", scale=scale))
    points = (
        base.mark_circle(color=BLUE, size=46, opacity=1, cursor="pointer")
        .encode(
            y=alt.Y("value:Q", scale=scale),
            tooltip=[
                alt.Tooltip("day:T", title=" ", format=_day_format(lang)),
                alt.Tooltip("shown:N", title="%"),
                alt.Tooltip("range:N", title="95 %"),
                alt.Tooltip("n:Q", title="n"),
            ],
        )
        .add_params(picked)
    )
    last = (
        alt.Chart(rows.tail(1))
        .mark_text(align="right", dx=3, dy=-13, fontWeight=700, fontSize=13, color=BLUE)
        .encode(x="day:T", y=alt.Y("value:Q", scale=scale), text="shown:N")
    )
    return alt.layer(*_events(marks), band, line, points, last).properties(height=170)


def _events(marks: Sequence[Mark]) -> list[alt.Chart]:
    if not marks:
        return []
    rows = pd.DataFrame(
        {"day": pd.Timestamp(m.day), "label": m.label, "text": m.text} for m in marks
    )
    base = alt.Chart(rows).encode(x="day:T", tooltip=[alt.Tooltip("text:N", title=" ")])
    return [
        base.mark_rule(color=ORANGE, strokeDash=[3, 3], strokeWidth=1.4),
        base.mark_text(align="left", baseline="top", dx=4, dy=1, fontSize=11, color=ORANGE).encode(
            y=alt.value(0), text="label:N"
        ),
    ]


def _weeks(lang: str) -> alt.X:
    axis = alt.Axis(
        title=None, format=_day_format(lang), grid=False, tickCount=4, labelOverlap=True
    )
    return alt.X("day:T", axis=axis, scale=alt.Scale(padding=8))


def _day_format(lang: str) -> str:
    return "%-d.%-m." if lang == "de" else "%-d %b"


def _shares(lang: str) -> alt.Axis:
    sign = " + '\u202f%'" if lang == "de" else " + '%'"
    return alt.Axis(
        title=None, values=[0, 0.5, 1], labelExpr=f"format(datum.value * 100, '.0f'){sign}"
    )
