"""What is wrong with a code from the outside world: cron, time zone, locale, language, country.

Each function returns what to say after the value ("isn't a locale; write …"), or "".
"""

import zoneinfo
from datetime import datetime
from functools import cache

from monitor.catalog.problems import meant

# A year that starts a leap cycle: what doesn't fire within fifty years of it never does.
_REFERENCE = datetime(2000, 1, 1)  # noqa: DTZ001 - cron's own rules, apart from any time zone


def cron_fault(cron: str) -> str:
    """What is wrong with a standard five-field cron expression."""
    from cronsim import CronSim, CronSimError

    fields = cron.split()
    if len(fields) != 5:
        return (
            "isn't a schedule; write five fields (minute hour day month weekday), "
            'such as "0 6 * * 1" for Mondays at six'
        )
    try:
        next(CronSim(cron, _REFERENCE))
    except StopIteration:
        return _NEVER_FIRES
    except CronSimError as error:
        bad_field = str(error).removeprefix("Bad ")
        if bad_field == "day-of-month" and _fires_in_some_month(fields):
            return _NEVER_FIRES
        return f"has a bad {bad_field}; write {_CRON_FIELDS[bad_field]}, or * for any"
    return ""


def _fires_in_some_month(fields: list[str]) -> bool:
    from cronsim import CronSim, CronSimError

    try:
        CronSim(" ".join([*fields[:3], "*", fields[4]]), _REFERENCE)
    except CronSimError:
        return False
    return True


_NEVER_FIRES = (
    "never fires: no such month has that day; write a day that its months have, "
    'or L for the last one ("0 6 L * *")'
)


_CRON_FIELDS = {
    "minute": "0 to 59",
    "hour": "0 to 23",
    "day-of-month": "1 to 31",
    "month": "1 to 12 or JAN to DEC",
    "day-of-week": "0 to 7 (0 and 7 are Sunday) or SUN to SAT",
}


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def time_zone_fault(name: str) -> str:
    """What is wrong with an IANA time zone's name."""
    if name in _time_zones():
        return ""
    likely = meant(name, sorted(_time_zones()))
    return f"isn't a time zone{likely or '; write one such as Europe/Berlin'}"


@cache
def _languages() -> frozenset[str]:
    from babel import Locale

    return frozenset(str(code) for code in Locale("en").languages if "_" not in str(code))


@cache
def _countries() -> frozenset[str]:
    from babel import Locale

    return frozenset(str(code) for code in Locale("en").territories if len(str(code)) == 2)


def language_fault(code: str) -> str:
    """What is wrong with a language's code ("de")."""
    if code in _languages():
        return ""
    return "isn't a language's code; write one such as en or de"


def locale_fault(code: str) -> str:
    """What is wrong with a locale ("de-DE", "de")."""
    lang, _, country = code.partition("-")
    if lang in _languages() and (country in _countries() or code == lang):
        return ""
    lang, _, country = code.replace("_", "-").partition("-")
    likely = f"{lang.lower()}-{country.upper()}"
    if lang.lower() in _languages() and country.upper() in _countries():
        return f'isn\'t a locale; write "{likely}"'
    return "isn't a locale; write language-COUNTRY, such as en-US or de-DE"


def country_fault(code: str) -> str:
    """What is wrong with an ISO 3166 country code ("DE")."""
    if code in _countries():
        return ""
    return "isn't a country's code; write two capital letters, such as DE"


@cache
def _currencies() -> frozenset[str]:
    from babel import Locale

    return frozenset(Locale("en").currencies)


def currency_fault(code: str) -> str:
    """What is wrong with an ISO 4217 currency code ("EUR")."""
    if code in _currencies():
        return ""
    return "isn't a currency's code; write three capital letters, such as EUR"
