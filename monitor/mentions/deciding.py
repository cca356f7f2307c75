"""Decides whether a common-word name stands for its company: yes, no, or unsettled.

Names are decided whose brand calls itself ambiguous, and well-known everyday words whose brand
doesn't: those count unless what surrounds them clearly is the word's ("apple pie").

Every piece of `evidence` adds to a score; `ACCEPT` and `REJECT` bound what stays unsettled. A word
keeps its sense within an answer, so that clear uses settle unclear ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from monitor.mentions.evidence import score
from monitor.mentions.homographs import homograph_of
from monitor.mentions.matching import Found, Hit, Pattern, Tracked
from monitor.mentions.sight import Scene, at_sight, least_score
from monitor.mentions.spelling import fits

ACCEPT = 1.5
TRUSTED = 0.0
"""Accepts a name that its owner doesn't call ambiguous, a well-known word though it is."""
COINED = -3.0
"""Accepts another name of an ambiguous brand that is no well-known word ("Facebook" of Meta)."""
REJECT = -0.5
CERTAIN = 3.0
"""From this score on a name speaks for the others of its brand, of well-known words too."""

OTHER_SENSE = 6.0
"""Speaks against a name that another company's product bears somewhere in the answer."""
_OFTEN = 500
"""After so many judgements of one spelling in one answer its sense is taken as known."""
_BY_PLACE = attrgetter("start", "brand")


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
    scene = Scene(text, found, lang, sure, heads)
    certain = {hit.brand for hit in sure}
    scores = _scores(scene, found.opened, tracked, found.context, certain)
    settled, unsettled = sure, []
    accepted = {hit.brand for hit, value in scores if value >= ACCEPT}
    certain |= {hit.brand for hit, value in scores if value >= CERTAIN}
    for hit, scored in scores:
        value = scored
        if hit.brand in certain:
            value += 1.5
        elif hit.brand in accepted and not _is_noun(hit.pattern):
            value += 1.0
        if value >= _least_accepted(hit.pattern):
            settled.append(hit)
        elif value > REJECT:
            unsettled.append(hit)
    settled.sort(key=_BY_PLACE)
    return Decided(settled, unsettled)


def _is_noun(pattern: Pattern) -> bool:
    """Whether a name is a well-known German noun, which has a capital either way."""
    known = homograph_of(pattern.folded)
    return known is not None and known.german_noun


def _least_accepted(pattern: Pattern) -> float:
    """The score from which on a name stands for its brand."""
    if not pattern.trusted:
        return ACCEPT
    return COINED if homograph_of(pattern.folded) is None else TRUSTED


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
    certain = certain.union([hit.brand for hit, value in seen if value > 0])
    elsewhere = {hit.brand for hit, value in seen if value < 0}
    judged: dict[tuple[int, str], tuple[int, float]] = {}
    scores: list[tuple[Hit, float]] = []
    for hit, seen_score in seen:
        spelling = hit.brand, scene.text[hit.start : hit.end]
        times, value = judged.get(spelling, (0, 0.0))
        if times < _OFTEN:
            least = seen_score or least_score(scene, hit, certain=hit.brand in certain)
            value = score(scene, hit, tracked, context) if least is None else least
            if hit.brand in elsewhere and seen_score <= 0:
                value -= OTHER_SENSE
            judged[spelling] = times + 1, value
        scores.append((hit, value))
    return scores


def _misfits(text: str, hit: Hit, tracked: Tracked) -> bool:
    """Whether a strict name's form can't be the brand's."""
    form, case_sensitive = text[hit.start : hit.end], tracked.brands[hit.brand].case_sensitive
    return not fits(form, hit.pattern.written, case_sensitive=case_sensitive)
