"""Do the intervals cover the truth, and do alerts keep their promise? Prints the tables.

    python tests/benchmarks/coverage.py [--simulations 400] [--years 1000] [--only intervals]

Questions have latent chances of naming the brand, drawn anew for every simulation. *panel*: the
mean chance of the questions drawn; *market*: of all questions there are. Beside our intervals
stand MEASUREMENT.md's plain formulas and the common recipe, Wilson on all answers pooled.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import sqrt
from time import perf_counter

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from monitor.alerts import (
    PATIENCE,
    Stream,
    StreamWave,
    WaveFacts,
    confirmed,
    signalled_shift,
)
from monitor.stats import AnswerParts, CellCount, Interval, mean_of_rates, rate, share, wilson
from monitor.stats.agreement import Calibration, corrected_rate
from monitor.stats.cusum import cusum, run_length, weekly_steps
from monitor.stats.intervals import t_quantile

Chances = NDArray[np.float64]
SEED = 20261122
CONSOLE = Console(width=118)


# -- worlds -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Design:
    """One wave's size, the market's rate, how alike questions are (0) or split (1), and losses."""

    questions: int
    repeats: int
    rate: float
    unlike: float
    missing: float = 0.0


@dataclass(frozen=True, slots=True)
class World:
    """The questions' latent chances, and the market's rate that they were drawn from."""

    chances: Chances
    rate: float


def drawn_world(rng: Generator, design: Design) -> World:
    """Beta-distributed chances; the rate itself is spread by ± 20 %.

    A fixed rate would measure where it lies on the lattice of k/n, not the interval.
    """
    top = min(design.rate, 1 - design.rate) * 0.2
    market = design.rate + rng.uniform(-top, top)
    weight = 1 / design.unlike - 1
    chances = rng.beta(market * weight, (1 - market) * weight, design.questions)
    return World(chances, market)


def asked(rng: Generator, chances: Chances, design: Design) -> list[CellCount]:
    """One wave's counts; every answer fails with the design's chance of being missing."""
    answers = rng.binomial(design.repeats, 1 - design.missing, len(chances))
    hits = rng.binomial(answers, chances)
    return [
        CellCount(f"q{i:03}", int(m), int(k))
        for i, (m, k) in enumerate(zip(hits, answers, strict=True))
    ]


# -- intervals --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Covered:
    """How often each interval held its truth, in percent, over `runs` simulations."""

    design: Design
    runs: int
    panel: float
    market: float
    plain_panel: float
    plain_market: float
    pooled_panel: float
    pooled_market: float
    width: float


def plain_panel(cells: Sequence[CellCount]) -> Interval:
    """MEASUREMENT.md's panel formula taken literally: ± 1.96 SE; ± 0 where nothing varied."""
    kept = [c for c in cells if c.answers > 1]
    value = sum(c.hits / c.answers for c in kept) / max(len(kept), 1)
    spread = sum(c.hits * (c.answers - c.hits) / c.answers**2 / (c.answers - 1) for c in kept)
    half = 1.96 * sqrt(spread) / max(len(kept), 1)
    return Interval(value - half, value + half)


def plain_market(cells: Sequence[CellCount]) -> Interval:
    """MEASUREMENT.md's market formula taken literally: t·sd/√n."""
    shares = np.array([c.hits / c.answers for c in cells if c.answers])
    half = t_quantile(0.975, len(shares) - 1) * float(shares.std(ddof=1)) / sqrt(len(shares))
    return Interval(float(shares.mean()) - half, float(shares.mean()) + half)


def covered(rng: Generator, design: Design, simulations: int) -> Covered:
    """Coverage of the six intervals in one design."""
    held = np.zeros(7)
    runs = 0
    for _ in range(simulations):
        world = drawn_world(rng, design)
        cells = asked(rng, world.chances, design)
        found = rate(cells)
        if found.panel is None or found.market is None:
            continue
        runs += 1
        panel, market = float(world.chances.mean()), world.rate
        pooled = wilson(found.k, found.n)
        held += (
            panel in found.panel,
            market in found.market,
            panel in plain_panel(cells),
            market in plain_market(cells),
            panel in pooled,
            market in pooled,
            found.panel.margin,
        )
    return Covered(design, runs, *(float(v) for v in 100 * held / max(runs, 1)))


def designs() -> Iterator[Design]:
    """Questions 10–200, repeats 1–10, rates 2–98 %, questions alike to split, missing answers."""
    grid = product((10, 20, 50, 200), (1, 2, 5, 10), (0.02, 0.1, 0.5, 0.98), (0.1, 0.3, 0.6))
    for number, (questions, repeats, level, unlike) in enumerate(grid):
        yield Design(questions, repeats, level, unlike, 0.2 if number % 3 == 1 else 0.0)


def print_intervals(simulations: int) -> None:
    """One row per design, and a summary: how many designs lie within 93–97 %."""
    rng = np.random.default_rng(SEED)
    rows = [covered(rng, design, simulations) for design in designs()]
    table = Table(title=f"Coverage of 95 % intervals, {simulations} simulations a design (%)")
    for name in ("questions", "repeats", "rate", "unlike", "missing", "panel", "market"):
        table.add_column(name, justify="right")
    for name in ("plain panel", "plain market", "pooled/panel", "pooled/market", "± panel"):
        table.add_column(name, justify="right")
    for row in rows:
        d = row.design
        table.add_row(
            str(d.questions),
            str(d.repeats),
            f"{d.rate:.2f}",
            f"{d.unlike:.1f}",
            f"{d.missing:.1f}",
            *(f"{v:.1f}" for v in (row.panel, row.market, row.plain_panel, row.plain_market)),
            *(f"{v:.1f}" for v in (row.pooled_panel, row.pooled_market, row.width)),
        )
    CONSOLE.print(table)
    CONSOLE.print(_summary(rows, simulations))


def _summary(rows: Sequence[Covered], simulations: int) -> Table:
    noise = 200 * sqrt(0.95 * 0.05 / simulations)
    table = Table(title=f"Designs by coverage; 93–97 % allows two standard errors, ± {noise:.1f}")
    for name in ("interval", "designs", "under", "within", "over", "least", "mean", "most"):
        table.add_column(name, justify="right")
    repeated = [row for row in rows if row.design.repeats > 1]
    series: dict[str, list[float]] = {
        "panel, repeats > 1": [row.panel for row in repeated],
        "panel, one answer": [row.panel for row in rows if row.design.repeats == 1],
        "market": [row.market for row in rows],
        "plain panel, repeats > 1": [row.plain_panel for row in repeated],
        "plain market": [row.plain_market for row in rows],
        "pooled Wilson for panel": [row.pooled_panel for row in rows],
        "pooled Wilson for market": [row.pooled_market for row in rows],
    }
    for name, values in series.items():
        under = sum(v < 93 - noise for v in values)
        over = sum(v > 97 + noise for v in values)
        table.add_row(
            name,
            *(str(v) for v in (len(values), under, len(values) - under - over, over)),
            *(f"{v:.1f}" for v in (min(values), sum(values) / len(values), max(values))),
        )
    return table


def print_pooled_engines(simulations: int) -> None:
    """The mean of three engines that are asked the same questions."""
    rng = np.random.default_rng(SEED + 1)
    table = Table(title="Mean of three engines, questions shared: coverage (%)")
    for name in ("questions", "repeats", "panel", "market", "pooled Wilson for market"):
        table.add_column(name, justify="right")
    for questions, repeats in product((10, 40, 200), (1, 3, 10)):
        held = np.zeros(3)
        for _ in range(simulations):
            chances, truth = _three_engines(rng, questions)
            plan = Design(questions, repeats, 0.3, 0.3)
            engines = [asked(rng, row, plan) for row in chances]
            found = mean_of_rates(engines)
            if found.panel is None or found.market is None:
                continue
            pooled = wilson(found.k, found.n)
            held += (
                float(chances.mean()) in found.panel,
                truth in found.market,
                truth in pooled,
            )
        table.add_row(str(questions), str(repeats), *(f"{100 * v / simulations:.1f}" for v in held))
    CONSOLE.print(table)


def _three_engines(rng: Generator, questions: int) -> tuple[Chances, float]:
    """Chances by engine and question that go together by question, and the market's mean."""
    offsets = np.array([-0.15, 0.0, 0.15])
    base = rng.beta(0.7, 1.1, questions)
    chances = np.clip(base[None, :] * 0.7 + 0.15 + offsets[:, None], 0.0, 1.0)
    return chances, 0.7 * 0.7 / 1.8 + 0.15


def print_shares(simulations: int) -> None:
    """Share of voice: ours by linearisation, beside the bootstrap of questions, then repeats."""
    rng = np.random.default_rng(SEED + 2)
    table = Table(title="Share of voice: coverage of the market's share (%)")
    for name in ("questions", "repeats", "share", "ours: panel", "ours: market", "bootstrap"):
        table.add_column(name, justify="right")
    for questions, repeats, level in product((10, 30, 100), (1, 3, 10), (0.05, 0.3)):
        held = np.zeros(3)
        for _ in range(simulations):
            part, whole, panel, market = _voices(rng, questions, repeats, level)
            rows = [
                AnswerParts(f"q{i:03}", float(part[i, j]), float(whole[i, j]))
                for i in range(questions)
                for j in range(repeats)
            ]
            found = share(rows)
            low, high = _bootstrap(rng, part, whole)
            held += (
                found.panel is not None and panel in found.panel,
                found.market is not None and market in found.market,
                low <= market <= high,
            )
        table.add_row(
            *(str(v) for v in (questions, repeats, level)),
            *(f"{100 * v / simulations:.1f}" for v in held),
        )
    CONSOLE.print(table)


def _voices(
    rng: Generator, questions: int, repeats: int, level: float
) -> tuple[Chances, Chances, float, float]:
    """Our mentions and all tracked mentions by answer, the questions' true share, the market's."""
    own = rng.beta(3 * level, 3 * (1 - level), questions)
    others = rng.beta(2, 2, (questions, 4))
    part = (rng.random((questions, repeats)) < own[:, None]).astype(float)
    rivals = (rng.random((questions, repeats, 4)) < others[:, None, :]).sum(axis=2)
    panel = float(own.sum() / (own.sum() + others.sum()))
    return part, part + rivals, panel, level / (level + 4 * 0.5)


def _bootstrap(rng: Generator, part: Chances, whole: Chances, draws: int = 300) -> list[float]:
    questions, repeats = part.shape
    rows = rng.integers(0, questions, (draws, questions))[:, :, None]
    columns = rng.integers(0, repeats, (draws, questions, repeats))
    sums = part[rows, columns].sum(axis=(1, 2)) / whole[rows, columns].sum(axis=(1, 2))
    return [float(v) for v in np.quantile(sums, [0.025, 0.975])]


def print_judged(simulations: int) -> None:
    """The judged rate corrected by its calibration, beside the judged rate taken at its word."""
    rng = np.random.default_rng(SEED + 3)
    table = Table(title="Judged rates: coverage of the true rate (%)")
    for name in ("true rate", "q1", "q0", "reviewed", "corrected", "uncorrected Wilson"):
        table.add_column(name, justify="right")
    for truth, (q1, q0), reviewed in product(
        (0.1, 0.5, 0.9), ((0.9, 0.8), (0.95, 0.97)), (60, 200)
    ):
        held = np.zeros(2)
        for _ in range(simulations):
            positives = int(rng.binomial(reviewed, 0.5))
            negatives = reviewed - positives
            calibration = Calibration(
                int(rng.binomial(positives, q1)),
                positives,
                int(rng.binomial(negatives, q0)),
                negatives,
            )
            judged = int(rng.binomial(300, truth * q1 + (1 - truth) * (1 - q0)))
            found = corrected_rate(judged / 300, 300, calibration)
            held += (
                found.interval is not None and truth in found.interval,
                truth in wilson(judged, 300),
            )
        table.add_row(
            *(str(v) for v in (truth, q1, q0, reviewed)),
            *(f"{100 * v / simulations:.1f}" for v in held),
        )
    CONSOLE.print(table)


# -- alerts -----------------------------------------------------------------------------------

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
    """Prints the tables asked for, each with the time it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--simulations", type=int, default=400)
    parser.add_argument("--years", type=int, default=1000)
    parser.add_argument("--only", default="")
    chosen = parser.parse_args()
    parts: dict[str, Callable[[], None]] = {
        "intervals": lambda: print_intervals(chosen.simulations),
        "engines": lambda: print_pooled_engines(chosen.simulations),
        "shares": lambda: print_shares(chosen.simulations),
        "judged": lambda: print_judged(chosen.simulations),
        "false-alarms": lambda: print_false_alarms(chosen.years),
        "delays": lambda: print_delays(max(chosen.years // 5, 50)),
    }
    for name, show in parts.items():
        if chosen.only in ("", name):
            began = perf_counter()
            show()
            CONSOLE.print(f"{name}: {perf_counter() - began:.0f} s\n")


if __name__ == "__main__":
    main()
