"""Which probes a wave asks besides the pack's questions (MEASUREMENT.md, section 6)."""

from datetime import date, datetime

from monitor import plan
from monitor.facts import probe_questions
from monitor.pipeline.project import Project
from monitor.queries import waves_before
from monitor.types import Pack, Question, Wave


def wave_of(project: Project, pack: Pack, slot: str, now: datetime, *, simulated: bool) -> Wave:
    """The wave of the pack's `slot`, with probes if it's one that takes them."""
    earlier = waves_before(project.store, pack.pack_id, slot) if pack.probes else 0
    probes = wave_probes(project, pack, slot, earlier)
    return plan.new_wave(pack, slot, now, simulated=simulated, probes=probes)


def wave_probes(project: Project, pack: Pack, slot: str, earlier: int) -> tuple[Question, ...]:
    """The probes of the wave at `slot`, which follows `earlier` ones; often none."""
    if pack.probes is None or not plan.takes_probes(pack.probes, earlier):
        return ()
    return pack_probes(project, pack, date.fromisoformat(slot[:10]))


def pack_probes(project: Project, pack: Pack, day: date) -> tuple[Question, ...]:
    """Every probe that the pack asks for, of the facts that hold on `day`."""
    if pack.probes is None:
        return ()
    langs = dict.fromkeys(locale.split("-")[0].lower() for locale in pack.locales)
    return probe_questions(pack.probes, project.catalog.facts_of(pack), tuple(langs), day)
