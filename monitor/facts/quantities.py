"""Finds numbers with scale, unit, currency, period and range in English and German text.

    "1,2 Mio." · "1.2 million" · "€49/Monat" · "about 1,000" · "between 40 and 60" · "30-tägig"

How a number, a month or a currency is written comes from Babel's locale data (CLDR).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from babel import Locale
from babel.core import get_global
from babel.numbers import NumberFormatError, get_currency_name, parse_decimal

from monitor.facts.words import CHANGED


class Kind(StrEnum):
    """What a number counts, as far as the text beside it tells."""

    PLAIN = "plain"
    PERCENT = "percent"
    MONEY = "money"
    DURATION = "duration"


class Bound(StrEnum):
    """Whether the number itself is meant, or that it's more or less."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at visible [start, end), its unit included.

    `readings` are what it can mean, the likeliest first ("1.200" in English); durations are in
    days. `high` makes it a range. `grain` is half a unit of its last written digit where it is
    rounded, else 0. `currencies` are the ISO codes that its mark may mean, empty if there's none.
    """

    start: int
    end: int
    readings: tuple[float, ...]
    kind: Kind = Kind.PLAIN
    high: float | None = None
    grain: float = 0.0
    bound: Bound = Bound.EXACT
    currencies: frozenset[str] = frozenset()
    period: str = ""
    unit: str = ""
    yearlike: bool = False

    @property
    def value(self) -> float:
        """The likeliest reading."""
        return self.readings[0]


_NUMBER = re.compile(
    r"(?<![\w.,])(?:\d{1,3}(?:[.,'’\u00a0\u202f\u2009]\d{3})+(?:[.,]\d{1,2})?|"
    r"\d+(?:[.,]\d+)?)(?!\d)"
)
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty-five": 45, "sixty": 60, "ninety": 90,
    "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9,
    "zehn": 10, "zwölf": 12, "vierzehn": 14, "fünfzehn": 15, "zwanzig": 20, "dreißig": 30,
    "fünfundvierzig": 45, "sechzig": 60, "neunzig": 90,
}  # fmt: skip
_ARTICLES = ("a", "an", "ein", "eine", "einen", "einem", "einer")
_WORD = re.compile(
    rf"(?<![\w-])(?:{'|'.join((*_WORDS, *_ARTICLES))})(?=[\s-]|tägig|wöchig|monatig)", re.IGNORECASE
)
_MORE_WORDS = re.compile(
    r"(?:(?:hundred|thousand)(?: and)?|hundert|tausend|und|twenty|thirty|forty|fifty|"
    r"ninety)[\s-]\Z",
    re.IGNORECASE,
)
_SCALES = (
    (re.compile(r"\s?(?:thousand|tausend|tsd\.?)(?!\w)|k(?!\w)", re.IGNORECASE), 1e3),
    (re.compile(r"\s?(?:million(?:s|en)?|mio\.?|mill\.)(?!\w)|m(?!\w)", re.IGNORECASE), 1e6),
    (re.compile(r"\s?(?:milliarden?|mrd\.?|bn\.?)(?!\w)", re.IGNORECASE), 1e9),
)
_BILLION = re.compile(r"\s?billion(?:s|en)?(?!\w)", re.IGNORECASE)
_PERCENT = re.compile(r"\s?(?:%|percent(?!\w)|per cent(?!\w)|prozent(?!\w)|-?prozentig\w*)", re.I)
_DAYS = (
    (r"(?:calendar )?days?|tage?n?|tages|tägig\w*|kalendertage?n?", 1.0),
    (r"weeks?|wochen?|wöchig\w*", 7.0),
    (r"months?|monate?n?|monats|monatig\w*", 30.0),
    (r"years?|jahre?n?|jahres|jährig\w*", 365.0),
    (r"hours?|stunden?|stündig\w*|h", 1 / 24),
    (r"minutes?|minuten?|min", 1 / 1440),
)
_DURATIONS = tuple(
    (
        re.compile(rf"(?:[\s\u00a0-])?(?:(?:full|ganze[nr]?|volle[nr]?) )?(?:{words})(?!\w)", re.I),
        days,
    )
    for words, days in _DAYS
)
_PERIOD = re.compile(
    r"(?:/\s?|(?<!\w)(?:per|pro|an?|each|every|im|je|jeden|p\.)\s?)"
    r"(?:(?P<month>month|mo\b|monat)|(?P<year>year|yr|annum|jahr|p\.?a\.)|(?P<week>week|woche)"
    r"|(?P<day>day|tag))\w*|(?<!\w)(?:(?P<monthly>monthly|monatlich)|(?P<yearly>annually|yearly|"
    r"jährlich))\w*",
    re.IGNORECASE,
)
_ROUNDED = re.compile(
    r"(?:~|≈|(?<!\w)(?:about|around|approximately|approx\.?|roughly|some|circa|nearly|almost|"
    r"close to|just (?:over|under)|etwa|ungefähr|rund|zirka|ca\.?|knapp|fast|gut|an die|"
    r"round))\W*\Z",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"(?<!\w)(?:more than|over|at least|upwards of|above|exceed(?:s|ing)|mehr als|über|mindestens"
    r"|wenigstens)\W*\Z",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    r"(?<!\w)(?:up to|less than|fewer than|under|below|at most|bis zu|weniger als|unter|höchstens"
    r"|maximal)\W*\Z",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"(?:(?<!\w)(?:ISO|IEC|DIN|EN|SOC|BSI|RFC|NIST|WCAG|PCI|TISAX|No|Nr|Art|version|release|v|§)"
    r"[.\s/-]*|[#§]\s?|[A-Za-z]-)\Z",
    re.IGNORECASE,
)
FOOTNOTE = re.compile(r"(?:\[|【|\^)(?:\d{1,3},\s?)*\Z")
"""The number that follows points to a source ("[3]")."""
_DASH = re.compile(r"\s*(?:–|—|-|to|bis|through)\s*", re.IGNORECASE)
_AND = re.compile(r"\s*(?:and|und)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"(?<!\w)(?:between|zwischen)\W*\Z", re.IGNORECASE)


@lru_cache(maxsize=2048)
def quantities(text: str, lang: str) -> tuple[Quantity, ...]:
    """All numbers of a text that count something, in reading order; ranges are one each."""
    singles = [*_digits(text, lang), *_spelt(text, lang)]
    singles.sort(key=lambda quantity: quantity.start)
    return tuple(_ranges(text, singles))


def _digits(text: str, lang: str) -> Iterator[Quantity]:
    for found in _NUMBER.finditer(text):
        start, end = found.span()
        if _is_code(text, start, end):
            continue
        readings = _readings(found[0], lang)
        yield _measured(text, Quantity(start, end, readings), found[0], lang)


def _spelt(text: str, lang: str) -> Iterator[Quantity]:
    """Numbers in words, and "a month", where a stretch of time follows."""
    for found in _WORD.finditer(text):
        if _MORE_WORDS.search(text, max(0, found.start() - 12), found.start()):
            continue  # "two hundred and ninety": more than one word, which isn't read
        value = float(_WORDS.get(found[0].lower(), 1))
        quantity = Quantity(found.start(), found.end(), (value,))
        measured = _measured(text, quantity, "1", lang)
        is_article = found[0].lower() in _ARTICLES
        if measured.kind is Kind.DURATION or (not is_article and measured.kind is not Kind.PLAIN):
            yield measured


def _is_code(text: str, start: int, end: int) -> bool:
    """Whether the digits belong to a name (ISO 27001), a version, an address, or "24/7"."""
    before = text[max(0, start - 12) : start]
    if FOOTNOTE.search(before):
        return True
    if _CODE.search(before):
        return True
    if before.endswith("/") and before[-2:-1].isdigit():
        return True
    return text[end : end + 1] == "/" and text[end + 1 : end + 2].isdigit()


@lru_cache(maxsize=4096)
def _readings(written: str, lang: str) -> tuple[float, ...]:
    """What digits with points and commas can mean, by the language's own way first."""
    plain = re.sub(r"['’\u00a0\u202f\u2009]", "", written)
    readings = []
    for locale in dict.fromkeys((lang, "en", "de")):
        try:
            value = float(parse_decimal(plain, locale=locale, strict=True))
        except NumberFormatError:
            continue
        readings.append(value)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", plain):
        # "1.200" in English: three digits behind one mark are thousands nearly everywhere.
        readings.insert(0, float(re.sub(r"[.,]", "", plain)))
    elif re.fullmatch(r"\d+[.,]\d{1,2}", plain):
        readings.insert(0, float(plain.replace(",", ".")))
    return tuple(dict.fromkeys(readings)) or (float(re.sub(r"\D", "", plain)),)


def _measured(text: str, found: Quantity, written: str, lang: str) -> Quantity:
    """The quantity with its scale, unit, currency, period and comparison."""
    end = found.end
    if text[end : end + 2] in (",-", ",–", ".-", ".–"):
        end += 2
    factor, end = _scale(text, end, lang)
    grain = _grain(written, factor)
    plus = text[end : end + 1] == "+"
    scaled = replace(
        found, end=end + plus, readings=tuple(r * factor for r in found.readings), grain=grain
    )
    united = _with_unit(text, scaled)
    before = text[max(0, united.start - 24) : united.start]
    rounded = factor > 1 or _ROUNDED.search(before) is not None
    bound = Bound.EXACT
    if plus or _AT_LEAST.search(before):
        bound = Bound.AT_LEAST
    elif _AT_MOST.search(before):
        bound = Bound.AT_MOST
    yearlike = (
        united.kind is Kind.PLAIN and factor == 1 and re.fullmatch(r"(?:18|19|20|21)\d\d", written)
    )
    if _ROUNDED.search(before):
        grain = max(grain, _rounding(united.value))
    days = united.value / scaled.value if united.kind is Kind.DURATION and scaled.value else 1.0
    return replace(
        united, grain=grain * days if rounded else 0.0, bound=bound, yearlike=bool(yearlike)
    )


def _scale(text: str, end: int, lang: str) -> tuple[float, int]:
    found = _BILLION.match(text, end)
    if found:
        return (1e12 if lang == "de" else 1e9), found.end()
    for pattern, factor in _SCALES:
        found = pattern.match(text, end)
        if found:
            return factor, found.end()
    return 1.0, end


def _grain(written: str, factor: float) -> float:
    """Half a unit of the last written digit, where a scale word shows that digits were dropped."""
    if factor == 1:
        return 0.0
    mark = max(written.rfind("."), written.rfind(","))
    decimals = len(written) - mark - 1 if mark >= 0 else 0
    return factor * 10.0**-decimals / 2


def _rounding(value: float) -> float:
    """How far "about" this value reaches: half its last digit that isn't 0, 10 % at the most."""
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    unit = 10.0**exponent if isinstance(exponent, int) else 0.0
    return min(unit / 2, abs(value) * 0.1) if value >= 10 else abs(value) * 0.1


def _with_unit(text: str, found: Quantity) -> Quantity:
    end = found.end
    percent = _PERCENT.match(text, end)
    if percent:
        return replace(found, end=percent.end(), kind=Kind.PERCENT, unit="%")
    money = _money(text, found)
    if money is not None:
        return money
    for pattern, days in _DURATIONS:
        unit = pattern.match(text, end)
        if unit:
            readings = tuple(reading * days for reading in found.readings)
            name = unit[0].strip(" -").lower()
            return replace(found, end=unit.end(), readings=readings, kind=Kind.DURATION, unit=name)
    period, stop = _period(text, end)
    if period and _PERIOD.match(text[end : end + 24].lstrip()):
        return replace(found, end=stop, kind=Kind.MONEY, period=period)
    return found


def _money(text: str, found: Quantity) -> Quantity | None:
    marks, pattern = currency_marks()
    start, end = found.start, found.end
    before = re.search(rf"(?:{pattern})\s?\Z", text[max(0, start - 16) : start])
    after = re.match(rf"[\s\u00a0-]?(?:{pattern})", text[end : end + 24])
    mark = before or after
    if mark is None:
        return None
    if before:
        start -= len(before[0])
    elif after:
        end += len(after[0])
    period, end = _period(text, end)
    codes = marks[mark[0].strip(" \u00a0-\n").lower()]
    return replace(found, start=start, end=end, kind=Kind.MONEY, currencies=codes, period=period)


def _period(text: str, end: int) -> tuple[str, int]:
    """How often a sum is paid, and where the words for it end; no number stands in between."""
    window = re.match(r"[^\d.;,()\n]{0,40}", text[end : end + 40])
    found = _PERIOD.search(window[0]) if window else None
    if found is None or (found.start() > 3 and re.search(r"\bbis\b", window[0] if window else "")):
        return "", end
    name = next(name for name, part in found.groupdict().items() if part)
    return {"monthly": "month", "yearly": "year"}.get(name, name), end + found.end()


@lru_cache(maxsize=1)
def currency_marks() -> tuple[dict[str, frozenset[str]], str]:
    """Codes, symbols and names of currencies with the codes they may mean; and their pattern."""
    marks: dict[str, set[str]] = {code.lower(): {code} for code in get_global("all_currencies")}
    for locale in (Locale("en"), Locale("de")):
        for code, symbol in locale.currency_symbols.items():
            if not symbol.isalnum():
                marks.setdefault(symbol.lower(), set()).add(code)
        for code in ("EUR", "USD", "GBP", "CHF", "JPY", "SEK", "NOK", "DKK", "PLN", "CZK"):
            for count in (None, 1, 2):
                name = get_currency_name(code, count=count, locale=locale).lower()
                marks.setdefault(name, set()).add(code)
                marks.setdefault(name.split()[-1], set()).add(code)
    marks["us$"] = {"USD"}
    marks["$"] = marks.get("$", set()) | {"USD", "AUD", "CAD"}
    for word in ("dollar", "dollars"):
        marks[word] = {"USD", "AUD", "CAD"}
    marks["us-dollar"] = {"USD"}
    # Three letters are a currency only in capitals: "all", "top" and "try" are words too.
    lettered = [m for m in marks if m.isalpha() and len(m) > 3]
    symbols = [m for m in marks if not m.isalpha()]
    upper = [m.upper() for m in marks if m.isalpha() and len(m) == 3]
    signs = "|".join(re.escape(mark) for mark in sorted(symbols, key=len, reverse=True))
    spelt = "|".join(re.escape(mark) for mark in sorted(lettered, key=len, reverse=True))
    pattern = rf"{signs}|(?<!\w)(?i:{spelt})(?!\w)|(?<!\w)(?:{'|'.join(upper)})(?!\w)"
    return {mark: frozenset(several) for mark, several in marks.items()}, pattern


def _ranges(text: str, singles: list[Quantity]) -> Iterator[Quantity]:
    """The quantities with pairs such as "40–60" made one; "raised from 39 to 49" stays two."""
    at = 0
    while at < len(singles):
        first = singles[at]
        second = singles[at + 1] if at + 1 < len(singles) else None
        if second is not None and _is_range(text, first, second):
            yield _joined(first, second)
            at += 2
        else:
            yield first
            at += 1


def _is_range(text: str, first: Quantity, second: Quantity) -> bool:
    gap = text[first.end : second.start]
    before = text[max(0, first.start - 60) : first.start]
    alike = first.kind is second.kind or first.kind is Kind.PLAIN or second.kind is Kind.PLAIN
    if not alike or first.value > second.value * (1 if first.kind is second.kind else 1e3):
        return False
    if _AND.fullmatch(gap):
        return _BETWEEN.search(before) is not None
    if not _DASH.fullmatch(gap):
        return False
    return gap.strip().lower() != "to" or CHANGED.search(before) is None


def _joined(first: Quantity, second: Quantity) -> Quantity:
    """One range; a unit that only the second number carries holds for both."""
    low = first.value
    if first.kind is Kind.PLAIN and second.kind is Kind.DURATION:
        low *= next((days for p, days in _DURATIONS if p.fullmatch(f" {second.unit}")), 1.0)
    marked = second if second.kind is not Kind.PLAIN else first
    return replace(
        marked,
        start=first.start,
        end=second.end,
        readings=(low,),
        high=second.value,
        bound=Bound.EXACT,
        currencies=first.currencies | second.currencies,
        period=second.period or first.period,
        yearlike=first.yearlike and second.yearlike,
    )
