"""Finds a judge's quote in the answer: literally, but for white space and unseen characters."""

import unicodedata

from monitor.types import Span

_SHORTEST = 2


def quote_span(answer: str, quote: str) -> Span | None:
    """Where the quote stands in the raw answer; None if it doesn't, or is too short to say."""
    wanted = "".join(char for char, _ in _folded(quote)).strip()
    if len(wanted) < _SHORTEST:
        return None
    folded = _folded(answer)
    start = "".join(char for char, _ in folded).find(wanted)
    if start < 0:
        return None
    return Span(folded[start][1], folded[start + len(wanted) - 1][1] + 1)


def _folded(text: str) -> list[tuple[str, int]]:
    """(character, its offset) with runs of white space as one blank, without what isn't shown."""
    folded: list[tuple[str, int]] = []
    for offset, char in enumerate(text):
        if char.isspace():
            if not folded or folded[-1][0] != " ":
                folded.append((" ", offset))
        elif unicodedata.category(char) not in ("Cf", "Cc"):
            folded.append((char, offset))
    return folded
