"""Reads an answer's Markdown into an outline: visible text, blocks, links, with source offsets.

Offsets in an `Outline` count in its visible `text`, in which markup, link targets and HTML tags
don't stand; `raw_span` gives the range of the raw answer.

    raw answer → pyromark events → pieces of visible text → blocks (paragraph, item, heading, cell)
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from typing import Any

import pyromark

from monitor.types import Span

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?:script|style)\b.*?(?:</(?:script|style)\s*>|\Z)"
    r"|</?(?:a|abbr|article|aside|b|blockquote|body|br|button|center|cite|code|dd|del|details|div|dl"
    r"|dt|em|figcaption|figure|font|footer|h[1-6]|head|header|hr|html|i|img|input|ins|kbd|label|li"
    r"|link|main|mark|meta|nav|ol|option|p|picture|pre|q|s|samp|section|select|small|source|span"
    r"|strike|strong|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|time|title|tr|tt|u|ul|var"
    r"|video|wbr)\b[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_BREAKING = re.compile(
    r"</?(?:blockquote|br|dd|div|dt|h[1-6]|hr|li|ol|option|p|section|table|td|th|tr|ul)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s+|\S+")
_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH


class BlockKind(StrEnum):
    """What a block of text is in the answer's layout."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    CELL = "cell"
    CODE = "code"


@dataclass(slots=True)
class Layout:
    """Where blocks of text stand in an answer's layout.

    `depth` says how deep a list is nested, `group` counts lists and tables (0: neither), `level`
    is a heading's, `row` and `column` a cell's (row 0 is the head).
    """

    kind: BlockKind
    depth: int = 0
    group: int = 0
    ordered: bool = False
    level: int = 0
    row: int = 0
    column: int = 0


@dataclass(slots=True)
class Block:
    """A run of visible text [start, end), how it is laid out, and its bold visible ranges."""

    start: int
    end: int
    layout: Layout
    bold: tuple[tuple[int, int], ...] = ()

    @property
    def kind(self) -> BlockKind:
        """What the block is."""
        return self.layout.kind


@dataclass(slots=True)
class Link:
    """A Markdown link: its target, title and the visible range of its label."""

    url: str
    title: str
    start: int
    end: int
    image: bool = False


@dataclass(slots=True)
class Outline:
    """An answer's visible text and layout; see the module's docstring."""

    raw: str
    text: str
    blocks: list[Block]
    links: list[Link]
    starts: list[int]
    """Where in the visible text each piece begins."""
    origins: list[int]
    """Where in the raw answer each piece begins."""
    ends: dict[int, int]
    """Where in the raw answer a piece ends that isn't as long as its source, by its number."""
    code_spans: list[tuple[int, int]]
    """Visible ranges of code within blocks of text."""

    def code(self) -> list[tuple[int, int]]:
        """Visible ranges of all code in reading order, in blocks of its own and within text."""
        blocks = [(block.start, block.end) for block in self.blocks if block.layout is _CODE_LAYOUT]
        return sorted(blocks + self.code_spans)

    def raw_span(self, start: int, end: int) -> Span:
        """The range of the raw answer in which the visible [start, end) stands."""
        starts, origins = self.starts, self.origins
        first = last = bisect_right(starts, start) - 1
        shift = origins[first] - starts[first]
        if end > starts[first + 1]:
            last = bisect_right(starts, end - 1, first) - 1
        elif first not in self.ends:
            return Span(start + shift, end + shift)
        begin = origins[first] if first in self.ends else start + shift
        stop = self.ends.get(last)
        return Span(begin, origins[last] + end - starts[last] if stop is None else stop)


def read_outline(raw: str) -> Outline:
    """The outline of a raw answer; takes any string, in time linear in its length."""
    reader = _Reader(raw)
    reader.read(pyromark.events_with_range(reader.masked, options=_OPTIONS))
    return Outline(
        raw=raw,
        text="".join(reader.pieces),
        blocks=reader.blocks,
        links=reader.links,
        starts=[0, *accumulate(map(len, reader.pieces))],
        origins=reader.origins,
        ends=reader.ends,
        code_spans=reader.code_spans,
    )


_MASK = "?"
"""Stands for each non-ASCII character in masked text."""


def _masked(raw: str) -> str:
    """The text with one sign for each non-ASCII character, so that bytes count as characters."""
    return raw if raw.isascii() else raw.encode("ascii", "replace").decode("ascii")


# Members of an enumeration are slow to look up; these are asked for with every block.
_PARAGRAPH, _ITEM, _CELL = BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CELL
_CODE_LAYOUT = Layout(BlockKind.CODE)
_HEADING_LAYOUTS = {f"H{level}": Layout(BlockKind.HEADING, level=level) for level in range(1, 7)}


class _Reader:
    """Collects pyromark's events; holds what is open at the moment."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.masked = _masked(raw)
        self.pieces: list[str] = []
        self.origins: list[int] = []
        self.ends: dict[int, int] = {}
        self.length = 0
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.code_spans: list[tuple[int, int]] = []
        self.layout: Layout | None = None
        """Of the open block."""
        self.start = 0
        self.bold: list[tuple[int, int]] = []
        self.bold_starts: list[int] = []
        self.lists: list[tuple[Layout, Layout]] = [(Layout(_PARAGRAPH), Layout(_ITEM))]
        """How paragraphs and openings of items are laid out, outside lists and in each open one."""
        self.item_opens = False
        self.groups = 0
        self.row = 0
        self.column = 0
        self.open_links: list[tuple[dict[str, str], int]] = []

    def read(self, events: Iterable[tuple[Any, Any]]) -> None:
        """Take all events in; texts, the commonest, are taken here without a call of their own."""
        raw, pieces, origins = self.raw, self.pieces, self.origins
        for event, span in events:
            if "Text" in event:
                if self.layout is None:
                    self.open()
                value, begin, end = event["Text"], span["start"], span["end"]
                length = end - begin
                if length == len(value):
                    pieces.append(raw[begin:end] if _MASK in value else value)
                    origins.append(begin)
                    self.length += length
                elif value:
                    self.add(value, begin, end)
            elif "Start" in event:
                kind = event["Start"]
                if kind.__class__ is str:
                    _STARTS[kind](self, span["start"])
                else:
                    kind, detail = kind.popitem()
                    _DETAILED[kind](self, span["start"], detail)
            elif "End" in event:
                kind = event["End"]
                if kind.__class__ is not str:
                    kind, _ = kind.popitem()
                _ENDS[kind](self, span["start"])
            else:
                self.on_other(event, span["start"], span["end"])
        self.close(len(raw))

    def add(self, text: str, begin: int, end: int) -> None:
        """Append a piece of visible text that came from raw [begin, end)."""
        if end - begin != len(text):
            self.ends[len(self.pieces)] = end
        self.pieces.append(text)
        self.origins.append(begin)
        self.length += len(text)

    def open(self) -> None:
        """Begin a block where none is open."""
        self.layout = self.lists[-1][self.item_opens]
        self.start = self.length
        self.item_opens = False

    def close(self, position: int) -> None:
        """End the open block, a line break after it."""
        layout = self.layout
        if layout is None:
            return
        start, length, bold = self.start, self.length, self.bold
        if length > start:
            self.blocks.append(Block(start, length, layout, tuple(bold) if bold else ()))
            self.ends[len(self.pieces)] = position
            self.pieces.append("\n")
            self.origins.append(position)
            self.length = length + 1
        self.layout = None
        if bold or self.bold_starts:
            bold.clear()
            self.bold_starts.clear()

    def on_other(self, event: Any, begin: int, end: int) -> None:
        """A line break within a block, a rule between blocks, a code span, a piece of HTML."""
        if event == "Rule":
            self.close(begin)
            return
        if event.__class__ is str:
            self.add("\n", begin, end)
            return
        if self.layout is None:
            self.open()
        name, value = event.popitem()
        if name == "Code":
            start = self.length
            self.on_code(value, begin, end)
            self.code_spans.append((start, self.length))
        else:
            self.on_html(begin, end)

    def on_code(self, code: str, begin: int, end: int) -> None:
        """Take an inline code span in, without its backticks, word by word if it spans lines."""
        while self.masked[begin] == "`" == self.masked[end - 1] and end - begin > len(code):
            begin, end = begin + 1, end - 1
        if end - begin == len(code) + 2:
            begin, end = begin + 1, end - 1
        if end - begin == len(code):
            self.add(code if self.masked is self.raw else self.raw[begin:end], begin, end)
            return
        for part in _PARTS.findall(code):
            # A space may stand for the end of a line: the next one that is written is another.
            found = -1 if part.isspace() else self.masked.find(part, begin, end)
            if found < 0:
                self.add(part, begin, begin)
                continue
            begin = found + len(part)
            self.add(self.raw[found:begin], found, begin)

    def on_html(self, begin: int, end: int) -> None:
        """Take in what stands between the tags of a piece of HTML."""
        at = begin
        for tag in _TAG.finditer(self.raw, begin, end):
            if at < tag.start():
                self.add(self.raw[at : tag.start()], at, tag.start())
            if _BREAKING.match(tag[0]):
                self.add("\n", tag.start(), tag.start())
            at = tag.end()
        if at < end:
            self.add(self.raw[at:end], at, end)

    def on_detailed_block(self, begin: int, _detail: Any) -> None:
        """A block begins that is nothing by itself; it ends the one before."""
        self.close(begin)

    def on_style(self, _begin: int) -> None:
        """Emphasis neither begins nor ends a block."""

    def on_bold(self, _begin: int) -> None:
        if self.layout is None:
            self.open()
        self.bold_starts.append(self.length)

    def on_bold_end(self, _begin: int) -> None:
        if self.bold_starts and self.layout is not None:
            self.bold.append((self.bold_starts.pop(), self.length))

    def on_link(self, _begin: int, target: Any) -> None:
        if self.layout is None:
            self.open()
        self.open_links.append((target, self.length))

    def on_link_end(self, _begin: int, *, image: bool = False) -> None:
        target, start = self.open_links.pop()
        self.links.append(Link(target["dest_url"], target["title"], start, self.length, image))

    def on_image_end(self, begin: int) -> None:
        self.on_link_end(begin, image=True)

    def on_item(self, begin: int) -> None:
        self.close(begin)
        self.item_opens = True

    def on_list(self, begin: int, first_number: Any) -> None:
        self.close(begin)
        self.groups += 1
        place = len(self.lists), self.groups, first_number is not None
        self.lists.append((Layout(_PARAGRAPH, *place), Layout(_ITEM, *place)))

    def on_list_end(self, begin: int) -> None:
        self.close(begin)
        self.lists.pop()
        self.item_opens = False

    def begin(self, layout: Layout, position: int) -> None:
        """Begin a block of this layout, whatever the list; it ends the one before."""
        self.close(position)
        self.layout, self.start = layout, self.length

    def on_heading(self, begin: int, heading: Any) -> None:
        self.close(begin)
        if self.item_opens:
            self.open()
        else:
            self.begin(_HEADING_LAYOUTS[heading["level"]], begin)

    def on_table(self, begin: int, _alignments: Any) -> None:
        self.close(begin)
        self.groups += 1
        self.row, self.column = -1, 0

    def on_row(self, begin: int) -> None:
        self.close(begin)
        self.row, self.column = self.row + 1, 0

    def on_cell(self, begin: int) -> None:
        self.begin(Layout(_CELL, 0, self.groups, False, 0, self.row, self.column), begin)
        self.column += 1

    def on_code_block(self, begin: int, _kind: Any) -> None:
        self.begin(_CODE_LAYOUT, begin)


_STARTS: dict[str, Callable[[_Reader, int], None]] = defaultdict(
    lambda: _Reader.close,
    {
        "Strong": _Reader.on_bold,
        "Emphasis": _Reader.on_style,
        "Strikethrough": _Reader.on_style,
        "Item": _Reader.on_item,
        "TableHead": _Reader.on_row,
        "TableRow": _Reader.on_row,
        "TableCell": _Reader.on_cell,
    },
)
_DETAILED: dict[str, Callable[[_Reader, int, Any], None]] = defaultdict(
    lambda: _Reader.on_detailed_block,
    {
        "Link": _Reader.on_link,
        "Image": _Reader.on_link,
        "List": _Reader.on_list,
        "Heading": _Reader.on_heading,
        "Table": _Reader.on_table,
        "CodeBlock": _Reader.on_code_block,
    },
)
_ENDS: dict[str, Callable[[_Reader, int], None]] = defaultdict(
    lambda: _Reader.close,
    {
        "Strong": _Reader.on_bold_end,
        "Emphasis": _Reader.on_style,
        "Strikethrough": _Reader.on_style,
        "Link": _Reader.on_link_end,
        "Image": _Reader.on_image_end,
        "List": _Reader.on_list_end,
    },
)
"""What takes the start of an element in, with details or without, and its end.

Any other element is a mere block: its start ends the one before, and its end itself.
"""
