"""Reads an answer's Markdown into an outline: visible text, blocks, links, with source offsets.

Offsets in an `Outline` count in its visible `text`, in which markup, link targets and HTML tags
don't stand; `raw_span` gives the range of the raw answer.

    raw answer → pyromark events → pieces of visible text → blocks (paragraph, item, heading, row)
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pyromark

from monitor.types import Span

_NON_ASCII = re.compile(r"[^\x00-\x7f]+")
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|</?[A-Za-z][^<>]*>", re.DOTALL)
_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH
_STYLES = frozenset({"Strong", "Emphasis", "Strikethrough"})


class BlockKind(StrEnum):
    """What a block of text is in the answer's layout."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    CELL = "cell"
    CODE = "code"


@dataclass(slots=True)
class Block:
    """A run of visible text [start, end); for items `depth`, `group` and `number` place it.

    `group` counts the answer's lists and tables; `level` is a heading's; `column` a cell's.
    """

    kind: BlockKind
    start: int
    end: int = 0
    depth: int = 0
    group: int = 0
    ordered: bool = False
    level: int = 0
    column: int = 0
    header: bool = False
    quoted: bool = False
    bold: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
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
    origins: list[tuple[int, int]]
    """For every piece of visible text the raw range it came from."""

    def raw_span(self, start: int, end: int) -> Span:
        """The range of the raw answer in which the visible [start, end) stands."""
        return Span(self._raw_at(start, last=False), self._raw_at(end - 1, last=True))

    def _raw_at(self, offset: int, *, last: bool) -> int:
        piece = bisect_right(self.starts, offset) - 1
        begin, end = self.origins[piece]
        at = begin + offset - self.starts[piece]
        return min(at + 1, end) if last else min(at, end)


class _Builder:
    """Collects pyromark's events into an outline."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.pieces: list[str] = []
        self.starts: list[int] = []
        self.origins: list[tuple[int, int]] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.links: list[Link] = []

    def add(self, text: str, begin: int, end: int) -> None:
        """Append a piece of visible text that came from raw [begin, end)."""
        if text:
            self.pieces.append(text)
            self.starts.append(self.length)
            self.origins.append((begin, end))
            self.length += len(text)


def read_outline(raw: str) -> Outline:
    """The outline of a raw answer; takes any string, bounded time."""
    masked = _NON_ASCII.sub(lambda run: "x" * len(run[0]), raw) if not raw.isascii() else raw
    builder = _Builder(raw)
    _walk(builder, masked, pyromark.events_with_range(masked, options=_OPTIONS))
    text = "".join(builder.pieces)
    return Outline(raw, text, builder.blocks, builder.links, builder.starts, builder.origins)


def _walk(builder: _Builder, masked: str, events: Iterator[Any]) -> None:
    """Feed all events to the builder."""
    block: Block | None = None
    lists: list[tuple[int, bool]] = []
    groups = 0
    heading = 0
    column = 0
    in_head = False
    item_open = False
    quotes = 0
    bolds: list[int] = []
    links: list[tuple[dict[str, Any], int, bool]] = []

    def close() -> None:
        nonlocal block
        if block is not None:
            block.end = builder.length
            if block.end > block.start:
                builder.blocks.append(block)
                builder.add("\n", position, position)
            block = None

    def opened() -> Block:
        nonlocal block, item_open
        if block is None:
            kind = BlockKind.ITEM if item_open else BlockKind.PARAGRAPH
            block = Block(kind, builder.length, quoted=quotes > 0)
            if lists:
                block.depth = len(lists)
                block.group, block.ordered = lists[-1]
            item_open = False
        return block

    position = 0
    for event, span in events:
        position = span["start"]
        if isinstance(event, str):
            if event in ("SoftBreak", "HardBreak"):
                opened()
                builder.add("\n", position, span["end"])
            elif event == "Rule":
                close()
            continue
        ((name, value),) = event.items()
        if name == "Text" or name == "Code":
            opened()
            begin, end = position, span["end"]
            if name == "Code":
                inner = masked.find(value, begin, end) if value else begin
                if inner >= 0:
                    begin, end = inner, inner + len(value)
            if masked[begin:end] == value:
                builder.add(builder.raw[begin:end], begin, end)
            else:
                builder.add(value, begin, end)
        elif name == "Start":
            kind = value if isinstance(value, str) else next(iter(value))
            if kind == "Strong":
                bolds.append(builder.length)
            elif kind in _STYLES:
                pass
            elif kind in ("Link", "Image"):
                opened()
                links.append((value[kind], builder.length, kind == "Image"))
            elif kind == "List":
                close()
                groups += 1
                lists.append((groups, value["List"] is not None))
            elif kind == "Item":
                close()
                item_open = True
            elif kind == "Heading":
                close()
                block = Block(BlockKind.HEADING, builder.length, level=int(value[kind]["level"][1]))
            elif kind == "Table":
                close()
                groups += 1
            elif kind == "TableHead":
                in_head, column = True, 0
            elif kind == "TableRow":
                in_head, column = False, 0
            elif kind == "TableCell":
                close()
                block = Block(
                    BlockKind.CELL, builder.length, group=groups, column=column, header=in_head
                )
                column += 1
            elif kind == "BlockQuote":
                close()
                quotes += 1
            elif kind == "CodeBlock":
                close()
                block = Block(BlockKind.CODE, builder.length)
            else:
                close()
        elif name == "End":
            kind = value if isinstance(value, str) else next(iter(value))
            if kind == "Strong":
                if bolds and block is not None:
                    block.bold.append((bolds.pop(), builder.length))
            elif kind in _STYLES:
                pass
            elif kind in ("Link", "Image"):
                if links:
                    target, start, image = links.pop()
                    builder.links.append(
                        Link(target["dest_url"], target["title"], start, builder.length, image)
                    )
            elif kind == "List":
                close()
                if lists:
                    lists.pop()
                item_open = False
            elif kind == "BlockQuote":
                close()
                quotes = max(0, quotes - 1)
            else:
                close()
        elif name in ("Html", "InlineHtml"):
            opened()
            _add_html(builder, position, span["end"])
    close()
    del heading


def _add_html(builder: _Builder, begin: int, end: int) -> None:
    """Append what stands between the tags of a piece of HTML."""
    at = begin
    for tag in _TAG.finditer(builder.raw, begin, end):
        builder.add(builder.raw[at : tag.start()], at, tag.start())
        at = tag.end()
    builder.add(builder.raw[at:end], at, end)
