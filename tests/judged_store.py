"""A store whose answers are judged against facts, to review them: rows as judging makes them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.settings import Settings
from monitor.store import Store, ingest, open_store
from monitor.store.ingestion import append_rows, naive_utc
from monitor.types import Answer, AnswerStatus, Severity

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NOW = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
DAY = date(2026, 11, 22)
PACK = "demo"
RULES = "f1"
SEVERITIES = {
    "price": Severity.CRITICAL,
    "founded": Severity.MAJOR,
    "colour": Severity.MINOR,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of judgements, as rules or a judge give it."""

    answer_id: str
    fact_id: str
    verdict: str
    engine: str = "chat"
    method: str = "rules"
    judged_by: str = RULES
    confidence: float | None = 0.95
    question_id: str = "q1"
    wave_id: str = ""
    locale: str = "en-US"
    persona: str = ""
    intent: str = "trust"
    origin: str = "wave"
    quote: str = ""
    span_start: int | None = None
    span_end: int | None = None
    pack: str = PACK
    version: str = "v"
    day: date = DAY
    promise: bool = False
    asked: bool = True
    note: str = ""


def judged_store(folder: Path, rows: Sequence[Row]) -> Store:
    """A store in `folder` with an answer for each one that `rows` speak of."""
    store = open_store(Settings(project=folder))
    answers = {row.answer_id: row for row in rows}
    said = [
        Answer(
            row.answer_id, f"What of {row.question_id}?", row.engine, NOW, AnswerStatus.OK,
            f"{row.answer_id} says something.", pack=row.pack, question_id=row.question_id,
            locale=row.locale, wave_id=row.wave_id,
        )
        for row in answers.values()
    ]  # fmt: skip
    store.journal.append(said, NOW)
    ingest(store, NOW)
    add_judgements(store, rows)
    with store.writing("a test") as con:
        release_facts(con, NOW)
    return store


def release_facts(
    con: "DuckDBPyConnection", now: datetime, pack: str = PACK, **hashes: str
) -> None:
    """Let the rows' version be read, its facts reading as `hashes` say."""
    released = {
        "pack": [pack],
        "version": ["v"],
        "facts": [json.dumps(dict.fromkeys(SEVERITIES, "as it was") | hashes)],
        "released_at": [naive_utc(now)],
    }
    append_rows(con, "fact_releases", released)


def add_judgements(store: Store, rows: Iterable[Row]) -> None:
    """Put further rows of judgements there."""
    records = [asdict(row) for row in rows]
    columns = {name: [record[name] for record in records] for name in records[0]}
    columns["judged_at"] = [naive_utc(NOW)] * len(records)
    with store.writing("a test") as con:
        append_rows(con, "judgements", columns)
