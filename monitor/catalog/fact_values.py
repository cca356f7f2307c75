"""Whether a fact's value fits its type, and its days follow each other."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import assert_never

from monitor.catalog.document import Document, Yaml
from monitor.catalog.problems import KeyPath, Problem, listed
from monitor.types import FactType


def fact_problems(sheet: Document) -> Iterator[Problem]:
    """What is wrong with the values, earlier values and days of a fact sheet."""
    for path, fact in sheet.select("facts.*"):
        if isinstance(fact, dict):
            yield from _value_problems(sheet, path, fact)
            yield from _day_problems(sheet, path, fact)


def _value_problems(sheet: Document, path: KeyPath, fact: Mapping[str, Yaml]) -> Iterator[Problem]:
    shape = fact.get("value")
    if not isinstance(shape, dict) or shape.get("type") not in tuple(FactType):
        return
    fact_type = FactType(str(shape["type"]))
    previous = fact.get("previous")
    places: list[tuple[KeyPath, Yaml]] = [
        ((*path, "previous", number), value)
        for number, value in enumerate(previous if isinstance(previous, list) else [])
    ]
    if "value" in shape:
        places.insert(0, ((*path, "value", "value"), shape["value"]))
    for place, value in places:
        if fault := value_fault(fact_type, value):
            yield sheet.problem(place, fault, value)
    yield from _companion_problems(sheet, (*path, "value"), fact_type, shape)


def value_fault(fact_type: FactType, value: Yaml) -> str:
    """What is wrong with a value of this type, "" if nothing is."""
    match fact_type:
        case FactType.NUMBER | FactType.MONEY:
            fits = isinstance(value, int | float) and not isinstance(value, bool)
            return "" if fits else "isn't a number; write digits, such as 1200 or 99.9"
        case FactType.DATE:
            return "" if _is_day(value) else "isn't a day; write one such as 2026-11-30"
        case FactType.BOOLEAN:
            return "" if isinstance(value, bool) else "isn't true or false; write one of the two"
        case FactType.VERSION:
            return "" if _is_text(value) else 'isn\'t text; put the version in quotes: "7.2"'
        case FactType.ONE_OF | FactType.TEXT:
            return "" if _is_text(value) else "isn't text; write it out, in quotes if need be"
        case FactType.SET:
            full = isinstance(value, list) and value and all(_is_text(one) for one in value)
            return "" if full else "isn't a list of texts; write one such as [ISO 27001, BSI C5]"
        case _:
            assert_never(fact_type)


def _companion_problems(
    sheet: Document, path: KeyPath, fact_type: FactType, shape: Mapping[str, Yaml]
) -> Iterator[Problem]:
    if fact_type is FactType.MONEY and "currency" not in shape:
        message = "is missing for money; write three letters, such as EUR"
        yield sheet.problem((*path, "currency"), message)
    if fact_type is not FactType.ONE_OF:
        return
    options = shape.get("options")
    if not options:
        message = "is missing for one_of; write a list of all the possible values"
        yield sheet.problem((*path, "options"), message)
        return
    value = shape.get("value")
    if isinstance(options, list) and _is_text(value) and value not in options:
        known = listed(str(one) for one in options)
        message = f"isn't among the options; write one of {known}, or add it to them"
        yield sheet.problem((*path, "value"), message, value)


def _day_problems(sheet: Document, path: KeyPath, fact: Mapping[str, Yaml]) -> Iterator[Problem]:
    first, last = _day(fact.get("valid_from")), _day(fact.get("valid_to"))
    if first and last and last < first:
        message = f"is before valid_from ({first}); write a later day"
        yield sheet.problem((*path, "valid_to"), message, str(last))


def _day(value: Yaml) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _is_day(value: Yaml) -> bool:
    return _day(value) is not None


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
