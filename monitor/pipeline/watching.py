"""Watches the figures after a wave: opens, keeps and resolves alerts.

waves → gate → streams → shifts → confirmed findings → those that others don't explain → intents
→ journal. What decides is in monitor.alerts and monitor.stats; this module feeds it.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from monitor.alerts import (
    PATIENCE,
    Alert,
    AlertKind,
    Direction,
    Finding,
    Open,
    Resolve,
    Shift,
    Stream,
    StreamWave,
    WaveFacts,
    confirmed,
    decide,
    gate,
    signalled_shift,
)
from monitor.pipeline.contradicting import Contradictions, contradictions
from monitor.pipeline.project import Project
from monitor.queries import AlertLine, View, WaveCounts, alert_lines, wave_counts
from monitor.stats import paired_change
from monitor.stats.attribution import (
    Attribution,
    Cause,
    EngineEvidence,
    Sides,
    all_engines,
    attribute,
)
from monitor.stats.changes import EFFECT_FLOOR
from monitor.store import ingest
from monitor.types import AlertMoved, AlertOpened, AlertState, Pack

_FIGURE = "visibility"
_SYSTEM = "monitor"
_FEWEST_QUESTIONS = 3
"""A tag on fewer questions is no topic."""
_SURE = 0.01
"""Something else has to have moved for sure before it may explain a finding, or be one."""
_WITNESS_WAVES = 4
"""Causes are looked for in as many waves before a shift: earlier ones may hold earlier shifts."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What one look at a pack's streams did; `held_back` says why there was nothing to look at."""

    pack: str
    opened: tuple[AlertOpened, ...]
    resolved: tuple[str, ...]
    known: int
    held_back: tuple[str, ...] = ()


def watch(project: Project, pack: Pack, now: datetime) -> Watch:
    """Look at the pack's streams up to its last wave and act on what is found.

    The gate comes first: a wave that's incomplete or asked other questions raises no shift.
    Contradictions of critical facts need no statistics and pass no gate.
    """
    return _watch(project, pack, wave_counts(project.store, View(pack.pack_id)), now)


def watch_again(project: Project, pack: Pack) -> tuple[Watch, ...]:
    """Look at every wave in turn, as if it had just been asked: for a history that came at once."""
    waves = wave_counts(project.store, View(pack.pack_id))
    return tuple(
        _watch(project, pack, waves[:count], waves[count - 1].started_at)
        for count in range(1, len(waves) + 1)
    )


def _watch(project: Project, pack: Pack, waves: Sequence[WaveCounts], now: datetime) -> Watch:
    with project.store.reading("alerts and contradicted facts"):
        stored = alert_lines(project.store, pack.pack_id)
        against = contradictions(project, pack, stored, waves[-1].day if waves else now.date())
    held_back = gate(_facts(waves[-1]), _facts(waves[-1])).reasons if waves else ("no wave yet",)
    found = () if held_back else _shifts(pack, waves)
    looked = _act(project, pack, waves, [*found, *against.findings], against, stored, now)
    return replace(looked, held_back=held_back)


def _shifts(pack: Pack, waves: Sequence[WaveCounts]) -> tuple[Finding, ...]:
    """The shifts that the streams show and that are confirmed together."""
    shifts = [
        signalled_shift(stream, _stream(waves, stream)) for stream in streams(pack.own, waves[-1])
    ]
    return confirmed([shift for shift in shifts if shift is not None])


def streams(own: str, wave: WaveCounts) -> tuple[Stream, ...]:
    """What is watched: ours pooled, by engine and by topic, and each rival pooled."""
    engines = sorted({engine for brand, engine in wave.cells if brand == own})
    rivals = sorted({brand for brand, _ in wave.cells} - {own})
    ours = [Stream(_FIGURE, own, engine) for engine in (None, *engines)]
    topics = [Stream(_FIGURE, own, topic=topic) for topic in _topics(wave)]
    return (*topics, *ours, *(Stream(_FIGURE, rival) for rival in rivals))


def _topics(wave: WaveCounts) -> list[str]:
    """Tags on enough of the wave's questions, but not on all of them."""
    asked = {topic: questions & wave.questions for topic, questions in wave.topics.items()}
    return sorted(
        topic
        for topic, questions in asked.items()
        if _FEWEST_QUESTIONS <= len(questions) < len(wave.questions)
    )


def _stream(waves: Sequence[WaveCounts], stream: Stream) -> list[StreamWave]:
    among = _among(waves, stream)
    return [StreamWave(_facts(wave), wave.of(stream.brand, stream.engine, among)) for wave in waves]


def _among(waves: Sequence[WaveCounts], stream: Stream) -> frozenset[str] | None:
    """The questions of the stream's topic, as the last wave has them; None for all."""
    return waves[-1].topics[stream.topic] if stream.topic else None


def _facts(wave: WaveCounts) -> WaveFacts:
    return WaveFacts(
        wave.wave_id, wave.planned_cells, wave.answered_cells, wave.questions, wave.version
    )


# -- one matter, one alert ----------------------------------------------------------------------


class _Matter(NamedTuple):
    """What a finding or a stored alert is about."""

    brand: str
    engine: str
    topic: str
    direction: str
    since: str

    @classmethod
    def of(cls, shift: Shift) -> "_Matter":
        stream = shift.stream
        engine = stream.engine or "*"
        return cls(stream.brand, engine, stream.topic, shift.direction.value, shift.since)

    @classmethod
    def of_key(cls, key: str) -> "_Matter":
        """From a shift's key: kind, figure, brand, engine, locale, topic if any, way, wave."""
        _, _, brand, engine, _, *topic, direction, since = key.split("|")
        return cls(brand, engine, "".join(topic), direction, since)


def _unexplained(
    findings: Sequence[Finding], waves: Sequence[WaveCounts], stored: Sequence[AlertLine]
) -> list[Finding]:
    """The findings without those that are another matter seen from afar.

    A topic's shift also moves all questions, and every engine; a shift of all questions moves each
    topic, and a shift on all engines each of them. What stays is what moves without the other, or
    has a cause of its own. Topics are looked at first, then all questions, then engines.
    """
    known = [_Matter.of_key(line.key) for line in stored if line.kind == AlertKind.SHIFT]
    wide = [_Matter.of(f.shift) for f in findings if f.shift and f.shift.stream.wide]
    kept: list[Finding] = []
    for finding in findings:
        if finding.shift is not None:
            one = _Matter.of(finding.shift)
            others = [*known, *wide] if one.topic else known
            near = [other for other in others if _same_time(one, other, waves)]
            if any(_explains(other, finding.shift, waves) for other in near):
                continue
            known.append(one)
        kept.append(finding)
    return kept


def _same_time(one: _Matter, other: _Matter, waves: Sequence[WaveCounts]) -> bool:
    if (one.brand, one.direction) != (other.brand, other.direction):
        return False
    return _close(one.since, other.since, waves)


def _close(one: str, other: str, waves: Sequence[WaveCounts]) -> bool:
    """Whether two waves are so near that a shift may as well have begun with either."""
    places = {wave.wave_id: place for place, wave in enumerate(waves)}
    return one in places and other in places and abs(places[one] - places[other]) <= PATIENCE


def _explains(other: _Matter, shift: Shift, waves: Sequence[WaveCounts]) -> bool:
    """Whether `other` is what moved: the rest of the questions, or the other engines, didn't."""
    one = shift.stream
    if one.topic:
        wide = other.engine == "*" and not other.topic
        return wide and _moved(waves, shift, _rest(waves, one.topic), other.since)
    if other.topic:
        return not _moved(waves, shift, _rest(waves, other.topic), other.since)
    if one.engine is None or other.engine != "*":
        return False
    causes = {c.engine: c.cause for c in _causes(waves, shift)}
    alone = len(set(causes.values())) > 1
    return not (alone and causes.get(one.engine) in (Cause.ENGINE, Cause.VERSION))


def _rest(waves: Sequence[WaveCounts], topic: str) -> frozenset[str]:
    """The questions that aren't on the topic."""
    return waves[-1].questions - waves[-1].topics.get(topic, frozenset())


def _moved(waves: Sequence[WaveCounts], shift: Shift, among: frozenset[str], since: str) -> bool:
    """Whether these questions moved the shift's way, since it began or `since` another wave."""
    return any(
        _moved_since(waves, replace(shift, since=wave), among) for wave in {shift.since, since}
    )


def _moved_since(waves: Sequence[WaveCounts], shift: Shift, among: frozenset[str]) -> bool:
    before, after = _around(waves, shift)
    sides = _sides(before, after, shift.stream.brand, shift.stream.engine, among)
    change = paired_change(sides.before, sides.after)
    up = shift.direction is Direction.UP
    size = (change.difference or 0.0) * (1 if up else -1)
    return change.panel_p <= _SURE and size >= EFFECT_FLOOR


def _settled(finding: Finding, stored: Iterable[AlertLine], waves: Sequence[WaveCounts]) -> Finding:
    """The finding under the key of the alert that is about the same shift, if there is one.

    The wave at which a shift likely began moves a little as answers come in.
    """
    if finding.shift is None:
        return finding
    start = finding.key.removesuffix(finding.since)
    for line in stored:
        if line.key.startswith(start) and _close(line.since, finding.since, waves):
            return replace(finding, key=line.key)
    return finding


def _act(
    project: Project,
    pack: Pack,
    waves: Sequence[WaveCounts],
    findings: Sequence[Finding],
    against: Contradictions,
    stored: Sequence[AlertLine],
    now: datetime,
) -> Watch:
    settled = [_settled(finding, stored, waves) for finding in findings]
    known_keys = {line.key for line in stored}
    new = [finding for finding in settled if finding.key not in known_keys]
    settled = [f for f in settled if f.key in known_keys] + _unexplained(new, waves, stored)
    known_alerts = [Alert(line.alert_id, line.key, line.state) for line in reversed(stored)]
    intents = decide(settled, known_alerts)
    opened = tuple(
        against.opened(pack, intent.finding, now)
        if intent.finding.shift is None
        else _opened(pack, waves, intent.finding, intent.finding.shift, now)
        for intent in intents
        if isinstance(intent, Open)
    )
    moves = tuple(
        AlertMoved(intent.alert_id, AlertState.RESOLVED, now, _SYSTEM, intent.reason)
        for intent in intents
        if isinstance(intent, Resolve)
    )
    if opened or moves:
        project.store.journal.append([*opened, *moves], now)
        ingest(project.store, now)
        project.store.settle()
    known = len(intents) - len(opened) - len(moves)
    return Watch(pack.pack_id, opened, tuple(move.alert_id for move in moves), known)


# -- words --------------------------------------------------------------------------------------


def _opened(
    pack: Pack, waves: Sequence[WaveCounts], finding: Finding, shift: Shift, now: datetime
) -> AlertOpened:
    return AlertOpened(
        alert_id=uuid.uuid4().hex[:12],
        key=finding.key,
        kind=finding.kind.value,
        pack=pack.pack_id,
        brand=finding.brand,
        engine=shift.stream.engine or "",
        since=finding.since,
        opened_at=now,
        title=_title(shift),
        text=_text(finding, shift, pack.own, waves),
    )


def _title(shift: Shift) -> str:
    stream = shift.stream
    points = 100 * abs(shift.change.difference or 0.0)
    engine = f" on {stream.engine}" if stream.engine else ""
    topic = f" in {stream.topic}" if stream.topic else ""
    way = "up" if shift.direction is Direction.UP else "down"
    return f"{stream.brand}{engine}{topic}: visibility {way} {points:.0f} points"


def _text(finding: Finding, shift: Shift, own: str, waves: Sequence[WaveCounts]) -> str:
    change = shift.change
    since = finding.since.partition("@")[2][:10] or finding.since
    sure = f"; q = {finding.verdict.q:.3g}" if finding.verdict else ""
    figures = (
        f"From {100 * (change.before or 0):.0f} % to {100 * (change.after or 0):.0f} % since "
        f"{since}, on {change.questions} questions that both sides have "
        f"({change.answers_before} and {change.answers_after} answers{sure})."
    )
    return "\n".join([figures, *_cause_lines(shift, own, waves)])


def _cause_lines(shift: Shift, own: str, waves: Sequence[WaveCounts]) -> list[str]:
    """What it's put down to: on the stream's engine, or on all, then engines that differ."""
    causes = _causes(waves, shift)
    if shift.stream.engine is not None:
        return [_cause_line(c, own, shift) for c in causes if c.engine == shift.stream.engine]
    overall = attribute([all_engines(_evidence(waves, shift))])[0]
    of_engines = (Cause.ENGINE, Cause.VERSION)
    apart = [c for c in causes if c.cause in of_engines and c.cause is not overall.cause]
    return [_cause_line(c, own, shift) for c in (overall, *apart)]


def _cause_line(found: Attribution, own: str, shift: Shift) -> str:
    """ "brand event on security: the rivals stood still."; a rival's own event is a rival event."""
    rival = shift.stream.brand != own
    cause = Cause.RIVAL if rival and found.cause is Cause.BRAND else found.cause
    where = f"{found.engine}: " if found.engine else ""
    topic = f" on the topic {shift.stream.topic}" if shift.stream.topic else ""
    note = (
        found.note.replace("the rivals stood still", "nobody else moved") if rival else found.note
    )
    return f"{where}{cause.value}{topic}{f': {note}' if note else ''}."


# -- causes -------------------------------------------------------------------------------------


def _causes(waves: Sequence[WaveCounts], shift: Shift) -> tuple[Attribution, ...]:
    """What the shift is put down to, on each engine; all are told together."""
    return attribute(_evidence(waves, shift))


def _evidence(waves: Sequence[WaveCounts], shift: Shift) -> list[EngineEvidence]:
    before, after = _around(waves, shift)
    brand, among = shift.stream.brand, _among(waves, shift.stream)
    engines = sorted({engine for name, engine in waves[-1].cells if name == brand})
    others = sorted({name for name, _ in waves[-1].cells} - {brand})
    return [
        EngineEvidence(
            engine,
            _sides(before, after, brand, engine, among),
            {other: _sides(before, after, other, engine, among) for other in others},
            canary=_canary(before, after, engine),
            versions_before=_served(before, engine),
            versions_after=_served(after, engine),
        )
        for engine in engines
    ]


def _around(
    waves: Sequence[WaveCounts], shift: Shift
) -> tuple[Sequence[WaveCounts], Sequence[WaveCounts]]:
    began = next(i for i, wave in enumerate(waves) if wave.wave_id == shift.since)
    return waves[max(0, began - _WITNESS_WAVES) : began], waves[began:]


def _sides(
    before: Sequence[WaveCounts],
    after: Sequence[WaveCounts],
    brand: str,
    engine: str | None,
    among: frozenset[str] | None,
) -> Sides:
    return Sides(
        tuple(cell for wave in before for cell in wave.of(brand, engine, among)),
        tuple(cell for wave in after for cell in wave.of(brand, engine, among)),
    )


def _canary(before: Sequence[WaveCounts], after: Sequence[WaveCounts], engine: str) -> Sides:
    return Sides(
        tuple(cell for wave in before for cell in wave.canaries.get(engine, ())),
        tuple(cell for wave in after for cell in wave.canaries.get(engine, ())),
    )


def _served(waves: Sequence[WaveCounts], engine: str) -> Counter[str]:
    return Counter(version for wave in waves for version in wave.served.get(engine, ()))
