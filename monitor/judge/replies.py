"""Reads a judge's reply: validated, held against the answer, turned into records of ours.

A reply that isn't usable is unscored and says why; a single verdict that isn't (a fact that nobody
asked about, one judged twice) leaves the others standing. A quote that isn't literally in the
answer makes its verdict unverifiable.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from monitor.judge.quotes import quote_span
from monitor.types import JudgedBy, Judgement, Span, Verdict

_CODE_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(?P<body>.*?)\n?```\s*\Z", re.DOTALL)
MOST_CLAIMS = 30
"""More claims than this in one reply are cut off, with a problem that says so."""


class Sentiment(StrEnum):
    """The tone in which an answer speaks of the brand."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"
    NOT_MENTIONED = "not_mentioned"


class Recommendation(StrEnum):
    """What an answer advises about the brand."""

    RECOMMENDED = "recommended"
    RIVAL_PREFERRED = "rival_preferred"
    ADVISED_AGAINST = "advised_against"
    NONE = "none"


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FactVerdictShape(_Shape):
    """The judge's verdict on one fact."""

    fact_id: str
    verdict: Verdict
    quote: str = Field(description="words of the answer, exactly as they stand there, or empty")
    confidence: float = Field(ge=0, le=1)


class ClaimShape(_Shape):
    """A checkable claim about the brand that no fact covers."""

    claim: str = Field(min_length=1, max_length=400)
    quote: str


class JudgeReply(_Shape):
    """What a judge has to answer; goes out as the schema of its reply."""

    sentiment: Sentiment
    recommendation: Recommendation
    facts: list[FactVerdictShape]
    claims: list[ClaimShape]


@dataclass(frozen=True, slots=True)
class UncoveredClaim:
    """A claim about the brand that no fact covers, with its place in the answer."""

    claim: str
    quote: str
    span: Span


@dataclass(frozen=True, slots=True)
class JudgeScore:
    """What a reply is worth.

    `judgements` are of facts that were asked, in that order; `unscored` facts got no usable
    verdict. `sentiment` and `recommendation` None: the whole reply is unusable, and `problems` say
    why. The raw reply is for the caller to keep.
    """

    judgements: tuple[Judgement, ...]
    unscored: tuple[str, ...]
    claims: tuple[UncoveredClaim, ...] = ()
    sentiment: Sentiment | None = None
    recommendation: Recommendation | None = None
    problems: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether anything of the reply counts."""
        return self.sentiment is not None


def read_reply(reply: str, answer: str, fact_ids: Sequence[str], version: str) -> JudgeScore:
    """The score in a judge's reply about `answer`, asked about these facts.

    `version` is stored with every judgement: the template's label and the judge's model.
    """
    parsed = _parsed(reply)
    if isinstance(parsed, str):
        return JudgeScore((), tuple(fact_ids), problems=(parsed,))
    problems = list(_fact_problems(parsed.facts, fact_ids))
    usable = _usable(parsed.facts, fact_ids)
    judgements = tuple(_judgement(usable[f], answer, version) for f in fact_ids if f in usable)
    claims = tuple(_uncovered(parsed.claims[:MOST_CLAIMS], answer))
    lost = min(len(parsed.claims), MOST_CLAIMS) - len(claims)
    if lost:
        problems.append(f"{lost} claims left out: their quotes aren't in the answer")
    if len(parsed.claims) > MOST_CLAIMS:
        problems.append(f"{len(parsed.claims) - MOST_CLAIMS} claims too many left out")
    return JudgeScore(
        judgements,
        tuple(fact_id for fact_id in fact_ids if fact_id not in usable),
        claims,
        parsed.sentiment,
        parsed.recommendation,
        tuple(problems),
    )


def _parsed(reply: str) -> JudgeReply | str:
    """The reply as it should be, or why it isn't."""
    body = _CODE_FENCE.match(reply)
    try:
        return JudgeReply.model_validate_json(body["body"] if body else reply)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "reply"
        more = f" and {error.error_count() - 1} more" if error.error_count() > 1 else ""
        return f"unusable reply: {where}: {first['msg']}{more}"


def _fact_problems(shapes: Iterable[FactVerdictShape], asked: Collection[str]) -> Iterable[str]:
    counts = Counter(shape.fact_id for shape in shapes)
    others = sorted(fact_id for fact_id in counts if fact_id not in asked)
    twice = sorted(fact_id for fact_id, n in counts.items() if n > 1 and fact_id in asked)
    missing = [fact_id for fact_id in asked if fact_id not in counts]
    if others:
        yield f"judged facts that weren't asked: {len(others)}"
    if twice:
        yield f"judged twice, so unscored: {', '.join(twice)}"
    if missing:
        yield f"not judged: {', '.join(missing)}"


def _usable(
    shapes: Iterable[FactVerdictShape], asked: Collection[str]
) -> dict[str, FactVerdictShape]:
    """The one verdict on each fact that has one."""
    listed = list(shapes)
    counts = Counter(shape.fact_id for shape in listed)
    return {s.fact_id: s for s in listed if s.fact_id in asked and counts[s.fact_id] == 1}


def _judgement(shape: FactVerdictShape, answer: str, version: str) -> Judgement:
    span = None if shape.verdict is Verdict.NOT_STATED else quote_span(answer, shape.quote)
    verdict, note = shape.verdict, ""
    if span is None and verdict is not Verdict.NOT_STATED:
        verdict, note = Verdict.UNVERIFIABLE, "the judge's quote isn't in the answer"
    return Judgement(
        shape.fact_id,
        verdict,
        JudgedBy.JUDGE,
        version,
        span,
        answer[span.start : span.end] if span else "",
        shape.confidence,
        note=note,
    )


def _uncovered(shapes: Iterable[ClaimShape], answer: str) -> Iterable[UncoveredClaim]:
    for shape in shapes:
        span = quote_span(answer, shape.quote)
        if span is not None:
            yield UncoveredClaim(shape.claim, answer[span.start : span.end], span)
