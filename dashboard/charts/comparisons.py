"""Charts of amounts side by side: questions, brands, waves, kinds of sources."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import altair as alt

from dashboard import formats
from dashboard.charts.look import (
    LIGHT,
    PADDING,
    Layered,
    Look,
    js,
    name_axis,
    share_axis,
    table,
    tooltip,
    week_axis,
)
from monitor.queries import Figure, QuestionCell
from monitor.stats.changes import EFFECT_FLOOR


def heatmap(cells: Sequence[QuestionCell], order: Sequence[str], floor: int, look: Look) -> Layered:
    """Visibility by question and engine; a cell selects its question and engine ("cell")."""
    rows = [_heat_row(cell, floor, look.lang) for cell in cells if cell.question_id in order]
    names = {cell.question_id: wrapped(cell.question) for cell in cells}
    label = (
        "split("
        + "".join(f"datum.value === {js(qid)} ? {js(names[qid])} : " for qid in order)
        + "'', '\\n')"
    )
    picked = alt.selection_point(
        name="cell", fields=["question", "engine"], on="click", empty=False
    )
    x = alt.X(
        "engine:N",
        sort=None,
        axis=alt.Axis(
            orient="top",
            title=None,
            labelAngle=-50,
            labelOverlap=False,
            labelLimit=130,
            ticks=False,
            domain=False,
            labelFontSize=12,
            labelColor=look.palette.ink,
        ),
        scale=alt.Scale(paddingInner=0.04),
    )
    y = alt.Y(
        "question:N",
        scale=alt.Scale(domain=list(order), paddingInner=0.07),
        axis=alt.Axis(
            title=None, labelExpr=label, labelLimit=240, ticks=False, labelLineHeight=15,
            labelFontSize=12, labelPadding=8, domain=False, labelOffset=_centred(names, order),
            labelColor=look.palette.ink,
        ),
    )  # fmt: skip
    low, high = look.palette.cells
    colour = alt.Color("value:Q", scale=alt.Scale(domain=[0, 1], range=[low, high]), legend=None)
    base = alt.Chart(table(rows)).encode(x=x, y=y)
    squares = (
        base.mark_rect(cornerRadius=4, cursor="pointer")
        .encode(
            color=alt.condition("isValid(datum.value)", colour, alt.value("transparent")),
            stroke=alt.condition(picked, alt.value(look.palette.event), alt.value("transparent")),
            strokeWidth=alt.value(2.5),
            tooltip=tooltip(full=" ", engine=" ", shown="=", counts="n"),
        )
        .add_params(picked)
    )  # fmt: skip
    # Text turns where the other colour would have the better contrast.
    turn, strong = (0.66, "#ffffff") if look.palette is LIGHT else (0.7, "#10171e")
    text = base.mark_text(fontSize=12, fontWeight=600, cursor="pointer").encode(
        text="shown:N",
        color=alt.condition(
            f"datum.value > {turn}", alt.value(strong), alt.value(look.palette.ink)
        ),
    )
    return alt.layer(squares, text).properties(height=52 * len(order) + 90, padding=PADDING)


def _centred(names: Mapping[str, str], order: Sequence[str]) -> Any:
    """Label offsets that centre labels of two and three lines: Vega centres their first line."""
    by_lines = {
        extra: [qid for qid in order if names[qid].count("\n") == extra] for extra in (1, 2)
    }
    conditions = [
        {"test": f"indexof([{', '.join(map(js, qids))}], datum.value) >= 0", "value": -7.5 * extra}
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


def intervals(figures: Sequence[Figure], own: str, look: Look) -> Layered:
    """One dot per brand with its interval, highest first; ours is filled in the line's colour."""
    lang = look.lang
    rows = [
        {
            "brand": f.brand,
            "value": f.value,
            "low": f.panel.low if f.panel else f.value,
            "high": f.panel.high if f.panel else f.value,
            "shown": f"{formats.percent(f.value, lang)}",
            "own": f.brand == own,
        }
        for f in sorted(figures, key=lambda f: -(f.value or 0.0))
        if f.value is not None
    ]
    y = alt.Y(
        "brand:N",
        scale=alt.Scale(domain=[str(row["brand"]) for row in rows]),
        axis=name_axis(look),
    )
    scale = alt.Scale(domain=[0, 1])
    x = alt.X("value:Q", scale=scale, axis=share_axis(lang))
    colour = alt.condition("datum.own", alt.value(look.palette.line), alt.value(look.palette.soft))
    base = alt.Chart(table(rows)).encode(y=y)
    bars = base.mark_rule(strokeWidth=5, opacity=0.45, strokeCap="round").encode(
        x=alt.X("low:Q", scale=scale, axis=share_axis(lang)), x2="high:Q", color=colour
    )
    dots = base.mark_circle(size=110, opacity=1).encode(x=x, color=colour)
    text = base.mark_text(dy=-13, fontSize=12, fontWeight=600, color=look.palette.ink).encode(
        x=x, text="shown:N"
    )
    return alt.layer(bars, dots, text).properties(height=44 * len(rows) + 40, padding=PADDING)


def coverage(
    rows: Sequence[tuple[str, str, str, int]], order: Sequence[str], look: Look
) -> alt.Chart:
    """Stacked bars by wave: rows are (day, status, its name, answers), `order` names by rank."""
    columns = ("day", "status", "name", "answers")
    days = sorted({day for day, *_ in rows})
    palette = look.palette
    colours = [palette.line, palette.event, palette.series[3], palette.series[4], palette.soft]
    chart: alt.Chart = (
        alt.Chart(table(dict(zip(columns, row, strict=True)) for row in rows))
        .mark_bar(cornerRadius=2)
        .encode(
            x=week_axis(days, look),
            y=alt.Y("answers:Q", axis=alt.Axis(title=None, tickCount=4, format="d")),
            color=alt.Color(
                "name:N",
                scale=alt.Scale(domain=list(order), range=colours),
                legend=alt.Legend(title=None, orient="top", columns=5),
            ),
            order=alt.Order("rank:Q"),
            tooltip=tooltip(day=" ", name=" ", answers="n"),
        )
        .transform_calculate(rank=f"indexof({list(order)!r}, datum.name)")
        .properties(height=300, padding=PADDING)
    )
    return chart  # fmt: skip


def bars(counts: Mapping[str, int], look: Look) -> Layered:
    """Horizontal bars with their numbers, largest first."""
    rows = [
        {"name": name, "count": count, "shown": formats.decimal(count, look.lang)}
        for name, count in sorted(counts.items(), key=lambda item: -item[1])
    ]
    base = alt.Chart(table(rows)).encode(
        y=alt.Y(
            "name:N",
            scale=alt.Scale(domain=[str(row["name"]) for row in rows]),
            axis=name_axis(look),
        ),
        x=alt.X("count:Q", axis=None, scale=alt.Scale(domain=[0, max(counts.values()) * 1.12])),
    )
    return alt.layer(
        base.mark_bar(color=look.palette.line, cornerRadius=3, height=18),
        base.mark_text(
            align="left", dx=6, fontSize=12, fontWeight=600, color=look.palette.ink
        ).encode(text="shown:N"),
    ).properties(height=36 * len(rows) + 10, padding=PADDING)


@dataclass(frozen=True, slots=True)
class Moved:
    """A change in a chart: its name, the difference with its interval, and its label in words."""

    name: str
    value: float
    low: float
    high: float
    shown: str
    label: str


def differences(lines: Sequence[Moved], labels: Sequence[str], look: Look) -> Layered:
    """One dot per change with its interval around zero; `labels` in order from sure to noise."""
    rows = [asdict(line) for line in lines]
    reach = max(0.1, *(abs(end) for line in lines for end in (line.low, line.high)))
    scale = alt.Scale(domain=[-reach * 1.1, reach * 1.1])
    x = alt.X("value:Q", scale=scale, axis=_points_axis())
    y = alt.Y("name:N", scale=alt.Scale(domain=[line.name for line in lines]), axis=name_axis(look))
    palette = look.palette
    colour = alt.Color(
        "label:N",
        scale=alt.Scale(
            domain=list(labels),
            range=[palette.line, palette.series[1], palette.soft],
        ),
        legend=alt.Legend(title=None, orient="top", symbolOpacity=1),
    )
    base = alt.Chart(table(rows)).encode(y=y, color=colour)
    floor = (
        alt.Chart(table([{"low": -EFFECT_FLOOR, "high": EFFECT_FLOOR}]))
        .mark_rect(color=palette.soft, opacity=0.13)
        .encode(x=alt.X("low:Q", scale=scale, axis=_points_axis()), x2="high:Q")
    )
    zero = (
        alt.Chart(table([{"at": 0}]))
        .mark_rule(color=palette.soft, strokeWidth=1.2)
        .encode(x=alt.X("at:Q", scale=scale, axis=_points_axis()))
    )
    spans = base.mark_rule(strokeWidth=5, opacity=0.45, strokeCap="round").encode(
        x=alt.X("low:Q", scale=scale, axis=_points_axis()), x2="high:Q"
    )
    dots = base.mark_circle(size=110, opacity=1).encode(
        x=x, tooltip=tooltip(name=" ", shown="=", label=" ")
    )
    text = (
        alt.Chart(table(rows))
        .mark_text(dy=-13, fontSize=12, fontWeight=600, color=palette.ink)
        .encode(x=x, y=y, text="shown:N")
    )
    layers = alt.layer(floor, zero, spans, dots, text)
    return layers.properties(height=42 * len(rows) + 60, padding=PADDING)


def _points_axis() -> alt.Axis:
    return alt.Axis(title=None, tickCount=5, labelExpr="format(datum.value * 100, '+.0f')")
