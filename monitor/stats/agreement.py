"""How far a judge can be trusted, and what its rate is once its errors are taken out."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, sqrt

from monitor.stats.intervals import Interval, normal_quantile

KAPPA_FLOOR = 0.6
ACCURACY_FLOOR = 1.3
"""Under this sensitivity + specificity the judge hardly tells right from wrong."""
_LEAST_POWER = 0.02


@dataclass(frozen=True, slots=True)
class Agreement:
    """Cohen's κ over `items`, its asymptotic standard error, and its confidence interval."""

    kappa: float | None
    standard_error: float | None
    interval: Interval | None
    items: float
    note: str = ""


class Fault(StrEnum):
    """Why a judge counts as uncalibrated, the gravest first."""

    TOO_FEW = "too_few"
    CHANCE = "chance"
    DISAGREEMENT = "disagreement"


@dataclass(frozen=True, slots=True)
class Calibration:
    """A judge against people: of `positives` items true by people it called `found` true.

    Of `negatives` items that aren't, it called `cleared` not true. Only randomly drawn items; where
    the draw was stratified, numbers are weighted and `possible` has pairs (q1, q0) as the reviews
    leave them possible (monitor.stats.calibration). `too_few` says how many items are missing.
    """

    found: float
    positives: float
    cleared: float
    negatives: float
    kappa: float | None = None
    possible: tuple[tuple[float, float], ...] = ()
    too_few: str = ""

    @property
    def sensitivity(self) -> float | None:
        """q1, the chance that the judge finds what is there; None if nothing was."""
        return self.found / self.positives if self.positives else None

    @property
    def specificity(self) -> float | None:
        """q0, the chance that the judge clears what isn't there; None if everything was."""
        return self.cleared / self.negatives if self.negatives else None

    @property
    def fault(self) -> Fault | None:
        """What makes the judge count as uncalibrated, None if it's fit."""
        q1, q0 = self.sensitivity, self.specificity
        if self.too_few or q1 is None or q0 is None:
            return Fault.TOO_FEW
        if q0 + q1 < ACCURACY_FLOOR:
            return Fault.CHANCE
        if self.kappa is not None and self.kappa < KAPPA_FLOOR:
            return Fault.DISAGREEMENT
        return None

    @property
    def problem(self) -> str:
        """Why the judge counts as uncalibrated, "" if it's fit."""
        match self.fault:
            case None:
                return ""
            case Fault.TOO_FEW:
                return f"uncalibrated: {self.too_few or 'too few reviewed answers'}"
            case Fault.CHANCE:
                power = (self.sensitivity or 0.0) + (self.specificity or 0.0)
                return (
                    "uncalibrated: the judge's verdicts are little better than chance "
                    f"(q0 + q1 = {power:.2f})"
                )
            case Fault.DISAGREEMENT:
                return f"uncalibrated: judge and people agree too little (κ = {self.kappa:.2f})"


@dataclass(frozen=True, slots=True)
class CorrectedRate:
    """A judged rate with the judge's errors taken out; `note` says when it's uncalibrated."""

    value: float | None
    interval: Interval | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnswerAccuracy:
    """SimpleQA's figures: the share correct, correct given attempted, and their harmonic mean."""

    correct: float
    given_attempted: float | None
    f_score: float | None


def cohen_kappa(table: Sequence[Sequence[float]], confidence: float = 0.95) -> Agreement:
    """Cohen's κ of a square table of counts, one rater's categories down, the other's across.

    Counts of a weighted sample are shares times its effective size.

    The standard error is Fleiss, Cohen & Everitt's (1969), as in SAS and in statsmodels, whose
    import takes seconds.
    """
    items = sum(map(sum, table))
    if items == 0:
        return Agreement(None, None, None, 0, "nothing was judged twice")
    size = range(len(table))
    rows = [sum(table[i]) / items for i in size]
    columns = [sum(table[i][j] for i in size) / items for j in size]
    observed = sum(table[i][i] for i in size) / items
    chance = fsum(rows[i] * columns[i] for i in size)
    if chance >= 1:
        return Agreement(None, None, None, items, "only one verdict occurs: κ is undefined")
    kappa = (observed - chance) / (1 - chance)
    diagonal = fsum(
        table[i][i] / items * (1 - (rows[i] + columns[i]) * (1 - kappa)) ** 2 for i in size
    )
    crossed = fsum(
        table[i][j] / items * (columns[i] + rows[j]) ** 2 for i in size for j in size if i != j
    )
    spread = diagonal + (1 - kappa) ** 2 * crossed - (kappa - chance * (1 - kappa)) ** 2
    error = sqrt(max(spread, 0.0) / items) / (1 - chance)
    half = normal_quantile((1 + confidence) / 2) * error
    interval = Interval(max(-1.0, kappa - half), min(1.0, kappa + half))
    return Agreement(kappa, error, interval if error > 1e-9 else None, items)


def rogan_gladen(judged: float, specificity: float, sensitivity: float) -> float:
    """θ = (p + q0 − 1)/(q0 + q1 − 1), kept within 0 and 1 (Rogan & Gladen 1978)."""
    return min(1.0, max(0.0, (judged + specificity - 1) / (specificity + sensitivity - 1)))


def corrected_rate(
    judged: float, answers: float, calibration: Calibration, confidence: float = 0.95
) -> CorrectedRate:
    """The judged rate corrected, with an interval that carries the calibration's uncertainty.

    `answers` is the effective number behind `judged` where answers are clustered. The interval is
    Lang & Reiczigel's (Prev. Vet. Med. 2014), which Lee et al. (2511.21140) take over for judges;
    after a stratified draw it's that of the rates that the calibration's `possible` pairs give.
    """
    q1, q0 = calibration.sensitivity, calibration.specificity
    is_useless = calibration.fault in (Fault.TOO_FEW, Fault.CHANCE)
    if q1 is None or q0 is None or is_useless or answers <= 0:
        return CorrectedRate(None, None, calibration.problem or "too few answers (n = 0)")
    interval_of = _simulated if calibration.possible else _lang_reiczigel
    interval = interval_of(judged, answers, calibration, confidence)
    value = rogan_gladen(judged, q0, q1)
    interval = Interval(min(interval.low, value), max(interval.high, value))
    return CorrectedRate(value, interval, calibration.problem)


def combined_rate(parts: Sequence[tuple[float, CorrectedRate]]) -> CorrectedRate:
    """The whole's rate from its parts' shares and corrected rates: of several judges' verdicts.

    Zou & Donner's (Stat. Med. 2008) interval for a sum of independent estimates: each side's
    distances add up in squares. Unknown as soon as one part is.
    """
    notes = "; ".join(dict.fromkeys(rate.note for _, rate in parts if rate.note))
    known = [
        (share, rate.value, rate.interval)
        for share, rate in parts
        if rate.value is not None and rate.interval is not None
    ]
    if not parts or len(known) < len(parts):
        return CorrectedRate(None, None, notes or "nothing was judged")
    value = fsum(share * rate for share, rate, _ in known)
    below = sqrt(fsum((share * (rate - held.low)) ** 2 for share, rate, held in known))
    above = sqrt(fsum((share * (held.high - rate)) ** 2 for share, rate, held in known))
    return CorrectedRate(value, Interval(max(0.0, value - below), min(1.0, value + above)), notes)


def answer_accuracy(correct: float, incorrect: float, total: float = 1.0) -> AnswerAccuracy:
    """The share correct, correct given attempted, and F, from counts or shares of `total`.

    Wei et al., Measuring short-form factuality in large language models (SimpleQA), OpenAI 2024.
    """
    attempted = correct + incorrect
    overall = correct / total
    if attempted == 0:
        return AnswerAccuracy(overall, None, None)
    given = correct / attempted
    f_score = 2 * overall * given / (overall + given) if correct else 0.0
    return AnswerAccuracy(overall, given, f_score)


def _lang_reiczigel(
    judged: float, answers: float, calibration: Calibration, confidence: float
) -> Interval:
    z = normal_quantile((1 + confidence) / 2)
    p = (answers * judged + z * z / 2) / (answers + z * z)
    q1 = (calibration.found + 1) / (calibration.positives + 2)
    q0 = (calibration.cleared + 1) / (calibration.negatives + 2)
    power = q0 + q1 - 1
    if power <= 0:
        return Interval(0.0, 1.0)
    theta = (p + q0 - 1) / power
    of_p = p * (1 - p) / (answers + z * z)
    of_q0 = q0 * (1 - q0) / (calibration.negatives + 2)
    of_q1 = q1 * (1 - q1) / (calibration.positives + 2)
    half = z * sqrt(of_p + (1 - theta) ** 2 * of_q0 + theta**2 * of_q1) / power
    shift = 2 * z * z * (theta * of_q1 - (1 - theta) * of_q0)
    low, high = theta + shift - half, theta + shift + half
    return Interval(min(1.0, max(0.0, low)), max(0.0, min(1.0, high)))


def _simulated(
    judged: float, answers: float, calibration: Calibration, confidence: float
) -> Interval:
    """The middle of the corrected rates that judged rate and calibration leave possible.

    A pair that hardly tells right from wrong leaves every rate possible.
    """
    import numpy as np

    chance = np.random.default_rng(0)
    q1, q0 = np.array(calibration.possible).T
    hits = judged * answers
    rates = chance.beta(hits + 0.5, answers - hits + 0.5, len(q1))
    power = q0 + q1 - 1
    telling = power > _LEAST_POWER
    corrected = (rates + q0 - 1) / np.where(telling, power, 1.0)
    thetas = np.where(telling, np.clip(corrected, 0, 1), chance.random(len(q1)))
    low, high = np.quantile(thetas, [(1 - confidence) / 2, (1 + confidence) / 2])
    return Interval(float(low), float(high))
