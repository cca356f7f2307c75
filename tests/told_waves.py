"""Waves whose answers say what a test tells them to: through the journal into a real store."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from small_project import MARKET_START

from monitor import plan
from monitor.pipeline import Project, measure
from monitor.plan import Call
from monitor.store import ingest
from monitor.types import AnswerStatus, Cell, Pack, Wave, WaveEnd, WaveOutcome

OWN = "Tessavik"
RIVALS = ("Mundavero", "Kolumbrio", "Pergola")
UNBRANDED = (
    *("best-cms-midsize", "best-headless", "multilingual-sites", "accessible-sites"),
    *("marketing-without-it", "public-sector", "editor-experience", "most-secure"),
    *("long-term-vendor", "gdpr-cms", "small-budget", "vendor-support"),
)
SECURITY = ("public-sector", "most-secure", "gdpr-cms")
START = datetime.combine(MARKET_START, time(6), UTC)


@dataclass(frozen=True, slots=True)
class Told:
    """How one wave's answers turn out: the chance that a cell's answers name a brand, and more."""

    chance: Callable[[Cell, str], float]
    status: Callable[[Call], AnswerStatus] = lambda _: AnswerStatus.OK
    asked: Callable[[Call], bool] = lambda _: True
    served: Callable[[str], str] = lambda engine: f"{engine}-1"
    canary_lists: float = 0.5


def steady(_: Cell, brand: str) -> float:
    """Ours in half of the answers, each rival in 40 of 100."""
    return 0.5 if brand == OWN else 0.4


def tell(project: Project, pack: Pack, week: int, told: Told) -> Wave:
    """A wave in the journal and the tables, `week` weeks after the start; not measured yet."""
    moment = START + timedelta(weeks=week)
    wave = plan.new_wave(pack, f"{moment:%Y-%m-%dT%H:%M}", moment, simulated=True)
    answers = []
    for call in plan.calls(pack, wave.wave_id):
        if told.asked(call):
            status = told.status(call)
            answers.append(
                replace(
                    plan.draft(call, wave, moment),
                    status=status,
                    text=_text(call, wave, told) if status is AnswerStatus.OK else "",
                    model_requested=f"vendor/{call.cell.engine.removesuffix('-web')}",
                    model_served=told.served(call.cell.engine),
                    parameters='{"web_search": true}' if "-web" in call.cell.engine else "{}",
                    simulated=True,
                )
            )
    end = WaveEnd(wave.wave_id, moment, WaveOutcome.COMPLETE)
    project.store.journal.append([wave, *answers, end], moment)
    ingest(project.store, moment)
    return wave


def told_history(
    project: Project, pack: Pack, weeks: int, told: Callable[[int], Told]
) -> tuple[Wave, ...]:
    """`weeks` waves, each as `told` says for its number, measured."""
    waves = tuple(tell(project, pack, week, told(week)) for week in range(weeks))
    measure(project, START)
    return waves


def _text(call: Call, wave: Wave, told: Told) -> str:
    draw = random.Random(f"{wave.slot} {call.cell} {call.repeat}")  # noqa: S311 - no secret
    if call.cell.question_id.startswith("canary"):
        listed = draw.random() < told.canary_lists
        return "- First this.\n- Then that." if listed else "First this, and then that."
    named = [brand for brand in (OWN, *RIVALS) if draw.random() < told.chance(call.cell, brand)]
    draw.shuffle(named)
    if not named:
        return "That depends on what you need."
    if draw.random() < 0.7:
        return "\n".join(f"{i}. **{name}**: solid." for i, name in enumerate(named, 1))
    return f"People often name {', '.join(named)}."
