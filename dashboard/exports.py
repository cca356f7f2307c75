"""Tables as CSV and charts as PNG, made on this machine; simulated data says so in both."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.text import Words

if TYPE_CHECKING:
    import altair as alt

CellValue = str | int | float | None
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def neutral(value: CellValue) -> CellValue:
    """`value` as a spreadsheet shows it: a text that would be run as a formula is quoted."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def to_csv(columns: Sequence[str], rows: Sequence[Sequence[CellValue]]) -> bytes:
    """A CSV file in UTF-8 with the mark that makes spreadsheets read it as such."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([neutral(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def marked(
    columns: Sequence[str], rows: Sequence[Sequence[CellValue]], words: Words, *, simulated: bool
) -> bytes:
    """The CSV with a last column that says whether its row is simulated or measured."""
    mark = words("export.simulated" if simulated else "export.measured")
    return to_csv([*columns, words("export.column")], [[*row, mark] for row in rows])


def to_png(chart: "alt.TopLevelMixin", title: str, note: str) -> bytes:
    """The chart on white at twice its size, drawn without a browser and without the network."""
    import altair as alt
    import vl_convert

    heading = alt.TitleParams(title, subtitle=[note] if note else [], anchor="start")
    spec = chart.properties(title=heading).configure(background="white").to_json()
    found: bytes = vl_convert.vegalite_to_png(spec, scale=2, allowed_base_urls=[])
    return found


@contextmanager
def heading(title: str, *, within: bool = False) -> Iterator[None]:
    """A section's heading; what is made inside the block stands at its right.

    `within`: of a part inside a section.
    """
    row = st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"
    )
    with row:
        (st.subheader if within else st.header)(title, width="content")
        yield


def offer(
    words: Words,
    name: str,
    table: tuple[Sequence[str], Sequence[Sequence[CellValue]]] | None,
    charts: Mapping[str, Callable[[], "alt.TopLevelMixin"]],
    *,
    simulated: bool,
) -> None:
    """A small menu with the table as CSV and each chart as PNG; files are made on demand."""
    suffix = f"-{words('export.simulated')}" if simulated else ""
    note = words("simulated.short") if simulated else ""
    with st.popover(words("export.open"), type="tertiary", key=f"export-{name}"):
        if table is not None:
            st.download_button(
                words("export.csv"),
                partial(marked, *table, words, simulated=simulated),
                file_name=f"{name}{suffix}.csv",
                mime="text/csv",
                on_click="ignore",
                key=f"csv-{name}",
                width="stretch",
            )
        for title, make in charts.items():
            st.download_button(
                words("export.png", name=title),
                partial(_drawn, make, title, note),
                file_name=f"{name}-{_file_part(title)}{suffix}.png",
                mime="image/png",
                on_click="ignore",
                key=f"png-{name}-{title}",
                width="stretch",
            )


def _drawn(make: Callable[[], "alt.TopLevelMixin"], title: str, note: str) -> bytes:
    return to_png(make(), title, note)


def _file_part(title: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in title.lower()).strip("-")[:40]
