"""Finds interface texts of assistants that were captured along with an answer."""

import re
from itertools import chain

_NAMES = "ChatGPT Gemini Claude Copilot Perplexity Grok Meta"
_BY_SIGN = {
    "Your feedback helps ": r"\w+ improve",
    "Ihr Feedback hilft ": r"\w+[^.\n]{0,40}",
    "Dein Feedback hilft ": r"\w+[^.\n]{0,40}",
    "AI responses ": r"[^.\n]{0,60}",
    "KI-Antworten ": r"[^.\n]{0,60}",
    "See our Privacy Policy": "",
    "Share more feedback": "",
    "Report a problem": "",
    "Sign in ": r"(?:to|with) \w+ to [^.\n]{0,40}",
} | {
    name: f"{' AI' if name == 'Meta' else ''}"
    r" (?:can make mistakes|kann Fehler machen)[^.\n]{0,80}"
    for name in _NAMES.split()
}
_BOILERPLATE = {sign: re.compile(re.escape(sign) + rest) for sign, rest in _BY_SIGN.items()}
"""By the sign with which it begins: a search for one is many times faster than for any."""


def boilerplate_ranges(text: str) -> list[tuple[int, int]]:
    """The ranges of a text that are an interface's own words."""
    found = chain.from_iterable(
        pattern.finditer(text) for sign, pattern in _BOILERPLATE.items() if sign in text
    )
    return sorted(match.span() for match in found)
