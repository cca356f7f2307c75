from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

pytestmark = pytest.mark.browser

CHARTS = {
    "": 3,
    "competitors": 3,
    "questions": 1,
    "sources": 1,
    "changes": 1,
    "review": 0,
    "runs": 1,
    "methods": 0,
    "answers": 0,
}
HOSTILE = "harbour-20260831-q00-alpha-chat-en-GB-1"


@dataclass
class Watched:
    """A page, and what it asked for and complained about."""

    page: Page
    requested: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, url: str, charts: int = 0) -> Page:
        self.page.goto(url)
        settle(self.page, charts)
        return self.page

    def outside(self) -> list[str]:
        hosts = {urlsplit(u).hostname for u in self.requested if u.startswith(("http", "ws"))}
        return sorted(str(host) for host in hosts - {"127.0.0.1"})


def settle(page: Page, charts: int = 0) -> None:
    page.wait_for_selector("h1", timeout=60_000)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    expect(page.locator("[data-testid=stSkeleton], [data-stale=true]")).to_have_count(0)
    expect(page.locator("svg.marks")).to_have_count(charts, timeout=20_000)


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    yield from watch(browser, width=1440)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Watched]:
    yield from watch(browser, width=390, dark=True)


def watch(browser: Browser, width: int, *, dark: bool = False) -> Iterator[Watched]:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
    )
    seen = Watched(context.new_page())

    def note_request(request: Request) -> None:
        seen.requested.append(request.url)

    def note_message(message: ConsoleMessage) -> None:
        # Streamlit looks for its server under the page's own path first, and finds none there.
        searching = "404" in message.text and "_stcore" in message.location.get("url", "")
        if message.type in {"error", "warning"} and not searching:
            seen.complaints.append(message.text)

    seen.page.on("request", note_request)
    seen.page.on("console", note_message)
    seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    yield seen
    context.close()


def test_every_page_draws_its_charts_without_a_complaint_and_asks_nobody_else(
    watched: Watched, address: str
) -> None:
    for page, charts in CHARTS.items():
        watched.open(f"{address}/{page}", charts)
    assert watched.complaints == []
    assert watched.requested
    assert watched.outside() == []


def test_a_filter_lands_in_the_url_and_the_link_shows_the_same_elsewhere(
    watched: Watched, address: str, browser: Browser
) -> None:
    page = watched.open(address, 3)
    page.get_by_role("radio", name="Branded", exact=True).click()
    page.wait_for_url("**kind=branded**")
    # One branded question: too few answers in a week for a trend.
    settle(page, 0)
    lead = page.locator(".bm-lead").inner_text()
    other = next(watch(browser, width=1440))
    assert other.open(page.url, 0).locator(".bm-lead").inner_text() == lead
    assert "kind=branded" in other.page.url
    other.page.context.close()


def test_the_menu_keeps_the_filters_and_one_step_back_is_one_page_back(
    watched: Watched, address: str
) -> None:
    page = watched.open(f"{address}/?engine=beta", 1)
    page.get_by_role("link", name="Questions").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Questions")
    page.wait_for_url("**/questions?engine=beta")
    page.go_back()
    page.wait_for_url(f"{address}/?engine=beta")
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview", timeout=20_000)
    settle(page, 1)


def test_a_point_of_a_trend_opens_its_answers(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}/?engine=beta", 1)
    page.locator("svg.marks .mark-symbol path").last.click()
    page.wait_for_url("**/answers?**")
    assert "week=2026-W40" in page.url
    assert "e=beta" in page.url
    settle(page)
    expect(page.locator(".bm-chip", has_text="beta")).to_be_visible()


def test_a_cell_of_the_heatmap_shows_who_was_named_instead(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}/questions", 1)
    page.locator("svg.marks .mark-rect path").first.click()
    expect(page.get_by_text("Named instead:")).to_be_visible(timeout=20_000)


def test_an_answer_that_attacks_the_page_is_only_shown(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}/answer?answer={HOSTILE}")
    expect(page.locator(".bm-text")).to_contain_text("<script>document.title='owned'</script>")
    assert page.locator(".bm-text img, .bm-text script, .bm-text a").count() == 0
    assert "owned" not in page.title()
    assert page.locator("mark.ours").inner_text() == "Harbourlight"


def test_a_phone_in_the_dark_needs_no_sideways_scrolling(phone: Watched, address: str) -> None:
    for name in ("", "questions", "changes", f"answer?answer={HOSTILE}"):
        page = phone.open(f"{address}/{name}", CHARTS.get(name, 0))
        main = page.locator("[data-testid=stMain]")
        assert main.evaluate("e => e.scrollWidth <= e.clientWidth"), name
        light = main.evaluate(_BRIGHTNESS)
        assert light < 60, name
    assert phone.complaints == []


_BRIGHTNESS = """e => {
  const app = document.querySelector('[data-testid=stApp]');
  const [r, g, b] = getComputedStyle(app).backgroundColor.match(/[0-9]+/g).map(Number);
  return (r + g + b) / 3;
}"""


def test_headings_come_in_order_and_charts_have_names(watched: Watched, address: str) -> None:
    page = watched.open(address, 3)
    levels = page.locator("[data-testid=stMain] :is(h1, h2, h3, h4)").evaluate_all(
        "all => all.map(e => Number(e.tagName[1]))"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    names = page.locator("[data-testid=stVegaLiteChart]").evaluate_all(
        "all => all.map(e => e.getAttribute('aria-label'))"
    )
    assert all(name and "Visibility of Harbourlight" in name for name in names)
