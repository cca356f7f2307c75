"""Which wave to run now: the slot that is due, one that was cut off, or a new one."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from monitor import plan
from monitor.pipeline.probing import wave_of
from monitor.pipeline.project import Project
from monitor.queries import WaveLine, waves
from monitor.store import claim_slot, claimed_slot, ingest, wave_asker
from monitor.types import Pack, Schedule, Slot, Wave, WaveOutcome

_RESUMABLE_FOR = timedelta(hours=24)
_STARTS_WITHIN = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Choice:
    """The wave to run, None if there is nothing to do; `why` says so either way."""

    wave: Wave | None
    why: str
    resumed: bool = False


def due_wave(project: Project, pack: Pack, now: datetime) -> Choice:
    """The wave of the slot that is due: claimed here, or claimed before and cut off.

    However often and from wherever it's called, a slot's questions are asked once.
    """
    if pack.schedule is None:
        return Choice(None, f"{pack.pack_id} has no schedule")
    due = plan.due_slot(pack.schedule, now)
    upcoming = plan.next_slots(pack.schedule, now, 1)[0]
    following = f"next at {plan.slot_name(upcoming, pack.schedule)} {pack.schedule.time_zone}"
    if due is None:
        return Choice(None, f"{pack.pack_id}: nothing is due; {following}")
    name = plan.slot_name(due, pack.schedule)
    wave = wave_of(project, pack, name, now, simulated=_simulated(project, pack))
    who = f"process {os.getpid()}"
    if claim_slot(project.store, Slot(pack.pack_id, name, wave.wave_id, now, who), now):
        return Choice(wave, f"slot {name} is due")
    line = _line(project, wave.wave_id)
    if line is None or _cut_off(line):
        if asker := _at_it(project, pack, wave, line, now):
            return Choice(None, f"{pack.pack_id}: slot {name} is being asked by {asker}")
        return Choice(wave, f"slot {name} was cut off", resumed=line is not None)
    return Choice(None, f"{pack.pack_id}: slot {name} is done; {following}")


def wave_now(project: Project, pack: Pack, now: datetime, *, anew: bool) -> Choice:
    """The pack's last wave if it was cut off within a day, else (or if `anew`) a new one."""
    ingest(project.store, now)
    if not anew:
        for line in waves(project.store, pack.pack_id, limit=1):
            if _cut_off(line) and now - line.started_at < _RESUMABLE_FOR:
                simulated = line.simulated
                wave = wave_of(project, pack, line.slot, now, simulated=simulated)
                return Choice(wave, f"wave {line.slot} was cut off", resumed=True)
    zone = pack.schedule.time_zone if pack.schedule else "UTC"
    slot = plan.slot_name(now, Schedule("* * * * *", zone)) + f":{now:%S}"
    wave = wave_of(project, pack, slot, now, simulated=_simulated(project, pack))
    return Choice(wave, "a new wave")


def ended_wave(project: Project, pack: Pack, now: datetime | None = None) -> str | None:
    """The pack's last wave if it has ended (and begun within a day of `now`), else None.

    Its judging may have been cut off, and is then completed before anything new is asked.
    """
    for line in waves(project.store, pack.pack_id, limit=1):
        if line.outcome is not None and (now is None or now - line.started_at < _RESUMABLE_FOR):
            return line.wave_id
    return None


def _at_it(project: Project, pack: Pack, wave: Wave, line: WaveLine | None, now: datetime) -> str:
    """Who is asking the wave, or is about to: between claim and asking lies a start-up."""
    if asker := wave_asker(project.store, wave.wave_id):
        return asker
    claim = claimed_slot(project.store, pack.pack_id, wave.slot) if line is None else None
    if claim and now - claim.claimed_at < _STARTS_WITHIN and _alive(claim.claimed_by):
        return claim.claimed_by
    return ""


def _alive(process: str) -> bool:
    """Whether "process 12" is there; one of another machine or container looks as if it isn't."""
    number = int(process.rpartition(" ")[2])
    return number != os.getpid() and Path(f"/proc/{number}").exists()


def _cut_off(line: WaveLine) -> bool:
    """Whether calls of the wave are still to be made: it has no end, or left some out."""
    if line.outcome == WaveOutcome.COMPLETE.value:
        return False
    return line.outcome is None or line.stored < line.planned


def _line(project: Project, wave_id: str) -> WaveLine | None:
    return next((line for line in waves(project.store) if line.wave_id == wave_id), None)


def _simulated(project: Project, pack: Pack) -> bool:
    return any(engine.simulated for engine in project.catalog.engines_of(pack))
