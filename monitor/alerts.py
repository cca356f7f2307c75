"""Which movements become alerts: pure decisions from waves to intents; no I/O, no clock.

waves → gate (comparable?) → weekly steps → CUSUM → shift → confirmed by Benjamini–Hochberg and
the effect floor → finding → key → open, refresh or leave. A critical fact contradicted in two
independent answers becomes a finding without statistics, for a person to confirm.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from monitor.stats.changes import (
    EFFECT_FLOOR,
    LEVEL,
    Change,
    ChangeLabel,
    Verdict,
    label_changes,
    paired_change,
)
from monitor.stats.cusum import ALLOWANCE, THRESHOLD, cusum, likely_start, weekly_steps
from monitor.stats.estimates import CellCount, merged
from monitor.types import AlertState, Cell

LEAST_ANSWERED = 0.8
PATIENCE = 4
"""For how many waves after its signal a shift may still be confirmed as answers come in."""
CONTRADICTING_ANSWERS = 2


class AlertKind(StrEnum):
    """What an alert says."""

    SHIFT = "shift"
    CONTRADICTION = "contradiction"


class Direction(StrEnum):
    """Which way a figure went."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class WaveFacts:
    """What decides whether a wave can be compared."""

    wave_id: str
    planned_cells: int
    answered_cells: int
    questions: frozenset[str]
    parser: str
    judge: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether two waves may be compared for alerts, and every reason why not."""

    open: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stream:
    """One figure over time; None is pooled, `topic` "" is every question."""

    figure: str
    brand: str
    engine: str | None = None
    locale: str | None = None
    topic: str = ""

    @property
    def wide(self) -> bool:
        """Whether it's about every question on every engine."""
        return self.engine is None and not self.topic

    @property
    def key(self) -> str:
        """The stream's name in alert keys."""
        about = (self.figure, self.brand, self.engine or "*", self.locale or "*")
        return "|".join((*about, self.topic) if self.topic else about)


@dataclass(frozen=True, slots=True)
class StreamWave:
    """One stream's cells in one wave."""

    facts: WaveFacts
    cells: tuple[CellCount, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """A lasting shift that the CUSUM has signalled, with the change that it amounts to by now."""

    stream: Stream
    direction: Direction
    since: str
    signalled: str
    change: Change


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to alert about. `key` is the same as long as it is the same matter."""

    key: str
    kind: AlertKind
    brand: str
    since: str
    shift: Shift | None = None
    verdict: Verdict | None = None
    fact_id: str = ""
    answer_ids: tuple[str, ...] = ()
    for_review: bool = False


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One answer that a critical fact contradicts; `cell` is what was asked for it."""

    fact_id: str
    brand: str
    wave_id: str
    answer_id: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Alert:
    """A stored alert as its state says it stands."""

    alert_id: str
    key: str
    state: AlertState


@dataclass(frozen=True, slots=True)
class Open:
    """Store a new alert, open, and notify."""

    finding: Finding


@dataclass(frozen=True, slots=True)
class Refresh:
    """The matter is already known: update its figures, and notify nobody."""

    alert_id: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Resolve:
    """The opposite has happened since: the alert is over."""

    alert_id: str
    reason: str


Intent = Open | Refresh | Resolve

_NEXT_STATES = {
    AlertState.OPEN: frozenset({AlertState.ACKNOWLEDGED, AlertState.RESOLVED}),
    AlertState.ACKNOWLEDGED: frozenset({AlertState.RESOLVED}),
    AlertState.RESOLVED: frozenset[AlertState](),
}


def gate(before: WaveFacts, after: WaveFacts, *, least: float = LEAST_ANSWERED) -> Gate:
    """Whether two waves may be compared: enough answered, same parser and judge, same questions.

    "Same" allows for questions added or dropped as long as `least` of either wave's are shared:
    what is compared is paired by cell anyway.
    """
    reasons = [
        f"wave {wave.wave_id}: {wave.answered_cells} of {wave.planned_cells} cells answered"
        for wave in (before, after)
        if wave.planned_cells == 0 or wave.answered_cells < least * wave.planned_cells
    ]
    shared = len(before.questions & after.questions)
    most = max(len(before.questions), len(after.questions))
    if shared < least * most:
        reasons.append(f"only {shared} of {most} questions are in both waves")
    if before.parser != after.parser:
        reasons.append(f"matcher {before.parser} then, {after.parser} now: remeasure first")
    if before.judge != after.judge:
        reasons.append(f"judge {before.judge or 'none'} then, {after.judge or 'none'} now")
    return Gate(not reasons, tuple(reasons))


def comparable_waves(waves: Sequence[StreamWave]) -> tuple[StreamWave, ...]:
    """The waves that pass the gate against the last, in order; none if the last fails itself."""
    if not waves or not gate(waves[-1].facts, waves[-1].facts).open:
        return ()
    last = waves[-1].facts
    return tuple(wave for wave in waves if gate(wave.facts, last).open)


def signalled_shift(
    stream: Stream,
    waves: Sequence[StreamWave],
    *,
    k: float = ALLOWANCE,
    h: float = THRESHOLD,
    patience: int = PATIENCE,
    seed: int = 0,
) -> Shift | None:
    """The shift that the CUSUM signals in the last waves, given oldest first; else None.

    A shift found small comes with few answers after it, so it's handed on for `patience` more
    waves. Then the watch starts anew where that shift began: what was news is the new normal.
    """
    kept = comparable_waves(waves)
    start = 0
    while True:
        steps = weekly_steps([wave.cells for wave in kept[start:]])
        heights = [step.z for step in steps]
        points = cusum(heights, k=k, h=h)
        first = next((i for i, point in enumerate(points) if point.signal), None)
        if first is None:
            return None
        likely = likely_start(heights, first)
        began, seen = (start + steps[i].wave for i in (likely, first))
        if seen >= len(kept) - 1 - patience:
            direction = Direction.UP if points[first].signal > 0 else Direction.DOWN
            return _shift(stream, direction, kept[start:], began - start, seed)
        start = max(began, start + 1)


def confirmed(
    shifts: Sequence[Shift], *, level: float = LEVEL, floor: float = EFFECT_FLOOR
) -> tuple[Finding, ...]:
    """The shifts that Benjamini–Hochberg over all of them and the effect floor let stand.

    The panel test counts: a stream is these very questions, and a win on one topic is a win.
    A shift whose change turns out to point the other way isn't one.
    """
    verdicts = label_changes(
        [shift.change for shift in shifts], level=level, floor=floor, panel=True
    )
    return tuple(
        Finding(
            _shift_key(shift.stream, shift.direction) + shift.since,
            AlertKind.SHIFT,
            shift.stream.brand,
            shift.since,
            shift=shift,
            verdict=verdict,
        )
        for shift, verdict in zip(shifts, verdicts, strict=True)
        if verdict.label is ChangeLabel.REAL and _points(shift)
    )


def contradicted_facts(
    contradictions: Iterable[Contradiction], *, least: int = CONTRADICTING_ANSWERS
) -> tuple[Finding, ...]:
    """A finding for each fact contradicted in `least` independent answers, for a person to confirm.

    Answers are independent if they come from different cells or different waves. Repeats of one
    cell in one wave aren't: the same words went to the same model in the same hour, where one
    cached page or one bad search hit makes them all wrong.

    Give the answers since the fact's last alert was resolved: a resolved matter may come back.
    """
    by_fact: dict[tuple[str, str], list[Contradiction]] = defaultdict(list)
    for item in contradictions:
        by_fact[item.brand, item.fact_id].append(item)
    return tuple(
        Finding(
            f"{AlertKind.CONTRADICTION}|{brand}|{fact_id}",
            AlertKind.CONTRADICTION,
            brand,
            min(item.wave_id for item in items),
            fact_id=fact_id,
            answer_ids=tuple(sorted({item.answer_id for item in items})),
            for_review=True,
        )
        for (brand, fact_id), items in sorted(by_fact.items())
        if len({(item.wave_id, item.cell) for item in items}) >= least
    )


def decide(findings: Iterable[Finding], alerts: Iterable[Alert]) -> tuple[Intent, ...]:
    """What to do about the findings, given the stored alerts: each matter is opened once.

    The same shift stays the same matter when resolved; a shift the other way resolves it.
    """
    stored = list(alerts)
    known = {a.key: a for a in stored}
    intents: list[Intent] = []
    opened: set[str] = set()
    for finding in findings:
        alert = known.get(finding.key)
        if alert is not None and alert.state is not AlertState.RESOLVED:
            intents.append(Refresh(alert.alert_id, finding))
        elif finding.key not in opened and (alert is None or finding.shift is None):
            intents.extend(_reversed_by(finding, stored))
            intents.append(Open(finding))
            opened.add(finding.key)
    return tuple(intents)


def may_become(state: AlertState, then: AlertState) -> bool:
    """Whether an alert may go from one state to another: open → acknowledged → resolved."""
    return then in _NEXT_STATES[state]


def due_deliveries(
    alert_ids: Iterable[str], targets: Iterable[str], delivered: Collection[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """Each (alert, target) not known to be delivered; at least once, so twice after a crash."""
    wanted = list(targets)
    return tuple(
        (alert_id, target)
        for alert_id in alert_ids
        for target in wanted
        if (alert_id, target) not in delivered
    )


def _shift(
    stream: Stream, direction: Direction, waves: Sequence[StreamWave], began: int, seed: int
) -> Shift:
    before = merged(cell for wave in waves[:began] for cell in wave.cells)
    after = merged(cell for wave in waves[began:] for cell in wave.cells)
    return Shift(
        stream,
        direction,
        waves[began].facts.wave_id,
        waves[-1].facts.wave_id,
        paired_change(before.values(), after.values(), seed=seed),
    )


def _points(shift: Shift) -> bool:
    difference = shift.change.difference or 0.0
    return difference > 0 if shift.direction is Direction.UP else difference < 0


def _shift_key(stream: Stream, direction: Direction) -> str:
    return f"{AlertKind.SHIFT}|{stream.key}|{direction}|"


def _reversed_by(finding: Finding, alerts: Iterable[Alert]) -> Iterable[Resolve]:
    if finding.shift is None:
        return
    up = finding.shift.direction is Direction.UP
    other = _shift_key(finding.shift.stream, Direction.DOWN if up else Direction.UP)
    for alert in alerts:
        if alert.key.startswith(other) and alert.state is not AlertState.RESOLVED:
            yield Resolve(alert.alert_id, "the figure has shifted the other way")
