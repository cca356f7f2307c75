"""From the journal into the tables: each file once, each answer once."""

import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from monitor.errors import StoreError
from monitor.journal import Journal
from monitor.store.session import Store
from monitor.types import (
    Adoption,
    AlertMoved,
    AlertOpened,
    Answer,
    Delivery,
    Entry,
    Judging,
    Note,
    Review,
    Ruling,
    Slot,
    Wave,
    WaveEnd,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_FILES_PER_TRANSACTION = 200
_BYTES_PER_TRANSACTION = 8_000_000
"""Of compressed journal: some 20,000 answers, a few hundred megabytes while they're taken in."""


class UnfitEntriesError(StoreError):
    """The tables can't hold what a journal file says (a number too large, for instance)."""


@dataclass(frozen=True, slots=True)
class Ingestion:
    """What one round took in; `broken` names unreadable files with the reason."""

    files: int
    entries: int
    broken: tuple[tuple[str, str], ...] = ()


def ingest(store: Store, now: datetime) -> Ingestion:
    """Take every journal file that the tables don't have yet into them."""
    files, entries, broken = 0, 0, dict[str, str]()
    pending = pending_files(store)
    while pending:
        portion = _portion(store.journal, pending)
        done = _take_in(store, portion, now)
        files += done.files
        entries += done.entries
        broken.update(done.broken)
        pending = pending[len(portion) :]
    return Ingestion(files, entries, tuple(broken.items()))


def _portion(journal: Journal, names: Sequence[str]) -> list[str]:
    """The first of `names`, as many as fit one transaction; always one at least."""
    size = 0
    for count, name in enumerate(names[:_FILES_PER_TRANSACTION]):
        size += journal.size(name)
        if size > _BYTES_PER_TRANSACTION:
            return list(names[: max(1, count)])
    return list(names[:_FILES_PER_TRANSACTION])


def _take_in(store: Store, names: Sequence[str], now: datetime) -> Ingestion:
    """Take `names` in; a file that doesn't fit is left out alone, never with its neighbours."""
    try:
        with store.writing("taking in the journal") as con:
            return ingest_into(con, store.journal, now, names)
    except UnfitEntriesError as e:
        if len(names) == 1:
            return Ingestion(0, 0, ((names[0], f"{names[0]}: {e}"),))
    parts = [_take_in(store, [name], now) for name in names]
    return Ingestion(
        sum(part.files for part in parts),
        sum(part.entries for part in parts),
        tuple(broken for part in parts for broken in part.broken),
    )


def pending_files(store: Store) -> list[str]:
    """Names of journal files not in the tables yet, oldest first."""
    names = store.journal.names()
    if not names:
        return []
    with store.reading("looking for new journal files") as con:
        known = _known_files(con)
    return [name for name in names if name not in known]


def ingest_into(
    con: "DuckDBPyConnection", journal: Journal, now: datetime, names: Sequence[str] | None = None
) -> Ingestion:
    """Like `ingest`, inside the caller's transaction: for deciding on what is really there."""
    known = _known_files(con)
    entries: list[Entry] = []
    read: list[tuple[str, int]] = []
    broken: list[tuple[str, str]] = []
    for name in journal.names() if names is None else names:
        if name in known:
            continue
        try:
            batch = journal.read(name)
        except StoreError as e:
            broken.append((name, str(e)))
            continue
        entries.extend(batch)
        read.append((name, len(batch)))
    _insert_fitting(con, entries)
    stamp = naive_utc(now)
    append_rows(
        con,
        "journal_files",
        {
            "name": [name for name, _ in read],
            "ingested_at": [stamp] * len(read),
            "entries": [count for _, count in read],
        },
    )
    return Ingestion(len(read), len(entries), tuple(broken))


def answered_now(store: Store, wave_id: str, now: datetime) -> frozenset[str]:
    """Ids of the wave's answers, the journal's latest included: for deciding what to ask.

    In one session, because between two of them another process may put a rebuilt store there.
    """
    with store.writing("finding what is missing") as con:
        ingest_into(con, store.journal, now)
        rows = con.execute(
            "SELECT answer_id FROM answers WHERE wave_id = $wave", {"wave": wave_id}
        ).fetchall()
    return frozenset(answer_id for (answer_id,) in rows)


def naive_utc(moment: datetime) -> datetime:
    """`moment` as the naive UTC that the tables hold (TIMESTAMPTZ would need `pytz` to read)."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def _known_files(con: "DuckDBPyConnection") -> frozenset[str]:
    return frozenset(name for (name,) in con.execute("SELECT name FROM journal_files").fetchall())


def _insert_fitting(con: "DuckDBPyConnection", entries: Sequence[Entry]) -> None:
    import duckdb
    import pyarrow as pa

    try:
        _insert(con, entries)
    except (duckdb.DataError, pa.ArrowException, OverflowError, UnicodeError) as e:
        reason = str(e).splitlines()[0] if str(e) else type(e).__name__
        raise UnfitEntriesError(
            f"the tables can't hold an entry ({reason}); correct the file or move it away"
        ) from e


def _insert(con: "DuckDBPyConnection", entries: Sequence[Entry]) -> None:
    for kind, (table, key, columns) in _TABLES.items():
        found = [entry for entry in entries if isinstance(entry, kind)]
        append_rows(con, table, _columns(_new(con, table, key, found), columns))
    _insert_questions(con, [entry for entry in entries if isinstance(entry, Wave)])
    _insert_answers(con, [entry for entry in entries if isinstance(entry, Answer)])


def _insert_questions(con: "DuckDBPyConnection", waves: Sequence[Wave]) -> None:
    new = _new(con, "wave_questions", "wave_id", waves)
    questions = [(wave, question) for wave in new for question in wave.questions]
    append_rows(con, "wave_questions", _columns(questions, _WAVE_QUESTION))


def _insert_answers(con: "DuckDBPyConnection", answers: Sequence[Answer]) -> None:
    new = _new(con, "answers", "answer_id", answers)
    slot_days = _slot_days(con)
    rows = _columns(new, _ANSWER)
    rows["day"] = [slot_days.get(a.wave_id) or a.asked_at.astimezone(UTC).date() for a in new]
    append_rows(con, "answers", rows)
    append_rows(con, "answer_texts", _columns(new, _ANSWER_TEXT))
    sources = [
        (answer, position, source)
        for answer in new
        for position, source in enumerate(answer.sources)
    ]
    append_rows(con, "answer_sources", _columns(sources, _SOURCE))


def _slot_days(con: "DuckDBPyConnection") -> dict[str, date]:
    """Day of each wave's slot: a wave that runs past midnight still belongs to one day."""
    slots = con.execute("SELECT wave_id, slot FROM waves").fetchall()
    return {wave_id: date.fromisoformat(slot[:10]) for wave_id, slot in slots}


def _new(con: "DuckDBPyConnection", table: str, key: str, entries: Sequence[Any]) -> Sequence[Any]:
    """Entries whose `key` isn't in `table` yet, each once: the first one stands.

    Without a `key` every entry is a row of its own: its file is taken in only once.
    """
    if not entries or not key:
        return entries
    by_id = {getattr(entry, key): entry for entry in reversed(entries)}
    there = con.execute(
        f"SELECT DISTINCT {key} FROM {table} WHERE {key} IN (SELECT unnest($ids))",
        {"ids": list(by_id)},
    ).fetchall()
    for (known,) in there:
        del by_id[known]
    return list(reversed(by_id.values()))


Column = Callable[[Any], object]


def _columns(records: Sequence[Any], columns: dict[str, Column]) -> dict[str, list[Any]]:
    return {name: [value(record) for record in records] for name, value in columns.items()}


def append_rows(con: "DuckDBPyConnection", table: str, columns: dict[str, list[Any]]) -> None:
    """Append rows, given as columns by name, to `table`; Arrow is 1,000 times executemany."""
    if not next(iter(columns.values())):
        return
    import pyarrow as pa

    con.register("new_rows", pa.table(columns))
    try:
        con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM new_rows")
    finally:
        con.unregister("new_rows")


def _compressed(body: str) -> bytes | None:
    """The body deflated at the quickest level: a wave waits for it, and it shrinks enough."""
    return zlib.compress(body.encode(), 1) if body else None


def _texts(question: Any) -> str:
    return json.dumps(
        {lang: question.phrasings(lang) for lang in question.text}, ensure_ascii=False
    )


def _attributes(*names: str) -> dict[str, Column]:
    def column(name: str) -> Column:
        return lambda record: getattr(record, name)

    return {name: column(name) for name in names}


_REPLY = (
    *("engine", "reason", "model_requested", "model_served", "finish_reason", "input_tokens"),
    *("output_tokens", "cost_usd", "cost_source", "latency_s", "attempts", "simulated"),
)


def _of_reply(name: str) -> Column:
    return lambda judging: getattr(judging.reply, name)


def _moment(name: str) -> dict[str, Column]:
    return {name: lambda record: naive_utc(getattr(record, name))}


_WAVE = {
    **_attributes("wave_id", "pack", "slot", "repeats", "planned", "pack_hash", "simulated"),
    **_attributes("probes"),
    **_moment("started_at"),
}
_WAVE_QUESTION: dict[str, Column] = {
    "wave_id": lambda pair: pair[0].wave_id,
    "question_id": lambda pair: pair[1].question_id,
    "intent": lambda pair: pair[1].intent.value,
    "stage": lambda pair: pair[1].stage,
    "tags": lambda pair: list(pair[1].tags),
    "branded": lambda pair: pair[1].branded,
    "texts": lambda pair: _texts(pair[1]),
    "facts": lambda pair: list(pair[1].facts),
}
_WAVE_END = {
    **_attributes("wave_id", "note"),
    **_moment("ended_at"),
    "outcome": lambda end: end.outcome.value,
}
_SLOT = {**_attributes("pack", "slot", "wave_id", "claimed_by"), **_moment("claimed_at")}
_NOTE = {
    **_attributes("note_id", "text", "author", "pack"),
    **_moment("written_at"),
    "day": lambda note: date.fromisoformat(note.day),
}
_ADOPTION = {
    **_attributes("pack", "name", "decided_by", "tracked"),
    **_moment("decided_at"),
}
_ALERT = {
    **_attributes(
        *("alert_id", "key", "kind", "pack", "brand", "engine", "since", "title", "text")
    ),
    **_moment("opened_at"),
}
_ALERT_MOVE: dict[str, Column] = {
    **_attributes("alert_id", "note"),
    **_moment("moved_at"),
    "state": lambda move: move.state.value,
    "moved_by": lambda move: move.by,
}
_DELIVERY = {**_attributes("message_id", "target"), **_moment("delivered_at")}
_JUDGING: dict[str, Column] = {
    **_attributes("judging_id", "answer_id", "pack", "template"),
    **{name: _of_reply(name) for name in _REPLY},
    "facts": lambda judging: json.dumps(dict(judging.facts), sort_keys=True),
    "asked_at": lambda judging: naive_utc(judging.reply.asked_at),
    "status": lambda judging: judging.reply.status.value,
    "prompt": lambda judging: judging.reply.question,
    "reply": lambda judging: judging.reply.text,
    "raw_body": lambda judging: _compressed(judging.reply.raw_body),
}
_REVIEW: dict[str, Column] = {
    **_attributes(
        *("review_id", "answer_id", "fact_id", "reviewer", "machine_version", "stratum"),
        *("stratum_items", "fact_hash", "note", "withdraws"),
    ),
    **_moment("reviewed_at"),
    "sample": lambda review: review.sample.value,
    "verdict": lambda review: review.verdict and review.verdict.value,
    "machine_verdict": lambda review: review.machine_verdict and review.machine_verdict.value,
}
_RULING: dict[str, Column] = {
    **_attributes(
        *("ruling_id", "answer_id", "brand", "reviewer", "machine_state", "machine_version", "note")
    ),
    **_moment("ruled_at"),
    "state": lambda ruling: ruling.state and ruling.state.value,
}
_TABLES: dict[type[Entry], tuple[str, str, dict[str, Column]]] = {
    Wave: ("waves", "wave_id", _WAVE),
    WaveEnd: ("wave_ends", "", _WAVE_END),
    Slot: ("slots", "", _SLOT),
    Note: ("notes", "note_id", _NOTE),
    Adoption: ("adoptions", "", _ADOPTION),
    AlertOpened: ("alerts", "alert_id", _ALERT),
    AlertMoved: ("alert_moves", "", _ALERT_MOVE),
    Delivery: ("deliveries", "", _DELIVERY),
    Judging: ("judgings", "judging_id", _JUDGING),
    Review: ("reviews", "review_id", _REVIEW),
    Ruling: ("rulings", "ruling_id", _RULING),
}
"""Kinds whose entry is one row: their table, the column that tells two apart, and the columns."""

_ANSWER = {
    **_attributes(
        "answer_id",
        "wave_id",
        "pack",
        "question_id",
        "engine",
        "locale",
        "persona",
        "phrasing",
        "repeat",
        "reason",
        "model_requested",
        "model_served",
        "system_fingerprint",
        "parameters",
        "finish_reason",
        "input_tokens",
        "output_tokens",
        "search_calls",
        "cost_usd",
        "cost_source",
        "latency_s",
        "attempts",
        "simulated",
    ),
    **_moment("asked_at"),
    "origin": lambda answer: answer.origin.value,
    "status": lambda answer: answer.status.value,
}
_ANSWER_TEXT = {
    **_attributes("answer_id", "question", "text"),
    "raw_body": lambda answer: _compressed(answer.raw_body),
}
_SOURCE: dict[str, Column] = {
    "answer_id": lambda row: row[0].answer_id,
    "position": lambda row: row[1],
    "url": lambda row: row[2].url,
    "title": lambda row: row[2].title,
    "cited": lambda row: row[2].cited,
    "span_start": lambda row: row[2].span.start if row[2].span else None,
    "span_end": lambda row: row[2].span.end if row[2].span else None,
}
