"""Common-word names that one look settles: most that are clearly a company's, or a product's."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from monitor.mentions.cues import DETERMINERS, GAZETTEER
from monitor.mentions.homographs import Homograph, homograph_of
from monitor.mentions.matching import Found, Hit
from monitor.mentions.surroundings import Place, place_of
from monitor.ranking.language import reads_german

TOLD_BY_CAPITAL = 4.0
"""The score of a name for its capital within an English sentence."""
_CLOSED = re.compile(r"\s?[:\n)]|\s+[–—-]\s|\s(?=[A-Z])")
"""What follows a name that is a head by itself, or goes on as a product's name."""
_COLON = re.compile(r"\s?:\s?")
ADJECTIVE_ENDS = ("e", "er", "es", "en", "em")
_LEADING_ON = frozenset(
    f"{word} "
    for word in (
        *("at", "from", "to", "for", "with", "than", "via", "versus", "vs", "of", "and", "or"),
        *("von", "bei", "beim", "mit", "für", "zu", "als", "durch", "statt", "ist", "und"),
    )
)
"""Words that lead on to a name and are neither article nor adjective nor part of a name."""
_CAPITALISED = re.compile(r"(?:(?<![^\W_])[A-ZÄÖÜ\d&][\w&'’+.\-]*(?<!\.)[ \xa0])+\Z")
"""Capitalised words, none of which ends a sentence, right before a name."""
_BLANKS = (" ", "\xa0")
_LENT = frozenset(["visa"])
"""Names that other companies' products bear ("Acme Rewards Visa")."""
IN_ANOTHER = -9.0
"""The score of a name within another company's product name."""
NOTHING_KNOWN = Homograph(frozenset(), frozenset(), frozenset(), frozenset())


class Scene:
    """What is known of the whole answer while single hits are judged.

    `sure` are the names that need no deciding; `heads` the offsets at which list heads begin, and
    what their siblings are: see `decide`.
    """

    def __init__(
        self, text: str, found: Found, lang: str | None, sure: Sequence[Hit], heads: dict[int, int]
    ) -> None:
        self.text, self.folded, self.heads = text, found.folded.even, heads
        self.sure = [hit.start for hit in sure]
        self.brand_at = {hit.start: hit.brand for hit in found.names}
        self.names = found.names
        self._german = lang.lower().startswith("de") if lang else None

    @property
    def german(self) -> bool:
        """Whether the answer is in German, guessed where its language isn't known."""
        if self._german is None:
            self._german = reads_german(self.text)
        return self._german

    def labels(self, hit: Hit) -> bool:
        """Whether a colon follows the name, and then another brand's ("Target: Acme, Bolt")."""
        colon = _COLON.match(self.text, hit.end)
        following = self.brand_at.get(colon.end()) if colon else None
        return following is not None and following != hit.brand

    @property
    def lower(self) -> bool:
        """Whether the answer does without capitals."""
        return self.text[:300].islower()


def at_sight(scene: Scene, hit: Hit) -> float:
    """A plain yes or no, where one look beside a capitalised name is enough; else zero."""
    if scene.text[hit.start - 1 : hit.start] in _BLANKS and _in_name_of_another(scene, hit):
        return IN_ANOTHER
    return 4.0 if _is_surely_meant(scene, hit) else 0.0


def _is_surely_meant(scene: Scene, hit: Hit) -> bool:
    """Whether a name stands among companies, or none of the words beside it could be the word's."""
    pattern, start, end = hit.pattern, hit.start, hit.end
    among = scene.heads.get(start, 0) > 0 and _CLOSED.match(scene.text, end) is not None
    if not (among or pattern.trusted) or scene.text[start] != pattern.written[0]:
        return False
    if not pattern.written[0].isupper():
        return False
    known = homograph_of(pattern.folded) or NOTHING_KNOWN
    following = scene.folded[end + 1 : end + 30].split(" ", 1)[0].strip(".,:;*")
    if following in known.after or scene.labels(hit):
        return False
    if among:
        return True
    before = scene.folded[max(0, start - 30) : start].rsplit(None, 1)
    if not before or not before[-1][-1].isalpha() or before[-1] in known.before:
        return False
    described = before[-1] in DETERMINERS or (before[-1].endswith(ADJECTIVE_ENDS) and scene.german)
    return not described


def _in_name_of_another(scene: Scene, hit: Hit) -> bool:
    """Whether another company's name begins the capitalised words before ("Acme Barista Express").

    Where a third company's name follows, companies only stand in a row.
    """
    text, start = scene.text, hit.start
    before = text[text.rfind(" ", max(0, start - 30), start - 1) + 1 : start]
    as_word = text[start].islower() and hit.pattern.written[0].isupper()
    if as_word or before.islower():
        return False
    if hit.pattern.folded in _LENT or hit.pattern.folded in GAZETTEER:
        return False
    run = _CAPITALISED.search(text, max(0, start - 60), start)
    following = scene.folded[hit.end + 1 : hit.end + 30].split(" ", 1)[0]
    if run is None or following.strip(".,:;*") in GAZETTEER:
        return False
    words = scene.folded[run.start() : start].split()
    known = homograph_of(hit.pattern.folded)
    if known is not None and not known.brand_topics.isdisjoint(words):
        return False
    if any(scene.brand_at.get(at) == hit.brand for at in range(run.start(), start)):
        return False
    first = bisect_left(scene.sure, run.start())
    named = first < len(scene.sure) and scene.sure[first] < start
    return named or not GAZETTEER.isdisjoint(words)


def least_score(scene: Scene, hit: Hit, *, certain: bool) -> float | None:
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
    return TOLD_BY_CAPITAL if told else None
