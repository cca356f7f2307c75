"""Where a project stands: its packs, their last waves, money, and what comes next."""

from dataclasses import dataclass
from datetime import datetime

from monitor import plan
from monitor.errors import ConfigError
from monitor.pipeline import Project, Waiting, to_judge
from monitor.queries import (
    PackLine,
    WaveLine,
    judging_lines,
    mean_costs_usd,
    packs,
    spent_usd,
    waves,
)
from monitor.report.judging import judging_usd
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
    judged: int = 0
    unusable: int = 0
    judging_usd: float = 0.0


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
    return Standing(lines, tuple(_notes(project, lines, taken)))


def _pack_standing(
    project: Project, pack_id: str, line: PackLine | None, now: datetime
) -> PackStanding:
    pack = project.catalog.packs.get(pack_id)
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    last = waves(project.store, pack_id, limit=1) if pack_id else ()
    judgings = judging_lines(project.store, pack_id, last[0].wave_id) if last else ()
    return PackStanding(
        pack=pack_id,
        answers=line.answers if line else 0,
        waves=line.waves if line else 0,
        last=last[0] if last else None,
        month_usd=spent_usd(project.store, month, pack_id) if pack_id else 0.0,
        budget_usd=pack.budget.month_usd if pack else None,
        next_slot=_next_slot(pack, now),
        simulated=line.simulated if line else False,
        judged=sum(one.usable for one in judgings),
        unusable=sum(one.failed + one.unusable for one in judgings),
        judging_usd=sum(one.cost_usd for one in judgings),
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
        "judged": pack.judged,
        "judge_unusable": pack.unusable,
        "judging_usd": pack.judging_usd,
        "month_usd": pack.month_usd,
        "budget_usd": pack.budget_usd,
        "next_slot": pack.next_slot,
        "simulated": pack.simulated,
    }


def _judge_notes(project: Project, lines: tuple[PackStanding, ...]) -> list[str]:
    """What judges still have to do in each pack's last wave, and which replies are of no use."""
    notes = []
    for line in lines:
        pack = project.catalog.packs.get(line.pack)
        if line.unusable:
            notes.append(
                f"{line.pack}: {line.unusable} judges' replies about wave {_slot(line)} are of no "
                "use; `monitor sql` shows them in judging_reads"
            )
        judges = project.catalog.judges_of(pack) if pack else ()
        if pack is None or line.last is None or line.last.outcome is None or not judges:
            continue
        try:
            waiting = to_judge(project, pack, judges, [line.last.wave_id]).waiting
        except ConfigError as e:
            notes.append(f"{line.pack}: nothing can be judged: {e}")
            continue
        if waiting:
            usd = _expected_usd(project, waiting)
            cost = "at a cost nobody knows" if usd is None else f"for about ${usd:.2f}"
            notes.append(
                f"{line.pack}: {len(waiting)} answers of wave {_slot(line)} wait for a judge; "
                f"`monitor remeasure --judge` has them judged {cost}"
            )
    return notes


def _slot(line: PackStanding) -> str:
    return line.last.slot if line.last else ""


def _expected_usd(project: Project, waiting: tuple[Waiting, ...]) -> float | None:
    past = mean_costs_usd(project.store, "judgings")
    costs = [judging_usd(one.judge, past)[0] for one in waiting]
    known = [cost for cost in costs if cost is not None]
    return sum(known) if len(known) == len(costs) else None


def _notes(project: Project, lines: tuple[PackStanding, ...], taken: Ingestion) -> list[str]:
    notes = [f"{name}: {reason}" for name, reason in taken.broken]
    notes += _judge_notes(project, lines)
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
