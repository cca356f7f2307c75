"""Charts over time: a rate with its band and events, and places by week."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Literal

import altair as alt

from dashboard import formats
from dashboard.charts.look import (
    PADDING,
    Layered,
    Look,
    Mark,
    Palette,
    js,
    monday,
    share_axis,
    table,
    tooltip,
    week_axis,
    weeks_between,
)
from monitor.queries import Figure


def trend(figures: Sequence[Figure], marks: Sequence[Mark], look: Look) -> Layered:
    """A rate by week with its panel interval as a band, its last point labelled.

    Points select their week ("week"). The share scale is 0–100 %.
    """
    lang, colour = look.lang, look.palette.line
    rows = [
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
    ]
    weeks = weeks_between([str(row["day"]) for row in rows])
    x = week_axis(weeks, look)
    y = alt.Y("value:Q", scale=alt.Scale(domain=[0, 1]), axis=share_axis(lang))
    base = alt.Chart(table(rows)).encode(x=x)
    picked = alt.selection_point(name="week", fields=["week"], on="click", empty=False)
    lines = tooltip(title=" ", shown="=", range="95 %", n="n")
    layers = [
        *_shade(weeks, x, look),
        *_event_layers(marks, weeks, x, look.palette),
        base.mark_area(opacity=0.2, color=colour)
        .encode(y=y.copy(deep=True), y2="high:Q")
        .encode(y=alt.Y("low:Q", scale=alt.Scale(domain=[0, 1]), axis=share_axis(lang))),
        base.mark_line(color=colour, strokeWidth=2.2).encode(y=y),
        base.mark_circle(color=colour, size=52, opacity=1, cursor="pointer")
        .encode(y=y, tooltip=lines)
        .add_params(picked),
        alt.Chart(table(rows[-1:]))
        .mark_text(
            align="right",
            dx=5,
            dy=_label_side(rows),
            fontWeight=700,
            fontSize=13,
            color=look.palette.ink,
        )
        .encode(x=x, y=y, text="shown:N"),
    ]
    return alt.layer(*layers).properties(height=165, padding=PADDING)


def _label_side(rows: Sequence[Mapping[str, object]]) -> int:
    """Above the last point; below it where the line comes down on it and there is room."""
    last = [float(str(row["value"])) for row in rows[-2:]]
    return 19 if len(last) == 2 and last[1] < last[0] and last[1] > 0.25 else -14


def _shade(weeks: Sequence[str], x: alt.X, look: Look) -> list[alt.Chart]:
    if look.period is None:
        return []
    since, until = (day.isoformat() for day in look.period)
    inside = [week for week in weeks if since <= week <= until]
    if not inside or len(inside) == len(weeks):
        return []
    rows = table([{"day": inside[0], "end": inside[-1]}])
    return [
        alt.Chart(rows)
        .mark_rect(color=look.palette.soft, opacity=0.1)
        .encode(x=x, x2=alt.X2("end:O"), y=alt.value(0), y2=alt.value("height"))
    ]


def _event_layers(
    marks: Sequence[Mark], weeks: Sequence[str], x: alt.X, palette: Palette
) -> list[alt.Chart]:
    placed = [
        {
            "day": week,
            "label": mark.label,
            "text": mark.text,
            "half": weeks.index(week) * 2 >= len(weeks),
        }
        for mark in marks
        if (week := (mark.day - timedelta(days=mark.day.weekday())).isoformat()) in weeks
    ]
    if not placed:
        return []
    rule = (
        alt.Chart(table(placed))
        .mark_rule(color=palette.event, strokeDash=[3, 3], strokeWidth=1.5)
        .encode(x=x, tooltip=[alt.Tooltip("text:N", title=" ")])
    )
    layers = [rule]
    sides: tuple[tuple[bool, Literal["left", "right"], int], ...] = (
        (False, "left", 4),
        (True, "right", -4),
    )
    for late, align, dx in sides:
        named = [row for row in placed if row["half"] is late and row["label"]]
        if named:
            layers.append(
                alt.Chart(table(named))
                .mark_text(align=align, baseline="top", dx=dx, fontSize=11, color=palette.event)
                .encode(x=x, y=alt.value(1), text="label:N")
            )
    return layers


def places(figures: Sequence[Figure], brands: Sequence[str], look: Look) -> Layered:
    """Each brand's place by week (1 is highest), its name at the last point."""
    valued = [f for f in figures if f.value is not None]
    rows: list[dict[str, object]] = []
    for week in sorted({f.week or "" for f in valued}):
        ordered = sorted((f for f in valued if f.week == week), key=lambda f: -(f.value or 0.0))
        rows += [
            {"day": monday(week).isoformat(), "brand": f.brand, "place": place,
             "shown": formats.percent(f.value or 0.0, look.lang)}
            for place, f in enumerate(ordered, 1)
        ]  # fmt: skip
    weeks = weeks_between([str(row["day"]) for row in rows])
    x = week_axis(weeks, look)
    y = alt.Y(
        "place:Q",
        scale=alt.Scale(domain=[len(brands) + 0.4, 0.6], nice=False, zero=False),
        axis=alt.Axis(title=None, values=list(range(1, len(brands) + 1)), format="d", grid=False),
    )
    colour = alt.Color("brand:N", scale=_brand_colours(brands, look), legend=None)
    base = alt.Chart(table(rows)).encode(x=x, y=y, color=colour)
    width = alt.condition(f"datum.brand === {js(brands[0])}", alt.value(3.6), alt.value(1.8))
    lines = base.mark_line(interpolate="monotone").encode(strokeWidth=width)
    dots = base.mark_circle(size=64, opacity=1).encode(
        tooltip=[alt.Tooltip(f"{name}:N", title=" ") for name in ("brand", "shown")]
    )
    last = [row for row in rows if row["day"] == weeks[-1]]
    names = (
        alt.Chart(table(last))
        .mark_text(align="right", dx=6, dy=-13, fontWeight=600, fontSize=12)
        .encode(x=x, y=y, color=colour, text="brand:N")
    )
    return alt.layer(lines, dots, names).properties(height=46 * len(brands) + 50, padding=PADDING)


def stacked(figures: Sequence[Figure], brands: Sequence[str], look: Look) -> Layered:
    """Each brand's share by week, on top of one another: together they make the whole."""
    rows = [
        {
            "day": monday(f.week or "").isoformat(),
            "title": formats.day(monday(f.week or ""), look.lang),
            "brand": f.brand,
            "place": brands.index(f.brand),
            "value": f.value,
            "shown": formats.percent(f.value, look.lang),
        }
        for f in figures
        if f.value is not None and f.brand in brands
    ]
    legend = alt.Legend(title=None, orient="top", columns=3, symbolType="square", labelLimit=110)
    chart = (
        alt.Chart(table(rows))
        .mark_bar(width=alt.RelativeBandSize(0.72))
        .encode(
            x=week_axis(weeks_between([str(row["day"]) for row in rows]), look),
            y=alt.Y("value:Q", scale=alt.Scale(domain=[0, 1]), axis=share_axis(look.lang)),
            color=alt.Color("brand:N", scale=_brand_colours(brands, look), legend=legend),
            order=alt.Order("place:Q"),
            tooltip=tooltip(title=" ", brand=" ", shown="="),
        )
    )
    return alt.layer(chart).properties(height=46 * len(brands) + 50, padding=PADDING)


def _brand_colours(brands: Sequence[str], look: Look) -> alt.Scale:
    """The same colour for a brand in every chart that draws `brands` in this order."""
    series = look.palette.series
    colours = [series[place % len(series)] for place in range(len(brands))]
    return alt.Scale(domain=list(brands), range=colours)
