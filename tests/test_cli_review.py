"""Reviewing on a terminal and over a pipe, each command a process of its own."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cli_project import monitor
from reviewable_store import reviewable

from monitor.cli.terminal import printable
from monitor.reviews import Reason, ReviewItem
from monitor.store import Store, claim_review
from monitor.store.free import run_sql


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return reviewable(tmp_path)


@pytest.fixture
def folder(store: Store) -> Path:
    return store.path.parent.parent


def standing(store: Store) -> list[tuple[object, ...]]:
    query = (
        "SELECT answer_id, verdict, reviewer, note, sample FROM standing_reviews "
        "ORDER BY reviewed_at"
    )
    return list(run_sql(store, query).rows)


def test_what_waits_is_listed_and_the_machine_is_silent_on_random_items(folder: Path) -> None:
    plain = monitor("review", "list", project=folder)
    assert plain.out.splitlines()[1].startswith("said-0\tprice\tcritical\talpha-chat\tfalse\t29")
    assert "14 waiting, 3 of them critical" in plain.out
    records = json.loads(monitor("review", "list", "--format", "json", project=folder).out)
    hidden = [r for r in records if r["reason"] == "random"]
    assert hidden
    assert {(r["machine_verdict"], r["quote"], r["machine_version"]) for r in hidden} == {
        (None, None, None)
    }
    assert records[0]["sheet"] == "Harbourlight costs 39 euros a month."


def test_keys_over_a_pipe_decide_note_undo_and_skip(folder: Path, store: Store) -> None:
    keys = ["z", "x", "w", "9", "w", "1", "n", "with VAT", "a", "z", "a", "s", "2", "q"]
    done = monitor("review", "next", "--reviewer", "ana", project=folder, stdin="\n".join(keys))
    assert done.code == 0
    assert "monitor: ana has no review that could be taken back" in done.err
    assert "monitor: 'x' is none of the keys" in done.err
    assert "monitor: '9' is none of the keys" in done.err
    assert "costs »29 euros a month« for up to 50 berths." in done.out
    assert "kept: true; the machine said: false" in done.out
    assert "took back: false" in done.out
    notes = run_sql(store, "SELECT note FROM reviews WHERE note <> ''").rows
    assert notes == (("with VAT",),)
    # The random one follows three selected ones, and shows no verdict.
    assert standing(store)[:2] == [
        ("said-0", "correct", "ana", "", "selected"),
        ("said-1", "incorrect", "ana", "", "selected"),
    ]


def test_input_that_ends_gives_the_item_back(folder: Path, store: Store) -> None:
    assert monitor("review", "next", "--reviewer", "ana", project=folder).code == 0
    assert run_sql(store, "SELECT count(*) FROM review_claims").rows == ((0,),)


def test_programs_take_one_item_and_decide_it(folder: Path, store: Store) -> None:
    def step(*arguments: str) -> list[dict[str, object]]:
        done = monitor("review", *arguments, "--format", "json", project=folder)
        assert done.code == 0, done.err
        found: list[dict[str, object]] = json.loads(done.out)
        return found

    (ana,) = step("next", "--reviewer", "ana")
    (ben,) = step("next", "--reviewer", "ben")
    assert (ana["answer_id"], ben["answer_id"]) == ("said-0", "said-1")
    (kept,) = step("decide", "said-0", "price", "agree", "--reviewer", "ana", "--note", "ok")
    assert (kept["verdict"], kept["machine_verdict"]) == ("incorrect", "incorrect")
    assert standing(store) == [("said-0", "incorrect", "ana", "ok", "selected")]
    (back,) = step("undo", "--reviewer", "ana")
    assert back["answer_id"] == "said-0"
    assert standing(store) == []


def test_nobody_agrees_with_what_is_hidden(folder: Path, store: Store) -> None:
    drawn = ReviewItem("said-4", "founded", Reason.RANDOM, "f1 | alpha-chat | correct", 6)
    assert claim_review(store, [drawn], "ana", datetime.now(UTC)) == drawn
    decide = ("review", "decide", "said-4", "founded")
    refused = monitor(*decide, "agree", "--reviewer", "ana", project=folder)
    assert refused.code == 1
    assert "was drawn at random, so the machine's verdict is hidden" in refused.err
    assert monitor(*decide, "correct", "--reviewer", "ana", project=folder).code == 0
    assert [row[-1] for row in standing(store)] == ["random"]


def test_reviews_are_exported_with_who_said_so_and_what_the_machine_had_said(
    folder: Path,
) -> None:
    empty = monitor("export", "reviews", project=folder)
    assert empty.code == 0
    (header,) = empty.out.splitlines()
    assert header.startswith("review_id,answer_id,pack,day,engine")
    assert monitor("review", "decide", "said-1", "price", "outdated", project=folder).code == 0
    done = monitor("export", "reviews", "--format", "jsonl", project=folder)
    (row,) = [json.loads(line) for line in done.out.splitlines()]
    kept = ("answer_id", "fact_id", "verdict", "machine_verdict", "machine_version", "sample")
    assert tuple(row[name] for name in kept) == (
        *("said-1", "price", "outdated", "incorrect", "f1", "selected"),
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("decide", "said-1", "size", "agree"), "said-1 wasn't held against a fact 'size'"),
        (("decide", "nobody", "price", "agree"), "there is no answer 'nobody'"),
        (("decide", "said-1", "price", "maybe"), "'maybe' is none; choose from agree, unsure"),
        (("undo", "--reviewer", "zoe"), "zoe has no review that could be taken back"),
        (("list", "--pack", "none"), "there are no answers of a pack 'none'"),
    ],
)
def test_what_cannot_be_done_is_named(folder: Path, arguments: tuple[str, ...], words: str) -> None:
    done = monitor("review", *arguments, project=folder)
    assert done.code in {1, 2}
    assert words in " ".join(done.err.replace("│", " ").split())


def test_what_a_terminal_would_obey_is_taken_out() -> None:
    assert printable("a\x1b[31mb\x9bc\u202ed\te\nf") == "a\ufffd[31mb\ufffdc\ufffdd\te\nf"
