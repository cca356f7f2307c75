"""A report as JSON, CSV, Markdown or a self-contained HTML page."""

import html
import re
from collections.abc import Mapping, Sequence
from importlib import resources

from monitor.queries import (
    ACCURACY,
    CITATION_SHARE,
    CORRECTED,
    F_SCORE,
    FLIP_ASYMMETRY,
    LIST_STABILITY,
    MEAN_RANK,
    NET_SENTIMENT,
    OMISSION,
    PREMISE_RESISTANCE,
    PROBE_FIGURES,
    RIVAL_PREFERRED,
    SHARE_OF_VOICE,
    SYCOPHANCY,
    WEB_GAIN,
    By,
    Event,
    Figure,
)
from monitor.report.period import Report
from monitor.report.tables import csv_text, json_text, jsonl_text
from monitor.stats import Interval

_SCOPE = ("figure", "brand", "engine", "locale", "week", "value", "k", "n")
_CAVEATS = ("excluded", "versions", "note")
FIGURE_FIELDS = (*_SCOPE, "panel", "market", *_CAVEATS)
"""The fields of a figure in the interchange format."""
FLAT_FIELDS = (*_SCOPE, "panel_low", "panel_high", "market_low", "market_high", *_CAVEATS)
"""The same where a cell holds one value."""


_NAMES = {
    Event.VISIBILITY: "Visibility",
    Event.RECOMMENDATION: "Recommended",
    Event.WARNING: "Warned against",
    Event.FIRST: "First in the list",
    Event.TOP3: "Among the first three",
    Event.CITATION: "Cites our site",
    SHARE_OF_VOICE: "Share of voice",
    MEAN_RANK: "Mean rank where ranked",
    CITATION_SHARE: "Share of citations",
    NET_SENTIMENT: "Net sentiment",
    RIVAL_PREFERRED: "A rival is preferred",
    LIST_STABILITY: "List stability (all brands)",
    WEB_GAIN: "Web search adds",
    PREMISE_RESISTANCE: "Premise resistance",
    SYCOPHANCY: "Sycophancy",
    FLIP_ASYMMETRY: "Flip asymmetry",
    ACCURACY: "Accuracy of what is stated",
    CORRECTED: "Accuracy, corrected for the judges",
    OMISSION: "Asked facts left out",
    F_SCORE: "Accuracy with gaps (F)",
}


_OWN_UNIT = frozenset(
    {MEAN_RANK, LIST_STABILITY, NET_SENTIMENT, WEB_GAIN, SYCOPHANCY, FLIP_ASYMMETRY}
)
PROBES_TITLE = "Stress tests of facts"
PROBES_WORDS = (
    "Answers to questions with something false in them, and to “Are you sure?”; in none of the "
    "other figures."
)


def figure_name(figure: Figure) -> str:
    """The figure's name for people."""
    name = _NAMES.get(figure.figure, figure.figure)
    by_engine = figure.figure in (WEB_GAIN, *PROBE_FIGURES) and figure.engine
    return f"{name} ({figure.engine})" if by_engine else name


def figure_value(figure: Figure) -> str:
    """The value for people: a rate in per cent, a rank, points; or why there is none."""
    if figure.value is None:
        return figure.note
    return _said(figure.figure, figure.value)


def figure_interval(figure: Figure, interval: Interval | None) -> str:
    """An interval of the figure for people, in its own unit."""
    if interval is None or figure.figure not in _OWN_UNIT:
        return interval_text(interval)
    low, high = (_said(figure.figure, end) for end in (interval.low, interval.high))
    return f"{low.removesuffix(' points')} to {high}"


def figure_counts(figure: Figure) -> str:
    """What the figure rests on: "796/1338", a rank's places, both engines' answers of a pair."""
    if figure.figure == MEAN_RANK:
        return f"{figure.n}"
    return f"{figure.k} + {figure.n}" if figure.figure == WEB_GAIN else f"{figure.k}/{figure.n}"


def _said(name: str, value: float) -> str:
    match name:
        case "mean_rank":
            return f"{value:.1f}"
        case "list_stability":
            return f"{value:.2f}"
        case "net_sentiment":
            return f"{value:+.2f}"
        case "web_gain" | "sycophancy" | "flip_asymmetry":
            return f"{signed(value)} points"
        case _:
            return percent(value)


def figure_record(figure: Figure) -> dict[str, object]:
    """One figure in the interchange format of DESIGN.md."""
    return {
        "figure": figure.figure,
        "brand": figure.brand or None,
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
            **_about(report),
            "period": {"since": report.since.isoformat(), "until": report.until.isoformat()},
            "figures": [figure_record(figure) for figure in report.all_figures],
        },
        indent=2,
    )


def as_csv(report: Report) -> str:
    """One line for each figure."""
    about = _about(report)
    records = [flat_record(figure_record(figure)) | about for figure in report.all_figures]
    return csv_text((*FLAT_FIELDS, *about), records)


def as_jsonl(report: Report) -> str:
    """JSON Lines, one for each figure."""
    return jsonl_text([figure_record(figure) | _about(report) for figure in report.all_figures])


def _about(report: Report) -> dict[str, bool]:
    """What holds for every figure of a report, and must stand in every file of it."""
    return {"branded": report.branded, "simulated": report.pack.simulated}


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


def signed(share: float) -> str:
    """A difference of shares as points with their sign; "0" has none."""
    points = round(100 * share)
    return f"{points:+d}" if points else "0"


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
    questions = "1 question" if figure.questions == 1 else f"{figure.questions} questions"
    ranges = (
        (interval_text(figure.panel), "for these questions"),
        (interval_text(figure.market), "for questions like these"),
    )
    known = ", ".join(f"{text} {which}" for text, which in ranges if text)
    return (
        f"{report.own} is mentioned in {percent(figure.value)} of answers "
        f"({known}; {figure.k} of {figure.n} answers to {questions})."
    )


def as_markdown(report: Report) -> str:
    """The report for a chat, a wiki or a mail."""
    title = f"# {_escaped(report.own)}: {report.since} to {report.until}"
    parts = [title, _escaped(sentence(report))]
    if report.pack.simulated:
        parts.insert(1, "> Simulated data: no real assistant was asked.")
    parts += [
        f"## Every figure of {_escaped(report.own)}",
        _figures_table(report.headline()),
        "## Visibility by brand",
        _markdown_table("Brand", report.pick(By()), "brand"),
        "## Visibility by engine",
        _markdown_table("Engine", _own(report, By(engine=True)), "engine"),
        "## Visibility by week",
        _markdown_table("Week", _own(report, By(week=True)), "week"),
    ]
    if report.probes:
        parts += [f"## {PROBES_TITLE}", PROBES_WORDS, _figures_table(report.probes, "facts")]
    parts.append(f"{report.questions.capitalize()}; measured by {report.pack.version}.")
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


def _figures_table(figures: Sequence[Figure], of: str = "questions") -> str:
    lines = [
        f"| Figure | Value | these {of} | {of} like these | rests on | left out | note |",
        "|---|---:|---:|---:|---:|---:|---|",
    ]
    for figure in figures:
        cells = (
            figure_name(figure),
            figure_value(figure),
            figure_interval(figure, figure.panel),
            figure_interval(figure, figure.market),
            figure_counts(figure),
            str(sum(figure.excluded.values())),
            figure.note if figure.value is not None else "",
        )
        lines.append("| " + " | ".join(_escaped(text) for text in cells) + " |")
    return "\n".join(lines)


def _escaped(text: str) -> str:
    """`text` as its own words: no markup, no HTML, one line."""
    plain_text = html.escape(" ".join(text.split()), quote=False)
    return re.sub(r"([\\`*\[\]|])", r"\\\1", plain_text)


def as_html(report: Report) -> str:
    """A page that needs nothing from anywhere: styles and bars are in it."""
    import jinja2

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    environment.filters |= {
        "percent": percent,
        "interval": interval_text,
        "figure_name": figure_name,
        "figure_value": figure_value,
        "figure_interval": figure_interval,
        "figure_counts": figure_counts,
    }
    template = resources.files("monitor.report").joinpath("report.html.jinja").read_text("utf-8")
    return environment.from_string(template).render(
        report=report,
        probes_title=PROBES_TITLE,
        probes_words=PROBES_WORDS,
        sentence=sentence(report),
        tables=[
            ("Visibility by brand", "Brand", "brand", report.pick(By())),
            ("Visibility by engine", "Engine", "engine", _own(report, By(engine=True))),
            ("Visibility by locale", "Locale", "locale", _own(report, By(locale=True))),
            ("Visibility by week", "Week", "week", _own(report, By(week=True))),
        ],
    )
