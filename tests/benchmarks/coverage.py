"""Do the intervals cover the truth? Prints the tables.

    python tests/benchmarks/coverage.py [--simulations 400] [--only intervals]

Questions have latent chances of naming the brand, drawn anew for every simulation. *panel*: the
mean chance of the questions drawn; *market*: of all questions there are. Beside our intervals
stand MEASUREMENT.md's plain formulas and the common recipe, Wilson on all answers pooled.
false_alarms.py beside this file does the same for alerts.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import sqrt
from time import perf_counter

import numpy as np
from numpy.random import Generator
from rich.console import Console
from rich.table import Table
from worlds import SEED, Chances, Design, asked, drawn_world, simulated_pools

from monitor.stats import AnswerParts, CellCount, Interval, mean_of_rates, rate, share, wilson
from monitor.stats.agreement import Calibration, corrected_rate
from monitor.stats.intervals import t_quantile

CONSOLE = Console(width=128)


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
    title = f"Coverage of 95 % intervals (%), ± two standard errors of {simulations} simulations"
    table = Table(title=title)
    for name in ("questions", "repeats", "rate", "unlike", "missing", "panel", "market"):
        table.add_column(
            name, justify="right", min_width=10 if name in ("panel", "market") else None
        )
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
            *(f"{v:.1f} ± {_error(v, row.runs):.1f}" for v in (row.panel, row.market)),
            *(f"{v:.1f}" for v in (row.plain_panel, row.plain_market)),
            *(f"{v:.1f}" for v in (row.pooled_panel, row.pooled_market, row.width)),
        )
    CONSOLE.print(table)
    CONSOLE.print(_summary(rows, simulations))


def _error(percent: float, runs: int) -> float:
    """Two standard errors of a coverage found by simulation, in points."""
    return 2 * sqrt(percent * (100 - percent) / max(runs, 1))


def _summary(rows: Sequence[Covered], simulations: int) -> Table:
    """Each interval's designs; under or over is what their own simulation error can't explain.

    Small designs that lose answers are often under the floor, and have fewer runs.
    """
    title = (
        f"Designs by coverage; 93–97 % allows two standard errors, ± {_error(95, simulations):.1f}"
    )
    table = Table(title=title)
    for name in ("interval", "designs", "under", "within", "over", "least", "mean", "most"):
        table.add_column(name, justify="right")
    repeated = [row for row in rows if row.design.repeats > 1]
    once = [row for row in rows if row.design.repeats == 1]
    series: dict[str, list[tuple[float, int]]] = {
        "panel, repeats > 1": [(row.panel, row.runs) for row in repeated],
        "panel, one answer": [(row.panel, row.runs) for row in once],
        "market": [(row.market, row.runs) for row in rows],
        "plain panel, repeats > 1": [(row.plain_panel, row.runs) for row in repeated],
        "plain market": [(row.plain_market, row.runs) for row in rows],
        "pooled Wilson for panel": [(row.pooled_panel, row.runs) for row in rows],
        "pooled Wilson for market": [(row.pooled_market, row.runs) for row in rows],
    }
    for name, found in series.items():
        values = [value for value, _ in found]
        under = sum(value < 93 - _error(95, runs) for value, runs in found)
        over = sum(value > 97 + _error(95, runs) for value, runs in found)
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


def print_asked_once(simulations: int) -> None:
    """Cells asked once a wave: the panel alone, and with six earlier waves to tell repeats by."""
    rng = np.random.default_rng(SEED + 7)
    table = Table(title="One answer per cell and wave: coverage of the panel (%)")
    for name in ("questions", "rate", "unlike", "alone", "± alone", "six earlier", "± six earlier"):
        table.add_column(name, justify="right")
    for questions, level, unlike in product((20, 50, 200), (0.05, 0.2, 0.5), (0.1, 0.3, 0.6)):
        plan = Design(questions, 1, level, unlike)
        held = np.zeros(4)
        for _ in range(simulations):
            chances = drawn_world(rng, plan).chances
            now, *past = (asked(rng, chances, plan) for _ in range(7))
            for column, found in (
                (0, rate(now)),
                (2, rate(now, earlier=[cell for wave in past for cell in wave])),
            ):
                if found.panel is not None:
                    held[column] += float(chances.mean()) in found.panel
                    held[column + 1] += found.panel.margin
        table.add_row(
            *(str(v) for v in (questions, level, unlike)),
            *(f"{100 * v / simulations:.1f}" for v in held),
        )
    CONSOLE.print(table)


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


def print_simulated(simulations: int) -> None:
    """The same against the simulator's own truth: questions drawn from the many it knows."""
    rng = np.random.default_rng(SEED + 6)
    table = Table(title="The simulator's truth: coverage (%)")
    for name in ("engine", "brand", "rate", "questions", "repeats", "panel", "market"):
        table.add_column(name, justify="right")
    table.add_column("pooled Wilson for market", justify="right")
    for (engine, brand), pool in simulated_pools(3000, SEED).items():
        for questions, repeats in product((12, 40, 150), (1, 2, 5)):
            plan = Design(questions, repeats, 0.5, 0.5, 0.05)
            held = np.zeros(3)
            runs = 0
            for _ in range(simulations):
                chances = rng.choice(pool, questions, replace=False)
                found = rate(asked(rng, chances, plan))
                if found.panel is None or found.market is None:
                    continue
                runs += 1
                panel, market = float(chances.mean()), float(pool.mean())
                pooled = wilson(found.k, found.n)
                held += (panel in found.panel, market in found.market, market in pooled)
            table.add_row(
                *(engine, brand, f"{pool.mean():.2f}", str(questions), str(repeats)),
                *(f"{100 * v / runs:.1f}" for v in held),
            )
    CONSOLE.print(table)


def main() -> None:
    """Prints the tables asked for, each with the time it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--simulations", type=int, default=400)
    parser.add_argument("--only", default="")
    chosen = parser.parse_args()
    parts: dict[str, Callable[[int], None]] = {
        "intervals": print_intervals,
        "simulated": print_simulated,
        "asked-once": print_asked_once,
        "engines": print_pooled_engines,
        "shares": print_shares,
        "judged": print_judged,
    }
    for name, show in parts.items():
        if chosen.only in ("", name):
            began = perf_counter()
            show(chosen.simulations)
            CONSOLE.print(f"{name}: {perf_counter() - began:.0f} s\n")


if __name__ == "__main__":
    main()
