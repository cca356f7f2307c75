"""Evidence of what comes right before a common-word name: see `evidence`."""

import re
from functools import lru_cache

from monitor.mentions.cues import (
    BRAND_PREPOSITIONS,
    COMPANY_VERBS,
    DETERMINERS,
    FUNCTION_WORDS,
    GAZETTEER,
    GERMAN_PREPOSITIONS,
    LIKE_ADJECTIVES,
    OBJECTS,
    OPENING_WORDS,
    PREDICATES,
    PRODUCT_WORDS,
    RELATIVES,
)
from monitor.mentions.homographs import Homograph
from monitor.mentions.sight import ADJECTIVE_ENDS, Scene
from monitor.mentions.surroundings import Case, Place, Surroundings
from monitor.ranking.words import is_generic, is_step

_APPOSITION = re.compile(
    r"\A(?:retailer|airline|carrier|provider|vendor|maker|manufacturer|automaker|carmaker|insurer|bank"
    r"|brand|company|firm|giant|major|startup|operator|publisher|supplier|app|tool|platform|browser"
    r"|chain|conglomerate|newspaper|magazine|tabloid|weekly|magazin"
    r"|\w*(?:anbieter|hersteller|konzern|handler|dienst|marke|riese|kette|versicherer|betreiber"
    r"|gesellschaft|firma|unternehmen|softwarehaus|zeitung|zeitschrift))\Z"
)
"""A noun right before a name that says what kind of company bears it."""
_SENTENCE_WORDS = FUNCTION_WORDS | OBJECTS | COMPANY_VERBS | OPENING_WORDS
_COMPANY_WORDS = GAZETTEER | PREDICATES
_EACH = frozenset(["each", "every", "jede", "jeden", "jeder", "jedes"])
_ANY_ONE = _EACH | {"a", "an", "any", "another", "no", "some", "what", "which"}


def from_previous(scene: Scene, near: Surroundings, known: Homograph) -> float:
    """Evidence of what comes right before the name."""
    if near.previous_gap == "-":
        return _after_hyphen(near, known)
    if not near.previous_word:
        return 0.0
    if near.otherwise_named or near.previous_word in RELATIVES:
        return -7.0
    if near.case is not Case.LOWER and _APPOSITION.search(near.previous_word):
        return 4.0
    return _in_german(near, known) if scene.german else _in_english(near, known)


def _in_english(near: Surroundings, known: Homograph) -> float:
    word = near.previous_word
    if word in known.before or (known.before and near.previous_part in known.before):
        return _after_known(near, known)
    if word in DETERMINERS:
        return _after_determiner(near)
    if word in BRAND_PREPOSITIONS:
        return 0.0 if near.next_gap == "-" else 1.5
    if near.article_before and (near.next_joined or not near.next_title):
        return -1.5
    if not near.previous_first:
        return -3.0 if _inside_name(near) else 0.0
    return -4.5 if _inside_name(near) and not _is_common(word) else 0.0


def _in_german(near: Surroundings, known: Homograph) -> float:
    word = near.previous_word
    preposition = word in GERMAN_PREPOSITIONS
    if word in known.before and not preposition:
        return _after_known(near, known)
    if near.relative_before:
        return 1.2
    if word in DETERMINERS and not preposition:
        return -0.9 if known.with_article else 0.0 if _before_noun(near) else -3.0
    if preposition or word in BRAND_PREPOSITIONS:
        alone = near.next_gap != "-" and (word != "als" or near.compared)
        return 1.5 if alone else 0.0
    return _after_german_word(near, known)


def _after_german_word(near: Surroundings, known: Homograph) -> float:
    """Evidence of an article further off or missing, of a verb, or of another noun."""
    word = near.previous_word
    if near.article_before and (near.next_joined or not near.next_title):
        return -2.5
    if near.next_gap == "-":
        return 0.0
    if word in COMPANY_VERBS or (known.countable and _lacks_article(near)):
        return 1.2
    common = near.previous_first and _is_common(word)
    return -1.0 if _inside_name(near) and not common else 0.0


def _after_known(near: Surroundings, known: Homograph) -> float:
    """Evidence of a word that goes before the everyday word: small ones say little."""
    if near.previous_word not in FUNCTION_WORDS or near.previous_word in _EACH:
        return -7.0
    noun = near.next_word in PRODUCT_WORDS or near.next_word in known.brand_topics
    return -0.5 if noun and not near.next_joined else -2.5


def _inside_name(near: Surroundings) -> bool:
    """Whether another capitalised word stands right before that is no company's."""
    apart = near.place is not Place.MIDDLE or near.previous_gap
    return near.previous_title and not apart and near.previous_word not in _COMPANY_WORDS


@lru_cache(maxsize=4096)
def _is_common(word: str) -> bool:
    """Whether a word at the start of a sentence is no given name or the like ("Fiona Apple")."""
    if word in _SENTENCE_WORDS or not word.isalpha():
        return True
    return is_generic(word) or is_step(word) or word.endswith(("ing", "ly", "ed", "en"))


def _lacks_article(near: Surroundings) -> bool:
    """Whether a noun within a German sentence has neither article nor adjective before it.

    Most words in -te or -en that no article precedes are verbs ("2010 kehrte Gap zurück").
    """
    word = near.previous_word
    return (
        near.place is Place.MIDDLE
        and (near.previous_first or not near.previous_title)
        and not near.previous_gap
        and (
            word.endswith(("te", "en"))
            or word in LIKE_ADJECTIVES
            or not word.endswith(ADJECTIVE_ENDS)
        )
    )


def _after_hyphen(near: Surroundings, known: Homograph) -> float:
    """Evidence of being a compound's end, or its middle ("Prepaid-Visa-Karte")."""
    if near.next_gap == "-" and (near.next_word in known.brand_topics | PRODUCT_WORDS):
        return -2.0
    return -5.0 if near.previous_title or near.previous_word in known.before else -2.0


def _before_noun(near: Surroundings) -> bool:
    """Whether a noun follows, which an article before the name can belong to."""
    if near.next_word in PRODUCT_WORDS or near.next_gap == "-":
        return True
    return near.next_title and not near.next_joined


def _after_determiner(near: Surroundings) -> float:
    """Evidence of an article: a company's name has one before a noun ("the Target app").

    A capital still tells something after "the" or "your": of a shop ("the Target on Main Street"),
    or before a noun that isn't on any list ("your Notion dashboard").
    """
    if _before_noun(near):
        return 0.0
    told = near.place is Place.MIDDLE and near.previous_word not in _ANY_ONE
    return -2.4 if told else -3.0
