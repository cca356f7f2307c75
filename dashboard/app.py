"""The dashboard's entry: works out the frame and runs the chosen page inside it."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

# `streamlit run` puts this file's folder on the path, not the one that holds the package.
if (_root := str(Path(__file__).resolve().parent.parent)) not in sys.path:
    sys.path.insert(0, _root)

import streamlit as st

from dashboard import blocks, data, filters, frame
from dashboard.filters import Choices
from dashboard.text import Words

PAGES = (
    *("overview", "competitors", "questions", "accuracy", "sources", "changes"),
    *("review", "runs", "methods"),
)
HIDDEN = ("answers", "answer")


def _navigation(words: Words) -> tuple["st.Page", list["st.Page"]]:
    """The page asked for, and those that the sidebar lists."""
    shown = [_page(name, words, "visible") for name in PAGES]
    hidden = [_page(name, words, "hidden") for name in HIDDEN]
    return st.navigation([*shown, *hidden], position="hidden"), shown


def _page(name: str, words: Words, visibility: Literal["visible", "hidden"]) -> "st.Page":
    return st.Page(
        f"app_pages/{name}.py",
        title=words(f"page.{name}"),
        url_path=name,
        default=name == PAGES[0],
        visibility=visibility,
        icon="",
    )


def _menu(pages: Sequence["st.Page"], params: frame.Params) -> None:
    """Links to the pages that keep the filters.

    Streamlit's own menu drops the URL's parameters; putting them back would make two steps in
    the browser's history out of one.
    """
    for page in pages:
        st.page_link(page, query_params=params, width="stretch")


def _body(words: Words, page: "st.Page", menu: frame.Menu) -> None:
    version = data.data_version()
    packs = () if version.empty else data.packs(version)
    if not packs:
        _nothing(words, version)
        return
    choices = Choices(packs, data.waves(version))
    with st.sidebar:
        chosen = frame.choose(words, choices, page.url_path)
    menu(filters.write_filters(chosen, choices))
    now = frame.Scope(
        words,
        version,
        choices,
        chosen,
        filters.view_of(chosen, choices),
        filters.earlier_view(chosen, choices),
    )
    st.session_state["scope"] = now
    if now.pack.simulated:
        blocks.show(blocks.banner(words("simulated.banner")))
    page.run()
    frame.footer(now)
    _watch(version)


@st.fragment(run_every="30s")
def _watch(shown: data.DataVersion) -> None:
    """Show the page anew when the store has changed since it was drawn."""
    if data.data_version() != shown:
        st.rerun()


def _nothing(words: Words, version: data.DataVersion) -> None:
    if not version.empty and data.holdings(version).answers:
        title, body = words("empty.unmeasured.title"), words("empty.unmeasured.body")
        blocks.show(blocks.empty(title, body, command="monitor remeasure"))
        return
    st.title(words("app.title"))
    title, body = words("empty.never.title"), words("empty.never.body")
    blocks.show(
        blocks.empty(
            title, body, command="monitor run", then=(words("empty.never.demo"), "monitor demo")
        )
    )


def _main() -> None:
    st.set_page_config(page_title="Brand monitor", layout="wide")
    st.html(blocks.STYLE)
    words = frame.language()
    page, shown = _navigation(words)
    place = st.sidebar.container(gap="xxsmall", key="menu")
    st.sidebar.space("small")
    drawn: list[bool] = []

    def menu(params: frame.Params) -> None:
        drawn.append(True)
        with place:
            _menu(shown, {**params, **frame.language_params(words)})

    frame.guarded(words, lambda: _body(words, page, menu))
    if not drawn:
        menu({})
    with st.sidebar:
        frame.language_switch(words)


_main()
