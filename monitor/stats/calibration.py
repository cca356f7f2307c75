"""A machine held against people: κ, sensitivity and specificity from a stratified random sample.

The sample is drawn by what the machine said, so that rare verdicts are seen often enough; each
reviewed item stands for `weight` items of its part. How often the machine makes each call is known
from the whole; what reviews estimate is what people say of the items of each call. Sensitivity q1
and specificity q0 follow from those shares, so their errors go together: they are drawn together
from what the reviews leave possible (Dirichlet with Jeffreys' prior), and so carried on to the
corrected rate. tests/benchmarks/calibration.py prints how often its interval holds the truth.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum

from monitor.stats.agreement import Agreement, Calibration, cohen_kappa
from monitor.stats.intervals import Interval

LEAST_REVIEWS = 30
LEAST_OF_EACH = 5
"""So many statements that people call right, and so many that they call wrong."""
_DRAWS = 4_000


class Call(StrEnum):
    """What is said of a statement; `NOTHING`: not stated, or nobody can tell."""

    RIGHT = "right"
    WRONG = "wrong"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A randomly drawn item: the machine's call, a person's, and how many items it stands for."""

    machine: Call
    person: Call
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class JudgeQuality:
    """A machine by `reviews` random items: κ over all three calls, q1 and q0 over what is stated.

    `sensitivity` and `specificity` are the intervals of q1 and q0, None where no item tells;
    `calibration` has their values, and its `problem` says why the machine counts as uncalibrated.
    On `unseen` items it saw a statement where people saw none: they are in neither.
    """

    reviews: int
    agreement: Agreement
    sensitivity: Interval | None
    specificity: Interval | None
    calibration: Calibration
    unseen: int


def judge_quality(reviewed: Iterable[Reviewed], confidence: float = 0.95) -> JudgeQuality:
    """The machine's quality by the items that were drawn at random."""
    items = list(reviewed)
    agreement = cohen_kappa(_table(items), confidence)
    possible = _possible(items)
    calibration = Calibration(
        found=_weight(items, Call.RIGHT, Call.RIGHT),
        positives=_weight(items, Call.RIGHT, Call.RIGHT) + _weight(items, Call.WRONG, Call.RIGHT),
        cleared=_weight(items, Call.WRONG, Call.WRONG),
        negatives=_weight(items, Call.WRONG, Call.WRONG) + _weight(items, Call.RIGHT, Call.WRONG),
        kappa=agreement.kappa,
        possible=possible,
        too_few=_too_few(items),
    )
    return JudgeQuality(
        len(items),
        agreement,
        _interval([q1 for q1, _ in possible], calibration.sensitivity, confidence),
        _interval([q0 for _, q0 in possible], calibration.specificity, confidence),
        calibration,
        sum(i.machine is not Call.NOTHING and i.person is Call.NOTHING for i in items),
    )


def _weight(items: Iterable[Reviewed], machine: Call, person: Call) -> float:
    return fsum(i.weight for i in items if i.machine is machine and i.person is person)


def _possible(items: Sequence[Reviewed]) -> tuple[tuple[float, float], ...]:
    """Pairs (q1, q0) as these items leave them possible, the same ones at every call."""
    import numpy as np

    chance = np.random.default_rng(0)
    right = np.zeros((_DRAWS, 2))
    wrong = np.zeros((_DRAWS, 2))
    for column, call in enumerate((Call.RIGHT, Call.WRONG)):
        called = [item for item in items if item.machine is call]
        if not called:
            return ()
        shares = chance.dirichlet(_evidence(called), _DRAWS)
        weight = fsum(item.weight for item in called)
        right[:, column], wrong[:, column] = weight * shares[:, 0], weight * shares[:, 1]
    if not items or not right.any() or not wrong.any():
        return ()
    q1 = right[:, 0] / right.sum(axis=1)
    q0 = wrong[:, 1] / wrong.sum(axis=1)
    return tuple(zip(q1.tolist(), q0.tolist(), strict=True))


def _evidence(called: Sequence[Reviewed]) -> list[float]:
    """What people say of one call's items, in effective numbers (Kish), plus Jeffreys' halves.

    Within one call weights have little to do with what people say. What nobody saw gets no half:
    it is no third kind of truth.
    """
    total = fsum(item.weight for item in called)
    factor = total / fsum(item.weight**2 for item in called)
    counts = [
        factor * fsum(item.weight for item in called if item.person is person)
        for person in (Call.RIGHT, Call.WRONG, Call.NOTHING)
    ]
    return [counts[0] + 0.5, counts[1] + 0.5, counts[2] + 1e-6]


def _interval(draws: Sequence[float], value: float | None, confidence: float) -> Interval | None:
    import numpy as np

    if value is None or not draws:
        return None
    low, high = np.quantile(draws, [(1 - confidence) / 2, (1 + confidence) / 2])
    return Interval(min(float(low), value), max(float(high), value))


def _table(items: Sequence[Reviewed]) -> list[list[float]]:
    """The calls of machine and people as counts of the sample's effective size."""
    total = fsum(item.weight for item in items)
    factor = total / fsum(item.weight**2 for item in items) if items else 0.0
    return [[_weight(items, machine, person) * factor for person in Call] for machine in Call]


def _too_few(items: Sequence[Reviewed]) -> str:
    right, wrong = (
        sum(i.machine is not Call.NOTHING and i.person is call for i in items)
        for call in (Call.RIGHT, Call.WRONG)
    )
    if len(items) < LEAST_REVIEWS:
        return f"{len(items)} of the {LEAST_REVIEWS} random reviews it takes"
    if min(right, wrong) < LEAST_OF_EACH:
        return (
            f"people called {right} statements right and {wrong} wrong; it takes "
            f"{LEAST_OF_EACH} of each"
        )
    return ""
