"""What a wave asks: its cells, the repeats still missing, and its slots.

Pure: the clock and what is already there come in, intents go out.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim

from monitor.types import (
    Answer,
    AnswerStatus,
    Cell,
    Origin,
    Pack,
    Probing,
    Question,
    Schedule,
    Turn,
    Wave,
)


@dataclass(frozen=True, slots=True)
class Call:
    """One call that a wave plans: repeat `repeat` of `cell`, asked as `prompt`.

    `turns` are the messages of a conversation, which `prompt` has in one piece.
    """

    answer_id: str
    cell: Cell
    repeat: int
    phrasing: int
    prompt: str
    system: str
    turns: tuple[Turn, ...] = ()


def cells(pack: Pack) -> Iterator[Cell]:
    """Every cell of `pack`: question × engine × locale × persona, where the language is there."""
    personas = [persona.persona_id for persona in pack.personas] or [""]
    for question in pack.questions:
        for locale in pack.locales:
            for persona in personas:
                for engine in question.engines or pack.engines:
                    cell = Cell(question.question_id, engine, locale, persona)
                    if cell.lang in question.text:
                        yield cell


def calls(pack: Pack, wave_id: str) -> tuple[Call, ...]:
    """Every call of a wave, repeats last.

    All first repeats come before all second ones: a wave that's cut off has asked every
    question once rather than half of them twice; probes come last of all. A repeat takes the
    question's wordings in turn, the same one in every wave, so that two waves stay comparable
    cell by cell.
    """
    questions = {question.question_id: question for question in pack.questions}
    systems = {persona.persona_id: persona.text for persona in pack.personas}
    most = max((repeats_of(question, pack) for question in pack.questions), default=0)
    planned = (
        _call(questions[cell.question_id], systems.get(cell.persona, {}), cell, repeat, wave_id)
        for repeat in range(1, most + 1)
        for cell in cells(pack)
        if repeat <= repeats_of(questions[cell.question_id], pack)
    )
    return tuple(sorted(planned, key=lambda call: bool(call.turns)))


def repeats_of(question: Question, pack: Pack) -> int:
    """How often a wave of `pack` asks each cell of the question."""
    return pack.repeats if question.repeats is None else question.repeats


def takes_probes(probing: Probing | None, earlier: int) -> bool:
    """Whether the wave that follows `earlier` ones of its pack asks probes: every n-th does."""
    return probing is not None and (earlier + 1) % probing.every == 0


def _call(
    question: Question, system: Mapping[str, str], cell: Cell, repeat: int, wave_id: str
) -> Call:
    phrasings = question.phrasings(cell.lang)
    phrasing = (repeat - 1) % len(phrasings)
    return Call(
        answer_id=answer_id(wave_id, cell, repeat),
        cell=cell,
        repeat=repeat,
        phrasing=phrasing,
        prompt=phrasings[phrasing],
        system=system.get(cell.lang, ""),
        turns=question.turns.get(cell.lang, ()),
    )


def answer_id(wave_id: str, cell: Cell, repeat: int) -> str:
    """Id of a repeat: the same call of the same wave always has the same, so it's stored once."""
    parts = (wave_id, cell.question_id, cell.engine, cell.locale, cell.persona, str(repeat))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]


def missing(planned: Collection[Call], answered: Collection[str]) -> tuple[Call, ...]:
    """The calls whose answers aren't stored yet, in the order planned."""
    return tuple(call for call in planned if call.answer_id not in answered)


def new_wave(
    pack: Pack, slot: str, now: datetime, *, simulated: bool, probes: Sequence[Question] = ()
) -> Wave:
    """The wave of `pack` for `slot`; the same slot gives the same wave id.

    `probes` are asked besides the pack's questions.
    """
    probed = _planned(replace(pack, questions=tuple(probes)))
    return Wave(
        wave_id=f"{pack.pack_id}@{slot}",
        pack=pack.pack_id,
        slot=slot,
        started_at=now,
        repeats=pack.repeats,
        planned=_planned(pack) + probed,
        pack_hash=pack.content_hash,
        questions=(*pack.questions, *probes),
        simulated=simulated,
        probes=probed,
    )


def _planned(pack: Pack) -> int:
    repeats = {q.question_id: repeats_of(q, pack) for q in pack.questions}
    return sum(repeats[cell.question_id] for cell in cells(pack))


def draft(call: Call, wave: Wave, now: datetime) -> Answer:
    """The answer of `call` as far as it's known before it's asked: failed, until it isn't."""
    return Answer(
        answer_id=call.answer_id,
        question=call.prompt,
        engine=call.cell.engine,
        asked_at=now,
        status=AnswerStatus.FAILED,
        origin=Origin.WAVE,
        wave_id=wave.wave_id,
        pack=wave.pack,
        question_id=call.cell.question_id,
        locale=call.cell.locale,
        persona=call.cell.persona,
        phrasing=call.phrasing,
        repeat=call.repeat,
    )


# -- slots ------------------------------------------------------------------------------------


def slot_name(moment: datetime, schedule: Schedule) -> str:
    """`moment` as local wall time without offset.

    The hour that autumn's clock change repeats is one slot, not two.
    """
    return f"{moment.astimezone(ZoneInfo(schedule.time_zone)):%Y-%m-%dT%H:%M}"


def next_slots(schedule: Schedule, after: datetime, count: int) -> tuple[datetime, ...]:
    """The next `count` times (UTC) that `schedule` fires after `after`, standard cron semantics."""
    local = after.astimezone(ZoneInfo(schedule.time_zone))
    fires = CronSim(schedule.cron, local)
    return tuple(next(fires).astimezone(UTC) for _ in range(count))


def due_slot(schedule: Schedule, now: datetime) -> datetime | None:
    """The latest time (UTC) that `schedule` fired, while it's still worth catching up on.

    A missed slot is due until half-way to the next one: late enough for a machine that was off
    over the weekend, and never so late that the next slot's answers would be more of the same.
    Only the latest is due: after three missed Mondays a pack is asked once, not three times.
    """
    zone = ZoneInfo(schedule.time_zone)
    # The search backwards leaves its start out. All steps are in UTC: adding to local time counts
    # on the wall clock, which skips or repeats an hour when it's changed.
    start = now.astimezone(UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)
    last = next(CronSim(schedule.cron, start.astimezone(zone), reverse=True)).astimezone(UTC)
    following = next(CronSim(schedule.cron, now.astimezone(zone))).astimezone(UTC)
    return last if now - last <= (following - last) / 2 else None
