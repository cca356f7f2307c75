"""The journal: whole files or none, and a damaged one is named instead of misread."""

import gzip
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.errors import StoreError
from monitor.journal import Journal
from monitor.types import (
    Answer,
    AnswerStatus,
    Entry,
    Intent,
    Judging,
    Note,
    Origin,
    Question,
    Review,
    ReviewSample,
    Slot,
    Source,
    Span,
    Verdict,
    Wave,
    WaveEnd,
    WaveOutcome,
)

NOW = datetime(2026, 11, 22, 6, 30, 15, 250, tzinfo=UTC)
ANSWER = Answer(
    answer_id="a-1",
    question="Welches CMS taugt für Behörden?",
    engine="sim-chat",
    asked_at=NOW,
    status=AnswerStatus.OK,
    text="Tessavik\u00a0– oder „Blattkühn“.\nNUL: \0, Emoji: 🧭, 表",
    sources=(Source("https://a.example/x?y=1", "Ein Titel", span=Span(0, 8)), Source("https://b")),
    cost_usd=0.0012,
    raw_body='{"id": "r-1"}',
)
QUESTION = Question(
    "q-1", Intent.TRUST, {"en": "Is it safe?"}, {"en": ("Safe?",)}, tags=("a",), facts=("f",)
)
REPLY = Answer(
    "j-1-reply", "Judge this.", "judge", NOW, AnswerStatus.OK, "{}", Origin.JUDGE, cost_usd=0.01
)
EVERY_KIND: tuple[Entry, ...] = (
    Wave("w-1", "demo", "2026-11-22T06:00", NOW, 2, 10, "ab", (QUESTION,), simulated=True),
    ANSWER,
    WaveEnd("w-1", NOW, WaveOutcome.PARTLY_FAILED, "2 failed"),
    Slot("demo", "2026-11-22T06:00", "w-1", NOW, "process 12"),
    Note("n-1", NOW, "2026-11-22", "We moved", "ana", "demo"),
    Judging("j-1", "a-1", "demo", "answer@1", {"price": "ab"}, REPLY),
    Review("r-1", "a-1", "price", None, "ana", NOW, ReviewSample.RANDOM, Verdict.INCORRECT, "f1"),
)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal")


def test_what_is_appended_is_read_back_the_same(journal: Journal) -> None:
    name = journal.append(EVERY_KIND, NOW)
    assert journal.read(name) == EVERY_KIND
    assert journal.names() == (name,)


def test_a_file_is_named_by_month_and_moment(journal: Journal) -> None:
    assert journal.append([ANSWER], NOW).startswith("2026-11/20261122T063015000250Z-")


def test_files_come_oldest_first_over_months(journal: Journal) -> None:
    moments = [datetime(2026, month, 3, tzinfo=UTC) for month in (11, 9, 12, 10)]
    names = [journal.append([ANSWER], moment) for moment in moments]
    assert list(journal.names()) == sorted(names)
    assert journal.names()[0] == names[1]


def test_an_empty_folder_and_strange_files_hold_nothing(journal: Journal) -> None:
    assert journal.names() == ()
    (journal.root / "2026-11").mkdir(parents=True)
    (journal.root / "README").write_text("not ours")
    (journal.root / "2026-11" / "half.jsonl.tmp").write_bytes(b"\x1f\x8b")
    assert journal.names() == ()


def test_an_auditor_reads_a_file_with_zcat(journal: Journal) -> None:
    lines = gzip.decompress((journal.root / journal.append([ANSWER], NOW)).read_bytes())
    header, entry = map(json.loads, lines.decode().splitlines())
    assert header["format"] == 1
    assert entry["kind"] == "answer"
    assert entry["entry"]["text"] == ANSWER.text


def test_half_a_surrogate_pair_in_an_answer_is_kept_as_a_replacement_character(
    journal: Journal,
) -> None:
    torn = Answer("a-2", "q", "e", NOW, AnswerStatus.OK, text="before \ud83d after")
    [kept] = journal.read(journal.append([torn], NOW))
    assert isinstance(kept, Answer)
    assert kept.text == "before \ufffd after"


def test_nothing_is_left_behind_when_an_entry_cant_be_written(journal: Journal) -> None:
    with pytest.raises(KeyError):
        journal.append([object()], NOW)  # type: ignore[list-item]
    assert [path for path in journal.root.rglob("*") if path.is_file()] == []


def _truncated(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes(256 - b - 1 for b in content[middle : middle + 8]) + content[
        middle + 8 :
    ]  # fmt: skip


def _packed(*lines: object) -> bytes:
    return gzip.compress("".join(json.dumps(line) + "\n" for line in lines).encode())


@pytest.mark.parametrize(
    "damage",
    [
        _truncated,
        _flipped,
        lambda content: content[:10] + b"\xff" * 20 + content[30:],
        lambda _: b"",
        lambda _: b"no gzip at all",
        lambda _: gzip.compress(b""),
        lambda _: _packed(["a list"]),
        lambda _: _packed({"format": 1}, {"kind": "answer"}),
        lambda _: _packed({"format": 1}, {"kind": "song", "entry": {}}),
        lambda _: _packed({"format": 1}, {"kind": "answer", "entry": {"answer_id": "x"}}),
        lambda _: _packed({"format": 1}, 7),
        lambda content: gzip.compress(gzip.decompress(content)[:-20]),
        lambda _: gzip.compress(b'{"format": 1}\n\xff\xfe\n'),
    ],
    ids=[
        "cut off", "bits flipped", "no deflate stream", "empty", "not gzip", "no lines",
        "header not an object",
        "no entry", "unknown kind", "entry without fields", "line not an object",
        "last line cut", "not UTF-8",
    ],
)  # fmt: skip
def test_a_damaged_file_is_one_error_that_names_it(journal: Journal, damage: object) -> None:
    assert callable(damage)
    name = journal.append(EVERY_KIND, NOW)
    path = journal.root / name
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(StoreError, match=Path(name).name) as raised:
        journal.read(name)
    assert "backup" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_of_a_newer_format_asks_for_an_update(journal: Journal) -> None:
    name = journal.append([ANSWER], NOW)
    (journal.root / name).write_bytes(_packed({"format": 2}))
    with pytest.raises(StoreError, match="update"):
        journal.read(name)


def test_a_folder_that_cant_be_made_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "journal").write_text("a file stands where the folder should be")
    journal = Journal(tmp_path / "journal")
    with pytest.raises(StoreError, match="1 entries are not kept"):
        journal.append([ANSWER], NOW)


_FILLS_THE_DISK = """
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from monitor.errors import StoreError
from monitor.journal import Journal
from monitor.types import Answer, AnswerStatus

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))
now = datetime(2026, 11, 22, tzinfo=UTC)
noise = "".join(chr(0x4E00 + i * 7919 % 20_000) for i in range(20_000))
journal = Journal(Path(sys.argv[1]))
try:
    journal.append([Answer("a", "q", "e", now, AnswerStatus.OK, text=noise)], now)
except StoreError as e:
    print(e)
"""


def test_a_write_that_the_disk_refuses_leaves_no_half_file(journal: Journal) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FILLS_THE_DISK, str(journal.root)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "can't write the journal file" in done.stdout
    assert "File too large" in done.stdout
    assert [path for path in journal.root.rglob("*") if path.is_file()] == []


_APPENDS_FOR_EVER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from monitor.journal import Journal
from monitor.types import Answer, AnswerStatus

journal = Journal(Path(sys.argv[1]))
now = datetime(2026, 11, 22, tzinfo=UTC)
number = 0
while True:
    answer = Answer(f"a-{number}", "q", "e", now, AnswerStatus.OK, text="word " * 2_000)
    print(journal.append([answer] * 3, now), flush=True)
    number += 1
"""


def test_a_kill_leaves_every_reported_file_whole(journal: Journal) -> None:
    for _ in range(4):
        child = subprocess.Popen(
            [sys.executable, "-c", _APPENDS_FOR_EVER, str(journal.root)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        reported = [child.stdout.readline().strip() for _ in range(20)]
        child.kill()
        reported += child.stdout.read().split()
        child.wait()
        child.stdout.close()
        assert set(reported) <= set(journal.names())
        assert all(len(journal.read(name)) == 3 for name in journal.names())
