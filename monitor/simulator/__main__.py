"""`python -m monitor.simulator`: the child that `SimulatorProcess` starts."""

import argparse
import os
import sys
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from monitor.errors import MonitorError
from monitor.simulator.faults import faults_from
from monitor.simulator.judging import JudgeErrors, SimulatedJudge
from monitor.simulator.market import Market
from monitor.simulator.process import READY, run_foreground
from monitor.simulator.server import SimulatorHandle


def main(arguments: list[str] | None = None) -> int:
    """Serve until standard input ends; 0, or 1 with one line on stderr."""
    options = _options(arguments)
    today = options.today or datetime.now(UTC).date()
    try:
        market = market_of(options.project, options.pack, options.seed, options.start, today)
        threading.Thread(target=_end_with_parent, daemon=True).start()
        run_foreground(
            market,
            on_ready=_announce,
            port=options.port,
            latency_ms=options.latency_ms,
            faults=faults_from(tuple(options.fault)),
            today=today,
            judge=SimulatedJudge(
                market, JudgeErrors(options.judge_sensitivity, options.judge_specificity)
            ),
        )
    except MonitorError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def market_of(project: Path, pack_id: str, seed: int, start: date | None, today: date) -> Market:
    """The market of a project's pack; week 1 starts on `start`, by default 11 weeks ago."""
    from monitor import catalog

    found = catalog.load(project)
    if pack_id not in found.packs:
        known = ", ".join(sorted(found.packs)) or "none"
        raise MonitorError(f"no pack {pack_id!r} in {project}; there is {known}")
    pack = found.packs[pack_id]
    return Market(
        pack,
        found.brands_of(pack),
        found.engines_of(pack),
        seed=seed,
        start=start or today - timedelta(weeks=11),
        facts=found.facts_of(pack),
    )


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m monitor.simulator", description=__doc__)
    parser.add_argument("--project", type=Path, required=True)
    parser.add_argument("--pack", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=date.fromisoformat)
    parser.add_argument("--today", type=date.fromisoformat)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency-ms", type=float, default=0.0)
    parser.add_argument("--judge-sensitivity", type=float, default=JudgeErrors().sensitivity)
    parser.add_argument("--judge-specificity", type=float, default=JudgeErrors().specificity)
    parser.add_argument("--fault", action="append", default=[], metavar="KIND=RATE")
    return parser.parse_args(arguments)


def _announce(handle: SimulatorHandle) -> None:
    sys.stdout.write(f"{READY}{handle.port}\n")
    sys.stdout.flush()


def _end_with_parent() -> None:
    """The parent holds our standard input open; its end, however it comes, is ours.

    Reads unbuffered: a thread inside a buffered read would hold its lock at our own exit.
    """
    while os.read(0, 1024):
        pass
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
