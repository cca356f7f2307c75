"""Whether a sentence affirms, denies, doubts, or tells of the past what stands at a place in it."""

import re
from dataclasses import dataclass
from datetime import date

from monitor.facts import words
from monitor.facts.passages import Passage

_INSIDE = re.compile(r"(?<!\w)(?:in (?:der|dem|den|seiner|ihrer)|im|beim|bei der)\s\Z", re.I)
_DENIED_ONE = re.compile(
    r"[^.;:,\d]{0,40}[,:;–—]\s*(?:(?:but|yet|doch|aber)\s+)?[^.,;:\d]{0,40}?(?:"
    r"(?:never|not|\w+n['’]t|nie(?:mals)?|nicht)\s(?:\w+\s){1,3}?(?:one|any)(?=\W*(?:\Z|[.,;]))|"
    r"(?:einen|eine|eins|so etwas|solche\w*)\s(?:\w+\s){0,3}?(?:nicht|nie(?:mals)?)(?!\w))",
    re.IGNORECASE,
)
"""Denies what was named before by "one": "a free plan? Elsewhere, but Acme doesn't offer one"."""
_ASIDE = re.compile(r",\s(?:as|wie|though|contrary|entgegen)\s[^,]{1,40},")
_SUBORDINATE = re.compile(
    r"(?<!\w)(?:when|because|since|whose|which|who|weil|denn|deren|dessen)(?!\w)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Mood:
    """How a passage means what stands at a place; `first`…`last` covers the words that say so.

    What is only planned counts as `hedged`: it's neither so nor not so.
    """

    negated: bool
    hedged: bool
    conditional: bool
    past: bool
    first: int
    last: int


def mood(passage: Passage, start: int, end: int) -> Mood:
    """How the passage means what stands at visible [start, end)."""
    text, at, stop = passage.text, start - passage.start, end - passage.start
    low, high = _clause(text, at, stop)
    framed = words.DENIED_FRAME.search(text, 0, at)
    before = _last(words.NEGATION, text, max(low, framed.end() if framed else 0), at)
    after = _after(text, stop, high)
    if after is not None and after[0].lower().startswith("fehl") and _INSIDE.search(text[:at]):
        after = None  # "in the free plan X is missing"
    if before and after and "," in text[before.end() : at]:
        before = None
    cues = [m for m in (before, after) if m is not None]
    past = _last(words.PAST, text, low, at)
    negated = (bool(before) ^ bool(after)) ^ bool(framed)
    clause = max(text.rfind(mark, 0, at) for mark in ",;:") + 1
    planned = not negated and words.PLANNED.search(text, max(low, clause), high) is not None
    return Mood(
        negated=negated,
        hedged=planned or _is_doubtful(text, (low, at), (clause, high), stop),
        conditional=_is_conditional(text, at),
        past=past is not None and "no longer" not in past[0].lower(),
        first=passage.start + min([at, *(m.start() for m in cues)]),
        last=passage.start + max([stop, *(m.end() for m in cues)]),
    )


def _stated_before(before: str) -> int:
    """Where the part after another stated value begins ("Previously 240 euros, |290 since May")."""
    ends = [
        found.end()
        for found in re.finditer(r"(\d[\d.,]*)[^,\d]{0,30},\s", before)
        if not re.fullmatch(r"(?:19|20)\d\d", found[1])
    ]
    return max(ends, default=0)


def _is_doubtful(text: str, before: tuple[int, int], clause: tuple[int, int], stop: int) -> bool:
    """Whether the answer isn't sure in the clause, tells hearsay, or takes it back behind."""
    return bool(
        words.HEDGE.search(text, *clause)
        or words.HEARSAY.search(text, *before)
        or words.UNCONFIRMED.search(text, stop)
    )


def _is_conditional(text: str, at: int) -> bool:
    """Whether an "if" governs the place: its clause goes up to the next comma."""
    return any("," not in text[m.end() : at] for m in words.CONDITION.finditer(text, 0, at))


def _clause(text: str, at: int, stop: int) -> tuple[int, int]:
    """How far negations reach to the place: since and until the next turn of the sentence."""
    low = 0
    for pattern in (words.RESET, _SUBORDINATE):
        for found in pattern.finditer(text, 0, at):
            low = max(low, found.end())
    following = words.RESET.search(text, stop)
    return low, following.start() if following else len(text)


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    """The last match in [start, end) that isn't part of "not only"."""
    skipped = [m.span() for m in words.NOT_ONLY.finditer(text, start, end)]
    kept = [
        found
        for found in pattern.finditer(text, start, end)
        if not any(low <= found.start() < high for low, high in skipped)
    ]
    return kept[-1] if kept else None


def _after(text: str, stop: int, high: int) -> re.Match[str] | None:
    """A negation that follows in the same clause ("… is not available", "gibt es nicht")."""
    stop += text[stop : stop + 1] == ":"
    one = _DENIED_ONE.match(text, stop)
    if one:
        return one
    crossed = re.compile(r"\s*[:(–-]?\s*[✗✘❌]").match(text, stop)
    if crossed:
        return crossed
    end = re.search(r"[,;:()–—]|(?<!\w)(?:and|und|or|oder|nor|that|which)(?!\w)", text[stop:high])
    limit = stop + end.start() if end else high
    skipped = [m.span() for m in words.NOT_ONLY.finditer(text, stop, limit)]
    for found in words.DENIED_AFTER.finditer(text, stop, limit):
        if not any(low <= found.start() < high for low, high in skipped):
            return found
    return None


def denied_right_before(passage: Passage, start: int) -> bool:
    """Whether a value is denied: "not in 2005"; in "no setup fee, 49 euros" it isn't."""
    text = _ASIDE.sub("", passage.text[: start - passage.start])
    part = max(text.rfind(mark) for mark in ",:;") + 1
    low = max([part, *(m.end() for m in words.RESET.finditer(text))])
    found = _last(words.NEGATION, text, max(low, len(text) - 40), len(text))
    if found is None or not re.search(r"not|n['’]t|nicht|never", found[0], re.IGNORECASE):
        return False
    return not re.search(r"\d", text[found.end() :])


def only_part(passage: Passage, start: int) -> bool:
    """Whether the value is the one left behind by "not only 30 days but 60"."""
    before = passage.text[: start - passage.start]
    last = None
    for found in words.NOT_ONLY.finditer(before):
        last = found
    return last is not None and not re.search(r"\d|,|\bbut\b|\bsondern\b", before[last.end() :])


def is_past(passage: Passage, start: int, end: int, asked_on: date) -> bool:
    """Whether a value is said to have held earlier only ("until 2024 it was 39", "früher 39")."""
    text, at, stop = passage.text, start - passage.start, end - passage.start
    before = text[:at]
    now = [m.end() for m in words.NOW.finditer(before)]
    low = max([0, *now, *(m.end() for m in words.RESET.finditer(before)), _stated_before(before)])
    window = before[max(low, at - 48) :]
    if words.PAST.search(window):
        return True
    if words.ENDED.match(text, stop):
        return True
    if words.CHANGED.search(text) and re.search(r"\b(?:from|von)\W*(?:[€$£]\s?)?\Z", before):
        return True
    if words.WAS.search(window) is None:
        return False
    dated = re.search(
        r"\b(?:in|im jahr|during|as of|stand)\s((?:19|20)\d\d)\b", text, re.IGNORECASE
    )
    if dated and int(dated[1]) < asked_on.year:
        return True
    return words.NOW.search(text, stop) is not None
