"""Numbers, dates and money as people write them in English and in German."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal

from monitor.stats import Interval

IntervalForm = Callable[[Interval, str], str]
"""How an interval is written in a language."""

_LOCALES = {"en": "en_GB", "de": "de_DE"}
_NARROW = "\u202f"


def locale_of(lang: str) -> str:
    """The locale whose conventions `lang` is written in."""
    return _LOCALES.get(lang, "en_GB")


def percent(share: float, lang: str, digits: int = 0) -> str:
    """A share as a percentage ("48 %" in German, "48%" in English)."""
    return f"{decimal(share * 100, lang, digits)}{_percent_sign(lang)}"


def percent_range(interval: Interval, lang: str) -> str:
    """An interval of shares ("44–52%")."""
    low, high = (decimal(end * 100, lang) for end in (interval.low, interval.high))
    return f"{low}–{high}{_percent_sign(lang)}"


def _percent_sign(lang: str) -> str:
    return f"{_NARROW}%" if lang == "de" else "%"


def decimal(number: float, lang: str, digits: int = 0) -> str:
    """A number with exactly `digits` decimals and the language's separators."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(number, format=pattern, locale=locale_of(lang))


def signed(number: float, lang: str, digits: int = 2) -> str:
    """A number with its sign, as the language writes it: +0.25, −0,25."""
    sign = "−" if number < 0 else "+"
    return f"{sign}{decimal(abs(number), lang, digits)}"


def decimal_range(interval: Interval, lang: str, digits: int = 1) -> str:
    """An interval of plain numbers ("1.8–2.4")."""
    return f"{decimal(interval.low, lang, digits)}–{decimal(interval.high, lang, digits)}"


def money(usd: float, lang: str) -> str:
    """US dollars; small amounts keep the digits that matter."""
    digits = 2 if usd >= 0.1 or usd == 0 else 4
    pattern = "¤#,##0." + "0" * digits if lang == "en" else "#,##0." + "0" * digits + "\xa0¤"
    return format_currency(
        usd, "USD", format=pattern, locale=locale_of(lang), currency_digits=False
    ).replace("US$", "$")


def seconds(duration_s: float, lang: str) -> str:
    """A duration in seconds ("3.7 s")."""
    return f"{decimal(duration_s, lang, 1)}{_NARROW}s"


def day(value: date, lang: str) -> str:
    """A day ("16 Nov 2026", "16.11.2026")."""
    return format_date(value, "d MMM y" if lang == "en" else "dd.MM.y", locale=locale_of(lang))


def short_day(value: date, lang: str) -> str:
    """A day without its year, for axes ("16 Nov", "16.11.")."""
    return format_date(value, "d MMM" if lang == "en" else "d.M.", locale=locale_of(lang))


def moment(value: datetime, lang: str) -> str:
    """A moment in UTC, which is said with it."""
    pattern = "d MMM y, HH:mm" if lang == "en" else "dd.MM.y, HH:mm"
    return f"{format_datetime(value.astimezone(UTC), pattern, locale=locale_of(lang))} UTC"


def counts(named: Mapping[str, int], lang: str) -> str:
    """Counts by name, largest first ("98 failed, 87 refused")."""
    ordered = sorted(named.items(), key=lambda item: -item[1])
    return ", ".join(f"{decimal(count, lang)}{_NARROW}{name}" for name, count in ordered)
