"""Claims about facts without a number: yes or no, one of several, a set, a text."""

import re
from collections.abc import Iterator
from datetime import date

from monitor.facts.asides import is_others_attribute
from monitor.facts.claims import Claim, Reading, settled
from monitor.facts.passages import Passage
from monitor.facts.polarity import Mood, is_past, mood
from monitor.facts.subjects import Subject, bound_to, by_distance, subjects
from monitor.facts.terms import in_all, in_lang, pattern, spans, translations
from monitor.facts.words import CHANGED, ONLY
from monitor.types import Fact, FactType, Verdict

_UNSURE = "the answer isn't sure itself"
_OTHER_PLACE = re.compile(
    r"\s*(?:(?:is|are|was|ist|sind|liegt|befindet sich|located|exclusively|only|ausschließlich|"
    r"nur)\s*)*"
    r"(?:[:–]|in|at|is|ist|von)\s+(?:the |der |den )?(?:city of |Stadt )?[A-ZÄÖÜ]\w+"
)


def promise_claims(fact: Fact, reading: Reading) -> Iterator[Claim]:
    """Where an answer offers what the brand doesn't: a promise that it can't keep."""
    found = pattern(in_lang(fact.negatives, reading.lang), reading.lang, loose=True)
    for passage in _telling(reading):
        for start, end in spans(found, passage.text):
            claim = _promise(fact, reading, passage, passage.start + start, passage.start + end)
            if claim is not None:
                yield claim


def _promise(fact: Fact, reading: Reading, passage: Passage, start: int, end: int) -> Claim | None:
    binding = bound_to(fact, passage, start, end)
    here = mood(passage, start, end)
    if binding is None or here.conditional:
        return None
    if here.hedged:
        return Claim(Verdict.UNVERIFIABLE, here.first, here.last, binding.confidence, note=_UNSURE)
    if here.negated or here.past:
        if fact.value.type is not FactType.BOOLEAN:
            return None
        verdict = settled(fact, fact.value.value is False, True in fact.previous, reading.asked_on)
        return Claim(verdict, here.first, here.last, binding.confidence)
    verdict = _in_force(fact, reading)
    return Claim(verdict, start, end, binding.confidence, promise=verdict is Verdict.INCORRECT)


def _in_force(fact: Fact, reading: Reading) -> Verdict:
    """Incorrect, as far as the fact holds on that day."""
    return settled(fact, False, False, reading.asked_on)


def boolean_claims(fact: Fact, reading: Reading) -> Iterator[Claim]:
    """What an answer says of a yes or no, by affirming or denying the subject or the value.

    A fact with negatives that is affirmed is a promise the brand can't keep, and incorrect even
    where it was true earlier; without negatives that would be outdated.
    """
    promises = list(promise_claims(fact, reading))
    yield from promises
    taken = frozenset(at for claim in promises for at in range(claim.start, claim.end))
    aliases = pattern(in_lang(fact.aliases, reading.lang), reading.lang)
    for subject in subjects(reading, fact):
        for start, end in () if subject.passage.is_label else subject.places:
            if start not in taken or end - 1 not in taken:
                yield from _boolean(fact, reading, subject.passage, start, end)
        if subject.above:
            yield from _cell_boolean(fact, reading, subject)
    for passage in _telling(reading):
        for low, high in spans(aliases, passage.text):
            yield from _boolean(
                fact, reading, passage, passage.start + low, passage.start + high, alias=True
            )


def _boolean(
    fact: Fact, reading: Reading, passage: Passage, start: int, end: int, *, alias: bool = False
) -> Iterator[Claim]:
    binding = bound_to(fact, passage, start, end)
    here = mood(passage, start, end)
    if binding is None or here.conditional or is_others_attribute(passage, start, end):
        return
    if here.hedged:
        yield Claim(Verdict.UNVERIFIABLE, here.first, here.last, binding.confidence, note=_UNSURE)
        return
    answered = _answered(passage, end)
    affirmed = here.negated is False if answered is None else answered
    if here.past:
        affirmed = False
    last = here.last if answered is None else passage.end
    said = (fact.value.value is True) == affirmed if not alias else affirmed
    yield from _said(fact, reading, said=said, claim=(here.first, last, binding.confidence))


def _said(
    fact: Fact, reading: Reading, *, said: bool, claim: tuple[int, int, float]
) -> Iterator[Claim]:
    """The claim that the value holds (`said`), or that it doesn't."""
    first, last, confidence = claim
    opposite = not fact.value.value
    promise = not said and bool(fact.negatives) and fact.value.value is False
    earlier = opposite in fact.previous and not said and not promise
    verdict = settled(fact, said, earlier, reading.asked_on)
    yield Claim(verdict, first, last, confidence, promise=promise and verdict is Verdict.INCORRECT)


def _answered(passage: Passage, end: int) -> bool | None:
    """What "Free plan: no" or "Self-hosted? Yes" answers; None if it isn't such a line."""
    rest = passage.text[end - passage.start :]
    found = re.match(
        r"\W*[:?–—-]\W*(yes|ja|✓|✅|no|nein|✗|❌|none|keine?[rs]?|not available|nicht)(?!\w)",
        rest,
        re.I,
    )
    return _is_yes(found[1]) if found else None


def _cell_boolean(fact: Fact, reading: Reading, subject: Subject) -> Iterator[Claim]:
    """A yes or no in a table cell or line under the subject."""
    passage = subject.passage
    binding = bound_to(fact, passage, passage.start, passage.end)
    found = re.match(
        r"\W*(yes|ja|✓|✔|✅|no|nein|✗|✘|❌|none|keine?[rs]?|not available|nicht verfügbar|–|—|-|"
        r"not offered)(?!\w)",
        passage.text,
        re.IGNORECASE,
    ) or re.fullmatch(r"\s*([✓✔✅✗✘❌–—-])\W*", passage.text)
    if binding is None or found is None or found[1] in "–—-":
        return
    said = (fact.value.value is True) == _is_yes(found[1])
    claim = (passage.start, passage.end, binding.confidence * 0.9)
    yield from _said(fact, reading, said=said, claim=claim)


def _is_yes(text: str) -> bool:
    return text.lower() in ("yes", "ja", "✓", "✔", "✅")


def one_of_claims(fact: Fact, reading: Reading) -> Iterator[Claim]:
    """Which of a fact's options an answer names beside its subject."""
    true = str(fact.value.value)
    own = pattern((*translations(true), *in_all(fact.aliases)), reading.lang)
    earlier = [str(value) for value in fact.previous]
    old = pattern(tuple(t for value in earlier for t in translations(value)), reading.lang)
    others = pattern(
        tuple(
            t
            for option in fact.value.options
            if option != true and option not in earlier
            for t in translations(option)
        ),
        reading.lang,
    )
    kinds = ((own, True, False), (old, False, True), (others, False, False))
    telling = tuple(alias for alias in in_all(fact.aliases) if " " in alias)
    for subject in subjects(reading, fact, telling):
        places: dict[tuple[int, int], tuple[bool, bool]] = {}
        start = subject.passage.start
        for terms, is_value, was_value in kinds:
            for low, high in spans(terms, subject.passage.text):
                places.setdefault((start + low, start + high), (is_value, was_value))
        yield from _option_claims(fact, reading, subject, places)


def _option_claims(
    fact: Fact,
    reading: Reading,
    subject: Subject,
    places: dict[tuple[int, int], tuple[bool, bool]],
) -> Iterator[Claim]:
    passage = subject.passage
    ours = {where: said for where, said in places.items() if bound_to(fact, passage, *where)}
    if not ours:
        yield from _unknown_option(fact, subject, known=bool(places))
        return
    for place, where in _meant(subject, list(ours), reading.asked_on):
        here = mood(passage, *where)
        binding = bound_to(fact, passage, *where)
        if (
            binding is None
            or here.conditional
            or is_past(passage, *where, reading.asked_on)
            or _was_left(passage, where)
        ):
            continue
        first, last = min(place[0], where[0]), max(place[1], where[1])
        verdict = settled(fact, *ours[where], reading.asked_on)
        if _is_denied(passage, here, place, where):
            if verdict is not Verdict.CORRECT:
                continue
            verdict, first, last = Verdict.INCORRECT, min(first, here.first), max(last, here.last)
        note = _UNSURE if here.hedged else ""
        verdict = Verdict.UNVERIFIABLE if here.hedged else verdict
        yield Claim(verdict, first, last, binding.confidence, note=note)


def _meant(
    subject: Subject, places: list[tuple[int, int]], asked_on: date
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """For every subject the options that are said of it: the nearest, and those joined to it."""
    if subject.above:
        yield from ((where, where) for where in places)
        return
    chosen: dict[tuple[int, int], tuple[int, int]] = {}
    for _, place, where in by_distance(subject.passage, subject.places, places):
        if where in chosen or place in chosen.values():
            continue
        if _was_left(subject.passage, where) or is_past(subject.passage, *where, asked_on):
            continue
        chosen[where] = place
        for other in sorted(places):
            if other not in chosen and _joined(subject.passage, max(chosen), other):
                chosen[other] = place
    yield from ((place, where) for where, place in chosen.items())


def _joined(passage: Passage, one: tuple[int, int], other: tuple[int, int]) -> bool:
    gap = passage.text[one[1] - passage.start : other[0] - passage.start]
    return (
        other[0] > one[1]
        and re.fullmatch(
            r"\s*(?:,|and|und|or|oder|sowie|as well as|,? (?:not|nicht)|,? but also|"
            r", sondern auch|/|&)+\s*"
            r"(?:(?:and|und|in|also in|auch in|partly in|teils in|the|den|der|not in|"
            r"nicht in)\s+)*",
            gap,
            re.IGNORECASE,
        )
        is not None
    )


def _was_left(passage: Passage, where: tuple[int, int]) -> bool:
    before = passage.text[: where[0] - passage.start]
    return bool(CHANGED.search(passage.text) and re.search(r"\b(?:from|von|aus)\s*\Z", before))


def _is_denied(
    passage: Passage, here: Mood, place: tuple[int, int], where: tuple[int, int]
) -> bool:
    """Whether the option is denied: the negation governs the subject or stands before the value."""
    before = passage.text[: where[0] - passage.start]
    if re.search(
        r"(?<!\w)(?:not|nicht|n['’]t|never|nie|kein\w*|no longer|nicht mehr)\s+(?:in |at |the )?\Z",
        before,
        re.I,
    ):
        return True
    if re.search(r",\s*(?:not|nicht|rather than|statt)\b[^,]*\Z", before, re.I):
        return True
    return (
        here.negated
        and here.first < max(place[0], where[0])
        and not re.search(r"outside|außerhalb|verlassen|leaves?", passage.text, re.I)
    )


def _unknown_option(fact: Fact, subject: Subject, *, known: bool) -> Iterator[Claim]:
    """A value that isn't among the options is for a judge or a person."""
    passage = subject.passage
    if known:
        return
    for start, end in subject.places:
        found = _OTHER_PLACE.match(passage.text, end - passage.start)
        binding = bound_to(fact, passage, start, end)
        if found and binding:
            stop = passage.start + found.end()
            note = "a value that isn't among the fact's options"
            yield Claim(Verdict.UNVERIFIABLE, start, stop, binding.confidence, note=note)


def set_claims(fact: Fact, reading: Reading) -> Iterator[Claim]:
    """Which members of a set an answer affirms or denies; naming only some of them is right."""
    yield from promise_claims(fact, reading)
    value = fact.value.value
    members = value if isinstance(value, tuple) else (str(value),)
    aliases = in_all(fact.aliases)
    shape = pattern((*members, *aliases), reading.lang)
    for passage in _telling(reading):
        affirmed = []
        for low, high in spans(shape, passage.text):
            start, end = passage.start + low, passage.start + high
            claim = _member(fact, reading, passage, start, end)
            if claim is not None and claim.verdict is Verdict.CORRECT:
                affirmed.append(claim)
            elif claim is not None:
                yield claim
        if affirmed:
            yield _together(fact, passage, affirmed, members)


def _member(fact: Fact, reading: Reading, passage: Passage, start: int, end: int) -> Claim | None:
    binding = bound_to(fact, passage, start, end)
    here = mood(passage, start, end)
    if binding is None or here.conditional:
        return None
    if here.hedged:
        return Claim(Verdict.UNVERIFIABLE, here.first, here.last, binding.confidence, note=_UNSURE)
    verdict = settled(fact, not here.negated, False, reading.asked_on)
    first, last = (here.first, here.last) if here.negated else (start, end)
    return Claim(verdict, first, last, binding.confidence)


def _together(
    fact: Fact, passage: Passage, affirmed: list[Claim], members: tuple[str, ...]
) -> Claim:
    """One claim for the members that a sentence affirms; "only ISO 27001" denies the others."""
    first, last = affirmed[0], affirmed[-1]
    before = passage.text[: first.start - passage.start]
    verdict = Verdict.CORRECT
    if (
        ONLY.search(before)
        and not re.search(r"not only|nicht nur", before, re.I)
        and len(affirmed) < len(members)
    ):
        verdict = Verdict.INCORRECT
    return Claim(verdict, first.start, last.end, first.confidence)


def text_claims(fact: Fact, reading: Reading) -> Iterator[Claim]:
    """A text is right where it or an alias stands literally; else a judge has to read."""
    yield from promise_claims(fact, reading)
    literal = pattern((str(fact.value.value), *in_lang(fact.aliases, reading.lang)), reading.lang)
    for passage in _telling(reading):
        for low, high in spans(literal, passage.text):
            claim = _member(fact, reading, passage, passage.start + low, passage.start + high)
            if claim is not None:
                yield claim
    for subject in subjects(reading, fact):
        for start, end in subject.places[:1]:
            binding = bound_to(fact, subject.passage, start, end)
            if binding is not None:
                passage = subject.passage
                note = "text: left for a judge"
                yield Claim(Verdict.UNVERIFIABLE, passage.start, passage.end, 0.0, note=note)


def _telling(reading: Reading) -> Iterator[Passage]:
    """The passages that affirm what they name, if they don't deny it."""
    return (passage for passage in reading.passages if not passage.is_label)
