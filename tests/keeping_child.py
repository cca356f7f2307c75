"""A wave's keeping without its asking: answers come 200 a second, until the process is killed.

    python tests/keeping_child.py PROJECT

For each line of standard input it forks a process that keeps, and says "keeping PID" once that
does and "ended" once that was killed. Measures now and then, as the end of a wave does. A store
that an earlier kill damaged is rebuilt first, as a person would.
"""

import asyncio
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from waves import opened

from monitor import plan
from monitor.pipeline import Project, measure
from monitor.pipeline.keeping import Keeper
from monitor.store import answered_now
from monitor.types import Answer, AnswerStatus, Wave


def clock() -> datetime:
    return datetime.now(UTC)


def made_up(project: Project, wave: Wave, number: int) -> Answer:
    """An answer to one of the wave's calls; once all are answered, to a further repeat."""
    calls = plan.calls(project.pack("demo"), wave.wave_id)
    again, place = divmod(number, len(calls))
    return replace(
        plan.draft(calls[place], wave, clock()),
        answer_id=f"{calls[place].answer_id}-{again}",
        repeat=calls[place].repeat + again * wave.repeats,
        status=AnswerStatus.OK,
        text="1. **Tessavik** is solid.\n2. **Pergola** is cheap.",
        raw_body='{"padding": "%s"}' % ("x" * 2_000),
    )


async def keep_on(project: Project, wave: Wave) -> None:
    async with Keeper(project.store, clock) as keeper:
        number = 0
        while True:
            number += 1
            keeper.keep(made_up(project, wave, number))
            await asyncio.sleep(0.005)
            if number % 150 == 0:
                await asyncio.to_thread(measure, project, clock())


def keep(folder: Path) -> None:
    """Keep a new wave's answers, for ever."""
    project = opened(folder)
    slot = f"2026-11-23T06:00:{os.getpid()}-{clock():%H%M%S}"
    wave = plan.new_wave(project.pack("demo"), slot, clock(), simulated=True)
    answered_now(project.store, wave.wave_id, clock())
    project.store.journal.append([wave], clock())
    say(f"keeping {os.getpid()}")
    asyncio.run(keep_on(project, wave))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(folder: Path) -> None:
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            keep(folder)
        os.waitpid(child, 0)
        say("ended")


main(Path(sys.argv[1]))
