"""What an answer cost, and whose price table says so."""

from dataclasses import dataclass

from monitor.types import Engine, Prices

_OWN = "engines.yaml"


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens and searches of one answer; None where the provider doesn't say."""

    input_tokens: int | None = None
    output_tokens: int | None = None
    search_calls: int | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost in USD and the source of its prices; None and "" where it is unknown."""

    usd: float | None = None
    source: str = ""


def cost_of(
    engine: Engine, usage: Usage, library_usd: float | None, library: str, fee_included: bool
) -> Cost:
    """The cost by the engine's own prices if it has any, else by LiteLLM's table (`library`).

    LiteLLM's 0 for a call with tokens is its way of not knowing the model. Where its price leaves
    the search fee out, the source says so.
    """
    own = _own_cost(engine.prices, usage)
    if own.usd is not None:
        return own
    if not library_usd:
        return Cost()
    if fee_included or not usage.search_calls:
        return Cost(library_usd, library)
    return Cost(library_usd, f"{library}, without search fee")


def _own_cost(prices: Prices | None, usage: Usage) -> Cost:
    if prices is None or usage.input_tokens is None or usage.output_tokens is None:
        return Cost()
    tokens = (
        usage.input_tokens * prices.input_per_million
        + usage.output_tokens * prices.output_per_million
    )
    fee = (usage.search_calls or 0) * prices.per_search
    return Cost(tokens / 1_000_000 + fee, _OWN)
