"""What goes wrong with a simulated provider: by chance, or because a request asks for it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from monitor.errors import InputError


class FaultKind(StrEnum):
    """One way in which a request doesn't get its answer."""

    REFUSED = "refused"
    EMPTY = "empty"
    FILTERED = "filtered"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    OVERLOADED = "overloaded"
    BROKEN_BODY = "broken_body"
    QUOTA = "quota"
    UNAUTHORIZED = "unauthorized"
    DROPPED = "dropped"
    STALLED = "stalled"
    TRICKLED = "trickled"
    JUDGE_BROKEN = "judge_broken"
    JUDGE_OTHER_FACTS = "judge_other_facts"
    JUDGE_INVENTED_QUOTES = "judge_invented_quotes"


REALISTIC: Mapping[FaultKind, float] = MappingProxyType(
    {
        FaultKind.REFUSED: 0.01,
        FaultKind.EMPTY: 0.005,
        FaultKind.FILTERED: 0.002,
        FaultKind.RATE_LIMITED: 0.004,
        FaultKind.SERVER_ERROR: 0.003,
        FaultKind.OVERLOADED: 0.002,
        FaultKind.BROKEN_BODY: 0.001,
        FaultKind.JUDGE_BROKEN: 0.01,
        FaultKind.JUDGE_OTHER_FACTS: 0.003,
        FaultKind.JUDGE_INVENTED_QUOTES: 0.01,
    }
)
JUDGES_FAULTS = frozenset(
    {FaultKind.JUDGE_BROKEN, FaultKind.JUDGE_OTHER_FACTS, FaultKind.JUDGE_INVENTED_QUOTES}
)
"""Faults of a judge's reply; a request that asks for no judgement never has them."""

_KINDS: Mapping[str, FaultKind] = {kind.value: kind for kind in FaultKind}
_FORCED = re.compile(r"fault-([a-z_]+)(?:-(\d+))?")


@dataclass(frozen=True, slots=True)
class Faults:
    """How often each fault happens, as a share of requests, and what a 429 asks to wait."""

    rates: Mapping[FaultKind, float] = field(default_factory=lambda: REALISTIC)
    retry_after_s: float = 0.05

    def drawn(self, roll: float) -> FaultKind | None:
        """The fault that a uniform number stands for, None for a healthy reply."""
        for kind, rate in self.rates.items():
            if roll < rate:
                return kind
            roll -= rate
        return None


NO_FAULTS = Faults(rates=MappingProxyType({}))


def forced_fault(names: tuple[str, ...], attempt: int) -> FaultKind | None:
    """The fault that an API key or model asks for.

    "fault-KIND" always fails, "fault-KIND-N" the first N attempts of each question only; the
    key "wrong" is an unknown one.
    """
    for name in names:
        if name == "wrong":
            return FaultKind.UNAUTHORIZED
        match = _FORCED.search(name)
        if match and match[1] in _KINDS and attempt <= int(match[2] or attempt):
            return _KINDS[match[1]]
    return None


def faults_from(options: tuple[str, ...], base: Faults | None = None) -> Faults:
    """The usual faults with `KIND=RATE` options laid over them; "none" first clears them all."""
    given = base or Faults()
    rates = dict(given.rates)
    for option in options:
        if option == "none":
            rates.clear()
            continue
        kind, _, rate = option.partition("=")
        rates[_kind(kind, option)] = _rate(rate, option)
    return Faults(MappingProxyType(rates), given.retry_after_s)


def _kind(name: str, option: str) -> FaultKind:
    if name in _KINDS:
        return _KINDS[name]
    known = ", ".join(FaultKind)
    raise InputError(f"fault {option!r}: {name!r} isn't one of {known}; write KIND=RATE or none")


def _rate(text: str, option: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = -1.0
    if not 0 <= rate <= 1:
        raise InputError(f"fault {option!r}: write a share between 0 and 1, such as refused=0.05")
    return rate
