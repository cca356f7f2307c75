"""Random numbers that hang on names alone, so that the same market is the same everywhere."""

import math
from hashlib import blake2b
from random import Random
from statistics import NormalDist

_NORMAL = NormalDist()


def number(*names: object) -> int:
    """A 64-bit number that is always the same for the same names."""
    key = "\x1f".join(map(str, names)).encode()
    return int.from_bytes(blake2b(key, digest_size=8).digest(), "big")


def unit(*names: object) -> float:
    """A number strictly between 0 and 1, uniform over names."""
    return (number(*names) + 0.5) / 2.0**64


def normal(*names: object) -> float:
    """A standard normal number, cut at ±3 so that no chance becomes a certainty."""
    return max(-3.0, min(3.0, _NORMAL.inv_cdf(min(max(unit(*names), 1e-12), 1 - 1e-12))))


def stream(*names: object) -> Random:
    """A random stream that starts the same for the same names."""
    return Random(number(*names))  # noqa: S311 - a simulation, nothing secret


def sigmoid(logit: float) -> float:
    """The chance of a logit."""
    return 1.0 / (1.0 + math.exp(-logit))
