"""Finds interface texts of assistants that were captured along with an answer."""

import re
from itertools import chain

_ASSISTANT = r"(?:ChatGPT|Gemini|Claude|Copilot|Perplexity|Grok|Meta AI)"
_BY_SIGN = {
    "eedback": r"Your feedback helps \w+ improve|(?:Ihr|Dein) Feedback hilft \w+[^.\n]{0,40}"
    r"|Share more feedback",
    "AI responses ": r"AI responses [^.\n]{0,60}",
    "KI-Antworten ": r"KI-Antworten [^.\n]{0,60}",
    "can make mistakes": _ASSISTANT + r" can make mistakes[^.\n]{0,80}",
    "kann Fehler machen": _ASSISTANT + r" kann Fehler machen[^.\n]{0,80}",
    "See our Privacy Policy": "See our Privacy Policy",
    "Report a problem": "Report a problem",
    "Sign in ": r"Sign in (?:to|with) \w+ to [^.\n]{0,40}",
}
_BOILERPLATE = {sign: re.compile(pattern) for sign, pattern in _BY_SIGN.items()}
"""By a sign that each holds: a search for one is many times faster than for any."""


def boilerplate_ranges(text: str) -> list[tuple[int, int]]:
    """The ranges of a text that are an interface's own words."""
    found = chain.from_iterable(
        pattern.finditer(text) for sign, pattern in _BOILERPLATE.items() if sign in text
    )
    return sorted(match.span() for match in found)
