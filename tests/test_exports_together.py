"""An export that goes on while others write: nothing twice, no two versions in one file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.mentions import extract, track
from monitor.queries.exports import export_batches, export_names
from monitor.settings import Settings
from monitor.store import Measured, Store, add_measures, ingest, open_store, release, unmeasured
from monitor.types import Answer, AnswerStatus, Brand, Source

NOW = datetime(2026, 11, 22, tzinfo=UTC)
BRANDS = (Brand("Tessavik", own=True), Brand("Pergola"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(Settings(project=tmp_path))


def add(store: Store, numbers: range, version: str = "v1") -> None:
    answers = [
        Answer(
            f"a-{number}", "Which?", "e", NOW + timedelta(seconds=number), AnswerStatus.OK,
            text="Tessavik or Pergola.", pack="p",
            sources=(Source("https://a.example/1"), Source("https://b.example/2")),
        )
        for number in numbers
    ]  # fmt: skip
    store.journal.append(answers, NOW)
    ingest(store, NOW)
    measure(store, version)


def measure(store: Store, version: str) -> None:
    tracked = track(BRANDS)
    found = [
        Measured(answer, extract(answer.text, tracked, answer.sources, "en"), "", False)
        for answer in unmeasured(store, "p", version, 100_000)
    ]
    add_measures(store, "p", version, found)
    release(store, "p", version, [b.name for b in BRANDS], datetime.now(UTC))


@pytest.mark.parametrize(
    ("table", "key"),
    [("answers", ("answer_id",)), ("mentions", ("answer_id", "brand")),
     ("citations", ("answer_id", "position"))],
)  # fmt: skip
def test_nothing_comes_twice_when_earlier_answers_arrive_meanwhile(
    store: Store, table: str, key: tuple[str, ...]
) -> None:
    add(store, range(10_000, 16_000))
    seen: list[tuple[object, ...]] = []
    for number, rows in enumerate(export_batches(store, table, None, None, None)):
        seen += [tuple(row[name] for name in key) for row in rows]
        assert tuple(rows[0]) == export_names(store, table)
        if number == 0:
            add(store, range(100))
    assert len(seen) == len(set(seen))
    assert {f"a-{n}" for n in range(10_000, 16_000)} <= {row[0] for row in seen}


def test_a_version_released_meanwhile_doesnt_take_over(store: Store) -> None:
    add(store, range(6_000))
    versions = set()
    for rows in export_batches(store, "mentions", None, None, None):
        versions |= {row["version"] for row in rows}
        measure(store, "v2")
    assert versions == {"v1"}


def test_an_empty_table_has_its_columns(store: Store) -> None:
    assert export_names(store, "mentions")[:3] == ("answer_id", "pack", "day")
    assert list(export_batches(store, "mentions", None, None, None)) == []
