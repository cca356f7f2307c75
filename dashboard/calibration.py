"""Judge against people: how far each judge version can be trusted, by random reviews."""

from collections.abc import Callable
from html import escape

from dashboard import blocks, data, exports, formats
from dashboard.blocks import Column
from dashboard.exports import CellValue
from dashboard.frame import Scope
from monitor.queries import CalibrationLine
from monitor.stats import FLOOR, Interval
from monitor.stats.calibration import LEAST_OF_EACH, LEAST_REVIEWS


def judge_against_people(now: Scope) -> None:
    """The section: a line for each version of rules or judge that people have met at random."""
    words = now.words
    lines = data.calibration_lines(now.version, now.pack.pack)
    with exports.heading(words("judges.title")):
        if lines:
            table = _export(lines)
            exports.offer(words, "judge-against-people", table, {}, simulated=now.pack.simulated)
    go = blocks.link("review", now.params(), words("review.overview.go"))
    text = words("judges.caption") if lines else words("judges.none")
    blocks.show(f'<p class="bm-body">{escape(text)} {go}</p>')
    if not lines:
        return
    columns = [
        Column(words("column.judge"), wide=True),
        Column(words("column.random_reviews"), numeric=True),
        Column("κ", numeric=True),
        Column(words("column.sensitivity"), numeric=True),
        Column(words("column.specificity"), numeric=True),
        Column(words("column.trust"), wide=True),
    ]
    rows = [_row(now, line) for line in lines]
    blocks.show(blocks.table(columns, rows, words("judges.title")))


def _row(now: Scope, line: CalibrationLine) -> list[str]:
    words, lang, quality = now.words, now.lang, line.quality
    reviews = formats.decimal(quality.reviews, lang)
    unsure = f" {words('judges.unsure', n=line.unsure)}" if line.unsure else ""
    enough = quality.reviews >= FLOOR
    kappa = quality.agreement.kappa if enough else None
    who = "judge" if line.is_model else "rules"
    name = words(f"review.method.{who}", version=line.judged_by)
    return [
        escape(name[:1].upper() + name[1:]),
        f'{reviews}<span class="bm-small">{escape(unsure)}</span>' if unsure else reviews,
        "–"
        if kappa is None
        else _with_range(
            formats.decimal(kappa, lang, 2),
            quality.agreement.interval,
            lambda interval: formats.decimal_range(interval, lang, 2),
        ),
        _rate(now, quality.calibration.sensitivity if enough else None, quality.sensitivity),
        _rate(now, quality.calibration.specificity if enough else None, quality.specificity),
        escape(_trust(now, line)),
    ]


def _rate(now: Scope, value: float | None, interval: Interval | None) -> str:
    if value is None or interval is None:
        return "–"
    return _with_range(
        formats.percent(value, now.lang),
        interval,
        lambda found: formats.percent_range(found, now.lang),
    )


def _with_range(value: str, interval: Interval | None, form: Callable[[Interval], str]) -> str:
    """A value with its interval under it in small."""
    if interval is None:
        return escape(value)
    return f'{escape(value)} <span class="bm-small">({escape(form(interval))})</span>'


def _trust(now: Scope, line: CalibrationLine) -> str:
    fault = line.quality.calibration.fault
    return now.words(
        f"judges.{fault.value if fault else 'fit'}", n=LEAST_REVIEWS, each=LEAST_OF_EACH
    )


def _export(lines: tuple[CalibrationLine, ...]) -> tuple[list[str], list[list[CellValue]]]:
    names = ["judged_by", "reviews", "unsure", "unseen", "kappa", "kappa_ase", "kappa_low",
             "kappa_high", "sensitivity", "sensitivity_low", "sensitivity_high", "specificity",
             "specificity_low", "specificity_high", "problem"]  # fmt: skip
    rows: list[list[CellValue]] = [
        [
            line.judged_by, quality.reviews, line.unsure, quality.unseen,
            quality.agreement.kappa, quality.agreement.standard_error,
            *_ends(quality.agreement.interval),
            quality.calibration.sensitivity, *_ends(quality.sensitivity),
            quality.calibration.specificity, *_ends(quality.specificity),
            quality.calibration.problem,
        ]
        for line in lines
        for quality in [line.quality]
    ]  # fmt: skip
    return names, rows


def _ends(interval: Interval | None) -> list[CellValue]:
    return [None, None] if interval is None else [interval.low, interval.high]
