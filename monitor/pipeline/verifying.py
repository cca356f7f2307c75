"""Holds what is stored against what it was made from: journal, raw answers, measures."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from monitor import schema
from monitor.errors import StoreError
from monitor.mentions import extract
from monitor.pipeline.checking import facts_version, judged_anew
from monitor.pipeline.project import Project
from monitor.store import (
    FactRelease,
    RulesVerdict,
    released_facts,
    released_version,
    stored_answers,
    stored_counts,
    stored_ids,
    verdicts_by_rules,
)
from monitor.types import Answer, AnswerStatus, Judging, MentionState, Pack, Review, Ruling


@dataclass(frozen=True, slots=True)
class Check:
    """One check and what it found."""

    check: str
    ok: bool
    finding: str


@dataclass(slots=True)
class _Journalled:
    """What the journal holds, the first of each id, and the files of it that can't be read."""

    answers: dict[str, Answer] = field(default_factory=dict)
    replies: set[str] = field(default_factory=set)
    reviews: set[str] = field(default_factory=set)
    rulings: dict[str, Ruling] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)


def verify_store(project: Project) -> tuple[Check, ...]:
    """Every check: schema history, journal against tables, figures against raw answers."""
    journalled = _journalled(project)
    answers, damaged = journalled.answers, journalled.damaged
    replies, reviews, rulings = (
        stored_ids(project.store, column, table)
        for column, table in (
            ("judging_id", "judgings"),
            ("review_id", "reviews"),
            ("ruling_id", "rulings"),
        )
    )
    checks = [
        _migrations(project),
        Check("journal", not damaged, "; ".join(damaged) or f"{len(answers)} answers readable"),
        _answers(project, answers),
        _same("judges' replies", journalled.replies, replies),
        _same("reviews", journalled.reviews, reviews),
        _same("rulings", journalled.rulings.keys(), rulings),
    ]
    ruled = standing_states(journalled.rulings.values())
    checks += [
        _figures(project, pack, answers, ruled)
        for pack in ("", *project.catalog.packs)
        if released_version(project.store, pack)
    ]
    checks += [
        _judgements(project, pack, release)
        for pack in project.catalog.packs.values()
        if (release := released_facts(project.store, pack.pack_id))
    ]
    return tuple(checks)


def _journalled(project: Project) -> _Journalled:
    found = _Journalled()
    for name in project.store.journal.names():
        try:
            for entry in project.store.journal.read(name):
                if isinstance(entry, Answer):
                    found.answers.setdefault(entry.answer_id, entry)
                elif isinstance(entry, Judging):
                    found.replies.add(entry.judging_id)
                elif isinstance(entry, Review):
                    found.reviews.add(entry.review_id)
                elif isinstance(entry, Ruling):
                    found.rulings.setdefault(entry.ruling_id, entry)
        except StoreError as e:
            found.damaged.append(str(e))
    return found


def _migrations(project: Project) -> Check:
    with project.store.reading("checking the schema") as con:
        applied = dict(con.execute("SELECT version, checksum FROM schema_migrations").fetchall())
    changed = [
        step.name for step in schema.MIGRATIONS if applied.get(step.version) != step.checksum
    ]
    return Check(
        "schema", not changed, f"changed since applied: {changed}" if changed else "as applied"
    )


def _answers(project: Project, journalled: dict[str, Answer]) -> Check:
    stored = stored_answers(project.store)
    changed = [
        answer_id
        for answer_id, (question, text) in stored.items()
        if answer_id in journalled
        and (journalled[answer_id].question, journalled[answer_id].text) != (question, text)
    ]
    return _same("answers", journalled.keys(), stored.keys(), changed)


def _same(
    name: str,
    journalled: Collection[str],
    stored: Collection[str],
    changed: Collection[str] = (),
) -> Check:
    """Whether the tables hold what the journal does, by ids, and nothing else."""
    wrong = [
        f"{len(ids)} {words}, first {min(ids)}"
        for ids, words in (
            (set(journalled) - set(stored), "journalled but not stored"),
            (set(stored) - set(journalled), "stored but not journalled"),
            (changed, "differ from the journal"),
        )
        if ids
    ]
    return Check(name, not wrong, "; ".join(wrong) or f"{len(stored)} as journalled")


Standing = Mapping[str, Mapping[str, MentionState]]
"""What people's rulings make of answers: id → brand → state."""


def standing_states(rulings: Iterable[Ruling]) -> Standing:
    """The states that stand: each brand's latest in each answer, unless it was withdrawn."""
    standing: dict[str, dict[str, MentionState]] = {}
    for one in sorted(rulings, key=lambda ruling: (ruling.ruled_at, ruling.ruling_id)):
        states = standing.setdefault(one.answer_id, {})
        states.pop(one.brand, None)
        if one.state is not None:
            states[one.brand] = one.state
    return standing


def _figures(
    project: Project, pack: str, journalled: Mapping[str, Answer], ruled: Standing
) -> Check:
    """The rollups that figures are read from, recounted from the raw answers themselves."""
    name = f"figures of {pack or 'imported answers'}"
    tracked = project.tracked(pack)
    if released_version(project.store, pack) != tracked.version:
        return Check(name, False, "brands or matcher changed since; run `monitor remeasure`")
    counts = Counter(_recounted(project, pack, journalled, ruled))
    stored = stored_counts(project.store, pack)
    differing = [key for key in counts.keys() | stored.keys() if counts[key] != stored.get(key, 0)]
    if differing:
        brand, engine = min(differing)
        return Check(
            name,
            False,
            f"{len(differing)} counts differ, first {brand} on {engine}: "
            f"{stored.get((brand, engine), 0)} stored, {counts[brand, engine]} in the answers; "
            "run `monitor rebuild`",
        )
    return Check(name, True, f"{sum(counts.values())} mentions recounted")


def _judgements(project: Project, pack: Pack, release: FactRelease) -> Check:
    """What rules found in the answers, found anew."""
    name = f"verdicts of {pack.pack_id}"
    if facts_version(project, pack).version != release.version:
        return Check(name, False, "facts, brands or rules changed since; run `monitor remeasure`")
    anew = set(_judged_anew_by_rules(project, pack))
    stored = verdicts_by_rules(project.store, pack.pack_id)
    if differing := anew ^ stored:
        answer_id, fact_id, *_ = min(differing, key=lambda one: one[:2])
        finding = (
            f"{len(anew - stored)} not stored, {len(stored - anew)} stored that rules don't find, "
            f"first {fact_id} in {answer_id}; run `monitor rebuild`"
        )
        return Check(name, False, finding)
    return Check(name, True, f"{len(stored)} found anew by rules")


def _judged_anew_by_rules(project: Project, pack: Pack) -> Iterator[RulesVerdict]:
    for judged in judged_anew(project, pack):
        for one in judged.judgements:
            start, end = (one.span.start, one.span.end) if one.span else (None, None)
            yield judged.answer.answer_id, one.fact_id, one.verdict.value, start, end


def _recounted(
    project: Project, pack: str, journalled: Mapping[str, Answer], ruled: Standing
) -> Iterator[tuple[str, str]]:
    tracked = project.tracked(pack)
    for answer in journalled.values():
        if answer.pack != pack or answer.status is not AnswerStatus.OK:
            continue
        lang = answer.locale.split("-")[0].lower() or None
        states = ruled.get(answer.answer_id)
        for mention in extract(answer.text, tracked, answer.sources, lang, states).mentions:
            if mention.state is not MentionState.ABSENT and mention.state.visible:
                yield mention.brand, answer.engine
