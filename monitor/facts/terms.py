"""Patterns of a fact's words as answers write them: inflected, hyphenated, with a word between."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from babel import Locale

_ARTICLE = re.compile(r"\A(?:an?|the|eine?[nmrs]?|der|die|das|den|dem|des)\s+", re.IGNORECASE)
_ENDING = re.compile(r"(?:e[nmrs]?|n|s)\Z")
_INFLECTED = r"(?:ern|e[nmrs]?|n|s|es)?"
_BETWEEN = r"(?:\s+(?!(?:trial|test|and|und|or|oder|no|not|kein\w*|nicht)\b)[\w-]+)?"
_LITERAL = re.compile(r"\d")


@lru_cache(maxsize=4096)
def pattern(terms: tuple[str, ...], lang: str, *, loose: bool = False) -> re.Pattern[str] | None:
    """A pattern that finds any of the terms, the longest first; None for no terms.

    `loose` finds them without the article that they begin with, and lets one word stand inside a
    term of two words ("free Starter plan").
    """
    bare = dict.fromkeys(_ARTICLE.sub("", t, count=1) if loose else t for t in terms)
    shapes = [
        _shape(term, lang, loose=loose) for term in sorted(bare, key=len, reverse=True) if term
    ]
    return (
        re.compile(rf"(?<![\w])(?:{'|'.join(shapes)})(?!\w|[.,]\d)", re.IGNORECASE)
        if shapes
        else None
    )


def spans(found: re.Pattern[str] | None, text: str) -> Iterator[tuple[int, int]]:
    """Where the pattern stands in the text."""
    if found is not None:
        for match in found.finditer(text):
            yield match.span()


def in_lang(by_lang: Mapping[str, Sequence[str]], lang: str) -> tuple[str, ...]:
    """The terms of the answer's language; those of all languages where it has none."""
    own = by_lang.get(lang)
    return tuple(own) if own else tuple(term for terms in by_lang.values() for term in terms)


def in_all(by_lang: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The terms of every language."""
    return tuple(dict.fromkeys(term for terms in by_lang.values() for term in terms))


def _shape(term: str, lang: str, *, loose: bool) -> str:
    words = re.findall(r"[^\s\-‐‑]+", term)
    gap = r"[\s\-‐‑\u00a0]*" if _LITERAL.search(term) else r"[\s\-‐‑\u00a0]+"
    if loose and len(words) == 2 and not _LITERAL.search(term):
        gap = rf"(?:[\-‐‑]|{_BETWEEN}[\s\u00a0]+)"
    return gap.join(_word(word, lang) for word in words)


def _word(word: str, lang: str) -> str:
    """The word with its usual endings; what holds a digit or is short stays as it is."""
    if _LITERAL.search(word) or len(word) < 3 or not word[-1].isalpha() or word.isupper():
        return re.escape(word)
    if lang == "de" or not word.isascii():
        return _german(word)
    if re.search(r"[^aeiou]y\Z", word):
        return re.escape(word[:-1]) + r"(?:y|ies|ied|ying)"
    if len(word) > 4 and word.endswith("ed"):
        return re.escape(word[:-2]) + r"(?:ed|e?s|ing)"
    stem = re.escape(word.removesuffix("s")) if len(word) > 4 else re.escape(word)
    return stem + r"(?:s|es|['’]s|s['’])?"


def _german(word: str) -> str:
    if len(word) < 4:
        return re.escape(word)
    stem = _ENDING.sub("", word) if len(word) > 5 else word
    if word.endswith("um") and len(word) > 6:
        return re.escape(word[:-2]) + r"(?:ums?|en)"
    participle = re.fullmatch(r"ge(\w{4,}t)", word, re.IGNORECASE)
    if participle:
        return rf"(?:ge)?{re.escape(participle[1])}{_INFLECTED}"
    if word.islower() and word.endswith("en") and len(stem) > 3:
        return rf"(?:ge)?{re.escape(stem)}(?:e[nmrs]?|e?t(?:e[nmrs]?)?|n|s)?"
    return re.escape(stem) + _INFLECTED


@lru_cache(maxsize=512)
def translations(name: str) -> tuple[str, ...]:
    """The name of a country or city in English and German, as CLDR has them; else itself."""
    found = [name]
    english, german = Locale("en"), Locale("de")
    for one, other in ((english, german), (german, english)):
        for code, territory in one.territories.items():
            if territory.lower() == name.lower() and len(code) == 2 and code in other.territories:
                found.append(str(other.territories[code]))
    for zone, names in german.time_zones.items():
        city = names.get("city")
        plain = zone.rsplit("/", 1)[-1].replace("_", " ")
        if city and name.lower() in (city.lower(), plain.lower()):
            found += [str(city), plain]
    found += _SHORT.get(name.lower(), ())
    return tuple(dict.fromkeys(found))


_SHORT = {
    "united states": ("USA", "US", "U.S.", "America", "Vereinigten Staaten"),
    "united kingdom": ("UK", "Großbritannien", "Vereinigten Königreich"),
    "netherlands": ("Niederlanden", "Holland"),
    "munich": ("München",),
    "cologne": ("Köln",),
    "switzerland": ("Schweizer",),
}
