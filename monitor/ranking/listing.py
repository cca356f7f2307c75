"""What a list of an answer is: its entries, the title above it, the item that it belongs to."""

from collections.abc import Container
from dataclasses import dataclass, field
from enum import StrEnum

from monitor.ranking.heads import Head, head_of
from monitor.ranking.outline import Block


class ListKind(StrEnum):
    """How a list is laid out."""

    ITEMS = "items"
    TABLE = "table"
    HEADINGS = "headings"
    BOLD = "bold"
    LINES = "lines"
    GLUED = "glued"
    PROSE = "prose"
    """Bold names at the start of sentences that nothing announces: no picks, but among names."""


@dataclass(slots=True)
class Listing:
    """A list: its entries in reading order, what the title above it says, the item it belongs to.

    `parent` is the list and the number of the entry below which this list stands. Entries are read
    into heads only when asked for: most lists of an answer say what is good about a single pick.
    """

    kind: ListKind
    text: str
    entries: list[Head | Block] = field(default_factory=list)
    says: int = 0
    ordered: bool = False
    parent: "tuple[Listing, int] | None" = None
    names: Container[int] = ()
    _heads: list[Head] = field(default_factory=list)

    @property
    def heads(self) -> list[Head]:
        """The heads of the entries; an entry without any text has an empty one."""
        if len(self._heads) < len(self.entries):
            self._heads = [
                self._head(entry) if isinstance(entry, Block) else entry for entry in self.entries
            ]
        return self._heads

    def _head(self, block: Block) -> Head:
        bold = _opening_bold(block) if block.bold else None
        found = head_of(self.text, block.start, self._line_end(block), bold, self.names)
        return found or Head(block.start, block.start, block.end, False)

    def last_entry(self) -> "tuple[Listing, int]":
        """The list with the number of its last entry, as `parent` of what stands below that."""
        return self, len(self.entries) - 1

    def bounds(self) -> tuple[int, int]:
        """The visible range over which the entries stretch."""
        first, last = self.entries[0], self.entries[-1]
        return first.start, last.end if isinstance(last, Block) else last.line_end

    def _line_end(self, block: Block) -> int:
        """Where the block's first line that isn't blank ends."""
        text, start, end = self.text, block.start, block.end
        found = text.find("\n", start, end)
        if found < 0:
            return end
        while start < end and text[start].isspace():
            start += 1
        found = text.find("\n", start, end)
        return end if found < 0 else found


def _opening_bold(block: Block) -> tuple[int, int] | None:
    """The bold range with which a block opens, None if it opens otherwise."""
    first = min(block.bold)
    return first if first[0] - block.start <= 4 else None
