"""Changes between two waves or windows: paired by cell, clustered by question, and judged together.

A change is looked for on the cells that both sides have. Two tests answer two things. `p` flips
the signs of the questions' differences: would questions like these show it? It is exact, and true
whatever the differences' spread, but a change confined to a few questions can't pass it, and
under six questions none can. `panel_p` deals each cell's answers to the two sides anew: did these
very questions change? It stands in for `p` under six questions (`test` says so).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from math import ceil, comb, erfc, fsum, lcm, sqrt
from typing import TYPE_CHECKING

from monitor.stats.estimates import CellCount, Estimate, merged, rate
from monitor.stats.intervals import (
    Interval,
    difference_interval,
    normal_quantile,
    t_quantile,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EFFECT_FLOOR = 0.05
LEVEL = 0.05
FEWEST_FLIPPED = 6
"""2 / 2**5 is more than 0.05: with five questions no flip of signs is significant."""
_EXACT_STEPS = 20_000_000
_DRAWS = 9_999
_GRID = 40_320
_MANY_CELLS = 20


class ChangeLabel(StrEnum):
    """What a change may be called."""

    REAL = "real"
    POSSIBLE = "possible"
    NOISE = "within noise"


class ChangeTest(StrEnum):
    """Which permutation gave the p-value."""

    SIGNS = "signs of questions"
    ANSWERS = "answers of cells"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Change:
    """after − before on the shared cells, with n's and a permutation p-value.

    `panel`: the change on these very questions; `market`: on questions like these. The sides'
    own intervals are `panel_before` and `panel_after`. `only_before` and `only_after` count the
    cells that the other side lacks. `spread` is the standard deviation of the questions'
    differences. None means that nothing is shared.
    """

    difference: float | None
    before: float | None
    after: float | None
    questions: int
    cells: int
    answers_before: int
    answers_after: int
    only_before: int
    only_after: int
    p: float = 1.0
    panel_p: float = 1.0
    test: ChangeTest = ChangeTest.NONE
    spread: float = 0.0
    standard_error: float | None = None
    panel: Interval | None = None
    market: Interval | None = None
    panel_before: Interval | None = None
    panel_after: Interval | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A change's label after Benjamini–Hochberg over all that are shown together.

    `questions_needed`: how many questions, asked as often, would settle it; None if it's settled.
    """

    label: ChangeLabel
    q: float
    questions_needed: int | None
    note: str


def paired_change(
    before: Iterable[CellCount],
    after: Iterable[CellCount],
    *,
    seed: int = 0,
    confidence: float = 0.95,
) -> Change:
    """The change on the cells with answers on both sides, each question weighing the same.

    `seed` only matters where the exact permutation would take too long.
    """
    first, second = merged(before), merged(after)
    shared = sorted(first.keys() & second.keys())
    lacking = (len(first) - len(shared), len(second) - len(shared))
    if not shared:
        return Change(None, None, None, 0, 0, 0, 0, *lacking, note="no cell is on both sides")
    pairs = [(first[key], second[key]) for key in shared]
    by_question = _differences(pairs)
    differences = [by_question[question] for question in sorted(by_question)]
    difference = float(sum(differences, Fraction(0)) / len(differences))
    spread = _standard_deviation([float(d) for d in differences])
    panel_p = _panel_p(pairs, len(differences))
    signs = len(differences) >= FEWEST_FLIPPED
    old, new = (rate(side, floor=0, confidence=confidence) for side in zip(*pairs, strict=True))
    change = Change(
        difference,
        old.value,
        new.value,
        len(differences),
        len(pairs),
        sum(cell.answers for cell, _ in pairs),
        sum(cell.answers for _, cell in pairs),
        *lacking,
        p=sign_flip_p(differences, seed=seed) if signs else panel_p,
        panel_p=panel_p,
        test=ChangeTest.SIGNS if signs else ChangeTest.ANSWERS,
        spread=spread,
        standard_error=spread / sqrt(len(differences)) if spread > 0 else None,
        panel=_panel_difference(old, new),
        panel_before=old.panel,
        panel_after=new.panel,
        note=_lacking_note(*lacking),
    )
    return _with_market(change, confidence)


def question_changes(
    before: Iterable[CellCount], after: Iterable[CellCount]
) -> tuple[tuple[str, float], ...]:
    """Each shared question with its own difference, the largest first: who carries a change."""
    first, second = merged(before), merged(after)
    found = _differences((first[key], second[key]) for key in first.keys() & second.keys())
    ordered = sorted(found.items(), key=lambda item: (-abs(item[1]), item[0]))
    return tuple((question, float(difference)) for question, difference in ordered)


def label_changes(
    changes: Sequence[Change],
    *,
    level: float = LEVEL,
    floor: float = EFFECT_FLOOR,
    power: float = 0.8,
    panel: bool = False,
) -> tuple[Verdict, ...]:
    """A verdict for each change; all that a reader sees together belong in one call.

    real: q ≤ `level` and at least `floor`; possible: not real, but p ≤ `level`, or sure on these
    very questions. `panel` judges by the panel test alone, as alerts about these questions do.
    """
    on_panel = benjamini_hochberg([change.panel_p for change in changes])
    adjusted = on_panel if panel else benjamini_hochberg([change.p for change in changes])
    return tuple(
        _verdict(change, q, panel_q, level, floor, power)
        for change, q, panel_q in zip(changes, adjusted, on_panel, strict=True)
    )


def benjamini_hochberg(p_values: Sequence[float]) -> tuple[float, ...]:
    """Adjusted p-values in the order given: q ≤ level keeps false discoveries under it (1995)."""
    count = len(p_values)
    ascending = sorted(range(count), key=lambda i: p_values[i])
    adjusted = [1.0] * count
    least = 1.0
    for place in range(count, 0, -1):
        index = ascending[place - 1]
        least = min(least, p_values[index] * count / place)
        adjusted[index] = least
    return tuple(adjusted)


def sign_flip_p(differences: Sequence[Fraction], *, seed: int = 0) -> float:
    """The share of sign patterns whose sum is as far from 0 as the one seen, two-sided.

    Exact by convolution over the differences' common denominator; where that would take too many
    steps, from 9,999 seeded draws.
    """
    moved = sorted(abs(d) for d in differences if d)
    if not moved:
        return 1.0
    unit = lcm(*(d.denominator for d in moved))
    steps = [int(d * unit) for d in moved]
    seen = abs(int(sum(differences, Fraction(0)) * unit))
    if sum(steps) * len(steps) <= _EXACT_STEPS:
        return _exact_flips(steps, seen)
    return _drawn_flips(steps, seen, seed)


# -- parts of a change ------------------------------------------------------------------------

_Pair = tuple[CellCount, CellCount]


def _differences(pairs: Iterable[_Pair]) -> Mapping[str, Fraction]:
    """Each question's mean difference over its cells, exactly."""
    by_question: dict[str, list[Fraction]] = defaultdict(list)
    for old, new in pairs:
        difference = Fraction(new.hits, new.answers) - Fraction(old.hits, old.answers)
        by_question[old.question].append(difference)
    return {name: sum(group, Fraction(0)) / len(group) for name, group in by_question.items()}


def _standard_deviation(values: Sequence[float]) -> float:
    if len(values) < 2:
        return 0.0
    mean = fsum(values) / len(values)
    return sqrt(fsum((v - mean) ** 2 for v in values) / (len(values) - 1))


def _lacking_note(only_before: int, only_after: int) -> str:
    if not only_before and not only_after:
        return ""
    return f"on shared cells: {only_before} only before and {only_after} only after left out"


def _with_market(change: Change, confidence: float) -> Change:
    """The change with its market interval, by Student's t over the questions' differences.

    Where every question changed alike their variance is 0; it takes the panel's then.
    """
    if change.questions == 1 or change.difference is None:
        return change
    t = t_quantile((1 + confidence) / 2, change.questions - 1)
    half = t * change.spread / sqrt(change.questions)
    market = Interval(max(-1.0, change.difference - half), min(1.0, change.difference + half))
    return replace(change, market=market if half > 0 else change.panel)


def _panel_difference(old: Estimate, new: Estimate) -> Interval | None:
    """The panel interval of new − old from both sides' own (Newcombe 1998)."""
    if old.value is None or new.value is None or old.panel is None or new.panel is None:
        return None
    return difference_interval((old.value, old.panel), (new.value, new.panel))


def _exact_flips(steps: Sequence[int], seen: int) -> float:
    """P(|Σ ± step| ≥ seen) by adding one step after the other to the distribution of the sum."""
    import numpy as np

    total = sum(steps)
    chances = np.zeros(2 * total + 1)
    chances[total] = 1.0
    reach = 0
    for step in steps:
        now = chances[total - reach : total + reach + 1] / 2
        reach += step
        chances[total - reach : total + reach + 1] = 0.0
        chances[total - reach : total + reach + 1 - 2 * step] += now
        chances[total - reach + 2 * step : total + reach + 1] += now
    tail = float(chances[total + seen :].sum())
    return 1.0 if seen == 0 else min(1.0, 2 * tail)


def _drawn_flips(steps: Sequence[int], seen: int, seed: int) -> float:
    import numpy as np

    sums = _signs(seed, len(steps)) @ np.array(steps, dtype=np.float64)
    return (1 + int((np.abs(sums) >= seen * (1 - 1e-12)).sum())) / (1 + _DRAWS)


@lru_cache(maxsize=8)
def _signs(seed: int, count: int) -> "NDArray[np.float64]":
    """Seeded patterns of ±1, remembered: changes shown together have as many questions."""
    import numpy as np

    signs = np.random.default_rng(seed).integers(0, 2, (_DRAWS, count), dtype=np.int8)
    return 2 * signs.astype(np.float64) - 1


def _panel_p(pairs: Sequence[_Pair], questions: int) -> float:
    """P of a change as large if every cell's answers were dealt to the two sides at random.

    Only cells with both outcomes can change; with few of them the distribution is exact, with
    many it is normal (Cochran 1954, Mantel & Haenszel 1959).
    """
    cells = Counter(old.question for old, _ in pairs)
    weights = [1 / (questions * cells[old.question]) for old, _ in pairs]
    mixed = [
        (weight, old, new)
        for weight, (old, new) in zip(weights, pairs, strict=True)
        if 0 < old.hits + new.hits < old.answers + new.answers
    ]
    if len(mixed) < _MANY_CELLS:
        return _dealt_p(mixed)
    seen = fsum(w * (new.hits / new.answers - old.hits / old.answers) for w, old, new in mixed)
    variance = fsum(w * w * _dealt_variance(old, new) for w, old, new in mixed)
    return erfc(abs(seen) / sqrt(2 * variance))


def _dealt_variance(old: CellCount, new: CellCount) -> float:
    hits, answers = old.hits + new.hits, old.answers + new.answers
    spread = hits * (answers - hits) / (answers * (answers - 1))
    return spread * (1 / old.answers + 1 / new.answers)


def _dealt_p(mixed: Sequence[tuple[float, CellCount, CellCount]]) -> float:
    """The same exactly: hypergeometric in each cell, added up over cells.

    The grid is so fine that rounding can only make p larger, and hardly.
    """
    import numpy as np

    middle = _GRID + len(mixed)  # rounding carries the outermost sums a little over the grid
    chances = np.zeros(2 * middle + 1)
    chances[middle] = 1.0
    seen, reach = 0.0, 0
    for weight, old, new in mixed:
        seen += _GRID * weight * (new.hits / new.answers - old.hits / old.answers)
        steps = [(round(_GRID * weight * value), chance) for value, chance in _dealt(old, new)]
        before = chances[middle - reach : middle + reach + 1]
        chances = np.zeros_like(chances)
        for by, chance in steps:
            chances[middle - reach + by : middle + reach + 1 + by] += chance * before
        reach += max(abs(by) for by, _ in steps)
    distance = np.abs(np.arange(-middle, middle + 1))
    return min(1.0, float(chances[distance >= abs(seen) - len(mixed) / 2 - 1e-6].sum()))


def _dealt(old: CellCount, new: CellCount) -> Iterable[tuple[float, float]]:
    """Each difference of a cell that dealing its answers anew can give, with its chance."""
    hits, answers = old.hits + new.hits, old.answers + new.answers
    ways = comb(answers, new.answers)
    for h in range(max(0, hits - old.answers), min(hits, new.answers) + 1):
        chance = comb(hits, h) * comb(answers - hits, new.answers - h) / ways
        yield h / new.answers - (hits - h) / old.answers, chance


# -- verdicts ---------------------------------------------------------------------------------


def _verdict(
    change: Change, q: float, panel_q: float, level: float, floor: float, power: float
) -> Verdict:
    if change.difference is None:
        return Verdict(ChangeLabel.NOISE, q, None, change.note)
    size = abs(change.difference)
    if q <= level and size >= floor:
        return Verdict(ChangeLabel.REAL, q, None, "")
    here = panel_q <= level
    label = ChangeLabel.POSSIBLE if change.p <= level or here else ChangeLabel.NOISE
    if q <= level:
        note = f"significant, but under the floor of {100 * floor:.0f} points"
        return Verdict(label, q, None, note)
    needed = questions_to_settle(change, max(size, floor), level, power)
    if needed is None:
        return Verdict(label, q, None, "one question: ask more to know")
    note = _needed_note(change, needed, max(size, floor))
    if here:
        note = f"sure on these questions, but carried by few of them; {note}"
    return Verdict(label, q, needed, note)


def questions_to_settle(change: Change, size: float, level: float, power: float) -> int | None:
    """How many questions would show a change of `size` with `power`; None from one question."""
    spread = change.spread
    if spread == 0 and change.panel is not None:
        spread = change.panel.margin / normal_quantile(1 - level / 2) * sqrt(change.questions)
    if change.questions < 2 or spread == 0:
        return None
    factor = normal_quantile(1 - level / 2) + normal_quantile(power)
    return ceil((factor * spread / size) ** 2)


def _needed_note(change: Change, needed: int, size: float) -> str:
    points = f"{100 * size:.0f} points"
    if needed <= change.questions:
        return f"{change.questions} questions would have shown a lasting change of {points}"
    return f"about {needed} questions, asked as often, would settle a change of {points}"
