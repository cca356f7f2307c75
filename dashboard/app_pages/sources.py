"""Whom do they cite? Domains by kind, and where we are missing beside them."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from dashboard import blocks, charts, data, exports, formats, frame
from dashboard.blocks import Column
from dashboard.exports import CellValue
from dashboard.frame import Scope
from monitor.queries import DomainLine, lookalikes
from monitor.types import Owner

_LISTED = 60


def _kind(now: Scope, line: DomainLine) -> str:
    if line.owner is Owner.OURS:
        return now.pack.brands[0]
    if line.owner is Owner.RIVAL:
        return now.words("group.rival")
    return now.words.of("kind", line.kind.value)


def _kinds(now: Scope, lines: Sequence[DomainLine]) -> None:
    words = now.words
    counts = Counter[str]()
    for line in lines:
        counts[_kind(now, line)] += line.citations
    draw = partial(charts.bars, dict(counts), frame.look(now))
    with exports.heading(words("sources.kinds")):
        rows: list[list[CellValue]] = [[name, count] for name, count in counts.most_common()]
        exports.offer(
            words,
            "citations-by-kind",
            (["kind", "citations"], rows),
            {words("sources.kinds"): draw},
            simulated=now.pack.simulated,
        )
    first = counts.most_common(1)[0][0]
    st.altair_chart(draw(), key="kinds", alt=words("sources.kinds.alt", first=first))


def _plain(line: DomainLine) -> list[CellValue]:
    return [line.domain, line.owner.value, line.kind.value, line.brand, line.answers,
            line.citations, line.without_brand]  # fmt: skip


def _domains(now: Scope, lines: Sequence[DomainLine]) -> None:
    words = now.words
    with exports.heading(words("sources.domains")):
        names = ["domain", "owner", "kind", "brand", "answers", "citations", "without_brand"]
        rows = [
            [str(getattr(line, n)) if n in {"owner", "kind"} else getattr(line, n) for n in names]
            for line in lines
        ]
        exports.offer(words, "domains", (names, rows), {}, simulated=now.pack.simulated)
    st.caption(words("sources.domains.caption", brand=now.brand))
    blocks.show(_table(now, lines[:_LISTED], words("sources.domains")))


def _table(now: Scope, lines: Sequence[DomainLine], caption: str) -> str:
    """The domains as a table whose counts open the answers behind them."""
    words, lang = now.words, now.lang
    columns = [
        Column(words("column.domain"), wide=True),
        Column(words("column.kind")),
        Column(words("column.citing"), numeric=True),
        Column(words("column.without", brand=now.brand), numeric=True),
        Column(words("column.engines"), wide=True),
    ]
    shown = [
        [
            escape(line.domain),
            escape(line.brand or _kind(now, line)),
            blocks.link(
                "answers", now.params(cites=line.domain), formats.decimal(line.answers, lang)
            ),
            blocks.link(
                "answers",
                now.params(cites=line.domain, seen="no"),
                formats.decimal(line.without_brand, lang),
            ),
            escape(", ".join(line.engines)),
        ]
        for line in lines
    ]
    return blocks.table(columns, shown, caption)


def _wrong_links(now: Scope, lines: Sequence[DomainLine]) -> None:
    words, own = now.words, now.pack.brands[0]
    found = lookalikes(lines, own)
    st.header(words("sources.wrong", brand=own))
    if found:
        st.caption(words("sources.wrong.caption", brand=own))
        blocks.show(_table(now, found, words("sources.wrong", brand=own)))
    else:
        st.caption(words("sources.wrong.none", brand=own))


def _pages(now: Scope, lines: Sequence[DomainLine]) -> None:
    words, lang = now.words, now.lang
    domain = st.selectbox(words("sources.pages"), [line.domain for line in lines], key="pages-of")
    if not domain:
        return
    pages = data.pages_of(now.version, now.view, now.brand, domain)
    columns = [
        Column(words("column.page"), wide=True),
        Column(words("column.answers"), numeric=True),
    ]
    rows = [[blocks.outside_link(p.url, p.url), formats.decimal(p.answers, lang)] for p in pages]
    blocks.show(blocks.table(columns, rows, words("sources.pages")))


def _main(now: Scope) -> None:
    words = now.words
    st.title(words("page.sources"))
    lines = data.domains(now.version, now.view, now.brand)
    if not lines:
        blocks.show(blocks.empty(words("empty.filtered.title"), words("sources.none")))
        return
    total = sum(line.citations for line in lines)
    ours = sum(line.citations for line in lines if line.owner is Owner.OURS)
    lead = words(
        "sources.lead",
        share=formats.percent(ours / total, now.lang),
        n=formats.decimal(total, now.lang),
        brand=now.pack.brands[0],
    )
    blocks.show(f'<p class="bm-lead">{escape(lead)}</p>')
    _kinds(now, lines)
    _domains(now, lines)
    _wrong_links(now, lines)
    _pages(now, lines)


_main(frame.scope())
