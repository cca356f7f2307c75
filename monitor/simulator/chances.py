"""The latent chances of one cell in one week, and what they add up to.

Brands are named independently of each other. Recommended brands stand in a list in the order of
an exponential race (Plackett-Luce), so the chance of the first or the first three places is an
integral over the time at which a brand arrives, taken here by Gauss-Legendre quadrature.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)
# u = v⁴ on [0, 1]: slow rivals make powers of u that are steep at 0, which this takes away.
_V = (_NODES + 1) / 2
_U = _V**4
_DU = 4 * _V**3 * _WEIGHTS / 2


@dataclass(frozen=True, slots=True)
class BrandChance:
    """How likely one brand is to appear in an answer, and how.

    `named` is the chance of being visible; the three shares split it by state. `declined` is the
    chance, given not visible, of standing there only as unknown. `weight` is the brand's speed in
    the race for places. `cited_named` and `cited_absent` are the chances that one of its own
    pages is cited, given visible or not.
    """

    named: float
    recommended_share: float
    warned_share: float
    declined: float
    weight: float
    cited_named: float
    cited_absent: float

    @property
    def listed(self) -> float:
        """The chance of being an item, if the answer is a list."""
        return self.named * self.recommended_share


@dataclass(frozen=True, slots=True)
class CellChances:
    """Everything random about the answers to one cell in one week.

    `strangers` are brands that nobody tracks: name → (chance of being an item, weight).
    """

    brands: Mapping[str, BrandChance]
    strangers: Mapping[str, tuple[float, float]]
    listing: float
    searching: bool


@dataclass(frozen=True, slots=True)
class CellTruth:
    """The true rates of one brand over `ok` answers to one cell in one week.

    `first` and `top3` are rates over all answers, prose without ranks included.
    """

    named: float
    first: float
    top3: float
    recommended: float
    mentioned: float
    warned_against: float
    declined: float
    cited: float


def cell_truth(chances: CellChances, brand: str) -> CellTruth:
    """The rates that answers drawn from `chances` have for `brand` in the long run."""
    own = chances.brands[brand]
    first, top3 = _places(chances, brand)
    cited = own.named * own.cited_named + (1 - own.named) * own.cited_absent
    return CellTruth(
        named=own.named,
        first=chances.listing * own.listed * first,
        top3=chances.listing * own.listed * top3,
        recommended=own.listed,
        mentioned=own.named * (1 - own.recommended_share - own.warned_share),
        warned_against=own.named * own.warned_share,
        declined=(1 - own.named) * own.declined,
        cited=cited if chances.searching else 0.0,
    )


def _places(chances: CellChances, brand: str) -> tuple[float, float]:
    """P(place 1) and P(place ≤ 3) of `brand`, given that it's an item of a list."""
    weight = chances.brands[brand].weight
    rivals = [(c.listed, c.weight) for name, c in chances.brands.items() if name != brand]
    rivals.extend(chances.strangers.values())
    ahead = np.zeros((3, _U.size))
    ahead[0] = 1.0
    for chance, speed in rivals:
        # The brand arrives at t = -log(u)/weight; a rival is ahead if it's an item and faster.
        faster = chance * (1 - _U ** (speed / weight))
        ahead[1:] = ahead[1:] * (1 - faster) + ahead[:-1] * faster
        ahead[0] *= 1 - faster
    return float(ahead[0] @ _DU), float(ahead.sum(axis=0) @ _DU)
