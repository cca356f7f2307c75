"""What simulated answers say about a brand that is true or false, and where they say it."""

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.simulator.randomness import number
from monitor.types import Span


@dataclass(frozen=True, slots=True)
class Statement:
    """A checkable fact about `brand` in true and false sentences per language.

    Each sentence holds `{a}` where the brand's name goes. `values` and `wrong_values` are the
    true and the false value as text, to be shown beside a measured verdict.
    """

    fact_id: str
    brand: str
    right: Mapping[str, tuple[str, ...]]
    wrong: Mapping[str, tuple[str, ...]]
    value: str = ""
    wrong_value: str = ""


@dataclass(frozen=True, slots=True)
class PlantedClaim:
    """A statement that a simulated answer makes; `span` covers the sentence."""

    fact_id: str
    brand: str
    correct: bool
    value: str
    span: Span


def default_statements(brand: str, seed: int) -> tuple[Statement, ...]:
    """Two invented facts, the founding year and the entry price, for a brand without a sheet."""
    year = 2006 + number(seed, brand, "founded") % 14
    price = 19 + number(seed, brand, "price") % 9 * 10
    return (
        _founded(brand, year, year - 11),
        _price(brand, price, price * 3),
    )


def _founded(brand: str, year: int, wrong: int) -> Statement:
    return Statement(
        "founded",
        brand,
        right={"en": _years_en(year), "de": _years_de(year)},
        wrong={"en": _years_en(wrong), "de": _years_de(wrong)},
        value=str(year),
        wrong_value=str(wrong),
    )


def _years_en(year: int) -> tuple[str, ...]:
    return (
        f"{{a}} was founded in {year}.",
        f"The company behind {{a}} has existed since {year}.",
        f"{{a}} has been on the market since {year}.",
    )


def _years_de(year: int) -> tuple[str, ...]:
    return (
        f"{{a}} wurde {year} gegründet.",
        f"Das Unternehmen hinter {{a}} besteht seit {year}.",
        f"{{a}} ist seit {year} auf dem Markt.",
    )


def _price(brand: str, price: int, wrong: int) -> Statement:
    return Statement(
        "entry_price",
        brand,
        right={"en": _prices_en(price), "de": _prices_de(price)},
        wrong={"en": _prices_en(wrong), "de": _prices_de(wrong)},
        value=f"{price} EUR",
        wrong_value=f"{wrong} EUR",
    )


def _prices_en(price: int) -> tuple[str, ...]:
    return (
        f"The smallest plan of {{a}} costs {price} euros a month.",
        f"{{a}} starts at €{price} per month.",
        f"Entry-level pricing for {{a}} is {price} EUR monthly.",
    )


def _prices_de(price: int) -> tuple[str, ...]:
    return (
        f"Der kleinste Tarif von {{a}} kostet {price} Euro im Monat.",
        f"{{a}} gibt es ab {price} € pro Monat.",
        f"Der Einstieg bei {{a}} liegt bei {price} EUR monatlich.",
    )
