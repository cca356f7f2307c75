"""Where the spread comes from: planted components must be found again."""

import numpy as np
import pytest

from monitor.stats.variance import REPEAT, Component, variance_components


def by_source(components: tuple[Component, ...]) -> dict[str, Component]:
    return {component.source: component for component in components}


def planted(seed: int, lost: float = 0.0) -> tuple[list[float], dict[str, list[str]]]:
    rng = np.random.default_rng(seed)
    effect = {
        "question": rng.normal(0, 0.30, 60),
        "engine": rng.normal(0, 0.20, 8),
        "week": rng.normal(0, 0.05, 10),
    }
    phrasing = rng.normal(0, 0.15, (60, 3))
    values: list[float] = []
    sources: dict[str, list[str]] = {n: [] for n in ("question", "phrasing", "engine", "week")}
    for q, e, w, f in np.ndindex(60, 8, 10, 3):
        if rng.random() < lost:
            continue
        value = effect["question"][q] + effect["engine"][e] + effect["week"][w] + phrasing[q, f]
        values.append(float(value + rng.normal(0, 0.25)))
        for name, label in zip(sources, (f"q{q}", f"q{q}/{f}", f"e{e}", f"w{w}"), strict=True):
            sources[name].append(label)
    return values, sources


@pytest.mark.parametrize("lost", [0.0, 0.4])
def test_planted_variances_are_found_again(lost: float) -> None:
    values, sources = planted(3, lost)

    found = by_source(variance_components(values, sources))

    assert found["question"].variance == pytest.approx(0.09, rel=0.4)
    assert found["phrasing"].variance == pytest.approx(0.0225, rel=0.35)
    assert found[REPEAT].variance == pytest.approx(0.0625, rel=0.1)
    assert found["engine"].variance == pytest.approx(0.04, rel=0.9)
    assert found["week"].variance == pytest.approx(0.0025, abs=0.003)
    assert sum(c.share or 0.0 for c in found.values()) == pytest.approx(1)


def test_pure_repeats_leave_everything_to_the_repeat() -> None:
    rng = np.random.default_rng(1)
    values = [float(v) for v in rng.integers(0, 2, 2000)]
    sources = {"question": [f"q{i % 40}" for i in range(2000)]}

    found = by_source(variance_components(values, sources))

    assert found[REPEAT].share == pytest.approx(1, abs=0.02)


def test_a_source_with_one_level_or_the_same_split_as_another_is_unknown_not_zero() -> None:
    values = [0.0, 1.0, 1.0, 0.0, 1.0, 1.0]
    questions = ["a", "a", "b", "b", "c", "c"]
    sources = {"question": questions, "phrasing": [f"{q}/0" for q in questions], "week": ["w"] * 6}

    found = by_source(variance_components(values, sources))

    assert found["question"].variance is not None
    assert found["phrasing"].variance is None
    assert found["week"].variance is None


@pytest.mark.parametrize("values", [[], [1.0], [1.0, 1.0, 1.0]])
def test_too_little_to_split_is_no_crash(values: list[float]) -> None:
    found = variance_components(values, {"question": [f"q{i % 2}" for i in range(len(values))]})

    assert all(component.share is None for component in found)


def test_the_order_of_rows_changes_nothing() -> None:
    values, sources = planted(5, 0.9)
    backwards = variance_components(values[::-1], {n: s[::-1] for n, s in sources.items()})

    assert backwards == variance_components(values, sources)
