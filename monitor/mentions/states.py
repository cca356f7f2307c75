"""How an answer speaks of a brand: recommends it, warns against it, says it doesn't know it.

Cues are searched in the sentence of each mention, before and after the name. A comparison ("better
than Acme", "unlike Acme") is no judgement of the brand it names; a negation turns a cue around.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from enum import Enum

from monitor.mentions.judgements import (
    COMPARED,
    DECLINED,
    NEGATED,
    NEGATED_AFTER,
    NOT_WARNED,
    PRAISED,
    PRAISED_DESPITE,
    SUPPOSED,
    WARNED,
)
from monitor.mentions.matching import Hit
from monitor.mentions.stems import Cue
from monitor.ranking import Head
from monitor.types import MentionState


class Tone(Enum):
    """How one sentence speaks of a brand."""

    PLAIN = "plain"
    PRAISED = "praised"
    WARNED = "warned"
    DECLINED = "declined"
    UNTOLD = "untold"
    """Nothing in the sentence judges; it may still be a question."""
    ASKED = "asked"
    """A question or a supposition, which tells nothing of the brand."""


# Members of an enumeration are slow to look up; these are asked for with every name.
_PLAIN, _PRAISED, _WARNED, _DISCLAIMED, _UNTOLD, _ASKED = Tone
_MENTIONED = MentionState.MENTIONED
_RECOMMENDED = MentionState.RECOMMENDED

_SUPPOSED = re.compile(
    r"(?i:\A\W*(?:if|could you|can you|do you|are you|is it|perhaps|maybe|please|falls|wenn"
    r"|konnten sie|können sie|könnten sie|kannst du|meinst du|vielleicht|bitte)\b)"
)
_ASIDE = re.compile(r"\b(?:[Ff]or|[Ff]ür)\s*:\W*\Z|[.:!?]\s*\(\W*\Z")
"""Before a name that tells who something is for ("Best for: Acme users"), or a bracketed source."""
_SENTENCE_END = re.compile(r"[.!?\n](?:(?<=\n)|(?=\s|[A-Z]|\Z))")


_WARNING, _PRAISE = int(Cue.WARNING), int(Cue.PRAISE)
_DOUBTED = int(Cue.DOUBT | Cue.NEGATION)
_ALARM = int(Cue.WARNING | Cue.NEGATION)
_REACH = 200
"""So many characters before and after a name its sentence is read."""
_NEAR = 70
"""So many before it most sentences begin."""


class Judge:
    """Judges mentions in one text, given where stems of judgements stand in it."""

    def __init__(self, text: str, cues: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.starts = [start for start, _ in cues]
        self.kinds = [kind for _, kind in cues]
        self.alarms = [start for start, kind in cues if kind & _ALARM]
        """Where a stem stands without which nothing warns and nothing is declined."""

    def state(self, hits: Sequence[Hit], head: Head | None, *, avoided: bool) -> MentionState:
        """The state of a brand that is named by `hits`.

        `head` is that of the item that recommends it, if one does: it outweighs one warning that
        stands elsewhere. `avoided`: it heads an item of a list to avoid.
        """
        ranked = head is not None
        if ranked and not avoided and not self.alarms:
            return _RECOMMENDED
        tones = [self.tone(hit, praise=not ranked) for hit in hits[:50]]
        if ranked and tones.count(_DISCLAIMED) == len(tones):
            return MentionState.DECLINED
        warned = tones.count(_WARNED) + avoided
        praised = tones.count(_PRAISED)
        if head is not None and not any(
            tone is _WARNED and head.start <= hit.start < head.line_end
            for hit, tone in zip(hits, tones, strict=False)
        ):
            praised += 1
        if warned > praised:
            return MentionState.WARNED_AGAINST
        if praised > warned or ranked:
            return _RECOMMENDED
        return MentionState.DECLINED if self._declines(hits, tones) else _MENTIONED

    def _declines(self, hits: Sequence[Hit], tones: Sequence[Tone]) -> bool:
        """Whether the brand is named only to say that nothing is known of it."""
        if _DISCLAIMED not in tones or _PLAIN in tones:
            return False
        untold = [hit for hit, tone in zip(hits, tones, strict=False) if tone is _UNTOLD]
        return all(self._supposed(hit) for hit in untold)

    def tone(self, hit: Hit, *, praise: bool) -> Tone:
        """How the sentence around a mention speaks of it; `praise`: whether praise matters."""
        begin, end = hit.start - _REACH, hit.end + _REACH
        if not praise:
            at = bisect_left(self.alarms, begin)
            if at == len(self.alarms) or self.alarms[at] >= end:
                return _PLAIN
        untold, telling = (_UNTOLD, _WARNING | _PRAISE) if praise else (_PLAIN, _WARNING)
        near = self._cues(begin, end)
        if not near & telling and near & _DOUBTED != _DOUBTED:
            return untold
        begin, end = self._sentence(hit)
        present = self._cues(begin, end)
        if not present & telling and present & _DOUBTED != _DOUBTED:
            return untold
        return self._judged(hit, begin, end, present, praise=praise)

    def _judged(self, hit: Hit, begin: int, end: int, present: int, *, praise: bool) -> Tone:
        before, after = self.text[begin : hit.start], self.text[hit.end : end]
        doubted = present & _DOUBTED == _DOUBTED
        if doubted and DECLINED.search(self.text[begin:end]):
            return _DISCLAIMED
        if PRAISED_DESPITE.found(before, after):
            return _PRAISED
        if COMPARED.found(before, after):
            return _PLAIN
        closing = self.text[end : end + 1]
        if closing != "?" and not SUPPOSED.search(before):
            if (doubted or present & _WARNING) and _warns(before, after):
                return _WARNED
            if praise and present & _PRAISE and _praises(before, after):
                return _PRAISED
        return _ASKED if _is_supposed(before, closing) else _PLAIN

    def _supposed(self, hit: Hit) -> bool:
        begin, end = self._sentence(hit)
        return _is_supposed(self.text[begin : hit.start], self.text[end : end + 1])

    def _sentence(self, hit: Hit) -> tuple[int, int]:
        begin = self._after_stop(max(0, hit.start - _NEAR), hit.start)
        if begin < 0:
            begin = max(0, hit.start - _REACH, self._after_stop(hit.start - _REACH, hit.start))
        limit = min(len(self.text), hit.end + _REACH)
        found = _SENTENCE_END.search(self.text, hit.end, limit)
        return begin, found.start() if found else limit

    def _after_stop(self, low: int, high: int) -> int:
        """What follows the last end of a sentence in [low, high), -1 where there is none."""
        after = -1
        for stop in _SENTENCE_END.finditer(self.text, max(0, low), high):
            after = stop.end()
        return after

    def _cues(self, begin: int, end: int) -> int:
        """The kinds of all stems that begin in [begin, end)."""
        first = bisect_left(self.starts, begin)
        present = 0
        for kind in self.kinds[first : bisect_left(self.starts, end, first)]:
            present |= kind
        return present


def _is_supposed(before: str, closing: str) -> bool:
    """Whether a sentence asks or supposes."""
    return closing == "?" or _SUPPOSED.match(before) is not None


def _warns(before: str, after: str) -> bool:
    if NOT_WARNED.search(before) or _is_aspect(after):
        return False
    return WARNED.found(before, after)


def _is_aspect(after: str) -> bool:
    """Whether only something of the brand's is meant ("avoid Acme's free plan")."""
    return re.match(r"['’]s?\s+[\"“„(+]*\w", after) is not None


def _praises(before: str, after: str) -> bool:
    if NEGATED.search(before) or NEGATED_AFTER.match(after) or _ASIDE.search(before):
        return False
    # The shop's name is no advice to buy.
    return PRAISED.found(before.replace("Best Buy", "Shop"), after)
