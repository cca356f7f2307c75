"""A real server in a process of its own and a real browser, for what only they can show."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from dashboard_store import Size, filled
from serving import served

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's path; skips by name without one unless MONITOR_REQUIRE_BROWSER=1."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if found is None:
        if os.environ.get("MONITOR_REQUIRE_BROWSER") == "1":
            pytest.fail("MONITOR_REQUIRE_BROWSER=1, but there is no Chromium on the path")
        pytest.skip("no Chromium on this machine")
    return found


@pytest.fixture(scope="session")
def address(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running dashboard with made-up answers."""
    project = tmp_path_factory.mktemp("served")
    filled(project, Size(weeks=5, questions=8, engines=3))
    with served(project) as found:
        yield found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Ended with the module: Playwright's event loop would be in the way of other tests' own."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(_FLAGS))
        yield running
        running.close()
