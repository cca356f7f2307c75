"""What stands around a name: its spelling, its place in the sentence, the words beside it."""

import re
from collections import deque
from enum import StrEnum


class Case(StrEnum):
    """How a name's letters are written, compared with how the brand writes it."""

    TITLE = "title"
    UPPER = "upper"
    LOWER = "lower"
    PARTLY = "partly"
    """Some of its words lack their capital ("Best buy")."""
    AS_LOWER_NAME = "as_lower_name"
    """The brand itself writes it in lower case."""


class Place(StrEnum):
    """Where a name stands, as far as capitals go."""

    START = "start"
    MIDDLE = "middle"
    TITLE = "title"


_SENTENCE_BREAK = re.compile(r"[.!?;\n](?:(?<=\n)|[\"”'’)]*(?=\s|[A-Z]))")
_ABBREVIATED = (
    "e.g",
    "i.e",
    " vs",
    " v",
    " etc",
    "z.b",
    "z. b",
    "bzw",
    " ca",
    "(vs",
    " inkl",
    "d.h",
)
_STOP = re.compile(r"[.!?;\n](?:(?<=\n)|(?= )|(?<!;)(?=[\"”'’)]+\s|[\"”'’)]*[A-Z]))")
WORD = re.compile(r"[^\W_]++(?:[_'&.+\-]++[^\W_]++)*+")
"""A word of folded text, signs inside it included; possessive, for it needs no second try."""
_BEFORE = re.compile(r"([^\W_][\w'’.&]*)([^\w\n]*)")
_AFTER = re.compile(r"([^\w\n]{0,4}?)([^\W_][\w'’.&]*)")
_OPENERS = " \t\"“„'‘(*_[«»•·▪▸►>#-"
_OPENING_QUOTES = frozenset("\"“„«»‘'")
_CLOSING_QUOTES = frozenset("\"”“»«’'")
_ENUM_BEFORE = re.compile(
    r"[A-Z][\w&.'’\-]+(?:\s[A-Z0-9][\w&.'’\-]*)?\s*(?:,|/|,? (?:and|or|und|oder|&|vs\.?"
    r"|versus))\s*\Z"
)
_ENUM_AFTER = re.compile(
    r"(?:\s\([^()\n]{1,40}\))?\s*(?:,|/|,? (?:and|or|und|oder|&|vs\.?|versus)\s)\s*(?:and |or "
    r"|und |oder )?[A-Z][\w&.'’\-]+"
)
_ITS_OWN = re.compile(
    r"\s+(?:and|or|und|oder|with|mit)\s+(?:its|their|seine|seinen|seiner|ihre|ihren)\b"
)
_ARTICLE_BEFORE = re.compile(
    r"\b(?:the|an?|this|that|your|my|our|their|der|die|das|den|dem|des|eine?[mnrs]?|keine?[mnrs]?)"
    r"\s[a-z]+(?:e|er|es|en|em|al|ic|ive|ous|ful|ed|ing|y|ary|ant|ent)\s\Z"
)
_RELATIVE_BEFORE = re.compile(
    r", (?:(?:fur|mit|bei|von|an|auf|in|aus|durch|gegen|uber|zu|nach|ohne|um) )?"
    r"(?:der|die|das|den|dem|denen|deren|dessen) (?:sich |er |sie |es |man |ihr |wir )?\Z"
)
_OTHERWISE_NAMED = re.compile(
    r"\b(?:(?:town|city|village|county|borough|prince|house|william) of|stadtchen|stadt|ort|dorf"
    r"|kurz|abgekurzt|short for|bezeichnet) \Z"
)
_COMPARED = re.compile(r"(?:er|anders|mehr|weniger|\beren?) (?:\w+ )?als \Z")
_DEFINED = re.compile(
    r" (?:steht (?:\w+ )?(?:fur|in)|stands for|is (?:short|an? (?:acronym|abbreviation)) for"
    r"|bezeichnet|bedeutet|refers to)\b"
)
_VERB = re.compile(
    r" (?:no longer|also|never|always|often|still|now|rarely|[a-z]{3,}ly) "
    r"| [a-z]{2,}(?:[^s]s|ed) (?:the|an?|its|their|your|more|most|free|all|to|for|in|with|by|at"
    r"|from|on|up|out|you|it|them|us|users|customers|people|this|that|only|every|each|no"
    r"|off|over|both|several|many|some|\d)"
    r"| [a-z]{3,}te? (?:die|der|das|den|dem|eine?[nm]?|seine?n?|ihre?n?|keine?n?|im|in|auf"
    r"|um|fur|mit|nach|bei|am|an|zum|zur|aus|von|sich|rund|mehr|viele|nicht|\d)\b"
)
_LAST_PART = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+[^\w\n]{0,4}\Z")
_HUMP = re.compile(r"[A-Z](?<=[a-z].)")
_CAMEL_CASE = re.compile(r"\b[A-Z]?[a-z]+[A-Z]\w*")
_GENITIVE = re.compile(r"s (?:[a-zäöüß]+e[rsnm]? )?[A-ZÄÖÜ]")
_DOMAIN = re.compile(r"\.(?:com|org|net|io|ai|app|de|co)\b")
_MODEL = re.compile(r" [A-Z]{1,4}[- ]?[A-Z]{0,2}\d{2,}")
_TICKER = re.compile(
    r"\s?\((?:(?:NASDAQ|NYSE|Nasdaq|ISIN|WKN|XETRA|LSE)\s?:\s?\w+|[A-Z]{2,5}(?:\.[A-Z]+)?)\)"
)
_LETTER = re.compile(r"[^\W_]")
_LONG_WORD = re.compile(r"\b[^\W\d_]{4,}")


class Surroundings:
    """The surroundings of the name at [start, end); words are folded, gaps the signs in between.

    `folded` is the text folded, of the same length. What few decisions ask for is read when asked.
    """

    __slots__ = (
        "_words", "case", "end", "folded", "next_gap", "next_joined", "next_title", "next_word",
        "place", "possessive", "previous_first", "previous_gap", "previous_title", "previous_word",
        "sentence_end", "sentence_start", "start", "text",
    )  # fmt: skip

    def __init__(self, text: str, folded: str, start: int, end: int, written: str) -> None:
        self.text, self.folded, self.start, self.end = text, folded, start, end
        self.sentence_start, self.sentence_end = begin, _ = _sentence(text, start, end)
        self.case = _case(text[start:end], written)
        self.place = place_of(text, start, end, begin)
        self._words: frozenset[str] | None = None
        self._read_before(begin)
        self._read_after()

    def _read_before(self, begin: int) -> None:
        before = _word_before(self.text, max(begin, self.start - 40), self.start)
        self.previous_word = self.previous_gap = ""
        self.previous_title = self.previous_first = False
        if before is not None:
            self.previous_word = _plain(self.folded, before.start(1), before.end(1))
            self.previous_gap = before[2].strip()
            self.previous_title = before[1][0].isupper()
            self.previous_first = not self.text[begin : before.start()].strip(_OPENERS)

    def _read_after(self) -> None:
        text, end = self.text, self.end
        self.possessive = _is_possessive(text, end)
        limit = min(len(text), end + 60)
        after = _AFTER.match(text, end + 2 if self.possessive else end, limit)
        next_gap = after[1] if after else text[end : end + 1]
        self.next_gap = next_gap.strip()
        self.next_word, self.next_title, self.next_joined = "", False, False
        if after is not None:
            self.next_word = _plain(self.folded, after.start(2), after.end(2))
            self.next_title = _is_title(after[2])
            self.next_joined = any(mark in next_gap for mark in ",;:.!?()–—/&")

    @property
    def previous_part(self) -> str:
        """The last part of the word before, two that lost the break between them ("moreSoft")."""
        found = _LAST_PART.search(self.text, max(self.sentence_start, self.start - 24), self.start)
        return self.folded[found.start() : self.start].strip() if found else ""

    @property
    def suffix_s(self) -> bool:
        """Whether the name has an s as its ending."""
        return _has_suffix_s(self.text, self.end)

    @property
    def genitive(self) -> bool:
        """Whether the s after the name is a German genitive's: a noun follows that it owns."""
        return _GENITIVE.match(self.text, self.end) is not None

    @property
    def domain_follows(self) -> bool:
        """Whether a top-level domain follows."""
        return _DOMAIN.match(self.text, self.end) is not None

    @property
    def model_follows(self) -> bool:
        """Whether a model's number follows, of letters and digits."""
        return _MODEL.match(self.text, self.end) is not None

    @property
    def ticker_follows(self) -> bool:
        """Whether the sign follows under which a company's shares are traded."""
        return _TICKER.match(self.text, self.end) is not None

    @property
    def relative_before(self) -> bool:
        """Whether a German relative pronoun stands before the name ("…, mit dem Acme startete")."""
        low = max(self.sentence_start, self.start - 30)
        return _RELATIVE_BEFORE.search(self.folded, low, self.start) is not None

    @property
    def otherwise_named(self) -> bool:
        """Whether what stands before makes it the name of a place, or an abbreviation."""
        low = max(self.sentence_start, self.start - 30)
        return _OTHERWISE_NAMED.search(self.folded, low, self.start) is not None

    @property
    def compared(self) -> bool:
        """Whether a German comparative and "als" stand before the name."""
        low = max(self.sentence_start, self.start - 40)
        return _COMPARED.search(self.folded, low, self.start) is not None

    @property
    def defined(self) -> bool:
        """Whether the name is only explained as an abbreviation or a word."""
        return _DEFINED.match(self.folded, self.end) is not None

    @property
    def shouted(self) -> bool:
        """Whether a word beside the name is all in capitals too."""
        beside = self.text[max(self.sentence_start, self.start - 30) : self.start].split()[-1:]
        beside += self.text[self.end : self.end + 30].split()[:1]
        return any(len(word.strip("-:,.")) > 1 and word.isupper() for word in beside)

    @property
    def quoted(self) -> bool:
        """Whether the name stands in quotes."""
        return _is_quoted(self.text, self.start, self.end)

    @property
    def enumerated(self) -> bool:
        """Whether a comma, and, or joins the name to another capitalised one."""
        low = max(self.sentence_start, self.start - 60)
        return (
            _ENUM_BEFORE.search(self.text, low, self.start) is not None
            or _ENUM_AFTER.match(self.text, self.end, self.end + 60) is not None
        )

    @property
    def its_own(self) -> bool:
        """Whether something of its own is joined to the name ("Acme and its editor")."""
        return _ITS_OWN.match(self.text, self.end) is not None

    @property
    def verb_follows(self) -> bool:
        """Whether the next word, in s or ed, has an object or adverbial after it as verbs have."""
        return _VERB.match(self.folded, self.end) is not None

    @property
    def article_before(self) -> bool:
        """Whether an article stands before the word before the name ("the optical zoom")."""
        low = max(self.sentence_start, self.start - 40)
        return _ARTICLE_BEFORE.search(self.folded, low, self.start) is not None

    @property
    def sentence_words(self) -> frozenset[str]:
        """All words of the sentence."""
        if self._words is None:
            found = WORD.findall(self.folded, self.sentence_start, self.sentence_end)
            self._words = frozenset(found)
        return self._words

    @property
    def camel_case(self) -> int:
        """How many words of the sentence have a capital inside, as names have ("SumUp")."""
        return _camel_case(self.text, self.sentence_start, self.sentence_end)


def _is_title(word: str) -> bool:
    """Whether a word has a capital or is a model's number ("A54", "4K"); "Bild 3" is a figure."""
    return word[0].isupper() or (word[0].isdigit() and not word.isdigit())


def _word_before(text: str, begin: int, start: int) -> re.Match[str] | None:
    """The last word and the gap of at most four signs between it and `start`; None if farther."""
    words = deque(_BEFORE.finditer(text, begin, start), maxlen=1)
    last = words[0] if words else None
    return last if last and last.end() == start and len(last[2]) <= 4 else None


def _camel_case(text: str, begin: int, stop: int) -> int:
    """How many words in a range have a capital inside; few ranges have any such place at all."""
    humped = _HUMP.search(text, begin, stop) is not None
    return len(_CAMEL_CASE.findall(text, begin, stop)) if humped else 0


def _plain(folded: str, start: int, end: int) -> str:
    """A folded word without closing marks and genitive."""
    return folded[start:end].strip(".'&").removesuffix("'s")


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The range of the sentence or line around [start, end), at most 400 characters each way."""
    low, high = max(0, start - 400), min(len(text), end + 400)
    begin = _sentence_start(text, max(low, start - 120), start)
    if begin < 0:
        begin = max(low, _sentence_start(text, low, start))
    found = _SENTENCE_BREAK.search(text, end, high)
    stop = found.start() if found else high
    if text[stop : stop + 1] == "\n" and _is_bare(text[begin:start]) and _is_bare(text[end:stop]):
        stop = _described(text, stop, high)
    return begin, stop


def _sentence_start(text: str, low: int, start: int) -> int:
    """Where the sentence begins that reaches up to `start`; -1 if it isn't from `low` on."""
    # Whether a stop ends a sentence shows in what follows: here in the name's first letter too.
    stops = [found.start() for found in _STOP.finditer(text, low, start + 1)]
    return next(
        (at + 1 for at in reversed(stops) if at < start and not _is_abbreviated(text, at)), -1
    )


def _described(text: str, stop: int, high: int) -> int:
    """Where the line ends that follows a head."""
    word = _LETTER.search(text, stop, high)
    found = _SENTENCE_BREAK.search(text, word.start(), high) if word else None
    return found.start() if found else high


def _is_bare(part: str) -> bool:
    """Whether a part of a line holds no word: the name is a head, described in what follows."""
    return not any(char.isalpha() for char in part)


def _is_abbreviated(text: str, at: int) -> bool:
    """Whether the stop at `at`, with a blank behind it, only ends an abbreviation ("e.g.")."""
    spaced = text[at] == "\n" or text[at + 1 : at + 2] == " "
    return spaced and text[max(0, at - 4) : at].lower().endswith(_ABBREVIATED)


def _case(form: str, written: str) -> Case:
    if not written[:1].isupper():
        return Case.TITLE if form[:1].isupper() else Case.AS_LOWER_NAME
    if form.isupper() and len(form) > 1:
        return Case.UPPER
    if form[:1].islower():
        return Case.LOWER
    for ours, theirs in zip(form.split(), written.split(), strict=False):
        if theirs[:1].isupper() and ours[:1].islower():
            return Case.PARTLY
    return Case.TITLE


def place_of(text: str, start: int, end: int, begin: int) -> Place:
    """Whether capitals tell anything here: not at a start, nor where every word has one."""
    line_start = text.rfind("\n", max(0, start - 130), start) + 1 or max(0, start - 130)
    line_end = text.find("\n", end, end + 130)
    line_end = min(len(text), end + 130) if line_end < 0 else line_end
    if line_end - line_start < 120 and _is_title_case(
        text[line_start:start] + " " + text[end:line_end]
    ):
        return Place.TITLE
    return place_in_sentence(text, begin, start)


def place_in_sentence(text: str, begin: int, start: int) -> Place:
    """Whether a name begins the sentence that begins at `begin`, or stands within it."""
    lead = text[begin:start].rstrip(_OPENERS)
    if not lead or lead[-1] in ":–—→•" or (lead[-1] == ")" and lead.strip(" 0123456789)") == ""):
        return Place.START
    return Place.START if re.fullmatch(r"[\W\d_]*", lead) else Place.MIDDLE


def _is_title_case(rest: str) -> bool:
    """Whether the other long words of a line are nearly all capitalised."""
    words = _LONG_WORD.findall(rest)
    if len(words) < 2:
        return False
    capital = sum(1 for word in words if word[0].isupper())
    return 5 * capital >= 4 * len(words)


def _is_quoted(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] in _OPENING_QUOTES and text[end : end + 1] in _CLOSING_QUOTES


def _is_possessive(text: str, end: int) -> bool:
    return bool(
        text[end : end + 1] in ("'", "’")
        and text[end + 1 : end + 2] == "s"
        and not (text[end + 2 : end + 3].isalnum())
    )


def _has_suffix_s(text: str, end: int) -> bool:
    return text[end : end + 1] == "s" and not text[end + 1 : end + 2].isalnum()
