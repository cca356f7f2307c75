"""What judges and people said of answers: taken in once, and the latest word stands."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.settings import Settings
from monitor.store import Store, ingest, open_store
from monitor.store.ingestion import append_rows
from monitor.store.ingestion import naive_utc as stored
from monitor.types import Answer, AnswerStatus, Judging, Origin, Review, Verdict

NOW = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(Settings(project=tmp_path))
    store.prepare()
    return store


def review(name: str, verdict: Verdict | None, minutes: int = 0, withdraws: str = "") -> Review:
    moment = NOW + timedelta(minutes=minutes)
    return Review(name, "a-1", "price", verdict, "ana", moment, withdraws=withdraws)


def judged(store: Store, verdicts: Sequence[tuple[str, str, int]]) -> None:
    """Release facts version "v" with one row for each (verdict, method, minute)."""
    rows: dict[str, list[Any]] = {
        "answer_id": ["a-1"] * len(verdicts),
        "version": ["v"] * len(verdicts),
        "pack": ["demo"] * len(verdicts),
        "day": [date(2026, 11, 22)] * len(verdicts),
        "fact_id": ["price"] * len(verdicts),
        "verdict": [verdict for verdict, _, _ in verdicts],
        "method": [method for _, method, _ in verdicts],
        "judged_at": [stored(NOW + timedelta(minutes=minute)) for _, _, minute in verdicts],
    }
    released = {"pack": ["demo"], "version": ["v"], "released_at": [stored(NOW)]}
    with store.writing("a test") as con:
        append_rows(con, "judgements", rows)
        append_rows(con, "fact_releases", released)


def standing(store: Store) -> list[tuple[str, str, bool]]:
    with store.reading("a test") as con:
        return con.execute("SELECT verdict, method, unsure FROM judgement_states").fetchall()


def test_a_judging_is_taken_in_once_with_its_reply_and_cost(store: Store) -> None:
    reply = Answer(
        "j-1", "Judge.", "judge", NOW, AnswerStatus.OK, "{…}", Origin.JUDGE, cost_usd=0.01
    )
    judging = Judging("j-1", "a-1", "demo", "answer@1", {"price": "ab"}, reply)
    for _ in range(2):
        store.journal.append([judging], NOW)
    ingest(store, NOW)
    with store.reading("a test") as con:
        rows = con.execute(
            "SELECT answer_id, engine, status, prompt, reply, cost_usd, facts FROM judgings"
        ).fetchall()
        answers = con.execute("SELECT count(*) FROM answers").fetchall()
    assert rows == [("a-1", "judge", "ok", "Judge.", "{…}", 0.01, '{"price": "ab"}')]
    assert answers == [(0,)]


@pytest.mark.parametrize(
    ("machine", "expected"),
    [
        ([("incorrect", "rules", 0), ("correct", "judge", 1)], "incorrect"),
        ([("unverifiable", "rules", 0), ("correct", "judge", 1)], "correct"),
        (
            [("not_stated", "rules", 0), ("correct", "judge", 1), ("outdated", "judge", 2)],
            "outdated",
        ),
    ],
    ids=["rules settle it", "a judge settles what rules can't", "the latest judge"],
)
def test_the_machine_has_one_verdict(
    store: Store, machine: list[tuple[str, str, int]], expected: str
) -> None:
    judged(store, machine)
    assert [verdict for verdict, _, _ in standing(store)] == [expected]


def test_a_persons_latest_verdict_stands_until_it_is_withdrawn(store: Store) -> None:
    judged(store, [("incorrect", "rules", 0)])
    said = [
        review("r-1", Verdict.CORRECT),
        review("r-2", Verdict.OUTDATED, 1),
        review("r-3", None, 2, withdraws="r-2"),
        review("r-4", None, 3, withdraws="r-1"),
    ]
    seen = []
    for one in said:
        store.journal.append([one], NOW)
        ingest(store, NOW)
        seen += standing(store)
    assert seen == [
        ("correct", "person", False),
        ("outdated", "person", False),
        ("correct", "person", False),
        ("incorrect", "rules", False),
    ]


def test_who_is_unsure_leaves_the_machines_verdict_and_says_so(store: Store) -> None:
    judged(store, [("incorrect", "rules", 0)])
    store.journal.append([review("r-1", None)], NOW)
    ingest(store, NOW)
    assert standing(store) == [("incorrect", "rules", True)]
