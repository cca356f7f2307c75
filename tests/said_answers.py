"""Answers whose words a test chooses: through the journal into a real store, measured, checked."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from monitor.pipeline import Project, check_answers, measure
from monitor.plan import new_wave
from monitor.store import ingest
from monitor.types import Answer, AnswerStatus, Question, Wave

SAID_AT = datetime(2026, 11, 16, 6, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Said:
    """What an engine said to a question, `weeks` after the first Monday."""

    text: str
    question_id: str = "tessavik-pricing"
    engine: str = "sim-chat"
    locale: str = "en-US"
    weeks: int = 0
    repeat: int = 1
    status: AnswerStatus = AnswerStatus.OK


def say(project: Project, said: Sequence[Said], questions: Sequence[Question] = ()) -> list[str]:
    """Keep the answers as waves of the demo's pack and return their ids; not measured yet.

    `questions` are asked besides those of the pack, as probes are.
    """
    pack = project.pack("demo")
    waves: dict[int, Wave] = {}
    ids = []
    for number, one in enumerate(said):
        moment = SAID_AT + timedelta(weeks=one.weeks)
        wave = waves.setdefault(
            one.weeks, new_wave(pack, f"{moment:%Y-%m-%dT%H:%M}", moment, simulated=True)
        )
        wordings = {q.question_id: q.text for q in (*wave.questions, *questions)}
        answer = Answer(
            f"{wave.wave_id}-{one.question_id}-{one.engine}-{one.locale}-{number}",
            wordings[one.question_id][one.locale[:2]],
            one.engine,
            moment,
            one.status,
            one.text,
            wave_id=wave.wave_id,
            pack="demo",
            question_id=one.question_id,
            locale=one.locale,
            repeat=one.repeat,
            simulated=True,
        )
        ids.append(answer.answer_id)
        project.store.journal.append([answer], moment)
    for wave in waves.values():
        entry = dataclasses.replace(wave, questions=(*wave.questions, *questions))
        project.store.journal.append([entry], SAID_AT)
    ingest(project.store, SAID_AT)
    return ids


def judge(project: Project, now: datetime = SAID_AT) -> None:
    """Measure every answer and hold it against the facts."""
    measure(project, now)
    check_answers(project, now)
