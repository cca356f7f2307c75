"""A store to test on: made empty in a folder, and small answers to put into its journal."""

import dataclasses
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.journal import Journal
from monitor.store import Store
from monitor.store.free import run_sql
from monitor.types import Answer, AnswerStatus, Intent, Question, Source, Wave

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
WAVE = Wave(
    "demo@2026-11-22T06:00", "demo", "2026-11-22T06:00", NOW, 2, 10, "hash",
    (Question("q-1", Intent.TRUST, {"en": "Safe?"}),), simulated=True,
)  # fmt: skip


def new_store(folder: Path) -> Store:
    """The store of a project in `folder`; nothing is made yet."""
    return Store(folder / "data/monitor.duckdb", Journal(folder / "data/journal"), wait_s=60)


def answer(number: int, **changes: object) -> Answer:
    made = Answer(
        answer_id=f"a-{number:05d}",
        question="Safe?",
        engine="sim",
        asked_at=NOW + timedelta(seconds=number),
        status=AnswerStatus.OK,
        text=f"Answer {number}",
        wave_id=WAVE.wave_id,
        pack="demo",
        question_id="q-1",
        sources=(Source("https://a.example"),),
        raw_body='{"n": 1}',
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def answers(*numbers: int) -> list[Answer]:
    return [answer(number) for number in numbers]


def count(store: Store, table: str = "answers") -> int:
    return int(run_sql(store, f"SELECT count(*) FROM {table}").rows[0][0])  # noqa: S608 - ours


def wal(store: Store) -> Path:
    return store.path.with_name(f"{store.path.name}.wal")
