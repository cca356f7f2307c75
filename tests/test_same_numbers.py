"""Pages, reports and comparisons say the same, for they come from the same queries."""

import json
from pathlib import Path

import pytest
from dashboard_store import OWN, PACK, Size, filled
from streamlit.testing.v1 import AppTest
from test_dashboard import app_for, html, on_page

from dashboard import formats
from dashboard.filters import Choices, default_filters, earlier_view, view_of
from monitor.queries import By, View, packs, waves
from monitor.report import Report, as_csv, as_html, as_json, as_markdown, report_on
from monitor.report.comparison import Period, compare, comparison_records
from monitor.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return filled(tmp_path_factory.mktemp("same"), Size(weeks=8, questions=8, engines=3))


@pytest.fixture
def app(store: Store, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    return app_for(store, monkeypatch)


def views(store: Store) -> tuple[View, View]:
    """What a reader sees who chose nothing, and what it's compared with."""
    choices = Choices(packs(store), waves(store))
    filters = default_filters(choices.packs[0], choices)
    earlier = earlier_view(filters, choices)
    assert earlier is not None
    return earlier, view_of(filters, choices)


def reported(store: Store) -> Report:
    _, view = views(store)
    return report_on(store, PACK, view.since, view.until)


def test_overview_shows_the_reports_figures(app: AppTest, store: Store) -> None:
    shown = html(app.run())
    report = reported(store)
    named = {figure.figure: figure for figure in report.headline()}
    for name in ("visibility", "share_of_voice"):
        figure = named[name]
        assert figure.value is not None
        assert figure.panel is not None
        assert f'<div class="bm-value">{formats.percent(figure.value, "en")}</div>' in shown
        assert f"95% interval {formats.percent_range(figure.panel, 'en')}" in shown
    rank = named["mean_rank"]
    assert rank.value is not None
    assert f'<div class="bm-value">{formats.decimal(rank.value, "en", 1)}</div>' in shown
    for figure in report.pick(By(engine=True)):
        if figure.brand == OWN and figure.value is not None:
            assert f"<b>{formats.percent(figure.value, 'en')}</b>" in shown


def test_competitors_show_the_reports_figures(app: AppTest, store: Store) -> None:
    on_page(app, "competitors")
    shown = html(app)
    for figure in reported(store).pick(By()):
        assert figure.value is not None
        assert figure.panel is not None
        value = formats.percent(figure.value, "en")
        span = formats.percent_range(figure.panel, "en")
        assert f'{value} <span class="bm-small">{span}</span>' in shown


def test_changes_show_what_compare_says(app: AppTest, store: Store) -> None:
    on_page(app, "changes")
    shown = html(app)
    earlier, view = views(store)
    assert earlier.since
    assert earlier.until
    assert view.since
    before, after = (
        Period(earlier.since, earlier.until),
        Period(view.since, packs(store)[0].last_day),
    )
    records = comparison_records(compare(store, PACK, before, after))
    labels = {"real": "real", "possible": "possible", "within noise": "noise"}
    for record in records:
        assert isinstance(record["before"], float)
        assert isinstance(record["after"], float)
        row = [
            f"{formats.percent(record['before'], 'en')}</a>",
            f"{formats.percent(record['after'], 'en')}</a>",
            f'<span class="bm-state {labels[str(record["label"])]}">',
        ]
        assert any(all(part in line for part in row) for line in shown.split("<tr>"))


def test_every_format_of_a_report_has_the_same_figures(store: Store, tmp_path: Path) -> None:
    report = reported(store)
    data = json.loads(as_json(report))["figures"]
    table, page, sheet = as_markdown(report), as_html(report), as_csv(report)
    assert len(sheet.splitlines()) == 1 + len(data) == 1 + len(report.all_figures)
    for figure, record in zip(report.all_figures, data, strict=True):
        assert (record["value"], record["k"], record["n"]) == (figure.value, figure.k, figure.n)
    for figure in report.pick(By()):
        counts = f"{figure.k}/{figure.n}"
        assert counts in table
        assert counts in page
