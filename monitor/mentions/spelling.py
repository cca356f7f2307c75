"""What a name's spelling alone settles: whether it can be an everyday word, and in which case."""

import re
from functools import lru_cache

from monitor.mentions.cues import FUNCTION_WORDS, SHORT_WORDS
from monitor.mentions.folding import fold_name
from monitor.mentions.homographs import homograph_of

_DISTINCT = re.compile(r"[a-z][A-Z]|\d|[^\w\s'’\-]|[A-Z]{2}[a-z]|\w\.\w")
_SMALL_WORDS = FUNCTION_WORDS | SHORT_WORDS


@lru_cache(maxsize=8192)
def is_distinct(written: str, name: str) -> bool:
    """Whether a name can't be an everyday word: camel case, digits, signs, or several words.

    The brand's own name of several words stays open, as its owner calls it ambiguous.
    """
    if _DISTINCT.search(written):
        return True
    return written != name and len(written.split()) > 1 and homograph_of(fold_name(written)) is None


def is_everyday(folded: str) -> bool:
    """Whether a name is known to be an everyday word too, whatever its owner says."""
    return homograph_of(folded) is not None or folded in FUNCTION_WORDS


def is_strict(written: str, *, case_sensitive: bool) -> bool:
    """Whether not every case of a name's letters will do: its owner says so, or it's an acronym."""
    return case_sensitive or (len(written) <= 4 and written.isupper())


def fits(form: str, written: str, *, case_sensitive: bool) -> bool:
    """Whether a strict name's form can be the brand's: its case, and no small word."""
    if case_sensitive:
        return form == written
    return not form.islower() or form not in _SMALL_WORDS
