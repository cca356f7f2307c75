"""Changes in a table: before, after, verdict and cause; the same rows on every page."""

from collections.abc import Sequence
from html import escape

from dashboard import blocks, verdicts
from dashboard.blocks import Column
from dashboard.exports import CellValue
from dashboard.frame import Scope
from dashboard.text import Words
from monitor.queries import Movement, Movements, View
from monitor.stats import ChangeLabel


def movement_table(
    now: Scope, earlier: View, found: Movements, lines: Sequence[Movement], caption: str
) -> str:
    """The lines as a table whose shares open their answers."""
    words = now.words
    columns = [
        Column(words("column.brand")),
        Column(words("column.engine")),
        Column(words("column.before"), numeric=True),
        Column(words("column.after"), numeric=True),
        Column(words("column.change"), numeric=True),
        Column(words("column.verdict")),
        Column(words("column.cause"), wide=True),
    ]
    rows = [_row(now, earlier, found, line) for line in lines]
    return blocks.table(columns, rows, caption)


def _row(now: Scope, earlier: View, found: Movements, line: Movement) -> list[str]:
    words, change = now.words, line.change
    drill = {"brand": line.brand} | ({"e": line.engine} if line.engine else {})
    later = verdicts.day_bounds(now, now.view)
    name = f"<b>{escape(line.brand)}</b>" if line.brand == now.brand else escape(line.brand)
    return [
        name,
        escape(line.engine or words("changes.all_engines")),
        verdicts.side_cell(now, earlier, change.before, change.panel_before, **drill),
        verdicts.side_cell(now, later, change.after, change.panel_after, **drill),
        verdicts.difference_cell(change, words),
        _verdict(line, words),
        escape(_why(found, line, words)),
    ]


def _verdict(line: Movement, words: Words) -> str:
    """The label as HTML; what couldn't be tested has none."""
    if line.change.difference is None:
        return escape(verdicts.too_few_text(line.change, words))
    return verdicts.label_cell(line.verdict, words)


def _why(found: Movements, line: Movement, words: Words) -> str:
    """What a change is put down to, and what would settle it unless it's settled."""
    if line.change.difference is None:
        return ""
    settled = line.verdict.label is ChangeLabel.REAL
    cause = verdicts.cause_text(found.cause_of(line), words)
    if settled and line.brand != found.own:
        cause = verdicts.rival_text(found.others(line.brand), words)
    needed = "" if settled else verdicts.settle_text(line.change, line.verdict, words)
    return "; ".join(filter(None, (cause, needed)))


def movement_rows(
    found: Movements, lines: Sequence[Movement]
) -> tuple[list[str], list[list[CellValue]]]:
    """The lines as a table for export: plain numbers under the names that `compare` uses."""
    columns = [
        "figure", "brand", "engine", "before", "after", "difference", "panel_low", "panel_high",
        "p", "q", "label", "questions", "questions_needed", "cause", "note",
    ]  # fmt: skip
    return columns, [_export_row(found, line) for line in lines]


def _export_row(found: Movements, line: Movement) -> list[CellValue]:
    change, verdict, cause = line.change, line.verdict, found.cause_of(line)
    label = None if change.difference is None else verdict.label.value
    ends = (change.panel.low, change.panel.high) if change.panel else (None, None)
    return [
        found.figure, line.brand, line.engine, change.before, change.after, change.difference,
        *ends, change.p, verdict.q, label, change.questions,
        verdict.questions_needed, cause.cause.value if cause else None, verdict.note,
    ]  # fmt: skip
