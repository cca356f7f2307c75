"""Where the spread of answers comes from: phrasing, repeat, engine, locale, week."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Component:
    """One source's variance and its share of all; None where the data can't tell it.

    `levels` is how many different values the source took.
    """

    source: str
    variance: float | None
    share: float | None
    levels: int


def variance_components(
    values: Sequence[float], sources: Mapping[str, Sequence[str]]
) -> tuple[Component, ...]:
    """Each source's part of the variance of `values`, and "repeat" for what is left.

    `sources` gives for each source (question, phrasing, engine, …) its level in every answer; a
    source that only has meaning within another (a phrasing within its question) needs levels
    that name both. Effects are taken as random and additive, and quadratic forms set equal to
    their expectations, which holds for any imbalance (MINQUE(0): Hartley, Rao & LaMotte,
    Biometrics 1978).
    Negative solutions are 0; sources with one level, or that can't be told apart, are None.
    """
    if len(values) < 2:
        return tuple(Component(name, None, None, len(set(s))) for name, s in sources.items())
    levels = {name: len(set(labels)) for name, labels in sources.items()}
    told = _distinguishable(sources, len(values))
    found = _solved(values, {name: sources[name] for name in told})
    total = fsum(found.values())
    components = [
        Component(name, found.get(name), _share(found.get(name), total), levels[name])
        for name in sources
    ]
    rest = found[REPEAT]
    return (*components, Component(REPEAT, rest, _share(rest, total), len(values)))


def _share(variance: float | None, total: float) -> float | None:
    return variance / total if variance is not None and total > 0 else None


def _distinguishable(sources: Mapping[str, Sequence[str]], count: int) -> list[str]:
    """The sources that vary, within which answers repeat, and that split them as no earlier one."""
    kept: dict[str, Sequence[str]] = {}
    for name, labels in sources.items():
        groups = len(set(labels))
        if groups < 2 or groups == count:
            continue
        if any(_same_partition(labels, other) for other in kept.values()):
            continue
        kept[name] = labels
    return list(kept)


def _same_partition(first: Sequence[str], second: Sequence[str]) -> bool:
    pairs = set(zip(first, second, strict=True))
    return len(pairs) == len(set(first)) == len(set(second))


def _solved(values: Sequence[float], sources: Mapping[str, Sequence[str]]) -> dict[str, float]:
    import numpy as np

    names = [*sources, REPEAT]
    count = len(values)
    mean = fsum(values) / count
    left = [v - mean for v in values]
    counts = {name: Counter(labels) for name, labels in sources.items()}
    matrix = np.zeros((len(names), len(names)))
    forms = np.zeros(len(names))
    for i, name in enumerate(sources):
        forms[i] = _group_square(left, sources[name])
        squares = sum(n * n for n in counts[name].values())
        matrix[i, -1] = matrix[-1, i] = count - squares / count
        for j, other in enumerate(list(sources)[: i + 1]):
            matrix[i, j] = matrix[j, i] = _overlap(sources[name], sources[other], count)
    forms[-1] = fsum(v * v for v in left)
    matrix[-1, -1] = count - 1
    solved, *_ = np.linalg.lstsq(matrix, forms, rcond=None)
    return {name: max(0.0, float(v)) for name, v in zip(names, solved, strict=True)}


def _group_square(left: Sequence[float], labels: Sequence[str]) -> float:
    """Σ over levels of the squared sum of the deviations in it."""
    groups: dict[str, list[float]] = {}
    for value, label in zip(left, labels, strict=True):
        groups.setdefault(label, []).append(value)
    return fsum(fsum(group) ** 2 for group in groups.values())


def _overlap(first: Sequence[str], second: Sequence[str], count: int) -> float:
    """Σ (n_ab − n_a·n_b/N)² over two sources' levels: how much of one enters the other's form."""
    both, a, b = Counter(zip(first, second, strict=True)), Counter(first), Counter(second)
    together = sum(n * n for n in both.values())
    crossed = fsum(n * a[x] * b[y] for (x, y), n in both.items()) / count
    squares = sum(n * n for n in a.values()) * sum(n * n for n in b.values()) / count**2
    return together - 2 * crossed + squares
