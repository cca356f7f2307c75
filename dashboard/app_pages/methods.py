"""What the figures mean, how sure they are, and which versions made them."""

from html import escape
from importlib.metadata import version

import streamlit as st

from dashboard import blocks, data, formats, frame
from dashboard.blocks import Column
from dashboard.frame import Scope

_FORMULAS = {
    "visibility": "mean_i(m_i / K_i)",
    "voice": "Σ 1(brand) / Σ_tracked Σ 1(brand_j)",
    "rank": "Σ rank / n_ranked",
    "sentiment": "(P − N) / (P + U + N)",
    "rival": "mean_i(r_i / J_i)",
    "accuracy": "correct / (correct + incorrect + outdated)",
}
_SECTIONS = ("counted", "states")
_LATER = ("judges", "calibration", "probes", "intervals", "changes", "standing", "limits")


def _section(now: Scope, name: str) -> None:
    st.header(now.words(f"methods.{name}"))
    blocks.show(f'<p class="bm-body">{escape(now.words(f"methods.{name}.body"))}</p>')


def _overruled(now: Scope) -> None:
    """In how many of the chosen answers a person's word stands in place of the machine's."""
    count = data.overruled_answers(now.version, now.view)
    key = "ruling.overruled" if count else "ruling.overruled.none"
    text = now.words(key, n=formats.decimal(count, now.lang))
    blocks.show(f'<p class="bm-body">{escape(text)}</p>')


def _figures(now: Scope) -> None:
    words = now.words
    st.header(words("methods.figures"))
    st.caption(words("methods.figures.caption"))
    columns = [
        Column(words("column.figure")),
        Column(words("column.formula")),
        Column(words("column.meaning"), wide=True),
    ]
    rows = [
        [
            escape(words(f"figure.{name}")),
            f"<code>{escape(formula)}</code>",
            escape(words(f"methods.{name}")),
        ]
        for name, formula in _FORMULAS.items()
    ]
    blocks.show(blocks.table(columns, rows, words("methods.figures")))


def _versions(now: Scope) -> None:
    words, pack = now.words, now.pack
    st.header(words("methods.versions"))
    libraries = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "streamlit", "altair"))
    days = f"{formats.day(pack.first_day, now.lang)} – {formats.day(pack.last_day, now.lang)}"
    pairs = {
        "monitor": version("brand-monitor"),
        "pack": pack.pack or words("filter.pack.none"),
        "measure": pack.version,
        "brands": ", ".join(pack.brands),
        "engines": ", ".join(pack.engines),
        "period": days,
        "libraries": libraries,
    }
    blocks.show(
        blocks.facts(
            [(words(f"methods.version.{name}"), escape(value)) for name, value in pairs.items()]
        )
    )


def _main(now: Scope) -> None:
    st.title(now.words("page.methods"))
    blocks.show(f'<p class="bm-lead">{escape(now.words("methods.lead"))}</p>')
    for name in _SECTIONS:
        _section(now, name)
    _overruled(now)
    _figures(now)
    for name in _LATER:
        _section(now, name)
    _versions(now)


_main(frame.scope())
