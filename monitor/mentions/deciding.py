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
from monitor.mentions.sight import (
    ADJECTIVE_ENDS,
    NOTHING_KNOWN,
    TOLD_BY_CAPITAL,
    Scene,
    at_sight,
    least_score,
)
from monitor.mentions.spelling import fits
from monitor.mentions.surroundings import WORD, Case, Place, Surroundings

ACCEPT = 1.5
TRUSTED = 0.0
"""Accepts a name that its owner doesn't call ambiguous."""
REJECT = -0.5

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
_BY_PLACE = attrgetter("start", "brand")
_COMPANY_WORDS = GAZETTEER | PREDICATES


@dataclass(slots=True)
class Decided:
    """The hits that stand for their brands, and those that can't be settled."""

    settled: list[Hit]
    unsettled: list[Hit]


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
    scene = Scene(text, found.folded.even, lang, [hit.start for hit in sure], heads)
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
    scene: Scene,
    hits: Sequence[Hit],
    tracked: Tracked,
    context: Sequence[Hit],
    certain: set[int],
) -> list[tuple[Hit, float]]:
    """Each hit with its score; a spelling judged often enough keeps its last one.

    `certain` are brands that are surely named somewhere in the answer.
    """
    seen = [(hit, at_sight(scene, hit)) for hit in hits]
    certain = certain.union([hit.brand for hit, value in seen if value])
    judged: dict[tuple[int, str], tuple[int, float]] = {}
    scores: list[tuple[Hit, float]] = []
    for hit, seen_score in seen:
        spelling = hit.brand, scene.text[hit.start : hit.end]
        times, value = judged.get(spelling, (0, 0.0))
        if times < _OFTEN:
            least = seen_score or least_score(scene, hit, certain=hit.brand in certain)
            value = score(scene, hit, tracked, context) if least is None else least
            judged[spelling] = times + 1, value
        scores.append((hit, value))
    return scores


def _misfits(text: str, hit: Hit, tracked: Tracked) -> bool:
    """Whether a strict name's form can't be the brand's."""
    form, case_sensitive = text[hit.start : hit.end], tracked.brands[hit.brand].case_sensitive
    return not fits(form, hit.pattern.written, case_sensitive=case_sensitive)


def score(scene: Scene, hit: Hit, tracked: Tracked, context: Sequence[Hit]) -> float:
    """How much speaks for the hit standing for its brand (above zero) or for the word (below)."""
    brand = tracked.brands[hit.brand]
    known = homograph_of(hit.pattern.folded) or NOTHING_KNOWN
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


def _without_capitals(scene: Scene, hit: Hit, near: Surroundings) -> bool:
    """Whether a sentence writes another company's name in lower case too."""
    companies = (near.sentence_words & GAZETTEER) - {hit.pattern.folded}
    return any(
        scene.text.find(name, near.sentence_start, near.sentence_end) >= 0 for name in companies
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
    if (known.german_noun or known is NOTHING_KNOWN) and scene.german:
        return 0.5 + several
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


def _from_next(scene: Scene, near: Surroundings, known: Homograph) -> float:
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


def _from_next_word(scene: Scene, near: Surroundings, known: Homograph) -> float:
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


def _from_predicate(scene: Scene, near: Surroundings, known: Homograph) -> float:
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


def _from_compound(scene: Scene, near: Surroundings, known: Homograph) -> float:
    """Evidence of a hyphenated compound that the name begins ("Oracle-Datenbank")."""
    word = near.next_word
    if word in known.after or any(word.startswith(end) for end in known.after if len(end) > 4):
        return -7.0
    if word in known.brand_topics or word in PRODUCT_WORDS or word in COMPANY_SUFFIXES:
        return 3.5
    if near.case is Case.LOWER:
        return -1.0
    return 1.5 if scene.german and known is NOTHING_KNOWN else 0.5


def _from_previous(scene: Scene, near: Surroundings, known: Homograph) -> float:
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


def _from_previous_word(scene: Scene, near: Surroundings, known: Homograph) -> float:
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
        and not near.previous_word.endswith(ADJECTIVE_ENDS)
    )


def _after_determiner(near: Surroundings) -> float:
    """Evidence of an article: a company's name has one before a noun ("the Target app")."""
    noun = near.next_word in PRODUCT_WORDS or near.next_gap == "-" or near.next_title
    if noun:
        return 0.0
    return -3.0


def _from_list(scene: Scene, hit: Hit, near: Surroundings) -> float:
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


def _from_neighbours(scene: Scene, hit: Hit, near: Surroundings) -> float:
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
    scene: Scene, hit: Hit, near: Surroundings, known: Homograph, context: Sequence[Hit]
) -> float:
    """Evidence of what is spoken of: topics of company and word, the brand's own context words.

    What the same sentence holds counts most; a context word beside the word's own topics less.
    """
    given = _from_context(hit, near, context)
    if known is NOTHING_KNOWN:
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
