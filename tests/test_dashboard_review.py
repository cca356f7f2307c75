"""The Review page: who reviews, what is shown, what a press of a button keeps."""

import fcntl
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from dashboard_store import Size, filled
from reviewable_store import reviewable
from streamlit.testing.v1 import AppTest
from test_dashboard import app_for, html, on_page

from monitor.queries import review_work
from monitor.store import Store, claim_review
from monitor.store.free import run_sql
from monitor.types import Severity


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return reviewable(tmp_path)


@pytest.fixture
def app(store: Store, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    return app_for(store, monkeypatch)


def reviewing(app: AppTest, name: str = "ana") -> AppTest:
    app.query_params["reviewer"] = name
    return on_page(app, "review")


def kept(store: Store) -> list[tuple[object, ...]]:
    query = "SELECT answer_id, verdict, reviewer, note, sample FROM reviews ORDER BY reviewed_at"
    return list(run_sql(store, query).rows)


def shown(app: AppTest) -> str:
    return re.sub(r"<style>.*?</style>", "", html(app), flags=re.DOTALL)


def test_nobody_decides_without_a_name(app: AppTest, store: Store) -> None:
    on_page(app, "review")
    assert "14 waiting, 3 of them critical" in shown(app)
    assert "Who reviews?" in shown(app)
    assert not [button for button in app.button if button.label == "Agree"]
    app.text_input[0].input("  ana ")
    app.button[0].click().run()
    assert "Reviewing as ana. The filters don&#x27;t apply here." in shown(app)
    assert not app.exception


def test_a_hostile_answer_is_shown_beside_sheet_and_machine_and_not_obeyed(app: AppTest) -> None:
    page = shown(reviewing(app))
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert '<mark class="ours">29 euros a month</mark>' in page
    assert "What does *Harbourlight* &lt;b&gt;cost&lt;/b&gt;?" in page
    assert "Harbourlight costs 39 euros a month." in page
    assert "Earlier: 35" in page
    assert "by rules f1, 95%" in page


def test_agreeing_keeps_the_machines_verdict_and_shows_the_next_item(
    app: AppTest, store: Store
) -> None:
    reviewing(app).button(key="review-review.agree").click().run()
    assert not app.exception
    assert kept(store) == [("said-0", "incorrect", "ana", "", "selected")]
    assert "13 waiting, 2 of them critical" in shown(app)
    assert "Last verdict: false." in shown(app)


def test_wrong_asks_for_the_right_verdict_and_keeps_the_note(app: AppTest, store: Store) -> None:
    reviewing(app).text_input[0].input("a draft price")
    app.button(key="review-wrong").click().run()
    assert kept(store) == []
    assert not [button for button in app.button if button.label == "False"]
    app.button(key="review-verdict.outdated").click().run()
    assert kept(store) == [("said-0", "outdated", "ana", "a draft price", "selected")]


def test_a_verdict_taken_back_brings_its_item_back(app: AppTest, store: Store) -> None:
    reviewing(app).button(key="review-review.unsure").click().run()
    app.button(key="review-undo").click().run()
    assert "You took your verdict back." in shown(app)
    assert "document.title" in shown(app)
    assert run_sql(store, "SELECT count(*) FROM standing_reviews").rows == ((0,),)
    assert len(kept(store)) == 2


def test_a_random_item_hides_what_the_machine_said_until_it_is_decided(
    app: AppTest, store: Store
) -> None:
    reviewing(app)
    for _ in range(3):
        app.button(key="review-review.agree").click().run()
    assert "Drawn at random" in shown(app)
    assert "The machine says" not in shown(app)
    assert '<mark class="ours">Harbourlight</mark>' in shown(app)
    app.button(key="review-verdict.correct").click().run()
    assert "Last verdict: true; the machine said true." in shown(app)
    assert [row[-1] for row in kept(store)] == ["selected"] * 3 + ["random"]


def test_when_others_have_what_is_left_the_page_says_so(app: AppTest, store: Store) -> None:
    severities = {"price": Severity.CRITICAL, "founded": Severity.MINOR}
    now = datetime.now(UTC)
    for n, item in enumerate(review_work(store, "harbour", severities).queue):
        assert claim_review(store, [item], f"other-{n}", now)
    assert "is with somebody else right now" in shown(reviewing(app))
    app.button(key="reset")
    assert not app.exception


def test_everything_decided_is_said(app: AppTest, store: Store) -> None:
    reviewing(app)
    for _ in range(40):
        there = {button.key for button in app.button}
        key = next((k for k in ("review-review.agree", "review-verdict.correct") if k in there), "")
        if not key:
            break
        app.button(key=key).click().run()
    assert "Every contradiction, doubt and random item has been decided." in shown(app)
    # Three prices and a doubt, and each of the ten items as a random one.
    assert len(kept(store)) == 14
    on_page(app, "overview")
    assert "What waits for review" not in [header.value for header in app.header]


def test_a_busy_store_loses_nothing_and_says_so(
    app: AppTest, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    reviewing(app)
    monkeypatch.setenv("MONITOR_LOCK_WAIT_S", "0.2")
    with (store.path.parent / "store.lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        app.button(key="review-review.agree").click().run()
    assert not app.exception
    assert "the store was busy" in shown(app)
    app.button(key="review-review.agree").click().run()
    assert "the store was busy" not in shown(app)
    assert [row[:2] for row in kept(store)] == [("said-0", "incorrect")]


def test_overview_says_what_waits_and_leads_there(app: AppTest) -> None:
    page = shown(app.run())
    assert "What waits for review" in [header.value for header in app.header]
    assert "14 waiting, 3 of them critical" in page
    assert 'href="review"' in page


def test_a_pack_without_judged_answers_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_for(filled(tmp_path, Size(weeks=1, questions=2, engines=1)), monkeypatch)
    on_page(app, "review")
    assert "<code>monitor remeasure</code>" in shown(app)
