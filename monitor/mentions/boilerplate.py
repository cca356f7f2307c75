"""Finds interface texts of assistants that were captured along with an answer."""

import re

_BOILERPLATE = re.compile(
    r"(?:Your feedback helps \w+ improve|Ihr Feedback hilft \w+[^.\n]{0,40}"
    r"|Dein Feedback hilft \w+[^.\n]{0,40}"
    r"|(?:AI responses|KI-Antworten) [^.\n]{0,60}|(?:ChatGPT|Gemini|Claude|Copilot|Perplexity|Grok"
    r"|Meta AI)"
    r" (?:can make mistakes|kann Fehler machen)[^.\n]{0,80}|See our Privacy Policy"
    r"|Share more feedback"
    r"|Report a problem|Sign in (?:to|with) \w+ to [^.\n]{0,40})",
)


def boilerplate_ranges(text: str) -> list[tuple[int, int]]:
    """The ranges of a text that are an interface's own words."""
    return [match.span() for match in _BOILERPLATE.finditer(text)]
