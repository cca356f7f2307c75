"""What needs a person? One item at a time: the answer left, what is claimed and decided right."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from dashboard import blocks, data, formats, frame, names, reviewing
from dashboard.frame import Scope
from dashboard.reviewing import Desk
from monitor.errors import InputError
from monitor.queries import ReviewPage, ReviewWork
from monitor.reviews import ReviewItem
from monitor.types import Fact, Judgement, ReviewSample, Severity, Verdict

Sheet = Mapping[str, Fact]


def _ask_name(now: Scope, why: str) -> None:
    words = now.words
    blocks.show(blocks.empty(words("review.who"), why))
    with st.form("who", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(words("review.who.label"), max_chars=60, width=320)
        if st.form_submit_button(words("review.who.start"), type="primary") and name.strip():
            reviewing.name_reviewer(name)
            st.rerun()


def _progress(now: Scope, desk: Desk, work: ReviewWork) -> None:
    """How much waits, and who reviews."""
    words = now.words
    blocks.show(
        f'<p class="bm-lead">{escape(reviewing.waiting_text(desk.waiting(work), words))}</p>'
    )
    reviewing.who_reviews(desk.reviewer, words)


@st.fragment
def _workbench(now: Scope, desk: Desk, work: ReviewWork, sheet: Sheet) -> None:
    """One item and its keys. A fragment: a verdict doesn't draw the whole page anew."""
    frame.guarded(now.words, lambda: _bench(now, desk, work, sheet))


def _bench(now: Scope, desk: Desk, work: ReviewWork, sheet: Sheet) -> None:
    reviewing.take_item(desk, work)
    _progress(now, desk, work)
    if desk.trouble:
        blocks.show(blocks.alert(now.words("error.title"), [desk.trouble]))
    if desk.item is None:
        _nothing_left(now, desk, work)
        return
    item = desk.item
    try:
        page = data.review_page(now.version, item.answer_id, item.fact_id)
    except InputError:
        # Judged by another sheet since it was taken.
        reviewing.set_aside(desk)
        raise
    _heading(now, page)
    left, right = st.columns([1.75, 1], gap="large")
    with left, st.container(key="review-answer"):
        blocks.show(blocks.marked_text(page.answer.answer.text, _marks(now, item, page)))
    with right, st.container(key="review-side"):
        blocks.show(_they_say(now, item, page) + _sheet_says(now, item, sheet, page))
        _keys(now, desk, work, page)


def _nothing_left(now: Scope, desk: Desk, work: ReviewWork) -> None:
    words = now.words
    if desk.decided and not desk.left(work):
        # What was read is used up: look whether more waits.
        desk.decided.clear()
        st.rerun()
    if sum(desk.waiting(work).values()) or desk.skipped:
        blocks.show(blocks.empty(words("review.taken.title"), words("review.taken.body")))
        st.button(words("review.again"), on_click=reviewing.show_skipped, args=(desk,))
    else:
        blocks.show(blocks.empty(words("review.empty.title"), words("review.empty.body")))
    _undo(now, desk)


def _heading(now: Scope, page: ReviewPage) -> None:
    """Question, engine and day. Not st.header: outside text, whose Markdown would be obeyed."""
    answer = page.answer.answer
    asked = formats.moment(answer.asked_at, now.lang)
    about = escape(f"{answer.engine} · {answer.locale} · {asked}")
    whole = blocks.link("answer", now.params(answer=answer.answer_id), now.words("review.open"))
    blocks.show(
        f'<h2 class="bm-h2">{escape(answer.question)}</h2><p class="bm-basis">{about} · {whole}</p>'
    )


def _marks(now: Scope, item: ReviewItem, page: ReviewPage) -> list[tuple[int, int, str]]:
    """The machine's evidence; on a random item only our brand: evidence gives the verdict away."""
    if item.sample is ReviewSample.RANDOM:
        own = now.pack.brands[0]
        return [
            (span.start, span.end, "ours")
            for mention in page.answer.mentions
            if mention.brand == own
            for span in mention.spans
        ]
    spans = {j.span for j in page.judgements if j.span is not None}
    return [(span.start, span.end, "ours" if span == page.machine.span else "") for span in spans]


def _they_say(now: Scope, item: ReviewItem, page: ReviewPage) -> str:
    words, machine = now.words, page.machine
    why = escape(words(f"review.reason.{item.reason.value}"))
    if item.sample is ReviewSample.RANDOM:
        said = f'<p class="bm-small">{escape(words("review.say.hidden"))}</p>'
        return _part(words("review.say"), said, why)
    quote = (
        f"<blockquote>{blocks.excerpt(page.answer.answer.text, *machine.span)}</blockquote>"
        if machine.span
        else f'<p class="bm-small">{escape(words("review.say.nothing"))}</p>'
    )
    promise = f"<p>{escape(words('review.promise'))}</p>" if machine.promise else ""
    verdicts = "".join(_verdict_line(now, each) for each in _distinct(page))
    return _part(words("review.say"), quote + promise, why) + _part(
        words("review.machine"), verdicts
    )


def _distinct(page: ReviewPage) -> Sequence[Judgement]:
    """The verdict that stands first, then what others said otherwise."""
    others = [j for j in page.judgements if j.verdict is not page.machine.verdict]
    return [page.machine, *others]


def _verdict_line(now: Scope, judgement: Judgement) -> str:
    words = now.words
    who = words(f"review.method.{judgement.method.value}", version=judgement.version)
    sure = (
        f", {formats.percent(judgement.confidence, now.lang)}"
        if judgement.confidence is not None
        else ""
    )
    note = f'<div class="bm-small">{escape(judgement.note)}</div>' if judgement.note else ""
    return (
        f'<div class="bm-verdict">{_verdict(now, judgement.verdict)} '
        f'<span class="bm-small">{escape(words("review.machine.by", who=who) + sure)}</span></div>'
        f"{note}"
    )


def _verdict(now: Scope, verdict: Verdict) -> str:
    return blocks.state(verdict.value, now.words(f"verdict.{verdict.value}"))


def _sheet_says(now: Scope, item: ReviewItem, sheet: Sheet, page: ReviewPage) -> str:
    words, fact = now.words, sheet.get(item.fact_id)
    if fact is None:
        missing = escape(words("review.sheet.none", fact=item.fact_id))
        return _part(words("review.sheet"), f"<p>{missing}</p>")
    lang = page.answer.answer.cell.lang
    lines = [*_validity(now, fact), *_more(now, fact, lang)]
    source = blocks.outside_link(fact.source, words("review.sheet.source")) if fact.source else ""
    details = " · ".join([*map(escape, lines), *([source] if source else [])])
    return _part(
        words("review.sheet"),
        f'<p class="bm-fact">{escape(fact.wording(lang))} {_severity(now, fact.severity)}</p>'
        f'<p class="bm-small">{details}</p>',
    )


def _validity(now: Scope, fact: Fact) -> list[str]:
    known = {"since": fact.valid_from, "until": fact.valid_to}
    return [
        now.words(f"review.sheet.{name}", day=formats.day(day, now.lang))
        for name, day in known.items()
        if day is not None
    ]


def _more(now: Scope, fact: Fact, lang: str) -> list[str]:
    earlier = ", ".join(str(value) for value in fact.previous)
    refused = ", ".join(fact.negatives.get(lang, ()))
    return [
        now.words(f"review.sheet.{name}", values=values)
        for name, values in (("earlier", earlier), ("negatives", refused))
        if values
    ]


def _severity(now: Scope, severity: Severity) -> str:
    label = now.words(f"severity.{severity.value}")
    return f'<span class="bm-chip {severity.value}">{escape(label)}</span>'


def _part(title: str, body: str, note: str = "") -> str:
    small = f'<p class="bm-small">{note}</p>' if note else ""
    return f'<section class="bm-part"><h3>{escape(title)}</h3>{body}{small}</section>'


def _keys(now: Scope, desk: Desk, work: ReviewWork, page: ReviewPage) -> None:
    """The verdict's buttons, each with its key, and what goes with them."""
    words, item = now.words, desk.item
    if item is None:
        return
    note_key = f"note-{item.answer_id}-{item.fact_id}"
    if item.sample is ReviewSample.RANDOM:
        blocks.show(f'<p class="bm-ask">{escape(words("review.choose"))}</p>')
        _choices(now, desk, work, None, note_key)
    else:
        _agreement(now, desk, work, page.machine.verdict, note_key)
    with st.container(horizontal=True):
        _verdict_button(now, desk, work, "review.unsure", None, "U", note_key)
        st.button(
            words("review.skip"),
            shortcut="S",
            on_click=reviewing.skip_item,
            args=(desk, work),
            key="review-skip",
        )
    st.text_input(
        words("review.note"),
        key=note_key,
        placeholder=words("review.note.hint"),
        max_chars=500,
    )
    _undo(now, desk)


def _agreement(now: Scope, desk: Desk, work: ReviewWork, machine: Verdict, note_key: str) -> None:
    words = now.words
    with st.container(horizontal=True):
        _verdict_button(now, desk, work, "review.agree", machine, "A", note_key, primary=True)
        st.button(
            words("review.wrong"),
            shortcut="W",
            on_click=reviewing.choose_verdict,
            args=(desk,),
            key="review-wrong",
        )
    if desk.is_choosing:
        blocks.show(f'<p class="bm-ask">{escape(words("review.instead"))}</p>')
        _choices(now, desk, work, machine, note_key)


def _choices(now: Scope, desk: Desk, work: ReviewWork, but: Verdict | None, note_key: str) -> None:
    """Every verdict `but` one, each always under the same number."""
    with st.container(horizontal=True):
        for number, verdict in enumerate(Verdict, start=1):
            if verdict is not but:
                label = f"verdict.{verdict.value}"
                _verdict_button(now, desk, work, label, verdict, str(number), note_key)


def _verdict_button(
    now: Scope,
    desk: Desk,
    work: ReviewWork,
    label: str,
    verdict: Verdict | None,
    shortcut: str,
    note_key: str,
    *,
    primary: bool = False,
) -> None:
    def decide() -> None:
        reviewing.give_verdict(desk, work, verdict, st.session_state.get(note_key) or "")

    name = now.words(label)
    st.button(
        name[:1].upper() + name[1:],
        shortcut=shortcut,
        on_click=decide,
        key=f"review-{label}",
        type="primary" if primary else "secondary",
    )


def _undo(now: Scope, desk: Desk) -> None:
    """The last verdict, with what the machine had said where that was hidden, and its undoing."""
    words, last = now.words, desk.last
    if last is None:
        return
    verdict = words(f"verdict.{last.verdict.value if last.verdict else 'none'}")
    said = words("review.last", verdict=verdict)
    if last.sample is ReviewSample.RANDOM and last.machine_verdict:
        machine = words(f"verdict.{last.machine_verdict.value}")
        said = words("review.last.revealed", verdict=verdict, machine=machine)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        blocks.show(f'<span class="bm-small">{escape(said)}</span>', width="content")
        st.button(
            words("review.undo"),
            shortcut="Z",
            type="tertiary",
            on_click=reviewing.undo_verdict,
            args=(desk,),
            key="review-undo",
        )


_FACTS, _NAMES = "facts", "names"


def _part_chosen(now: Scope, work: ReviewWork, names_left: int) -> str:
    """Which of the two parts is shown; there is a choice only where both have something."""
    usual = _NAMES if names_left and not work.total else _FACTS
    asked = st.session_state.get("review-part") or st.query_params.get("part", usual)
    has_names = bool(names_left) or asked == _NAMES
    if not (work.judged and has_names):
        return _NAMES if has_names else _FACTS
    st.session_state["review-part"] = asked if asked == _NAMES else _FACTS
    chosen = st.segmented_control(
        now.words("review.part"),
        (_FACTS, _NAMES),
        format_func=lambda part: now.words(f"review.part.{part}"),
        key="review-part",
        label_visibility="collapsed",
        required=True,
    )
    st.query_params.pop("part", None)
    return str(chosen)


def _main(now: Scope) -> None:
    words, pack = now.words, now.pack.pack
    st.title(words("page.review"))
    sheet = data.sheet(pack)
    work = data.review_work(now.version, pack, data.severities(sheet))
    names_left = data.name_work(now.version, pack).total
    part = _part_chosen(now, work, names_left)
    if part == _NAMES:
        st.query_params["part"] = _NAMES
    elif not work.judged:
        body = words("review.empty.unjudged")
        blocks.show(blocks.empty(words("review.empty.title"), body, command="monitor remeasure"))
        return
    reviewer = reviewing.reviewer_name()
    if not reviewer:
        waiting, why = reviewing.waiting_text(work.waiting, words), words("review.who.body")
        if part == _NAMES:
            waiting, why = names.waiting_text(names_left, words), words("names.who.body")
        blocks.show(f'<p class="bm-lead">{escape(waiting)}</p>')
        _ask_name(now, why)
    elif part == _NAMES:
        names.bench(now, reviewer)
    else:
        _workbench(now, reviewing.desk_of(reviewer, pack), work, sheet)


_main(frame.scope())
