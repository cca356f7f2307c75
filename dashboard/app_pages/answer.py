"""One answer, whole, under a link that stays: `?answer=ID`."""

import json
from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard import blocks, data, facts, formats, frame, ruling
from dashboard.blocks import Column
from dashboard.frame import Scope
from monitor.queries import AnswerPage, AnswerVerdict
from monitor.types import Answer, AnswerStatus, Citation


def _facts(now: Scope, found: AnswerPage) -> str:
    words, answer = now.words, found.answer
    pairs = {
        "engine": answer.engine,
        "requested": answer.model_requested or words("unknown"),
        "served": answer.model_served or words("unknown"),
        "fingerprint": answer.system_fingerprint,
        "locale": answer.locale,
        "persona": answer.persona,
        "asked": formats.moment(answer.asked_at, now.lang),
        "wave": answer.wave_id,
        "repeat": str(answer.repeat),
        "status": _status(now, answer),
        "finish": answer.finish_reason,
        "parameters": _parameters(now, answer),
        "tokens": _tokens(now, answer),
        "searches": "" if answer.search_calls is None else str(answer.search_calls),
        "cost": _cost(now, answer),
        "latency": words("unknown")
        if answer.latency_s is None
        else formats.seconds(answer.latency_s, now.lang),
        "attempts": str(answer.attempts),
        "measure": found.version or words("answer.unmeasured"),
        "id": answer.answer_id,
    }
    return blocks.facts(
        [(words(f"fact.{name}"), escape(value)) for name, value in pairs.items() if value]
    )


def _status(now: Scope, answer: Answer) -> str:
    name = now.words.of("status", answer.status.value)
    return f"{name}: {answer.reason}" if answer.reason else name


def _parameters(now: Scope, answer: Answer) -> str:
    try:
        sent = json.loads(answer.parameters or "{}")
    except ValueError:
        return answer.parameters
    if not isinstance(sent, dict):
        return answer.parameters
    listed = ", ".join(f"{name} = {value}" for name, value in sorted(sent.items()))
    return listed or now.words("fact.parameters.none")


def _tokens(now: Scope, answer: Answer) -> str:
    counts = [
        now.words("unknown") if count is None else formats.decimal(count, now.lang)
        for count in (answer.input_tokens, answer.output_tokens)
    ]
    return " / ".join(counts)


def _cost(now: Scope, answer: Answer) -> str:
    if answer.cost_usd is None:
        return now.words("unknown")
    source = f" ({answer.cost_source})" if answer.cost_source else ""
    return formats.money(answer.cost_usd, now.lang) + source


def _text(now: Scope, found: AnswerPage, verdicts: Sequence[AnswerVerdict]) -> None:
    words, answer = now.words, found.answer
    st.header(words("answer.text"))
    if not answer.text:
        blocks.show(blocks.empty(words("answer.notext"), _status(now, answer)))
        return
    spans = [
        (span.start, span.end, "ours" if mention.brand == now.brand else "")
        for mention in found.mentions
        for span in mention.spans
    ]
    quotes = [(*v.span, facts.mark(v.verdict)) for v in verdicts if v.span is not None]
    blocks.show(blocks.marked_text(answer.text, [*spans, *quotes]))


def _verdicts(now: Scope, verdicts: Sequence[AnswerVerdict]) -> None:
    """What is said of facts: nothing is shown where the answer was held against none."""
    words = now.words
    if not verdicts:
        return
    st.header(words("answer.verdicts"))
    columns = [
        Column(words("column.sheet"), wide=True),
        Column(words("column.verdict")),
        Column(words("column.said"), wide=True),
        Column(words("column.judged_by")),
    ]
    rows = [
        [
            escape(facts.statement(v.statement, v.fact_id, now.lang)),
            facts.verdict(now, v.verdict),
            f"<q>{escape(v.quote)}</q>" if v.quote else "–",
            escape(facts.judged_by(now, v)),
        ]
        for v in verdicts
    ]
    blocks.show(blocks.table(columns, rows, words("answer.verdicts")))


def _citations(now: Scope, citations: tuple[Citation, ...]) -> None:
    words = now.words
    st.header(words("answer.citations"))
    if not citations:
        st.caption(words("answer.citations.none"))
        return
    columns = [
        Column(words("column.source"), wide=True),
        Column(words("column.domain")),
        Column(words("column.owner")),
        Column(words("column.kind")),
    ]
    rows = [
        [
            blocks.outside_link(c.url, c.title or c.url)
            + ("" if c.cited else f" ({escape(words('answer.found'))})"),
            escape(c.domain),
            escape(c.brand or words.of("owner", c.owner.value)),
            escape(words.of("kind", c.kind.value)),
        ]
        for c in citations
    ]
    blocks.show(blocks.table(columns, rows, words("answer.citations")))


def _main(now: Scope) -> None:
    words = now.words
    wanted = st.query_params.get("answer", "")
    if not wanted:
        st.title(words("page.answer"))
        blocks.show(blocks.empty(words("answer.pick"), words("answer.pick.body")))
        return
    found = data.answer_page(now.version, wanted)
    answer = found.answer
    # Not st.title: a question is outside text, and Markdown in it would be obeyed.
    blocks.show(blocks.question(answer.question))
    state = "" if answer.status is AnswerStatus.OK else f" · {_status(now, answer)}"
    asked = formats.moment(answer.asked_at, now.lang)
    blocks.show(
        f'<p class="bm-basis">{escape(f"{answer.engine} · {answer.locale} · {asked}{state}")}</p>'
    )
    verdicts = data.answer_verdicts(now.version, answer.answer_id, answer.pack)
    left, right = st.columns([1.75, 1], gap="large")
    with left:
        _text(now, found, verdicts)
        _verdicts(now, verdicts)
        ruling.brands(now, found)
        _citations(now, found.citations)
    with right:
        st.header(words("answer.facts"))
        blocks.show(_facts(now, found))
        permanent = blocks.link("answer", {"answer": answer.answer_id}, words("answer.link"))
        blocks.show(f'<p class="bm-basis">{permanent}</p>')


_main(frame.scope())
