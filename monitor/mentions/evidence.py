"""Adds up what speaks for a common-word name standing for its company, and what against.

Evidence is spelling and place in the sentence, the words before (`preceding`) and after
(`following`), company neighbours, the place in a list, and topics.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter

from monitor.mentions.cues import COPULAS, DETERMINERS, GAZETTEER, PREDICATES
from monitor.mentions.following import from_next
from monitor.mentions.homographs import Homograph, homograph_of
from monitor.mentions.matching import Hit, Tracked
from monitor.mentions.preceding import from_previous
from monitor.mentions.sight import NOTHING_KNOWN, TOLD_BY_CAPITAL, Scene
from monitor.mentions.surroundings import WORD, Case, Place, Surroundings, place_in_sentence

_START = attrgetter("start")
_JOINT = re.compile(
    r"\s?(?:,|/|,? (?:and|or|und|oder|&|sowie|bis))\s?"
    r"(?:(?:the|der|die|das|dem|den|bei|beim|von|vom|zu|zur) )*"
)
"""Between the names of two companies that are enumerated."""


def score(scene: Scene, hit: Hit, tracked: Tracked, context: Sequence[Hit]) -> float:
    """How much speaks for the hit standing for its brand (above zero) or for the word (below)."""
    brand = tracked.brands[hit.brand]
    known = homograph_of(hit.pattern.folded) or NOTHING_KNOWN
    near = Surroundings(scene.text, scene.folded, hit.start, hit.end, hit.pattern.written)
    if near.case is Case.LOWER and (scene.lower or _without_capitals(scene, hit, near)):
        near.case, near.place = Case.TITLE, Place.START
    if near.place is Place.TITLE and scene.german:
        near.place = place_in_sentence(scene.text, near.sentence_start, hit.start)
    elif near.case is Case.UPPER and near.shouted:
        near.place = Place.TITLE
    total = _from_case(scene, near, known, hit)
    if brand.case_sensitive and scene.text[hit.start : hit.end] != hit.pattern.written:
        return -9.0
    total += from_next(scene, near, known)
    total += from_previous(scene, near, known)
    total += _from_list(scene, hit, near, known)
    total += _from_neighbours(scene, hit, near)
    total += _from_subject(scene, hit, near, known, context)
    return min(total, 0.0) if near.case is Case.LOWER else total


def _without_capitals(scene: Scene, hit: Hit, near: Surroundings) -> bool:
    """Whether a sentence writes another company's name in lower case too."""
    companies = (near.sentence_words & GAZETTEER) - {hit.pattern.folded}
    return bool(companies) and not companies.isdisjoint(
        WORD.findall(scene.text, near.sentence_start, near.sentence_end)
    )


def _from_case(scene: Scene, near: Surroundings, known: Homograph, hit: Hit) -> float:
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
    if scene.german:
        return several + (0.5 if known.german_noun or known is NOTHING_KNOWN else 1.0)
    return (2.0 if known.proper else TOLD_BY_CAPITAL) + several


def _from_words(folded: str, near: Surroundings, known: Homograph) -> float:
    """Evidence of a name of several words, each with its capital.

    An article as the first word has one at every start of a sentence, but else only in a name.
    """
    first, _, rest = folded.partition(" ")
    if not rest:
        return 0.0
    if first in DETERMINERS:
        return 4.0 if near.place is Place.MIDDLE or near.quoted else 0.0
    return 4.0 if known is NOTHING_KNOWN else 1.5


def _from_list(scene: Scene, hit: Hit, near: Surroundings, known: Homograph) -> float:
    """Evidence of standing at the head of a list's item, among heads that are companies.

    Among other names a further capital speaks for a name too that is no well-known word.
    """
    at = scene.heads.get(hit.start)
    if at is None or near.case in (Case.LOWER, Case.PARTLY) or scene.labels(hit):
        return 0.0
    if near.next_gap == "-" and scene.text[hit.end] == "-":
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
    product = known is NOTHING_KNOWN and near.next_title
    return 1.5 if product else 1.0 if closed else 0.0


def _from_neighbours(scene: Scene, hit: Hit, near: Surroundings) -> float:
    """Evidence of other companies in the sentence, most of all joined by commas, and, or."""
    if near.case in (Case.LOWER, Case.PARTLY) or scene.labels(hit):
        return 0.0
    first = bisect_left(scene.sure, near.sentence_start)
    last = bisect_right(scene.sure, near.sentence_end)
    others = last - first
    named = len((near.sentence_words & GAZETTEER) - {hit.pattern.folded})
    total = min(3.0, 1.5 * (others + named + near.camel_case))
    if near.enumerated or near.its_own:
        total += 1.0 if scene.german else 2.0
    if _is_joined(scene, hit):
        total += 1.5
    if near.sentence_words & PREDICATES:
        total += 1.5
    if near.next_word in COPULAS and near.sentence_words & PREDICATES:
        total += 1.0
    return total


def _is_joined(scene: Scene, hit: Hit) -> bool:
    """Whether a comma, and, or joins the name to another brand's that is no well-known word."""
    at = bisect_left(scene.names, hit.start, key=_START)
    before = scene.names[at - 1] if at else None
    after = scene.names[at + 1] if at + 1 < len(scene.names) else None
    return (before is not None and _joins(scene, before, hit, before)) or (
        after is not None and _joins(scene, hit, after, after)
    )


def _joins(scene: Scene, first: Hit, second: Hit, other: Hit) -> bool:
    """Whether nothing but a joint stands between two brands' names; `other` is the one of both."""
    if first.brand == second.brand or not scene.text[other.start].isupper():
        return False
    if other.pattern.open and homograph_of(other.pattern.folded) is not None:
        return False
    return _JOINT.fullmatch(scene.text, first.end, second.start) is not None


def _from_subject(
    scene: Scene, hit: Hit, near: Surroundings, known: Homograph, context: Sequence[Hit]
) -> float:
    """Evidence of what is spoken of: topics of company and word, the brand's own context words.

    What the same sentence holds counts most; a context word beside the word's own topics less.
    """
    given = _from_context(hit, near, context)
    if known is NOTHING_KNOWN:
        return given
    close = min(4.0, 2.0 * len(near.sentence_words & known.brand_topics))
    against = min(5.5, 2.75 * len(near.sentence_words & known.word_topics))
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
