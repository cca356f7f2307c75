"""Judges one list: what each of its heads is about, and whether it recommends.

A list recommends when its heads name brands or products; steps, reasons, criteria and sources
don't. The subject of an item is the name with which its head begins: in "1. HubSpot – a better
choice than Mailchimp" Mailchimp is only compared.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from monitor.ranking.glued import card_heads
from monitor.ranking.heads import DENIED, MAX_HEAD, Head, folded, is_label, looks_like_name
from monitor.ranking.language import reads_german
from monitor.ranking.listing import Listing, ListKind
from monitor.ranking.titles import NEVER, NO_PICKS, PICKS, title_says
from monitor.ranking.words import NO_NAME, PRODUCT_LINES, STATED, is_generic, is_step, words_of


@dataclass(slots=True, order=True)
class Named:
    """A tracked name at visible [start, end), of brand number `brand`; `glued` to what precedes."""

    start: int
    end: int
    brand: int
    glued: bool


class Class(IntEnum):
    """What a head is: a tracked name, a sentence about one, some name, or none."""

    GENERIC = 0
    NAME = 1
    SENTENCE = 2
    TRACKED = 3


# Members of an enumeration are slow to look up; these are asked for with every head.
GENERIC, _NAME, _SENTENCE, _TRACKED = Class
LAID_OUT = (ListKind.ITEMS, ListKind.TABLE)
"""Lists that markup lays out: each of their entries is an item."""
_LOOSE = (ListKind.HEADINGS, ListKind.BOLD, ListKind.LINES)
_GLUED = ListKind.GLUED


@dataclass(slots=True)
class Judged:
    """A list with the class and subjects of each head; whether it holds picks, or instructions."""

    listing: Listing
    classes: list[Class]
    subjects: list[tuple[int, ...]]
    picks: bool = False
    steps: bool = False


_JOIN = re.compile(r"\s*(?:,|/|&|\+|\band\b|\bund\b|\bor\b|\boder\b)\s*(?:the |der |die |das )?")
"""Between names that a head is about ("Acme and Bolt")."""
_PRODUCTS = re.compile(r"(?: [A-ZÄÖÜ\d][\w.+\-]*){1,4} (?:/|&|and|und) ")
"""Between the names of two companies whose products a head is about ("Acme X1 / Bolt 200")."""
_OBJECT = re.compile(
    r"\b(?:for|with|to|of|than|vs\.?|versus|in|on|via|into|like|unlike|using|about|beyond|without"
    r"|at|such as|e\.g\.|fur|mit|zu|als|uber|ohne|gegen|statt|wie|bei|beim|anstelle von"
    r"|alternativen?|alternatives?|differs from)\W*\Z"
)
_CLAUSE = re.compile(
    r"(?:when|if|why|how|what|who|where|which|is|are|wann|wenn|warum|wieso|wie|was|wer|wo|ist|sind)\b"
)
"""Begins a head that asks or supposes rather than names a pick."""
_FRONTED = re.compile(
    r"(?:unlike|compared (?:to|with)|in contrast to|instead of|anders als|im (?:gegensatz|vergleich"
    r"|unterschied) zu|verglichen mit|statt|anstelle von)\s"
)
"""Begins a head with a comparison, after which what it is about is named."""
_CHOOSES = re.compile(r"(?:nimm|nehmt|wahle|wahlt|greif zu|kauf)\b")
"""Begins a head that tells which to take, one or the other."""
_VERSUS = re.compile(r" (?:[Vv]s|[Vv]ersus|gegen|compared)\b")
_POSSESSIVE = re.compile(r"['’]s?\s+\w|s\s+[A-ZÄÖÜ]")
_MADE_BY = re.compile(r"[ *_]*(?:by|from|von|and|und|or|oder|&|/) ?\w")
_JOINING = frozenset([" a", " u", " o", " &", " /", " b", " f", " v"])
"""With one of these a joint between two names begins."""
_LEADING_ON = ("", "by", "von", "from", "and", "und", "or", "oder", "&", "/")
_NUMBER_BEFORE = re.compile(r"(?<!\d)(\d{1,2})[.)] ?\Z")
_SOURCE_COUNT = re.compile(r"\+\d")
"""Follows the name of a source that stands for several ("Acme Review+2")."""
_NOUN = re.compile(
    r"(?:[A-ZÄÖÜ][a-zäöüß]+(?:e|er|es|en|em) )?[A-ZÄÖÜ][a-zäöüß\-]+"
    r"(?: (?:und|oder|für|mit|von|ohne|im|in|am|zum|zur|der|des|vom) .*)?"
)
_STEP, _VERB_LAST = 1, 2
_INFINITIVE = re.compile(r"\S [a-zäöü]{3,}(?:en|ern|eln)\Z")
_BEFORE_SUBJECT = ', *"“„'
_NUMBERS = words_of("one two three four five six seven eight nine ten")
_WORD = re.compile(r"[^\W_][\w'’\-]*")


class Judge:
    """Classifies heads and lists of one answer."""

    def __init__(self, text: str, names: Sequence[Named]) -> None:
        self.text = text
        self.names = names
        self.starts = [name.start for name in names]
        self._german: bool | None = None

    def considered(self, listing: Listing, *, below_pick: bool) -> Judged | None:
        """The list judged; None where it can't recommend, which mostly shows without reading it."""
        if not listing.entries or listing.says & NEVER or listing.kind is ListKind.PROSE:
            return None
        if below_pick and self._names_in(*listing.bounds()) < 2:
            return None
        each = self.judged(listing)
        if listing.kind is ListKind.BOLD:
            _drop_titles(each)
        elif listing.kind is ListKind.HEADINGS:
            _drop_unmarked(each)
        each.picks = self.recommends(each, below_pick=below_pick)
        return each

    def _names_in(self, start: int, end: int) -> int:
        return bisect_left(self.starts, end) - bisect_left(self.starts, start)

    def judged(self, listing: Listing) -> Judged:
        """The list with the class and subjects of each head."""
        subjects = [self.subjects(head) for head in listing.heads]
        classes = [
            self.class_of(head, named) for head, named in zip(listing.heads, subjects, strict=True)
        ]
        return Judged(listing, classes, subjects)

    def subjects(self, head: Head) -> tuple[int, ...]:
        """The brands that a head is about: the one named first and those joined to it."""
        at = bisect_left(self.starts, head.start)
        if at == len(self.starts) or self.starts[at] >= head.line_end:
            return ()
        first = self.names[at]
        if first.start == head.start and first.end == head.end:
            following = self.text[first.end : first.end + 2]
            if following not in _JOINING or not self._goes_on(head):
                return self._brands_at(at)
        limit = self._maker_end(head) if head.separator in ("paren", "bold") else head.end
        if first.start > head.start and self._is_fronted(head, limit):
            return self._after_comparison(head, at, limit)
        if first.start >= limit or not self._leads(head, first):
            return ()
        last = first
        brands = {last.brand: None}
        for number in range(at + 1, len(self.names)):
            name = self.names[number]
            joined = name.start < limit and self._are_joined(last, name)
            if not joined and name.start != last.start:
                break
            brands[name.brand] = None
            last = name
        return tuple(brands)

    def _goes_on(self, head: Head) -> bool:
        """Whether another name is joined to a bold one that is a whole head."""
        if head.separator != "bold":
            return False
        joint = _MADE_BY.match(self.text, head.end, head.line_end)
        if joint is None:
            return False
        at = bisect_left(self.starts, joint.end() - 1)
        return at < len(self.starts) and self.starts[at] < joint.end()

    def _are_joined(self, name: Named, following: Named) -> bool:
        """Whether an item is about both of two names.

        The second of two that follow one another is mostly a partner ("Acme Visa Card", "Acme NBA
        Ball"), but for well-known lines of products.
        """
        if self.text[name.end : following.start].isspace():
            if name.brand == following.brand:
                return True
            return folded(self.text[following.start : following.end]) in PRODUCT_LINES
        if self.text[following.end : following.end + 1] == "-":
            return False
        joint = _JOIN.fullmatch(self.text, name.end, following.start)
        return joint is not None or bool(_PRODUCTS.fullmatch(self.text, name.end, following.start))

    def _brands_at(self, at: int) -> tuple[int, ...]:
        """The brands of the name with this number, which is a whole head; several may share it."""
        first = self.names[at].brand
        end = bisect_right(self.starts, self.starts[at], at)
        if end == at + 1:
            return (first,)
        return tuple(dict.fromkeys([name.brand for name in self.names[at:end]]))

    def _is_fronted(self, head: Head, limit: int) -> bool:
        """Whether a head begins with a comparison ("Unlike Acme, Bolt …")."""
        opening = folded(self.text[head.start : min(limit, head.start + 40)])
        return _FRONTED.match(opening) is not None

    def _after_comparison(self, head: Head, at: int, limit: int) -> tuple[int, ...]:
        """The brand with which the clause after a fronted comparison begins."""
        comma = self.text.find(", ", head.start, limit)
        for name in self.names[at:]:
            if name.start >= limit or comma < 0:
                break
            if name.start > comma and not self.text[comma : name.start].strip(_BEFORE_SUBJECT):
                return (name.brand,)
        return ()

    def _maker_end(self, head: Head) -> int:
        """The head's end, or that of the maker after it ("S24 (Samsung)", "**S24** by Samsung")."""
        if head.separator == "bold":
            found = _MADE_BY.match(self.text, head.end, head.line_end)
            return found.end() if found else head.end
        close = self.text.find(")", head.end, min(head.line_end, head.end + 40))
        return close if close > 0 else head.end

    def _leads(self, head: Head, name: Named) -> bool:
        """Whether the first name in a head is what the head is about."""
        if "?" in self.text[head.end - 1 : head.end + 1]:
            return False
        if name.start >= head.end:
            between = folded(self.text[head.end : name.start])
            return between.strip(" (*_") in _LEADING_ON
        if _POSSESSIVE.match(self.text, name.end, head.end + 2):
            return False
        if not head.label and _VERSUS.search(self.text, head.start, head.end):
            return False
        before = folded(self.text[head.start : name.start])
        if before and self.text.find(" oder ", name.end, head.end) >= 0:
            return _CHOOSES.match(before) is not None
        return not before or _may_precede(head, before)

    def class_of(self, head: Head, subjects: tuple[int, ...]) -> Class:
        """What a head is that is about these brands."""
        if subjects:
            return _TRACKED if head.terminated else _SENTENCE
        if not head.terminated or head.end - head.start > MAX_HEAD:
            return GENERIC
        if head.label and title_says(head.label) & NO_PICKS:
            return GENERIC
        return _untracked_class(self.text[head.start : head.end], labelled=bool(head.label))

    def recommends(self, each: Judged, *, below_pick: bool) -> bool:
        """Whether a list's items are recommendations; `below_pick`: it stands under a pick."""
        listing, classes = each.listing, each.classes
        brands = {brand for subjects in each.subjects for brand in subjects}
        if len(brands) < 2:
            classes = [GENERIC if found is _SENTENCE else found for found in classes]
        tracked = classes.count(_TRACKED) + classes.count(_SENTENCE)
        named = classes.count(_NAME)
        if named and tracked * 2 < len(classes) and self.german:
            named -= sum(
                self._is_noun(head)
                for head, found in zip(listing.heads, classes, strict=True)
                if found is _NAME
            )
        each.steps = self._are_steps(each)
        if each.steps or _are_properties(listing):
            return False
        if self._are_reasons(each, len(brands)):
            return False
        if below_pick:
            return tracked * 2 >= len(classes) and tracked >= 2 and len(brands) >= 2
        if tracked:
            if listing.says & (NO_PICKS | PICKS) == NO_PICKS:
                if len(brands) < 2:
                    return False
                tracked -= sum(
                    found is _TRACKED and self._is_statement(head)
                    for head, found in zip(listing.heads, classes, strict=True)
                )
            return self._tracked_picks(listing, tracked, named, len(classes))
        return _untracked_picks(listing, named, len(classes))

    @property
    def german(self) -> bool:
        """Whether the answer is in German; seldom asked."""
        if self._german is None:
            self._german = reads_german(self.text)
        return self._german

    def _is_statement(self, head: Head) -> bool:
        """Whether a head that a line's end closes says something of a brand."""
        return not head.separator and STATED.search(self.text, head.start, head.end) is not None

    def _is_noun(self, head: Head) -> bool:
        """Whether a German head may be mere nouns, which have capitals as names have."""
        return not head.label and _NOUN.fullmatch(self.text, head.start, head.end) is not None

    def _tracked_picks(self, listing: Listing, tracked: int, named: int, size: int) -> bool:
        if listing.says & (NO_PICKS | PICKS) == NO_PICKS:
            return tracked * 2 > size and (size > 1 or listing.kind not in _LOOSE)
        if size == 1:
            laid_out = listing.kind in LAID_OUT or listing.kind is _GLUED
            return laid_out or (listing.kind is ListKind.BOLD and listing.says & PICKS != 0)
        if listing.kind is _GLUED:
            return True
        if listing.kind in _LOOSE:
            return tracked + named >= 2
        return (tracked + named) * 2 >= size

    def _are_steps(self, each: Judged) -> bool:
        """Whether half the heads begin with an instruction."""
        if each.classes.count(_TRACKED) * 2 > len(each.classes):
            return False
        steps = sum(
            self._tells_to_do(self.text[head.start : min(head.end, head.start + MAX_HEAD)])
            for head, found in zip(each.listing.heads, each.classes, strict=True)
            if found is not _TRACKED
        )
        return steps * 2 >= len(each.classes)

    def _tells_to_do(self, head: str) -> bool:
        """Whether a head is an instruction; a German one ends with its verb."""
        found = _instructs(head)
        return found == _STEP or (found == _VERB_LAST and self.german)

    def _are_reasons(self, each: Judged, brands: int) -> bool:
        """Whether all heads speak of aspects of one brand ("HubSpot pricing")."""
        if brands != 1 or len(each.classes) < 2 or _NAME in each.classes:
            return False
        return all(
            self._is_aspect(head)
            for head, named in zip(each.listing.heads, each.subjects, strict=True)
            if named
        )

    def _is_aspect(self, head: Head) -> bool:
        first = bisect_left(self.starts, head.start)
        rest = self.text[self.names[first].end : head.end]
        words = _WORD.findall(folded(rest))
        return bool(words) and all(is_generic(word) and word not in _NUMBERS for word in words)

    def fallback(self) -> list[Judged]:
        """Product cards, else numbered names, else rows of a glued table, without other lists."""
        cards = self.judged(Listing(ListKind.GLUED, self.text, list(card_heads(self.text))))
        if sum(map(bool, cards.subjects)) >= 2:
            cards.classes = [_TRACKED] * len(cards.classes)
            return [cards]
        numbered = self._numbered()
        if numbered:
            return [numbered]
        rows = [
            self._row(name)
            for name in self.names
            if name.glued and not _SOURCE_COUNT.match(self.text, name.end)
        ]
        table = self.judged(Listing(ListKind.GLUED, self.text, list(rows)))
        return [table] if len({brand for named in table.subjects for brand in named}) >= 2 else []

    def _numbered(self) -> Judged | None:
        """The names after 1., 2., 3. and so on, wherever these stand; None for fewer than three."""
        heads: list[Head] = []
        for name in self.names:
            number = _NUMBER_BEFORE.search(self.text, max(0, name.start - 5), name.start)
            if number is not None and int(number[1]) == len(heads) + 1:
                heads.append(Head(name.start, name.end, name.end, True, "glue"))
        if len(heads) < 3:
            return None
        return self.judged(Listing(ListKind.GLUED, self.text, list(heads)))

    def _row(self, name: Named) -> Head:
        """The first cell of a glued table's row that begins with this name."""
        cell = re.compile(r"[^\n]{0,60}?(?<=[a-z\d)])(?=[A-Z~$€])").match(self.text, name.end)
        end = cell.end() if cell else min(len(self.text), name.end + 30)
        return Head(name.start, end, end, True, "glue")


def _may_precede(head: Head, before: str) -> bool:
    """Whether these folded words before a name leave it what the head is about."""
    if before.strip() == "world of":
        return True
    if _OBJECT.search(before[-40:]) or _CLAUSE.match(before) or title_says(before) & NO_PICKS:
        return False
    if DENIED.search(before) or (STATED.search(before) and not is_label(before)):
        return False
    if not head.terminated:
        return before.strip(" \"'“„*") in ("", "the", "der", "die", "das")
    comma, words = "," in before, before.count(" ")
    closed = head.separator or head.label
    late = (comma and words > 3) or words > 5 if closed else comma or words > 3
    return not (late or is_step(before))


def _drop_titles(each: Judged) -> None:
    """Make bold lines no items where others lead a line in and name what they're about."""
    heads = each.listing.heads
    titles = [head.alone and not head.label for head in heads]
    if any(found and not title for found, title in zip(each.subjects, titles, strict=True)):
        for number, title in enumerate(titles):
            if title and not each.subjects[number]:
                each.classes[number] = GENERIC


def _drop_unmarked(each: Judged) -> None:
    """Make headings no items that are no links where most are, or have no number where most do.

    They name categories of products, or head other sections.
    """
    heads = each.listing.heads
    marked = [head.linked or head.numbered for head in heads]
    if sum(marked) * 2 > len(heads) > sum(marked):
        for number, subjects in enumerate(each.subjects):
            if not (marked[number] or subjects):
                each.classes[number] = GENERIC


# The same heads come again in one answer after another.
@lru_cache(maxsize=8192)
def _untracked_class(head: str, *, labelled: bool) -> Class:
    """What a head is that names nobody tracked; `labelled`: a label stands before it."""
    plain = folded(head)
    if title_says(plain) & NO_PICKS or (not labelled and is_label(plain)):
        return GENERIC
    if NO_NAME.match(plain):
        return GENERIC
    return _NAME if looks_like_name(head) else GENERIC


@lru_cache(maxsize=8192)
def _instructs(head: str) -> int:
    """`_STEP` for a head that begins with an instruction, `_VERB_LAST` for one that ends as a
    German one does, else 0.
    """
    if is_step(folded(head)):
        return _STEP
    return _VERB_LAST if _INFINITIVE.search(head) else 0


def _are_properties(listing: Listing) -> bool:
    """Whether the labels before the heads of single lines come again and again ("Motor: Acme")."""
    if listing.kind is not ListKind.LINES:
        return False
    labels = [head.label for head in listing.heads if head.label]
    return len(labels) > 1 and len(set(labels)) * 2 <= len(labels)


def _untracked_picks(listing: Listing, named: int, size: int) -> bool:
    """Whether a list that names nobody tracked still reads as one of picks."""
    said = listing.says
    if named < 2 or said & NO_PICKS:
        return False
    announced = said & PICKS != 0 or listing.ordered
    if listing.kind in LAID_OUT:
        return named * 10 >= size * (6 if announced else 8)
    if listing.kind is _GLUED:
        return said & PICKS != 0
    return announced and named * 10 >= size * 8
