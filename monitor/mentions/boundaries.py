"""Whether a name stands as a word of its own: Unicode words, scripts without spaces, glue, URLs."""

import re
from functools import lru_cache

from monitor.ranking import is_glued as _search_glue

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
"""Letters of scripts whose words aren't separated: Thai, Lao, Burmese, Khmer, Han, Kana."""
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f]")
_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7af]")
_MARK = re.compile("[\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u3099\u309a\u30fc\ufe0f]")
_WORD_BEFORE = re.compile(r"[A-Za-zÀ-ɏ]*\Z")
_TLD = re.compile(
    r"\.(?:com|org|net|io|ai|app|dev|co|de|at|ch|eu|uk|fr|es|it|nl|be|pl|se|no|dk|us|ca|au|nz|in|jp"
    r"|cn|kr|br|info|biz|tv|me|cloud|shop|store|tech|fm|to|gg|so|ly|xyz|online|site|edu|gov|example)"
    r"(?![A-Za-z\d])(?:\.[a-z]{2}(?![a-z]))?"
)
_DOTTED = re.compile(r"[\w-]*" + _TLD.pattern)
_TOKEN_BREAK = re.compile(r"[\s<>()\[\]{}\"'„“”‘’`|,;*]")
_TOKEN_REST = re.compile(r"[^\s<>()\[\]{}\"„“”‘`|,;*]*")


_AMOUNT = re.compile(r"(?:CHF|EUR|USD|GBP|Fr\.)\s?\d")
_OPEN = frozenset(["", *' \n\t([{"“„«*|'])
_CLOSED = frozenset(["", *' \n\t,;!)]}"”“»*|'])
"""Between two of these stands a word of its own that is no address."""
_STOPS = frozenset(".:")
"""They end a word too, where one of `_CLOSED` follows: no address goes on there."""

is_glued = lru_cache(maxsize=4)(_search_glue)
"""Whether a text lost its line breaks; asked for many names of the same text in turn."""


def word_range(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The range of the name at [start, end) if it is a word of its own, else None.

    A combining accent after the name's last letter belongs to it.
    """
    before, after = text[start - 1 : start], text[end : end + 1]
    if before in _OPEN and (
        after in _CLOSED or (after in _STOPS and text[end + 1 : end + 2] in _CLOSED)
    ):
        return start, end
    if after == "." and text[start].islower() and _is_plain_domain(text, start, end):
        return None
    while end < len(text) and "\u0300" <= text[end] <= "\u036f":
        end += 1
    if not begins_word(text, start) or not ends_word(text, start, end):
        return None
    return None if is_address(text, start, end) else (start, end)


def _is_plain_domain(text: str, start: int, end: int) -> bool:
    """Whether a name without a stop of its own has a top-level domain after it ("acme.com")."""
    return _TLD.match(text, end) is not None and "." not in text[start:end]


def begins_word(text: str, start: int) -> bool:
    """Whether a word begins at `start`."""
    if start == 0:
        return True
    before, first = text[start - 1], text[start]
    if before in "$€£¥" and first.isdigit():
        return False
    if before == "_":
        return start < 2 or not text[start - 2].isalnum()
    if before in ".,'’" and start > 1 and text[start - 2].isalnum():
        return not (first.isdigit() and text[start - 2].isdigit()) and not (
            before in "'’" and text[start - 2] in "OÓ"
        )
    if not (before.isalpha() or before.isdecimal() or _MARK.match(before)):
        return True
    return _begins_inside(text, start, before, first)


def _begins_inside(text: str, start: int, before: str, first: str) -> bool:
    """Whether a word begins although a letter or digit stands right before it."""
    if not first.isalnum():
        return first != "."
    if _UNSPACED.match(first) or _UNSPACED.match(before):
        return not (_KATAKANA.match(first) and _KATAKANA.match(before))
    if _HANGUL.match(first) or _HANGUL.match(before):
        return not (_HANGUL.match(first) and _HANGUL.match(before))
    return first.isupper() and _is_glued_on(text, start, before)


def _is_glued_on(text: str, start: int, before: str) -> bool:
    """Whether the word before lost its line break ("regionHyundai"), so is no CamelCase name."""
    found = _WORD_BEFORE.search(text, max(0, start - 40), start)
    word = found[0] if found else ""
    if before.isdigit():
        return not word and is_glued(text)
    if word[:1].islower() and len(word) >= 3 and before.islower():
        return True
    return (len(word) >= 2 and is_glued(text)) or (before.isupper() and is_glued(text))


def ends_word(text: str, start: int, end: int) -> bool:
    """Whether a word that began at `start` ends at `end`."""
    if end >= len(text):
        return True
    after, last = text[end], text[end - 1]
    if _MARK.match(after):
        return False
    if not after.isalnum() or not last.isalnum():
        return _ends_before_sign(text, start, end)
    if _UNSPACED.match(last) or _UNSPACED.match(after) or _HANGUL.match(after):
        return True
    return _ends_inside(text, start, end)


def _ends_before_sign(text: str, start: int, end: int) -> bool:
    """Whether the word ends before a sign; "AT" doesn't in "AT&T", nor "C" in "C++"."""
    after, last = text[end], text[end - 1]
    if after == "_" or (after == "&" and last.isupper() and end - start <= 3):
        return not text[end + 1 : end + 2].isalnum()
    return not (end - start <= 2 and after in "+#" and last.isalnum())


def _ends_inside(text: str, start: int, end: int) -> bool:
    """Whether the word ends although a letter or digit stands right after it."""
    after, last = text[end], text[end - 1]
    if after == "s":
        return last != "s" and not text[end + 1 : end + 2].isalnum()
    if after.isdigit():
        return last.isalpha() and end - start >= 4 and not text[start:end].isupper()
    if after.isupper() and _AMOUNT.match(text, end):
        return True
    if after.isupper() and not last.isupper():
        return end - start >= 5 and text[start].isupper() and is_glued(text)
    return False


def is_address(text: str, start: int, end: int) -> bool:
    """Whether [start, end) is part of a web address, mail address or bare domain.

    A name that itself ends in a top-level domain ("Booking.com") isn't when it stands alone, and
    neither is a capitalised one ("Amazon.com").
    """
    near = text[max(0, start - 1) : end + 8]
    if "." not in near and "/" not in near and "@" not in near and ":" not in near:
        window = text[max(0, start - 200) : end + 60]
        if "://" not in window and "www." not in window and "@" not in window:
            return False
    low = max(0, start - 300)
    begin = max(low, text.rfind(" ", low, start) + 1)
    before = _TOKEN_BREAK.split(text[begin:start])[-1]
    rest = _TOKEN_REST.match(text, end, end + 300)
    after = rest[0] if rest else ""
    if "://" in before or ("@" in before and "." in after) or before.lower().startswith("www."):
        return True
    if text[end : end + 3] == "://":
        return True
    return _is_domain(text, start, end, before, after)


def _is_domain(text: str, start: int, end: int, before: str, after: str) -> bool:
    """Whether a name is a label of a bare domain written as such ("shop.acme.com/x")."""
    own = _TLD.search(text, start, end)
    if own and own.end() == end:
        return bool(before and before[-1] in ".-/") or after[:1] == "/"
    tld = _TLD.match(text, end)
    if tld is None:
        dotted = _DOTTED.match(text, end, end + 60)
        return (dotted is not None and after[:1] in "-.") or (
            before.endswith("/") and "." in before and _TLD.search(before) is not None
        )
    if before and before[-1] in ".-/":
        # A capital begins a sentence there whose blank got lost: hosts are written small.
        return before[-1] != "." or text[start].islower()
    return text[start].islower() or text[tld.end() : tld.end() + 1] == "/"
