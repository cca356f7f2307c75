"""Answers in a list: the same rows on every page that opens the answers behind a number."""

from collections.abc import Sequence
from html import escape

from dashboard import blocks, formats
from dashboard.blocks import Column
from dashboard.exports import CellValue
from dashboard.frame import Scope
from monitor.queries import AnswerLine
from monitor.types import AnswerStatus


def answer_table(now: Scope, lines: Sequence[AnswerLine]) -> str:
    """The answers as a table whose rows open the answer."""
    words = now.words
    columns = [
        Column(words("column.asked")),
        Column(words("column.question"), wide=True),
        Column(words("column.engine")),
        Column(words("column.locale")),
        Column(words("column.state", brand=now.brand)),
        Column(words("column.rank"), numeric=True),
        Column(words("column.named"), wide=True),
        Column(words("column.cited")),
    ]
    rows = [_row(now, line) for line in lines]
    return blocks.table(columns, rows, words("page.answers"))


def _row(now: Scope, line: AnswerLine) -> list[str]:
    more = f" +{len(line.domains) - 1}" if len(line.domains) > 1 else ""
    shown = "".join(line.domains[:1]) + more
    return [
        formats.day(line.asked_at.date(), now.lang),
        blocks.link("answer", now.params(answer=line.answer_id), line.question),
        escape(line.engine),
        escape(line.locale),
        escape(_how(now, line)),
        "–" if line.rank is None else str(line.rank),
        escape(", ".join(line.named)) or "–",
        escape(shown) or "–",
    ]


def _how(now: Scope, line: AnswerLine) -> str:
    if line.status is not AnswerStatus.OK:
        return now.words.of("status", line.status.value)
    return now.words.of("state", line.state.value)


def answer_rows(lines: Sequence[AnswerLine]) -> tuple[list[str], list[list[CellValue]]]:
    """The answers as a table for export."""
    columns = ["answer_id", "asked_at", "question_id", "question", "engine", "locale", "persona",
               "repeat", "status", "reason", "state", "rank", "named", "cited"]  # fmt: skip
    rows: list[list[CellValue]] = [
        [
            line.answer_id, line.asked_at.isoformat(), line.question_id, line.question,
            line.engine, line.locale, line.persona, line.repeat, line.status.value, line.reason,
            line.state.value, line.rank, "; ".join(line.named), "; ".join(line.domains),
        ]
        for line in lines
    ]  # fmt: skip
    return columns, rows
