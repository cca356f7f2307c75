"""Cuts a line of an answer into its head and the rest, and tells names from labels.

"🏆 Best overall: Dyson V15 – strong"  → label "Best overall", head "Dyson V15"
"1. **HubSpot** – better than Mailchimp" → head "HubSpot"
"Battery life: up to 60 minutes"         → head "Battery life", no name
"""

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache

from monitor.ranking.titles import CONDITION, NEVER, NO_PICKS, SHOPS, title_says
from monitor.ranking.words import ATTRIBUTE, PICK_LABEL, PROPERTY, is_generic, words_of

MAX_HEAD = 90
"""No head is longer; more is a sentence."""
_LABEL_WORDS, _POINTED_WORDS = 7, 12
"""No label has more words, nor one from which an arrow points to the name."""
_NAME_LENGTH = 50
"""No product's name is longer, with its maker's."""
_MAX_LABELS = 3
"""No head has more labels before it ("Top picks: Best value: Acme")."""

_LEAD = re.compile(
    r"[\s\W_]*(?:(?:#|no\. ?|nr\. ?)?\d{1,3}(?:[.):]|️?⃣)+\s*"
    r"|\d{1,2}\s+(?=[A-Z][\w&]+ ))?[^\w\"“„'(]*"
)
_SEPARATOR = re.compile(
    r"[\s:—→➜](?:(?<=[:—→➜])\s*|(?=[\s–—―|→➜•·(\-]|(?<=[\n\t]))(?:\s*[–—―|→➜•·-]+\s+|\s*[—→➜]\s*"
    r"|\s*[–-](?=[A-Z])|\s*\(|(?<=\n)|\s{2,}|(?<=\t)))"
)
"""Begins with one of few characters, by which it is searched for several times faster."""
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)")
DENIED = re.compile(
    r"\b(?:not|never|skip|avoid|unlike|careful|warning|nicht|kein\w*|vorsicht|meiden)\b|n['’]t\b"
)
"""A label with one of these says what is no pick, and so do words before a name."""
_SUPERLATIVE = re.compile(r"\A(?:the |der |die |das )?[a-z]{3,}(?:est|ste[rsn]?)\b")
_CLAUSE_END = re.compile(r"[.,;](?=\s)")
_TOUCH = re.compile(
    r"(?<=[a-z\d)]{2})(?=[A-Z][a-z]*,? [a-z\d$€£~])|(?<=[A-Z]{2})(?=[A-Z][a-z]+ [a-z])"
)
"""Here a name ends and a sentence begins that touches it ("Acme OneLight and quick")."""
_WORD = re.compile(r"[^\W_][\w'’&+.\-]*")
_STRONG = re.compile(r"[a-z]+[A-Z]|[A-Z][a-z]+[A-Z]|[A-Z]+\d|\d+[A-Z]|[A-Z]{2,}[a-z]{2}")
_TOP_DOMAIN = re.compile(r"\w\.(?:ai|com|io|de|fm|app|net|org|co)\b")
_CONNECTORS = words_of("of the and for by in on to & a an + de la le el von der die und fur mit x")
_JOINING = _CONNECTORS | words_of("or und oder")
_PRICE_FROM = re.compile(r"(?:From|Ab|Starting at|About|Around|Etwa|Rund|Ca\.?) ?[$€£]?\d")
_ACRONYMS = words_of(
    """
    usb hdmi gps tv ai ui ux pc cpu gpu ram ssd led oled lcd hdr anc api seo roi sso sla b2b b2c diy
    faq eu us usa uk usd eur ev suv awd rwd vr ar it hr erp crm saas paas iaas sql kpi pro con ios
    nfc wifi lte 4k 8k 5g 4g hd uhd qled ips qhd fhd io iot sdk cli gdpr dsgvo ki ok id qa tco tl dr
    tldr
    """
)


@dataclass(slots=True)
class Head:
    """The head [start, end) of a line that goes on to `line_end`; offsets in the visible text.

    `terminated` says that layout (bold, a dash, a colon, the line's end) closes it; `label` is
    the folded label before it, "" for none; `separator` what follows it; `numbered` that a number
    stands before it, though it isn't a Markdown list's; `linked` that its whole line is a link's;
    `alone` that its whole line is bold.
    """

    start: int
    end: int
    line_end: int
    terminated: bool
    separator: str = ""
    label: str = ""
    numbered: bool = False
    linked: bool = False
    alone: bool = False

    def form(self, text: str) -> str:
        """The separator by which lines of one list are alike: what follows closed brackets."""
        if self.separator != "paren":
            return self.separator
        close = text.find(")", self.end, min(self.line_end, self.end + MAX_HEAD))
        found = _SEPARATOR.match(text, close + 1, self.line_end) if close > 0 else None
        return _sign(found[0]) if found else "paren"


def head_of(
    text: str,
    start: int,
    end: int,
    bold: tuple[int, int] | None = None,
    names: Container[int] = (),
    labels: int = 0,
) -> Head | None:
    """The head of the line [start, end), None where there is nothing to read.

    `bold` is the bold range that opens the line, if one does; `names` are the offsets at which a
    tracked name may begin; `labels` counts the labels before the line.
    """
    begin = start if start in names else head_start(text, start, end)
    if begin >= end:
        return None
    limit = min(end, begin + MAX_HEAD)
    cut = bold[1] if bold and begin < bold[1] <= end else 0
    if cut and _is_plain(text[begin:cut]):
        return Head(begin, cut, end, True, "bold")
    found = None
    if not _is_plain(text[begin + 1 : limit]):
        found = _SEPARATOR.search(text, begin + 1, limit)
    if found is None or (cut and found.start() >= cut):
        stop = cut or _sentence_end(text, begin, end, limit)
        if text[stop : stop + 2] == "? " and stop + 2 in names:
            return head_of(text, stop + 2, end, None, names, labels)
        closed = bool(cut) or stop == end <= limit
        return Head(begin, _trimmed(text, begin, stop), end, closed, "bold" if cut else "")
    head = Head(begin, _trimmed(text, begin, found.start()), end, True, _sign(found[0]))
    if labels == _MAX_LABELS:
        return head
    at = _after_brackets(text, found.end(), end) if head.separator == "paren" else found.end()
    return _after_label(text, head, at, cut, names, labels) or head


def _after_brackets(text: str, at: int, end: int) -> int:
    """What follows the colon behind brackets that begin before `at` ("Budget (under $9): …")."""
    close = text.find("):", at, min(end, at + MAX_HEAD))
    return close + 2 if close > 0 else 0


def _is_plain(part: str) -> bool:
    """Whether a part holds only words with single blanks between them, so no separator."""
    if part.isalnum():
        return True
    return "  " not in part and part[-1:] != " " and part.replace(" ", "").isalnum()


def head_start(text: str, start: int, end: int) -> int:
    """Where the head of the line [start, end) begins, after marks and numbers; `end` at worst."""
    if start >= end or text[start].isalpha():
        return start
    lead = _LEAD.match(text, start, min(end, start + 40))
    return lead.end() if lead else start


def _sentence_end(text: str, begin: int, end: int, limit: int) -> int:
    """Where a head without separator ends: its sentence, or the line if that is short."""
    stop = _SENTENCE_END.search(text, begin, limit)
    return stop.start() if stop and stop.start() > begin else min(end, limit)


def _sign(separator: str) -> str:
    """The kind of a separator: "dash", "colon", "paren", "arrow" or "gap"."""
    core = separator.strip()
    if core.startswith(":"):
        return "colon"
    if core.startswith("("):
        return "paren"
    if core and core[0] in "→➜":
        return "arrow"
    return "dash" if core else "gap"


def _after_label(
    text: str, head: Head, at: int, cut: int, names: Container[int], labels: int
) -> Head | None:
    """The head that follows a label such as "Best overall:", None where the head is no label.

    Before a tracked name any short text can be one ("If she likes wearables: Acme Band").
    """
    if head.separator not in ("colon", "dash", "arrow", "paren") or head.label or not at:
        return None
    if head.start in names:
        return None
    label = folded(text[head.start : head.end])
    named = head_start(text, at, head.line_end) in names
    plain = is_label(label)
    most = _POINTED_WORDS if head.separator == "arrow" else _LABEL_WORDS
    if _denies(label) or not (plain or (named and _may_be_label(label, most))):
        return None
    inner = head_of(text, at, cut if cut > at else head.line_end, labels=labels + 1)
    if inner is not None and (named or not inner.terminated):
        inner = _first_clause(text, inner, named=named)
    if inner is None or inner.end - inner.start > 60 or not inner.terminated:
        return None
    if not plain:
        pointed = head.separator == "arrow" or (cut and at < cut <= inner.end + 2)
        closed = pointed or is_bare_name(text[inner.start : inner.end], named=inner.start in names)
    else:
        sure = (cut and not _tells_a_property(label)) or PICK_LABEL.match(label)
        closed = bool(sure) or _closes_a_label(text, inner, label)
    if not closed:
        return None
    return Head(inner.start, inner.end, head.line_end, True, inner.separator, inner.label or label)


def is_bare_name(text: str, *, named: bool = False) -> bool:
    """Whether a text is a name and nothing besides: no word in it could be a verb.

    `named`: its first word is a tracked name, however it is written.
    """
    words = _WORD.findall(text)
    if len(words) == 1:
        return True
    return all(
        not word.islower() or not word.isalpha() or folded(word) in _JOINING
        for word in words[named:]
    )


def _may_be_label(label: str, most: int) -> bool:
    """Whether a folded text of at most so many words can say for whom the name after it is."""
    if _SUPERLATIVE.search(label):
        return True
    if title_says(label) & (NO_PICKS | NEVER) or ATTRIBUTE.search(label):
        return False
    words = _WORD.findall(label)
    return len(words) <= most and not all(map(str.isdigit, words))


def _first_clause(text: str, head: Head, *, named: bool) -> Head:
    """A head in running text, cut where a short name is closed.

    That is a stop or comma; after a tracked name also where the line break got lost behind it.
    """
    touch = name_end(text, head.start, head.line_end) if named else 0
    if touch:
        return Head(head.start, touch, head.line_end, True)
    part = text[head.start : min(head.line_end, head.start + 40)]
    found = _CLAUSE_END.search(part if len(part) == 40 else f"{part} ", 1)
    if found is None or not (named or found[0] == "."):
        return head
    stop = head.start + found.start()
    if (head.terminated and head.end <= stop) or not is_bare_name(
        part[: found.start()], named=named
    ):
        return head
    return Head(head.start, stop, head.line_end, True)


def name_end(text: str, start: int, end: int) -> int:
    """Where a name that begins with a tracked one ends and a sentence touches it, 0 for nowhere."""
    touch = _TOUCH.search(text, start, min(end, start + _NAME_LENGTH))
    named = touch is not None and is_bare_name(text[start : touch.start()], named=True)
    return touch.start() if touch is not None and named else 0


def _closes_a_label(text: str, inner: Head, label: str) -> bool:
    """Whether a name follows a label that doesn't speak of picks ("Gaming: Acme One")."""
    if ATTRIBUTE.search(label) or inner.separator not in ("colon", ""):
        return False
    return looks_like_name(text[inner.start : inner.end])


def _trimmed(text: str, start: int, end: int) -> int:
    """`end` without closing marks and blanks."""
    while end > start and (text[end - 1].isspace() or text[end - 1] in '*_:–—-|,;"”“'):
        end -= 1
    return end


def folded(text: str) -> str:
    """Lower-case text with German umlauts flattened, for comparison with the word lists."""
    if text.isascii():
        return text.lower()
    return text.lower().replace("ä", "a").replace("ö", "o").replace("ü", "u").replace("ß", "ss")


# Answers use the same words and heads over and over: what one says is worked out once.
@lru_cache(maxsize=8192)
def is_label(label: str) -> bool:
    """Whether a folded head says for whom or what a pick is, rather than naming it."""
    if PICK_LABEL.match(label):
        return True
    words = _WORD.findall(label)
    return bool(words) and all(map(_labels, words))


@lru_cache(maxsize=8192)
def _denies(label: str) -> bool:
    """Whether a label says what is no pick, or where something was found or is sold.

    A condition may have a "not" in it ("If you don't want to be tied: Acme").
    """
    if title_says(label) & (NEVER | SHOPS):
        return True
    return DENIED.search(label) is not None and CONDITION.match(label) is None


@lru_cache(maxsize=8192)
def _tells_a_property(label: str) -> bool:
    return PROPERTY.search(label) is not None


@lru_cache(maxsize=16384)
def _labels(word: str) -> bool:
    """Whether a folded word can stand in a label."""
    plain = word.strip(".'’")
    return is_generic(plain) or plain in _CONNECTORS


def looks_like_name(text: str) -> bool:
    """Whether a head reads as a name: capitalised words that aren't all everyday ones."""
    return len(text) <= MAX_HEAD and _reads_as_name(text)


@lru_cache(maxsize=8192)
def _reads_as_name(text: str) -> bool:
    if text.endswith(("?", ",")) or "," in text[:-1].rstrip() or _PRICE_FROM.match(text):
        return False
    words = _WORD.findall(text)
    if not 0 < len(words) <= 10 or not _begins_a_name(words[0]):
        return False
    counts = sum(map(_weight, words))
    telling, small, strong = counts & 0xFF, counts >> 8 & 0xFF, counts >> 16
    if small > (len(words) - 1) / 2 or (small and not strong and (telling < 2 or small > 1)):
        return False
    return bool(telling) and (bool(strong) or not PICK_LABEL.match(folded(text)))


def _begins_a_name(word: str) -> bool:
    """Whether a name can begin with this word: a capital, a digit, or a mixed-case word."""
    return word[0].isupper() or word[0].isdigit() or not word.isascii() or _is_strong(word)


@lru_cache(maxsize=16384)
def _weight(word: str) -> int:
    """1 for a word that tells a name, 0x100 for a small one, 0x10000 for a strong one, added.

    The weights of few words add up to the three counts at once.
    """
    small = word.isalpha() and word.islower() and folded(word) not in _CONNECTORS
    strong = _is_strong(word)
    return _tells(word, strong=strong) + (small << 8) + (strong << 16)


def _tells(word: str, *, strong: bool) -> bool:
    """Whether a word of a head is a name's own: capitalised and no everyday one."""
    plain = folded(word).strip(".'’").removesuffix("'s").removesuffix("’s")
    if plain in _ACRONYMS or plain in _CONNECTORS or plain.replace(".", "").isdigit():
        return False
    return strong or (not word[0].islower() and not is_generic(plain))


def _is_strong(word: str) -> bool:
    """Whether a word's shape alone is a name's: camel case, letters with digits, a top domain."""
    shaped = _STRONG.search(word) is not None or _TOP_DOMAIN.search(word) is not None
    return shaped and folded(word) not in _ACRONYMS
