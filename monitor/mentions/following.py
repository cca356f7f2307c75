"""Evidence of what comes right after a common-word name: see `evidence`."""

from functools import lru_cache

from monitor.mentions.cues import (
    COMPANY_SUFFIXES,
    COMPANY_VERBS,
    COPULAS,
    DETERMINERS,
    FUNCTION_WORDS,
    LANDSCAPE,
    OBJECTS,
    POSSESSIVES,
    PREDICATES,
    PRODUCT_WORDS,
)
from monitor.mentions.homographs import Homograph
from monitor.mentions.sight import NOTHING_KNOWN, Scene
from monitor.mentions.surroundings import Case, Place, Surroundings

_CLAUSE_WORDS = FUNCTION_WORDS - COPULAS - {"and", "or", "und", "oder"}
_TITLE_WORDS = COPULAS | {"of", "and", "the", "to", "in", "for", "with"}
_COMPOUND_HEADS = PRODUCT_WORDS | PREDICATES | COMPANY_SUFFIXES
_COMPOUND_ENDS = tuple(word for word in _COMPOUND_HEADS if len(word) > 4)


def from_next(scene: Scene, near: Surroundings, known: Homograph) -> float:
    """Evidence of what comes right after the name."""
    if near.suffix_s:
        return (2.0 if near.genitive else 0.5) if scene.german else -5.0
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
    if _is_part_of_another(scene, near):
        return -7.0
    if word in known.after:
        bare = near.place is Place.START and known.countable and word in COPULAS
        return 0.5 if bare else -1.5 if word in FUNCTION_WORDS else -7.0
    if word in known.brand_topics or word in COMPANY_SUFFIXES:
        return 4.0 if near.case is not Case.LOWER else 1.0
    if near.case is Case.LOWER:
        return 0.0
    return _from_predicate(scene, near, known)


def _opens_a_clause(scene: Scene, near: Surroundings) -> bool:
    """Whether a small word begins a sentence and another follows ("So if", "On the")."""
    if near.place is not Place.START or near.next_word not in _CLAUSE_WORDS:
        return False
    return scene.folded[near.start : near.end] in FUNCTION_WORDS


def _is_part_of_another(scene: Scene, near: Surroundings) -> bool:
    """Whether the next word makes the name a verb, a small word, a place's, or part of a title."""
    if near.defined or _opens_a_clause(scene, near):
        return True
    if near.place is Place.START and near.next_word in OBJECTS:
        return not scene.german
    in_title = near.place is Place.MIDDLE and near.next_word in _TITLE_WORDS
    return near.next_title and (near.next_word in LANDSCAPE or in_title)


def _from_predicate(scene: Scene, near: Surroundings, known: Homograph) -> float:
    """Evidence of a verb or noun after a capitalised name."""
    word = near.next_word
    if word in POSSESSIVES and scene.german:
        return 2.0
    if word in COMPANY_VERBS:
        return 0.5 if near.previous_word in DETERMINERS else 3.0
    if near.model_follows:
        return 2.5
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
    if word in known.brand_topics or _heads_compound(word):
        return 3.5
    if near.case is Case.LOWER:
        return -1.0
    return 1.5 if scene.german and known is NOTHING_KNOWN else 0.5


@lru_cache(maxsize=4096)
def _heads_compound(word: str) -> bool:
    """Whether a compound that a company's name begins can end so ("Visa-Testkarte")."""
    stem = word if len(word) < 6 else word.removesuffix("s")
    return stem in _COMPOUND_HEADS or word in _COMPOUND_HEADS or stem.endswith(_COMPOUND_ENDS)
