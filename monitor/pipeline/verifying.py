"""Holds what is stored against what it was made from: journal, raw answers, measures."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from monitor import schema
from monitor.errors import StoreError
from monitor.mentions import extract
from monitor.pipeline.project import Project
from monitor.store import released_version, stored_answers, stored_counts
from monitor.types import Answer, AnswerStatus, MentionState


@dataclass(frozen=True, slots=True)
class Check:
    """One check and what it found."""

    check: str
    ok: bool
    finding: str


def verify_store(project: Project) -> tuple[Check, ...]:
    """Every check: schema history, journal against answers, figures against raw answers."""
    journalled, damaged = _journalled(project)
    checks = [
        _migrations(project),
        Check("journal", not damaged, "; ".join(damaged) or f"{len(journalled)} answers readable"),
        _answers(project, journalled),
    ]
    checks += [
        _figures(project, pack)
        for pack in ("", *project.catalog.packs)
        if released_version(project.store, pack)
    ]
    return tuple(checks)


def _journalled(project: Project) -> tuple[dict[str, Answer], list[str]]:
    """Every journalled answer, the first of each id, and the files that can't be read."""
    answers: dict[str, Answer] = {}
    damaged: list[str] = []
    for name in project.store.journal.names():
        try:
            for entry in project.store.journal.read(name):
                if isinstance(entry, Answer):
                    answers.setdefault(entry.answer_id, entry)
        except StoreError as e:
            damaged.append(str(e))
    return answers, damaged


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
    missing = journalled.keys() - stored.keys()
    unknown = stored.keys() - journalled.keys()
    changed = [
        answer_id
        for answer_id, (question, text) in stored.items()
        if answer_id in journalled
        and (journalled[answer_id].question, journalled[answer_id].text) != (question, text)
    ]
    wrong = [
        f"{len(ids)} {words}, first {min(ids)}"
        for ids, words in (
            (missing, "journalled but not stored"),
            (unknown, "stored but not journalled"),
            (changed, "differ from the journal"),
        )
        if ids
    ]
    return Check("answers", not wrong, "; ".join(wrong) or f"{len(stored)} as journalled")


def _figures(project: Project, pack: str) -> Check:
    """The rollups that figures are read from, recounted from the raw answers themselves."""
    name = f"figures of {pack or 'imported answers'}"
    tracked = project.tracked(pack)
    if released_version(project.store, pack) != tracked.version:
        return Check(name, False, "brands or matcher changed since; run `monitor remeasure`")
    counts = Counter(_recounted(project, pack))
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


def _recounted(project: Project, pack: str) -> Iterator[tuple[str, str]]:
    tracked = project.tracked(pack)
    journalled, _ = _journalled(project)
    for answer in journalled.values():
        if answer.pack != pack or answer.status is not AnswerStatus.OK:
            continue
        lang = answer.locale.split("-")[0].lower() or None
        for mention in extract(answer.text, tracked, answer.sources, lang).mentions:
            if mention.state is not MentionState.ABSENT and mention.state.visible:
                yield mention.brand, answer.engine
