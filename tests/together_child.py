"""One of several processes that use a project at once, for some seconds; then it says how it went.

    python tests/together_child.py PROJECT SECONDS reader|writer|exporter

The reader does what the dashboard does, in four threads; the writer journals and ingests as the
end of each batch of a wave does; the exporter runs the command line. Each prints one JSON object:
`times_s`, how long each of its steps took, and `errors`.
"""

import dataclasses
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from monitor import queries
from monitor.pipeline import Project, measure, open_project
from monitor.queries import By, Event, View
from monitor.store import ingest
from monitor.types import Answer, AnswerStatus, Origin

_EVERY_S = 0.2


def read_pages(project: Project) -> None:
    """What the Overview, Questions and Runs pages ask for."""
    store = project.store
    view = View("demo")
    queries.packs(store)
    queries.rates(store, view, Event.VISIBILITY, By(week=True))
    queries.rates(store, view, Event.VISIBILITY, By(engine=True))
    queries.question_cells(store, view, "Tessavik")
    queries.answer_lines(store, view, "Tessavik")
    queries.waves(store)
    queries.failures(store)
    queries.holdings(store)


def write_batch(project: Project) -> None:
    """Journal a few answers and take them in; measure them now and then."""
    now = datetime.now(UTC)
    answers = [
        Answer(
            answer_id=f"together-{os.getpid()}-{time.monotonic_ns()}-{number}",
            question="Which CMS?",
            engine="sim-chat",
            asked_at=now,
            status=AnswerStatus.OK,
            text="Tessavik, then Pergola.",
            origin=Origin.IMPORT,
            pack="demo",
            question_id="best-headless",
            locale="en-US",
        )
        for number in range(5)
    ]
    project.store.journal.append(answers, now)
    ingest(project.store, now)


def export(project: Project) -> None:
    """Export all answers by the command line, and count what comes."""
    done = subprocess.run(
        [sys.executable, "-m", "monitor", "--project", str(project.settings.project),
         "export", "answers", "--format", "jsonl"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode or done.stderr:
        raise RuntimeError(f"exit {done.returncode}: {done.stderr}")
    ids = [json.loads(line)["answer_id"] for line in done.stdout.splitlines()]
    if len(ids) != len(set(ids)):
        raise RuntimeError(f"{len(ids) - len(set(ids))} of {len(ids)} answers were exported twice")


@dataclasses.dataclass
class Log:
    """What a process did."""

    times_s: list[float] = dataclasses.field(default_factory=list)
    errors: list[str] = dataclasses.field(default_factory=list)

    def repeat(self, step: Callable[[], None], until: float, every_s: float) -> None:
        """Do `step` until then, and note how long it took or what went wrong."""
        while time.monotonic() < until:
            begun = time.monotonic()
            try:
                step()
            except Exception as e:  # noqa: BLE001 - whatever it is, the test must hear of it
                self.errors.append(f"{type(e).__name__}: {e}")
            self.times_s.append(time.monotonic() - begun)
            time.sleep(every_s)


def main(folder: Path, seconds: float, role: str) -> None:
    project = open_project(folder)
    until = time.monotonic() + seconds
    log = Log()
    match role:
        case "reader":
            threads = [
                threading.Thread(
                    target=log.repeat, args=(lambda: read_pages(project), until, _EVERY_S)
                )
                for _ in range(4)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        case "writer":
            log.repeat(lambda: write_batch(project), until, _EVERY_S)
            measure(project, datetime.now(UTC))
        case "exporter":
            log.repeat(lambda: export(project), until, 0.0)
    sys.stdout.write(json.dumps(dataclasses.asdict(log)))


main(Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3])
