"""A real server in a process of its own and a real browser, for what only they can show."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from dashboard_store import Size, filled

APP = Path(__file__).parent.parent.parent / "dashboard" / "app.py"
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
    port = _free_port()
    log = project / "server.log"
    command = [sys.executable, "-m", "streamlit", "run", str(APP), "--server.port", str(port)]
    with log.open("wb") as out:
        server = subprocess.Popen(
            command,
            env={**os.environ, "MONITOR_PROJECT": str(project)},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_up(server, f"http://127.0.0.1:{port}", log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(_FLAGS))
        yield running
        running.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(server: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=2)  # noqa: S310 - ours
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"the dashboard didn't come up: {log.read_text(errors='replace')[-2000:]}")
