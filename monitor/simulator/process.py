"""Runs the simulator in the foreground, or in a child process that dies with its parent."""

import asyncio
import contextlib
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from monitor.errors import ProviderError
from monitor.simulator.faults import Faults
from monitor.simulator.judging import JudgeErrors
from monitor.simulator.market import Market
from monitor.simulator.server import Judge, SimulatorHandle, serve

READY = "simulator ready on port "


def run_foreground(
    market: Market,
    *,
    on_ready: Callable[[SimulatorHandle], None],
    host: str = "127.0.0.1",
    port: int = 0,
    latency_ms: float = 0,
    faults: Faults | None = None,
    today: date | None = None,
    judge: Judge | None = None,
) -> None:
    """Serve until interrupted (SIGINT or SIGTERM); `on_ready` gets the address once it listens.

    Raises ProviderError where the port can't be taken.
    """
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(
            _run(
                market,
                on_ready,
                host=host,
                port=port,
                latency_ms=latency_ms,
                faults=faults,
                today=today,
                judge=judge,
            )
        )


async def _run(
    market: Market,
    on_ready: Callable[[SimulatorHandle], None],
    *,
    host: str,
    port: int,
    latency_ms: float,
    faults: Faults | None,
    today: date | None,
    judge: Judge | None,
) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    serving = serve(
        market,
        host=host,
        port=port,
        latency_ms=latency_ms,
        faults=faults,
        today=today,
        judge=judge,
    )
    try:
        async with serving as handle:
            on_ready(handle)
            await stopped.wait()
    except OSError as error:
        raise ProviderError(
            f"the simulator can't listen on {host}:{port} ({error.strerror}); choose another port"
        ) from error


@dataclass(slots=True)
class SimulatorProcess:
    """The simulator as a child process, for the pack of a project directory.

    A context manager; `.stop()` ends the child, and so does the end of this process, because the
    child watches its standard input.
    """

    project: Path
    pack_id: str
    seed: int = 1
    start: date | None = None
    today: date | None = None
    port: int = 0
    latency_ms: float = 0
    fault_options: tuple[str, ...] = ()
    judge_errors: JudgeErrors = field(default_factory=JudgeErrors)
    ready_within_s: float = 120.0
    handle: SimulatorHandle | None = None
    _child: "subprocess.Popen[str] | None" = None
    _said: IO[bytes] = field(default_factory=tempfile.TemporaryFile)

    def launch(self) -> SimulatorHandle:
        """Start the child and return its address; ProviderError with its words if it can't."""
        self._child = subprocess.Popen(  # noqa: S603 - our own module with our own arguments
            self._command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
        )
        line = _line_within(self._child, self.ready_within_s)
        if not line.startswith(READY):
            self.stop()
            said = self._last_words() or line or f"no word in {self.ready_within_s:g} s"
            raise ProviderError(f"the simulator didn't start: {said}")
        self.handle = SimulatorHandle("127.0.0.1", int(line.removeprefix(READY)))
        return self.handle

    @property
    def pid(self) -> int | None:
        """The child's process id, None while it isn't running."""
        return self._child.pid if self._child else None

    def stop(self) -> None:
        """End the child and wait for it; nothing happens if it isn't running."""
        child, self._child, self.handle = self._child, None, None
        if child is None:
            return
        with contextlib.suppress(BrokenPipeError):
            child.stdin.close() if child.stdin else None
        try:
            child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        if child.stdout:
            child.stdout.close()

    def __enter__(self) -> SimulatorHandle:
        return self.launch()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def started(self) -> Self:
        """Launch the child and return this, for use without `with`."""
        self.launch()
        return self

    def _last_words(self) -> str:
        """The last line that the child wrote to standard error."""
        self._said.seek(0)
        lines = self._said.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else ""

    def _command(self) -> list[str]:
        options = [
            ("--project", str(self.project)),
            ("--pack", self.pack_id),
            ("--seed", str(self.seed)),
            ("--port", str(self.port)),
            ("--latency-ms", str(self.latency_ms)),
            ("--judge-sensitivity", str(self.judge_errors.sensitivity)),
            ("--judge-specificity", str(self.judge_errors.specificity)),
        ]
        options += [("--start", self.start.isoformat())] if self.start else []
        options += [("--today", self.today.isoformat())] if self.today else []
        options += [("--fault", fault) for fault in self.fault_options]
        flat = [part for option in options for part in option]
        return [sys.executable, "-m", "monitor.simulator", *flat]


def _line_within(child: "subprocess.Popen[str]", seconds: float) -> str:
    """The child's first line, "" if none comes in time or it ends before."""
    lines: queue.Queue[str] = queue.Queue()
    output = child.stdout
    if output is None:
        return ""
    threading.Thread(target=lambda: lines.put(output.readline()), daemon=True).start()
    try:
        return lines.get(timeout=seconds).strip()
    except queue.Empty:
        return ""
