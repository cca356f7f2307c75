"""Where a project stands: its packs, their last waves, money, and what comes next."""

from dataclasses import dataclass
from datetime import datetime

from monitor import plan
from monitor.pipeline import Project
from monitor.queries import PackLine, WaveLine, packs, spent_usd, waves
from monitor.store import Ingestion, ingest
from monitor.types import Pack


@dataclass(frozen=True, slots=True)
class PackStanding:
    """One pack; fields are None where it never ran, isn't scheduled, or isn't in prompts/."""

    pack: str
    answers: int
    waves: int
    last: WaveLine | None
    month_usd: float
    budget_usd: float | None
    next_slot: str | None
    simulated: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """All packs, and sentences on what needs attention."""

    packs: tuple[PackStanding, ...]
    notes: tuple[str, ...]

    def records(self) -> list[dict[str, object]]:
        """One record for each pack, for tables and JSON."""
        return [_record(pack) for pack in self.packs]


def standing(project: Project, now: datetime) -> Standing:
    """How the project stands at `now`; takes in what other processes journalled first."""
    taken = ingest(project.store, now)
    found = {line.pack: line for line in packs(project.store)}
    ids = [*project.catalog.packs, *(pack for pack in found if pack not in project.catalog.packs)]
    lines = tuple(_pack_standing(project, pack, found.get(pack), now) for pack in ids)
    return Standing(lines, tuple(_notes(lines, taken)))


def _pack_standing(
    project: Project, pack_id: str, line: PackLine | None, now: datetime
) -> PackStanding:
    pack = project.catalog.packs.get(pack_id)
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    last = waves(project.store, pack_id, limit=1) if pack_id else ()
    return PackStanding(
        pack=pack_id,
        answers=line.answers if line else 0,
        waves=line.waves if line else 0,
        last=last[0] if last else None,
        month_usd=spent_usd(project.store, month, pack_id) if pack_id else 0.0,
        budget_usd=pack.budget.month_usd if pack else None,
        next_slot=_next_slot(pack, now),
        simulated=line.simulated if line else False,
    )


def _next_slot(pack: Pack | None, now: datetime) -> str | None:
    if pack is None or pack.schedule is None:
        return None
    moment = plan.next_slots(pack.schedule, now, 1)[0]
    return f"{plan.slot_name(moment, pack.schedule)} {pack.schedule.time_zone}"


def _record(pack: PackStanding) -> dict[str, object]:
    last = pack.last
    return {
        "pack": pack.pack,
        "answers": pack.answers,
        "waves": pack.waves,
        "last_slot": last.slot if last else None,
        "outcome": (last.outcome or "unfinished") if last else None,
        "coverage": f"{last.stored}/{last.planned}" if last else "–",
        "failed": last.failed if last else 0,
        "month_usd": pack.month_usd,
        "budget_usd": pack.budget_usd,
        "next_slot": pack.next_slot,
        "simulated": pack.simulated,
    }


def _notes(lines: tuple[PackStanding, ...], taken: Ingestion) -> list[str]:
    notes = [f"{name}: {reason}" for name, reason in taken.broken]
    for line in lines:
        if line.last and line.last.stored < line.last.planned:
            missing = line.last.planned - line.last.stored
            notes.append(
                f"{line.pack}: {missing} answers of wave {line.last.slot} are missing; "
                f"`monitor run {line.pack}` asks them"
            )
    if not any(line.answers for line in lines):
        notes.append("Nothing asked yet: `monitor demo` to look around, `monitor run PACK` to ask.")
    return notes
