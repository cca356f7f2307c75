"""What changed, and is it real? Before and after with verdicts, what else happened, our notes."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from html import escape

import streamlit as st

from dashboard import blocks, charts, data, exports, formats, frame, verdicts
from dashboard.blocks import Column
from dashboard.frame import Scope
from dashboard.movement_table import movement_rows, movement_table
from monitor.errors import MonitorError
from monitor.queries import (
    ACCURACY,
    AlertLine,
    Event,
    EventKind,
    Movements,
    QuestionMovement,
    TimelineEvent,
    View,
)
from monitor.types import AlertState

_EVENTS = (Event.VISIBILITY, Event.RECOMMENDATION, Event.FIRST, Event.TOP3, Event.CITATION)
_FIGURES = (*(event.value for event in _EVENTS), ACCURACY)
_QUESTIONS = 5
_LONGEST_NOTE = 1_000
# The page that shows more of an event; a served version opens its answers.
_OPENS = {
    EventKind.OUTAGE: "runs",
    EventKind.BROKEN_OFF: "runs",
    EventKind.QUESTIONS_ADDED: "questions",
    EventKind.QUESTIONS_REWORDED: "questions",
    EventKind.BRANDS_ADDED: "competitors",
    EventKind.MEASURE_VERSION: "methods",
}


def _figure(now: Scope) -> str:
    """The figure that the reader wants to see the changes of; it stands in the URL."""
    asked = st.query_params.get("figure", "")
    names = list(_FIGURES)
    chosen = st.segmented_control(
        now.words("changes.figure"),
        names,
        format_func=lambda name: now.words(f"changes.event.{name}"),
        default=asked if asked in names else names[0],
        key="changes-figure",
        required=True,
        label_visibility="collapsed",
    )
    figure = chosen or names[0]
    if figure != names[0]:
        st.query_params["figure"] = figure
    elif asked:
        del st.query_params["figure"]
    return figure


def _lead(now: Scope, earlier: View, found: Movements) -> None:
    words = now.words
    counts = verdicts.counted(found)
    key = {0: "changes.lead.none", 1: "changes.lead.one"}.get(counts["real"], "changes.lead")
    basis = words(
        "changes.basis",
        before=_days(now, earlier),
        after=_days(now, verdicts.day_bounds(now, now.view)),
        figure=words(f"changes.event.{found.figure}"),
        questions=found.lines[0].change.questions,
    )
    blocks.show(
        f'<p class="bm-lead">{escape(words(key, **counts))}</p>'
        f'<p class="bm-basis">{escape(basis)}</p>'
    )


def _days(now: Scope, view: View) -> str:
    ends = {
        name: formats.day(day, now.lang)
        for name, day in (("since", view.since), ("until", view.until))
        if day is not None
    }
    if ends.get("since") == ends.get("until"):
        return ends["since"]
    return now.words("changes.days", **ends)


def _compared(now: Scope, earlier: View, found: Movements) -> None:
    words = now.words
    # Too few statements are said to be so; what no cell of both sides has is named above.
    few = found.figure == ACCURACY
    lines = [line for line in found.lines if few or line.change.difference is not None]
    labels = [words(f"verdict.{name}") for name in verdicts.LABELS.values()]
    moved = verdicts.chart_lines(lines, words)
    draw = partial(charts.differences, moved, labels, frame.look(now))
    with exports.heading(words("changes.chart")):
        exports.offer(
            words,
            "changes",
            movement_rows(found, lines),
            {words("changes.chart"): draw},
            simulated=now.pack.simulated,
        )
    st.caption(words("changes.chart.caption"))
    st.altair_chart(draw(), key="changes-chart", alt=words("changes.chart.alt"))
    st.header(words("changes.table"))
    st.caption(words("changes.table.caption"))
    blocks.show(movement_table(now, earlier, found, lines, words("changes.table")))


def _left_out(now: Scope, found: Movements) -> None:
    if found.differences:
        title = now.words("changes.shared")
        lines = [verdicts.difference_text(item, now.words) for item in found.differences]
        blocks.show(blocks.alert(title, lines))


def _questions(now: Scope, earlier: View, event: Event) -> None:
    words = now.words
    moved = data.question_movements(now.version, earlier, now.view, now.brand, event)
    moved = tuple(line for line in moved if line.change.difference)
    if not moved:
        return
    st.header(words("changes.questions"))
    st.caption(words("changes.questions.caption", brand=now.brand))
    cells = data.question_cells(now.version, now.view, now.brand, now.lang)
    names = frame.names_of(cells)
    columns = [
        Column(words("column.question"), wide=True),
        Column(words("column.before"), numeric=True),
        Column(words("column.after"), numeric=True),
        Column(words("column.change"), numeric=True),
        Column(words("column.verdict")),
    ]
    rows = [_question_row(now, earlier, line, names) for line in moved[:_QUESTIONS]]
    blocks.show(blocks.table(columns, rows, words("changes.questions")))


def _question_row(
    now: Scope, earlier: View, line: QuestionMovement, names: dict[str, str]
) -> list[str]:
    change, drill = line.change, {"q": line.question_id}
    return [
        escape(names.get(line.question_id, line.question_id)),
        verdicts.side_cell(now, earlier, change.before, change.panel_before, **drill),
        verdicts.side_cell(
            now, verdicts.day_bounds(now, now.view), change.after, change.panel_after, **drill
        ),
        verdicts.difference_cell(change, now.words),
        verdicts.label_cell(line.verdict, now.words),
    ]


def _web(now: Scope) -> None:
    """Memory against web search, for each model that is asked both ways."""
    words = now.words
    gains = data.web_gains(now.version, now.view, (now.brand,))
    if not gains:
        return
    st.header(words("changes.web"))
    st.caption(words("changes.web.caption", brand=now.brand))
    columns = [
        Column(words("column.from_memory"), wide=True),
        Column("", numeric=True),
        Column(words("column.with_search"), wide=True),
        Column("", numeric=True),
        Column(words("column.adds"), numeric=True),
        Column(words("column.verdict")),
    ]
    bounds = verdicts.day_bounds(now, now.view)
    rows = [
        [
            escape(gain.memory),
            verdicts.side_cell(
                now, bounds, gain.change.before, gain.change.panel_before, e=gain.memory
            ),
            escape(gain.web),
            verdicts.side_cell(now, bounds, gain.change.after, gain.change.panel_after, e=gain.web),
            verdicts.difference_cell(gain.change, words),
            verdicts.label_cell(gain.verdict, words),
        ]
        for gain in gains
    ]
    blocks.show(blocks.table(columns, rows, words("changes.web")))


def _alerts(now: Scope) -> None:
    words = now.words
    states = (AlertState.OPEN, AlertState.ACKNOWLEDGED)
    lines = data.alert_lines(now.version, now.pack.pack, states)
    if not lines:
        return
    st.header(words("changes.alerts"))
    st.caption(words("changes.alerts.caption"))
    columns = [
        Column(words("column.alert"), wide=True),
        Column(words("column.since")),
        Column(words("column.alert_state")),
        Column("ID"),
    ]
    rows = [
        [
            f'<b>{escape(line.title)}</b><div class="bm-small">{escape(line.text)}</div>',
            escape(line.since.partition("@")[2][:10]),
            escape(words.of("alert", line.state.value)),
            f"<code>{escape(line.alert_id[:6])}</code>",
        ]
        for line in lines
    ]
    blocks.show(blocks.table(columns, rows, words("changes.alerts")))
    _move_alert(now, lines)


def _move_alert(now: Scope, lines: Sequence[AlertLine]) -> None:
    """A form that moves one of the alerts on."""
    words, titles = now.words, {line.alert_id: line.title for line in lines}
    with st.form("alert", clear_on_submit=True, border=True):
        st.subheader(words("alert.move"))
        chosen = st.selectbox(
            words("column.alert"), list(titles), format_func=lambda i: f"{titles[i]} · {i[:6]}"
        )
        note = st.text_input(words("alert.note"), max_chars=_LONGEST_NOTE)
        by = st.text_input(words("note.author"), max_chars=80)
        with st.container(horizontal=True):
            seen = st.form_submit_button(words("alert.acknowledge"))
            over = st.form_submit_button(words("alert.resolve"))
        if not (seen or over):
            return
        state = AlertState.RESOLVED if over else AlertState.ACKNOWLEDGED
        try:
            data.move_alert(chosen, state, by, note)
        except MonitorError as e:
            st.error(str(e))
            return
    st.rerun()


def _feed(now: Scope) -> None:
    words = now.words
    first = now.history.since or now.pack.first_day
    since = formats.day(first, now.lang)
    events = [e for e in data.timeline(now.version, now.pack.pack) if e.day >= first]
    st.header(words("changes.events"))
    st.caption(words("changes.events.caption" if events else "changes.events.none", since=since))
    if events:
        columns = [
            Column(words("column.day")),
            Column(words("column.kind")),
            Column(words("column.event"), wide=True),
        ]
        rows = [
            [
                formats.day(event.day, now.lang),
                escape(words(f"event.short.{event.kind}")),
                _event_cell(now, event),
            ]
            for event in reversed(events)
        ]
        blocks.show(blocks.table(columns, rows, words("changes.events")))


def _event_cell(now: Scope, event: TimelineEvent) -> str:
    text = verdicts.event_text(event, now.words)
    if event.kind is EventKind.SERVED_VERSION:
        return blocks.link("answers", now.params(e=event.engine, since=event.day.isoformat()), text)
    page = _OPENS.get(event.kind)
    return blocks.link(page, now.params(), text) if page else escape(text)


def _note(now: Scope) -> None:
    """A form for a note of ours; what was kept is said until the next one."""
    words = now.words
    with st.form("note", clear_on_submit=True, border=True):
        st.subheader(words("note.add"))
        day = st.date_input(words("note.day"), value=now.pack.last_day, format="YYYY-MM-DD",
                            max_value=datetime.now(UTC).date())  # fmt: skip
        text = st.text_input(
            words("note.text"), placeholder=words("note.text.hint"), max_chars=_LONGEST_NOTE
        )
        author = st.text_input(words("note.author"), max_chars=80)
        if not st.form_submit_button(words("note.keep")):
            return
        if not text.strip():
            st.error(words("note.empty"))
            return
        try:
            data.keep_note(text, day, author, now.pack.pack)
        except MonitorError as e:
            st.error(str(e))
            return
        st.toast(words("note.kept", day=formats.day(day, now.lang)))
    st.rerun()


def _event(now: Scope, earlier: View, event: Event) -> None:
    """How often something stands in the answers, before and after."""
    found = data.movements(now.version, earlier, now.view, now.brand, event)
    if found.lines[0].change.difference is None:
        blocks.show(blocks.empty(now.words("changes.nothing"), now.words("changes.unshared")))
        _left_out(now, found)
        return
    _lead(now, earlier, found)
    _left_out(now, found)
    _compared(now, earlier, found)
    _questions(now, earlier, event)


def _accuracy(now: Scope, earlier: View) -> None:
    """How much of what is stated about our own brand is right, before and after."""
    words, own = now.words, now.pack.brands[0]
    found = data.accuracy_movements(now.version, earlier, now.view, own)
    if found is None:
        blocks.show(blocks.empty(words("changes.nothing"), words("changes.accuracy.none")))
        return
    change = found.lines[0].change
    if change.difference is None:
        n = min(change.answers_before, change.answers_after)
        reason = words("changes.accuracy.few", brand=own, n=n)
        blocks.show(blocks.empty(words("changes.nothing"), reason))
        _left_out(now, found)
        return
    _lead(now, earlier, found)
    st.caption(words("changes.accuracy", brand=own))
    _left_out(now, found)
    _compared(now, earlier, found)


def _main(now: Scope) -> None:
    words = now.words
    st.title(words("page.changes"))
    frame.failed_wave(now)
    if now.earlier is None:
        blocks.show(blocks.empty(words("changes.nothing"), words("changes.nothing.body")))
    else:
        figure = _figure(now)
        if figure == ACCURACY:
            _accuracy(now, now.earlier)
        else:
            _event(now, now.earlier, Event(figure))
    _web(now)
    _alerts(now)
    _feed(now)
    _note(now)


_main(frame.scope())
