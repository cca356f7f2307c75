"""A report as JSON, CSV, Markdown or a self-contained HTML page."""

import html
import re
from collections.abc import Mapping, Sequence
from importlib import resources

from monitor.queries import By, Figure
from monitor.report.period import Report
from monitor.report.tables import csv_text, json_text
from monitor.stats import Interval

_SCOPE = ("figure", "brand", "engine", "locale", "week", "value", "k", "n")
_CAVEATS = ("excluded", "versions", "note")
FIGURE_FIELDS = (*_SCOPE, "panel", "market", *_CAVEATS)
"""The fields of a figure in the interchange format."""
FLAT_FIELDS = (*_SCOPE, "panel_low", "panel_high", "market_low", "market_high", *_CAVEATS)
"""The same where a cell holds one value."""


def figure_record(figure: Figure) -> dict[str, object]:
    """One figure in the interchange format of DESIGN.md."""
    return {
        "figure": figure.figure,
        "brand": figure.brand,
        "engine": figure.engine,
        "locale": figure.locale,
        "week": figure.week,
        "value": figure.value,
        "k": figure.k,
        "n": figure.n,
        "panel": _pair(figure.panel),
        "market": _pair(figure.market),
        "excluded": figure.excluded,
        "versions": figure.versions,
        "note": figure.note,
    }


def _pair(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [interval.low, interval.high]


def as_json(report: Report) -> str:
    """The report in the stable JSON format."""
    return json_text(
        {
            "pack": report.pack.pack,
            "simulated": report.pack.simulated,
            "period": {"since": report.since.isoformat(), "until": report.until.isoformat()},
            "figures": [figure_record(figure) for figure in report.figures],
        },
        indent=2,
    )


def as_csv(report: Report) -> str:
    """One line for each figure."""
    simulated = {"simulated": report.pack.simulated}
    records = [flat_record(figure_record(figure)) | simulated for figure in report.figures]
    return csv_text((*FLAT_FIELDS, "simulated"), records)


def flat_record(record: Mapping[str, object]) -> dict[str, object]:
    """A figure's record with one value in each field, for tables."""
    flat = dict(record)
    for name in ("panel", "market"):
        pair = flat.pop(name)
        low, high = pair if isinstance(pair, list) else (None, None)
        flat |= {f"{name}_low": low, f"{name}_high": high}
    return flat | {name: json_text(record[name]) for name in ("excluded", "versions")}


def percent(value: float | None, note: str = "") -> str:
    """A rate for people to read: "48 %", or why there is none."""
    return note if value is None else f"{100 * value:.0f} %"


def interval_text(interval: Interval | None) -> str:
    """An interval for people to read: "44–52 %"."""
    if interval is None:
        return ""
    low, high = f"{100 * interval.low:.0f}", f"{100 * interval.high:.0f}"
    return f"{low}–{high} %"


def sentence(report: Report) -> str:
    """The report in one sentence: how visible our brand is, and how sure that is."""
    figure = next(f for f in report.pick(By()) if f.brand == report.own)
    if figure.value is None:
        return f"{report.own}: {figure.note}."
    return (
        f"{report.own} is mentioned in {percent(figure.value)} of answers "
        f"({interval_text(figure.panel)} for these questions, "
        f"{interval_text(figure.market)} for questions like these; "
        f"{figure.k} of {figure.n} answers to {figure.questions} questions)."
    )


def as_markdown(report: Report) -> str:
    """The report for a chat, a wiki or a mail."""
    title = f"# {_escaped(report.own)}: {report.since} to {report.until}"
    parts = [title, _escaped(sentence(report))]
    if report.pack.simulated:
        parts.insert(1, "> Simulated data: no real assistant was asked.")
    parts += [
        "## Visibility by brand",
        _markdown_table("Brand", report.pick(By()), "brand"),
        "## Visibility by engine",
        _markdown_table("Engine", _own(report, By(engine=True)), "engine"),
        "## Visibility by week",
        _markdown_table("Week", _own(report, By(week=True)), "week"),
        f"{report.questions.capitalize()}; measured by {report.pack.version}.",
    ]
    return "\n\n".join(parts) + "\n"


def _own(report: Report, by: By) -> tuple[Figure, ...]:
    return tuple(figure for figure in report.pick(by) if figure.brand == report.own)


def _markdown_table(heading: str, figures: Sequence[Figure], name: str) -> str:
    lines = [
        f"| {heading} | Visibility | these questions | questions like these | answers | left out |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for figure in figures:
        cells = (
            _escaped(str(getattr(figure, name))),
            percent(figure.value, figure.note),
            interval_text(figure.panel),
            interval_text(figure.market),
            f"{figure.k}/{figure.n}",
            str(sum(figure.excluded.values())),
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _escaped(text: str) -> str:
    """`text` as its own words: no markup, no HTML, one line."""
    plain_text = html.escape(" ".join(text.split()), quote=False)
    return re.sub(r"([\\`*\[\]|])", r"\\\1", plain_text)


def as_html(report: Report) -> str:
    """A page that needs nothing from anywhere: styles and bars are in it."""
    import jinja2

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    environment.filters |= {"percent": percent, "interval": interval_text}
    template = resources.files("monitor.report").joinpath("report.html.jinja").read_text("utf-8")
    return environment.from_string(template).render(
        report=report,
        sentence=sentence(report),
        tables=[
            ("Visibility by brand", "Brand", "brand", report.pick(By())),
            ("Visibility by engine", "Engine", "engine", _own(report, By(engine=True))),
            ("Visibility by locale", "Locale", "locale", _own(report, By(locale=True))),
            ("Visibility by week", "Week", "week", _own(report, By(week=True))),
        ],
    )
