"""The answers behind a number: the reader's filters, narrowed by the number that was opened."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from html import escape

import streamlit as st

from dashboard import blocks, charts, data, exports, facts, formats, frame
from dashboard.answer_list import answer_rows, answer_table
from dashboard.frame import Scope
from monitor.queries import View

_PER_PAGE = 25
_EXPORTED = 10_000


@dataclass(frozen=True, slots=True)
class _Drill:
    """What the opened number was about; "" is anything."""

    question: str
    engine: str
    week: str
    seen: str
    cites: str
    since: str
    until: str
    fact: str
    says: str

    def params(self) -> dict[str, str]:
        named = {"q": self.question, "e": self.engine, "week": self.week, "seen": self.seen,
                 "cites": self.cites, "since": self.since, "until": self.until,
                 "fact": self.fact, "says": self.says}  # fmt: skip
        return {name: value for name, value in named.items() if value}


def _asked() -> _Drill:
    names = ("q", "e", "week", "seen", "cites", "since", "until", "fact", "says")
    found = {name: st.query_params.get(name, "") for name in names}
    seen = found["seen"] if found["seen"] in {"yes", "no"} else ""
    week = found["week"] if _is_week(found["week"]) else ""
    since, until = (found[name] if _is_day(found[name]) else "" for name in ("since", "until"))
    says = found["says"] if found["says"] in facts.SAYS else ""
    fact = found["fact"] if says else ""
    return _Drill(found["q"], found["e"], week, seen, found["cites"], since, until, fact, says)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_week(text: str) -> bool:
    try:
        charts.monday(text)
    except ValueError:
        return False
    return "W" in text


def _narrowed(view: View, drill: _Drill) -> View:
    if drill.question:
        view = replace(view, questions=(drill.question,))
    if drill.engine:
        view = replace(view, engines=(drill.engine,))
    if drill.week:
        first = charts.monday(drill.week)
        view = replace(view, since=first, until=first + timedelta(days=6))
    if drill.since:
        view = replace(view, since=date.fromisoformat(drill.since))
    if drill.until:
        view = replace(view, until=date.fromisoformat(drill.until))
    if drill.fact:  # a fact's answers are listed, whatever the question; no rate pools them
        view = replace(view, branded=None)
    return view


def _chips(now: Scope, drill: _Drill) -> str:
    words = now.words
    items = []
    if drill.question:
        names = frame.names_of(
            data.question_cells(now.version, now.view, now.brand, language=now.lang)
        )
        items.append(names.get(drill.question, drill.question))
    if drill.engine:
        items.append(drill.engine)
    if drill.week:
        day = formats.day(charts.monday(drill.week), now.lang)
        items.append(words("answers.week", day=day))
    items += [
        words(f"answers.{name}", day=formats.day(date.fromisoformat(day), now.lang))
        for name, day in (("since", drill.since), ("until", drill.until))
        if day
    ]
    if drill.says:
        items.append(facts.says_text(now, drill.fact, drill.says))
    if drill.cites:
        items.append(words("answers.cites", domain=drill.cites))
    return blocks.chips([blocks.chip(escape(item)) for item in items])


def _seen_switch(now: Scope, drill: _Drill) -> str:
    params = {k: v for k, v in drill.params().items() if k != "seen"}
    items = []
    for seen in ("", "yes", "no"):
        label = now.words(f"answers.seen.{seen or 'all'}", brand=now.brand)
        target = now.params(**params, **({"seen": seen} if seen else {}))
        html = escape(label) if seen == drill.seen else blocks.link("answers", target, label)
        items.append(blocks.chip(html, on=seen == drill.seen))
    return blocks.chips(items)


def _main(now: Scope) -> None:
    words = now.words
    st.title(words("page.answers"))
    drill = _asked()
    view = _narrowed(now.view, drill)
    visible = {"yes": True, "no": False}.get(drill.seen)
    if len(drill.params()) > ("seen" in drill.params()):
        blocks.show(_chips(now, drill))
    blocks.show(_seen_switch(now, drill))
    says = facts.SAYS.get(drill.says, ())
    total = data.answer_count(
        now.version,
        view,
        now.brand,
        visible=visible,
        domain=drill.cites,
        fact=drill.fact,
        says=says,
    )
    if not total:
        blocks.show(blocks.empty(words("answers.none"), words("empty.filtered.body")))
        return
    pages = -(-total // _PER_PAGE)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.markdown(
            f"**{words('answers.count', n=formats.decimal(total, now.lang))}**", width="content"
        )
        lines = data.answer_lines(
            now.version,
            view,
            now.brand,
            visible=visible,
            domain=drill.cites,
            fact=drill.fact,
            says=says,
            limit=_EXPORTED,
        )
        exports.offer(words, "answers", answer_rows(lines), {}, simulated=now.pack.simulated)
    page = st.session_state.get("answers-page", 1)
    first = (min(page, pages) - 1) * _PER_PAGE
    blocks.show(answer_table(now, lines[first : first + _PER_PAGE]))
    if pages > 1:
        with st.container(horizontal_alignment="center"):
            st.pagination(min(pages, _EXPORTED // _PER_PAGE), key="answers-page")


_main(frame.scope())
