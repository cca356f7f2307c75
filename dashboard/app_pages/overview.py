"""Are we visible? One sentence, four figures, a trend per engine, and where it is worst."""

import streamlit as st

from dashboard import blocks, charts, data, formats
from dashboard.blocks import Card
from dashboard.frame import Scope, scope
from monitor.queries import By, Figure


def _lead(now: Scope, figure: Figure) -> None:
    words, lang = now.words, now.lang
    if figure.value is None or figure.panel is None:
        note = words("too_few", n=figure.n)
        sentence = words("overview.sentence.none", brand=now.brand, note=note)
    else:
        sentence = words(
            "overview.sentence",
            brand=now.brand,
            value=formats.percent(figure.value, lang),
            range=formats.percent_range(figure.panel, lang),
        )
    blocks.show(f'<p class="bm-lead">{blocks.escape(sentence)}</p>')


def _cards(now: Scope, figure: Figure, weekly: list[Figure]) -> None:
    words, lang = now.words, now.lang
    shown = figure.value is not None and figure.panel is not None
    visibility = Card(
        words("figure.visibility"),
        words("figure.visibility.help"),
        formats.percent(figure.value, lang) if figure.value is not None else None,
        words("too_few", n=figure.n),
        (words("figure.range", range=formats.percent_range(figure.panel, lang)),)
        if shown and figure.panel
        else (),
        tuple(f.value for f in weekly if f.value is not None),
    )
    blocks.show(blocks.cards([visibility]))


def _engines(now: Scope) -> None:
    words, lang = now.words, now.lang
    st.header(words("overview.engines"))
    st.caption(words("overview.engines.caption", brand=now.brand))
    figures = data.rates(now.version, now.view, by=By(engine=True, week=True), brands=(now.brand,))
    engines = list(dict.fromkeys(f.engine for f in figures if f.engine))
    with st.grid(3, border=True, min_column_width=280):
        for engine in engines:
            own = [f for f in figures if f.engine == engine and f.value is not None]
            st.altair_chart(charts.trend(own, (), lang).properties(title=engine), key=f"t-{engine}")


_now = scope()
st.title(_now.words("page.overview"))
_figure = data.rates(_now.version, _now.view, brands=(_now.brand,))
if _figure:
    _lead(_now, _figure[0])
    _weekly = data.rates(_now.version, _now.view, by=By(week=True), brands=(_now.brand,))
    _cards(_now, _figure[0], list(_weekly))
    _engines(_now)
