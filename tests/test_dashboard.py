import fcntl
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from dashboard_store import (
    ENGINES,
    FIRST_SLOT,
    HOSTILE,
    OWN,
    PACK,
    Size,
    filled,
    made_questions,
    measure,
)
from streamlit.testing.v1 import AppTest

from dashboard import exports, filters, formats
from dashboard.charts import LIGHT, Look, trend
from dashboard.filters import Choices, Filters
from monitor.queries import (
    SHARE_OF_VOICE,
    By,
    View,
    answer_count,
    domains,
    head_to_head,
    movements,
    naming_figures,
    packs,
    question_figures,
    rates,
    standing,
    waves,
)
from monitor.queries.standing import Standing
from monitor.stats import Estimate, Interval
from monitor.store import Store, adopted_names, ingest
from monitor.types import Answer, AnswerStatus, WaveEnd, WaveOutcome

APP = str(Path(__file__).parent.parent / "dashboard" / "app.py")
PAGES = (
    *("overview", "competitors", "questions", "accuracy", "sources", "changes", "review"),
    *("runs", "methods", "answers"),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return filled(tmp_path_factory.mktemp("project"), Size(weeks=6, questions=8, engines=3))


@pytest.fixture
def app(store: Store, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    return app_for(store, monkeypatch)


def app_for(store: Store, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("MONITOR_PROJECT", str(store.path.parent.parent))
    monkeypatch.setenv("MONITOR_LOCK_WAIT_S", "5")
    return AppTest.from_file(APP, default_timeout=60)


@pytest.fixture
def choices(store: Store) -> Choices:
    return Choices(packs(store), waves(store))


def html(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def in_url(app: AppTest, name: str) -> list[str]:
    found = app.query_params[name]
    return [found] if isinstance(found, str) else list(found)


def on_page(app: AppTest, name: str) -> AppTest:
    return app.run().switch_page(f"app_pages/{name}.py").run()


# -- pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_something_without_an_error(app: AppTest, page: str) -> None:
    on_page(app, page)
    assert not app.exception
    assert app.title
    assert "bm-foot" in html(app)


def test_overview_says_the_figure_that_the_queries_give(app: AppTest, store: Store) -> None:
    app.run()
    since = FIRST_SLOT.date() + timedelta(weeks=2)
    figure = rates(store, View(PACK, since=since), brands=(OWN,))[0]
    assert figure.value is not None
    assert figure.panel is not None
    said = f"{OWN} is mentioned in {formats.percent(figure.value, 'en')} of answers"
    assert said in html(app)
    assert formats.percent_range(figure.panel, "en") in html(app)


def test_overview_draws_one_trend_for_each_engine(app: AppTest) -> None:
    app.run()
    assert len(app.get("vega_lite_chart")) == 3


def test_pages_say_where_no_judge_has_read_answers(app: AppTest) -> None:
    for page, words in (("competitors", "Not measured: no judge"), ("runs", "No judge has read")):
        shown = app.switch_page(f"app_pages/{page}.py").run()
        assert any(words in caption.value for caption in shown.caption)


def test_simulated_data_says_so_on_every_page(app: AppTest) -> None:
    for page in PAGES:
        on_page(app, page)
        assert "Simulated data." in html(app), page


def test_pages_speak_german(app: AppTest) -> None:
    app.query_params["lang"] = "de"
    app.run()
    assert app.title[0].value == "Überblick"
    assert "der Antworten vor" in html(app)


def test_too_few_answers_are_said_instead_of_a_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = Size(weeks=1, questions=1, engines=1, locales=("en-GB",), repeats=4)
    app = app_for(filled(tmp_path, size), monkeypatch).run()
    assert not app.exception
    assert "too few answers (n = 4)" in html(app)
    assert "%" not in re.sub(r"<style>.*?</style>|95%", "", html(app), flags=re.S)


def naming(store: Store, name: str, answers: int) -> None:
    """Add answers of the first wave that recommend a name nobody tracks."""
    [question] = made_questions(1)
    made = [
        Answer(
            f"naming-{number}", question.text["en"], ENGINES[0], FIRST_SLOT, AnswerStatus.OK,
            f"1. **{name}** – quiet\n2. **{OWN}** – quick", wave_id=f"{PACK}-20260831", pack=PACK,
            question_id=question.question_id, locale="en-GB", repeat=10 + number,
        )
        for number in range(answers)
    ]  # fmt: skip
    store.journal.append(made, FIRST_SLOT)
    ingest(store, FIRST_SLOT)
    measure(store, (question,))


def test_an_untracked_name_is_adopted_with_one_click_and_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = filled(tmp_path, Size(weeks=1, questions=1))
    naming(store, "Skerry & Wick", answers=3)
    app = on_page(app_for(store, monkeypatch), "competitors")
    app.button(key="adopt Skerry & Wick").click().run()
    assert adopted_names(store, PACK) == ("Skerry & Wick",)
    assert not [b for b in app.button if b.key == "adopt Skerry & Wick"]
    assert "monitor remeasure" in "".join(caption.value for caption in app.caption)
    app.button(key="drop Skerry & Wick").click().run()
    assert adopted_names(store, PACK) == ()
    assert app.button(key="adopt Skerry & Wick").label == r"Skerry \& Wick"


# -- answers ----------------------------------------------------------------------------------


def test_hostile_answer_text_is_shown_and_not_obeyed(app: AppTest) -> None:
    app.query_params["answer"] = f"{PACK}-20260831-q00-alpha-chat-en-GB-1"
    on_page(app, "answer")
    shown = html(app)
    assert "<script" not in shown
    assert "<img" not in shown
    assert "&lt;script&gt;" in shown
    assert f'<mark class="ours">{OWN}</mark>' in shown
    assert not any(HOSTILE[:20] in element.value for element in app.markdown)


def test_unknown_cost_is_said_to_be_unknown(app: AppTest) -> None:
    app.query_params["answer"] = f"{PACK}-20260831-q01-beta-en-GB-1"
    on_page(app, "answer")
    assert re.search(r"<dt>Cost</dt><dd>unknown</dd>", html(app))


def test_an_answer_that_is_not_there_gives_a_message(app: AppTest) -> None:
    app.query_params["answer"] = "<b>nobody</b>"
    on_page(app, "answer")
    assert not app.exception
    assert "there is no answer" in html(app)
    assert "<b>nobody" not in html(app)


# -- filters and the URL ----------------------------------------------------------------------


def test_filters_come_from_the_url(app: AppTest) -> None:
    app.query_params["engine"] = ["beta"]
    app.query_params["waves"] = "all"
    app.run()
    assert app.multiselect(key="engines").value == ["beta"]
    assert app.selectbox(key="period").value == "all"
    assert len(app.get("vega_lite_chart")) == 1


def test_what_is_chosen_lands_in_the_url_and_moves_along(app: AppTest) -> None:
    app.run()
    app.multiselect(key="locales").select("de-DE").run()
    assert in_url(app, "locale") == ["de-DE"]
    app.switch_page("app_pages/questions.py").run()
    assert in_url(app, "locale") == ["de-DE"]
    app.button(key="reset").click().run()
    assert "locale" not in app.query_params
    assert app.multiselect(key="locales").value == []


def test_nonsense_in_the_url_falls_back_to_defaults(app: AppTest) -> None:
    nonsense = {
        "pack": "x",
        "brand": "<script>",
        "waves": "-3",
        "compare": "1999-13-41",
        "engine": ["gpt", "' OR 1=1"],
        "kind": "both",
        "lang": "xx",
        "week": "W99",
    }
    for name, value in nonsense.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    assert app.selectbox(key="brand").value == OWN
    assert not {"pack", "brand", "waves", "compare", "engine", "kind"} & set(app.query_params)
    on_page(app, "answers")
    assert not app.exception


def test_filters_that_leave_nothing_offer_a_reset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Six questions: none of them is branded.
    app = app_for(filled(tmp_path, Size(weeks=1, engines=1)), monkeypatch)
    app.query_params["kind"] = "branded"
    app.run()
    assert "No answers match these filters" in html(app)
    app.button(key="reset-here").click().run()
    assert f"{OWN} is mentioned" in html(app)


def test_filters_survive_the_way_through_the_url(choices: Choices) -> None:
    chosen = Filters(
        PACK, "Quaymaster", "1", "none", ("beta",), ("de-DE",), (), ("trust",), "branded"
    )
    assert filters.read_filters(filters.write_filters(chosen, choices), choices) == chosen


def test_defaults_leave_the_url_empty(choices: Choices) -> None:
    default = filters.read_filters({}, choices)
    assert filters.write_filters(default, choices) == {}
    assert default.period == "4"


def test_the_period_counts_waves_and_the_one_before_ends_where_it_starts(choices: Choices) -> None:
    chosen = replace(filters.read_filters({}, choices), period="1")
    last = FIRST_SLOT.date() + timedelta(weeks=5)
    assert filters.view_of(chosen, choices).since == last
    earlier = filters.earlier_view(chosen, choices)
    assert earlier is not None
    assert (earlier.since, earlier.until) == (last - timedelta(weeks=1),) * 2


def test_nothing_is_compared_with_a_year_that_has_no_answers(choices: Choices) -> None:
    chosen = replace(filters.read_filters({}, choices), compare=filters.LAST_YEAR)
    assert filters.earlier_view(chosen, choices) is None


def test_a_wave_within_the_period_is_nothing_to_compare_it_with(choices: Choices) -> None:
    newest, *_, oldest = choices.slots(PACK)
    chosen = filters.read_filters({}, choices)
    inside, outside = (replace(chosen, compare=day.isoformat()) for day in (newest, oldest))
    assert filters.earlier_view(inside, choices) is None
    assert filters.earlier_view(replace(outside, period="all"), choices) is None
    earlier = filters.earlier_view(outside, choices)
    assert earlier is not None
    assert (earlier.since, earlier.until) == (oldest, oldest)


# -- states -----------------------------------------------------------------------------------


def test_a_project_that_never_ran_names_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONITOR_PROJECT", str(tmp_path))
    app = AppTest.from_file(APP, default_timeout=60).run()
    assert not app.exception
    assert "<code>monitor run</code>" in html(app)
    assert not (tmp_path / "data").exists()


@pytest.fixture
def small(tmp_path: Path) -> Store:
    return filled(tmp_path, Size(weeks=1, questions=2, engines=1))


def shown_error(store: Store, monkeypatch: pytest.MonkeyPatch) -> str:
    app = app_for(store, monkeypatch)
    monkeypatch.setenv("MONITOR_LOCK_WAIT_S", "0.2")
    app.run()
    assert not app.exception
    assert "Traceback" not in html(app)
    assert app.button(key="retry")
    return html(app)


@pytest.fixture
def held(small: Store) -> Iterator[Store]:
    with (small.path.parent / "store.lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield small


def test_a_locked_store_says_that_it_is_busy(held: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "the store was busy for 0.2 s" in shown_error(held, monkeypatch)


def test_a_damaged_store_says_how_to_rebuild_it(
    small: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.path.write_bytes(b"not a database" * 1000)
    assert "monitor rebuild" in shown_error(small, monkeypatch)


def test_a_newer_store_asks_for_an_update(small: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with small.writing("pretending") as con:
        con.execute("INSERT INTO schema_migrations VALUES (999, 'later', '', now()::TIMESTAMP)")
    assert "update monitor" in shown_error(small, monkeypatch)


def test_a_failed_wave_says_why_and_where(small: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    wave = f"{PACK}-{FIRST_SLOT:%Y%m%d}"
    later = FIRST_SLOT + timedelta(hours=1)
    end = WaveEnd(wave, later, WaveOutcome.FAILED, "the key of <vendor> was refused")
    small.journal.append([end], later)
    ingest(small, later)
    app = app_for(small, monkeypatch).run()
    assert "The last wave failed" in html(app)
    assert "the key of &lt;vendor&gt; was refused" in html(app)


# -- exports ----------------------------------------------------------------------------------


def test_a_chart_becomes_a_picture_without_a_browser(store: Store) -> None:
    figures = rates(store, View(PACK), by=By(week=True), brands=(OWN,))
    made = exports.to_png(trend(figures, (), Look("en", LIGHT)), "Trend", "Simulated data")
    assert made.startswith(b"\x89PNG")
    assert len(made) > 5_000


# -- the queries that only pages use ----------------------------------------------------------


def test_a_figure_opens_exactly_the_answers_that_it_counts(store: Store) -> None:
    view = View(PACK)
    figure = rates(store, view, brands=(OWN,))[0]
    assert answer_count(store, view, OWN, visible=True) == figure.k
    excluded = sum(figure.excluded.values())
    assert answer_count(store, view, OWN) == figure.n + excluded


def test_shares_of_voice_add_up_to_one(store: Store) -> None:
    figures = [f for f in naming_figures(store, View(PACK)) if f.figure == SHARE_OF_VOICE]
    assert sum(f.value or 0.0 for f in figures) == pytest.approx(1.0)
    assert sum(f.k for f in figures) == figures[0].n


def test_head_to_head_counts_every_answer_once(store: Store) -> None:
    answers = rates(store, View(PACK), brands=(OWN,))[0].n
    for pair in head_to_head(store, View(PACK), OWN):
        assert pair.both + pair.only_ours + pair.only_rival + pair.neither == answers


def test_cited_domains_count_answers_with_and_without_the_brand(store: Store) -> None:
    line = domains(store, View(PACK), OWN)[0]
    every = answer_count(store, View(PACK), OWN, domain=line.domain)
    without = answer_count(store, View(PACK), OWN, domain=line.domain, visible=False)
    assert (line.answers, line.without_brand) == (every, without)


def test_changes_are_told_for_all_engines_and_for_each(store: Store) -> None:
    middle = FIRST_SLOT.date() + timedelta(weeks=3)
    before, after = View(PACK, until=middle - timedelta(days=1)), View(PACK, since=middle)
    found = movements(store, before, after, OWN).lines
    assert [line.engine for line in found if line.brand == OWN] == [None, *sorted(ENGINES[:3])]
    assert found[0].change.answers_after == rates(store, after, brands=(OWN,))[0].n


def test_questions_come_worst_first(store: Store) -> None:
    values = [line.ours.value for line in question_figures(store, View(PACK), OWN)]
    assert values == sorted(values, key=lambda value: value or 0.0)


@pytest.mark.parametrize(
    ("ours", "rival", "expected"),
    [
        ((0.02, 0.0, 0.08), (0.5, 0.4, 0.6), Standing.MISSING),
        ((0.2, 0.1, 0.3), (0.5, 0.4, 0.6), Standing.LOSING),
        ((0.4, 0.3, 0.5), (0.5, 0.4, 0.6), Standing.CONTESTED),
        ((0.8, 0.7, 0.9), (0.5, 0.4, 0.6), Standing.WINNING),
    ],
)
def test_a_standing_needs_intervals_that_lie_apart(
    ours: tuple[float, float, float], rival: tuple[float, float, float], expected: Standing
) -> None:
    first, second = (Estimate(v, 1, 20, 1, Interval(low, high)) for v, low, high in (ours, rival))
    assert standing(first, second) is expected
