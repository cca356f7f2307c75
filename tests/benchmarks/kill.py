"""`kill -9` of what asks and keeps answers, hundreds of times; prints what was lost (nothing).

    uv run python tests/benchmarks/kill.py [--kills 300] [--waves 20] [--seed 1]

`--waves` of the kills hit whole waves (`monitor run`, LiteLLM included), the others a process that
journals 200 answers a second, ingests and measures as a wave does, on one project without end.
Then the database is deleted and rebuilt, and the report compared byte by byte.
"""

import argparse
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS))

from small_project import MARKET_START, Cut, serve_engines, small_project  # noqa: E402
from waves import (  # noqa: E402
    Held,
    held,
    journalled,
    kill_group,
    killed_keepers,
    monitor,
    opened,
    started,
    wait_for_answers,
)

from monitor.errors import StoreError  # noqa: E402
from monitor.pipeline import open_project  # noqa: E402
from monitor.simulator import SimulatorProcess  # noqa: E402

ENGINES = ("sim-chat", "sim-claude")
REPORT = ("report", "--since", "2026-01-01", "--until", "2027-12-31", "--format", "json")


@dataclass(slots=True)
class Row:
    """A line of the table."""

    what: str
    kills: int
    held: Held
    damaged: int
    same_figures: bool
    seconds: float

    def __str__(self) -> str:
        return (
            f"{self.what:<28}{self.kills:>7}{len(self.held.journalled):>11}"
            f"{len(self.held.lost):>7}{len(self.held.doubled):>9}{len(self.held.asked_twice):>13}"
            f"{self.damaged:>9}{'yes' if self.same_figures else 'NO':>14}{self.seconds:>9.0f}"
        )

    @property
    def good(self) -> bool:
        """Whether nothing was lost, doubled, or changed by the rebuild."""
        found = self.held
        return self.same_figures and not (found.lost or found.doubled or found.asked_twice)


def main() -> int:
    """Kill, count, print the table; 1 when anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--waves", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311 - when to kill is no secret
    with tempfile.TemporaryDirectory() as folder:
        rows = [
            kills_of_waves(Path(folder, "waves"), options.waves, chance),
            kills_of_keepers(Path(folder, "keepers"), options.kills - options.waves, chance),
        ]
    say(f"{'':<28}{'kills':>7}{'journalled':>11}{'lost':>7}{'doubled':>9}{'asked twice':>13}"
        f"{'damaged':>9}{'same figures':>14}{'seconds':>9}")  # fmt: skip
    for row in rows:
        say(str(row))
    return 0 if all(row.good for row in rows) else 1


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def kills_of_waves(folder: Path, kills: int, chance: random.Random) -> Row:
    """Kill waves at random points; a wave that was finished makes room for a new one."""
    begun = time.monotonic()
    project = small_project(folder, Cut(engines=ENGINES, repeats=10))
    simulator = SimulatorProcess(
        project, "demo", start=MARKET_START, today=MARKET_START, latency_ms=200,
        fault_options=("none",),
    )  # fmt: skip
    damaged = 0
    with simulator as handle:
        serve_engines(project, handle, ENGINES)
        for number in range(kills):
            wave = started(project, "run", "demo")
            if chance.random() < 0.2:
                time.sleep(chance.random() * 10)
            else:
                wait_for_answers(project, len(journalled(project)) + 1, 60)
                time.sleep(chance.random() * 2)
            kill_group(wave)
            damaged += mended(project)
            progress("waves", number, kills)
        monitor(project, "run", "demo")
    return Row("whole waves", kills, held(project), damaged, same_figures(project),
               time.monotonic() - begun)  # fmt: skip


def kills_of_keepers(folder: Path, kills: int, chance: random.Random) -> Row:
    """Kill a process that keeps answers, at any moment from its start on."""
    begun = time.monotonic()
    project = small_project(folder)
    damaged = 0
    with killed_keepers(project) as keep_and_kill:
        for number in range(kills):
            keep_and_kill(chance.random() ** 2 * 2)
            damaged += mended(project)
            progress("keepers", number, kills)
    return Row("keeping, 200 answers/s", kills, held(project), damaged, same_figures(project),
               time.monotonic() - begun)  # fmt: skip


def mended(folder: Path) -> int:
    """1 when the kill damaged the database and it was rebuilt, else 0."""
    try:
        open_project(folder).store.prepare()
    except StoreError as e:
        if "monitor rebuild" not in str(e):
            raise
        opened(folder)
        return 1
    return 0


def same_figures(folder: Path) -> bool:
    """Whether the report is the same, byte by byte, after deleting and rebuilding the database."""
    monitor(folder, "remeasure")
    before = monitor(folder, *REPORT).stdout
    for file in (folder / "data").glob("monitor.duckdb*"):
        file.unlink()
    monitor(folder, "rebuild")
    return monitor(folder, *REPORT).stdout == before != ""


def progress(what: str, number: int, of: int) -> None:
    if number % 20 == 19:
        sys.stderr.write(f"{what}: {number + 1} of {of}\n")


if __name__ == "__main__":
    sys.exit(main())
