"""Reviews: an item is shown to one person at a time, and what they decide is appended.

A claim lives in the tables alone and expires by itself; verdicts go through the journal. Choosing,
deciding and claiming the next one are conditional inserts inside one write transaction, so that two
people at once get different items.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from monitor.errors import InputError
from monitor.reviews import CLAIMED_FOR, Reason, ReviewItem
from monitor.store.ingestion import append_rows, ingest_into, naive_utc
from monitor.store.session import Store
from monitor.types import Review, ReviewSample, Verdict

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about an item; `verdict` None: they are unsure."""

    item: ReviewItem
    verdict: Verdict | None
    reviewer: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """The review as it was stored, and the item claimed next, None if nothing is free."""

    review: Review
    following: ReviewItem | None


def claim_review(
    store: Store, items: Sequence[ReviewItem], reviewer: str, now: datetime
) -> ReviewItem | None:
    """The first of `items` that nobody else is looking at or has decided, now `reviewer`'s."""
    with store.writing(f"claiming an item for {reviewer}") as con:
        return _claim(con, items, reviewer, now)


def decide(
    store: Store, decision: Decision, now: datetime, following: Sequence[ReviewItem] = ()
) -> Decided:
    """Append the decision, let its item go, and claim the first free one of `following`.

    It counts as random if the item was given to the reviewer as a random one. Raises InputError
    where no machine judged it.
    """
    with store.writing(f"keeping a review of {decision.reviewer}") as con:
        review = _review(con, decision, now)
        name = store.journal.append([review], now)
        ingest_into(con, store.journal, now, [name])
        _let_go(con, decision.item, decision.reviewer)
        return Decided(review, _claim(con, following, decision.reviewer, now))


def take_back(store: Store, reviewer: str, now: datetime) -> tuple[Review, ReviewItem]:
    """Withdraw the reviewer's last standing review, and claim its item for them again.

    Raises InputError where they have none.
    """
    with store.writing(f"taking back a review of {reviewer}") as con:
        last = _last_of(con, reviewer)
        withdrawal = Review(
            uuid.uuid4().hex[:16], last.answer_id, last.fact_id, None, reviewer, now,
            sample=last.sample, withdraws=last.review_id,
        )  # fmt: skip
        name = store.journal.append([withdrawal], now)
        ingest_into(con, store.journal, now, [name])
        item = _item_of(last)
        _claim(con, [item], reviewer, now)
        return last, item


def release_review(store: Store, item: ReviewItem, reviewer: str) -> None:
    """Give an item back undecided, for others to take."""
    with store.writing(f"giving back an item of {reviewer}") as con:
        _let_go(con, item, reviewer)


def is_drawn(store: Store, answer_id: str, fact_id: str, reviewer: str) -> bool:
    """Whether the item lies before the reviewer as a random one, the machine's verdict hidden."""
    keys = {"answer": answer_id, "fact": fact_id, "reviewer": reviewer}
    with store.reading("looking what an item was drawn for") as con:
        claim = con.execute(_CLAIMED, keys).fetchone()
    return claim is not None and claim[0] == ReviewSample.RANDOM


def _claim(
    con: "DuckDBPyConnection", items: Sequence[ReviewItem], reviewer: str, now: datetime
) -> ReviewItem | None:
    con.execute("DELETE FROM review_claims WHERE expires_at <= $now", {"now": naive_utc(now)})
    taken = _taken(con, items, reviewer)
    free = next((item for item in items if (*item.key, item.sample) not in taken), None)
    if free is None:
        return None
    _let_go(con, free, reviewer)
    row = {
        "answer_id": free.answer_id,
        "fact_id": free.fact_id,
        "reviewer": reviewer,
        "claimed_at": naive_utc(now),
        "expires_at": naive_utc(now + CLAIMED_FOR),
        "sample": free.sample.value,
        "stratum": free.stratum,
        "stratum_items": free.stratum_items,
    }
    append_rows(con, "review_claims", {name: [value] for name, value in row.items()})
    return free


_TAKEN = """
WITH asked AS (
  SELECT unnest($answers::VARCHAR[]) AS answer_id, unnest($facts::VARCHAR[]) AS fact_id
)
SELECT answer_id, fact_id, s.sample
FROM asked JOIN review_claims c USING (answer_id, fact_id),
     (VALUES ('selected'), ('random')) AS s(sample)
WHERE c.reviewer <> $reviewer
UNION
SELECT answer_id, fact_id, 'selected' FROM asked JOIN current_reviews USING (answer_id, fact_id)
UNION
SELECT answer_id, fact_id, 'random'
FROM asked JOIN random_reviews r USING (answer_id, fact_id)
JOIN machine_judgements m USING (answer_id, fact_id)
WHERE m.judged_by = r.machine_version
"""


def _taken(
    con: "DuckDBPyConnection", items: Sequence[ReviewItem], reviewer: str
) -> set[tuple[str, str, str]]:
    """Those of `items` that others look at or that are decided, with the sample they're taken for.

    What is decided as a selected item may still be drawn at random, to be looked at afresh.
    """
    keys = {
        "answers": [item.answer_id for item in items],
        "facts": [item.fact_id for item in items],
        "reviewer": reviewer,
    }
    return {(answer, fact, sample) for answer, fact, sample in con.execute(_TAKEN, keys).fetchall()}


def _let_go(con: "DuckDBPyConnection", item: ReviewItem, reviewer: str) -> None:
    con.execute(
        """
        DELETE FROM review_claims
        WHERE answer_id = $answer AND fact_id = $fact AND reviewer = $reviewer
        """,
        {"answer": item.answer_id, "fact": item.fact_id, "reviewer": reviewer},
    )


_MACHINE = """
SELECT m.verdict, m.judged_by, v.facts ->> ('$."' || m.fact_id || '"')
FROM machine_judgements m JOIN released_facts v USING (pack, version)
WHERE m.answer_id = $answer AND m.fact_id = $fact
"""
_CLAIMED = """
SELECT sample, stratum, stratum_items FROM review_claims
WHERE answer_id = $answer AND fact_id = $fact AND reviewer = $reviewer
"""


def _review(con: "DuckDBPyConnection", decision: Decision, now: datetime) -> Review:
    item = decision.item
    keys = {"answer": item.answer_id, "fact": item.fact_id}
    machine = con.execute(_MACHINE, keys).fetchone()
    if machine is None:
        raise InputError(
            f"answer {item.answer_id} wasn't held against a fact {item.fact_id!r}; "
            "`monitor review list` shows what can be reviewed"
        )
    claim = con.execute(_CLAIMED, {**keys, "reviewer": decision.reviewer}).fetchone()
    sample, stratum, items = claim or (item.sample, item.stratum, item.stratum_items)
    return Review(
        review_id=uuid.uuid4().hex[:16],
        answer_id=item.answer_id,
        fact_id=item.fact_id,
        verdict=decision.verdict,
        reviewer=decision.reviewer,
        reviewed_at=now,
        sample=ReviewSample(sample),
        machine_verdict=Verdict(machine[0]),
        machine_version=machine[1] or "",
        stratum=stratum,
        stratum_items=items,
        fact_hash=machine[2] or "",
        note=decision.note,
    )


_LAST = """
SELECT review_id, answer_id, fact_id, verdict, reviewed_at, sample, stratum, stratum_items
FROM reviews
WHERE reviewer = $reviewer AND withdraws = ''
  AND review_id NOT IN (SELECT withdraws FROM reviews WHERE withdraws <> '')
ORDER BY reviewed_at DESC, review_id DESC LIMIT 1
"""


def _last_of(con: "DuckDBPyConnection", reviewer: str) -> Review:
    row: tuple[Any, ...] | None = con.execute(_LAST, {"reviewer": reviewer}).fetchone()
    if row is None:
        raise InputError(f"{reviewer} has no review that could be taken back")
    review_id, answer_id, fact_id, verdict, reviewed_at, sample, stratum, items = row
    return Review(
        review_id, answer_id, fact_id, verdict and Verdict(verdict), reviewer, reviewed_at,
        sample=ReviewSample(sample), stratum=stratum, stratum_items=items,
    )  # fmt: skip


def _item_of(review: Review) -> ReviewItem:
    reason = Reason.RANDOM if review.sample is ReviewSample.RANDOM else Reason.CHOSEN
    return ReviewItem(
        review.answer_id, review.fact_id, reason, review.stratum, review.stratum_items
    )
