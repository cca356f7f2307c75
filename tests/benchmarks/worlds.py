"""Worlds whose truth is known: questions' latent chances, and answers drawn from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from monitor.simulator.market import Market
from monitor.stats import CellCount
from monitor.types import Brand, Engine, Intent, Pack, Question

Chances = NDArray[np.float64]
SEED = 20261122
START = date(2026, 8, 31)


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


def simulated_pools(questions: int, seed: int) -> dict[tuple[str, str], Chances]:
    """The simulator's true chances of each brand on each engine, over many invented questions.

    Nothing is planted: every week is as the first.
    """
    brands = tuple(Brand(name, own=name == "Lumora") for name in ("Lumora", "Strukt", "Inkwells"))
    engines = (
        Engine("memory", "openai/aurora-4", simulated=True),
        Engine("search", "perplexity/sonar", web_search=True, simulated=True),
    )
    market = Market(_pack(questions, brands, engines), brands, engines, seed, START, planted=())
    ids = market.unbranded()
    return {
        (engine.engine_id, brand.name): np.array(
            [market.true_visibility(engine.engine_id, 1, brand.name, [i], ["en"]) for i in ids]
        )
        for engine in engines
        for brand in brands
    }


def _pack(questions: int, brands: Sequence[Brand], engines: Sequence[Engine]) -> Pack:
    return Pack(
        "many",
        "Many questions",
        brands[0].name,
        tuple(brand.name for brand in brands[1:]),
        tuple(engine.engine_id for engine in engines),
        ("en-US",),
        tuple(
            Question(f"q{i:05}", Intent.DISCOVERY, {"en": f"Which editor suits use case {i}?"})
            for i in range(questions)
        ),
    )
