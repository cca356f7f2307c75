"""Brings alerts and digests to people through Apprise: mail, Slack, Teams, webhooks.

At least once: each delivery is journalled after the target took it, so a crash in between sends
that one again. One process delivers at a time, so that two at once tell nobody twice. Targets are
known by a fingerprint; their addresses hold secrets and are never stored.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from monitor.alerts import due_deliveries
from monitor.errors import ConfigError, InputError
from monitor.pipeline import Project
from monitor.queries import AlertLine, Movement, alert_lines, delivered, packs
from monitor.report import find_pack, report_on, sentence
from monitor.report.comparison import cause_sentences, compare, movement_sentence
from monitor.stats import ChangeLabel
from monitor.store import ingest
from monitor.store.alone import only_process
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
    """The week in a few lines: the verdict sentence, what changed, open alerts, links."""
    pack = find_pack(packs(project.store), pack_id)
    report = report_on(project.store, pack.pack)
    lines = [f"From {report.since} to {report.until}: {sentence(report)}"]
    if pack.first_day < report.since:
        lines += _changes(project, pack.pack)
    waiting = alert_lines(project.store, pack.pack, (AlertState.OPEN,))
    lines += [f"Open alert: {line.title} ({_changes_link(project, line)})" for line in waiting]
    if pack.simulated:
        lines.append("Simulated data: no real assistant was asked.")
    lines.append(f"The figures: {_link(project, '', pack=pack.pack)}")
    lines.append(f"All changes: {_link(project, 'changes', pack=pack.pack)}")
    year, week, _ = now.isocalendar()
    identity = f"digest-{pack.pack}-{year}-W{week:02d}"
    return Message(identity, f"{report.own}: week {week} of {year}", "\n\n".join(lines))


def _changes(project: Project, pack_id: str) -> list[str]:
    """What changed of ours, and of rivals for sure; or why nothing can be compared."""
    try:
        compared = compare(project.store, pack_id, None, None)
    except InputError as e:
        return [f"Nothing to compare with: {e}"]
    overall, *others = compared.found.lines
    told = [line for line in others if _worth_telling(line, overall.brand)]
    lines = [f"Against {compared.before}:", *map(_change_line, (overall, *told))]
    if rest := len(others) - len(told):
        lines.append(f"Nothing sure in {rest} other figures.")
    return [*lines, *cause_sentences(compared)]


def _worth_telling(line: Movement, own: str) -> bool:
    if line.brand == own:
        return line.verdict.label is not ChangeLabel.NOISE
    return line.verdict.label is ChangeLabel.REAL


def _change_line(line: Movement) -> str:
    where = f" on {line.engine}" if line.engine else ""
    return f"{line.brand}{where}: {movement_sentence(line)}"


def _alert_message(project: Project, line: AlertLine) -> Message:
    return Message(line.alert_id, line.title, f"{line.text}\n\n{_changes_link(project, line)}")


def _changes_link(project: Project, line: AlertLine) -> str:
    about = {"engine": line.engine} if line.engine else {}
    return _link(project, "changes", pack=line.pack, brand=line.brand, **about)


def _link(project: Project, page: str, **filters: str) -> str:
    """A page of the dashboard with its filters set, where colleagues reach it."""
    return f"{project.settings.dashboard_url.rstrip('/')}/{page}?{urlencode(filters)}"


def _deliver(project: Project, messages: dict[str, Message], now: datetime) -> tuple[Outcome, ...]:
    addresses = targets(project)
    if not messages or not addresses:
        return ()
    with only_process(project.settings.data, "notifications are being sent"):
        ingest(project.store, now)
        due = due_deliveries(messages, addresses, delivered(project.store))
        outcomes = tuple(
            _delivery(project, messages[message_id], target, addresses[target], now)
            for message_id, target in due
        )
        ingest(project.store, now)
    return outcomes


def _delivery(
    project: Project, message: Message, target: str, address: str, now: datetime
) -> Outcome:
    """Send one message to one target, and journal at once that it arrived."""
    arrived = _sent(address, message)
    if arrived:
        project.store.journal.append([Delivery(message.message_id, target, now)], now)
    return Outcome(message.message_id, target, arrived)


def _sent(address: str, message: Message) -> bool:
    import apprise

    target = apprise.Apprise()
    target.add(address)
    return bool(target.notify(title=message.title, body=message.text))
