"""Brings alerts and digests to people through Apprise: mail, Slack, Teams, webhooks.

At least once: a delivery is journalled after the target took it, so a crash in between sends
it again. Targets are known by a fingerprint; their addresses hold secrets and are never stored.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from monitor.alerts import due_deliveries
from monitor.errors import ConfigError, InputError
from monitor.pipeline import Project
from monitor.queries import AlertLine, alert_lines, delivered, packs
from monitor.report import find_pack, report_on, sentence
from monitor.report.comparison import compare, movement_sentence
from monitor.store import ingest
from monitor.types import AlertState, Delivery


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent; `message_id` is the same when it's sent again."""

    message_id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a message reached a target; `target` names its kind and fingerprint only."""

    message_id: str
    target: str
    delivered: bool


def targets(project: Project) -> dict[str, str]:
    """The addresses of MONITOR_NOTIFY by fingerprint.

    Raises ConfigError for one that Apprise can't read.
    """
    import apprise

    found = {}
    for number, address in enumerate(project.settings.notify.split(), start=1):
        if not apprise.Apprise().add(address):
            raise ConfigError(
                f"address {number} of MONITOR_NOTIFY isn't one that Apprise knows; write it like "
                "mailto://user:password@example.org or json://host/path"
            )
        scheme = address.partition("://")[0]
        digest = hashlib.sha256(address.encode()).hexdigest()[:12]
        found[f"{scheme}-{digest}"] = address
    return found


def deliver_alerts(project: Project, now: datetime) -> tuple[Outcome, ...]:
    """Send every open alert to every target that hasn't got it yet."""
    lines = {line.alert_id: line for line in alert_lines(project.store, states=(AlertState.OPEN,))}
    return _deliver(project, {i: _alert_message(project, line) for i, line in lines.items()}, now)


def deliver_digest(project: Project, pack_id: str | None, now: datetime) -> tuple[Outcome, ...]:
    """Send this week's digest of a pack to every target that hasn't got it yet."""
    message = digest(project, pack_id, now)
    return _deliver(project, {message.message_id: message}, now)


def send_test(project: Project, now: datetime) -> tuple[Outcome, ...]:
    """Send a test message to every target, each time anew."""
    message = Message(
        f"test-{now:%Y%m%dT%H%M%S%f}", "Brand monitor: a test", "Notifications arrive."
    )
    return _deliver(project, {message.message_id: message}, now)


def digest(project: Project, pack_id: str | None, now: datetime) -> Message:
    """The week in a few lines: the verdict sentence, what changed, open alerts, a link."""
    pack = find_pack(packs(project.store), pack_id)
    report = report_on(project.store, pack.pack)
    lines = [sentence(report)]
    if pack.first_day < report.since:
        lines += _changes(project, pack.pack)
    waiting = alert_lines(project.store, pack.pack, (AlertState.OPEN,))
    lines += [f"Open alert: {line.title}" for line in waiting]
    if pack.simulated:
        lines.append("Simulated data: no real assistant was asked.")
    lines.append(project.settings.dashboard_url)
    year, week, _ = now.isocalendar()
    identity = f"digest-{pack.pack}-{year}-W{week:02d}"
    return Message(identity, f"{report.own}: week {week} of {year}", "\n\n".join(lines))


def _changes(project: Project, pack_id: str) -> list[str]:
    """What changed of ours, in sentences; or why nothing can be compared."""
    try:
        compared = compare(project.store, pack_id, None, None)
    except InputError as e:
        return [f"Nothing to compare with: {e}"]
    return [
        f"{line.brand}{f' on {line.engine}' if line.engine else ''}: {movement_sentence(line)}"
        for line in compared.found.lines
        if line.brand == compared.pack.brands[0]
    ]


def _alert_message(project: Project, line: AlertLine) -> Message:
    text = f"{line.text}\n\n{project.settings.dashboard_url}"
    return Message(line.alert_id, line.title, text)


def _deliver(project: Project, messages: dict[str, Message], now: datetime) -> tuple[Outcome, ...]:
    addresses = targets(project)
    outcomes = [
        Outcome(message_id, target, _sent(addresses[target], messages[message_id]))
        for message_id, target in due_deliveries(messages, addresses, delivered(project.store))
    ]
    arrived = [Delivery(o.message_id, o.target, now) for o in outcomes if o.delivered]
    if arrived:
        project.store.journal.append(arrived, now)
        ingest(project.store, now)
    return tuple(outcomes)


def _sent(address: str, message: Message) -> bool:
    import apprise

    target = apprise.Apprise()
    target.add(address)
    return bool(target.notify(title=message.title, body=message.text))
