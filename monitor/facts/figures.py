"""Accuracy, omission and F of judged answers, with intervals clustered by question."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitor.stats import FLOOR, CellCount, Estimate, merged, rate
from monitor.stats.agreement import Calibration, CorrectedRate, answer_accuracy, corrected_rate
from monitor.stats.intervals import effective_answers
from monitor.types import Verdict

_WRONG = (Verdict.INCORRECT, Verdict.OUTDATED)
_SCORED = (Verdict.CORRECT, *_WRONG)


@dataclass(frozen=True, slots=True)
class FactVerdict:
    """The verdict on one fact in one ok answer; `asked` if the question asks that fact.

    `group` tells the cells of one question apart (engine, locale, persona). `verdict` None is
    unscored: a judge's reply that nobody could use.
    """

    question: str
    fact_id: str
    verdict: Verdict | None
    asked: bool
    group: str = ""
    promise: bool = False


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How true answers are, and how much they leave out.

    `accuracy` is correct/(correct + incorrect + outdated) over facts that answers state;
    `omission` is not stated/asked. `correct_given_attempted` and `f_score` are SimpleQA's, over
    asked facts. `corrected` is the accuracy with the judge's errors taken out, None where there's
    no calibration. `counts` has every verdict, `unscored` and `promises` beside them.
    """

    accuracy: Estimate
    omission: Estimate
    correct_given_attempted: float | None
    f_score: float | None
    corrected: CorrectedRate | None
    counts: Mapping[Verdict, int]
    unscored: int
    promises: int


def accuracy(
    verdicts: Iterable[FactVerdict],
    calibration: Calibration | None = None,
    *,
    floor: int = FLOOR,
    confidence: float = 0.95,
) -> Accuracy:
    """The figures of these verdicts.

    Unscored ones are in no denominator, unverifiable ones only in that of omission: the answer
    does say something about the fact.
    """
    rows = list(verdicts)
    scored = [row for row in rows if row.verdict in _SCORED]
    asked = [row for row in rows if row.asked and row.verdict is not None]
    estimate = rate(_cells(scored, Verdict.CORRECT), floor=floor, confidence=confidence)
    omission = rate(_cells(asked, Verdict.NOT_STATED), floor=floor, confidence=confidence)
    answered = Counter(row.verdict for row in asked)
    wrong = sum(answered[verdict] for verdict in _WRONG)
    tried = len(asked) - answered[Verdict.UNVERIFIABLE]
    simple = answer_accuracy(answered[Verdict.CORRECT], wrong, tried) if tried else None
    return Accuracy(
        estimate,
        omission,
        simple.given_attempted if simple else None,
        simple.f_score if simple else None,
        _corrected(estimate, calibration, confidence),
        Counter(row.verdict for row in rows if row.verdict is not None),
        sum(row.verdict is None for row in rows),
        sum(row.promise for row in rows),
    )


def _cells(rows: Sequence[FactVerdict], event: Verdict) -> list[CellCount]:
    """A cell per question and group; several facts in one answer are as many tries of its cell."""
    counts = (CellCount(row.question, int(row.verdict is event), 1, row.group) for row in rows)
    return list(merged(counts).values())


def _corrected(
    estimate: Estimate, calibration: Calibration | None, confidence: float
) -> CorrectedRate | None:
    if calibration is None or estimate.value is None:
        return None
    interval = estimate.market or estimate.panel
    answers = effective_answers(estimate.value, interval, confidence) if interval else estimate.n
    return corrected_rate(estimate.value, min(answers, estimate.n), calibration, confidence)
