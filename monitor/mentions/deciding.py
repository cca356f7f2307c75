"""Decides whether a common-word name stands for its company: yes, no, or unsettled.

Names are decided whose brand calls itself ambiguous, and well-known everyday words whose brand
doesn't: those count unless what surrounds them clearly is the word's ("apple pie").

Every piece of evidence adds to a score; `ACCEPT` and `REJECT` bound what stays unsettled. Evidence
is spelling and place in the sentence, the words before and after, company neighbours, the place in
a list, and topics. A word keeps its sense within an answer, so that clear uses settle unclear ones.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from operator import attrgetter

from monitor.mentions.cues import (
    BRAND_PREPOSITIONS,
    COMPANY_SUFFIXES,
    COMPANY_VERBS,
    COPULAS,
    DETERMINERS,
    FUNCTION_WORDS,
    GAZETTEER,
    GERMAN_PREPOSITIONS,
    OBJECTS,
    PREDICATES,
    PRODUCT_WORDS,
)
from monitor.mentions.homographs import Homograph, homograph_of
from monitor.mentions.matching import Found, Hit, Tracked
from monitor.mentions.spelling import fits
from monitor.mentions.surroundings import WORD, Case, Place, Surroundings, place_of

ACCEPT = 1.5
TRUSTED = 0.0
"""Accepts a name that its owner doesn't call ambiguous."""
REJECT = -0.5

_TOLD_BY_CAPITAL = 4.0
"""The score of a name for its capital within an English sentence."""
_OFTEN = 500
"""After so many judgements of one spelling in one answer its sense is taken as known."""

_APPOSITION = re.compile(
    r"\A(?:retailer|airline|carrier|provider|vendor|maker|manufacturer|automaker|carmaker|insurer|bank"
    r"|brand|company|firm|giant|major|startup|operator|publisher|supplier|app|tool|platform|browser"
    r"|chain|conglomerate|newspaper|magazine|tabloid|weekly|magazin"
    r"|\w*(?:anbieter|hersteller|konzern|handler|dienst|marke|riese|kette|versicherer|betreiber"
    r"|gesellschaft|firma|unternehmen|softwarehaus|zeitung|zeitschrift))\Z"
)
"""A noun right before a name that says what kind of company bears it."""
_COMMON = dict.fromkeys(
    ["der", "die", "das", "und", "ist", "nicht", "ein", "eine", "den", "im", "am", "mit"], 1
)
_COMMON |= dict.fromkeys(["the", "and", "is", "of", "a", "for", "with", "to", "are"], -1)
"""Commonest words: 1 for German, -1 for English ones."""
_CLOSED = re.compile(r"\s?[:\n)]|\s+[–—-]\s|\s(?=[A-Z])")
"""What follows a name that is a head by itself, or goes on as a product's name."""
_ADJECTIVE_ENDS = ("e", "er", "es", "en", "em")
_LEADING_ON = frozenset(
    f"{word} "
    for word in (
        *("at", "from", "to", "for", "with", "than", "via", "versus", "vs", "of", "and", "or"),
        *("von", "bei", "beim", "mit", "für", "zu", "als", "durch", "an", "statt", "ist", "und"),
    )
)
"""Words that lead on to a name and are neither article nor adjective nor part of a name."""
_BY_PLACE = attrgetter("start", "brand")
_COMPANY_WORDS = GAZETTEER | PREDICATES
_NONE = Homograph(frozenset(), frozenset(), frozenset(), frozenset())


@dataclass(slots=True)
class Decided:
    """The hits that stand for their brands, and those that can't be settled."""

    settled: list[Hit]
    unsettled: list[Hit]


class _Scene:
    """What is known of the whole answer while single hits are judged.

    `sure` are the offsets of names that need no deciding; `heads` those at which list heads begin,
    and what their siblings are: see `decide`.
    """

    def __init__(
        self, text: str, folded: str, lang: str | None, sure: list[int], heads: dict[int, int]
    ) -> None:
        self.text, self.folded, self.sure, self.heads = text, folded, sure, heads
        self._german = lang.lower().startswith("de") if lang else None

    @property
    def german(self) -> bool:
        """Whether the answer is in German, guessed where its language isn't known."""
        if self._german is None:
            self._german = _reads_german(self.folded)
        return self._german

    @property
    def lower(self) -> bool:
        """Whether the answer does without capitals."""
        return self.text[:300].islower()


def decide(
    text: str, found: Found, tracked: Tracked, heads: dict[int, int], lang: str | None
) -> Decided:
    """Which of the found names stand for their brands.

    `heads` are the offsets at which a list's heads begin; 1 where other heads of that list begin
    with a company's name, -1 where most are no names at all, else 0.
    """
    sure = [
        hit
        for hit in found.names
        if not hit.pattern.open and not (hit.pattern.strict and _misfits(text, hit, tracked))
    ]
    if not found.opened:
        return Decided(sure, [])
    scene = _Scene(text, found.folded.even, lang, [hit.start for hit in sure], heads)
    certain = {hit.brand for hit in sure}
    scores = _scores(scene, found.opened, tracked, found.context, certain)
    settled, unsettled = sure, []
    certain |= {hit.brand for hit, value in scores if value >= 3}
    for hit, scored in scores:
        value = scored + (1.5 if hit.brand in certain else 0)
        if value >= (TRUSTED if hit.pattern.trusted else ACCEPT):
            settled.append(hit)
        elif value > REJECT:
            unsettled.append(hit)
    settled.sort(key=_BY_PLACE)
    return Decided(settled, unsettled)


def _scores(
    scene: _Scene,
    hits: Sequence[Hit],
    tracked: Tracked,
    context: Sequence[Hit],
    certain: set[int],
) -> list[tuple[Hit, float]]:
    """Each hit with its score; a spelling judged often enough keeps its last one.

    `certain` are brands that are surely named somewhere in the answer.
    """
    seen = [(hit, _at_sight(scene, hit)) for hit in hits]
    certain = certain.union([hit.brand for hit, value in seen if value])
    judged: dict[tuple[int, str], tuple[int, float]] = {}
    scores: list[tuple[Hit, float]] = []
    for hit, at_sight in seen:
        spelling = hit.brand, scene.text[hit.start : hit.end]
        times, value = judged.get(spelling, (0, 0.0))
        if times < _OFTEN:
            least = at_sight or _unopposed(scene, hit, certain=hit.brand in certain)
            value = score(scene, hit, tracked, context) if least is None else least
            judged[spelling] = times + 1, value
        scores.append((hit, value))
    return scores


def _at_sight(scene: _Scene, hit: Hit) -> float:
    """A plain yes, where one look at the words beside a capitalised name is enough; else zero."""
    pattern, start, end = hit.pattern, hit.start, hit.end
    among = scene.heads.get(start, 0) > 0 and _CLOSED.match(scene.text, end) is not None
    if not (among or pattern.trusted) or scene.text[start] != pattern.written[0]:
        return 0.0
    if not pattern.written[0].isupper():
        return 0.0
    known = homograph_of(pattern.folded) or _NONE
    following = scene.folded[end + 1 : end + 30].split(" ", 1)[0].strip(".,:;*")
    if following in known.after:
        return 0.0
    if among:
        return 4.0
    before = scene.folded[max(0, start - 30) : start].rsplit(None, 1)
    if not before or not before[-1][-1].isalpha() or before[-1] in known.before:
        return 0.0
    described = before[-1] in DETERMINERS or (before[-1].endswith(_ADJECTIVE_ENDS) and scene.german)
    return 0.0 if described else 4.0


def _unopposed(scene: _Scene, hit: Hit, *, certain: bool) -> float | None:
    """The least score of a name where one look shows that nothing speaks against it.

    Articles, adjectives, hyphens and endings could; but the name is spelled as its brand spells it
    and has one of the small words before it that exclude these. None where that doesn't settle it:
    it does where the brand is `certain`, and where a capital tells names from other nouns.
    """
    text, start, end = scene.text, hit.start, hit.end
    begin = scene.folded.rfind(" ", max(0, start - 30), max(0, start - 1)) + 1
    if (
        text[begin:start] not in _LEADING_ON
        or text[start:end] != hit.pattern.written
        or not text[start].isupper()
        or text[end : end + 1] == "s"
        or start in scene.heads
        or homograph_of(hit.pattern.folded) is not None
    ):
        return None
    if certain:
        return 0.0
    told = not scene.german and place_of(text, start, end, begin) is Place.MIDDLE
    return _TOLD_BY_CAPITAL if told else None


def _misfits(text: str, hit: Hit, tracked: Tracked) -> bool:
    """Whether a strict name's form can't be the brand's."""
    form, case_sensitive = text[hit.start : hit.end], tracked.brands[hit.brand].case_sensitive
    return not fits(form, hit.pattern.written, case_sensitive=case_sensitive)


def _reads_german(folded: str) -> bool:
    """Whether an answer's commonest words are German ones."""
    start = folded[:600]
    balance = sum(map(_COMMON.get, start.split(), repeat(0)))
    return balance > 0 or (balance == 0 and any(sign in start for sign in "äöüß"))


def score(scene: _Scene, hit: Hit, tracked: Tracked, context: Sequence[Hit]) -> float:
    """How much speaks for the hit standing for its brand (above zero) or for the word (below)."""
    brand = tracked.brands[hit.brand]
    known = homograph_of(hit.pattern.folded) or _NONE
    near = Surroundings(scene.text, scene.folded, hit.start, hit.end, hit.pattern.written)
    if near.case is Case.LOWER and (scene.lower or _without_capitals(scene, hit, near)):
        near.case, near.place = Case.TITLE, Place.START
    total = _from_case(scene, near, known, hit)
    if brand.case_sensitive and scene.text[hit.start : hit.end] != hit.pattern.written:
        return -9.0
    total += _from_next(scene, near, known)
    total += _from_previous(scene, near, known)
    total += _from_list(scene, hit, near)
    total += _from_neighbours(scene, hit, near)
    total += _from_subject(scene, hit, near, known, context)
    return min(total, 0.0) if near.case is Case.LOWER else total


def _without_capitals(scene: _Scene, hit: Hit, near: Surroundings) -> bool:
    """Whether a sentence writes another company's name in lower case too."""
    companies = (near.sentence_words & GAZETTEER) - {hit.pattern.folded}
    return any(
        scene.text.find(name, near.sentence_start, near.sentence_end) >= 0 for name in companies
    )


def _from_case(scene: _Scene, near: Surroundings, known: Homograph, hit: Hit) -> float:
    """Evidence of capitals: strong within an English sentence, none where all is capitalised."""
    if near.case is Case.LOWER:
        return -6.0
    if near.case is Case.AS_LOWER_NAME:
        return 0.0
    if near.case is Case.PARTLY:
        return -5.0
    several = _from_words(hit.pattern.folded, near, known)
    if near.place is not Place.MIDDLE:
        return several
    if (known.german_noun or known is _NONE) and scene.german:
        return 0.5 + several
    return (2.0 if known.proper else _TOLD_BY_CAPITAL) + several


def _from_words(folded: str, near: Surroundings, known: Homograph) -> float:
    """Evidence of a name of several words, each with its capital.

    An article as the first word has one at every start of a sentence, but else only in a name.
    """
    first, _, rest = folded.partition(" ")
    if not rest:
        return 0.0
    if first in DETERMINERS:
        return 4.0 if near.place is Place.MIDDLE or near.quoted else 0.0
    return 4.0 if known is _NONE else 1.5


def _from_next(scene: _Scene, near: Surroundings, known: Homograph) -> float:
    """Evidence of what comes right after the name."""
    if near.suffix_s:
        return 0.5 if scene.german else -5.0
    if near.next_gap == "-":
        return _from_compound(scene, near, known)
    if near.case is not Case.LOWER:
        if near.domain_follows:
            return 5.0
        if near.ticker_follows:
            return 4.0
        if near.possessive:
            return 2.5
    return _from_next_word(scene, near, known) if near.next_word else 0.0


def _from_next_word(scene: _Scene, near: Surroundings, known: Homograph) -> float:
    """Evidence of the next word: what goes with the word, or with a company."""
    word = near.next_word
    if near.next_joined:
        return 0.0
    if near.place is Place.START and word in OBJECTS and not scene.german:
        return -7.0
    if word in known.after:
        bare = near.place is Place.START and known.countable and word in COPULAS
        return 0.5 if bare else -1.5 if word in FUNCTION_WORDS else -7.0
    if word in known.brand_topics or word in COMPANY_SUFFIXES:
        return 4.0 if near.case is not Case.LOWER else 1.0
    if near.case is Case.LOWER:
        return 0.0
    return _from_predicate(scene, near, known)


def _from_predicate(scene: _Scene, near: Surroundings, known: Homograph) -> float:
    """Evidence of a verb or noun after a capitalised name."""
    word = near.next_word
    if word in COMPANY_VERBS:
        return 0.5 if near.previous_word in DETERMINERS else 3.0
    if word in PRODUCT_WORDS:
        return 2.5 if near.place is Place.MIDDLE or near.next_title else 1.0
    if near.place is Place.START and (word in COPULAS or near.verb_follows):
        return 2.0 if known.countable else 0.5
    named_on = near.next_title and near.place is not Place.TITLE and not scene.german
    return 1.5 if named_on else 0.0


def _from_compound(scene: _Scene, near: Surroundings, known: Homograph) -> float:
    """Evidence of a hyphenated compound that the name begins ("Oracle-Datenbank")."""
    word = near.next_word
    if word in known.after or any(word.startswith(end) for end in known.after if len(end) > 4):
        return -7.0
    if word in known.brand_topics or word in PRODUCT_WORDS or word in COMPANY_SUFFIXES:
        return 3.5
    if near.case is Case.LOWER:
        return -1.0
    return 1.5 if scene.german and known is _NONE else 0.5


def _from_previous(scene: _Scene, near: Surroundings, known: Homograph) -> float:
    """Evidence of what comes right before the name."""
    word = near.previous_word
    if near.previous_gap == "-":
        return -5.0 if near.previous_title or word in known.before else -2.0
    if not word:
        return 0.0
    if _APPOSITION.search(word) and near.case is not Case.LOWER:
        return 4.0
    if word in known.before:
        return -2.5 if word in FUNCTION_WORDS else -7.0
    if word in DETERMINERS:
        return -0.9 if known.with_article and scene.german else _after_determiner(near)
    return _from_previous_word(scene, near, known)


def _from_previous_word(scene: _Scene, near: Surroundings, known: Homograph) -> float:
    """Evidence of a preposition, an article further off or missing, or a capitalised word."""
    word = near.previous_word
    if word in BRAND_PREPOSITIONS or (word in GERMAN_PREPOSITIONS and scene.german):
        return 1.5
    if near.article_before and not near.next_title:
        return -2.5 if scene.german else -1.5
    if scene.german and known.countable and _lacks_article(near):
        return 0.9
    inside_name = near.previous_title and near.place is Place.MIDDLE and not near.previous_first
    return -3.0 if inside_name and word not in _COMPANY_WORDS else 0.0


def _lacks_article(near: Surroundings) -> bool:
    """Whether a noun within a German sentence has neither article nor adjective before it."""
    return (
        near.place is Place.MIDDLE
        and not near.previous_title
        and not near.previous_gap
        and not near.previous_word.endswith(_ADJECTIVE_ENDS)
    )


def _after_determiner(near: Surroundings) -> float:
    """Evidence of an article: a company's name has one before a noun ("the Target app")."""
    noun = near.next_word in PRODUCT_WORDS or near.next_gap == "-" or near.next_title
    if noun:
        return 0.0
    return -3.0


def _from_list(scene: _Scene, hit: Hit, near: Surroundings) -> float:
    """Evidence of standing at the head of a list's item, among heads that are companies."""
    at = scene.heads.get(hit.start)
    if at is None or near.case in (Case.LOWER, Case.PARTLY):
        return 0.0
    closed = (
        near.next_gap in (":", "–", "—", "-", "(", "") or not near.next_word or near.next_joined
    )
    if at > 0:
        return 4.0 if closed or near.next_title else 2.5
    if at < 0:
        return -1.5
    if near.next_gap in ("–", "—", "-"):
        return 2.0
    return 1.0 if closed else 0.0


def _from_neighbours(scene: _Scene, hit: Hit, near: Surroundings) -> float:
    """Evidence of other companies in the sentence, most of all joined by commas, and, or."""
    if near.case in (Case.LOWER, Case.PARTLY):
        return 0.0
    first = bisect_left(scene.sure, near.sentence_start)
    last = bisect_right(scene.sure, near.sentence_end)
    others = last - first
    named = len((near.sentence_words & GAZETTEER) - {hit.pattern.folded})
    total = min(3.0, 1.5 * (others + named + near.camel_case))
    if near.enumerated or near.its_own:
        total += 2.0
    if near.sentence_words & PREDICATES:
        total += 1.5
    if near.next_word in COPULAS and near.sentence_words & PREDICATES:
        total += 1.0
    return total


def _from_subject(
    scene: _Scene, hit: Hit, near: Surroundings, known: Homograph, context: Sequence[Hit]
) -> float:
    """Evidence of what is spoken of: topics of company and word, the brand's own context words.

    What the same sentence holds counts most; a context word beside the word's own topics less.
    """
    given = _from_context(hit, near, context)
    if known is _NONE:
        return given
    close = min(4.0, 2.0 * len(near.sentence_words & known.brand_topics))
    against = min(5.0, 2.5 * len(near.sentence_words & known.word_topics))
    if close or against:
        return max(close, given / 2 if against else given) - against
    far = max(-1.5, min(1.5, 0.75 * _leaning(scene.folded, known)))
    return max(given, far) if given else far


@lru_cache(maxsize=8)
def _leaning(folded: str, known: Homograph) -> int:
    """How many more topics of the company than of the word an answer names."""
    company = sum(_has_word(folded, topic) for topic in known.brand_topics)
    return company - sum(_has_word(folded, topic) for topic in known.word_topics)


def _has_word(folded: str, word: str) -> bool:
    """Whether a text has a word; only where its letters stand the text is cut into words."""
    at = folded.find(word)
    while at >= 0:
        begin, end = folded.rfind(" ", 0, at) + 1, folded.find(" ", at + len(word))
        end = len(folded) if end < 0 else end
        if word in WORD.findall(folded, begin, end):
            return True
        at = folded.find(word, end)
    return False


def _from_context(hit: Hit, near: Surroundings, context: Sequence[Hit]) -> float:
    """Evidence of the brand's own context words and products: in the sentence, or anywhere."""
    total = 0.0
    for other in context:
        if other.brand != hit.brand or (other.start < hit.end and hit.start < other.end):
            continue
        inside = near.sentence_start <= other.start < near.sentence_end
        total = max(total, 4.0 if inside else 1.5)
    return total
