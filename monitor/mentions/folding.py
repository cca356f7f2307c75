"""Folds text for comparison: case, accents, typographic variants; keeps the way back.

In folded text `Totême` and `toteme`, `Wi‑Fi` with a non-breaking hyphen and `Wi-Fi`, `AT＆T` and
`AT&T` are the same. Nearly every character folds to exactly one, so offsets mostly stay as they
are; where one doesn't (`ß`, a lone accent, a soft hyphen) a breakpoint keeps the shift.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_ASCII = bytes(range(128))
_PLAIN_ASCII = bytes(range(256)).lower().translate(bytes.maketrans(b"\n\t\r\x0b\x0c", b" " * 5))
"""Maps bytes: capitals to small letters, white space to blanks."""
_FEW = 40
"""Up to so many different characters are replaced one by one."""
_SAME = {
    "’": "'", "‘": "'", "‛": "'", "ʼ": "'", "´": "'", "＇": "'", "′": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"',
    "‐": "-", "‑": "-", "‒": "-", "−": "-", "﹣": "-", "－": "-",
    "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ħ": "h",
    "…": ".", "™": " ", "®": " ", "©": " ", "℠": " ", "½": " ", "¼": " ", "¾": " ",
    "\ufe0f": " ", "\ufe0e": " ",
}  # fmt: skip
_JOINERS = "\u00ad\u200b\u2060\ufeff\u200c\u200d\u200e\u200f"


def _folded(char: str) -> str:
    """The folded form of one character: none, one, or several characters."""
    same = _SAME.get(char)
    if same is not None:
        return same
    if char in _JOINERS:
        return ""
    if char.isspace() or "\ud800" <= char <= "\udfff":
        return " "
    return "".join(_SAME.get(part, part) for part in _plain(char))


def _plain(char: str) -> str:
    """The character without case, accents and compatibility variants; marks alone vanish.

    Vowel signs of Thai or Hindi aren't accents: a word without them would be another word.
    """
    parts = unicodedata.normalize("NFKD", char)
    kept = "".join(part for part in parts if not "\u0300" <= part <= "\u036f")
    return unicodedata.normalize("NFC", kept).casefold()


class _EvenTable(dict[int, str]):
    """Maps code points to their one folded character, or to themselves; fills itself.

    ASCII stands for itself: its case and white space are folded elsewhere, all at once.
    """

    def __init__(self) -> None:
        super().__init__((code, chr(code)) for code in range(128))
        self.uneven: dict[str, str] = {}
        """What doesn't fold to exactly one character, and to what it folds."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _folded(char)
        if len(folded.lower()) == 1:
            char = folded.lower()
        else:
            self.uneven[char] = folded
        self[code] = char
        return char


_EVEN = _EvenTable()


@dataclass(slots=True)
class Folded:
    """Folded text and the way back: at `breaks[i]` begins what came from `sources[i]` on.

    `even` is as long as the source: what doesn't fold to exactly one character stays in it.
    """

    text: str
    even: str
    breaks: Sequence[int] = ()
    sources: Sequence[int] = ()

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The range of the source text from which folded [start, end) comes."""
        if not self.breaks:
            return start, end
        piece = bisect_right(self.breaks, start)
        if piece == len(self.breaks) or end < self.breaks[piece]:
            # What ends before the piece does stands in its source as it is.
            shift = self.sources[piece - 1] - self.breaks[piece - 1]
            return start + shift, end + shift
        return self._at(start), self._at(end - 1) + 1

    def _at(self, offset: int) -> int:
        piece = bisect_right(self.breaks, offset) - 1
        limit = self.sources[piece + 1] - 1 if piece + 1 < len(self.sources) else None
        at = self.sources[piece] + offset - self.breaks[piece]
        return at if limit is None or at <= limit else limit


def fold(text: str) -> Folded:
    """The folded text with the way back to the source's offsets.

    Bytes are folded much faster than characters. Most texts hold few different ones beyond ASCII:
    replacing these one after the other is faster than looking every character up.
    """
    encoded = text.encode("utf-8", "surrogatepass")
    even = encoded.translate(_PLAIN_ASCII).decode("utf-8", "surrogatepass")
    if text.isascii():
        return Folded(even, even)
    kinds = set(encoded.translate(None, _ASCII).decode("utf-8", "surrogatepass"))
    if len(kinds) > _FEW:
        even = even.translate(_EVEN)
    else:
        for char in kinds:
            folded = _EVEN[ord(char)]
            if folded != char:
                even = even.replace(char, folded)
    odd = kinds & _EVEN.uneven.keys()
    return _fold_odd(even, odd) if odd else Folded(even, even)


def _fold_odd(even: str, odd: set[str]) -> Folded:
    """The folded text where these characters fold to none or to several."""
    folded = {char: _EVEN.uneven[char] for char in odd}
    breaks, sources = [0], [0]
    shift = 0
    for found in re.finditer(f"[{re.escape(''.join(sorted(odd)))}]", even):
        at = found.start()
        width = len(folded[found[0]])
        if width:
            breaks.append(at + shift)
            sources.append(at)
        shift += width - 1
        breaks.append(at + 1 + shift)
        sources.append(at + 1)
    text = even
    for char, several in folded.items():
        text = text.replace(char, several)
    return Folded(text, even, breaks, sources)


def fold_name(name: str) -> str:
    """The folded form of a name, its inner spaces single."""
    return " ".join(fold(name).text.split())
