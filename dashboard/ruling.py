"""How brands were read in one answer, who overruled that, and the form to do so."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from dashboard import blocks, data, formats, reviewing
from dashboard.blocks import Column
from dashboard.frame import Scope
from dashboard.text import Words
from monitor.errors import MonitorError
from monitor.queries import AnswerPage, StandingRuling
from monitor.types import AnswerStatus, Mention, MentionState

_MACHINE = ""
"""Chosen in place of a state: what was ruled is taken back."""
_STATES = (_MACHINE, *(s.value for s in MentionState if s is not MentionState.AMBIGUOUS))


def brands(now: Scope, found: AnswerPage) -> None:
    """The section of the Answer page: a table of brands, and the form below it."""
    words = now.words
    st.header(words("answer.mentions"))
    ruled = {one.ruling.brand: one for one in found.rulings}
    ruled |= {ruling.brand: StandingRuling(ruling, counted=False) for ruling in found.withdrawn}
    shown = [m for m in found.mentions if m.state is not MentionState.ABSENT]
    there = {mention.brand for mention in shown}
    shown += [Mention(brand, MentionState.ABSENT) for brand in ruled if brand not in there]
    if shown:
        blocks.show(_table(now, shown, ruled))
    else:
        st.caption(words("answer.mentions.none"))
    if found.answer.status is AnswerStatus.OK:
        _overrule(now, found)


def _table(now: Scope, mentions: Sequence[Mention], ruled: Mapping[str, StandingRuling]) -> str:
    words = now.words
    columns = [
        Column(words("column.brand"), wide=not ruled),
        Column(words("column.how"), wide=bool(ruled)),
        Column(words("column.rank"), numeric=True),
        Column(words("column.order"), numeric=True),
        Column(words("column.spans"), numeric=True),
    ]
    rows = [
        [
            f"<b>{escape(m.brand)}</b>" if m.brand == now.brand else escape(m.brand),
            escape(state_text(m.state, words)) + _ruled(now, ruled.get(m.brand)),
            "–" if m.rank is None else str(m.rank),
            "–" if m.order is None else f"{m.order}.",
            str(len(m.spans)),
        ]
        for m in mentions
    ]
    return blocks.table(columns, rows, words("answer.mentions"))


def state_text(state: MentionState, words: Words) -> str:
    """A state in words; whoever rules a brand absent may mean that its name stands for the word."""
    return words("ruling.absent" if state is MentionState.ABSENT else f"state.{state.value}")


def _ruled(now: Scope, standing: StandingRuling | None) -> str:
    """Who says so, when, and what the machine had said, as HTML."""
    if standing is None:
        return ""
    words, ruling = now.words, standing.ruling
    lines = [
        words(
            "ruling.by" if ruling.state else "ruling.withdrawn",
            name=ruling.reviewer,
            day=formats.day(ruling.ruled_at.date(), now.lang),
            machine=words.of("state", ruling.machine_state.value),
        ),
        ruling.note,
        "" if standing.counted else words("ruling.waits"),
    ]
    return "".join(f'<div class="bm-small">{escape(line)}</div>' for line in lines if line)


def _overrule(now: Scope, found: AnswerPage) -> None:
    """The form, and what undoes each ruling that stands, where it's known who reads the page."""
    words, answer = now.words, found.answer
    known = reviewing.known_reviewer()
    if known and found.rulings:
        _undo(now, found, known)
    # What was entered goes once it's kept, and not where it couldn't be.
    kept = (*(one.ruling for one in found.rulings), *found.withdrawn)
    latest = max((ruling.ruled_at.isoformat() for ruling in kept), default="")
    with st.expander(words("ruling.open")), st.form("ruling", border=False):
        st.caption(words("ruling.caption"))
        with st.container(horizontal=True):
            brand = st.selectbox(
                words("column.brand"),
                now.choices.pack(answer.pack).brands,
                key=f"ruled-brand {latest}",
                width=260,
            )
            state = st.selectbox(
                words("ruling.state"),
                _STATES,
                index=None,
                format_func=lambda state: (
                    state_text(MentionState(state), words) if state else words("ruling.machine")
                ),
                key=f"ruled-state {latest}",
                placeholder=words("ruling.choose"),
                width=260,
            )
        with st.container(horizontal=True):
            name = st.text_input(
                words("review.who.label"),
                value=known,
                max_chars=60,
                width=260,
                disabled=bool(st.user.get("is_logged_in")),
            )
            note = st.text_input(
                words("review.note"),
                placeholder=words("review.note.hint"),
                key=f"ruled-note {latest}",
                max_chars=500,
                width=260,
            )
        if st.form_submit_button(words("ruling.keep")) and state is not None:
            _keep(now, answer.answer_id, brand, state, name.strip(), note.strip())


def _undo(now: Scope, found: AnswerPage, known: str) -> None:
    with st.container(horizontal=True, gap="small"):
        for brand in [one.ruling.brand for one in found.rulings]:
            label = now.words("ruling.undo", brand=blocks.plain(brand))
            if st.button(label, type="tertiary", icon=":material/undo:", key=f"unrule {brand}"):
                _keep(now, found.answer.answer_id, brand, _MACHINE, known, "")


def _keep(now: Scope, answer_id: str, brand: str, state: str, name: str, note: str) -> None:
    if not name:
        st.error(now.words("ruling.who"))
        return
    try:
        data.rule(answer_id, brand, state or None, name, note)
    except MonitorError as e:
        st.error(str(e))
        return
    if not st.user.get("is_logged_in"):
        reviewing.name_reviewer(name)
    st.rerun()
