"""Reads one YAML file into plain data that still knows on which line each piece stands."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from monitor.catalog.problems import KeyPath, Problem, key_text, quoted

if TYPE_CHECKING:
    from ruamel.yaml import YAML
    from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

YamlScalar: TypeAlias = str | int | float | bool | date | None
Yaml: TypeAlias = "YamlScalar | list[Yaml] | dict[str, Yaml]"

# No honest file comes near it; anchors and aliases could blow a short one up beyond any memory.
_MOST_VALUES = 100_000
# A text with fewer of the first, and without the second, can't nest deeply.
_MANY_BRACKETS = 300
_FAR_INDENTED = re.compile(r"^[ ?-]{200}", re.MULTILINE)
_NULL = "tag:yaml.org,2002:null"

_SYNTAX_ADVICE = (
    ("mapping values are not allowed", "put text that holds a colon in quotes"),
    ("cannot start any token", "put text that starts with a special character in quotes"),
    ("found undefined alias", "put text that starts with * in quotes"),
    ("unexpected end of stream", "close the quote"),
    ("expected ',' or", "close the bracket, or put a comma between the items"),
    ("but found another document", "keep one document a file: take the --- out"),
    ("<block end>", "indent it like the lines that belong with it"),
    ("<document start>", "indent it like the lines that belong with it"),
)
_ELSE = "look at the indentation and the quotes there"


class Place(NamedTuple):
    """A place in a file, 1-based."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file's data; `keys` and `values` say where each key and each value stands."""

    file: str
    stem: str
    sha256: str
    data: Yaml
    keys: Mapping[KeyPath, Place]
    values: Mapping[KeyPath, Place]

    def place(self, path: KeyPath, *, of_key: bool = False) -> Place:
        """Where the value (or its key) at `path` stands, or what holds it where it is missing."""
        if of_key and path in self.keys:
            return self.keys[path]
        for length in range(len(path), -1, -1):
            if path[:length] in self.values:
                return self.values[path[:length]]
        return Place(1, 1)

    def problem(
        self, path: KeyPath, message: str, value: object = "", *, of_key: bool = False
    ) -> Problem:
        """A problem at `path`; `value` is quoted in it unless it is ""."""
        line, column = self.place(path, of_key=of_key)
        shown = "" if value == "" or value is None else quoted(value)
        return Problem(self.file, line, column, key_text(path), shown, message)

    def select(self, pattern: str) -> Iterator[tuple[KeyPath, Yaml]]:
        """Every path and value that fits a dotted pattern, `*` standing for any key or position."""
        return _select(self.data, tuple(pattern.split(".")), ())

    def texts(self, pattern: str) -> Iterator[tuple[KeyPath, str]]:
        """As `select`, only the values that are text and not blank."""
        for path, value in self.select(pattern):
            if isinstance(value, str) and value.strip():
                yield path, value


def _select(data: Yaml, parts: tuple[str, ...], path: KeyPath) -> Iterator[tuple[KeyPath, Yaml]]:
    if not parts:
        yield path, data
        return
    first, rest = parts[0], parts[1:]
    if isinstance(data, dict):
        for key in data if first == "*" else [first] if first in data else []:
            yield from _select(data[key], rest, (*path, key))
    elif isinstance(data, list):
        for number, item in enumerate(data):
            if first in ("*", str(number)):
                yield from _select(item, rest, (*path, number))


def read(path: Path, file: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document in a file, None if it isn't YAML, and what is wrong with its YAML.

    `file` is the name that problems give it. Keys written twice are problems that leave the
    document usable, so that the rest of it is checked too.
    """
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
        return None, (Problem(file, 0, 0, "", "", f"can't be read: {reason}"),)
    except UnicodeDecodeError as error:
        return None, (_not_utf8(file, content, error),)
    return _parsed(text, file, path.stem, hashlib.sha256(content).hexdigest())


def _not_utf8(file: str, content: bytes, error: UnicodeDecodeError) -> Problem:
    before = content[: error.start]
    line = before.count(b"\n") + 1
    column = error.start - (before.rfind(b"\n") + 1) + 1
    byte = f"byte 0x{content[error.start]:02x}"
    return Problem(file, line, column, "", byte, "isn't UTF-8; save the file as UTF-8")


def _parsed(
    text: str, file: str, stem: str, sha256: str
) -> tuple[Document | None, tuple[Problem, ...]]:
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    too_deep = Problem(file, 1, 1, "", "", "is nested too deeply; write fewer levels")
    try:
        yaml, root = _composed(text)
    except RecursionError:
        return None, (too_deep,)
    except MarkedYAMLError as error:
        return None, (_syntax_problem(error, text, file),)
    except YAMLError as error:
        return None, (_bad_character(error, text, file),)
    if root is None:
        return None, (Problem(file, 1, 1, "", "", "is empty; fill it in or delete the file"),)
    builder = _Builder(yaml, file)
    try:
        data = builder.built(root, ())
    except RecursionError:
        return None, (too_deep,)
    document = Document(file, stem, sha256, data, builder.keys, builder.values)
    return document, tuple(builder.problems)


def _composed(text: str) -> "tuple[YAML, Node | None]":
    """The text's nodes, and the reader that can construct their values.

    Read in C, which takes an eighth of the time. What C can't read, the pure reader reads again,
    because its errors say more; what nests so deeply that C would crash, it reads alone. Raises
    what ruamel.yaml raises, and RecursionError.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    if text.count("[") + text.count("{") < _MANY_BRACKETS and not _FAR_INDENTED.search(text):
        fast = YAML(typ="safe")
        try:
            return fast, fast.compose(text)
        except YAMLError:
            pass  # read again below, for the better words
    pure = YAML(typ="safe", pure=True)
    return pure, pure.compose(text)


def _syntax_problem(error: Any, text: str, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    said = str(error.problem or error.context)
    if "unexpected end of stream" in said and error.context_mark:
        line, column = error.context_mark.line + 1, error.context_mark.column + 1
    lines = text.splitlines()
    indent = lines[line - 1][: column + 1] if line <= len(lines) else ""
    if "\t" in indent and not indent[: column - 1].strip():
        return Problem(file, line, column, "", "a tab", "can't indent YAML; use spaces")
    advice = next((advice for sign, advice in _SYNTAX_ADVICE if sign in said), _ELSE)
    return Problem(file, line, column, "", "", f"isn't valid YAML ({said}); {advice}")


def _bad_character(error: Any, text: str, file: str) -> Problem:
    position = getattr(error, "position", 0) or 0
    line = text.count("\n", 0, position) + 1
    column = position - (text.rfind("\n", 0, position) + 1) + 1
    character = text[position] if position < len(text) else ""
    return Problem(file, line, column, "", repr(character), "can't stand in YAML; take it out")


@dataclass(slots=True)
class _Builder:
    """Turns YAML nodes into data while noting places and problems: the state of one reading."""

    yaml: "YAML"
    file: str
    keys: dict[KeyPath, Place] = field(default_factory=dict)
    values: dict[KeyPath, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    holders: list["Node"] = field(default_factory=list)

    def built(self, node: "Node", path: KeyPath) -> Yaml:
        """The node's data, its places noted under `path`."""
        from ruamel.yaml.nodes import MappingNode, ScalarNode

        self.values[path] = self._place_of(node, path)
        if isinstance(node, ScalarNode):
            return self._scalar(node, path)
        if any(node is holder for holder in self.holders):
            self._note(path, "holds itself; write the values out in place of the *alias")
            return None
        if len(self.values) > _MOST_VALUES:
            self._note_once("holds too many values; write fewer, without aliases of aliases")
            return None
        self.holders.append(node)
        data = (
            self._mapping(node, path) if isinstance(node, MappingNode) else self._list(node, path)
        )
        self.holders.pop()
        return data

    def _list(self, node: "Node", path: KeyPath) -> list[Yaml]:
        return [self.built(item, (*path, number)) for number, item in enumerate(node.value)]

    def _place_of(self, node: "Node", path: KeyPath) -> Place:
        if node.tag == _NULL and node.value == "" and path in self.keys:
            return self.keys[path]  # nothing stands there: the key is what a person can find
        return Place(node.start_mark.line + 1, node.start_mark.column + 1)

    def _mapping(self, node: "MappingNode", path: KeyPath) -> dict[str, Yaml]:
        data: dict[str, Yaml] = {}
        for key_node, value_node in node.value:
            place = Place(key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if not isinstance(key_node.value, str):
                self._note(path, "a list or mapping can't be a key; write a word", place)
                continue
            key = key_node.value
            if key in data:
                first = self.keys[(*path, key)].line
                self._note((*path, key), f"stands here already on line {first}; keep one", place)
                continue
            self.keys[(*path, key)] = place
            data[key] = self.built(value_node, (*path, key))
        return data

    def _scalar(self, node: "ScalarNode", path: KeyPath) -> YamlScalar:
        from ruamel.yaml.constructor import ConstructorError

        try:
            value = self.yaml.constructor.construct_object(node)
        except ConstructorError:
            self._note(path, f"has the tag {node.tag}; write plain text, in quotes if need be")
            return None
        except ValueError as error:
            self._note(path, f"isn't a real date ({error}); write one such as 2026-11-30")
            return None
        scalar: YamlScalar = value if isinstance(value, str | int | float | date) else None
        return scalar

    def _note_once(self, message: str) -> None:
        if all(problem.message != message for problem in self.problems):
            self._note((), message, Place(1, 1))

    def _note(self, path: KeyPath, message: str, place: Place | None = None) -> None:
        line, column = place or self.values[path]
        self.problems.append(Problem(self.file, line, column, key_text(path), "", message))
