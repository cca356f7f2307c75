"""Messages to a webhook on loopback: at least once, once a week, and without a secret anywhere."""

import json
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cli_project import environment
from small_project import small_project
from told_waves import OWN, Told, steady, told_history

from monitor.errors import ConfigError, StoreBusyError, StoreError
from monitor.notify import deliver_alerts, deliver_digest, digest, send_test, targets
from monitor.pipeline import Project, open_project
from monitor.store import ingest
from monitor.types import AlertOpened, Cell

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
SECRET = "hunter2-of-the-webhook"  # noqa: S105 - the test looks for it
ALERT = AlertOpened(
    "a1b2c3", "shift|visibility|x", "shift", "demo", OWN, "", "demo@2026-11-16T06:00", NOW,
    f"{OWN}: visibility down 12 points", "From 50 % to 38 %.",
)  # fmt: skip


@dataclass
class Webhook:
    """What a webhook was sent, and how it answers."""

    port: int = 0
    status: int = 200
    bodies: list[dict[str, str]] = field(default_factory=list)
    taken: Callable[[], None] = lambda: None
    """Done once a message is taken, before it's said so."""

    def address(self, path: str = "") -> str:
        return f"json://user:{SECRET}@127.0.0.1:{self.port}/{path}"


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    hook = Webhook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            hook.bodies.append(json.loads(self.rfile.read(length)))
            hook.taken()
            self.send_response(hook.status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hook.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield hook
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return open_project(small_project(tmp_path / "project"))


def notifying(project: Project, *addresses: str) -> Project:
    settings = project.settings.model_copy(update={"notify": " ".join(addresses)})
    return replace(project, settings=settings)


def raised(project: Project) -> None:
    project.store.journal.append([ALERT], NOW)
    ingest(project.store, NOW)


def stored_bytes(project: Project) -> bytes:
    files = [path for path in project.settings.data.rglob("*") if path.is_file()]
    return b"".join(path.read_bytes() for path in files)


def test_an_open_alert_arrives_with_its_words_and_a_link_once(
    project: Project, webhook: Webhook
) -> None:
    raised(project)
    told = notifying(project, webhook.address())
    assert [outcome.delivered for outcome in deliver_alerts(told, NOW)] == [True]
    assert deliver_alerts(told, NOW) == ()
    (body,) = webhook.bodies
    assert body["title"] == ALERT.title
    assert ALERT.text in body["message"]
    link = f"{project.settings.dashboard_url}/changes?pack=demo&brand={OWN}"
    assert body["message"].endswith(link)


def test_a_target_that_fails_gets_it_once_it_has_recovered_and_others_only_once(
    project: Project, webhook: Webhook
) -> None:
    raised(project)
    broken = "json://127.0.0.1:9/nobody"
    told = notifying(project, webhook.address(), broken)
    webhook.status = 503
    assert [outcome.delivered for outcome in deliver_alerts(told, NOW)] == [False, False]
    webhook.status = 200
    assert [outcome.delivered for outcome in deliver_alerts(told, NOW)] == [True, False]
    assert [outcome.delivered for outcome in deliver_alerts(told, NOW)] == [False]
    assert len(webhook.bodies) == 2


def test_a_crash_between_sending_and_keeping_sends_it_again(
    project: Project, webhook: Webhook
) -> None:
    raised(project)
    told = notifying(project, webhook.address())
    folder = project.store.journal.root
    aside = folder.with_name("journal-aside")
    folder.rename(aside)
    folder.write_text("no folder", encoding="utf-8")
    with pytest.raises(StoreError):
        deliver_alerts(told, NOW)
    folder.unlink()
    aside.rename(folder)
    assert [outcome.delivered for outcome in deliver_alerts(told, NOW)] == [True]
    assert len(webhook.bodies) == 2


def test_a_sender_killed_between_delivery_and_record_is_followed_by_another_delivery(
    project: Project, webhook: Webhook
) -> None:
    raised(project)
    command = [sys.executable, "-m", "monitor", "notify", "alerts"]
    env = environment(
        MONITOR_NOTIFY=webhook.address(), MONITOR_PROJECT=str(project.settings.project)
    )
    sender = subprocess.Popen(command, env=env, stderr=subprocess.PIPE)
    webhook.taken = sender.kill
    sender.communicate(timeout=200)
    assert sender.returncode == -signal.SIGKILL
    webhook.taken = lambda: None
    assert subprocess.run(command, env=env, timeout=200, check=False).returncode == 0
    assert [body["title"] for body in webhook.bodies] == [ALERT.title, ALERT.title]
    assert deliver_alerts(notifying(project, webhook.address()), NOW) == ()


def test_two_processes_at_once_tell_nobody_twice(project: Project, webhook: Webhook) -> None:
    raised(project)
    told = notifying(project, webhook.address())
    during: list[StoreBusyError] = []

    def another_one() -> None:
        with pytest.raises(StoreBusyError) as caught:
            deliver_alerts(told, NOW)
        during.append(caught.value)

    webhook.taken = another_one
    assert [outcome.delivered for outcome in deliver_alerts(told, NOW)] == [True]
    assert len(webhook.bodies) == len(during) == 1


def test_no_secret_of_an_address_is_stored_or_told(project: Project, webhook: Webhook) -> None:
    raised(project)
    told = notifying(project, webhook.address("path-token"))
    outcomes = (*deliver_alerts(told, NOW), *send_test(told, NOW))
    for secret in (SECRET, "path-token"):
        assert secret not in repr(outcomes)
        assert secret.encode() not in stored_bytes(project)


def test_an_address_nobody_knows_is_named_by_its_place_and_not_by_its_text(
    project: Project,
) -> None:
    with pytest.raises(ConfigError, match="address 2 of MONITOR_NOTIFY") as caught:
        targets(notifying(project, "json://127.0.0.1:1", f"nonsense://{SECRET}"))
    assert SECRET not in str(caught.value)


def test_the_test_message_arrives_every_time(project: Project, webhook: Webhook) -> None:
    told = notifying(project, webhook.address())
    for seconds in range(2):
        (outcome,) = send_test(told, NOW + timedelta(seconds=seconds))
        assert outcome.delivered
    assert len(webhook.bodies) == 2


def test_the_digest_says_the_verdict_and_goes_out_once_a_week(
    project: Project, webhook: Webhook
) -> None:
    told_history(project, project.pack("demo"), 3, lambda _: Told(steady))
    raised(project)
    told = notifying(project, webhook.address())
    assert [outcome.delivered for outcome in deliver_digest(told, "demo", NOW)] == [True]
    assert deliver_digest(told, "demo", NOW + timedelta(days=3)) == ()
    assert len(deliver_digest(told, "demo", NOW + timedelta(days=7))) == 1
    message = webhook.bodies[0]["message"]
    address = project.settings.dashboard_url
    assert f"{OWN} is mentioned in" in message
    assert f"Open alert: {ALERT.title} ({address}/changes?pack=demo&brand={OWN})" in message
    assert f"The figures: {address}/?pack=demo" in message
    assert f"All changes: {address}/changes?pack=demo" in message
    assert "Simulated data" in message


def test_a_digest_compares_once_there_is_something_to_compare(project: Project) -> None:
    told_history(project, project.pack("demo"), 8, lambda _: Told(steady))
    text = digest(project, "demo", NOW).text
    assert f"{OWN}: no real change" in text
    assert re.search(r"Nothing sure in \d+ other figures", text)


def test_a_digest_tells_what_is_real_and_whose_doing_it_is(project: Project) -> None:
    def fallen(_: Cell, brand: str) -> float:
        return 0.0 if brand == OWN else 0.4

    pack = project.pack("demo")
    told_history(project, pack, 8, lambda w: Told(fallen if w >= 4 else steady))
    text = digest(project, "demo", NOW).text
    assert re.search(rf"{OWN}: down \d+ points \(-\d+ to -\d+\), real", text)
    assert f"{OWN}: brand event (the rivals stood still)." in text
