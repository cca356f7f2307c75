"""A reviewer's desk: who reviews, which item lies on it, and what their keys do.

The page's own state is small: the item, what was decided or skipped since the queue was read, and
the last verdict. Everything else is in the store, and a key press is one write there: the verdict
is kept and the next item claimed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape

import streamlit as st

from dashboard import blocks, data, formats
from dashboard.text import Words
from monitor.errors import MonitorError
from monitor.queries import ReviewWork
from monitor.reviews import CLAIMED_FOR, Reason, ReviewItem
from monitor.store import Decision, claim_review, decide, release_review, take_back
from monitor.types import Review, ReviewSample, Verdict

Handled = tuple[tuple[str, str], ReviewSample]


@dataclass(slots=True)
class Desk:
    """What lies before one reviewer in one pack; lives in the browser's session."""

    reviewer: str
    pack: str
    item: ReviewItem | None = None
    claimed_at: datetime | None = None
    decided: dict[Handled, Reason] = field(default_factory=dict)
    skipped: set[Handled] = field(default_factory=set)
    last: Review | None = None
    is_choosing: bool = False
    """Whether Wrong was pressed, and the right verdict is asked for."""
    trouble: str = ""

    def left(self, work: ReviewWork) -> list[ReviewItem]:
        """Items of the queue that aren't decided or skipped, the one on the desk first."""
        gone = self.decided.keys() | self.skipped
        queue = [item for item in work.queue if _handled(item) not in gone]
        if self.item is None:
            return queue
        return [self.item, *(item for item in queue if item != self.item)]

    def waiting(self, work: ReviewWork) -> dict[Reason, int]:
        """How many wait by reason, without what was decided since `work` was read."""
        counts = dict(work.waiting)
        listed = {_handled(item): item.reason for item in work.queue}
        for handled in self.decided:
            if reason := listed.get(handled):
                counts[reason] = counts.get(reason, 0) - 1
        return counts


def waiting_text(waiting: Mapping[Reason, int], words: Words) -> str:
    """How much waits ("12 waiting, 3 of them critical")."""
    total = formats.decimal(sum(waiting.values()), words.lang)
    if critical := waiting.get(Reason.CRITICAL):
        shown = formats.decimal(critical, words.lang)
        return words("review.waiting.critical", n=total, critical=shown)
    return words("review.waiting", n=total)


def desk_of(reviewer: str, pack: str) -> Desk:
    """The session's desk, cleared when somebody else sits down or the pack is another."""
    found: Desk | None = st.session_state.get("desk")
    if found is None or (found.reviewer, found.pack) != (reviewer, pack):
        found = st.session_state["desk"] = Desk(reviewer, pack)
    return found


def known_reviewer() -> str:
    """Who would review: whoever is logged in, else the name given in this session; "" if nobody."""
    if st.user.get("is_logged_in"):
        return str(st.user.get("email") or st.user.get("name") or "")
    return str(st.session_state.get("reviewer", ""))


def reviewer_name() -> str:
    """Who reviews, the name in the URL included, which is kept there; "" if nobody."""
    if st.user.get("is_logged_in"):
        return known_reviewer()
    if "reviewer" not in st.session_state:
        st.session_state["reviewer"] = st.query_params.get("reviewer", "").strip()
    name: str = st.session_state["reviewer"]
    if name:
        st.query_params["reviewer"] = name
    return name


def name_reviewer(name: str) -> None:
    """Let `name` review from now on; "" asks anew."""
    st.session_state["reviewer"] = name.strip()
    st.query_params.pop("reviewer", None)


def who_reviews(reviewer: str, words: Words) -> None:
    """A line that says who reviews, and lets somebody else sit down."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        who = escape(words("review.as", name=reviewer))
        blocks.show(f'<span class="bm-small">{who}</span>', width="content")
        logged_in = st.user.get("is_logged_in")
        if not logged_in and st.button(words("review.who.other"), type="tertiary"):
            name_reviewer("")
            st.rerun()


def take_item(desk: Desk, work: ReviewWork) -> None:
    """Put the first free item on the desk, or claim the one that lies there anew."""
    now = datetime.now(UTC)
    if desk.item and desk.claimed_at and now - desk.claimed_at < CLAIMED_FOR / 2:
        return
    _lay(desk, claim_review(data.store(), desk.left(work), desk.reviewer, now), now)


def give_verdict(desk: Desk, work: ReviewWork, verdict: Verdict | None, note: str) -> None:
    """Keep the verdict on the desk's item and take the next one."""
    item = desk.item
    if item is None:
        return

    def act(now: datetime) -> None:
        following = [other for other in desk.left(work) if other != item]
        decision = Decision(item, verdict, desk.reviewer, note.strip())
        done = decide(data.store(), decision, now, following)
        desk.decided[_handled(item)] = item.reason
        desk.last = done.review
        _lay(desk, done.following, now)

    _guarded(desk, act)


def skip_item(desk: Desk, work: ReviewWork) -> None:
    """Give the desk's item back, see it no more in this session, and take the next one."""
    item = desk.item
    if item is None:
        return

    def act(now: datetime) -> None:
        desk.skipped.add(_handled(item))
        desk.item = None
        release_review(data.store(), item, desk.reviewer)
        _lay(desk, claim_review(data.store(), desk.left(work), desk.reviewer, now), now)

    _guarded(desk, act)


def undo_verdict(desk: Desk) -> None:
    """Withdraw the reviewer's last verdict and put its item back on the desk."""

    def act(now: datetime) -> None:
        _, item = take_back(data.store(), desk.reviewer, now)
        desk.decided.pop(_handled(item), None)
        desk.last = None
        _lay(desk, item, now)

    _guarded(desk, act)


def show_skipped(desk: Desk) -> None:
    """Forget what was skipped."""
    desk.skipped.clear()


def choose_verdict(desk: Desk) -> None:
    """Ask which verdict is the right one; asked again, don't."""
    desk.is_choosing = not desk.is_choosing


def set_aside(desk: Desk) -> None:
    """Take the item off the desk: it can't be shown any more."""
    if desk.item is not None:
        desk.skipped.add(_handled(desk.item))
        desk.item = None


def _lay(desk: Desk, item: ReviewItem | None, now: datetime) -> None:
    desk.item, desk.claimed_at, desk.is_choosing = item, now, False


def _handled(item: ReviewItem) -> Handled:
    return item.key, item.sample


def _guarded(desk: Desk, act: Callable[[datetime], None]) -> None:
    """Run a key's action; an expected error becomes words on the desk, and nothing is lost."""
    desk.trouble = ""
    try:
        act(datetime.now(UTC))
    except MonitorError as e:
        desk.trouble = str(e)
