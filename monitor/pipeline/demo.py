"""The demo: an invented brand's twelve weeks, asked over HTTP from simulated assistants.

Everything is real but the assistants: the questions go out through LiteLLM, the answers come
back in the providers' wire formats, and they are kept, measured and shown as any others.
"""

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from multiprocessing.queues import Queue
from pathlib import Path
from typing import TYPE_CHECKING

from monitor import plan
from monitor.catalog import scaffold
from monitor.pipeline.asking import Tally
from monitor.pipeline.keeping import Clock
from monitor.pipeline.measuring import measure
from monitor.pipeline.probing import wave_probes
from monitor.pipeline.project import Project, open_project
from monitor.pipeline.simulated import addressed, simulator_of
from monitor.pipeline.waves import WaveResult, run_wave
from monitor.queries import waves
from monitor.store import ingest
from monitor.types import Pack, Wave

if TYPE_CHECKING:
    from monitor.simulator import SimulatorHandle

PACK = "demo"
_PROCESSES = 2
_NEWS_EVERY = 20


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
    _ask_history(project, pack, [wave for wave in history if wave.wave_id not in done], on_step)
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
    found: list[Wave] = []
    while (moment := plan.next_slots(pack.schedule, moment, 1)[0]) <= now:
        slot = plan.slot_name(moment, pack.schedule)
        probes = wave_probes(project, pack, slot, len(found))
        found.append(plan.new_wave(pack, slot, moment, simulated=True, probes=probes))
    return found


def _ask_history(project: Project, pack: Pack, history: list[Wave], on_step: OnStep) -> None:
    """Ask the waves, two at a time: each process's event loop keeps one core busy."""
    if not history:
        return
    planned = sum(wave.planned for wave in history)
    on_step(Step(0, planned, "starting simulated assistants"))
    context = multiprocessing.get_context("spawn")
    news: Queue[tuple[str, int]] = context.Queue()
    with (
        simulator_of(project, pack, date.fromisoformat(history[-1].slot[:10])) as handle,
        ProcessPoolExecutor(
            min(_PROCESSES, os.cpu_count() or 1, len(history)),
            mp_context=context,
            initializer=_remember_news,
            initargs=(news,),
        ) as pool,
    ):
        on_step(Step(0, planned, "loading LiteLLM"))
        running = {
            pool.submit(_ask_wave, project.settings.project, wave, handle) for wave in history
        }
        asked: dict[str, int] = {}
        while running:
            ended, running = wait(running, timeout=0.2, return_when=FIRST_COMPLETED)
            while not news.empty():
                slot, count = news.get()
                asked[slot] = count
                on_step(Step(sum(asked.values()), planned, f"week of {slot[:10]}"))
            if any(future.result().interrupted for future in ended):
                pool.shutdown(cancel_futures=True)
                raise KeyboardInterrupt


def _remember_news(news: "Queue[tuple[str, int]]") -> None:
    """Where this process tells how many answers of a wave it has."""
    _news.append(news)


_news: "list[Queue[tuple[str, int]]]" = []


def _ask_wave(folder: Path, wave: Wave, handle: "SimulatorHandle") -> WaveResult:
    """Ask one wave in a process of the pool."""
    project = open_project(folder)
    pack = project.pack(PACK)
    day = date.fromisoformat(wave.slot[:10])
    return run_wave(
        project,
        pack,
        wave,
        addressed(project.catalog.engines_of(pack), handle, day),
        _clock_from(wave.started_at),
        on_progress=_teller(wave.slot),
    )


def _teller(slot: str) -> Callable[[Tally], None]:
    def tell(tally: Tally) -> None:
        if tally.asked % _NEWS_EVERY == 0 or tally.asked == tally.planned:
            _news[0].put((slot, tally.asked))

    return tell


def _clock_from(start: datetime) -> Clock:
    """A clock that runs on from `start`: history is asked now, and dated then."""
    begun = datetime.now(UTC)
    return lambda: start + (datetime.now(UTC) - begun)
