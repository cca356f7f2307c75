"""Tells German answers from English ones by their commonest words."""

from itertools import repeat

from monitor.ranking.heads import folded
from monitor.ranking.words import words_of

_GERMAN = words_of(
    """
    der die das und ist nicht ein eine einen einem einer eines den dem des im am vom zum zur beim
    mit zu von auf fur sich auch wird werden wurde bei wie oder man nach aus hat sind sei als wenn
    kann ich sie es wir ihr dass wer wo nur noch schon unser unsere mein meine dein deine kein keine
    uber gegen ohne durch seit bis mehr sehr aber denn weil statt soll mussen muss haben
    """
)
_ENGLISH = words_of(
    """
    the and is of a for with to are it that this on you your at by or be have has from its i do does
    not but if than as they we can will which who more most some any no up out use need when while
    their our my his her into about over how what
    """
)
"""None is a word of both."""
_WEIGHTS = dict.fromkeys(_GERMAN, 1) | dict.fromkeys(_ENGLISH, -1)
_OPENING = 600
"""So many characters are looked at."""


def reads_german(text: str) -> bool:
    """Whether the commonest words of an answer's beginning are German ones."""
    start = text[:_OPENING]
    balance = sum(map(_WEIGHTS.get, folded(start).split(), repeat(0)))
    return balance > 0 or (balance == 0 and any(sign in start for sign in "äöüÄÖÜß"))
