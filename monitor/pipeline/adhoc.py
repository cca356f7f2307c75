"""One question asked right now: kept, and left out of trends."""

import asyncio
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.mentions import extract
from monitor.pipeline.keeping import Keeper, take_in
from monitor.pipeline.project import Project
from monitor.provider import Asker
from monitor.types import Answer, AnswerStatus, Engine, Extraction, Origin


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer and what was read out of it; nothing, unless it's ok."""

    answer: Answer
    extraction: Extraction


def ask_now(
    project: Project,
    pack_id: str,
    question: str,
    engines: Mapping[str, Engine],
    locale: str,
    now: datetime,
) -> tuple[Asked, ...]:
    """Ask each engine `question` once and keep the answers."""
    drafts = _drafts(pack_id, question, engines, locale, now)
    answers = asyncio.run(_ask_all(project, drafts, engines, now))
    take_in(project.store, now)
    tracked = project.tracked(pack_id)
    lang = locale.split("-", maxsplit=1)[0].lower()
    return tuple(
        Asked(answer, extract(answer.text, tracked, answer.sources, lang))
        if answer.status is AnswerStatus.OK
        else Asked(answer, Extraction(mentions=()))
        for answer in answers
    )


def _drafts(
    pack_id: str, question: str, engines: Mapping[str, Engine], locale: str, now: datetime
) -> tuple[Answer, ...]:
    asking = uuid.uuid4().hex
    return tuple(
        Answer(
            answer_id=f"{asking[:16]}-{number:02d}",
            question=question,
            engine=engine_id,
            asked_at=now,
            status=AnswerStatus.FAILED,
            origin=Origin.ASK,
            pack=pack_id,
            question_id=f"ask-{asking[:12]}",
            locale=locale,
        )
        for number, engine_id in enumerate(engines, start=1)
    )


async def _ask_all(
    project: Project, drafts: Sequence[Answer], engines: Mapping[str, Engine], now: datetime
) -> list[Answer]:
    """Each draft answered; every answer is journalled as it comes, whatever becomes of the rest."""
    async with Keeper(project.store, lambda: now) as keeper, Asker() as asker:

        async def kept(draft: Answer) -> Answer:
            answer = await asker.ask(engines[draft.engine], draft)
            keeper.keep(answer)
            return answer

        return await asyncio.gather(*map(kept, drafts))
