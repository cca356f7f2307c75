"""Reads mentions, ranks and citations out of stored answers, for the new and for the past."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.mentions import Tracked, extract, names_any
from monitor.pipeline.project import Project
from monitor.store import (
    Measured,
    Unmeasured,
    add_measures,
    asked_questions,
    packs_with_answers,
    release,
    unmeasured,
)
from monitor.types import AnswerStatus, Extraction, Question

_BATCH = 2_000

Progress = Callable[[str, int], None]
"""Told the pack and how many of its answers were measured in one step."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one round of measuring did for a pack; `released` if figures now read `version`."""

    pack: str
    version: str
    answers: int
    released: bool


def measure(
    project: Project, now: datetime, on_progress: Progress = lambda _pack, _answers: None
) -> tuple[Measurement, ...]:
    """Measure every answer that lacks its pack's current version, and release what's complete.

    A changed brand or matcher is a new version: its whole past is measured again, without
    asking anybody. Answers of packs that are no longer in prompts/ keep the version they have.
    """
    there = packs_with_answers(project.store)
    current = [pack for pack in there if not pack or pack in project.catalog.packs]
    measured = tuple(_measure_pack(project, pack, now, on_progress) for pack in current)
    if any(m.answers for m in measured):
        project.store.settle()
    return measured


def _measure_pack(project: Project, pack: str, now: datetime, on_progress: Progress) -> Measurement:
    tracked = project.tracked(pack)
    questions = _Questions(project, pack, tracked)
    done = 0
    while batch := unmeasured(project.store, pack, tracked.version, _BATCH):
        add_measures(
            project.store, pack, tracked.version, [_measured(a, tracked, questions) for a in batch]
        )
        done += len(batch)
        on_progress(pack, len(batch))
    brands = [brand.name for brand in tracked.brands]
    released = release(project.store, pack, tracked.version, brands, now)
    return Measurement(pack, tracked.version, done, released)


def _measured(answer: Unmeasured, tracked: Tracked, questions: "_Questions") -> Measured:
    intent, branded = questions.of(answer)
    found = Extraction(mentions=())
    if answer.status is AnswerStatus.OK:
        lang = answer.locale.split("-")[0].lower() or None
        found = extract(answer.text, tracked, answer.sources, lang)
    return Measured(answer, found, intent, branded)


class _Questions:
    """Intent and brandedness of questions, each worked out once.

    The wave's own copy of the question counts before the pack as it reads today; a question
    that only an imported answer has is known by its words alone.
    """

    def __init__(self, project: Project, pack: str, tracked: Tracked) -> None:
        self._asked = asked_questions(project.store, pack)
        self._today = _by_id(project, pack)
        self._tracked = tracked
        self._known: dict[tuple[str, str, str], tuple[str, bool]] = {}

    def of(self, answer: Unmeasured) -> tuple[str, bool]:
        named = (answer.wave_id, answer.question_id)
        question = self._asked.get(named) or self._today.get(answer.question_id)
        key = (*named, "" if question else answer.question)
        if key not in self._known:
            self._known[key] = self._worked_out(question, answer.question)
        return self._known[key]

    def _worked_out(self, question: Question | None, wording: str) -> tuple[str, bool]:
        if question is None:
            return "", names_any(wording, self._tracked)
        if question.branded is not None:
            return question.intent.value, question.branded
        wordings = [text for lang in question.text for text in question.phrasings(lang)]
        branded = any(names_any(text, self._tracked) for text in wordings)
        return question.intent.value, branded


def _by_id(project: Project, pack: str) -> Mapping[str, Question]:
    if not pack:
        return {}
    return {q.question_id: q for q in project.catalog.packs[pack].questions}
