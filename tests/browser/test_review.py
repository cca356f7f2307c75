"""Reviewing with the keyboard in a real browser: keys pressed, verdicts in the store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from reviewable_store import reviewable
from ruled_project import WORD, ruled_project
from serving import served
from test_pages import Watched, settle, watch

from monitor.store import Store
from monitor.store.free import run_sql

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def store(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Store:
    return reviewable(tmp_path_factory.mktemp("reviewed"))


@pytest.fixture(scope="module")
def address(store: Store) -> Iterator[str]:
    with served(store.path.parent.parent) as found:
        yield found


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    yield from watch(browser, width=1440)


def verdicts(store: Store, reviewer: str) -> list[tuple[str, str, str]]:
    query = "SELECT reviewer, answer_id, verdict, note FROM standing_reviews ORDER BY reviewed_at"
    return [(row[1], row[2], row[3]) for row in run_sql(store, query).rows if row[0] == reviewer]


def lead(page: Page, text: str) -> None:
    expect(page.locator(".bm-lead")).to_have_text(text, timeout=20_000)


def test_keys_decide_choose_skip_and_take_back(
    watched: Watched, address: str, store: Store
) -> None:
    page = watched.open(f"{address}/review")
    page.get_by_label("Your name").fill("ana")
    page.keyboard.press("Enter")
    page.wait_for_url("**reviewer=ana**")
    expect(page.locator("blockquote mark")).to_have_text("29 euros a month", timeout=20_000)
    expect(page.locator(".bm-text")).to_contain_text("<script>document.title='owned'</script>")
    assert page.locator(".bm-text script, .bm-text img, .bm-text a, .bm-h2 b").count() == 0
    lead(page, "14 waiting, 3 of them critical")
    settle(page)
    page.locator("h1").click()
    page.keyboard.press("a")
    lead(page, "13 waiting, 2 of them critical")
    settle(page)
    page.get_by_label("Note").fill("with VAT")
    page.get_by_label("Note").press("Enter")
    settle(page)
    page.locator("h1").click()
    page.keyboard.press("w")
    expect(page.get_by_text("What it really says is:")).to_be_visible(timeout=20_000)
    settle(page)
    page.keyboard.press("1")
    lead(page, "12 waiting, 1 of them critical")
    assert verdicts(store, "ana") == [
        ("said-0", "incorrect", ""),
        ("said-1", "correct", "with VAT"),
    ]
    settle(page)
    page.keyboard.press("z")
    lead(page, "13 waiting, 2 of them critical")
    expect(page.get_by_text("You took your verdict back.")).to_be_visible()
    settle(page)
    page.keyboard.press("s")
    expect(page.locator(".bm-text")).to_contain_text("keeps berths")
    assert verdicts(store, "ana") == [("said-0", "incorrect", "")]
    assert watched.outside() == []
    assert watched.complaints == []


def test_what_the_machine_said_of_a_random_item_shows_only_afterwards(
    watched: Watched, address: str, store: Store
) -> None:
    page = watched.open(f"{address}/review?reviewer=cy")
    for _ in range(12):
        if page.get_by_text("Drawn at random").count():
            break
        shown = page.locator(".bm-text").inner_text()
        page.keyboard.press("s")
        expect(page.locator(".bm-text")).not_to_have_text(shown, timeout=20_000)
        settle(page)
    expect(page.get_by_text("The machine says")).to_have_count(0)
    assert page.locator("mark").all_inner_texts() == ["Harbourlight"]
    page.keyboard.press("1")
    expect(page.get_by_text("Last verdict: true; the machine said true.")).to_be_visible(
        timeout=20_000
    )
    assert [verdict for _, verdict, _ in verdicts(store, "cy")] == ["correct"]


def test_keys_tell_the_company_from_the_word_and_take_it_back(
    chromium: str, browser: Browser, tmp_path: Path
) -> None:
    project, _ = ruled_project(tmp_path)
    seen = next(watch(browser, width=1440))

    def rulings() -> list[str]:
        return [row[0] for row in run_sql(project.store, "SELECT state FROM standing_rulings").rows]

    with served(tmp_path) as found:
        page = seen.open(f"{found}/review?part=names&reviewer=ana")
        lead(page, "1 name can't be told")
        assert page.locator(".bm-text mark").all_inner_texts() == [WORD, WORD]
        settle(page)
        page.locator("h1").click()
        page.keyboard.press("y")
        expect(page.get_by_text("No name waits for you")).to_be_visible(timeout=20_000)
        assert rulings() == ["mentioned"]
        settle(page)
        page.keyboard.press("z")
        lead(page, "1 name can't be told")
        assert rulings() == []
        settle(page)
        page.keyboard.press("n")
        expect(page.get_by_text("No name waits for you")).to_be_visible(timeout=20_000)
        assert rulings() == ["absent"]
        assert seen.outside() == []
        assert seen.complaints == []
    seen.page.context.close()


def test_a_phone_reviews_without_sideways_scrolling(
    browser: Browser, address: str, store: Store
) -> None:
    seen = next(watch(browser, width=390, dark=True))
    page = seen.open(f"{address}/review?reviewer=dan")
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("e => e.scrollWidth <= e.clientWidth")
    assert seen.complaints == []
    seen.page.context.close()
