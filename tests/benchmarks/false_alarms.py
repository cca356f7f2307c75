"""Do alerts keep their promise, and how soon do they come? Prints the tables.

    python tests/benchmarks/false_alarms.py [--years 1000]

Years of weekly waves of one stream, with nothing happening in them or with a lasting fall; beside
the real decision stand two common recipes.
"""

import argparse
from collections.abc import Callable, Sequence
from time import perf_counter

import numpy as np
from numpy.random import Generator
from rich.console import Console
from rich.table import Table
from worlds import SEED, Design, asked, drawn_world

from monitor.alerts import (
    PATIENCE,
    Stream,
    StreamWave,
    WaveFacts,
    confirmed,
    signalled_shift,
)
from monitor.stats import CellCount, Interval, wilson
from monitor.stats.cusum import cusum, run_length, weekly_steps

CONSOLE = Console(width=118)
STREAM = Stream("visibility", "Acme", "engine-a")
PLAN = Design(40, 3, 0.4, 0.3, 0.03)
WEEKS = 52
Recipe = Callable[[Sequence[Sequence[CellCount]]], int | None]


def a_year(rng: Generator, *, shift: float = 0.0, at: int = WEEKS) -> list[list[CellCount]]:
    """A year's waves; from week `at` on every question's chance is `shift` lower, down to 0."""
    chances = drawn_world(rng, PLAN).chances
    if shift:
        chances = np.clip(chances, shift, None)  # so that the shift is that large in truth
    later = np.clip(chances - shift, 0.0, 1.0)
    return [asked(rng, later if week >= at else chances, PLAN) for week in range(WEEKS)]


def our_alarm(waves: Sequence[Sequence[CellCount]]) -> int | None:
    """The first week in which the real decision opens an alert.

    Weeks before the CUSUM's first signal can't; only from there on is each week decided anew.
    """
    first = signal_week(waves)
    if first is None:
        return None
    stream = [_stream_wave(number, cells) for number, cells in enumerate(waves)]
    for week in range(first, len(waves)):
        shift = signalled_shift(STREAM, stream[: week + 1])
        if shift is not None and confirmed([shift]):
            return week
    return None


def signal_week(waves: Sequence[Sequence[CellCount]]) -> int | None:
    """The first week in which the CUSUM alone signals."""
    steps = weekly_steps(waves)
    points = cusum([step.z for step in steps])
    return next((s.wave for s, p in zip(steps, points, strict=True) if p.signal), None)


def overlap_alarm(waves: Sequence[Sequence[CellCount]]) -> int | None:
    """The common recipe: pooled Wilson intervals of this week and the last don't overlap."""
    pooled = [_pooled(cells) for cells in waves]
    for week in range(1, len(pooled)):
        before, now = pooled[week - 1], pooled[week]
        if now.low > before.high or now.high < before.low:
            return week
    return None


def points_alarm(waves: Sequence[Sequence[CellCount]]) -> int | None:
    """The other common recipe: the figure moved by five points since last week."""
    shares = [sum(c.hits for c in w) / sum(c.answers for c in w) for w in waves]
    return next((i for i in range(1, len(shares)) if abs(shares[i] - shares[i - 1]) >= 0.05), None)


def _pooled(cells: Sequence[CellCount]) -> Interval:
    return wilson(sum(c.hits for c in cells), sum(c.answers for c in cells))


def _stream_wave(number: int, cells: Sequence[CellCount]) -> StreamWave:
    questions = frozenset(c.question for c in cells)
    answered = sum(1 for c in cells if c.answers)
    facts = WaveFacts(f"w{number:02}", len(cells), answered, questions, "matcher-1")
    return StreamWave(facts, tuple(cells))


RECIPES: dict[str, Recipe] = {
    "CUSUM alone": signal_week,
    "CUSUM, confirmed": our_alarm,
    "pooled Wilson, no overlap": overlap_alarm,
    "moved by 5 points": points_alarm,
}


def print_false_alarms(years: int) -> None:
    """Years without any change in which a recipe alarms at least once."""
    rng = np.random.default_rng(SEED + 4)
    alarmed = dict.fromkeys(RECIPES, 0)
    for _ in range(years):
        waves = a_year(rng)
        for name, recipe in RECIPES.items():
            alarmed[name] += recipe(waves) is not None
    promised = 100 * (1 - (1 - 1 / run_length()) ** WEEKS)
    table = Table(title=f"{years} null years of one stream; promised at most {promised:.1f} %")
    table.add_column("recipe")
    table.add_column("years with a false alarm (%)", justify="right")
    for name, count in alarmed.items():
        table.add_row(name, f"{100 * count / years:.1f}")
    CONSOLE.print(table)


def print_delays(years: int) -> None:
    """How soon a shift in week 12 is found: share within 12 weeks, and the median delay."""
    rng = np.random.default_rng(SEED + 5)
    table = Table(title=f"A lasting fall in week 12, {years} years each: found within 12 weeks")
    table.add_column("recipe")
    for points in (5, 10, 20):
        table.add_column(f"−{points} points: found (%), median weeks", justify="right")
    rows: dict[str, list[str]] = {name: [] for name in RECIPES}
    for points in (5, 10, 20):
        delays: dict[str, list[int]] = {name: [] for name in RECIPES}
        for _ in range(years):
            waves = a_year(rng, shift=points / 100, at=12)
            for name, recipe in RECIPES.items():
                week = recipe(waves[:24])
                if week is not None and week >= 12:
                    delays[name].append(week - 12 + 1)
        for name, found in delays.items():
            median = f"{np.median(found):.0f}" if found else "–"
            rows[name].append(f"{100 * len(found) / years:.0f}, {median}")
    for name, cells in rows.items():
        table.add_row(name, *cells)
    CONSOLE.print(table)
    CONSOLE.print(f"An alert may be confirmed up to {PATIENCE} weeks after the signal.")


def main() -> None:
    """Prints both tables, with the time they took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=1000)
    years = parser.parse_args().years
    began = perf_counter()
    print_false_alarms(years)
    print_delays(max(years // 5, 50))
    CONSOLE.print(f"{perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
