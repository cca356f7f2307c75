"""Holds stored answers against the fact sheet by rules, for the new and for the past.

answers ─▶ those that can speak of the own brand ─▶ check_facts ─▶ judgements ─▶ release
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from monitor.facts import RULES_VERSION, asked_of, check_facts
from monitor.pipeline.measuring import Progress
from monitor.pipeline.project import Project
from monitor.pipeline.questions import Questions
from monitor.pipeline.replies import read_judgings
from monitor.store import (
    FactRelease,
    Judged,
    Unchecked,
    add_judgements,
    has_judgings,
    packs_with_answers,
    release_facts,
    released_facts,
    unchecked,
)
from monitor.types import Fact, Intent, JudgedBy, Judgement, Pack, Verdict

_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Checking:
    """What one round of judging by rules did for a pack; `released` if figures now read it."""

    pack: str
    version: str
    answers: int
    released: bool


def check_answers(
    project: Project, now: datetime, on_progress: Progress = lambda _pack, _answers: None
) -> tuple[Checking, ...]:
    """Hold every ok answer that lacks its pack's facts version against the facts; release it.

    A changed sheet, rule or brand is a new version: the past is judged again, without asking
    anybody. Packs whose brand has no facts have no judgements. Measure first: what answers name
    says which of them can state a fact at all.
    """
    with project.store.reading("packs with facts or judges"):
        there = packs_with_answers(project.store)
        packs = [project.catalog.packs[pack] for pack in there if pack in project.catalog.packs]
        judged = [pack for pack in packs if _judged(project, pack)]
    checked = tuple(_check_pack(project, pack, now, on_progress) for pack in judged)
    if any(one.answers for one in checked):
        project.store.settle()
    return checked


def check_pack(project: Project, pack: Pack, now: datetime) -> bool:
    """Hold against the facts what of one pack lacks it; False where figures read another sheet."""
    with project.store.reading("the version of the facts"):
        current, read = facts_version(project, pack), released_facts(project.store, pack.pack_id)
    if read is None or read.version != current.version:
        return False
    _check_open(project, pack, current, now)
    return True


def _judged(project: Project, pack: Pack) -> bool:
    """Whether the pack's answers are held against facts, or shown to judges; or once were."""
    return bool(
        project.catalog.facts_of(pack)
        or pack.judges.engines
        or released_facts(project.store, pack.pack_id)
        or has_judgings(project.store, pack.pack_id)
    )


def facts_version(project: Project, pack: Pack) -> FactRelease:
    """The version under which answers of `pack` are judged today.

    It names the rules and a hash of the sheet, of the brands as they are matched, and of which
    question asks which fact.
    """
    content = project.catalog.facts_of(pack)
    facts = {fact.fact_id: fact.content_hash for fact in content}
    asked = {q.question_id: sorted(q.facts) for q in pack.questions if q.facts}
    matcher = project.tracked(pack.pack_id).version
    digest = _digest([facts, asked, matcher])
    sheet = _digest([asdict(fact) for fact in content])
    return FactRelease(pack.pack_id, f"{RULES_VERSION}-{digest}", sheet, facts, content)


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()[:8]


def _check_pack(project: Project, pack: Pack, now: datetime, on_progress: Progress) -> Checking:
    release = facts_version(project, pack)
    done = _check_open(project, pack, release, now, on_progress)
    return Checking(pack.pack_id, release.version, done, release_facts(project.store, release, now))


def _check_open(
    project: Project,
    pack: Pack,
    release: FactRelease,
    now: datetime,
    on_progress: Progress = lambda _pack, _answers: None,
) -> int:
    """Hold what is open against the facts, and return how many answers that were."""
    with project.store.reading("answers to hold against facts"):
        checker = _Checker(project, pack)
        batch = checker.todo(release.version)
    done = 0
    while batch:
        judged = [checker.judged(answer) for answer in batch]
        add_judgements(project.store, pack.pack_id, release.version, judged, now)
        done += len(batch)
        on_progress(pack.pack_id, len(batch))
        if len(batch) < _BATCH:
            break
        batch = checker.todo(release.version)
    read_judgings(project.store, release, checker.questions)
    return done


def judged_anew(project: Project, pack: Pack) -> Iterator[Judged]:
    """Every ok answer of the pack as rules judge it today; nothing is stored."""
    checker, after = _Checker(project, pack), ""
    while batch := checker.todo("", after):
        yield from map(checker.judged, batch)
        after = batch[-1].answer_id


class _Checker:
    """One pack's facts, brands and questions, made ready to hold answers against."""

    def __init__(self, project: Project, pack: Pack) -> None:
        self._store, self._pack = project.store, pack
        self._facts = project.catalog.facts_of(pack)
        self._tracked = project.tracked(pack.pack_id)
        self.questions = Questions(project, pack.pack_id, self._tracked)
        self._about_own: dict[str, bool] = {}

    def todo(self, version: str, after: str = "") -> tuple[Unchecked, ...]:
        """The next answers that lack `version`, behind the id `after`; none without facts."""
        if not self._facts:
            return ()
        pack, measured = self._pack, self._tracked.version
        return unchecked(
            self._store, pack.pack_id, version, pack.own, measured, _BATCH, after=after
        )

    def judged(self, answer: Unchecked) -> Judged:
        """The answer with a judgement for each fact that it states or is asked.

        An answer to a probe is held against the fact that it probes, and no other.
        """
        intent, branded = self.questions.of(answer.wave_id, answer.question_id, answer.question)
        asked = self.questions.facts(answer.wave_id, answer.question_id)
        among = [f for f in self._facts if f.fact_id in asked or intent != Intent.PROBE]
        found = self._check(answer, among) if among else ()
        kept = tuple(
            one for one in found if one.verdict is not Verdict.NOT_STATED or one.fact_id in asked
        )
        return Judged(answer, kept, intent, branded, asked)

    def _check(self, answer: Unchecked, facts: Sequence[Fact]) -> tuple[Judgement, ...]:
        """The rules' judgements; most answers don't name the own brand and needn't be read."""
        if not answer.names_own and not self._asks_about_own(answer.question):
            return tuple(
                Judgement(f.fact_id, Verdict.NOT_STATED, JudgedBy.RULES, RULES_VERSION)
                for f in facts
            )
        return check_facts(
            answer.text,
            facts,
            self._tracked,
            answer.day,
            answer.locale or None,
            question=answer.question,
        )

    def _asks_about_own(self, question: str) -> bool:
        if question not in self._about_own:
            self._about_own[question] = asked_of(question, self._tracked) == self._pack.own
        return self._about_own[question]
