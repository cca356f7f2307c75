"""The rate gate of an account: so many calls in flight, so many started a minute."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from monitor.provider.attempts import Failure, FailureKind
from monitor.provider.keys import provider_of
from monitor.types import Engine

_MOST_UNREACHABLE = 3
"""Questions in a row, each with all its attempts, after which a host counts as dead."""


def account_of(engine: Engine) -> str:
    """The name of the account whose gate `engine` shares.

    Engines that name none share it with the other engines of their provider only: a key that
    OpenAI refuses says nothing about Anthropic's.
    """
    if engine.account != "default":
        return engine.account
    return f"default {provider_of(engine.model)}"


class AccountGate:
    """Lets calls of one account through at its pace, first come first served; rejects none.

    Engines of one account share it; where their limits differ, the strictest holds. `closed` says
    why no further call on this account makes sense, "" while it is open.
    """

    def __init__(self) -> None:
        self.closed = ""
        self._most_in_flight: int | None = None
        self._interval_s = 0.0
        self._next_start = 0.0
        self._in_flight = 0
        self._unreachable = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    def tighten(self, engine: Engine) -> None:
        """Take over the limits of `engine` where they are stricter than those known so far."""
        limit = max(1, engine.concurrency)
        known = self._most_in_flight
        self._most_in_flight = limit if known is None else min(known, limit)
        if engine.requests_per_minute:
            self._interval_s = max(self._interval_s, 60.0 / engine.requests_per_minute)

    def pause(self, seconds: float) -> None:
        """Let nothing start for `seconds`: the provider asked the whole account to wait."""
        now = asyncio.get_running_loop().time()
        self._next_start = max(self._next_start, now + seconds)

    def note_end(self, failure: Failure | None) -> None:
        """Count questions in a row that found the host unreachable; too many close the account."""
        if failure is None or failure.kind is not FailureKind.CONNECTION:
            self._unreachable = 0
            return
        self._unreachable += 1
        if self._unreachable >= _MOST_UNREACHABLE:
            self.closed = self.closed or f"account closed: {failure.reason}"

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Hold one of the account's places in flight."""
        if self._full() or self._waiting:
            await self._queued()
        else:
            self._in_flight += 1
        try:
            yield
        finally:
            self._in_flight -= 1
            self._admit()

    async def start(self) -> None:
        """Wait until the next request may start, by requests per minute and by pauses."""
        now = asyncio.get_running_loop().time()
        start = max(now, self._next_start)
        self._next_start = start + self._interval_s if self._interval_s else self._next_start
        if start > now:
            await asyncio.sleep(start - now)

    def _full(self) -> bool:
        return self._most_in_flight is not None and self._in_flight >= self._most_in_flight

    def _admit(self) -> None:
        while self._waiting and not self._full():
            turn = self._waiting.popleft()
            if not turn.done():
                self._in_flight += 1
                turn.set_result(None)

    async def _queued(self) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._in_flight -= 1
                self._admit()
            raise
