"""Pieces of pages as HTML: every value that comes from outside is escaped here."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Literal
from urllib.parse import urlencode

import streamlit as st

STYLE = """
<style>
.bm { --line: color-mix(in srgb, currentColor 16%, transparent);
      --soft: color-mix(in srgb, currentColor 66%, transparent);
      --fill: color-mix(in srgb, currentColor 5%, transparent);
      font-variant-numeric: tabular-nums; }
.bm a { color: inherit; text-decoration: underline;
        text-decoration-color: color-mix(in srgb, currentColor 35%, transparent);
        text-underline-offset: 3px; }
.bm a:hover { text-decoration-color: currentColor; }
.bm a:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; border-radius: 3px; }
.bm-lead { font-size: 1.45rem; line-height: 1.35; font-weight: 600; margin: 0; max-width: 46rem; }
.bm-basis { color: var(--soft); margin: .45rem 0 0; }
.bm-banner { border: 1px solid #b98900; background: color-mix(in srgb, #e0a800 14%, transparent);
             border-radius: 8px; padding: .55rem .9rem; font-size: .92rem; }
.bm-cards { display: grid; gap: 1rem; grid-template-columns: repeat(4, minmax(0, 1fr)); }
@media (min-width: 1151px) { .bm-cards:not(:has(> :nth-child(4))) {
  grid-template-columns: repeat(3, minmax(0, 1fr)); } }
@media (max-width: 1150px) { .bm-cards { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
@media (max-width: 520px) { .bm-cards { grid-template-columns: minmax(0, 1fr); } }
.bm-card { border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.1rem .95rem;
           display: flex; flex-direction: column; }
.bm-card h2 { font-size: .95rem !important; font-weight: 600; margin: 0; padding: 0; }
.bm-value { font-size: 2.1rem; font-weight: 650; line-height: 1.15; margin: .3rem 0 .1rem; }
.bm-value.none { font-size: 1.15rem; font-weight: 600; color: var(--soft);
                 padding: .5rem 0 .35rem; }
.bm-small { font-size: .87rem; color: var(--soft); line-height: 1.4; }
.bm-spark { height: 34px; margin: auto 0 .5rem; padding-top: .5rem; position: relative; }
.bm-spark i { display: block; height: 34px; background: #2b87bd; }
.bm-scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; }
.bm table { border-collapse: collapse; width: 100%; font-size: .93rem; margin: 0; }
.bm th { text-align: left; font-weight: 600; font-size: .84rem; color: var(--soft);
         padding: .55rem .8rem; background: var(--fill); white-space: nowrap;
         border: 0; border-bottom: 1px solid var(--line); }
.bm td { padding: .55rem .8rem; border: 0; border-bottom: 1px solid var(--line);
         vertical-align: top; white-space: nowrap; }
.bm tr:last-child td { border-bottom: 0; }
.bm th.num, .bm td.num { text-align: right; white-space: nowrap; }
.bm td.wide { min-width: 13rem; width: 99%; white-space: normal; overflow-wrap: anywhere; }
.bm table.two td.wide { width: 49%; }
.bm td span.bm-small { margin-left: .35rem; }
.bm td code { background: none; color: inherit; padding: 0; white-space: nowrap; }
.bm-h1 { font-size: 1.6rem !important; line-height: 1.3; font-weight: 700; margin: 0;
         padding: 1rem 0 0; max-width: 54rem; }
.bm-talk { font-size: 1.2rem !important; font-weight: 600; white-space: pre-line;
           overflow-wrap: anywhere; }
.bm-h3 { font-size: 1.05rem !important; font-weight: 600; padding: 0 0 .35rem; margin: 0; }
.bm tr.ours td { font-weight: 650; }
.bm-foot { border-top: 1px solid var(--line); padding-top: .8rem; display: flex; flex-wrap: wrap;
           gap: .3rem 1.6rem; font-size: .85rem; color: var(--soft); }
.bm-foot b { font-weight: 600; color: inherit; }
.bm-empty { border: 1px dashed var(--line); border-radius: 10px; padding: 1.6rem 1.6rem 1.7rem; }
.bm-empty h2 { font-size: 1.25rem !important; padding: 0 0 .4rem; margin: 0; }
.bm-empty p { margin: 0 0 .6rem; max-width: 44rem; }
.bm-empty .bm-then { margin-top: 1.1rem; }
.bm-empty code { display: inline-block; background: var(--fill); border: 1px solid var(--line);
                 padding: .35rem .6rem; border-radius: 6px; font-size: .95rem; color: inherit; }
.bm-facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .35rem 1.1rem;
            font-size: .93rem; margin: 0; padding: 0 !important; }
.bm-facts dt { color: var(--soft); } .bm-facts dd { margin: 0; overflow-wrap: anywhere; }
.bm-text { white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.6; max-width: 48rem;
           border: 1px solid var(--line); border-radius: 10px; padding: 1.1rem 1.3rem; }
.bm-text mark { background: color-mix(in srgb, #8a94a0 30%, transparent); color: inherit;
                border-radius: 3px; padding: 0 .12em; }
.bm-text mark.ours { background: color-mix(in srgb, #2b87bd 34%, transparent); font-weight: 600; }
.bm-text mark.wrong { background: none; border-radius: 0; padding: 0;
                      box-shadow: inset 0 -.55em 0 color-mix(in srgb, #ea580c 30%, transparent); }
.bm-text mark.right { background: none; border-radius: 0; padding: 0;
                      box-shadow: inset 0 -.14em 0 #1388c9; }
.bm-text mark.open { background: none; border-radius: 0; padding: 0;
                     box-shadow: inset 0 -.14em 0 #8a94a0; }
.bm td.wide q, .bm td q { quotes: "“" "”"; display: block; margin: 0 0 .3rem; }
.bm td q:lang(de) { quotes: "„" "“"; }
.bm td q:last-child { margin: 0; }
.bm-chips { display: flex; flex-wrap: wrap; gap: .4rem; }
.bm-chip { border: 1px solid var(--line); border-radius: 999px; padding: .15rem .7rem;
           font-size: .87rem; white-space: nowrap; }
.bm-chip.on { background: color-mix(in srgb, #2b87bd 20%, transparent); border-color: #2b87bd;
              font-weight: 600; }
.bm-panel { display: flex; justify-content: space-between; align-items: baseline; gap: .6rem; }
.bm-panel h3 { font-size: 1rem !important; font-weight: 600; margin: 0; padding: 0;
               overflow-wrap: anywhere; }
.bm-panel span { font-size: .87rem; color: var(--soft); white-space: nowrap; }
.bm-panel b { color: inherit; font-weight: 650; }
.bm-body { max-width: 46rem; line-height: 1.6; margin: 0; }
.bm-state { display: inline-flex; align-items: center; gap: .4rem; white-space: nowrap; }
.bm-state::before { content: ""; width: .6rem; height: .6rem; border-radius: 2px;
                    background: var(--dot, #8a94a0); flex: none; }
.bm-state.incorrect { --dot: #c2410c; } .bm-state.outdated { --dot: #e59b2f; }
.bm-state.correct { --dot: #1388c9; }
.bm-state.missing, .bm-state.failed { --dot: #c2410c; border-radius: 2px; }
.bm-state.losing, .bm-state.partly_failed, .bm-state.stopped, .bm-state.possible
  { --dot: #e59b2f; }
.bm-state.contested, .bm-state.noise { --dot: #8a94a0; }
.bm-state.winning, .bm-state.complete, .bm-state.real { --dot: #1388c9; }
.bm-h2 { font-size: 1.2rem !important; line-height: 1.35; font-weight: 650; margin: 0;
         padding: .4rem 0 0; max-width: 54rem; overflow-wrap: anywhere; }
.bm-part { margin: 0 0 1.1rem; }
.bm-part h3 { font-size: .84rem !important; font-weight: 600; color: var(--soft); margin: 0;
              padding: 0 0 .25rem; }
.bm-part p { margin: 0 0 .3rem; overflow-wrap: anywhere; }
.bm-part blockquote { border-left: 3px solid #2b87bd; margin: 0 0 .4rem; padding: .1rem .8rem;
                      overflow-wrap: anywhere; }
.bm-part mark { background: color-mix(in srgb, #2b87bd 34%, transparent); color: inherit;
                border-radius: 3px; padding: 0 .12em; font-weight: 600; }
.bm-fact { font-size: 1.05rem; }
.bm-fact .bm-chip { font-size: .8rem; margin-left: .25rem; }
.bm-chip.critical { border-color: #c2410c; }
.bm-verdict .bm-state { font-weight: 600; }
.bm-ask { margin: .2rem 0 0; font-weight: 600; font-size: .93rem; }
.st-key-review-answer .bm-text { max-height: 72vh; overflow-y: auto; }
@media (max-width: 640px) { .st-key-review-answer .bm-text { max-height: 46vh; } }
@media (min-width: 641px) { .st-key-review-side { position: sticky; top: 4.2rem; } }
.bm-alert { border: 1px solid color-mix(in srgb, #c2410c 55%, transparent);
            background: color-mix(in srgb, #ea580c 9%, transparent);
            border-radius: 8px; padding: .6rem .9rem; font-size: .93rem; }
.bm-alert ul { margin: .25rem 0 0; padding-left: 1.2rem; }
</style>
"""


@dataclass(frozen=True, slots=True)
class Card:
    """One figure as a card; `value` None shows `missing` instead."""

    title: str
    help: str
    value: str | None
    missing: str = ""
    lines: tuple[str, ...] = ()
    """Further lines, already HTML."""
    spark: tuple[float, ...] = ()
    spark_alt: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column; a numeric one is set to the right."""

    title: str
    numeric: bool = False
    wide: bool = False


def show(html: str, *, width: Literal["stretch", "content"] = "stretch") -> None:
    """Show a piece of HTML whose outside values are escaped already."""
    st.html(f'<div class="bm">{html}</div>', width=width)


def question(text: str) -> str:
    """A question as a page's title; a conversation with its turns below each other."""
    kind = "bm-h1 bm-talk" if "\n" in text else "bm-h1"
    return f'<h1 class="{kind}">{escape(text)}</h1>'


def link(page: str, params: Mapping[str, Sequence[str] | str], label: str) -> str:
    """A link to one of our pages, its label escaped."""
    query = urlencode(params, doseq=True)
    address = f"{page}?{query}" if query else page
    return f'<a href="{escape(address)}">{escape(label)}</a>'


def cards(items: Sequence[Card]) -> str:
    """Cards side by side, two or one to a row on narrow screens."""
    return f'<div class="bm-cards">{"".join(_card(item) for item in items)}</div>'


def _card(card: Card) -> str:
    value = (
        f'<div class="bm-value">{escape(card.value)}</div>'
        if card.value is not None
        else f'<div class="bm-value none">{escape(card.missing)}</div>'
    )
    lines = "".join(f'<div class="bm-small">{line}</div>' for line in card.lines)
    spark = _spark(card.spark, card.spark_alt) if len(card.spark) > 1 else ""
    return (
        f'<section class="bm-card"><h2>{escape(card.title)}</h2>'
        f'<div class="bm-small">{escape(card.help)}</div>{value}{lines}{spark}</section>'
    )


def _spark(values: Sequence[float], alt: str) -> str:
    """A line over time as a clipped ribbon: no chart library for a picture this small."""
    low, high = min(values), max(values)
    reach = (high - low) or 1.0
    xs = [100 * i / (len(values) - 1) for i in range(len(values))]
    ys = [88 - 76 * (value - low) / reach for value in values]
    over = [f"{x:.1f}% {y - 4:.1f}%" for x, y in zip(xs, ys, strict=True)]
    under = [f"{x:.1f}% {y + 4:.1f}%" for x, y in zip(xs, ys, strict=True)]
    shape = ", ".join([*over, *reversed(under)])
    return (
        f'<div class="bm-spark" role="img" aria-label="{escape(alt)}">'
        f'<i style="clip-path: polygon({shape})"></i></div>'
    )


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], caption: str) -> str:
    """A table whose cells are HTML already; `caption` names it to screen readers."""
    head = "".join(f'<th scope="col"{_class(c)}>{escape(c.title)}</th>' for c in columns)
    body = "".join(
        "<tr>"
        + "".join(f"<td{_class(c)}>{cell}</td>" for c, cell in zip(columns, row, strict=True))
        + "</tr>"
        for row in rows
    )
    two = ' class="two"' if sum(c.wide for c in columns) == 2 else ""
    return (
        f'<div class="bm-scroll" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f"<table{two}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _class(column: Column) -> str:
    names = [name for name, there in (("num", column.numeric), ("wide", column.wide)) if there]
    return f' class="{" ".join(names)}"' if names else ""


def empty(
    title: str, *paragraphs: str, command: str = "", then: tuple[str, str] | None = None
) -> str:
    """A box that says why there is nothing to see, and which command to run about it."""
    body = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    code = f"<code>{escape(command)}</code>" if command else ""
    if then is not None:
        code += f'<p class="bm-then">{escape(then[0])}</p><code>{escape(then[1])}</code>'
    return f'<div class="bm-empty"><h2>{escape(title)}</h2>{body}{code}</div>'


def banner(text: str) -> str:
    """A line on top of a page that every reader has to see."""
    return f'<div class="bm-banner" role="note">{escape(text)}</div>'


def facts(pairs: Sequence[tuple[str, str]]) -> str:
    """Names and values; values are HTML already."""
    items = "".join(f"<dt>{escape(name)}</dt><dd>{value}</dd>" for name, value in pairs)
    return f'<dl class="bm-facts">{items}</dl>'


def chips(items: Sequence[str]) -> str:
    """Small labels in a row; `items` are HTML already."""
    return f'<div class="bm-chips">{"".join(items)}</div>'


def chip(html: str, *, on: bool = False, kind: str = "") -> str:
    """One label, `on` if it is the chosen one, `kind` its class."""
    names = " ".join(filter(None, ("bm-chip", "on" if on else "", escape(kind))))
    return f'<span class="{names}">{html}</span>'


def state(name: str, label: str) -> str:
    """A closed set's member with its colour; the label says the same in words."""
    return f'<span class="bm-state {escape(name)}">{escape(label)}</span>'


def panel_head(title: str, value: str, detail: str) -> str:
    """The heading of one of several small charts, its figure at the right."""
    return (
        f'<div class="bm-panel"><h3>{escape(title)}</h3>'
        f"<span><b>{escape(value)}</b> {escape(detail)}</span></div>"
    )


def excerpt(text: str, start: int, end: int, around: int = 90) -> str:
    """The words around [start, end) in its paragraph, with those themselves marked, escaped.

    Long paragraphs are cut between words, which an ellipsis says.
    """
    before = text[text.rfind("\n", 0, start) + 1 : start]
    after = text[end:].partition("\n")[0]
    if len(before) > around:
        before = "…" + before[-around:].partition(" ")[2]
    if len(after) > around:
        after = after[:around].rpartition(" ")[0] + "…"
    return f"{escape(before)}<mark>{escape(text[start:end])}</mark>{escape(after)}"


def marked_text(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    """An answer's raw text with `<mark>` on its spans (start, end, class), all of it escaped.

    Spans are indices into the raw text, so it is cut first and escaped after. Where spans overlap
    the pieces that they share have the classes of both.
    """
    known = [(start, end, kind) for start, end, kind in spans if 0 <= start < end <= len(text)]
    cuts = sorted({0, len(text), *(edge for start, end, _ in known for edge in (start, end))})
    parts = []
    for first, last in pairwise(cuts):
        kinds = [kind for start, end, kind in known if start <= first and last <= end]
        names = " ".join(sorted({kind for kind in kinds if kind}))
        piece = escape(text[first:last])
        named = f' class="{names}"' if names else ""
        parts.append(f"<mark{named}>{piece}</mark>" if kinds else piece)
    return f'<div class="bm-text">{"".join(parts)}</div>'


def outside_link(url: str, label: str) -> str:
    """A link to a page on the web; anything but http and https is shown as plain text."""
    if not url.lower().startswith(("http://", "https://")):
        return escape(label)
    return (
        f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer nofollow">'
        f"{escape(label)}</a>"
    )


def plain(text: str) -> str:
    """Text from outside as a label, whose Markdown Streamlit would obey."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!:$~<>|&])", r"\\\1", text)


def alert(title: str, lines: Sequence[str]) -> str:
    """A box that says what went wrong and where."""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<div class="bm-alert"><b>{escape(title)}</b><ul>{items}</ul></div>'


def alert_line(text: str, more: str) -> str:
    """One line of warning; `more` is HTML, a link to the whole story."""
    return f'<div class="bm-alert">{escape(text)} {more}</div>'


def footer(parts: Sequence[tuple[str, str]]) -> str:
    """The line under every page: what the figures stand on."""
    items = "".join(f"<span><b>{escape(name)}</b> {escape(value)}</span>" for name, value in parts)
    return f'<div class="bm-foot">{items}</div>'
