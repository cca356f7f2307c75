"""The Review page's second part: names that rules can't tell from a common word, one at a time.

Nobody claims a name: two people who decide the same one at once do no harm, for the latest word
stands, and what one has decided is gone from the other's next look.
"""

from dataclasses import dataclass, field
from html import escape

import streamlit as st

from dashboard import blocks, data, formats, frame, reviewing
from dashboard.frame import Scope
from dashboard.ruling import state_text
from dashboard.text import Words
from monitor.errors import MonitorError
from monitor.queries import NameWork, OpenName
from monitor.types import MentionState, Ruling

_SHOWN = 3
"""So many places of a name are shown beside the answer."""


@dataclass(slots=True)
class NameDesk:
    """What one person has before them in one pack; lives in the browser's session."""

    reviewer: str
    pack: str
    skipped: set[tuple[str, str]] = field(default_factory=set)
    last: Ruling | None = None
    again: tuple[str, str] | None = None
    """What was taken back, to be shown next."""
    trouble: str = ""

    def item(self, work: NameWork) -> OpenName | None:
        """The name to show: what was taken back, else the first that isn't skipped."""
        left = [name for name in work.queue if name.key not in self.skipped]
        return next((name for name in left if name.key == self.again), next(iter(left), None))


def waiting_text(count: int, words: Words) -> str:
    """How many names wait ("3 names can't be told")."""
    if count == 1:
        return words("names.waiting.one")
    return words("names.waiting", n=formats.decimal(count, words.lang))


@st.fragment
def bench(now: Scope, reviewer: str) -> None:
    """One name and its keys. A fragment: a decision doesn't draw the whole page anew."""
    frame.guarded(now.words, lambda: _bench(now, _desk_of(reviewer, now.pack.pack)))


def _desk_of(reviewer: str, pack: str) -> NameDesk:
    found: NameDesk | None = st.session_state.get("name_desk")
    if found is None or (found.reviewer, found.pack) != (reviewer, pack):
        found = st.session_state["name_desk"] = NameDesk(reviewer, pack)
    return found


def _bench(now: Scope, desk: NameDesk) -> None:
    words = now.words
    # Not the page's own version of the store: each decision makes a new one.
    work = data.name_work(data.data_version(), desk.pack, 30 + len(desk.skipped))
    blocks.show(f'<p class="bm-lead">{escape(waiting_text(work.total, words))}</p>')
    reviewing.who_reviews(desk.reviewer, words)
    if desk.trouble:
        blocks.show(blocks.alert(words("error.title"), [desk.trouble]))
    name = desk.item(work)
    if name is None:
        _nothing_left(now, desk, work)
        return
    asked = formats.moment(name.asked_at, now.lang)
    about = escape(f"{name.engine} · {name.locale} · {asked}")
    whole = blocks.link("answer", now.params(answer=name.answer_id), words("review.open"))
    # Not st.header: outside text, whose Markdown would be obeyed.
    blocks.show(
        f'<h2 class="bm-h2">{escape(name.question)}</h2><p class="bm-basis">{about} · {whole}</p>'
    )
    left, right = st.columns([1.75, 1], gap="large")
    with left, st.container(key="review-answer"):
        spans = [(span.start, span.end, "ours") for span in name.spans]
        blocks.show(blocks.marked_text(name.text, spans))
    with right, st.container(key="review-side"):
        blocks.show(_question(now, name))
        _keys(now, desk, name)


def _question(now: Scope, name: OpenName) -> str:
    """The passages with the name, and why it's asked."""
    words = now.words
    passages = "".join(
        f"<blockquote>{blocks.excerpt(name.text, span.start, span.end)}</blockquote>"
        for span in name.spans[:_SHOWN]
    )
    rest = len(name.spans) - _SHOWN
    more = f'<p class="bm-small">{escape(words("names.more", n=rest))}</p>' if rest > 0 else ""
    title = escape(words("names.is_it", brand=name.brand))
    return (
        f'<section class="bm-part"><p class="bm-fact"><b>{title}</b></p>{passages}{more}'
        f'<p class="bm-small">{escape(words("names.why"))}</p></section>'
    )


def _keys(now: Scope, desk: NameDesk, name: OpenName) -> None:
    words, note_key = now.words, f"note-{name.answer_id}-{name.brand}"

    def decide(state: str) -> None:
        _decide(desk, name, state, st.session_state.get(note_key) or "")

    with st.container(horizontal=True):
        st.button(
            words("names.yes"), type="primary", shortcut="Y", key="name-yes",
            on_click=decide, args=("named",),
        )  # fmt: skip
        st.button(
            words("names.no"), shortcut="N", key="name-no",
            on_click=decide, args=(MentionState.ABSENT.value,),
        )  # fmt: skip
        st.button(
            words("review.skip"), shortcut="S", key="name-skip", on_click=_skip, args=(desk, name)
        )
    st.text_input(
        words("review.note"),
        key=note_key,
        placeholder=words("review.note.hint"),
        max_chars=500,
    )
    st.caption(words("names.elsewhere"))
    _undo(now, desk)


def _nothing_left(now: Scope, desk: NameDesk, work: NameWork) -> None:
    words = now.words
    if work.total:
        blocks.show(blocks.empty(words("names.skipped"), words("names.skipped.body")))
        st.button(words("review.again"), on_click=desk.skipped.clear)
    else:
        blocks.show(blocks.empty(words("names.empty.title"), words("names.empty.body")))
    _undo(now, desk)


def _undo(now: Scope, desk: NameDesk) -> None:
    words, last = now.words, desk.last
    if last is None or last.state is None:
        return
    state = state_text(last.state, words)
    said = escape(words("names.last", brand=last.brand, state=state))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        blocks.show(f'<span class="bm-small">{said}</span>', width="content")
        st.button(
            words("review.undo"), shortcut="Z", type="tertiary", key="name-undo",
            on_click=_take_back, args=(desk, last),
        )  # fmt: skip


def _decide(desk: NameDesk, name: OpenName, state: str, note: str) -> None:
    if kept := _kept(desk, name.answer_id, name.brand, state, note.strip()):
        desk.last, desk.again = kept, None


def _take_back(desk: NameDesk, last: Ruling) -> None:
    if _kept(desk, last.answer_id, last.brand, None, ""):
        desk.last, desk.again = None, (last.answer_id, last.brand)


def _skip(desk: NameDesk, name: OpenName) -> None:
    desk.skipped.add(name.key)
    desk.again = None


def _kept(
    desk: NameDesk, answer_id: str, brand: str, state: str | None, note: str
) -> Ruling | None:
    """What was kept; an expected error becomes words on the desk, and nothing is lost."""
    desk.trouble = ""
    try:
        return data.rule(answer_id, brand, state, desk.reviewer, note).ruling
    except MonitorError as e:
        desk.trouble = str(e)
        return None
