"""What surrounds every page: language, filters, banner, footer, and errors in words."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from dashboard import blocks, charts, data, filters, formats
from dashboard.filters import Choices, Filters
from dashboard.text import Words
from monitor.errors import MonitorError
from monitor.queries import PackLine, QuestionCell, View, WaveLine

HISTORY_WAVES = 12

Params = dict[str, list[str]]
"""Parameters of a URL."""

Menu = Callable[[Params], None]
"""Draws the links to the pages with these parameters."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a page is about: the reader's filters and the part of the store they mean."""

    words: Words
    version: data.DataVersion
    choices: Choices
    filters: Filters
    view: View
    earlier: View | None

    @property
    def lang(self) -> str:
        """The page's language."""
        return self.words.lang

    @property
    def pack(self) -> PackLine:
        """The chosen pack."""
        return self.choices.pack(self.filters.pack)

    @property
    def brand(self) -> str:
        """The chosen brand."""
        return self.filters.brand

    @property
    def waves(self) -> tuple[WaveLine, ...]:
        """The chosen pack's waves, newest first."""
        return tuple(w for w in self.choices.waves if w.pack == self.filters.pack)

    @property
    def history(self) -> View:
        """The view, reaching back twelve waves at least: what trends are drawn over."""
        if self.view.since is None:
            return self.view
        slots = self.choices.slots(self.filters.pack)[:HISTORY_WAVES]
        return replace(self.view, since=min([self.view.since, *slots[-1:]]))

    def params(self, **more: str) -> dict[str, list[str] | str]:
        """URL parameters that keep the reader's filters on another page, and `more`."""
        kept = filters.write_filters(self.filters, self.choices)
        return {**kept, **language_params(self.words), **more}


def scope() -> Scope:
    """The scope that the entry file worked out for this run."""
    found: Scope = st.session_state["scope"]
    return found


def guarded(words: Words, body: Callable[[], None]) -> None:
    """Run `body`; an expected error becomes its message on the page, never a traceback."""
    try:
        body()
    except MonitorError as e:
        blocks.show(blocks.empty(words("error.title"), str(e)))
        st.button(words("error.retry"), key="retry")


def language() -> Words:
    """The words of the language that the reader chose, else the one that is configured."""
    configured = data.settings().language
    if "language" not in st.session_state:
        asked = st.query_params.get("lang", configured)
        st.session_state["language"] = asked if asked in filters.LANGUAGES else "en"
    return Words(st.session_state["language"] or configured)


def language_params(words: Words) -> Params:
    """What the URL says about the language: nothing, if it's the one that is configured."""
    return {} if words.lang == data.settings().language else {"lang": [words.lang]}


def language_switch(words: Words) -> None:
    """The switch between languages."""
    st.segmented_control(
        words("filter.language"),
        filters.LANGUAGES,
        format_func={"en": "English", "de": "Deutsch"}.__getitem__,
        key="language",
        required=True,
    )
    _write_params({"lang": [], **language_params(words)})


def choose(words: Words, choices: Choices, page: str) -> Filters:
    """Show the filters in the sidebar and return what is chosen, with the URL kept in step."""
    _follow_url(choices, page)
    line = choices.pack(st.session_state["pack"])
    _keep_possible(line, choices)
    if len(choices.packs) > 1:
        st.selectbox(
            words("filter.pack"),
            [pack.pack for pack in choices.packs],
            format_func=lambda pack: pack or words("filter.pack.none"),
            key="pack",
        )
    _single_filters(words, line, choices)
    _many_filters(words, line)
    chosen = _chosen()
    st.button(words("filter.reset"), key="reset", on_click=reset, width="stretch")
    written = filters.write_filters(chosen, choices)
    _write_params({name: written.get(name, []) for name in filters.NAMES})
    st.session_state["url_written"] = written
    st.session_state["url_page"] = page
    return chosen


def _single_filters(words: Words, line: PackLine, choices: Choices) -> None:
    own = line.brands[0] if line.brands else ""
    st.selectbox(
        words("filter.brand"),
        line.brands,
        format_func=lambda b: words("filter.brand.own", brand=b) if b == own else b,
        key="brand",
    )
    st.selectbox(
        words("filter.period"),
        choices.periods(line.pack),
        format_func=lambda period: period_name(words, period),
        key="period",
    )
    st.selectbox(
        words("filter.compare"),
        choices.comparisons(line.pack),
        format_func=lambda compare: comparison_name(words, compare),
        key="compare",
    )
    st.segmented_control(
        words("filter.kind"),
        (filters.UNBRANDED, filters.BRANDED),
        format_func=lambda kind: words(f"filter.kind.{kind}"),
        key="kind",
        help=words("filter.kind.help"),
        required=True,
        width="stretch",
    )


def _many_filters(words: Words, line: PackLine) -> None:
    def several(key: str, options: tuple[str, ...], name: Callable[[str], str]) -> None:
        if len(options) > 1:
            st.multiselect(
                words(f"filter.{key}"),
                options,
                format_func=name,
                key=key,
                placeholder=words("filter.all"),
            )

    several("engines", line.engines, str)
    several("locales", line.locales, str)
    several("personas", line.personas, lambda p: p or words("filter.persona.none"))
    several("intents", line.intents, lambda intent: words.of("intent", intent))


def period_name(words: Words, period: str) -> str:
    """A period in words."""
    if period in {"1", "all"}:
        return words(f"filter.period.{period}")
    return words("filter.period.n", n=period)


def comparison_name(words: Words, compare: str) -> str:
    """What is compared with, in words."""
    if compare in {filters.PREVIOUS, filters.LAST_YEAR, filters.NO_COMPARISON}:
        return words(f"filter.compare.{compare}")
    return words("filter.compare.wave", day=formats.day(date.fromisoformat(compare), words.lang))


_STATE = ("pack", "brand", "period", "compare", "engines", "locales", "personas", "intents", "kind")


def _follow_url(choices: Choices, page: str) -> None:
    """Take the filters from the URL when it says something that we didn't write.

    Going to another page empties the URL; that is no wish to reset the filters.
    """
    asked = {n: st.query_params.get_all(n) for n in filters.NAMES if n in st.query_params}
    written = st.session_state.get("url_written")
    moved = st.session_state.get("url_page") != page
    if written is None or (asked != written and (asked or not moved)):
        _put(filters.read_filters(asked, choices))


def _put(chosen: Filters) -> None:
    for name in _STATE:
        value = getattr(chosen, name)
        st.session_state[name] = list(value) if isinstance(value, tuple) else value


def reset() -> None:
    """Put every filter back to its default, in the state and in the URL."""
    for name in _STATE:
        st.session_state.pop(name, None)
    st.session_state.pop("url_written", None)
    for name in filters.NAMES:
        if name in st.query_params:
            del st.query_params[name]


def _keep_possible(line: PackLine, choices: Choices) -> None:
    """Put what the chosen pack doesn't have back to its default."""
    written = filters.write_filters(_chosen(), choices)
    _put(filters.read_filters({**written, "pack": [line.pack]}, choices))


def _chosen() -> Filters:
    state = st.session_state
    return Filters(
        pack=state["pack"],
        brand=state["brand"],
        period=state["period"],
        compare=state["compare"],
        engines=tuple(state["engines"]),
        locales=tuple(state["locales"]),
        personas=tuple(state["personas"]),
        intents=tuple(state["intents"]),
        kind=state["kind"],
    )


def _write_params(wanted: dict[str, list[str]]) -> None:
    for name, values in wanted.items():
        if values and st.query_params.get_all(name) != values:
            st.query_params[name] = values
        elif not values and name in st.query_params:
            del st.query_params[name]


def footer(now: Scope) -> None:
    """The line under every page: what its figures stand on."""
    words, lang = now.words, now.lang
    figures = data.rates(now.version, now.view, brands=(now.brand,))
    last = now.waves[0] if now.waves else None
    left_out = Counter[str]()
    for figure in figures:
        left_out.update(figure.excluded)
    parts = [
        (words("footer.last_wave"), _wave_name(last, words)),
        (words("footer.answers"), formats.decimal(sum(f.n for f in figures), lang)),
        (words("footer.excluded"), excluded_text(left_out, words)),
        (words("footer.next"), next_run_text(now)),
    ]
    blocks.show(blocks.footer(parts))


def next_run_text(now: Scope) -> str:
    """When the pack is asked next, in words; faults in prompts/ are named, not hidden."""
    try:
        runs = data.next_runs(data.planned_pack(now.pack.pack), 1)
    except MonitorError as e:
        return now.words("footer.next.unknown", reason=str(e).splitlines()[0])
    return formats.moment(runs[0], now.lang) if runs else now.words("footer.next.none")


def excluded_text(left_out: Mapping[str, int], words: Words) -> str:
    """How many answers are in no figure, and why."""
    if not sum(left_out.values()):
        return words("footer.excluded.none")
    named = {words.of("status", status): count for status, count in left_out.items()}
    return formats.counts(named, words.lang)


def _wave_name(wave: WaveLine | None, words: Words) -> str:
    if wave is None:
        return words("unknown")
    return formats.day(date.fromisoformat(wave.slot[:10]), words.lang)


def failed_wave(now: Scope, *, where: bool = True) -> None:
    """Say why and where the last wave went wrong, if it did; in a line if only a part did.

    `where` adds a link to the page that lists it all.
    """
    words = now.words
    last = now.waves[0] if now.waves else None
    if last is None or last.outcome in {None, "complete"}:
        return
    day = _wave_name(last, words)
    if last.outcome == "partly_failed":
        note = words("run.partly", day=day, n=last.stored - last.ok, planned=last.planned)
        more = blocks.link("runs", now.params(), words("run.why")) if where else ""
        blocks.show(blocks.alert_line(note, more))
        return
    counted = [f for f in data.failures(now.version, now.pack.pack) if f.wave_id == last.wave_id]
    lines = [
        words("run.reason", n=f.answers, engine=f.engine, reason=f.reason or f.status)
        for f in counted[:5]
    ]
    title = "run.stopped.title" if last.outcome == "stopped" else "run.failed.title"
    heading = f"{words(title)} ({day})"
    blocks.show(blocks.alert(heading, [line for line in (last.note, *lines) if line]))


def look(now: Scope) -> charts.Look:
    """How charts look for this reader: language, background, and the chosen period."""
    palette = charts.DARK if st.context.theme.type == "dark" else charts.LIGHT
    since = now.view.since or now.pack.first_day
    return charts.Look(now.lang, palette, (since, now.pack.last_day))


def nothing_here(now: Scope) -> None:
    """Say that the filters leave nothing, and offer to reset them."""
    words = now.words
    blocks.show(blocks.empty(words("empty.filtered.title"), words("empty.filtered.body")))
    st.button(words("filter.reset"), key="reset-here", on_click=reset)


def names_of(store_cells: Iterable[QuestionCell]) -> dict[str, str]:
    """Each question's wording by its id."""
    return {cell.question_id: cell.question for cell in store_cells}


def brands_first(own: str, names: Iterable[str]) -> list[str]:
    """Brands in their order, the chosen one first."""
    return sorted(names, key=lambda name: name != own)
