"""The page of changes: the queries' verdicts, each number with its answers, and notes of ours."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from dashboard_store import OWN as OWN_HARBOUR
from dashboard_store import PACK, Size, filled
from small_project import Cut, small_project
from streamlit.testing.v1 import AppTest
from test_dashboard import app_for, html, on_page
from told_waves import OWN, RIVALS, UNBRANDED, Told, steady, told_history

from dashboard import formats
from monitor.pipeline import open_project
from monitor.queries import (
    EventKind,
    Movements,
    View,
    alert_lines,
    answer_count,
    movements,
    timeline,
)
from monitor.stats import ChangeLabel
from monitor.store import Store, ingest
from monitor.types import AlertOpened, AlertState, AnswerStatus, Cell

WEEKS = 8


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Eight waves of a project whose brand falls and whose first rival rises in the fifth."""
    cut = Cut(UNBRANDED, ("sim-chat", "sim-chat-web"), ("en-US",), repeats=3)
    project = open_project(small_project(tmp_path_factory.mktemp("changes") / "project", cut))

    def moved(_: Cell, brand: str) -> float:
        return {OWN: 0.15, RIVALS[0]: 0.9}.get(brand, 0.4)

    told_history(project, project.pack("demo"), WEEKS, lambda w: Told(moved if w >= 4 else steady))
    return project.store


@pytest.fixture
def app(store: Store, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    return app_for(store, monkeypatch)


def sides(store: Store) -> tuple[View, View]:
    with store.reading("listing days") as con:
        days = [
            row[0] for row in con.execute("SELECT DISTINCT day FROM answers ORDER BY 1").fetchall()
        ]
    return View("demo", days[0], days[3]), View("demo", days[4], days[-1])


def found(store: Store) -> Movements:
    return movements(store, *sides(store), OWN)


def test_the_page_says_what_the_queries_say(app: AppTest, store: Store) -> None:
    on_page(app, "changes")
    assert not app.exception
    shown = html(app)
    lines = found(store).lines
    labels = [line.verdict.label for line in lines]
    assert labels.count(ChangeLabel.REAL) > 1
    assert f"{labels.count(ChangeLabel.REAL)} real changes, " in shown
    for line in lines:
        assert line.change.before is not None
        assert line.change.panel_before is not None
        share = formats.percent(line.change.before, "en")
        assert f"{share}</a>" in shown
        assert formats.percent_range(line.change.panel_before, "en") in shown
    assert "Ours: of the rivals only Mundavero moved" in shown
    assert "Their doing: of the others only Tessavik, Pergola really moved" in shown
    assert len(app.get("vega_lite_chart")) == 1


def links(shown: str) -> list[Mapping[str, list[str]]]:
    found = re.findall(r'href="answers\?([^"]+)"', shown)
    return [parse_qs(unescape(query)) for query in found]


def test_every_share_opens_the_answers_of_its_side(app: AppTest, store: Store) -> None:
    on_page(app, "changes")
    before, after = sides(store)
    opened = links(html(app))
    assert {(link["since"][0], link["until"][0]) for link in opened} == {
        (str(view.since), str(view.until)) for view in (before, after)
    }
    chosen = next(link for link in opened if link.get("e") == ["sim-chat"])
    app.query_params.update({name: values[0] for name, values in chosen.items()})
    on_page(app, "answers")
    since, until = (date.fromisoformat(chosen[name][0]) for name in ("since", "until"))
    count = answer_count(store, View("demo", since, until, ("sim-chat",)), OWN)
    assert any(f"{count} answers" in element.value for element in app.markdown)


def test_overview_shows_the_biggest_real_changes_and_leads_to_all(
    app: AppTest, store: Store
) -> None:
    app.run()
    shown = html(app)
    table = shown[shown.index('aria-label="The biggest real changes"') :]
    table = table[: table.index("</table>")]
    real = sorted(
        (line for line in found(store).lines if line.verdict.label is ChangeLabel.REAL),
        key=lambda line: -abs(line.change.difference or 0),
    )[:3]
    assert len(re.findall("<tr>", table)) == 1 + len(real)
    for line in real:
        assert formats.percent(line.change.after or 0, "en") in table
    assert 'href="changes"' in shown


def test_other_figures_can_be_looked_at_and_stand_in_the_link(app: AppTest) -> None:
    app.query_params["figure"] = "first_rate"
    on_page(app, "changes")
    assert not app.exception
    assert "First on the 12 questions" in html(app)


def test_memory_against_web_search_is_a_pair_on_the_page(app: AppTest) -> None:
    on_page(app, "changes")
    assert "Memory against web search" in [header.value for header in app.header]


def keep(app: AppTest, text: str, author: str = "") -> AppTest:
    fields = {field.label: field for field in app.text_input}
    fields["What happened"].set_value(text)
    fields["Your name (optional)"].set_value(author)
    next(button for button in app.button if button.label == "Keep the note").click()
    return app.run()


def test_a_note_written_on_the_page_is_kept_and_shown_as_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = filled(tmp_path, Size(weeks=2, questions=3, engines=1))
    app = on_page(app_for(store, monkeypatch), "changes")
    keep(app, "<b>Launch</b> of berths", "ana")
    assert not app.exception
    notes = [event for event in timeline(store, "harbour") if event.kind is EventKind.NOTE]
    assert ("<b>Launch</b> of berths", "ana") in [(note.text, note.author) for note in notes]
    assert "&lt;b&gt;Launch&lt;/b&gt; of berths (ana)" in html(app)


def test_an_empty_note_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = filled(tmp_path, Size(weeks=2, questions=3, engines=1))
    before = timeline(store, "harbour")
    app = keep(on_page(app_for(store, monkeypatch), "changes"), "   ")
    assert [error.value for error in app.error] == ["Write what happened."]
    assert timeline(store, "harbour") == before


def test_without_an_earlier_wave_the_page_says_so_and_still_takes_notes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = filled(tmp_path, Size(weeks=1, questions=3, engines=1))
    app = on_page(app_for(store, monkeypatch), "changes")
    assert not app.exception
    assert "Nothing to compare with" in html(app)
    assert any(button.label == "Keep the note" for button in app.button)


def test_refusals_alone_on_one_side_are_nothing_to_compare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = open_project(small_project(tmp_path / "project", Cut(locales=("en-US",))))
    refused = Told(steady, status=lambda _: AnswerStatus.REFUSED)
    told_history(project, project.pack("demo"), 2, lambda w: refused if w else Told(steady))
    app = app_for(project.store, monkeypatch)
    app.query_params["waves"] = "1"
    on_page(app, "changes")
    assert not app.exception
    assert "no question that was asked of the same engine" in html(app)


def test_an_alert_is_moved_on_by_whoever_has_seen_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = filled(tmp_path, Size(weeks=2, questions=3, engines=1))
    now = datetime(2026, 11, 23, 6, tzinfo=UTC)
    opened = AlertOpened(
        "a1b2c3d4e5f6", "key", "shift", PACK, OWN_HARBOUR, "", f"{PACK}@2026-11-16", now,
        "Harbourlight: visibility down 20 points", "From 50 % to 30 %.",
    )  # fmt: skip
    store.journal.append([opened], now)
    ingest(store, now)
    app = on_page(app_for(store, monkeypatch), "changes")
    press(app, "Acknowledge")
    assert alert_lines(store)[0].state is AlertState.ACKNOWLEDGED
    press(app, "Acknowledge")
    assert "can't be acknowledged" in app.error[0].value
    press(app, "Resolve")
    assert alert_lines(store)[0].state is AlertState.RESOLVED
    assert "Open alerts" not in [header.value for header in app.header]
    assert not app.exception


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()
