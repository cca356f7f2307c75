"""Critical facts that answers contradict: for people at once, without statistics.

judgements as they stand ─▶ since the fact's last alert was resolved ─▶ two independent answers
─▶ a finding ─▶ an alert with what the sheet says and what was said
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from monitor.alerts import AlertKind, Contradiction, Finding, contradicted_facts
from monitor.pipeline.project import Project
from monitor.queries import AlertLine, Contradicting, contradicting_answers
from monitor.types import AlertOpened, AlertState, Fact, Pack, Severity, Verdict

_QUOTES = 5


@dataclass(frozen=True, slots=True)
class Contradictions:
    """Findings with the facts and the answers that they speak of."""

    findings: tuple[Finding, ...]
    facts: Mapping[str, Fact]
    answers: Mapping[str, Sequence[Contradicting]]

    def opened(self, pack: Pack, finding: Finding, now: datetime) -> AlertOpened:
        """The alert that a finding opens, with quotes, engines and since when."""
        fact, answers = self.facts[finding.fact_id], self.answers[finding.fact_id]
        engines = sorted({answer.engine for answer in answers})
        return AlertOpened(
            alert_id=uuid.uuid4().hex[:12],
            key=finding.key,
            kind=finding.kind.value,
            pack=pack.pack_id,
            brand=finding.brand,
            engine=engines[0] if len(engines) == 1 else "",
            since=finding.since,
            opened_at=now,
            title=f"{finding.brand}: answers contradict the critical fact {fact.fact_id}",
            text="\n".join(_lines(fact, answers, engines)),
        )


def contradictions(
    project: Project, pack: Pack, stored: Sequence[AlertLine], until: date
) -> Contradictions:
    """What answers up to `until` say against the pack's critical facts.

    People's word counts before the machine's: what they found to be right contradicts nothing.
    """
    critical = {
        fact.fact_id: fact
        for fact in project.catalog.facts_of(pack)
        if fact.severity is Severity.CRITICAL
    }
    if not critical:
        return Contradictions((), {}, {})
    resolved = _resolved_at(stored)
    answers: dict[str, list[Contradicting]] = {}
    for answer in contradicting_answers(project.store, pack.pack_id, tuple(critical), until):
        over = resolved.get((pack.own, answer.fact_id))
        if over is None or answer.asked_at > over:
            answers.setdefault(answer.fact_id, []).append(answer)
    findings = contradicted_facts(
        Contradiction(a.fact_id, pack.own, a.wave_id or str(a.day), a.answer_id, a.cell)
        for several in answers.values()
        for a in several
    )
    return Contradictions(findings, critical, answers)


def _resolved_at(stored: Sequence[AlertLine]) -> Mapping[tuple[str, str], datetime]:
    """When a person last closed the matter, by brand and fact."""
    found: dict[tuple[str, str], datetime] = {}
    for line in stored:
        if line.kind == AlertKind.CONTRADICTION and line.state is AlertState.RESOLVED:
            brand, fact_id = line.key.split("|")[1:]
            if line.moved_at is not None:
                known = found.get((brand, fact_id), line.moved_at)
                found[brand, fact_id] = max(known, line.moved_at)
    return found


def _lines(fact: Fact, answers: Sequence[Contradicting], engines: Sequence[str]) -> list[str]:
    since = min(answer.day for answer in answers)
    outdated = sum(answer.verdict is Verdict.OUTDATED for answer in answers)
    confirmed = sum(answer.by_person for answer in answers)
    said: dict[str, Contradicting] = {}
    for answer in sorted(answers, key=lambda one: (one.day, one.answer_id), reverse=True):
        said.setdefault(answer.quote.lower(), answer)
    statement = fact.statement.get("en") or next(iter(fact.statement.values()))
    notes = [f"{outdated} say what was true earlier"] if outdated else []
    notes += [f"{confirmed} confirmed by a person" if confirmed else "none reviewed by a person"]
    return [
        f"The sheet says: {statement}",
        f"{len(answers)} answers of {', '.join(engines)} say otherwise since {since}; "
        f"{'; '.join(notes)}.",
        *(f"“{one.quote}” ({one.engine}, {one.day}, answer {one.answer_id})"
          for one in list(said.values())[:_QUOTES]),
    ]  # fmt: skip
