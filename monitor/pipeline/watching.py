"""Watches the figures after a wave: opens, keeps and resolves alerts."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.alerts import (
    Alert,
    Finding,
    Open,
    Resolve,
    Stream,
    StreamWave,
    WaveFacts,
    confirmed,
    decide,
    gate,
    may_become,
    signalled_shift,
)
from monitor.errors import InputError
from monitor.pipeline.project import Project
from monitor.queries import AlertLine, View, WaveCounts, alert_lines, find_alert, wave_counts
from monitor.stats.attribution import Attribution, EngineEvidence, Sides, attribute
from monitor.store import ingest
from monitor.types import AlertMoved, AlertOpened, AlertState, Pack

_FIGURE = "visibility"
_SYSTEM = "monitor"


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

    The gate comes first: a wave that's incomplete or asked other questions raises nothing.
    """
    waves = wave_counts(project.store, View(pack.pack_id))
    if not waves:
        return Watch(pack.pack_id, (), (), 0, ("no wave yet",))
    facts = _facts(waves[-1])
    held_back = gate(facts, facts).reasons
    if held_back:
        return Watch(pack.pack_id, (), (), 0, held_back)
    shifts = [signalled_shift(stream, _stream(waves, stream)) for stream in _streams(pack, waves)]
    findings = confirmed([shift for shift in shifts if shift is not None])
    return _act(project, pack, waves, findings, now)


def _streams(pack: Pack, waves: Sequence[WaveCounts]) -> list[Stream]:
    """Ours pooled and on each engine, each rival pooled."""
    engines = sorted({engine for brand, engine in waves[-1].cells if brand == pack.own})
    rivals = sorted({brand for brand, _ in waves[-1].cells} - {pack.own})
    ours = [Stream(_FIGURE, pack.own, engine) for engine in (None, *engines)]
    return ours + [Stream(_FIGURE, rival) for rival in rivals]


def _stream(waves: Sequence[WaveCounts], stream: Stream) -> list[StreamWave]:
    return [StreamWave(_facts(wave), wave.of(stream.brand, stream.engine)) for wave in waves]


def _facts(wave: WaveCounts) -> WaveFacts:
    return WaveFacts(
        wave.wave_id, wave.planned_cells, wave.answered_cells, wave.questions, wave.version
    )


def _act(
    project: Project,
    pack: Pack,
    waves: Sequence[WaveCounts],
    findings: Sequence[Finding],
    now: datetime,
) -> Watch:
    stored = alert_lines(project.store, pack.pack_id)
    intents = decide(findings, [Alert(line.alert_id, line.key, line.state) for line in stored])
    opened = tuple(
        _opened(pack, waves, intent.finding, now) for intent in intents if isinstance(intent, Open)
    )
    moves = tuple(
        AlertMoved(intent.alert_id, AlertState.RESOLVED, now, _SYSTEM, intent.reason)
        for intent in intents
        if isinstance(intent, Resolve)
    )
    if opened or moves:
        project.store.journal.append([*opened, *moves], now)
        ingest(project.store, now)
    known = len(intents) - len(opened) - len(moves)
    return Watch(pack.pack_id, opened, tuple(move.alert_id for move in moves), known)


def _opened(
    pack: Pack, waves: Sequence[WaveCounts], finding: Finding, now: datetime
) -> AlertOpened:
    engine = finding.shift.stream.engine if finding.shift else None
    return AlertOpened(
        alert_id=uuid.uuid4().hex[:12],
        key=finding.key,
        kind=finding.kind.value,
        pack=pack.pack_id,
        brand=finding.brand,
        engine=engine or "",
        since=finding.since,
        opened_at=now,
        title=_title(finding, engine),
        text=_text(finding, _causes(pack, waves, finding)),
    )


def _title(finding: Finding, engine: str | None) -> str:
    if finding.shift is None:
        return f"{finding.brand}: fact {finding.fact_id} is contradicted"
    points = 100 * abs(finding.shift.change.difference or 0.0)
    where = f" on {engine}" if engine else ""
    return f"{finding.brand}{where}: visibility {finding.shift.direction.value} {points:.0f} points"


def _text(finding: Finding, causes: Sequence[Attribution]) -> str:
    if finding.shift is None or finding.verdict is None:
        return f"{len(finding.answer_ids)} answers contradict it; please look at them."
    change = finding.shift.change
    since = finding.since.partition("@")[2][:10] or finding.since
    parts = [
        f"From {100 * (change.before or 0):.0f} % to {100 * (change.after or 0):.0f} % since "
        f"{since}, on {change.questions} questions that both sides have "
        f"({change.answers_before} and {change.answers_after} answers; "
        f"q = {finding.verdict.q:.3g})."
    ]
    parts += [f"{c.engine}: {c.cause.value}{f' ({c.note})' if c.note else ''}." for c in causes]
    return "\n".join(parts)


def _causes(pack: Pack, waves: Sequence[WaveCounts], finding: Finding) -> tuple[Attribution, ...]:
    """What the movement since the shift's first wave is put down to, on each engine it's about."""
    if finding.shift is None:
        return ()
    began = next(i for i, wave in enumerate(waves) if wave.wave_id == finding.since)
    before, after = waves[:began], waves[began:]
    one = finding.shift.stream.engine
    engines = sorted({engine for _, engine in waves[-1].cells if one in (None, engine)})
    rivals = sorted({brand for brand, _ in waves[-1].cells} - {pack.own})
    return attribute(
        EngineEvidence(
            engine,
            _sides(before, after, pack.own, engine),
            {rival: _sides(before, after, rival, engine) for rival in rivals},
            versions_before=_served(before, engine),
            versions_after=_served(after, engine),
        )
        for engine in engines
    )


def _sides(
    before: Sequence[WaveCounts], after: Sequence[WaveCounts], brand: str, engine: str
) -> Sides:
    return Sides(
        tuple(cell for wave in before for cell in wave.of(brand, engine)),
        tuple(cell for wave in after for cell in wave.of(brand, engine)),
    )


def _served(waves: Sequence[WaveCounts], engine: str) -> frozenset[str]:
    return frozenset(version for wave in waves for version in wave.served.get(engine, ()))


def move_alert(
    project: Project, start: str, state: AlertState, by: str, note: str, now: datetime
) -> AlertLine:
    """Move the alert whose id starts so, and return it as it was.

    Raises InputError for an unknown id and for a step that isn't one.
    """
    ingest(project.store, now)
    line = find_alert(project.store, start)
    if not may_become(line.state, state):
        raise InputError(f"alert {line.alert_id} is {line.state} and can't become {state}")
    project.store.journal.append([AlertMoved(line.alert_id, state, now, by, note)], now)
    ingest(project.store, now)
    return line
