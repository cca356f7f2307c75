"""Chart of answers to probes: where they leave their readers, by kind of question."""

from collections.abc import Mapping, Sequence

import altair as alt

from dashboard import formats
from dashboard.charts.look import LIGHT, PADDING, Look, name_axis, share_axis, table, tooltip


def outcomes(
    counts: Mapping[tuple[str, str], int], kinds: Sequence[str], names: Sequence[str], look: Look
) -> alt.Chart:
    """Bars of shares by kind: `counts` are by (kind, outcome), both as readers know them.

    `names` are the outcomes in order: what is true, what is false, and two that say neither.
    """
    totals = {kind: sum(n for (k, _), n in counts.items() if k == kind) for kind in kinds}
    rows = [
        {
            "kind": kind,
            "outcome": name,
            "place": place,
            "share": counts.get((kind, name), 0) / totals[kind],
            "shown": formats.percent(counts.get((kind, name), 0) / totals[kind], look.lang),
            "counts": f"{counts.get((kind, name), 0)}/{totals[kind]}",
        }
        for kind in kinds
        for place, name in enumerate(names)
        if totals[kind]
    ]
    palette = look.palette
    faint = "#c5ced6" if palette is LIGHT else "#4b5966"
    chart: alt.Chart = (
        alt.Chart(table(rows))
        .mark_bar(height=20)
        .encode(
            y=alt.Y("kind:N", scale=alt.Scale(domain=list(kinds)), axis=name_axis(look)),
            x=alt.X(
                "share:Q", stack="zero", scale=alt.Scale(domain=[0, 1]), axis=share_axis(look.lang)
            ),
            color=alt.Color(
                "outcome:N",
                scale=alt.Scale(
                    domain=list(names), range=[palette.line, palette.event, palette.soft, faint]
                ),
                legend=alt.Legend(title=None, orient="top", columns=2, labelLimit=220, offset=4),
            ),
            order=alt.Order("place:Q"),
            tooltip=tooltip(kind=" ", outcome=" ", shown="=", counts="n"),
        )
        .properties(height=34 * len(kinds) + 20, padding=PADDING)
    )
    return chart
