"""Reads mentions, ranks and citations out of stored answers, for the new and for the past."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from monitor.mentions import Tracked, extract
from monitor.pipeline.project import Project
from monitor.pipeline.questions import Questions
from monitor.store import (
    Measured,
    Unmeasured,
    add_measures,
    packs_with_answers,
    release,
    unmeasured,
)
from monitor.types import AnswerStatus, Extraction

_BATCH = 2_000
_RECORDS_BETWEEN_COLLECTIONS = 50_000
"""An answer is read by way of some hundred records, which are gone when it's read."""

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
    with seldom_collected():
        measured = tuple(_measure_pack(project, pack, now, on_progress) for pack in current)
    if any(m.answers for m in measured):
        project.store.settle()
    return measured


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Lets Python look for unreachable cycles less often, which reading answers hardly makes."""
    before = gc.get_threshold()
    gc.set_threshold(_RECORDS_BETWEEN_COLLECTIONS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _measure_pack(project: Project, pack: str, now: datetime, on_progress: Progress) -> Measurement:
    with project.store.reading("answers to measure"):
        tracked = project.tracked(pack)
        questions = Questions(project, pack, tracked)
        batch = unmeasured(project.store, pack, tracked.version, _BATCH)
    done = 0
    while batch:
        add_measures(
            project.store, pack, tracked.version, [_measured(a, tracked, questions) for a in batch]
        )
        done += len(batch)
        on_progress(pack, len(batch))
        batch = unmeasured(project.store, pack, tracked.version, _BATCH)
    brands = [brand.name for brand in tracked.brands]
    released = release(project.store, pack, tracked.version, brands, now)
    return Measurement(pack, tracked.version, done, released)


def _measured(answer: Unmeasured, tracked: Tracked, questions: Questions) -> Measured:
    intent, branded = questions.of(answer.wave_id, answer.question_id, answer.question)
    found = Extraction(mentions=())
    if answer.status is AnswerStatus.OK:
        lang = answer.locale.split("-")[0].lower() or None
        found = extract(answer.text, tracked, answer.sources, lang)
    return Measured(answer, found, intent, branded)
