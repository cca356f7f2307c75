"""Where brands are named in an answer's visible text, and how far each name's reach goes.

Besides the tracked brands, names of strangers count: a value in their sentence is none of ours.
A name after "unlike", "than" or "compared with" is only compared; what is said up to the next
comma is said of it, all else of the sentence's subject.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from monitor.mentions import Tracked, extract
from monitor.ranking import BlockKind, Named, Outline, read_lists, recommendation_items
from monitor.types import Extraction

STRANGER = ""
"""Stands for any company that isn't tracked."""


@dataclass(frozen=True, slots=True)
class Name:
    """A brand named at visible [start, end)."""

    start: int
    end: int
    brand: str


_COMPARED = re.compile(
    r"(?:unlike|compared (?:with|to)|in contrast to|than|versus|vs\.?|alternatives? to|instead of|"
    r"as opposed to|rather than|similar to|like|competes with|competitor of|rival of|against|"
    r"im gegensatz zu[mr]?|anders als(?: bei)?|im vergleich (?:zu[mr]?|mit)|verglichen mit|"
    r"gegenüber|"
    r"statt|als(?: bei)?|wie(?: bei)?|ähnlich wie|alternativen? zu[mr]?|konkurriert mit|gegen|"
    r"switch(?:ed|ing)? from|coming from|kommt von|undercut(?:s|ting)?|beats?|outperforms?|"
    r"unterbietet|schlägt|übertrifft)\s+(?:the |der |die |das |dem |den )?\Z",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"(?<!\w)(?:with|from|of|to|by|for|at|mit|von|vom|zu|bei|für|durch|über|about)\s+"
    r"(?:(?!and\b|und\b)(?-i:[a-zäöüß\d]+)\s+){0,2}\Z",
    re.IGNORECASE,
)
_FORMER = re.compile(r"(?<!\w)(?:former|ex|ehemalige[nr]?|frühere[nr]?)[\s-]\Z", re.IGNORECASE)
_PEOPLE = re.compile(
    r"(?:'s|’s)?[\s-](?:employees|engineers|developers|veterans|founders|managers|alumni|"
    r"executives|entwickler|mitarbeiter|gründer|manager|leute|angestellte)",
    re.IGNORECASE,
)
JOINED = re.compile(
    r"(?:'s|’s|s|['’])?,?\s*(?:and|und|&|/|as well as|sowie|or|oder|nor|noch|als auch|"
    r"wie auch)\s*\Z",
    re.IGNORECASE,
)
_STRANGERS = re.compile(
    r"(?<!\w)(?:(?:most |many |some |all |the |its |the other |die |den |der |viele |andere[nr]? |"
    r"manche ){0,3}(?:competitors?|rivals?|other (?:vendors|providers|tools|products|systems|cms)|"
    r"(?:most|many|some) (?:vendors|providers|tools|products|systems|plans)|alternatives|"
    r"(?:market|industry) average|wettbewerbern?|mitbewerbern?|konkurrenten?|konkurrenz|"
    r"(?:similar|comparable|competing|vergleichbare[nr]?|ähnliche[nr]?) (?!to\b|mit\b)\w+|"
    r"die meisten anbieter|andere anbieter|manche anbieter|marktdurchschnitt|branchendurchschnitt)"
    r"|others|andere)(?!\w)",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"['’]s (?:[\w-]+ ){0,2}?(?:(?:customer|client|parent(?: company)?|owner|investor|founder|"
    r"reseller|subsidiary|predecessor)(?=[,(]| (?:is|was|has|had|(?-i:[A-Z])))|(?:lab|laboratory|"
    r"foundation|academy|branch|institute|fund|conference|partner network)(?!\w))"
    r"|(?<!\w)(?:(?:customer|client|parent(?: company)?|owner|investor|founder|reseller|subsidiary|"
    r"predecessor)(?= of (?-i:[A-Z]))"
    r"|(?:mutter|tochter)(?:konzern|gesellschaft|unternehmen|firma)(?!\w)|eigentümer(?:in)?(?!\w)"
    r"|(?:größte|wichtigste|bekannteste)r? kunde(?!\w)|vorgänger(?:in|firma)?(?!\w)"
    r"|(?:(?:(?:vertriebs|handels)?partner(?:in|firma)?)|stiftung|akademie|niederlassung|filiale|"
    r"partnernetz(?:werk)?|labor|institut|konferenz)(?= (?:von|der|des) (?-i:[A-ZÄÖÜ]))"
    r"|(?:acquired|took over|bought|übernahm|kaufte) (?-i:[A-ZÄÖÜ])[\w-]+(?=, | \())",
    re.IGNORECASE,
)
"""What belongs to a brand, or it to them, and is another: its parent, its lab, whom it bought."""
_SUBJECT = re.compile(
    r"\A[\W\d]*([A-ZÄÖÜ][\w&.-]{2,}(?:\s[A-Z][\w&.-]+)?)\s(?:also |itself |selbst |wiederum )?"
    r"(?:is|was|costs|offers|has|starts|provides|charges|comes|supports|holds|ist|wurde|kostet|"
    r"bietet|hat|verlangt|startet|speichert|besitzt|beginnt)\s"
)
_NO_NAMES = frozenset(
    {
        "the", "this", "that", "these", "there", "it", "its", "they", "here", "what", "which",
        "who", "where", "when", "while", "although", "hosting", "pricing", "support", "data",
        "security", "availability", "customers", "everything", "nothing", "nobody", "everyone",
        "however", "plan", "plans", "trial", "starter", "business", "enterprise", "basic", "pro",
        "team", "standard", "founded", "version", "release", "today", "currently", "das", "dies",
        "dieser", "diese", "dieses", "der", "die", "ein", "eine", "einer", "es", "er", "sie",
        "wer", "was", "man", "hier", "dort", "alles", "niemand", "wichtig", "neu", "dazu",
        "dafür", "derzeit", "aktuell", "heute", "positiv", "preislich", "sitz", "hauptsitz",
        "firmensitz", "gründung", "unternehmen", "anbieter", "produkt", "software", "testphase",
        "datenhaltung", "verfügbarkeit", "sicherheit", "einstieg", "starter-tarif", "tarif",
    }
)  # fmt: skip


def names_in(
    outline: Outline, tracked: Tracked, lang: str, own_words: frozenset[str] = frozenset()
) -> tuple[Name, ...]:
    """Every name of a tracked brand and of recognised strangers, in reading order.

    No stranger is called by `own_words`, those of facts' subjects: "Founded: 2011" is a line
    about the brand over it.
    """
    extraction = extract(outline.raw, tracked, lang=lang)
    known = list(_known(outline, extraction))
    taken = [(name.start, name.end) for name in known]
    listed = (
        name
        for name in _listed_strangers(outline, tracked, known)
        if own_words.isdisjoint(_words(outline.text[name.start : name.end]))
    )
    for name in (*listed, *_generic(outline.text)):
        if not any(start < name.end and name.start < end for start, end in taken):
            known.append(name)
    return tuple(sorted(known, key=lambda name: (name.start, -name.end)))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def stranger_at_start(text: str, own_words: frozenset[str]) -> re.Match[str] | None:
    """The unknown proper name that a sentence begins with ("Velorin costs …"), if it does."""
    found = _SUBJECT.match(text)
    if found is None:
        return None
    words = found[1].lower().split()
    if any(word in _NO_NAMES or word in own_words for word in words):
        return None
    return found if not words[0].endswith(("ung", "heit", "keit", "ing")) else None


def _known(outline: Outline, extraction: Extraction) -> Iterator[Name]:
    pieces = _raw_pieces(outline)
    for mention in extraction.mentions:
        for span in mention.spans:
            start, last = _visible(pieces, span.start), _visible(pieces, span.end - 1)
            yield Name(start, last + 1, mention.brand)


def _raw_pieces(outline: Outline) -> list[tuple[int, int]]:
    """(raw, visible) offsets at which pieces of the text begin; line breaks stand for nothing."""
    return sorted(
        (outline.raw_span(at, at + 1).start, at)
        for at in outline.starts
        if at < len(outline.text) and outline.text[at] != "\n"
    )


def _visible(pieces: Sequence[tuple[int, int]], position: int) -> int:
    """The visible offset of a raw one."""
    raw, visible = pieces[max(0, bisect_right(pieces, position, key=lambda piece: piece[0]) - 1)]
    return visible + position - raw


def _generic(text: str) -> Iterator[Name]:
    for pattern in (_STRANGERS, _RELATED):
        for found in pattern.finditer(text):
            yield Name(*found.span(), STRANGER)


def _listed_strangers(outline: Outline, tracked: Tracked, known: Sequence[Name]) -> Iterator[Name]:
    """Untracked heads of recommendation lists, and table rows or columns beside tracked ones."""
    numbers = {brand.name: number for number, brand in enumerate(tracked.brands)}
    named = [
        Named(n.start, n.end, numbers[n.brand], glued=False)
        for n in sorted(known, key=lambda n: n.start)
    ]
    lists = read_lists(outline, sorted(name.start for name in known))
    if named:
        for item in recommendation_items(outline.text, lists, named):
            if not item.subjects and item.head.end > item.head.start:
                yield Name(item.head.start, item.head.end, STRANGER)
    yield from _table_strangers(outline, known)


def _table_strangers(outline: Outline, known: Sequence[Name]) -> Iterator[Name]:
    """Heads of rows (columns) without a tracked name where other rows (columns) have one."""
    cells = [block for block in outline.blocks if block.kind is BlockKind.CELL]
    holds = {
        id(cell): any(cell.start <= n.start < cell.end and n.brand for n in known) for cell in cells
    }
    for group in {cell.layout.group for cell in cells}:
        inside = [cell for cell in cells if cell.layout.group == group]
        rows = [cell for cell in inside if cell.layout.column == 0 < cell.layout.row]
        columns = [cell for cell in inside if cell.layout.row == 0 < cell.layout.column]
        for heads in (rows, columns):
            if any(holds[id(cell)] for cell in heads):
                for cell in heads:
                    if not holds[id(cell)]:
                        yield Name(cell.start, cell.end, STRANGER)


def is_attribute(text: str, start: int, end: int) -> bool:
    """Whether a name only says whose people are meant ("by former Acme engineers")."""
    return bool(_FORMER.search(text[max(0, start - 14) : start]) or _PEOPLE.match(text, end))


@lru_cache(maxsize=2048)
def plain_names(text: str, start: int, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """The names of a sentence at `start` that are no more than compared with left out."""
    found: list[Name] = []
    previous: Name | None = None
    for name in names:
        before = text[: name.start - start][-40:]
        joined = JOINED.search(before)
        after_compared = (
            joined is not None
            and previous is not None
            and previous not in found
            and not text[previous.end - start : name.start - start - len(joined[0])].strip()
        )  # "unlike A and B": B is compared with as well
        if is_attribute(text, name.start - start, name.end - start):
            continue
        weak = bool(found) and name.brand != found[0].brand and _WEAK.search(before)
        if not (_COMPARED.search(before) or weak or after_compared):
            found.append(name)
        previous = name
    return tuple(found)
