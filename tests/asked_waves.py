"""Waves asked by a stand-in that answers at once, so that what becomes of them can be checked."""

import asyncio
import dataclasses
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast

from monitor import plan
from monitor.pipeline import Project, WaveResult
from monitor.pipeline.waves import ask_wave
from monitor.provider import Asker
from monitor.store.free import run_sql
from monitor.types import Answer, AnswerStatus, Engine, Wave

MONDAY = datetime(2026, 11, 23, 5, 0, 20, tzinfo=UTC)
"""Twenty seconds past six in Berlin, when the demo's pack is due."""


class Stub:
    """Answers at once, and records what it was asked; an Asker as far as a wave can tell."""

    def __init__(self, cost_usd: float | None = 0.01) -> None:
        self.asked: list[Answer] = []
        self.cost_usd = cost_usd
        self.hangs = False
        self.error: Exception | None = None
        self.closed_accounts: dict[str, str] = {}

    async def ask(self, engine: Engine, draft: Answer, system: str = "", **_more: object) -> Answer:
        self.asked.append(draft)
        if self.error:
            raise self.error
        if self.hangs:
            await asyncio.sleep(3600)
        await asyncio.sleep(0)
        if reason := self.closed_accounts.get(engine.account):
            return dataclasses.replace(draft, reason=reason, attempts=0)
        return dataclasses.replace(
            draft,
            status=AnswerStatus.OK,
            text=f"Tessavik, {system}",
            cost_usd=self.cost_usd,
            simulated=True,
        )

    def closed(self, engine: Engine) -> str:
        return self.closed_accounts.get(engine.account, "") if self.asked else ""


def new_wave(project: Project, slot: str = "2026-11-23T06:00") -> Wave:
    return plan.new_wave(project.pack("demo"), slot, MONDAY, simulated=True)


def asked(project: Project, stub: Stub, wave: Wave | None = None, **options: Any) -> WaveResult:
    """The result of asking a wave with `stub`; the clock stands still."""
    pack = project.pack("demo")
    engines: Mapping[str, Engine] = {e.engine_id: e for e in project.catalog.engines_of(pack)}
    return asyncio.run(
        ask_wave(
            project,
            pack,
            wave or new_wave(project),
            engines,
            lambda: MONDAY,
            asker=cast("Asker", stub),
            **options,
        )
    )


def journal_of(project: Project, kind: type) -> list[Any]:
    journal = project.store.journal
    return [e for name in journal.names() for e in journal.read(name) if isinstance(e, kind)]


def count(project: Project, table: str = "answers") -> int:
    return int(run_sql(project.store, f"SELECT count(*) FROM {table}").rows[0][0])  # noqa: S608
