"""Where do we lose? Every question against the best rival, by engine, down to its answers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from html import escape

import streamlit as st

from dashboard import blocks, charts, data, exports, figures, formats, frame
from dashboard.answer_list import answer_table
from dashboard.blocks import Column
from dashboard.exports import CellValue
from dashboard.frame import Scope
from monitor.queries import QuestionCell, QuestionFigure, Standing
from monitor.stats import FLOOR

_SHOWN = (Standing.MISSING, Standing.LOSING, Standing.CONTESTED, Standing.WINNING, Standing.UNKNOWN)


def _chosen(now: Scope, lines: Sequence[QuestionFigure]) -> list[QuestionFigure]:
    words = now.words
    counts = Counter(line.standing for line in lines)
    options = ["all", *(s.value for s in _SHOWN if counts[s])]
    sizes = {"all": len(lines), **{s.value: n for s, n in counts.items()}}
    if st.session_state.get("standing") not in options:
        st.session_state["standing"] = "all"
    picked = st.segmented_control(
        words("questions.show"),
        options,
        format_func=lambda name: f"{words(f'standing.{name}')} {sizes[name]}",
        key="standing",
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )
    return [line for line in lines if picked in {"all", line.standing.value}]


def _heatmap(now: Scope, lines: Sequence[QuestionFigure], cells: Sequence[QuestionCell]) -> None:
    words = now.words
    order = [line.question_id for line in lines]
    draw = partial(charts.heatmap, cells, order, FLOOR, frame.look(now))
    with exports.heading(words("questions.heatmap")):
        exports.offer(
            words,
            "questions-by-engine",
            _cells_for_export(cells),
            {words("questions.heatmap"): draw},
            simulated=now.pack.simulated,
        )
    st.caption(words("questions.heatmap.caption", brand=now.brand))
    picked = st.altair_chart(
        draw(),
        key="heatmap",
        on_select="rerun",
        alt=words("questions.heatmap.alt", brand=now.brand),
    )
    chosen = picked.selection.get("cell")
    if chosen and (cell := _cell(cells, chosen[0]["question"], chosen[0]["engine"])):
        _drill(now, cell)


def _cell(cells: Sequence[QuestionCell], question: str, engine: str) -> QuestionCell | None:
    return next((c for c in cells if (c.question_id, c.engine) == (question, engine)), None)


def _cells_for_export(cells: Sequence[QuestionCell]) -> tuple[list[str], list[list[CellValue]]]:
    columns = ["question_id", "question", "intent", "engine", "hits", "answers", "excluded"]
    return columns, [[getattr(cell, name) for name in columns] for cell in cells]


def _drill(now: Scope, cell: QuestionCell) -> None:
    words, lang = now.words, now.lang
    view = replace(now.view, questions=(cell.question_id,), engines=(cell.engine,))
    lines = data.answer_lines(now.version, view, now.brand, limit=200)
    missing = [line for line in lines if now.brand not in line.named]
    instead = Counter(name for line in missing for name in line.named)
    cited = Counter(domain for line in lines for domain in line.domains)
    sentences = [
        words(
            "questions.cell.figure",
            k=formats.decimal(cell.hits, lang),
            n=formats.decimal(cell.answers, lang),
            brand=now.brand,
        )
    ]
    if instead:
        sentences.append(words("questions.cell.instead", names=_top(instead)))
    if cited:
        sentences.append(words("questions.cell.cited", names=_top(cited)))
    with st.container(border=True):
        heading = words("questions.cell", engine=cell.engine, question=cell.question)
        everything = blocks.link(
            "answers",
            now.params(q=cell.question_id, e=cell.engine),
            words("questions.cell.all"),
        )
        blocks.show(
            f'<h3 class="bm-h3">{escape(heading)}</h3>'
            f'<p class="bm-body">{escape(" ".join(sentences))} {everything}</p>'
        )
        blocks.show(answer_table(now, lines[:8]))


def _top(counts: Counter[str]) -> str:
    return ", ".join(f"{name} ({count})" for name, count in counts.most_common(4))


def _table(now: Scope, lines: Sequence[QuestionFigure], cells: Sequence[QuestionCell]) -> None:
    words, lang = now.words, now.lang
    names = frame.names_of(cells)
    groups = {cell.question_id: words.of("intent", cell.intent) for cell in cells}
    with exports.heading(words("questions.table")):
        exports.offer(
            words, "questions", _for_export(lines, names), {}, simulated=now.pack.simulated
        )
    columns = [
        Column(words("column.question"), wide=True),
        Column(words("column.group")),
        Column(words("column.standing")),
        Column(words("column.visibility"), numeric=True),
        Column(words("column.interval"), numeric=True),
        Column(words("column.best_rival")),
        Column(words("column.answers"), numeric=True),
    ]
    rows = [
        [
            escape(names[line.question_id]),
            escape(groups[line.question_id]),
            blocks.state(line.standing.value, words(f"standing.{line.standing.value}")),
            figures.linked_share(now, line.ours, q=line.question_id),
            formats.percent_range(line.ours.panel, lang) if line.ours.panel else "–",
            figures.rival_text(line, lang),
            formats.decimal(line.ours.n, lang),
        ]
        for line in lines
    ]
    blocks.show(blocks.table(columns, rows, words("questions.table")))


def _for_export(
    lines: Sequence[QuestionFigure], names: dict[str, str]
) -> tuple[list[str], list[list[CellValue]]]:
    columns = ["question_id", "question", "standing", "visibility", "low", "high", "k", "n",
               "best_rival", "rival_visibility"]  # fmt: skip
    rows: list[list[CellValue]] = [
        [
            line.question_id, names[line.question_id], line.standing.value, line.ours.value,
            line.ours.panel.low if line.ours.panel else None,
            line.ours.panel.high if line.ours.panel else None,
            line.ours.k, line.ours.n, line.rival, line.rivals.value,
        ]
        for line in lines
    ]  # fmt: skip
    return columns, rows


def _main(now: Scope) -> None:
    words = now.words
    st.title(words("page.questions"))
    lines = data.question_figures(now.version, now.view, now.brand)
    if not lines:
        frame.nothing_here(now)
        return
    cells = data.question_cells(now.version, now.view, now.brand, language=now.lang)
    counts = Counter(line.standing for line in lines)
    lead = words("questions.lead", **{s.value: counts[s] for s in _SHOWN})
    caption = words("questions.caption", n=len(lines), brand=now.brand)
    blocks.show(f'<p class="bm-lead">{escape(lead)}</p><p class="bm-basis">{escape(caption)}</p>')
    chosen = _chosen(now, lines)
    _heatmap(now, chosen, cells)
    _table(now, chosen, cells)


_main(frame.scope())
