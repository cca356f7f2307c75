"""Folds text for comparison: case, accents, typographic variants; keeps the way back.

`fold` gives text in which `Totême` and `toteme`, `Wi‑Fi` (non-breaking hyphen) and `Wi-Fi`
are the same, and for every folded character the offset of the character it came from.
"""

import re
import unicodedata
from dataclasses import dataclass

_NON_ASCII = re.compile(r"[^\x00-\x7f]+")
_SPACES = re.compile(r"[\s ]")
_UNEVEN = "\ue000"
"""Stands for a character whose folded form isn't exactly one character."""

_SAME = {
    "’": "'", "‘": "'", "‛": "'", "ʼ": "'", "´": "'", "`": "'", "＇": "'", "′": "'",
    "‐": "-", "‑": "-", "‒": "-", "−": "-", "﹣": "-", "－": "-",
    "\t": " ", "\n": " ", "\r": " ", "\x0b": " ", "\x0c": " ",
    "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ħ": "h",
}  # fmt: skip
_INVISIBLE = frozenset({"Mn", "Me", "Cf"})
_ASCII_SPACES = str.maketrans("\t\n\r\x0b\x0c", "     ")


def _folded(char: str) -> str:
    """The folded form of one character: none, one, or several characters."""
    if char in _SAME:
        return _SAME[char]
    if unicodedata.category(char) == "Cs":
        return "\ufffd"
    if char.isspace():
        return " "
    kept = []
    for part in unicodedata.normalize("NFKD", char):
        if unicodedata.category(part) in _INVISIBLE and _is_droppable(part):
            continue
        kept.append(_SAME.get(part.casefold(), part.casefold()))
    return unicodedata.normalize("NFC", "".join(kept))


def _is_droppable(mark: str) -> bool:
    """Whether a mark may go without changing the word; vowel signs of Thai or Hindi may not."""
    return (
        unicodedata.category(mark) == "Cf"
        or "\u0300" <= mark <= "\u036f"
        or ("\ufe00" <= mark <= "\ufe0f" or "\u20d0" <= mark <= "\u20ff")
    )


class _EvenTable(dict[int, str]):
    """Maps code points to their one folded character, or to `_UNEVEN`; fills itself."""

    def __missing__(self, code: int) -> str:
        folded = _folded(chr(code))
        self[code] = result = folded if len(folded) == 1 else _UNEVEN
        return result


class _WholeTable(dict[int, str]):
    """Maps code points to their folded form of any length; fills itself."""

    def __missing__(self, code: int) -> str:
        self[code] = result = _folded(chr(code))
        return result


_EVEN = _EvenTable()
_WHOLE = _WholeTable()


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `origins[i]` is the source offset of its i-th character (None: i itself)."""

    text: str
    origins: list[int] | None = None

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The range of the source text from which folded [start, end) comes."""
        if self.origins is None:
            return start, end
        return self.origins[start], self.origins[end - 1] + 1


def fold(text: str) -> Folded:
    """The folded text with the way back to the source's offsets."""
    if text.isascii():
        return Folded(text.translate(_ASCII_SPACES).lower())
    even = _NON_ASCII.sub(lambda run: run[0].translate(_EVEN), text)
    if _UNEVEN not in even:
        return Folded(even.translate(_ASCII_SPACES).lower() if even.isascii() else _lowered(even))
    parts: list[str] = []
    origins: list[int] = []
    for offset, char in enumerate(text):
        folded = char.lower() if char.isascii() and not char.isspace() else _WHOLE[ord(char)]
        parts.append(folded)
        origins.extend([offset] * len(folded))
    return Folded("".join(parts), origins)


def _lowered(even: str) -> str:
    """Lower-case ASCII of text whose other characters are folded already."""
    return _SPACES.sub(" ", even).lower()


def fold_name(name: str) -> str:
    """The folded form of a name, its inner spaces single."""
    return " ".join(fold(name).text.split())
