"""The daemon: APScheduler wakes at each pack's slots and starts one child process per wave.

The state is the slots in the store, not the scheduler: a child runs `monitor run PACK --due`,
which claims the slot or finds it taken, so a cron job beside the daemon does no harm. Times
come from `plan.next_slots` (standard cron), because APScheduler's own cron counts weekdays
from Monday and ANDs day and weekday. LiteLLM lives and dies with the child: the daemon stays
small, and what a provider's library leaks or crashes ends with the wave.
"""

import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from types import FrameType
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from monitor import plan
from monitor.errors import ConfigError
from monitor.pipeline import Project
from monitor.types import Pack, Schedule

_HEARTBEAT_S = 30
_CHILD_GRACE_S = 60

Say = Callable[[str], None]


class CronTrigger(BaseTrigger):  # type: ignore[misc] # APScheduler ships no types
    """Fires as standard cron does in the schedule's time zone."""

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        """The next time (UTC) after `previous`, or after `now` when it never fired."""
        return plan.next_slots(self._schedule, previous or now, 1)[0]


class Waves:
    """The running child processes, one for each pack at most."""

    def __init__(self, project: Project, say: Say) -> None:
        self._root = project.settings.project
        self._say = say
        self._lock = threading.Lock()
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._stopping = False

    def run(self, pack_id: str) -> None:
        """Run the pack's due slot in a child and wait for it."""
        with self._lock:
            if self._stopping or pack_id in self._children:
                return
            command = [sys.executable, "-m", "monitor", "--project", str(self._root), "-q"]
            child = subprocess.Popen([*command, "run", pack_id, "--due"])  # noqa: S603 - ours
            self._children[pack_id] = child
        code = child.wait()
        with self._lock:
            del self._children[pack_id]
        self._say(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%SZ} {pack_id}: ended with exit code {code}")

    def stop(self) -> None:
        """Let running children end cleanly: what they were answered is kept."""
        with self._lock:
            self._stopping = True
            children = tuple(self._children.values())
        for child in children:
            child.terminate()
        for child in children:
            try:
                child.wait(_CHILD_GRACE_S)
            except subprocess.TimeoutExpired:
                child.kill()


def run_scheduler(project: Project, say: Say) -> None:
    """Stay until SIGTERM or ^C. Raises ConfigError when no pack has a schedule."""
    packs = [pack for pack in project.catalog.packs.values() if pack.schedule is not None]
    if not packs:
        raise ConfigError("no pack has a schedule: give one `schedule: {cron: …, time_zone: …}`")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    waves = Waves(project, say)
    scheduler = BackgroundScheduler(timezone=UTC)
    for pack in packs:
        _add(scheduler, pack, waves)
        say(_announcement(pack))
    # A wait is monotonic and sleeps through a suspended machine or a set clock; this wakes it.
    scheduler.add_job(lambda: None, "interval", seconds=_HEARTBEAT_S)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _setter(stop))
    scheduler.start()
    while not stop.wait(1.0):
        continue
    say("stopping: waiting for answers on their way")
    waves.stop()
    scheduler.shutdown(wait=True)


def _add(scheduler: Any, pack: Pack, waves: Waves) -> None:
    options = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    if pack.schedule is None:
        return
    scheduler.add_job(
        waves.run, CronTrigger(pack.schedule), args=[pack.pack_id], id=pack.pack_id, **options
    )
    # What fell due while nobody was there, or was cut off, is caught up on at the start.
    scheduler.add_job(waves.run, args=[pack.pack_id], id=f"{pack.pack_id} at start", **options)


def _announcement(pack: Pack) -> str:
    if pack.schedule is None:
        return f"{pack.pack_id}: not scheduled"
    upcoming = plan.next_slots(pack.schedule, datetime.now(UTC), 1)[0]
    when = plan.slot_name(upcoming, pack.schedule)
    return f"{pack.pack_id}: next at {when} {pack.schedule.time_zone}"


def _setter(event: threading.Event) -> Callable[[int, FrameType | None], None]:
    return lambda _number, _frame: event.set()
