"""The demo: an invented brand's twelve weeks, asked over HTTP from simulated assistants.

Everything is real but the assistants: the questions go out through LiteLLM, the answers come
back in the providers' wire formats, and they are kept, measured and shown as any others.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from monitor import plan
from monitor.catalog import scaffold
from monitor.pipeline.keeping import Clock
from monitor.pipeline.measuring import measure
from monitor.pipeline.project import Project, open_project
from monitor.pipeline.simulated import addressed, simulator_of
from monitor.pipeline.waves import Tally, ask_wave
from monitor.provider import Asker
from monitor.queries import waves
from monitor.store import ingest
from monitor.types import Pack, Wave

PACK = "demo"


@dataclass(frozen=True, slots=True)
class Step:
    """How far the demo is: answers stored of those planned, and what is being done."""

    done: int
    planned: int
    note: str


OnStep = Callable[[Step], None]


def demo_folder(root: Path, weeks: int, seed: int) -> Path:
    """Where the demo's own project lies: apart from the user's, among the data git ignores."""
    return root / "data" / f"demo-{weeks}-weeks-seed-{seed}"


def run_demo(folder: Path, weeks: int, seed: int, now: datetime, on_step: OnStep) -> Project:
    """Make or complete the demo in `folder` and return its project.

    A demo that was cut off is completed; one that is there gets the weeks since.
    """
    project = _prepared(folder, weeks, seed, now)
    pack = project.pack(PACK)
    ingest(project.store, now)
    history = _history(project, pack, now)
    done = {line.wave_id for line in waves(project.store) if line.outcome is not None}
    asyncio.run(_ask_history(project, pack, [w for w in history if w.wave_id not in done], on_step))
    on_step(Step(0, 0, "measuring"))
    measure(project, now)
    return project


def _prepared(folder: Path, weeks: int, seed: int, now: datetime) -> Project:
    if not (folder / ".env").exists():
        scaffold(folder, [PACK], starter=False)
        first = now.date() - timedelta(days=now.weekday(), weeks=weeks - 1)
        (folder / ".env").write_text(
            f"MONITOR_SIMULATOR_SEED={seed}\nMONITOR_SIMULATOR_START={first}\n", encoding="utf-8"
        )
    return open_project(folder)


def _history(project: Project, pack: Pack, now: datetime) -> list[Wave]:
    """A wave for every time the pack was due since the market's first day, oldest first."""
    start = project.settings.simulator_start or now.date()
    if pack.schedule is None:
        return []
    moment = datetime.combine(start, time.min, UTC) - timedelta(minutes=1)
    found = []
    while (moment := plan.next_slots(pack.schedule, moment, 1)[0]) <= now:
        wave = plan.new_wave(pack, plan.slot_name(moment, pack.schedule), moment, simulated=True)
        found.append(wave)
    return found


async def _ask_history(project: Project, pack: Pack, history: list[Wave], on_step: OnStep) -> None:
    if not history:
        return
    planned = sum(wave.planned for wave in history)
    engines = project.catalog.engines_of(pack)
    done = 0
    on_step(Step(0, planned, "starting simulated assistants"))
    with simulator_of(project, pack, date.fromisoformat(history[-1].slot[:10])) as handle:
        on_step(Step(0, planned, "loading LiteLLM"))
        async with Asker() as asker:
            for wave in history:
                day = date.fromisoformat(wave.slot[:10])
                result = await ask_wave(
                    project,
                    pack,
                    wave,
                    addressed(engines, handle, day),
                    _clock_from(wave.started_at),
                    on_progress=_reporter(on_step, done, planned, wave.slot[:10]),
                    asker=asker,
                )
                if result.interrupted:
                    raise KeyboardInterrupt
                done += wave.planned


def _reporter(on_step: OnStep, before: int, planned: int, week: str) -> Callable[[Tally], None]:
    return lambda tally: on_step(Step(before + tally.asked, planned, f"week of {week}"))


def _clock_from(start: datetime) -> Clock:
    """A clock that runs on from `start`: history is asked now, and dated then."""
    begun = datetime.now(UTC)
    return lambda: start + (datetime.now(UTC) - begun)
