"""Finds days, months, quarters and years in English and German text, with the days they cover."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from babel.dates import get_month_names


@dataclass(frozen=True, slots=True)
class Period:
    """A date of any precision at visible [start, end): from `first` to `last`.

    `year` None: only day and month are said; then `first` and `last` are in a leap year. `other`
    is a second reading ("06/07/2027" is June in America and July in Britain).
    """

    start: int
    end: int
    first: date
    last: date
    year: int | None
    other: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the day lies in it, as far as it is said."""
        if self.year is None:
            return (self.first.month, self.first.day) == (day.month, day.day)
        return self.first <= day <= self.last or self.other == day

    @property
    def is_year(self) -> bool:
        """Whether nothing but a year is said."""
        return self.first.month == 1 and self.last.month == 12 and self.last.day == 31


_QUARTERS = (
    r"(?:Q(?P<q>[1-4])|(?P<qn>[1-4])\.\s?Quartal|(?P<qw>first|second|third|fourth) quarter(?: of)?)"
)
_QUARTER = re.compile(rf"(?<!\w){_QUARTERS}[\s/-]*(?P<year>(?:18|19|20|21)\d\d)(?!\w)", re.I)
_QUARTER_AFTER = re.compile(r"(?<!\w)(?P<year>(?:19|20|21)\d\d)[\s/-]?Q(?P<q>[1-4])(?!\w)", re.I)
_ISO = re.compile(r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?![\w-])")
_DOTTED = re.compile(r"(?<![\w.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?![\w.]\d)")
_SLASHED = re.compile(r"(?<![\w/])(\d{1,2})/(\d{1,2})/(\d{4})(?![\w/])")
_PART = re.compile(
    r"(?<!\w)(?:(?P<early>early|beginning of|start of|anfang)|(?P<mid>mid|middle of|mitte)|"
    r"(?P<late>late|end of|ende))[\s-]*(?:of |des jahres |the year )?(?P<year>(?:19|20|"
    r"21)\d\d)(?!\w)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\w.,/$€£-])(?:18|19|20|21)\d\d(?![\w%€$£]|[.,]\d|-\d)")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}


@lru_cache(maxsize=2048)
def periods(text: str) -> tuple[Period, ...]:
    """All dates in reading order; a longer one covers what it holds."""
    found: list[Period] = []
    for period in (*_numeric(text), *_named(text), *_quarters(text), *_parts(text), *_years(text)):
        if not any(p.start < period.end and period.start < p.end for p in found):
            found.append(period)
    return tuple(sorted(found, key=lambda period: period.start))


@lru_cache(maxsize=1)
def _months() -> tuple[dict[str, int], re.Pattern[str]]:
    """Month names of both languages, and the pattern of dates with one."""
    names: dict[str, int] = {}
    for locale in ("en", "de"):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale=locale).items():
                    names[str(name).lower().rstrip(".")] = number
    names["sept"] = 9
    month = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    pattern = re.compile(
        rf"(?<!\w)(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s(?:of\s)?)?(?P<month>{month})\.?(?!\w)"
        r"(?:\s(?P<after>\d{1,2})(?:st|nd|rd|th)?(?!\w|[.,]?\d))?(?:,?\s(?P<year>(?:18|19|20|"
        r"21)\d\d)(?!\w))?",
        re.IGNORECASE,
    )
    return names, pattern


def _named(text: str) -> Iterator[Period]:
    names, pattern = _months()
    for found in pattern.finditer(text):
        month = names[found["month"].lower().rstrip(".")]
        day = found["day"] or found["after"]
        if not day and not found["year"]:
            continue
        year = int(found["year"]) if found["year"] else None
        calendar_year = year or 2024
        last = monthrange(calendar_year, month)[1]
        if day and not 1 <= int(day) <= last:
            continue
        first = date(calendar_year, month, int(day) if day else 1)
        until = first if day else first.replace(day=last)
        yield Period(*found.span(), first, until, year)


def _numeric(text: str) -> Iterator[Period]:
    for found in _ISO.finditer(text):
        yield from _day(found, int(found[1]), int(found[2]), int(found[3]))
    for found in _DOTTED.finditer(text):
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        yield from _day(found, year, int(found[2]), int(found[1]))
    for found in _SLASHED.finditer(text):
        one, two, year = int(found[1]), int(found[2]), int(found[3])
        american, british = _valid(year, one, two), _valid(year, two, one)
        day = american or british
        if day:
            yield Period(*found.span(), day, day, year, british)


def _day(found: re.Match[str], year: int, month: int, day: int) -> Iterator[Period]:
    valid = _valid(year, month, day)
    if valid:
        yield Period(*found.span(), valid, valid, year)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _quarters(text: str) -> Iterator[Period]:
    for pattern in (_QUARTER, _QUARTER_AFTER):
        for found in pattern.finditer(text):
            groups = found.groupdict()
            word = groups.get("qw")
            quarter = int(groups.get("q") or groups.get("qn") or _ORDINALS[str(word).lower()])
            yield _months_of(found, int(found["year"]), 3 * quarter - 2, 3 * quarter)


def _parts(text: str) -> Iterator[Period]:
    for found in _PART.finditer(text):
        first, last = (1, 4) if found["early"] else (5, 8) if found["mid"] else (9, 12)
        if found["mid"]:
            first, last = 4, 9
        elif found["late"]:
            first = 10
        yield _months_of(found, int(found["year"]), first, last)


def _months_of(found: re.Match[str], year: int, first: int, last: int) -> Period:
    until = date(year, last, monthrange(year, last)[1])
    return Period(*found.span(), date(year, first, 1), until, year)


def _years(text: str) -> Iterator[Period]:
    for found in _YEAR.finditer(text):
        year = int(found[0])
        yield Period(
            *found.span(), date(year, 1, 1), date(year + 1, 1, 1) - timedelta(days=1), year
        )
