"""Common-word names that one look settles: most of those that are clearly a company's."""

import re

from monitor.mentions.cues import DETERMINERS
from monitor.mentions.homographs import Homograph, homograph_of
from monitor.mentions.matching import Hit
from monitor.mentions.surroundings import Place, place_of
from monitor.ranking.language import reads_german

TOLD_BY_CAPITAL = 4.0
"""The score of a name for its capital within an English sentence."""
_CLOSED = re.compile(r"\s?[:\n)]|\s+[–—-]\s|\s(?=[A-Z])")
"""What follows a name that is a head by itself, or goes on as a product's name."""
ADJECTIVE_ENDS = ("e", "er", "es", "en", "em")
_LEADING_ON = frozenset(
    f"{word} "
    for word in (
        *("at", "from", "to", "for", "with", "than", "via", "versus", "vs", "of", "and", "or"),
        *("von", "bei", "beim", "mit", "für", "zu", "als", "durch", "statt", "ist", "und"),
    )
)
"""Words that lead on to a name and are neither article nor adjective nor part of a name."""
NOTHING_KNOWN = Homograph(frozenset(), frozenset(), frozenset(), frozenset())


class Scene:
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
            self._german = reads_german(self.text)
        return self._german

    @property
    def lower(self) -> bool:
        """Whether the answer does without capitals."""
        return self.text[:300].islower()


def at_sight(scene: Scene, hit: Hit) -> float:
    """A plain yes, where one look at the words beside a capitalised name is enough; else zero."""
    pattern, start, end = hit.pattern, hit.start, hit.end
    among = scene.heads.get(start, 0) > 0 and _CLOSED.match(scene.text, end) is not None
    if not (among or pattern.trusted) or scene.text[start] != pattern.written[0]:
        return 0.0
    if not pattern.written[0].isupper():
        return 0.0
    known = homograph_of(pattern.folded) or NOTHING_KNOWN
    following = scene.folded[end + 1 : end + 30].split(" ", 1)[0].strip(".,:;*")
    if following in known.after:
        return 0.0
    if among:
        return 4.0
    before = scene.folded[max(0, start - 30) : start].rsplit(None, 1)
    if not before or not before[-1][-1].isalpha() or before[-1] in known.before:
        return 0.0
    described = before[-1] in DETERMINERS or (before[-1].endswith(ADJECTIVE_ENDS) and scene.german)
    return 0.0 if described else 4.0


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
