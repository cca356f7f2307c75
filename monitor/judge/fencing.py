"""Shows an answer to a judge as data: between marks that the answer can't write itself.

An answer may say "ignore your instructions" or close a quotation; here it can't end its fence, nor
carry characters that people don't see and models read.
"""

import hashlib
import unicodedata
from dataclasses import dataclass

_INVISIBLE = frozenset({"Cf", "Cc", "Co", "Cs", "Cn"})
_KEPT = frozenset("\n\t")


@dataclass(frozen=True, slots=True)
class Fenced:
    """A fenced text: `opening` and `closing` marks, and the `block` with both."""

    opening: str
    closing: str
    block: str


def fenced(text: str, label: str = "ANSWER") -> Fenced:
    """The text between marks that don't occur in it; the same text gets the same marks."""
    shown = visible(text)
    mark = _mark(shown)
    opening, closing = f"<<<{label} {mark}>>>", f"<<<END OF {label} {mark}>>>"
    return Fenced(opening, closing, f"{opening}\n{shown}\n{closing}")


def visible(text: str) -> str:
    """The text without characters that aren't shown: zero-width, direction, tag characters."""
    return "".join(
        char for char in text if char in _KEPT or unicodedata.category(char) not in _INVISIBLE
    )


def _mark(text: str) -> str:
    """A short hash that doesn't stand in the text, however the text was made to hold it."""
    round_no = 0
    while True:
        mark = hashlib.sha256(f"{round_no}\n{text}".encode()).hexdigest()[:12]
        if mark not in text.lower():
            return mark
        round_no += 1
