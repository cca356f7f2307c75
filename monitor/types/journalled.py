"""What is stored beside answers: waves, slots, notes, alerts and their deliveries."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from monitor.types.answers import Answer
from monitor.types.judged import Judging, Review, Ruling
from monitor.types.measured import Question


@dataclass(frozen=True, slots=True)
class Wave:
    """One scheduled or manual round of asking a pack, as it was planned when it started.

    `slot` is the local wall time it was due ("2026-11-23T06:00"), without offset, so that the
    hour a clock change repeats is one slot. `questions` is how the pack read at that moment.
    """

    wave_id: str
    pack: str
    slot: str
    started_at: datetime
    repeats: int
    planned: int
    """Answers the wave was planned to have."""
    pack_hash: str
    questions: tuple[Question, ...]
    simulated: bool = False
    probes: int = 0
    """How many of the planned answers are to probes of facts."""


class WaveOutcome(StrEnum):
    """How a wave ended; one that was cut off has no outcome yet."""

    COMPLETE = "complete"
    PARTLY_FAILED = "partly_failed"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class WaveEnd:
    """A wave's end; `note` says why it isn't complete."""

    wave_id: str
    ended_at: datetime
    outcome: WaveOutcome
    note: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of a pack's schedule that a process took for itself."""

    pack: str
    slot: str
    wave_id: str
    claimed_at: datetime
    claimed_by: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a person wants to remember on the timeline; `day` is an ISO date."""

    note_id: str
    written_at: datetime
    day: str
    text: str
    author: str = ""
    pack: str = ""


@dataclass(frozen=True, slots=True)
class Adoption:
    """A person's decision to track a name that no brand file has, or no longer to; latest wins."""

    pack: str
    name: str
    decided_at: datetime
    decided_by: str = ""
    tracked: bool = True


class AlertState(StrEnum):
    """How far people have got with an alert: open → acknowledged → resolved."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class AlertOpened:
    """An alert as it was raised; `key` names the matter, so that it's raised once.

    `text` is Markdown for people; `since` is the wave it's about, `engine` "" for all.
    """

    alert_id: str
    key: str
    kind: str
    pack: str
    brand: str
    engine: str
    since: str
    opened_at: datetime
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class AlertMoved:
    """A person, or the opposite movement, changed an alert's state."""

    alert_id: str
    state: AlertState
    moved_at: datetime
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message reached a target; `target` is a fingerprint, for addresses hold secrets."""

    message_id: str
    target: str
    delivered_at: datetime


Entry: TypeAlias = (
    Answer
    | Wave
    | WaveEnd
    | Slot
    | Note
    | Adoption
    | AlertOpened
    | AlertMoved
    | Delivery
    | Judging
    | Review
    | Ruling
)
"""What can't be computed again, and is therefore journalled."""
