"""Cuts an answer into passages (sentences, items, cells) and says of whom each speaks.

visible text → blocks → sentences; topic = own names, else item, row, heading, sentence before
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from monitor.facts.naming import STRANGER, Name, plain_names, stranger_at_start
from monitor.facts.words import ANAPHOR
from monitor.ranking import Block, BlockKind, Outline


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, item or cell at visible [start, end).

    `topic` is the brand it speaks of where its own `names` don't tell, None if that's open;
    `nearby` says that the topic comes from the layout or the sentence before (else from the whole
    answer). `context` holds what stands over it: headings, row and column heads, the item above.
    `follows` is the number of the passage that it goes on from, -1 for none. An `is_label` heads a
    section, row or column: a thing named there is neither affirmed nor denied.
    """

    start: int
    end: int
    text: str
    kind: BlockKind
    names: tuple[Name, ...] = ()
    topic: str | None = None
    nearby: bool = False
    context: tuple[str, ...] = ()
    follows: int = -1
    is_label: bool = False

    @property
    def is_question(self) -> bool:
        """Whether it asks instead of saying."""
        return self.text.rstrip("*_ \"'”)").endswith("?")


_ABBREVIATION = re.compile(
    r"(?:\b(?:mio|mrd|tsd|mill|ca|approx|z\.\s?b|u\.\s?a|d\.\s?h|e\.g|i\.e|vs|no|nr|inkl|incl|inc|"
    r"etc|bzw|max|min|mind|std|st|dr|ggf|p\.\s?a|jan|feb|mar|apr|aug|sept?|oct|okt|nov|dec|dez)|"
    r"(?<!\d)\d{1,2}|(?<![a-z])[a-z])\.\Z",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?][\"”’'»)\]*]*(?=\s)|;(?=\s)|\n")
_CONTRAST = re.compile(r",\s(?=(?:while|whereas|wohingegen|während)\s)", re.IGNORECASE)
LONGEST = 700
"""No sentence has more characters; longer ones are tables or lists that lost their line breaks."""
_BOLD_LINE = 7
"""The depth of a line in bold that heads what follows: below every heading."""
_LEAD = 40
"""How far into an item its subject may begin."""


def passages(
    outline: Outline, names: Sequence[Name], own_words: frozenset[str], asked_of: str | None
) -> tuple[Passage, ...]:
    """The answer's passages; `asked_of` is the one brand that the question names, if it does."""
    reader = _Reader(outline, names, own_words, asked_of)
    for block in outline.blocks:
        reader.take(block)
    return tuple(reader.found)


@dataclass(slots=True)
class _Level:
    """An open heading or item: its depth, topic and words."""

    depth: int
    topic: str | None
    text: str


@dataclass(slots=True)
class _Reader:
    """Walks over the blocks; holds what is open above the current one."""

    outline: Outline
    names: Sequence[Name]
    own_words: frozenset[str]
    asked_of: str | None
    found: list[Passage] = field(default_factory=list)
    headings: list[_Level] = field(default_factory=list)
    items: list[_Level] = field(default_factory=list)
    columns: dict[tuple[int, int], Block] = field(default_factory=dict)
    row_head: Block | None = None
    carried: str | None = None
    sole: str | None = None

    def __post_init__(self) -> None:
        brands = {name.brand for name in self.names}
        self.sole = next(iter(brands)) if len(brands) == 1 else None
        if not brands:
            self.sole = self.asked_of
        self.carried = self.asked_of

    def take(self, block: Block) -> None:
        """Add the passages of one block."""
        if block.kind is BlockKind.CODE:
            return
        if block.kind is not BlockKind.ITEM and block.kind is not BlockKind.CELL:
            self.items.clear()
        if block.kind is BlockKind.HEADING:
            self._take_heading(block)
        elif block.kind is BlockKind.CELL:
            self._take_cell(block)
        elif block.kind is BlockKind.ITEM:
            self._take_item(block)
        else:
            self._take_paragraph(block)

    def _take_heading(self, block: Block) -> None:
        while self.headings and self.headings[-1].depth >= block.layout.level:
            self.headings.pop()
        inherited = self.headings[-1].topic if self.headings else None
        topic = _lead(self._named(block)) if self._named(block) else inherited
        self.headings.append(_Level(block.layout.level, topic, self._text(block)))
        self.carried = topic if topic is not None else self.carried if self.sole else None
        self._add_sentences(block, topic, nearby=topic is not None, context=())

    def _take_cell(self, block: Block) -> None:
        if block.layout.row == 0:
            self.columns[block.layout.group, block.layout.column] = block
        if block.layout.column == 0:
            self.row_head = block
        heads = [self.columns.get((block.layout.group, block.layout.column)), self.row_head]
        over = [head for head in heads if head is not None and head is not block]
        topic = None
        for head in reversed(over):
            if topic is None and self._named(head):
                topic = _lead(self._named(head))
        above = self.headings[-1].topic if self.headings else None
        self._add_sentences(
            block,
            topic if topic is not None else above,
            nearby=topic is not None or above is not None,
            context=tuple(self._text(head) for head in over) + self._heading_words(),
        )

    def _take_item(self, block: Block) -> None:
        while self.items and self.items[-1].depth >= block.layout.depth:
            self.items.pop()
        above = self.items[-1] if self.items else None
        inherited = above.topic if above else self._over()
        names = self._named(block)
        leading = bool(names) and self._is_leading(block, names[0])
        topic = names[0].brand if leading else inherited
        context = tuple(level.text for level in self.items) + self._heading_words()
        self._add_sentences(block, topic, nearby=topic is not None, context=context)
        self.items.append(_Level(block.layout.depth, topic, self._text(block)))

    def _take_paragraph(self, block: Block) -> None:
        names = self._named(block)
        if _is_bold_line(block):
            self._take_bold_line(block, names)
        topic = self.headings[-1].topic if self.headings else None
        if block.bold and names and self._is_leading(block, names[0]):
            topic = names[0].brand
        if topic is None and self.carried is not None and ANAPHOR.match(self._text(block)):
            topic = self.carried
        self._add_sentences(block, topic, nearby=topic is not None, context=self._heading_words())

    def _take_bold_line(self, block: Block, names: Sequence[Name]) -> None:
        """Let a line that is all bold and names one brand head what follows, as a heading would."""
        while self.headings and self.headings[-1].depth >= _BOLD_LINE:
            self.headings.pop()
        if _lead(names) is not None and len(self._text(block)) <= _LEAD:
            self.headings.append(_Level(_BOLD_LINE, _lead(names), self._text(block)))

    def _over(self) -> str | None:
        """What a list speaks of by what stands before it."""
        if self.headings and self.headings[-1].topic is not None:
            return self.headings[-1].topic
        last = self.found[-1] if self.found else None
        if last is not None and last.kind is BlockKind.ITEM:
            return self._before_list(last)
        return self.carried if last is not None and last.text.rstrip().endswith(":") else None

    def _before_list(self, last: Passage) -> str | None:
        """The topic of the line over the list, which its first item was given."""
        for passage in reversed(self.found):
            if passage.kind is not BlockKind.ITEM:
                intro = passage.text.rstrip().endswith(":")
                return (_lead(passage.names) if passage.names else passage.topic) if intro else None
        return None

    def _heading_words(self) -> tuple[str, ...]:
        return tuple(level.text for level in self.headings[-2:])

    def _is_leading(self, block: Block, name: Name) -> bool:
        before = self.outline.text[block.start : name.start]
        return len(before) <= _LEAD and not re.search(r"\d{2}|\d[.,]\d", before)

    def _named(self, block: Block) -> tuple[Name, ...]:
        return self._names_between(block.start, block.end)

    def _names_between(self, start: int, end: int) -> tuple[Name, ...]:
        first = bisect_left(self.names, start, key=lambda name: name.start)
        last = bisect_left(self.names, end, key=lambda name: name.start)
        return tuple(self.names[first:last])

    def _text(self, block: Block) -> str:
        return self.outline.text[block.start : block.end]

    def _add_sentences(
        self, block: Block, topic: str | None, *, nearby: bool, context: tuple[str, ...]
    ) -> None:
        """Add the block's sentences; each hands its subject on to the next."""
        previous = -1
        for start, end in sentences(self.outline.text, block.start, block.end):
            text = self.outline.text[start:end]
            names = self._names_between(start, end)
            stranger = None if names else stranger_at_start(text, self.own_words)
            if stranger:
                names = (Name(start + stranger.start(1), start + stranger.end(1), STRANGER),)
            about = topic if topic is not None else self.sole
            passage = Passage(
                start,
                end,
                text,
                block.kind,
                names,
                about,
                nearby,
                context,
                previous,
                is_label=_is_label(block),
            )
            self.found.append(passage)
            previous = len(self.found) - 1
            if names and (subject := _subject(passage)) is not None:
                topic, nearby = subject, True
                self.carried = subject
            elif names:
                topic, nearby, self.carried = None, False, None


def _is_bold_line(block: Block) -> bool:
    return sum(end - start for start, end in block.bold) >= block.end - block.start > 0


def _is_label(block: Block) -> bool:
    if block.kind is BlockKind.CELL:
        return block.layout.row == 0 or block.layout.column == 0
    return block.kind is BlockKind.HEADING


def _lead(names: Sequence[Name]) -> str | None:
    """The brand of a heading or head: the first one, None if there's none or several share it."""
    brands = {name.brand for name in names}
    return names[0].brand if len(brands) == 1 else None


def _subject(passage: Passage) -> str | None:
    """The brand that the next sentence goes on about, None if there are several to choose from."""
    plain = plain_names(passage.text, passage.start, passage.names)
    brands = {name.brand for name in plain}
    if len(brands) == 1:
        return plain[0].brand
    return None


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The ranges of the sentences in [start, end), also cut before "whereas".

    What goes on without a stop is cut at `LONGEST` characters: no text takes long to read.
    """
    at = start
    for stop in (*_stops(text, start, end), end):
        while stop - at > LONGEST:
            blank = text.rfind(" ", at + 1, at + LONGEST)
            cut = blank if blank > 0 else at + LONGEST
            yield from _stripped(text, at, cut)
            at = cut
        yield from _stripped(text, at, stop)
        at = max(at, stop)


def _stops(text: str, start: int, end: int) -> list[int]:
    stops = [found.end() for found in _CONTRAST.finditer(text, start, end)]
    for found in _END.finditer(text, start, end):
        following = text[found.end() : min(end, found.end() + 80)].lstrip()
        if text[found.start()] == "." and (
            _ABBREVIATION.search(text[max(start, found.start() - 8) : found.start() + 1])
            and not _starts_anew(text, found.start(), following)
        ):
            continue
        if text[found.start()] == "." and following[:1].islower():
            continue
        stops.append(found.end())
    return sorted(stops)


def _starts_anew(text: str, stop: int, following: str) -> bool:
    """Whether a sentence ends in what looks like an abbreviation ("in Q 1. It …", "30. Juni")."""
    return bool(ANAPHOR.match(following)) and following[:1].isupper()


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The range without white space at its ends, unless nothing is left."""
    inner = text[start:end].strip()
    if inner:
        begin = text.index(inner[0], start)
        yield begin, begin + len(inner)
