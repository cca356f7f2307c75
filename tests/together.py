"""Everybody at a project at once: a wave being asked, a dashboard, an export, another writer."""

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from small_project import MARKET_START, Cut, serve_engines, small_project
from waves import Held, command, held, monitor

from monitor.simulator import SimulatorProcess

CHILD = Path(__file__).parent / "together_child.py"
ENGINES = ("sim-chat", "sim-claude")
ROLES = ("reader", "writer", "exporter")


@dataclass(frozen=True, slots=True)
class Together:
    """How it went: by role how long each step took, and what went wrong; then what is held."""

    times_s: dict[str, list[float]]
    errors: dict[str, list[str]]
    waves: list[tuple[int, str]]
    held: Held
    verify: str


def work_together(folder: Path, seconds: float) -> Together:
    """Let a wave, a dashboard, an exporter and a second writer work for `seconds`."""
    project = small_project(folder, Cut(engines=ENGINES, repeats=10))
    simulator = SimulatorProcess(
        project, "demo", start=MARKET_START, today=MARKET_START, latency_ms=1_000,
        fault_options=("none",),
    )  # fmt: skip
    with simulator as handle:
        serve_engines(project, handle, ENGINES)
        monitor(project, "status")
        children = {
            role: subprocess.Popen(
                [sys.executable, str(CHILD), str(project), str(seconds), role],
                stdout=subprocess.PIPE,
                text=True,
            )
            for role in ROLES
        }
        waves = _waves(project, time.monotonic() + seconds)
        said = {role: json.loads(child.communicate(timeout=120)[0])
                for role, child in children.items()}  # fmt: skip
    verify = monitor(project, "verify", check=False).stdout
    return Together(
        {role: log["times_s"] for role, log in said.items()},
        {role: log["errors"] for role, log in said.items()},
        waves,
        held(project),
        verify,
    )


def _waves(project: Path, until: float) -> list[tuple[int, str]]:
    """Ask one wave after the other until then; exit code and words of each."""
    ended = []
    while time.monotonic() < until:
        done = subprocess.run(
            command(project, "run", "demo", "--now"), capture_output=True, text=True, check=False
        )
        ended.append((done.returncode, done.stderr if done.returncode else ""))
    return ended


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of the sorted `values` lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
