"""Finds interface texts of assistants that were captured along with an answer."""

import re

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
_BEFORE, _AFTER = 30, 120
"""So far before and after the beginning of its sign boilerplate stretches at most."""


def boilerplate_ranges(text: str) -> list[tuple[int, int]]:
    """The ranges of a text that are an interface's own words."""
    ranges = []
    for sign, pattern in _BOILERPLATE.items():
        at = text.find(sign)
        while at >= 0:
            found = pattern.search(text, max(0, at - _BEFORE), at + _AFTER)
            if found:
                ranges.append(found.span())
            at = text.find(sign, max(at + 1, found.end() if found else 0))
    return sorted(ranges)
