"""Runs a wave: asks what's missing, keeps every answer as it arrives, and says how it went.

    pack ──plan──▶ calls ──minus what is stored──▶ ask (per account) ──▶ keep ──▶ end of wave

A wave that was cut off has no end in the store; asking it again asks only what is missing.
"""

import asyncio
import signal
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime

from monitor import plan
from monitor.pipeline.keeping import Clock, Keeper, take_in
from monitor.pipeline.project import Project
from monitor.provider import Asker, account_of
from monitor.queries import spent_usd, wave_totals
from monitor.store import answered_now, asking_wave
from monitor.types import Answer, AnswerStatus, Engine, Pack, Wave, WaveEnd, WaveOutcome

_MOST_IN_FLIGHT = 32
_GRACE_S = 20.0
_INTERRUPTED = "interrupted"
_OVER_BUDGET = "the budget is used up"


@dataclass(frozen=True, slots=True)
class WaveResult:
    """How a wave stands after a run; `not_asked` counts calls left out, by reason."""

    wave_id: str
    outcome: WaveOutcome
    planned: int
    asked: int
    statuses: Mapping[AnswerStatus, int]
    cost_usd: float
    cost_unknown: int
    not_asked: Mapping[str, int]
    interrupted: bool = False


@dataclass(slots=True)
class Tally:
    """What a running wave has so far; progress displays read it."""

    planned: int
    stored: int
    asked: int = 0
    statuses: Counter[AnswerStatus] = field(default_factory=Counter)
    cost_usd: float = 0.0
    cost_unknown: int = 0
    in_flight: int = 0
    not_asked: Counter[str] = field(default_factory=Counter)

    def count(self, answer: Answer) -> None:
        """Add one answer that was just asked."""
        self.asked += 1
        self.statuses[answer.status] += 1
        if answer.cost_usd is None:
            self.cost_unknown += 1
        else:
            self.cost_usd += answer.cost_usd

    def expected_cost_usd(self) -> float:
        """What is spent plus what the calls in flight will cost if they're like the others."""
        known = self.asked - self.cost_unknown
        mean = self.cost_usd / known if known else 0.0
        return self.cost_usd + mean * self.in_flight


OnProgress = Callable[[Tally], None]


def run_wave(
    project: Project,
    pack: Pack,
    wave: Wave,
    engines: Mapping[str, Engine],
    clock: Clock,
    *,
    max_cost_usd: float | None = None,
    on_progress: OnProgress = lambda _tally: None,
) -> WaveResult:
    """Ask what `wave` still lacks and record its end.

    `engines` are the pack's, by id. Stops cleanly at SIGTERM, ^C and the budget, with all that
    arrived kept. Raises StoreBusyError when another process is asking this wave, and
    StoreError when answers can't be kept.
    """
    return asyncio.run(
        ask_wave(
            project,
            pack,
            wave,
            engines,
            clock,
            max_cost_usd=max_cost_usd,
            on_progress=on_progress,
        )
    )


async def ask_wave(  # noqa: PLR0913 - keywords, each with a default that fits
    project: Project,
    pack: Pack,
    wave: Wave,
    engines: Mapping[str, Engine],
    clock: Clock,
    *,
    max_cost_usd: float | None = None,
    on_progress: OnProgress = lambda _tally: None,
    asker: Asker | None = None,
    grace_s: float = _GRACE_S,
) -> WaveResult:
    """`run_wave` inside a running event loop, asked by `asker` if it is given.

    Told to stop, it waits at most `grace_s` for answers on their way.
    """
    store = project.store
    with asking_wave(store, wave.wave_id):
        take_in(store, clock())
        answered = answered_now(store, wave.wave_id, clock())
        calls = plan.missing(plan.calls(pack, wave.wave_id), answered)
        if not answered:
            store.journal.append([wave], clock())
        tally = _tally_so_far(project, wave, len(answered))
        budget = _budget_usd(project, pack, tally, clock(), max_cost_usd)
        with _stop_signals() as stop:
            run = _Run(wave, engines, clock, tally, budget, stop, on_progress, grace_s)
            await run.ask_all(calls, Keeper(store, clock), asker)
        result = _result(wave, tally, interrupted=stop.is_set())
        if not result.interrupted:
            end = WaveEnd(wave.wave_id, clock(), result.outcome, _note(result))
            store.journal.append([end], clock())
        take_in(store, clock())
        return result


def _tally_so_far(project: Project, wave: Wave, stored: int) -> Tally:
    totals = wave_totals(project.store, wave.wave_id)
    tally = Tally(planned=wave.planned, stored=stored)
    tally.statuses.update(totals.statuses)
    tally.asked, tally.cost_usd, tally.cost_unknown = stored, totals.cost_usd, totals.cost_unknown
    return tally


def _budget_usd(
    project: Project, pack: Pack, tally: Tally, now: datetime, max_cost_usd: float | None
) -> float | None:
    """The most this wave may have cost when it ends, by the narrowest of all limits."""
    limits = [limit for limit in (max_cost_usd, pack.budget.wave_usd) if limit is not None]
    if pack.budget.month_usd is not None:
        month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        left = pack.budget.month_usd - spent_usd(project.store, month, pack.pack_id)
        limits.append(left + tally.cost_usd)
    return min(limits) if limits else None


@dataclass(slots=True)
class _Run:
    """The asking of one wave: one queue for each account, so none waits for another's gate."""

    wave: Wave
    engines: Mapping[str, Engine]
    clock: Clock
    tally: Tally
    budget_usd: float | None
    stop: asyncio.Event
    on_progress: OnProgress
    grace_s: float

    async def ask_all(
        self, calls: Iterable[plan.Call], keeper: Keeper, asker: Asker | None
    ) -> None:
        """Ask `calls`, keep their answers, and count what was left out and why."""
        queues = self._queues(calls)
        if not queues:
            return
        async with keeper, nullcontext(asker) if asker else Asker() as ready:
            await self._serve(queues, keeper, ready)

    def _queues(self, calls: Iterable[plan.Call]) -> dict[str, deque[plan.Call]]:
        queues: dict[str, deque[plan.Call]] = {}
        for call in calls:
            account = account_of(self.engines[call.cell.engine])
            queues.setdefault(account, deque()).append(call)
        return queues

    async def _serve(
        self, queues: Mapping[str, deque[plan.Call]], keeper: Keeper, asker: Asker
    ) -> None:
        workers = self._workers_by_account(queues)
        tasks = [
            asyncio.create_task(self._work(queue, keeper, asker))
            for account, queue in queues.items()
            for _ in range(workers[account])
        ]
        watch = asyncio.create_task(self._end_at_stop(tasks))
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        finally:
            for task in (*tasks, watch):
                task.cancel()
            ended = await asyncio.gather(*tasks, watch, return_exceptions=True)
        if left := sum(map(len, queues.values())):
            self.tally.not_asked[_INTERRUPTED] += left
        # One error as itself, not in a group: the command line knows what to say of it.
        for error in ended:
            if isinstance(error, Exception):
                raise error

    async def _end_at_stop(self, tasks: Iterable[asyncio.Task[None]]) -> None:
        """Once told to stop, wait a while for answers already paid for, then give up on them."""
        await self.stop.wait()
        await asyncio.sleep(self.grace_s)
        for task in tasks:
            task.cancel()

    def _workers_by_account(self, queues: Mapping[str, deque[plan.Call]]) -> dict[str, int]:
        """Workers for each account: its concurrency, and never too many in flight together.

        Above about 32 calls our own event loop inflates the latency that is measured.
        """
        share = max(1, _MOST_IN_FLIGHT // len(queues))
        concurrency: dict[str, int] = {}
        for engine in self.engines.values():
            account = account_of(engine)
            known = concurrency.get(account, engine.concurrency)
            concurrency[account] = min(known, engine.concurrency)
        return {account: min(share, concurrency[account]) for account in queues}

    async def _work(self, queue: deque[plan.Call], keeper: Keeper, asker: Asker) -> None:
        while queue:
            call = queue.popleft()
            reason = self._why_not(call, keeper, asker)
            if reason:
                self.tally.not_asked[reason] += 1
                continue
            await self._ask(call, keeper, asker)
            self.on_progress(self.tally)

    def _why_not(self, call: plan.Call, keeper: Keeper, asker: Asker) -> str:
        """Why `call` isn't asked any more, "" when it is."""
        if self.stop.is_set():
            return _INTERRUPTED
        if keeper.failure is not None:
            return "the answers can't be kept"
        if self.budget_usd is not None and self.tally.expected_cost_usd() >= self.budget_usd:
            return _OVER_BUDGET
        return asker.closed(self.engines[call.cell.engine])

    async def _ask(self, call: plan.Call, keeper: Keeper, asker: Asker) -> None:
        engine = self.engines[call.cell.engine]
        draft = plan.draft(call, self.wave, self.clock())
        self.tally.in_flight += 1
        try:
            answer = await asker.ask(engine, draft, call.system)
        except asyncio.CancelledError:
            self.tally.not_asked[_INTERRUPTED] += 1
            raise
        finally:
            self.tally.in_flight -= 1
        closed = asker.closed(engine)
        if closed and answer.status is AnswerStatus.FAILED:
            # Nobody answered and nobody will: it stays missing, and is asked when that's mended.
            self.tally.not_asked[closed] += 1
            return
        self.tally.count(answer)
        keeper.keep(answer)


@contextmanager
def _stop_signals() -> Iterator[asyncio.Event]:
    """An event set by SIGTERM or ^C: answers on their way are waited for, then kept."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)
    for number in signals:
        loop.add_signal_handler(number, stop.set)
    try:
        yield stop
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


def _result(wave: Wave, tally: Tally, *, interrupted: bool) -> WaveResult:
    left_out = {reason: n for reason, n in tally.not_asked.items() if n}
    return WaveResult(
        wave_id=wave.wave_id,
        outcome=_outcome(tally),
        planned=wave.planned,
        asked=tally.asked - tally.stored,
        statuses=dict(tally.statuses),
        cost_usd=tally.cost_usd,
        cost_unknown=tally.cost_unknown,
        not_asked=left_out,
        interrupted=interrupted and bool(left_out),
    )


def _outcome(tally: Tally) -> WaveOutcome:
    answered = tally.asked - tally.statuses[AnswerStatus.FAILED]
    if answered <= 0:
        return WaveOutcome.FAILED
    if tally.not_asked[_OVER_BUDGET]:
        return WaveOutcome.STOPPED
    if tally.not_asked or tally.statuses[AnswerStatus.FAILED]:
        return WaveOutcome.PARTLY_FAILED
    return WaveOutcome.COMPLETE


def _note(result: WaveResult) -> str:
    parts = [f"{n} not asked: {reason}" for reason, n in result.not_asked.items()]
    if failed := result.statuses.get(AnswerStatus.FAILED, 0):
        parts.append(f"{failed} failed")
    if result.cost_unknown:
        parts.append(f"cost of {result.cost_unknown} answers unknown")
    return "; ".join(parts)
