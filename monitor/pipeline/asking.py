"""Asks many calls together: a queue for each account, within a budget, each reply kept at once.

errands ─▶ one queue per account ─▶ asker ─▶ keeper, tally
"""

import asyncio
import signal
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from statistics import fmean

from pydantic import BaseModel

from monitor.pipeline.keeping import Clock, Keeper
from monitor.pipeline.project import Project
from monitor.provider import Asker, account_of
from monitor.queries import spent_usd
from monitor.types import Answer, AnswerStatus, Engine, Entry, Pack, Turn

_MOST_IN_FLIGHT = 32
GRACE_S = 20.0
"""How long answers on their way are waited for once the asking is told to stop."""
INTERRUPTED = "interrupted"
OVER_BUDGET = "the budget is used up"
_ROUNDING_USD = 1e-9
"""Sums of floats may come out this much above the budget that they equal."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One call to make: of the engine with this id, with `draft` as the answer so far.

    `entry` makes of the answer what is kept. `turns` are the messages of a conversation. `shape` is
    the form that the reply should have.
    """

    engine: str
    draft: Callable[[datetime], Answer]
    entry: Callable[[Answer], Entry] = lambda answer: answer
    system: str = ""
    turns: tuple[Turn, ...] = ()
    shape: type[BaseModel] | None = None


@dataclass(slots=True)
class Tally:
    """What a round has so far; progress displays read it."""

    planned: int
    stored: int
    asked: int = 0
    statuses: Counter[AnswerStatus] = field(default_factory=Counter)
    cost_usd: float = 0.0
    cost_unknown: int = 0
    not_asked: Counter[str] = field(default_factory=Counter)
    in_flight: Counter[str] = field(default_factory=Counter)
    """Calls on their way, by engine."""
    costs: dict[str, list[float]] = field(default_factory=dict)
    """What each engine's answers of this round cost; one of unknown cost adds nothing."""

    def count(self, answer: Answer) -> None:
        """Add one answer that was just asked."""
        self.asked += 1
        self.statuses[answer.status] += 1
        known = self.costs.setdefault(answer.engine, [])
        if answer.cost_usd is None:
            self.cost_unknown += 1
        else:
            self.cost_usd += answer.cost_usd
            known.append(answer.cost_usd)

    def cost_with_usd(self, engine_id: str) -> float:
        """What is spent when the calls on their way and one more of `engine_id` have come back.

        Each is taken to cost what its engine's others cost in the mean.
        """
        coming = self.in_flight + Counter([engine_id])
        return self.cost_usd + sum(n * self._mean_usd(engine) for engine, n in coming.items())

    def _mean_usd(self, engine_id: str) -> float:
        known = self.costs.get(engine_id)
        return fmean(known) if known else 0.0

    def left_out(self) -> Mapping[str, int]:
        """Calls that weren't made, by reason."""
        return {reason: n for reason, n in self.not_asked.items() if n}


OnProgress = Callable[[Tally], None]


def month_left_usd(project: Project, pack: Pack, now: datetime) -> float | None:
    """What the pack may still cost this month, None without a limit."""
    if pack.budget.month_usd is None:
        return None
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return pack.budget.month_usd - spent_usd(project.store, month, pack.pack_id)


@dataclass(slots=True)
class Round:
    """The asking of many errands: one queue for each account, so none waits for another's gate.

    `budget_usd` is what `tally` may have cost in the end. Told to stop, it waits at most
    `grace_s` for answers on their way.
    """

    engines: Mapping[str, Engine]
    clock: Clock
    tally: Tally
    budget_usd: float | None
    stop: asyncio.Event
    on_progress: OnProgress
    grace_s: float = GRACE_S
    firsts: dict[str, asyncio.Lock] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    """Engines of which calls weren't made because their account takes no more."""

    async def ask_all(
        self, errands: Iterable[Errand], keeper: Keeper, asker: Asker | None = None
    ) -> None:
        """Ask `errands`, keep what comes back, and count what was left out and why."""
        queues = self._queues(errands)
        if not queues:
            return
        async with keeper, nullcontext(asker) if asker else Asker() as ready:
            await self._serve(queues, keeper, ready)

    def _queues(self, errands: Iterable[Errand]) -> dict[str, deque[Errand]]:
        queues: dict[str, deque[Errand]] = {}
        for errand in errands:
            account = account_of(self.engines[errand.engine])
            queues.setdefault(account, deque()).append(errand)
        return queues

    async def _serve(
        self, queues: Mapping[str, deque[Errand]], keeper: Keeper, asker: Asker
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
            self.tally.not_asked[INTERRUPTED] += left
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

    def _workers_by_account(self, queues: Mapping[str, deque[Errand]]) -> dict[str, int]:
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

    async def _work(self, queue: deque[Errand], keeper: Keeper, asker: Asker) -> None:
        while queue:
            errand = queue.popleft()
            try:
                async with self._first_alone(errand.engine):
                    if reason := self._why_not(errand, keeper, asker):
                        self.tally.not_asked[reason] += 1
                        continue
                    await self._ask(errand, keeper, asker)
            except asyncio.CancelledError:
                self.tally.not_asked[INTERRUPTED] += 1
                raise
            self.on_progress(self.tally)

    @asynccontextmanager
    async def _first_alone(self, engine_id: str) -> AsyncIterator[None]:
        """Hold an engine's other calls back until its first one has told what a call costs.

        Only where there is a budget: many calls of unknown cost at once would overrun it.
        """
        if self.budget_usd is None:
            yield
            return
        async with self.firsts.setdefault(engine_id, asyncio.Lock()):
            if engine_id not in self.tally.costs:
                yield
                return
        yield

    def _why_not(self, errand: Errand, keeper: Keeper, asker: Asker) -> str:
        """Why `errand` isn't asked any more, "" when it is."""
        if self.stop.is_set():
            return INTERRUPTED
        if keeper.failure is not None:
            return "the answers can't be kept"
        if self._overruns(errand.engine):
            return OVER_BUDGET
        return self._closed(errand.engine, asker)

    def _closed(self, engine_id: str, asker: Asker) -> str:
        reason = asker.closed(self.engines[engine_id])
        if reason:
            self.closed.add(engine_id)
        return reason

    def _overruns(self, engine_id: str) -> bool:
        if self.budget_usd is None:
            return False
        cost_usd = self.tally.cost_with_usd(engine_id)
        return self.tally.cost_usd >= self.budget_usd or cost_usd > self.budget_usd + _ROUNDING_USD

    async def _ask(self, errand: Errand, keeper: Keeper, asker: Asker) -> None:
        engine = self.engines[errand.engine]
        draft = errand.draft(self.clock())
        self.tally.in_flight[errand.engine] += 1
        try:
            answer = await asker.ask(
                engine, draft, errand.system, turns=errand.turns, shape=errand.shape
            )
        finally:
            self.tally.in_flight[errand.engine] -= 1
        if answer.status is AnswerStatus.FAILED and (closed := self._closed(errand.engine, asker)):
            # Nobody answered and nobody will: it stays missing, and is asked when that's mended.
            self.tally.not_asked[closed] += 1
            return
        self.tally.count(answer)
        keeper.keep(errand.entry(answer))


@contextmanager
def stop_signals() -> Iterator[asyncio.Event]:
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
