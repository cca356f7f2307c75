"""What is wrong in the files of `prompts/`: where it stands, and what to write instead."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.errors import ConfigError

KeyPath = tuple[str | int, ...]
"""Where something stands in a YAML file: mapping keys and 0-based list positions."""

_LONGEST_VALUE = 60


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to put right; `line` and `column` are 1-based, 0 where there is no such place.

    `file` is relative to the project, `key` the dotted way to the value, `value` what stands
    there as a person would quote it, and `message` what to write instead.
    """

    file: str
    line: int
    column: int
    key: str
    value: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        key = f"{self.key}: " if self.key else ""
        value = f"{self.value} " if self.value else ""
        line = f"{place}: {key}{value}{self.message}"
        return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in line)


class CatalogError(ConfigError):
    """The files in `prompts/` can't be used; `problems` holds every fault of every file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def key_text(path: Sequence[str | int]) -> str:
    """The dotted form of a path: `questions[3].intent`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else part
    return text


def quoted(value: object) -> str:
    """A value as a message shows it: text in quotes, long ones cut, collections by their kind."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            shown = value if len(value) <= _LONGEST_VALUE else value[: _LONGEST_VALUE - 1] + "…"
            return '"' + shown.replace("\n", "\\n") + '"'
        case list():
            return "a list"
        case dict():
            return "a mapping"
        case None:
            return "nothing"
        case _:
            return str(value)


def meant(word: str, known: Iterable[str]) -> str:
    """`; did you mean "x"?` for the known word that is nearest, "" if none is near."""
    known_words = list(known)
    lowered = {one.lower(): one for one in reversed(known_words)}
    near = difflib.get_close_matches(word.lower(), lowered, n=1, cutoff=0.6)
    return f'; did you mean "{lowered[near[0]]}"?' if near else ""


def listed(words: Iterable[str], limit: int = 12) -> str:
    """Words as a sentence lists them, each once, the ones past the limit counted."""
    all_words = list(dict.fromkeys(words))
    shown = ", ".join(all_words[:limit])
    return shown if len(all_words) <= limit else f"{shown} and {len(all_words) - limit} more"
