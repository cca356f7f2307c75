"""Collects an answer's lists: everything laid out so that it could be a list of picks.

A list is a Markdown list, a table's rows, headings of one level, bold lead-ins, or lines of one
form ("Name – why"); `glued` reads those that lost their line breaks. Whether it recommends
anything is decided in `items`, once it is known where brands stand.
"""

import re
from collections.abc import Container, Sequence
from itertools import islice, pairwise

from monitor.ranking.glued import GLUED_MIN, glued_sections, numbered_heads
from monitor.ranking.heads import MAX_HEAD, Head, folded, head_of, head_start, is_label
from monitor.ranking.lines import (
    INTERFACE,
    NUMBERED_LINE,
    TITLE_LENGTH,
    card_names,
    is_listed,
    is_stacked,
    is_table_head,
    may_be_title,
)
from monitor.ranking.listing import Listing, ListKind
from monitor.ranking.outline import Block, BlockKind, Outline
from monitor.ranking.titles import NEVER, NO_PICKS, PICKS, SHOPS, SIDES, title_says
from monitor.ranking.words import STATED

MAX_BLOCKS = 20_000
"""Further blocks are in no list: no answer recommends so much, and time stays bounded."""

MAX_RUN_TOGETHER = 200
"""Further items on one line are in no list."""

_ITEM, _PARAGRAPH = BlockKind.ITEM, BlockKind.PARAGRAPH
_CELL, _HEADING = BlockKind.CELL, BlockKind.HEADING
_ITEMS, _BOLD = ListKind.ITEMS, ListKind.BOLD
_NUMBER = re.compile(r"\W*\d{1,3}\s*[.):]")
_INDEX_CELL = re.compile(r"\W*(?:\d{1,3}[.)]?|[🥇🥈🥉])\W*\Z")
_SIGNS = frozenset("•◦▪▫‣⁃●○■□▸►➤→✓✔✅☑★☆")
"""Begin the items of lists that aren't Markdown."""
_ARROWS = frozenset("▸►➤→")
"""Begin a conclusion too, which is alone."""
_RUNS_ON = re.compile(r" (?!(?:by|from|von|vom|for|für|with|mit|in|ab|at|aus|starting)\b)[a-zäöü]")
"""Goes on after a bold name as the sentence that it begins does: no lead-in."""
_FEATURES = re.compile(
    r"(?i:feature|merkmal|krite|criteri|aspe[ck]t|eigenschaft|category|kategorie|punkt)\w*\W*\Z"
)
"""Heads the first column of a table that compares features."""
_SENTENCES = re.compile(r"[a-zäöüß]{3}[.!?] |[a-zäöüß.!?]\d{1,2}\. ")
"""Within a head: a sentence ends before its last words, or touches another item's number."""
_JOINED = re.compile(r" (?:or|and|und|oder|&) [^.!?\n]{1,40}\Z")
"""After a bold name this leaves a line one of names, not a sentence."""
_COUNTS = {
    count: re.compile(rf"\b(?:{words})\b[^.!?\n]*[.:]?\W*\Z", re.IGNORECASE)
    for count, words in (
        (2, "two|zwei"),
        (3, "three|drei"),
        (4, "four|vier"),
        (5, "five|fünf"),
        (6, "six|sechs"),
    )
}
"""How a sentence right above says how many picks follow it."""
_ABOVE = 200
_FOOTNOTE = re.compile(r"\[\d{1,3}\]")
_CLOSING_MARKS = " :：*_"
_TITLE_END = re.compile(r"[:：]\W*\Z")


def read_lists(outline: Outline, names: Sequence[int] = ()) -> list[Listing]:
    """Every list of the answer, in the order in which they begin.

    `names` are the visible offsets at which a tracked name may begin, in order.
    """
    reader = _ListReader(outline.text, names, {link.start: link.end for link in outline.links})
    for block in islice(outline.blocks, MAX_BLOCKS):
        kind = block.layout.kind
        if kind is _ITEM:
            reader.take_item(block)
        elif kind is _PARAGRAPH:
            reader.take_paragraph(block)
        elif kind is _CELL:
            reader.take_cell(block)
        elif kind is _HEADING:
            reader.take_heading(block)
    reader.choose_columns()
    reader.choose_prose()
    return reader.lists


class _ListReader:
    """Walks over the blocks; holds the lists that may still grow."""

    def __init__(self, text: str, names: Sequence[int], links: dict[int, int]) -> None:
        self.text = text
        self.links = links
        """Where the labels of links begin and end."""
        self.lists: list[Listing] = []
        self.says = 0
        """What the last title announces, as the bits of `Title`."""
        self.shops = 0
        """`SHOPS` below a heading that announces these, whatever lines below it announce."""
        self.by_group: dict[int, Listing] = {}
        self.open_lists: list[tuple[int, Listing]] = []
        """The Markdown lists around the last item, with their depths."""
        self.headings: dict[int, Listing] = {}
        self.last_heading: tuple[Listing, int] | None = None
        self.loose: dict[tuple[ListKind, str], Listing] = {}
        self.signs: list[tuple[str, Listing]] = []
        """The lists of lines that begin with a sign around the last such line."""
        self.announced = False
        """Whether the last paragraph but those that bold names lead in ends with a colon."""
        self.row = -1
        self.named_cells: dict[int, dict[int, list[Block]]] = {}
        """By table and column, the cells after the first of their rows that begin with a name."""
        self.named_heads: set[int] = set()
        """The tables with a name at the head of a column after the first."""
        self.starts = names
        self.names = frozenset(names)

    def take_item(self, block: Block) -> None:
        layout, above = block.layout, self.open_lists
        listing = self.by_group.get(layout.group)
        if listing is None or not above or above[-1][1] is not listing:
            while above and above[-1][0] >= layout.depth:
                above.pop()
            if listing is None:
                listing = self.begin(_ITEMS, ordered=layout.ordered)
                self.by_group[layout.group] = listing
                listing.parent = above[-1][1].last_entry() if above else self.last_heading
            above.append((layout.depth, listing))
        listing.entries.append(block)

    def take_heading(self, block: Block) -> None:
        says = title_says(folded(self.text[block.start : block.end]))
        if says & NO_PICKS:
            for level in [level for level in self.headings if level > block.layout.level]:
                del self.headings[level]
        head = head_of(self.text, block.start, block.end, None, self.names)
        listing = self.headings.get(block.layout.level)
        if listing is None:
            listing = self.begin(ListKind.HEADINGS)
            self.headings[block.layout.level] = listing
        self.says, self.shops = says, says & SHOPS
        self.clear_loose()
        numbered = _NUMBER.match(self.text, block.start, block.end) is not None
        listing.ordered |= numbered
        if head is not None:
            head.numbered = numbered
            head.linked = self.links.get(block.start, 0) >= block.end
            listing.entries.append(head)
            self.last_heading = listing.last_entry()

    def clear_loose(self) -> None:
        """Let lists of lines end at a title; those of picks run on over titles of picks."""
        self.signs.clear()
        if self.loose:
            kept = {} if self.says & NO_PICKS else self.loose
            runs_on = self.says & PICKS
            self.loose = {
                form: listing
                for form, listing in kept.items()
                if listing.kind is _BOLD or (runs_on and listing.says & PICKS)
            }

    def take_cell(self, block: Block) -> None:
        listing = self.by_group.get(block.layout.group)
        if listing is None:
            listing = self.begin(ListKind.TABLE)
            listing.parent = self.last_heading
            self.by_group[block.layout.group] = listing
            self.row = 0
        if block.layout.row == 0:
            self.take_head_cell(block, listing)
        if block.layout.row == 0 or _INDEX_CELL.match(self.text[block.start : block.end]):
            return
        if block.layout.row > self.row:
            self.row = block.layout.row
            listing.entries.append(block)
        elif block.start in self.names:
            self.named_cells.setdefault(block.layout.group, {}).setdefault(
                block.layout.column, []
            ).append(block)

    def take_head_cell(self, block: Block, listing: Listing) -> None:
        """Note what a table's head says: brands side by side, or features down its first column."""
        if block.layout.column == 0:
            if _FEATURES.match(self.text, block.start, block.end):
                listing.says |= NEVER
        elif block.start in self.names:
            self.named_heads.add(block.layout.group)

    def choose_columns(self) -> None:
        """Let a later column be a table's items where names begin its cells, and none the first.

        A table compares brands side by side where names head its columns, unless most of its rows
        begin with names too ("| Tool | Acme integration |").
        """
        for group in self.named_heads:
            listing = self.by_group[group]
            rows = sum(entry.start in self.names for entry in listing.entries)
            if rows * 2 <= len(listing.entries):
                listing.says |= NEVER
        for group, columns in self.named_cells.items():
            listing = self.by_group[group]
            if any(entry.start in self.names for entry in listing.entries):
                continue
            column = min(columns)
            if len(columns[column]) * 2 >= len(listing.entries):
                listing.entries = list(columns[column])

    def choose_prose(self) -> None:
        """Let sentences be items that bold tracked names begin, as many as the text above says."""
        prose = self.loose.get((ListKind.PROSE, ""))
        count = len(prose.entries) if prose else 0
        if prose is None or count not in _COUNTS or self.tracked_in(prose.heads) != count:
            return
        first = prose.heads[0].start
        if _COUNTS[count].search(self.text, max(0, first - _ABOVE), first):
            prose.kind = _BOLD

    def take_paragraph(self, block: Block) -> None:
        if block.layout.group:
            if block.bold:
                for start, end in _lines(self.text, block.start, block.end):
                    self.take_line(block, start, end)
            return
        if not block.bold or min(block.bold)[0] > block.start + 6:
            self.announced = _TITLE_END.search(self.text, block.end - 4, block.end) is not None
        lines = _lines(self.text, block.start, block.end)
        cards: Container[int] = ()
        if not block.bold and (len(lines) > 1 or block.end - block.start <= TITLE_LENGTH):
            cards = card_names(self.text, lines)
            lines = lines if cards else self.take_alone(lines)
        for number, (start, end) in enumerate(lines):
            if start in cards:
                self.take_card(start, end)
            elif "\t" in self.text[start:end] and is_table_head(
                self.text, lines, number, self.names
            ):
                continue
            elif end - start <= GLUED_MIN or not self.take_run_together(start, end):
                self.take_line(block, start, end)

    def take_run_together(self, start: int, end: int) -> bool:
        """Take a long line whose lists lost their line breaks; False where it has none."""
        line = self.text[start:end]
        sections = glued_sections(self.text, start, end, self.names, self.starts)
        if "2. " in line and "3. " in line:
            glued = [head for _, heads in sections for head in heads]
            heads = numbered_heads(self.text, start, end)
            tracked, others = self.tracked_in(heads), self.tracked_in(glued)
            if heads and (not glued or tracked > others or tracked == others == len(heads)):
                sections = [(folded(self.text[start : heads[0].start]), heads)]
        self.take_glued(sections)
        return bool(sections)

    def tracked_in(self, heads: Sequence[Head]) -> int:
        """How many of the heads begin with a tracked name."""
        return sum(head.start in self.names for head in heads)

    def take_alone(self, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Take what stands alone on its line, what is said of it below; returns the other lines.

        That are two tracked names or more, or else a title; or a name that is a whole paragraph.
        """
        if len(lines) < 2:
            if not lines or not is_stacked(self.text, *lines[0], self.starts):
                return lines
            self.take_card(*lines[0], "title")
            return []
        stacked = [
            (start, end)
            for (start, end), (below, until) in pairwise(lines)
            if end - start < until - below and is_stacked(self.text, start, end, self.starts)
        ]
        if len(stacked) < 2:
            return lines[1:] if self.take_titled(lines) else lines
        for start, end in stacked:
            self.take_card(start, end, "title")
        alone = frozenset(stacked)
        return [line for line in lines if line not in alone]

    def take_titled(self, lines: Sequence[tuple[int, int]]) -> bool:
        """Take a paragraph's first line if it's a title that lost its markup.

        That is a short line which nothing closes, above more text; or a label above a name.
        """
        (start, end), (below, until) = lines[:2]
        if not may_be_title(self.text, start, end) and not (
            start in self.names
            and self.text[end - 1] == ")"
            and is_stacked(self.text, start, end, self.starts)
        ):
            return False
        if self.text[below : below + 3].strip().startswith("+"):
            return True
        begin = head_start(self.text, start, end)
        said = folded(self.text[begin:end])
        if said in INTERFACE or title_says(said) & (NEVER | NO_PICKS | SHOPS):
            self.take_title(start, end)
            return True
        if begin not in self.names and is_label(said):
            if may_be_title(self.text, below, until):
                self.take_card(below, until, "title")
            return False
        if lines[-1][1] - end <= end - start:
            return False
        self.take_card(start, end, "title")
        return True

    def take_card(self, start: int, end: int, form: str = "card") -> None:
        """The name on a product card, or above the text about it."""
        begin = head_start(self.text, start, end)
        if begin < end <= begin + MAX_HEAD:
            self.add_loose(ListKind.LINES, form, Head(begin, end, end, True, form), numbered=False)

    def take_glued(self, sections: list[tuple[str, list[Head]]]) -> None:
        for title, heads in sections:
            self.lists.append(Listing(ListKind.GLUED, self.text, list(heads), title_says(title)))

    def take_line(self, block: Block, start: int, end: int) -> None:
        if self.text[start] in _SIGNS and self.text[start + 1 : start + 2].isspace():
            self.take_signs(start, end)
            return
        if self.text[start] == "[" and _FOOTNOTE.match(self.text, start, end):
            return
        bold = self.opening_bold(block, start, end) if block.bold else None
        if bold is None and not is_listed(self.text, start, end):
            return
        announces = _TITLE_END.search(self.text, max(start, end - 4), end) is not None
        if announces and bold is None:
            if head_start(self.text, start, end) < end:
                self.take_title(start, end)
            return
        head = head_of(self.text, start, end, bold, self.names)
        if head is None:
            return
        if announces or (bold and head.end >= end - 3):
            self.take_bold_title(head, start, end)
            return
        numbered = NUMBERED_LINE.match(self.text, start, end) is not None
        if bold:
            head.alone = bold[1] >= end - 3
            led_in = numbered or self.announced or self.says & PICKS != 0
            led_in = led_in or not _RUNS_ON.match(self.text, bold[1], end)
            led_in = led_in or _JOINED.match(self.text, bold[1], end) is not None
            self.add_loose(_BOLD if led_in else ListKind.PROSE, "", head, numbered)
        elif numbered or (
            head.terminated
            and (head.separator or head.label)
            and not _SENTENCES.search(self.text, head.start, head.end)
            and not STATED.search(self.text, head.start, head.end)
        ):
            form = "label" if head.label else head.form(self.text)
            form = "number" if numbered else form
            self.add_loose(ListKind.LINES, form, head, numbered)

    def opening_bold(self, block: Block, start: int, end: int) -> tuple[int, int] | None:
        """The first bold range of a line, None where words stand before it."""
        bold = next((pair for pair in block.bold if start <= pair[0] < end), None)
        if bold and bold[0] - start > 6 and self.text[start : bold[0]].strip(" \t#.*-0123456789)"):
            return None
        return bold

    def take_signs(self, start: int, end: int) -> None:
        """A line that a sign makes an item, or several that ran together."""
        mark = f"{self.text[start]} "
        for _ in range(MAX_RUN_TOGETHER):
            following = self.text.find(mark, start + 1, end)
            if following < 0:
                break
            self.take_sign(start, following)
            start = following
        self.take_sign(start, end)

    def take_sign(self, start: int, end: int) -> None:
        """What a sign makes an item, as Markdown's own do."""
        head = head_of(self.text, start + 1, end, None, self.names)
        if head is None:
            return
        sign, above = self.text[start], self.signs
        while above and above[-1][0] != sign and any(each == sign for each, _ in above):
            above.pop()
        if not above or above[-1][0] != sign:
            listing = self.begin(_ITEMS)
            listing.parent = above[-1][1].last_entry() if above else self.last_heading
            above.append((sign, listing))
        above[-1][1].entries.append(head)
        alone = sign in _ARROWS and len(above[-1][1].entries) == 1
        above[-1][1].kind = ListKind.PROSE if alone else _ITEMS

    def take_title(self, start: int, end: int) -> None:
        """A line that announces what follows; good and bad sides go with the pick above them."""
        said = folded(self.text[start:end])
        self.says = title_says(said) | self.shops
        if said.strip(_CLOSING_MARKS) not in SIDES:
            self.clear_loose()

    def take_bold_title(self, head: Head, start: int, end: int) -> None:
        """A bold line that announces what follows, and can also be a lead-in of its own."""
        text = folded(self.text[start:end])
        head.alone = head.end >= end - 3
        self.add_loose(_BOLD, "", head, _NUMBER.match(text) is not None)
        self.says = title_says(text) | self.shops

    def add_loose(self, kind: ListKind, form: str, head: Head, numbered: bool) -> None:
        listing = self.loose.get((kind, form))
        if listing is None:
            listing = self.begin(kind)
            self.loose[kind, form] = listing
        listing.ordered |= numbered
        head.numbered = numbered
        listing.entries.append(head)
        if kind is _BOLD:
            self.last_heading = listing.last_entry()

    def begin(self, kind: ListKind, *, ordered: bool = False) -> Listing:
        listing = Listing(kind, self.text, [], self.says, ordered, None, self.names)
        self.lists.append(listing)
        return listing


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The ranges of the lines in [start, end)."""
    lines = []
    while (stop := text.find("\n", start, end)) >= 0:
        if stop > start:
            lines.append((start, stop))
        start = stop + 1
    if end > start:
        lines.append((start, end))
    return lines
