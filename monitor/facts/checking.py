"""Holds an answer against facts: one judgement per fact, from the claims that the answer makes."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from monitor.facts.amounts import amount_claims
from monitor.facts.choices import (
    boolean_claims,
    one_of_claims,
    promise_claims,
    set_claims,
    text_claims,
)
from monitor.facts.claims import Claim, Reading
from monitor.facts.naming import names_in
from monitor.facts.passages import Passage, passages
from monitor.facts.points import date_claims, is_year, version_claims, year_claims
from monitor.facts.subjects import all_terms
from monitor.mentions import Tracked, extract, track
from monitor.ranking import Outline, read_outline
from monitor.types import Brand, Fact, FactType, JudgedBy, Judgement, Verdict

RULES_VERSION = "f4"
"""Raised whenever a change of this package changes a verdict."""

_GRAVITY = (Verdict.INCORRECT, Verdict.OUTDATED, Verdict.CORRECT, Verdict.UNVERIFIABLE)
_GERMAN = re.compile(
    r"\b(?:der|die|das|den|dem|und|oder|ist|sind|für|nicht|eine?[nrms]?|mit|von|zu|im|auf|gibt|"
    r"kostet|wurde|bei|seit|kein\w*|es|sich|auch)\b|\w*[äöüß]\w*",
    re.IGNORECASE,
)


def check_facts(
    text: str,
    facts: Sequence[Fact],
    tracked: Tracked | Sequence[Brand],
    asked_on: date,
    lang: str | None,
    *,
    question: str = "",
) -> tuple[Judgement, ...]:
    """One judgement per fact, in the order of the facts; pure, the same for the same input.

    A value counts where it stands near the fact's subject and is said of the fact's brand. Spans
    are of the raw `text`. `lang` None is guessed. `question` helps where the answer itself names
    nobody: what it says is then of the one brand that the question names.
    """
    matcher = tracked if isinstance(tracked, Tracked) else track(tracked)
    spoken = (lang or guessed_lang(text)).split("-")[0].lower()
    outline = read_outline(text)
    own_words = frozenset(w for t in all_terms(facts, spoken) for w in t.lower().split())
    names = names_in(outline, matcher, spoken, own_words)
    found = passages(outline, names, own_words, asked_of(question, matcher))
    readings = {
        brand: Reading(
            tuple(p for p in found if _may_speak_of(p, brand)),
            found,
            spoken,
            asked_on,
            all_terms(facts, spoken),
        )
        for brand in {fact.brand for fact in facts}
    }
    return tuple(_judgement(fact, readings[fact.brand], outline) for fact in facts)


def _may_speak_of(passage: Passage, brand: str) -> bool:
    """Whether anything in the passage can be said of the brand; questions say nothing."""
    named = passage.topic == brand or any(name.brand == brand for name in passage.names)
    return named and not passage.is_question


def guessed_lang(text: str) -> str:
    """ "de" or "en", by common words."""
    return "de" if len(_GERMAN.findall(text)) > 0.15 * max(1, len(text.split())) else "en"


def asked_of(question: str, matcher: Tracked) -> str | None:
    """The one tracked brand that a question names, None if there's none or several.

    An answer that names neither this brand nor any other may still speak of it.
    """
    if not question:
        return None
    visible = [m.brand for m in extract(question, matcher).mentions if m.spans]
    return visible[0] if len(visible) == 1 else None


def _number_claims(fact: Fact, reading: Reading) -> Iterator[Claim]:
    yield from promise_claims(fact, reading)
    yield from year_claims(fact, reading) if is_year(fact) else amount_claims(fact, reading)


def _with_promises(
    claims: Callable[[Fact, Reading], Iterator[Claim]],
) -> Callable[[Fact, Reading], Iterator[Claim]]:
    def both(fact: Fact, reading: Reading) -> Iterator[Claim]:
        yield from promise_claims(fact, reading)
        yield from claims(fact, reading)

    return both


_CLAIMS: Mapping[FactType, Callable[[Fact, Reading], Iterator[Claim]]] = {
    FactType.NUMBER: _number_claims,
    FactType.MONEY: _with_promises(amount_claims),
    FactType.DATE: _with_promises(date_claims),
    FactType.VERSION: _with_promises(version_claims),
    FactType.BOOLEAN: boolean_claims,
    FactType.ONE_OF: _with_promises(one_of_claims),
    FactType.SET: set_claims,
    FactType.TEXT: text_claims,
}


def _judgement(fact: Fact, reading: Reading, outline: Outline) -> Judgement:
    """The gravest claim decides: an answer that says both the true and a false value is wrong."""
    claims = list(_CLAIMS[fact.value.type](fact, reading))
    if not claims:
        return Judgement(fact.fact_id, Verdict.NOT_STATED, JudgedBy.RULES, RULES_VERSION)
    worst = min(claims, key=lambda claim: (_GRAVITY.index(claim.verdict), not claim.promise))
    span = outline.raw_span(worst.start, worst.end)
    return Judgement(
        fact.fact_id,
        worst.verdict,
        JudgedBy.RULES,
        RULES_VERSION,
        span,
        outline.raw[span.start : span.end],
        round(worst.confidence, 2),
        worst.promise,
        worst.note,
    )
