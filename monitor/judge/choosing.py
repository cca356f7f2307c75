"""Who judges an answer, which answers are judged, and on which facts: all of it by the rules.

The lot that draws answers hangs on their ids, so that it falls the same way every time.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from monitor.judge.prompting import in_force
from monitor.types import Engine, Fact, FactType, Verdict

_DECIDED = (Verdict.CORRECT, Verdict.INCORRECT, Verdict.OUTDATED)


def drawn(answer_id: str, share: float) -> bool:
    """Whether an answer is among the share of answers that are judged."""
    lot = int.from_bytes(hashlib.sha256(f"judged {answer_id}".encode()).digest()[:8], "big")
    return lot < share * 2.0**64


def judge_for(
    answerer: Engine | None, judges: Sequence[Engine], used: Collection[str] = ()
) -> Engine | None:
    """The first judge of another vendor than the answerer's whose model isn't used up, or None.

    `answerer` is None for an engine that nobody knows any more, whose answers any judge may judge.
    """
    vendor = answerer.vendor if answerer else ""
    fitting = (one for one in judges if one.vendor != vendor and one.model not in used)
    return next(fitting, None)


def open_facts(
    facts: Sequence[Fact], verdicts: Mapping[str, Verdict], day: date
) -> tuple[Fact, ...]:
    """The facts in force that rules left open: free text, and what they couldn't verify.

    `verdicts` are the rules', by fact; a typed fact without one isn't stated.
    """
    return tuple(
        fact for fact in facts if in_force(fact, day) and _is_open(fact, verdicts.get(fact.fact_id))
    )


def _is_open(fact: Fact, verdict: Verdict | None) -> bool:
    if verdict is Verdict.UNVERIFIABLE:
        return True
    return fact.value.type is FactType.TEXT and verdict not in _DECIDED
