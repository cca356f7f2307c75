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
    released_version,
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


def measure_answer(project: Project, pack: str, answer_id: str) -> bool:
    """Read one answer again as far as people have ruled on it since, for the figures of today.

    False where those are of other brands or another matcher than today's: then the past is
    measured again anyway, and rulings along with it.
    """
    with project.store.reading("an answer to measure"):
        tracked = project.tracked(pack)
        if released_version(project.store, pack) != tracked.version:
            return False
    _measure_open(project, pack, tracked, answer_id=answer_id)
    return True


def _measure_pack(project: Project, pack: str, now: datetime, on_progress: Progress) -> Measurement:
    tracked = project.tracked(pack)
    done = _measure_open(project, pack, tracked, on_progress)
    brands = [brand.name for brand in tracked.brands]
    released = release(project.store, pack, tracked.version, brands, now)
    return Measurement(pack, tracked.version, done, released)


def _measure_open(
    project: Project,
    pack: str,
    tracked: Tracked,
    on_progress: Progress = lambda _pack, _answers: None,
    answer_id: str = "",
) -> int:
    """Measure what is open, and return how many answers that were."""
    with project.store.reading("answers to measure"):
        questions = Questions(project, pack, tracked)
        batch = unmeasured(project.store, pack, tracked.version, _BATCH, answer_id)
    done = 0
    while batch:
        found = [_measured(answer, tracked, questions) for answer in batch]
        add_measures(project.store, pack, tracked.version, found)
        done += len(batch)
        on_progress(pack, len(batch))
        if len(batch) < _BATCH:
            break
        batch = unmeasured(project.store, pack, tracked.version, _BATCH, answer_id)
    return done


def _measured(answer: Unmeasured, tracked: Tracked, questions: Questions) -> Measured:
    intent, branded = questions.of(answer.wave_id, answer.question_id, answer.question)
    found = Extraction(mentions=())
    if answer.status is AnswerStatus.OK:
        lang = answer.locale.split("-")[0].lower() or None
        found = extract(answer.text, tracked, answer.sources, lang, answer.ruled)
    return Measured(answer, found, intent, branded)
