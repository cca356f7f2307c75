"""Everyday words that a brand bears as its name, in answers that don't speak of the brand."""

from collections.abc import Mapping
from random import Random

from monitor.types import Brand

_PLAIN: Mapping[str, str] = {
    "en": "People who search for “{phrase}” want something else altogether.",
    "de": "Wer nach „{phrase}“ sucht, will etwas ganz anderes.",
}
_UNTOLD: Mapping[str, tuple[str, ...]] = {
    "en": (
        "A {name} is another matter.",
        "Whether a {name} fits depends on the case.",
        "Some would say: {name}.",
        "One reply in three was a single word: {name}.",
    ),
    "de": (
        "Manche würden sagen: {name}.",
        "{name}? Je nachdem.",
        "Eine von drei Antworten war ein einziges Wort: {name}.",
    ),
}


def word_use(brand: Brand, lang: str, text: str, rng: Random) -> str:
    """A sentence for the end of `text` with the word that `brand` is called by, "" if it is none.

    Half of them use it in a phrase that the brand itself excludes. The others tell neither the
    word nor the brand, and stand only where nothing else in the text does.
    """
    phrases = _phrases(brand, lang)
    if not phrases:
        return ""
    phrase, untold = rng.choice(phrases), rng.choice(_UNTOLD[lang])
    if rng.random() < 0.5 or _speaks_of_its_trade(text, brand):
        return _PLAIN[lang].format(phrase=phrase)
    return untold.format(name=brand.name)


def _phrases(brand: Brand, lang: str) -> list[str]:
    """The excluded phrases with the name as a word of `lang`; German writes nouns like names."""
    if not brand.ambiguous or not brand.name.istitle():
        return []
    word = brand.name if lang == "de" else brand.name.lower()
    return [phrase for phrase in brand.exclude if word in phrase]


def _speaks_of_its_trade(text: str, brand: Brand) -> bool:
    folded = text.casefold()
    return any(word.casefold() in folded for word in (*brand.context, *brand.products))
