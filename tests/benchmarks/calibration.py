"""Does the corrected accuracy hold the truth? Prints the table.

    python tests/benchmarks/calibration.py [--simulations 1000]

A simulated judge of known errors (q1, q0) judges 4,000 statements of three engines, of which a
share θ is true. People review some of them, drawn as `monitor review` draws (monitor.reviews); on
one item in ten they see no statement. The corrected rate is that of the same statements, or of 400
new ones. *Uncorrected* is Wilson's interval around the judged rate.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.random import Generator
from rich.console import Console
from rich.table import Table

from monitor.reviews import Stratum, drawn_items
from monitor.stats import Interval, wilson
from monitor.stats.agreement import corrected_rate
from monitor.stats.calibration import Call, Reviewed, judge_quality
from monitor.types import Verdict

STATEMENTS, NEW, ENGINES, UNSEEN, SEED = 4_000, 400, 3, 0.1, 20
ACCURACIES = ((0.8, 0.95, 0.85), (0.9, 0.97, 0.8), (0.6, 0.9, 0.8), (0.95, 0.98, 0.9))
REVIEWS = (50, 120)


@dataclass(frozen=True, slots=True)
class World:
    """A judge and its statements: the share that's true, and how often the judge gets it."""

    truth: float
    q1: float
    q0: float
    reviews: int


@dataclass(frozen=True, slots=True)
class Covered:
    """Shares of runs whose interval held the truth; `calibrated` of all runs gave one."""

    same: float
    new: float
    uncorrected: float
    calibrated: float
    margin: float


def judged(world: World, count: int, rng: Generator) -> tuple[np.ndarray, np.ndarray]:
    """What's true of `count` statements, and what the judge calls true."""
    true = rng.random(count) < world.truth
    called = np.where(true, rng.random(count) < world.q1, rng.random(count) >= world.q0)
    return true, called


def reviewed(true: np.ndarray, called: np.ndarray, reviews: int, rng: Generator) -> list[Reviewed]:
    """What people say of the items that are drawn, each with the weight of its stratum."""
    engine = rng.integers(0, ENGINES, len(true))
    unseen = rng.random(len(true)) < UNSEEN
    strata = list(_strata(engine, called, rng))
    drawn = list(islice(drawn_items(strata), reviews))
    counts = {part.name: sum(item.stratum == part.name for item in drawn) for part in strata}
    return [
        Reviewed(
            Call.RIGHT if called[n] else Call.WRONG,
            Call.NOTHING if unseen[n] else Call.RIGHT if true[n] else Call.WRONG,
            item.stratum_items / counts[item.stratum],
        )
        for item in drawn
        for n in [int(item.answer_id)]
    ]


def _strata(engine: np.ndarray, called: np.ndarray, rng: Generator) -> Iterator[Stratum]:
    for number in range(ENGINES):
        for verdict, call in ((Verdict.CORRECT, True), (Verdict.INCORRECT, False)):
            found = rng.permutation(np.flatnonzero((engine == number) & (called == call)))
            keys = tuple((str(n), "fact") for n in found[:200])
            yield Stratum("judge", f"engine-{number}", verdict, len(found), 0, keys)


def run(world: World, runs: int) -> Covered:
    """How often the truth is held over `runs` simulations."""
    rng = np.random.default_rng(SEED)
    held: list[tuple[bool, bool, bool]] = []
    margins: list[float] = []
    for _ in range(runs):
        true, called = judged(world, STATEMENTS, rng)
        calibration = judge_quality(reviewed(true, called, world.reviews, rng)).calibration
        _, afresh = judged(world, NEW, rng)
        same = corrected_rate(called.mean(), STATEMENTS, calibration).interval
        new = corrected_rate(afresh.mean(), NEW, calibration).interval
        plain = wilson(called.sum(), STATEMENTS)
        if isinstance(same, Interval) and isinstance(new, Interval):
            held.append((world.truth in same, world.truth in new, world.truth in plain))
            margins.append(same.margin)
    shares = 100 * np.mean(held, axis=0)
    return Covered(*shares, 100 * len(held) / runs, float(np.mean(margins)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--simulations", type=int, default=1000)
    runs = parser.parse_args().simulations
    table = Table(title=f"Truth held by 95 % intervals, {runs} runs each")
    for name in ("θ", "q1", "q0", "reviews", "corrected", "corrected, new answers",
                 "uncorrected", "calibrated", "margin"):  # fmt: skip
        table.add_column(name, justify="right")
    for truth, q1, q0 in ACCURACIES:
        for reviews in REVIEWS:
            found = run(World(truth, q1, q0, reviews), runs)
            table.add_row(
                *(str(value) for value in (truth, q1, q0, reviews)),
                *(f"{v:.1f} %" for v in (found.same, found.new, found.uncorrected,
                                         found.calibrated)),
                f"{found.margin:.3f}",
            )  # fmt: skip
    Console(width=118).print(table)


if __name__ == "__main__":
    main()
