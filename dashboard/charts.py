"""The pages' charts in Altair, as values: data in, chart out, nothing drawn here.

Weeks and waves stand on an ordinal axis with ready-made labels: a temporal one shifts days by
the reader's time zone and puts its ticks where no wave was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import altair as alt
import pandas as pd

from dashboard import formats
from monitor.queries import Figure, QuestionCell

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


def trend(figures: Sequence[Figure], marks: Sequence[Mark], look: Look) -> alt.LayerChart:
    """A rate by week with its panel interval as a band, its last point labelled.

    Points select their week ("week"). The share scale is 0–100 %.
    """
    lang, colour = look.lang, look.palette.line
    rows = pd.DataFrame(
        {
            "week": f.week,
            "day": monday(f.week or "").isoformat(),
            "title": formats.day(monday(f.week or ""), lang),
            "value": f.value,
            "low": f.panel.low if f.panel else f.value,
            "high": f.panel.high if f.panel else f.value,
            "shown": formats.percent(f.value, lang),
            "range": formats.percent_range(f.panel, lang) if f.panel else "",
            "n": f.n,
        }
        for f in figures
        if f.value is not None
    )
    weeks = _weeks_between(rows["day"])
    x = _week_axis(weeks, look)
    y = alt.Y("value:Q", scale=alt.Scale(domain=[0, 1]), axis=_share_axis(lang))
    base = alt.Chart(rows).encode(x=x)
    picked = alt.selection_point(name="week", fields=["week"], on="click", empty=False)
    tooltip = [alt.Tooltip(f"{name}:N", title=title)
               for name, title in (("title", " "), ("shown", "="), ("range", "95 %"), ("n", "n"))]  # fmt: skip
    layers = [
        *_shade(weeks, x, look),
        *_event_layers(marks, weeks, x, look.palette),
        base.mark_area(opacity=0.2, color=colour)
        .encode(y=y.copy(deep=True), y2="high:Q")
        .encode(y=alt.Y("low:Q", scale=alt.Scale(domain=[0, 1]), axis=_share_axis(lang))),
        base.mark_line(color=colour, strokeWidth=2.2).encode(y=y),
        base.mark_circle(color=colour, size=52, opacity=1, cursor="pointer")
        .encode(y=y, tooltip=tooltip)
        .add_params(picked),
        alt.Chart(rows.tail(1))
        .mark_text(align="right", dx=5, dy=-14, fontWeight=700, fontSize=13, color=look.palette.ink)
        .encode(x=x, y=y, text="shown:N"),
    ]
    return alt.layer(*layers).properties(height=165)


def _weeks_between(days: pd.Series) -> list[str]:
    """Every Monday from the first day to the last: a week without answers keeps its place."""
    first, last = date.fromisoformat(days.min()), date.fromisoformat(days.max())
    count = (last - first).days // 7 + 1
    return [(first + timedelta(weeks=i)).isoformat() for i in range(count)]


def _week_axis(weeks: Sequence[str], look: Look) -> alt.X:
    step = max(1, -(-len(weeks) // 4))
    labelled = list(weeks[::-1][::step])[::-1]
    names = {day: formats.short_day(date.fromisoformat(day), look.lang) for day in labelled}
    label = "".join(f"datum.value === '{day}' ? '{name}' : " for day, name in names.items()) + "''"
    axis = alt.Axis(
        title=None, values=labelled, labelExpr=label, labelAngle=0, grid=False, ticks=True,
        labelOverlap=False, labelFlush=True,
    )  # fmt: skip
    return alt.X(_DAY, axis=axis, scale=alt.Scale(domain=list(weeks), padding=0.4))


def _share_axis(lang: str) -> alt.Axis:
    sign = f"{_NARROW}%" if lang == "de" else "%"
    return alt.Axis(
        title=None, values=[0, 0.5, 1], labelExpr=f"format(datum.value * 100, '.0f') + '{sign}'"
    )


def _shade(weeks: Sequence[str], x: alt.X, look: Look) -> list[alt.Chart]:
    if look.period is None:
        return []
    since, until = (day.isoformat() for day in look.period)
    inside = [week for week in weeks if since <= week <= until]
    if not inside or len(inside) == len(weeks):
        return []
    rows = pd.DataFrame({"day": [inside[0]], "end": [inside[-1]]})
    return [
        alt.Chart(rows)
        .mark_rect(color=look.palette.soft, opacity=0.1)
        .encode(x=x, x2=alt.X2("end:O"), y=alt.value(0), y2=alt.value("height"))
    ]


def _event_layers(
    marks: Sequence[Mark], weeks: Sequence[str], x: alt.X, palette: Palette
) -> list[alt.Chart]:
    placed = [
        {"day": week, "label": mark.label, "text": mark.text, "half": weeks.index(week) * 2 >= len(weeks)}
        for mark in marks
        if (week := (mark.day - timedelta(days=mark.day.weekday())).isoformat()) in weeks
    ]  # fmt: skip
    if not placed:
        return []
    rows = pd.DataFrame(placed)
    rule = (
        alt.Chart(rows)
        .mark_rule(color=palette.event, strokeDash=[3, 3], strokeWidth=1.5)
        .encode(x=x, tooltip=[alt.Tooltip("text:N", title=" ")])
    )
    layers = [rule]
    for late, align, dx in ((False, "left", 4), (True, "right", -4)):
        named = rows[(rows["half"] == late) & (rows["label"] != "")]
        if len(named):
            layers.append(
                alt.Chart(named)
                .mark_text(align=align, baseline="top", dx=dx, fontSize=11, color=palette.event)
                .encode(x=x, y=alt.value(1), text="label:N")
            )
    return layers


def heatmap(cells: Sequence[QuestionCell], order: Sequence[str], floor: int, look: Look) -> alt.LayerChart:  # fmt: skip
    """Visibility by question and engine; a cell selects its question and engine ("cell")."""
    rows = pd.DataFrame(_heat_row(cell, floor, look.lang) for cell in cells if cell.question_id in order)  # fmt: skip
    names = {cell.question_id: wrapped(cell.question) for cell in cells}
    label = (
        "split("
        + "".join(f"datum.value === {_js(qid)} ? {_js(names[qid])} : " for qid in order)
        + "'', '\\n')"
    )
    picked = alt.selection_point(
        name="cell", fields=["question", "engine"], on="click", empty=False
    )
    x = alt.X(
        "engine:N",
        sort=None,
        axis=alt.Axis(orient="top", title=None, labelAngle=-35, labelLimit=130, ticks=False),
    )
    y = alt.Y(
        "question:N",
        sort=list(order),
        axis=alt.Axis(
            title=None, labelExpr=label, labelLimit=240, ticks=False, labelLineHeight=15,
            labelFontSize=12, labelPadding=8, domain=False, labelOffset=_centred(names, order),
        ),
    )  # fmt: skip
    low, high = look.palette.cells
    colour = alt.Color("value:Q", scale=alt.Scale(domain=[0, 1], range=[low, high]), legend=None)
    base = alt.Chart(rows).encode(x=x, y=y)
    squares = (
        base.mark_rect(cornerRadius=4, cursor="pointer")
        .encode(
            color=alt.condition("isValid(datum.value)", colour, alt.value("transparent")),
            stroke=alt.condition(picked, alt.value(look.palette.event), alt.value("transparent")),
            strokeWidth=alt.value(2.5),
            tooltip=[alt.Tooltip(f"{name}:N", title=title)
                     for name, title in (("full", " "), ("engine", " "), ("shown", "="), ("counts", "n"))],
        )
        .add_params(picked)
    )  # fmt: skip
    # Text turns where the other colour would have the better contrast.
    turn, strong = (0.66, "#ffffff") if look.palette is LIGHT else (0.6, "#10171e")
    text = base.mark_text(fontSize=12, fontWeight=600, cursor="pointer").encode(
        text="shown:N",
        color=alt.condition(
            f"datum.value > {turn}", alt.value(strong), alt.value(look.palette.ink)
        ),
    )
    return alt.layer(squares, text).properties(height=alt.Step(52))


def _centred(names: Mapping[str, str], order: Sequence[str]) -> Any:
    """Label offsets that centre labels of two and three lines: Vega centres their first line."""
    by_lines = {
        extra: [qid for qid in order if names[qid].count("\n") == extra] for extra in (1, 2)
    }
    conditions = [
        {"test": f"indexof([{', '.join(map(_js, qids))}], datum.value) >= 0", "value": -7.5 * extra}
        for extra, qids in by_lines.items()
        if qids
    ]
    return {"condition": conditions, "value": 0} if conditions else 0


def _heat_row(cell: QuestionCell, floor: int, lang: str) -> dict[str, Any]:
    enough = cell.answers >= floor
    share = cell.hits / cell.answers if enough else None
    return {
        "question": cell.question_id,
        "full": cell.question,
        "engine": cell.engine,
        "value": share,
        "shown": formats.percent(share, lang) if share is not None else f"n={cell.answers}",
        "counts": f"{cell.hits}/{cell.answers}",
    }


def wrapped(text: str, width: int = 32, lines: int = 3) -> str:
    """`text` broken into at most `lines` lines, the last one shortened with an ellipsis."""
    words, found = text.split(), [""]
    for word in words:
        if found[-1] and len(found[-1]) + 1 + len(word) > width:
            found.append(word)
        else:
            found[-1] = f"{found[-1]} {word}".strip()
    if len(found) > lines:
        found = [*found[: lines - 1], found[lines - 1][: width - 1] + "…"]
    return "\n".join(found)


def _js(text: str) -> str:
    """`text` as a string of a Vega expression."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"


def intervals(figures: Sequence[Figure], own: str, look: Look) -> alt.LayerChart:
    """One dot per brand with its interval, highest first; ours is filled in the line's colour."""
    lang = look.lang
    rows = pd.DataFrame(
        {
            "brand": f.brand,
            "value": f.value,
            "low": f.panel.low if f.panel else f.value,
            "high": f.panel.high if f.panel else f.value,
            "shown": f"{formats.percent(f.value, lang)}",
            "own": f.brand == own,
        }
        for f in figures
        if f.value is not None
    )
    y = alt.Y(
        "brand:N",
        sort=alt.EncodingSortField("value", order="descending"),
        axis=alt.Axis(title=None, ticks=False, domain=False, labelLimit=150, labelPadding=8, labelFontSize=13),
    )  # fmt: skip
    scale = alt.Scale(domain=[0, 1])
    x = alt.X("value:Q", scale=scale, axis=_share_axis(lang))
    colour = alt.condition("datum.own", alt.value(look.palette.line), alt.value(look.palette.soft))
    base = alt.Chart(rows).encode(y=y)
    bars = base.mark_rule(strokeWidth=5, opacity=0.45, strokeCap="round").encode(
        x=alt.X("low:Q", scale=scale, axis=_share_axis(lang)), x2="high:Q", color=colour
    )
    dots = base.mark_circle(size=110, opacity=1).encode(x=x, color=colour)
    text = base.mark_text(dy=-13, fontSize=12, fontWeight=600, color=look.palette.ink).encode(
        x=x, text="shown:N"
    )
    return alt.layer(bars, dots, text).properties(height=alt.Step(44))


def places(figures: Sequence[Figure], brands: Sequence[str], look: Look) -> alt.LayerChart:
    """Each brand's place by week (1 is highest), its name at the last point."""
    valued = [f for f in figures if f.value is not None]
    rows = []
    for week in sorted({f.week or "" for f in valued}):
        ordered = sorted((f for f in valued if f.week == week), key=lambda f: -(f.value or 0.0))
        rows += [
            {"day": monday(week).isoformat(), "brand": f.brand, "place": place,
             "shown": formats.percent(f.value or 0.0, look.lang)}
            for place, f in enumerate(ordered, 1)
        ]  # fmt: skip
    table = pd.DataFrame(rows)
    weeks = _weeks_between(table["day"])
    x = _week_axis(weeks, look)
    y = alt.Y(
        "place:Q",
        scale=alt.Scale(domain=[len(brands) + 0.4, 0.6], nice=False, zero=False),
        axis=alt.Axis(title=None, values=list(range(1, len(brands) + 1)), format="d", grid=False),
    )
    series = list(look.palette.series)
    colours = [series[i % len(series)] for i in range(len(brands))]
    colour = alt.Color("brand:N", scale=alt.Scale(domain=list(brands), range=colours), legend=None)
    base = alt.Chart(table).encode(x=x, y=y, color=colour)
    width = alt.condition(f"datum.brand === {_js(brands[0])}", alt.value(3.6), alt.value(1.8))
    lines = base.mark_line(interpolate="monotone").encode(strokeWidth=width)
    dots = base.mark_circle(size=64, opacity=1).encode(
        tooltip=[alt.Tooltip(f"{name}:N", title=" ") for name in ("brand", "shown")]
    )
    last = table[table["day"] == weeks[-1]]
    names = (
        alt.Chart(last)
        .mark_text(align="right", dx=6, dy=-13, fontWeight=600, fontSize=12)
        .encode(x=x, y=y, color=colour, text="brand:N")
    )
    return alt.layer(lines, dots, names).properties(height=46 * len(brands) + 50)


def coverage(
    rows: Sequence[tuple[str, str, str, int]], order: Sequence[str], look: Look
) -> alt.Chart:
    """Stacked bars by wave: rows are (day, status, its name, answers), `order` names by rank."""
    table = pd.DataFrame(rows, columns=["day", "status", "name", "answers"])
    days = sorted(table["day"].unique())
    palette = look.palette
    colours = [palette.line, palette.event, palette.series[3], palette.series[4], palette.soft]
    return (
        alt.Chart(table)
        .mark_bar(cornerRadius=2)
        .encode(
            x=_week_axis(days, look),
            y=alt.Y("answers:Q", axis=alt.Axis(title=None, tickCount=4, format="d")),
            color=alt.Color(
                "name:N",
                scale=alt.Scale(domain=list(order), range=colours),
                legend=alt.Legend(title=None, orient="bottom", columns=3),
            ),
            order=alt.Order("rank:Q"),
            tooltip=[alt.Tooltip("day:N", title=" "), alt.Tooltip("name:N", title=" "), alt.Tooltip("answers:Q", title="n")],
        )
        .transform_calculate(rank=f"indexof({list(order)!r}, datum.name)")
        .properties(height=240)
    )  # fmt: skip


def bars(counts: Mapping[str, int], look: Look) -> alt.LayerChart:
    """Horizontal bars with their numbers, largest first."""
    rows = pd.DataFrame(
        {"name": name, "count": count, "shown": formats.decimal(count, look.lang)}
        for name, count in counts.items()
    )
    base = alt.Chart(rows).encode(
        y=alt.Y(
            "name:N",
            sort=alt.EncodingSortField("count", order="descending"),
            axis=alt.Axis(title=None, ticks=False, domain=False, labelLimit=190, labelFontSize=13, labelPadding=8),
        ),
        x=alt.X("count:Q", axis=None, scale=alt.Scale(domain=[0, float(rows["count"].max()) * 1.12])),
    )  # fmt: skip
    return alt.layer(
        base.mark_bar(color=look.palette.line, cornerRadius=3, height=18),
        base.mark_text(align="left", dx=6, fontSize=12, fontWeight=600, color=look.palette.ink).encode(
            text="shown:N"
        ),
    ).properties(height=alt.Step(34))  # fmt: skip
