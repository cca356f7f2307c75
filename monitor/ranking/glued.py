"""Reads lists out of text whose line breaks got lost when a page was captured.

"Top picks: Acme One:Light and quick.Bolt Two: Sturdy. Things to consider: Weight: …"
"Acme One 4‑Door1.299,00 $•Acme Store + weitereBolt Two899,00 $•Bolt + weitere"
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from itertools import islice, pairwise
from string import ascii_lowercase, ascii_uppercase, digits

from monitor.ranking.heads import (
    MAX_HEAD,
    Head,
    folded,
    head_of,
    head_start,
    looks_like_name,
    name_end,
)
from monitor.ranking.titles import PICKS, title_says

MAX_SENTENCES = 5_000
"""Further sentences of a captured page hold no picks: time stays bounded."""

GLUED_MIN = 160
"""A shorter line is no captured page."""

_TOUCH = re.compile(r"[A-Z](?:(?<=[a-z\d)][.!?:)].)[a-z]|(?<=[)+]\d.)[a-z]|(?<=[a-z]{3}.)[a-z]{2})")
"""Where two texts may touch that once stood on two lines: searched for by the capital, for of
those there are few."""
_CAPITALS, _SMALL = ascii_uppercase + "ÄÖÜ", ascii_lowercase + "äöüß"
_KINDS = bytes.maketrans(
    (_CAPITALS + _SMALL + digits + ".!?:)").encode("latin-1"),
    b"A" * len(_CAPITALS) + b"." * (len(_SMALL) + 10 + 5),
)
"""Maps capitals to A, and what another text may touch to a stop."""
_RUN_TOGETHER = re.compile(r"[A-ZÄÖÜ](?<=[a-zäöüß].)[a-zäöüß]+(?:[A-ZÄÖÜ][a-zäöüß]+){3}")
"""Five words in one, more than any name has ("ToolOriginHostingAcmeOslo"): searched for by the
second, for few capitals follow a small letter."""
_STOPS = ".!?:)²%"
"""Signs before a tracked name that a blank should follow."""
_LED_ON = re.compile(r"(?:[^:\n.!?]|\.(?=\d)){0,60}:(?!//|\d\d)")
"""Follows a tracked name that begins an item, up to the item's colon."""
_NUMBER = re.compile(r"(?<!\d)(\d{1,2})\. (?=[A-Z\"“*])")
_PRICE = re.compile(r"[a-z]\d{2} \$•")

_ABBREVIATED = (
    r"(?<![\W\d](?:Dr|Mr|Ms|Jr|Nr|ca|vs|[SMsm]t|[Ss]q|[Cc]u|[Ff][tl]|[Oo]z|[Qq]t|[Pp]t|[Ll]b)\.)"
    r"(?<![\W\d](?:Mrs|Pts|pts|Gal|gal|Lbs|lbs)\.)"
)
"""No stop of an abbreviation, which ends no sentence, stands before."""
_SENTENCE = re.compile(
    r"[.!?)\"”](?:(?=[A-Z][^.)\s])|(?<![\dA-Z]\.)(?=\d[^.)\s])"
    r"|(?=\d{1,2}\.\s[A-Z])"
    rf"|(?<=[.!?])(?=\s){_ABBREVIATED}\s+(?=[A-Z\d\"“])(?<!\d\.\s)"
    r"|(?<=[a-z)][.!?])(?=[a-z]))"
)
"""The last sign of a sentence and the gap after it, searched for by the few signs it can be."""
_SOURCES = re.compile(r" ?\+\d")
"""Follows the name of a source that stands for several ("Acme Review +2")."""
_SOURCE = re.compile(r"[\w .&'’\-]{2,40}?\+\d{1,2}(?=[A-ZÄÖÜ])")
_BUTTON = re.compile(r"(?:See|Show|View) (?:more|less|all)(?=[A-Z\d])|Mehr anzeigen(?=[A-Z\d])")
_DASH = re.compile(r" [–—] ")
_COLON = re.compile(r":(?!//|\d\d)\s*")
_CARD = re.compile(r"\d\s?[$€£]\s?•")
_PRICED = re.compile(r"[$€£]\s?\d|\d\s?[$€£]")
_MAX_ENUMERATED = 70
"""More after a colon is no mere list of names."""
_ROW_CELL = 60
"""No name in a row of names is longer."""
_CELL_END = re.compile(r"[\xa0\n:;,.$€£]|  ")
_MORE = re.compile(r"\+ (?:weitere|more|others|mehr)|(?<=[a-z\d.)])(?=[A-Z])")


def is_glued(text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether at least three places in a text look glued, or a table's cells ran together.

    A look at pairs of signs, much quicker than any search, tells that of most texts neither holds.
    """
    limit = len(text) if end is None else end
    sold = text.find("•", start, limit) >= 0
    kinds = text[start:limit].encode("latin-1", "replace").translate(_KINDS)
    if kinds.count(b".A") < 3 and not sold:
        return False
    prices = len(_PRICE.findall(text, start, limit)) if sold else 0
    if _RUN_TOGETHER.search(text, start, limit):
        return True
    touching = (found for found in _TOUCH.finditer(text, start, limit) if _is_glue(text, found))
    return prices + sum(1 for _ in islice(touching, 3)) >= 3


def _is_glue(text: str, found: re.Match[str]) -> bool:
    """Whether what touches a capital is the end of a sentence, or a whole word in small letters."""
    at = found.start()
    if text[at - 1] not in ascii_lowercase:
        return True
    begin = max(0, at - 40)
    begin += len(text[begin:at].rstrip(ascii_lowercase))
    return begin == 0 or not (text[begin - 1].isalnum() or text[begin - 1] == "_")


def glued_sections(
    text: str, start: int, end: int, names: Container[int] = (), starts: Sequence[int] = ()
) -> list[tuple[str, list[Head]]]:
    """Title and heads of each section of a glued line; nothing if the line isn't glued.

    `names` are the offsets at which a tracked name may begin, `starts` the same in order.
    """
    touching, stopped = _touching(
        text, starts[bisect_right(starts, start) : bisect_left(starts, end)]
    )
    if len(touching) + stopped < 2 and not is_glued(text, start, end):
        return []
    if _CARD.search(text, start, end):
        return []
    chains = _chains(text, start, end, names, touching)
    attributes = _attributes(text, chains, names)
    sections: list[tuple[str, list[Head]]] = [("", [])]
    for titles, heads in chains:
        for title in titles:
            if title_says(title) and title not in attributes:
                sections.append((title, []))
        sections[-1][1].extend(
            head
            for head in heads
            if attributes.isdisjoint((head.label, folded(text[head.start : head.end])))
        )
    return [section for section in sections if section[1]]


def _touching(text: str, starts: Sequence[int]) -> tuple[list[int], int]:
    """Which of the tracked names touch the word before, and how many touch its closing sign."""
    touching, stopped = [], 0
    for at in starts:
        before = text[at - 1]
        if before == " ":
            continue
        if before.isalnum() or before == "+":
            touching.append(at)
        stopped += before in _STOPS
    return touching, stopped


def _chains(
    text: str, start: int, end: int, names: Container[int], touching: Sequence[int]
) -> list[tuple[list[str], list[Head]]]:
    """Titles and heads of each sentence that has some: several with dashes, or any with a colon."""
    sentences = list(islice(_sentences(text, start, end, names, touching), MAX_SENTENCES))
    dashed = [_dashed(text, *sentence, names) for sentence in sentences]
    several = sum(map(bool, dashed)) > 1
    chains: list[tuple[list[str], list[Head]]] = []
    for sentence, head in zip(sentences, dashed, strict=True):
        if head and several:
            chains.append(([], [head]))
        elif text.find(":", *sentence) >= 0:
            row = _row(text, *sentence, touching) if len(touching) > 1 else None
            chains.append(row or _chained(text, *sentence, names, touching))
    return chains


def _dashed(text: str, begin: int, stop: int, names: Container[int]) -> Head | None:
    """The head of a sentence that a name and a dash begin ("Acme One – light and quick")."""
    if _DASH.search(text, begin, min(stop, begin + _ROW_CELL)) is None:
        return None
    head = head_of(text, begin, stop, None, names)
    if head is None or head.separator != "dash" or head.label:
        return None
    named = head.start in names or looks_like_name(text[head.start : head.end])
    return head if named else None


def _attributes(
    text: str, chains: Sequence[tuple[list[str], list[Head]]], names: Container[int]
) -> set[str]:
    """What stands so often before a colon that it is no title or pick ("Best for", "Perks")."""
    titles = Counter(title for titles, _ in chains for title in titles)
    heads = Counter(
        folded(text[head.start : head.end])
        for _, heads in chains
        for head in heads
        if head.start not in names
    )
    often = {title for title, times in titles.items() if times > 1}
    return often | {head for head, times in heads.items() if times + titles[head] > 2}


def numbered_heads(text: str, start: int, end: int) -> list[Head]:
    """The heads of a numbered list within a line ("1. Acme – light. 2. Bolt – loud."), or none."""
    begins: list[int] = []
    for number in _NUMBER.finditer(text, start, end):
        if int(number[1]) == len(begins) + 1:
            begins.append(number.start())
    if len(begins) < 3:
        return []
    found = [head_of(text, *part) for part in pairwise([*begins, end])]
    heads = [head for head in found if head and head.terminated and head.separator]
    return heads if len(heads) == len(begins) else []


def _sentences(
    text: str, start: int, end: int, names: Container[int], touching: Sequence[int] = ()
) -> Iterator[tuple[int, int]]:
    """The ranges of sentences, also of those that touch, even before a lower-case name.

    One ends too where another item begins with a tracked name that touches it.
    """
    begin = start
    for gap in _SENTENCE.finditer(text, start, end):
        if text[gap.end()].islower() and gap.end() not in names:
            continue
        yield from _items(text, begin, gap.start() + 1, touching)
        begin = gap.end()
    if begin < end:
        yield from _items(text, begin, end, touching)


def _items(text: str, begin: int, end: int, touching: Sequence[int]) -> Iterator[tuple[int, int]]:
    """A sentence, cut before the items after the first that touch what precedes them."""
    begin = last = _past_captured(text, begin, end)
    inside = touching[bisect_right(touching, begin) : bisect_left(touching, end)]
    for at, following in pairwise([*inside, end]):
        if text.find(":", last, at) >= 0 and _LED_ON.match(text, at, following):
            yield begin, at
            begin = at
        last = at
    yield begin, end


def _past_captured(text: str, begin: int, end: int) -> int:
    """Where a sentence begins before which more was captured: a button's label, a source's name.

    "See moreOther picks", "Acme Review +3How to choose"
    """
    if text[begin] in "SVM":
        button = _BUTTON.match(text, begin, end)
        begin = button.end() if button else begin
    if text.find("+", begin, min(end, begin + _ROW_CELL)) >= 0:
        source = _SOURCE.match(text, begin, end)
        begin = source.end() if source else begin
    return begin


def _row(
    text: str, start: int, end: int, touching: Sequence[int]
) -> tuple[list[str], list[Head]] | None:
    """Title and heads of names in a row ("Popular picks: Acme OneBolt TwoCorvid"), None for others.

    `touching` are the offsets of all tracked names that touch what precedes.
    """
    begins = list(touching[bisect_left(touching, start) : bisect_left(touching, end)])
    if len(begins) < 2:
        return None
    colon = list(_COLON.finditer(text, start, begins[0]))[-1:]
    if not colon or any(_PRICED.search(text, *part) for part in pairwise(begins)):
        return None
    begins.insert(0, colon[0].end())
    if max(stop - begin for begin, stop in pairwise(begins)) > _ROW_CELL:
        return None
    last = _CELL_END.search(text, begins[-1], min(end, begins[-1] + _ROW_CELL))
    stops = [*begins[1:], last.start() if last else min(end, begins[-1] + _ROW_CELL)]
    heads = [Head(*part, part[1], True, "glue") for part in zip(begins, stops, strict=True)]
    return [folded(text[start : colon[0].start()])], heads


def _chained(
    text: str, start: int, end: int, names: Container[int], touching: Sequence[int]
) -> tuple[list[str], list[Head]]:
    """Folded titles and heads of a sentence such as "Top picks: Best value: Acme One: Light."."""
    parts = list(_parts(text, start, end, names, touching))
    if len(parts) < 2:
        return [], []
    titles: list[str] = []
    head: Head | None = None
    for number, (begin, stop) in enumerate(parts[:-1]):
        part = head_of(text, begin, stop)
        if part is None or stop - begin > MAX_HEAD or not _is_name(text, part, names):
            if head is not None:
                if head.start in names or not _any_begins(text, parts[number + 1 : -1], names):
                    break
                titles.append(folded(text[head.start : head.end]))
                head = None
            if stop - begin <= MAX_HEAD:
                titles.append(folded(text[begin:stop]))
            continue
        if head is not None:
            titles.append(folded(text[head.start : head.end]))
        head = Head(part.start, part.end, end, True, "colon")
    if head is None or head.start not in names:
        heads = _in_last_part(text, parts[-1], titles[-1] if titles else "list", names)
        if heads:
            return titles, heads
    return titles, [head] if head else []


def _in_last_part(
    text: str, part: tuple[int, int], label: str, names: Container[int]
) -> list[Head]:
    """Heads after a sentence's last colon: a tracked name before a dash, or several names."""
    begin = head_start(text, *part)
    if begin in names:
        labelled = head_of(text, *part, None, names)
        if labelled is not None and labelled.separator in ("dash", "paren"):
            labelled.label = label
            return [labelled]
        stop = name_end(text, begin, part[1])
        if stop and title_says(label) & PICKS:
            return [Head(begin, stop, part[1], True, "glue", label)]
    return _enumerated(text, *part, label=label) if part[1] - part[0] < _MAX_ENUMERATED else []


def _any_begins(text: str, parts: Sequence[tuple[int, int]], names: Container[int]) -> bool:
    """Whether a tracked name begins any of the parts."""
    return any(head_start(text, *part) in names for part in parts)


def _is_name(text: str, head: Head, names: Container[int]) -> bool:
    """Whether a head is a name: a tracked one, or by its looks."""
    inside = text[head.start : head.end]
    if text.startswith("://", head.end):
        return False
    if looks_like_name(inside):
        return True
    before = 0
    for word in re.finditer(r"\S+", inside):
        if head.start + word.start() in names:
            return before == 0
        before += word[0].islower()
    return False


def _parts(
    text: str, start: int, end: int, names: Container[int], touching: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """The ranges between a sentence's colons; the break between a title and a name ends one too.

    There a name follows a no-break space, or touches the title's last word.
    """
    for colon in _COLON.finditer(text, start, end):
        gap = text.rfind("\xa0", start, colon.start())
        name = gap + 1 if gap > start and gap + 1 in names else None
        if name is None and touching:
            at = touching[bisect_left(touching, colon.start()) - 1]
            if start < at < colon.start() and _may_be_title(text, start, colon.start(), names):
                name = at
        if name is not None:
            yield start, name
            start = name
        yield start, colon.start()
        start = colon.end()
    yield start, end


def _may_be_title(text: str, start: int, end: int, names: Container[int]) -> bool:
    """Whether a part may begin with a title: not with a name, unless that is a source's."""
    return head_start(text, start, end) not in names or bool(_SOURCES.search(text, start, end))


def _enumerated(text: str, start: int, end: int, label: str) -> list[Head]:
    """One head for every name in "A, B and C"; none if a part is no name."""
    heads = []
    at = start
    for part in re.split(r"(,|\band\b|\bund\b)", text[start:end]):
        begin = at + len(part) - len(part.lstrip())
        stop = at + len(part.rstrip(" .!"))
        at += len(part)
        if part in (",", "and", "und"):
            continue
        if stop > begin:
            if not looks_like_name(text[begin:stop]):
                return []
            heads.append(Head(begin, stop, end, True, "", label))
    return heads


def card_heads(text: str) -> list[Head]:
    """The heads of product cards: name, price, shop, all glued."""
    marks = list(_CARD.finditer(text)) if "•" in text else []
    heads = []
    for number, mark in enumerate(marks):
        line = text.rfind("\n", 0, mark.start()) + 1
        begin = line
        if number and marks[number - 1].start() > line:
            begin = _shop_end(text, marks[number - 1].end(), mark.start())
        if 0 < mark.start() - begin <= 160:
            heads.append(Head(begin, min(mark.start(), begin + 90), mark.start(), True, "card"))
    return heads


def _shop_end(text: str, start: int, end: int) -> int:
    """Where the shop's name on one card ends and the next card's name begins."""
    found = _MORE.search(text, start + 1, end)
    return found.end() if found else start
