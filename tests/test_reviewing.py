"""What waits for a person: in which order, for whom, and what becomes of their verdict."""

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from judged_store import (
    NOW,
    PACK,
    RULES,
    SEVERITIES,
    Row,
    add_judgements,
    judged_store,
    release_facts,
)

from monitor.errors import InputError
from monitor.queries import review_page, review_work
from monitor.reviews import (
    CALIBRATION_GOAL,
    CLAIMED_FOR,
    Counts,
    Reason,
    ReviewItem,
    Stratum,
    drawn_items,
    mixed,
    random_wanted,
)
from monitor.store import Decision, Store, claim_review, decide, release_review, take_back
from monitor.store.free import run_sql
from monitor.types import ReviewSample, Verdict


def stratum(verdict: str, items: int, drawn: int = 0, version: str = RULES) -> Stratum:
    keys = tuple((f"{verdict}-{version}-{n}", "price") for n in range(items - drawn))
    return Stratum(version, "chat", Verdict(verdict), items, drawn, keys)


def selected(count: int) -> list[ReviewItem]:
    return [ReviewItem(f"s-{n}", "price", Reason.CRITICAL) for n in range(count)]


# -- drawing and mixing -----------------------------------------------------------------------


def test_rare_verdicts_are_drawn_more_often_than_their_share() -> None:
    strata = [stratum("correct", 900), stratum("incorrect", 100)]
    drawn = [item for item, _ in zip(drawn_items(strata), range(40), strict=False)]
    assert Counter(item.stratum for item in drawn) == {
        "f1 | chat | correct": 30,
        "f1 | chat | incorrect": 10,
    }
    assert {item.stratum_items for item in drawn} == {900, 100}


def test_a_judge_that_people_have_seen_less_of_is_drawn_first() -> None:
    strata = [stratum("correct", 900, drawn=30), stratum("correct", 20, version="answer@1 gpt")]
    drawn = [item for item, _ in zip(drawn_items(strata), range(20), strict=False)]
    assert {item.stratum for item in drawn} == {"answer@1 gpt | chat | correct"}


def test_a_draw_goes_on_where_it_stopped() -> None:
    fresh = [item.key for item in drawn_items([stratum("correct", 50), stratum("outdated", 8)])]
    taken = Counter(key[0].split("-")[0] for key in fresh[:12])
    left = [
        Stratum(RULES, "chat", Verdict(name), size, taken[name],
                tuple((f"{name}-f1-{n}", "price") for n in range(taken[name], size)))
        for name, size in (("correct", 50), ("outdated", 8))
    ]  # fmt: skip
    assert [item.key for item in drawn_items(left)] == fresh[12:]


def test_one_item_in_four_is_a_random_one() -> None:
    queue = list(mixed(selected(9), drawn_items([stratum("correct", 20)]), Counts(0, 0)))[:12]
    assert [item.sample is ReviewSample.RANDOM for item in queue] == [False, False, False, True] * 3


def test_random_items_make_up_for_those_that_were_missing() -> None:
    queue = list(mixed(selected(3), drawn_items([stratum("correct", 20)]), Counts(12, 1)))
    assert [item.reason for item in queue[:4]] == [
        *[Reason.RANDOM] * 3,
        Reason.CRITICAL,
    ]


def test_random_reviews_are_wanted_up_to_the_goal_and_along_with_selected_ones() -> None:
    few, many = [stratum("correct", 12, drawn=2)], [stratum("correct", 500)]
    done = [stratum("correct", 500, drawn=CALIBRATION_GOAL)]
    assert random_wanted(few, 0) == 10
    assert random_wanted(many, 0) == CALIBRATION_GOAL
    assert random_wanted(done, 0) == 0
    assert random_wanted(done, 30) == 10
    assert random_wanted([stratum("correct", 3)], 3000) == 3


# -- the queue --------------------------------------------------------------------------------


def queued(store: Store) -> list[tuple[str, Reason]]:
    """What is selected, in order; random items are left out."""
    work = review_work(store, PACK, SEVERITIES)
    return [(i.answer_id, i.reason) for i in work.queue if i.reason is not Reason.RANDOM]


def test_contradictions_of_critical_facts_come_first_then_doubt_then_other_ones(
    tmp_path: Path,
) -> None:
    day = timedelta(days=1)
    rows = [
        Row("fine", "price", "correct"),
        Row("minor", "colour", "incorrect"),
        Row("major", "founded", "outdated"),
        Row("unsure", "founded", "correct", confidence=0.5),
        Row("open", "colour", "unverifiable", quote="some say"),
        Row("silent", "colour", "unverifiable"),
        Row("old", "price", "incorrect", day=NOW.date() - day),
        Row("new", "price", "incorrect"),
        Row("both", "founded", "correct"),
        Row("both", "founded", "incorrect", method="judge", judged_by="answer@1 gpt"),
        Row("probe", "price", "incorrect", intent="probe"),
        Row("ad hoc", "price", "incorrect", origin="ask"),
    ]
    assert queued(judged_store(tmp_path, rows)) == [
        ("new", Reason.CRITICAL),
        ("old", Reason.CRITICAL),
        ("both", Reason.DISAGREEMENT),
        ("unsure", Reason.UNCERTAIN),
        ("major", Reason.CONTRADICTION),
        ("minor", Reason.CONTRADICTION),
        ("open", Reason.OPEN),
    ]


@pytest.mark.parametrize(
    ("verdicts", "odd"),
    [("cci", "2"), ("iic", "2"), ("ci", "1"), ("ccc", ""), ("cni", "2")],
)
def test_among_answers_to_one_question_the_odd_ones_out_are_looked_at(
    tmp_path: Path, verdicts: str, odd: str
) -> None:
    names = {"c": "correct", "i": "incorrect", "n": "not_stated"}
    rows = [
        Row(str(n), "founded", names[letter], wave_id="w1", engine=f"engine-{n}")
        for n, letter in enumerate(verdicts)
    ]
    found = [key for key, reason in queued(judged_store(tmp_path, rows))
             if reason is Reason.DISAGREEMENT]  # fmt: skip
    assert found == list(odd)


def test_what_a_person_decided_is_selected_no_more(tmp_path: Path) -> None:
    store = judged_store(tmp_path, [Row("a", "price", "incorrect"), Row("b", "price", "outdated")])
    said(store, "a", Verdict.CORRECT)
    assert queued(store) == [("b", Reason.CRITICAL)]


def test_what_was_decided_of_a_fact_that_reads_otherwise_now_is_looked_at_again(
    tmp_path: Path,
) -> None:
    store = judged_store(tmp_path, [Row("a", "price", "incorrect")])
    said(store, "a", Verdict.CORRECT)
    assert queued(store) == []
    with store.writing("a test") as con:
        release_facts(con, NOW + timedelta(hours=1), price="as it is now")
    assert queued(store) == [("a", Reason.CRITICAL)]
    states = run_sql(store, "SELECT verdict, method FROM judgement_states").rows
    assert states == (("incorrect", "rules"),)


def test_waiting_items_are_counted_beyond_those_that_are_read(tmp_path: Path) -> None:
    rows = [Row(f"a-{n:03}", "price", "incorrect") for n in range(150)]
    work = review_work(judged_store(tmp_path, rows), PACK, SEVERITIES)
    assert work.waiting == {Reason.CRITICAL: 150, Reason.RANDOM: CALIBRATION_GOAL}
    assert len(work.queue) < work.total


def test_what_was_selected_is_drawn_all_the_same_and_shown_afresh(tmp_path: Path) -> None:
    """Else the sample would lack what looked bad."""
    store = judged_store(tmp_path, [Row("a", "price", "incorrect")])
    said(store, "a", Verdict.INCORRECT)
    (again,) = review_work(store, PACK, SEVERITIES).queue
    assert (again.answer_id, again.reason) == ("a", Reason.RANDOM)
    assert claim_review(store, [again], "ben", NOW) == again
    said(store, "a", Verdict.INCORRECT, item=again, reviewer="ben")
    assert review_work(store, PACK, SEVERITIES).queue == ()


def test_a_new_judge_is_drawn_for_items_that_were_drawn_for_another(tmp_path: Path) -> None:
    store = judged_store(tmp_path, [Row("a", "colour", "not_stated")])
    (first,) = review_work(store, PACK, SEVERITIES).queue
    said(store, "a", Verdict.CORRECT, item=first)
    assert review_work(store, PACK, SEVERITIES).queue == ()
    add_judgements(store, [Row("a", "colour", "correct", method="judge", judged_by="answer@1 x")])
    (second,) = review_work(store, PACK, SEVERITIES).queue
    assert second.stratum == "answer@1 x | chat | correct"


def test_another_packs_reviews_leave_the_draw_as_it_is(tmp_path: Path) -> None:
    other = Row("z", "colour", "correct", pack="other")
    store = judged_store(tmp_path, [Row("a", "colour", "correct"), other])
    with store.writing("a test") as con:
        release_facts(con, NOW, "other")
    drawn = ReviewItem("z", "colour", Reason.RANDOM, f"{RULES} | chat | correct", 1)
    said(store, "z", Verdict.CORRECT, item=drawn)
    assert [item.answer_id for item in review_work(store, PACK, SEVERITIES).queue] == ["a"]
    assert review_work(store, "other", SEVERITIES).queue == ()


def test_an_empty_store_has_nothing_to_review(tmp_path: Path) -> None:
    work = review_work(judged_store(tmp_path, [Row("a", "x", "correct", pack="other")]), PACK, {})
    assert (work.queue, work.total) == ((), 0)


# -- one item ---------------------------------------------------------------------------------


def test_an_item_is_shown_with_every_verdict_it_came_from(tmp_path: Path) -> None:
    rows = [
        Row("a", "price", "unverifiable"),
        Row("a", "price", "incorrect", method="judge", judged_by="answer@1 gpt",
            quote="a says", span_start=0, span_end=6),
    ]  # fmt: skip
    page = review_page(judged_store(tmp_path, rows), "a", "price")
    assert page.machine.verdict is Verdict.INCORRECT
    assert page.machine.quote == "a says"
    assert [j.verdict for j in page.judgements] == [Verdict.INCORRECT, Verdict.UNVERIFIABLE]


def test_an_item_that_nobody_judged_is_named(tmp_path: Path) -> None:
    store = judged_store(tmp_path, [Row("a", "price", "correct")])
    with pytest.raises(InputError, match=r"a wasn't held against a fact 'size'; `monitor review"):
        review_page(store, "a", "size")
    with pytest.raises(InputError, match="wasn't held against a fact 'size'"):
        said(store, "a", Verdict.CORRECT, fact="size")


# -- claiming and deciding --------------------------------------------------------------------


def said(
    store: Store,
    answer_id: str,
    verdict: Verdict | None,
    *,
    fact: str = "price",
    item: ReviewItem | None = None,
    reviewer: str = "ana",
    minutes: int = 0,
    following: Sequence[ReviewItem] = (),
) -> ReviewItem | None:
    item = item or ReviewItem(answer_id, fact, Reason.CRITICAL)
    decision = Decision(item, verdict, reviewer, "because")
    return decide(store, decision, NOW + timedelta(minutes=minutes), following).following


def stored(store: Store, columns: str) -> list[tuple[object, ...]]:
    return list(run_sql(store, f"SELECT {columns} FROM reviews ORDER BY reviewed_at").rows)  # noqa: S608


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return judged_store(tmp_path, [Row(name, "price", "incorrect") for name in ("a", "b", "c")])


def items(*names: str) -> list[ReviewItem]:
    return [ReviewItem(name, "price", Reason.CRITICAL) for name in names]


def test_two_people_get_different_items_until_a_claim_expires(store: Store) -> None:
    queue = items("a", "b")
    assert claim_review(store, queue, "ana", NOW) == queue[0]
    assert claim_review(store, queue, "ben", NOW) == queue[1]
    assert claim_review(store, queue, "ana", NOW) == queue[0]
    assert claim_review(store, queue, "cy", NOW) is None
    assert claim_review(store, queue, "cy", NOW + CLAIMED_FOR) == queue[0]


def test_an_item_given_back_is_free(store: Store) -> None:
    (item,) = items("a")
    claim_review(store, [item], "ana", NOW)
    release_review(store, item, "ana")
    assert claim_review(store, [item], "ben", NOW) == item


def test_deciding_keeps_the_machines_word_and_hands_out_the_next_free_item(store: Store) -> None:
    queue = items("a", "b", "c")
    claim_review(store, queue, "ana", NOW)
    claim_review(store, queue, "ben", NOW)
    assert said(store, "a", Verdict.CORRECT, following=queue) == queue[2]
    assert stored(store, "answer_id, verdict, machine_verdict, machine_version, note, sample") == [
        ("a", "correct", "incorrect", RULES, "because", "selected")
    ]
    claims = run_sql(store, "SELECT answer_id, reviewer FROM review_claims ORDER BY ALL").rows
    assert list(claims) == [("b", "ben"), ("c", "ana")]


def test_a_random_item_keeps_where_it_was_drawn_from_even_if_its_claim_expired(
    store: Store,
) -> None:
    drawn = ReviewItem("a", "price", Reason.RANDOM, "f1 | chat | incorrect", 3)
    claim_review(store, [drawn], "ana", NOW)
    later = int(CLAIMED_FOR.total_seconds() // 60) + 5
    claim_review(store, items("b"), "ben", NOW + timedelta(minutes=later))
    said(store, "a", Verdict.CORRECT, item=drawn, minutes=later)
    # By its claim alone, as somebody who names the item on a command line decides it.
    claim_review(store, [ReviewItem("c", "price", Reason.RANDOM, "s", 9)], "ana", NOW)
    said(store, "c", Verdict.CORRECT, minutes=later + 1)
    assert stored(store, "answer_id, sample, stratum, stratum_items") == [
        ("a", "random", "f1 | chat | incorrect", 3),
        ("c", "random", "s", 9),
    ]


def test_taking_back_withdraws_ones_own_last_verdict_and_nothing_else(store: Store) -> None:
    said(store, "a", Verdict.CORRECT)
    said(store, "b", Verdict.CORRECT, minutes=1)
    said(store, "c", Verdict.CORRECT, reviewer="ben", minutes=2)
    back = [take_back(store, "ana", NOW + timedelta(minutes=minutes))[1] for minutes in (3, 4)]
    assert [item.answer_id for item in back] == ["b", "a"]
    standing = run_sql(store, "SELECT answer_id FROM standing_reviews").rows
    assert list(standing) == [("c",)]
    assert len(stored(store, "*")) == 5
    with pytest.raises(InputError, match="ana has no review that could be taken back"):
        take_back(store, "ana", NOW)
    assert claim_review(store, items("a"), "ben", NOW + timedelta(minutes=5)) is None


def test_people_in_several_processes_get_every_item_once(tmp_path: Path) -> None:
    rows = [Row(f"a-{n:02}", "price", "incorrect") for n in range(20)]
    store = judged_store(tmp_path, rows)
    children = [
        subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("review_child.py")), str(tmp_path), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("ana", "ben", "cy")
    ]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    outputs = []
    for child in children:
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
    for child in children:
        outputs.append(child.communicate(timeout=200)[0].splitlines())
        assert child.returncode == 0
    given = [line.split()[0] for lines in outputs for line in lines]
    assert sorted(given) == [row.answer_id for row in rows]
    assert all(outputs)
    assert sorted(answer for (answer,) in stored(store, "answer_id")) == sorted(given)
