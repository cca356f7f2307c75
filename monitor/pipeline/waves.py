"""Runs a wave: asks what's missing, keeps every answer as it arrives, and says how it went.

    pack ──plan──▶ calls ──minus what is stored──▶ ask (per account) ──▶ keep ──▶ end of wave

A wave that was cut off has no end in the store; asking it again asks only what is missing.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from monitor import plan
from monitor.pipeline.asking import (
    GRACE_S,
    OVER_BUDGET,
    Errand,
    OnProgress,
    Round,
    Tally,
    month_left_usd,
    stop_signals,
)
from monitor.pipeline.keeping import Clock, Keeper, take_in
from monitor.pipeline.project import Project
from monitor.provider import Asker
from monitor.queries import WaveTotals, wave_totals
from monitor.store import answered_now, asking_wave
from monitor.types import AnswerStatus, Engine, Pack, Wave, WaveEnd, WaveOutcome


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
    grace_s: float = GRACE_S,
) -> WaveResult:
    """`run_wave` inside a running event loop, asked by `asker` if it is given.

    Told to stop, it waits at most `grace_s` for answers on their way.
    """
    store = project.store
    with asking_wave(store, wave.wave_id):
        take_in(store, clock())
        answered = answered_now(store, wave.wave_id, clock())
        asked = replace(pack, questions=wave.questions)
        calls = plan.missing(plan.calls(asked, wave.wave_id), answered)
        if not answered:
            store.journal.append([wave], clock())
        totals = wave_totals(store, wave.wave_id)
        tally = _tally_so_far(wave, totals, len(answered))
        budget = _budget_usd(project, pack, totals, clock(), max_cost_usd)
        with stop_signals() as stop:
            asking = Round(engines, clock, tally, budget, stop, on_progress, grace_s)
            await asking.ask_all([_errand(c, wave) for c in calls], Keeper(store, clock), asker)
        result = _result(wave, tally, interrupted=stop.is_set())
        if not result.interrupted:
            end = WaveEnd(wave.wave_id, clock(), result.outcome, _note(result))
            store.journal.append([end], clock())
        take_in(store, clock())
        return result


def _tally_so_far(wave: Wave, totals: WaveTotals, stored: int) -> Tally:
    tally = Tally(planned=wave.planned, stored=stored)
    tally.statuses.update(totals.statuses)
    tally.asked, tally.cost_usd, tally.cost_unknown = stored, totals.cost_usd, totals.cost_unknown
    return tally


def _budget_usd(
    project: Project, pack: Pack, so_far: WaveTotals, now: datetime, max_cost_usd: float | None
) -> float | None:
    """The most this wave's answers may have cost when it ends, by the narrowest of all limits.

    What judging its answers cost already counts, too.
    """
    limits = [limit for limit in (max_cost_usd, pack.budget.wave_usd) if limit is not None]
    limits = [limit - so_far.judging_usd for limit in limits]
    month_left = month_left_usd(project, pack, now)
    if month_left is not None:
        limits.append(month_left + so_far.cost_usd)
    return min(limits) if limits else None


def _errand(call: plan.Call, wave: Wave) -> Errand:
    return Errand(
        call.cell.engine,
        lambda now: plan.draft(call, wave, now),
        system=call.system,
        turns=call.turns,
    )


def _result(wave: Wave, tally: Tally, *, interrupted: bool) -> WaveResult:
    left_out = tally.left_out()
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
    if tally.not_asked[OVER_BUDGET]:
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
