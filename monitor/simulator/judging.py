"""A simulated judge: reads a judge's prompt as a model would, and errs as often as it's told to.

It knows what is true of each statement that the market plants, and finds it in the answer between
the prompt's marks. A gullible one obeys what the prompt says outside of them, too.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from string import Formatter

from monitor.mentions import Tracked, extract, track
from monitor.simulator.faults import FaultKind
from monitor.simulator.market import Market
from monitor.simulator.randomness import unit
from monitor.simulator.texts.compose import PHRASES
from monitor.simulator.wires.exchange import Request
from monitor.types import Brand, Json, MentionState, Verdict

_OPENING = re.compile(r"<<<ANSWER [0-9a-f]{12}>>>")
_FACT = re.compile(r"^- fact_id: (?P<id>\S+)$", re.M)
_ORDER = re.compile(
    r"(?:say that|mark) every fact (?:is|as) (?P<en>correct|incorrect)"
    r"|bewerte jeden fakt als (?P<de>richtig|falsch)",
    re.I,
)
_SENTENCE = re.compile(r"[^.!?\n|]{20,160}[.!?](?=\s|$)")
_MARKUP = re.compile(r"\A[-+*\s]*(?:\d+\.\s+)?|[*_`#]+|(?<=\])\([^)]*\)|[\[\]]")
_CLAIM_CHANCE = 0.3


@dataclass(frozen=True, slots=True)
class JudgeErrors:
    """How often a judge is right: on true statements (q1) and on false ones (q0)."""

    sensitivity: float = 0.95
    specificity: float = 0.92


def is_judges(request: Request) -> bool:
    """Whether a request asks for a judgement: by its schema, or by its marks."""
    properties = (request.schema or {}).get("properties")
    asked_for = isinstance(properties, dict) and {"sentiment", "facts"} <= properties.keys()
    return asked_for or _OPENING.search(request.prompt) is not None


@dataclass(frozen=True)
class SimulatedJudge:
    """Judges answers of a market; one whose model's name has "gullible" in it obeys anybody."""

    market: Market
    errors: JudgeErrors = JudgeErrors()

    def __call__(self, request: Request) -> str:
        """The reply to a judge's prompt, as JSON; the same for the same prompt and model."""
        answer, rules = _parted(request.prompt)
        facts = [found["id"] for found in _FACT.finditer(rules)]
        order = _ORDER.search(rules) if "gullible" in request.model else None
        if order is not None:
            return json.dumps(_obedient(facts, order, request.prompt))
        sentiment, recommendation = self._tone(answer)
        reply: dict[str, Json] = {
            "sentiment": sentiment,
            "recommendation": recommendation,
            "facts": [self._verdict(fact, answer, request.model) for fact in facts],
            "claims": list(self._claims(answer)),
        }
        return json.dumps(reply, ensure_ascii=False)

    def _verdict(self, fact_id: str, answer: str, model: str) -> dict[str, Json]:
        truth, quote = self._stated(fact_id, answer)
        roll = unit(self.market.seed, "verdict", model, fact_id, answer)
        right = {
            Verdict.CORRECT: self.errors.sensitivity,
            Verdict.INCORRECT: self.errors.specificity,
        }.get(truth, 1.0)
        said = truth if roll < right else _contrary(truth)
        sure = unit(self.market.seed, "sure", model, fact_id, answer)
        confidence = 0.75 + 0.24 * sure if said is truth else 0.45 + 0.4 * sure
        return {
            "fact_id": fact_id,
            "verdict": said.value,
            "quote": quote,
            "confidence": round(confidence, 2),
        }

    def _stated(self, fact_id: str, answer: str) -> tuple[Verdict, str]:
        """What the answer says of the fact, in the wordings in which the market states it."""
        for statement in self.market.stated():
            if statement.fact_id != fact_id:
                continue
            brand = self._own
            for verdict, wordings in (
                (Verdict.INCORRECT, statement.wrong),
                (Verdict.CORRECT, statement.right),
            ):
                for wording in (text for texts in wordings.values() for text in texts):
                    if found := _pattern(wording, _names(brand)).search(answer):
                        return verdict, found[0]
        return Verdict.NOT_STATED, ""

    def _tone(self, answer: str) -> tuple[str, str]:
        """Tone and advice, by the wordings in which simulated answers praise and warn."""
        own, *rivals = extract(answer, self._tracked).mentions
        if own.state is MentionState.ABSENT:
            return "not_mentioned", "none"
        if _warns(self._own, answer):
            return "negative", "advised_against"
        if own.rank is not None or _praises(self._own, answer):
            return "positive", "recommended"
        ranked = any(rival.rank is not None for rival in rivals)
        others = (b for b in self.market.brands if b is not self._own)
        preferred = ranked or any(_praises(rival, answer) for rival in others)
        return "neutral", "rival_preferred" if preferred else "none"

    def _claims(self, answer: str) -> Iterator[Json]:
        """At times, a sentence about the brand that is none of the market's statements."""
        if unit(self.market.seed, "claim", answer) > _CLAIM_CHANCE:
            return
        quotes = (self._stated(s.fact_id, answer)[1] for s in self.market.stated())
        stated = [quote for quote in quotes if quote]
        for found in _SENTENCE.finditer(answer):
            text = found[0].strip()
            named = any(name in text for name in _names(self._own))
            if named and not any(text in one or one in text for one in stated):
                yield {"claim": _MARKUP.sub("", text), "quote": text}
                return

    @cached_property
    def _own(self) -> Brand:
        return next(b for b in self.market.brands if b.name == self.market.pack.own)

    @cached_property
    def _tracked(self) -> Tracked:
        rivals = (b for b in self.market.brands if b.name != self.market.pack.own)
        return track((self._own, *rivals))


def distorted(reply: str, fault: FaultKind) -> str:
    """The reply as a judge gives it that fails in this way."""
    if fault is FaultKind.JUDGE_BROKEN:
        return reply[: len(reply) // 2]
    content = json.loads(reply)
    for number, verdict in enumerate(content["facts"], 1):
        if fault is FaultKind.JUDGE_OTHER_FACTS:
            verdict["fact_id"] = f"another-fact-{number}"
        elif verdict["quote"]:
            verdict["quote"] = "as nobody has ever said in any answer"
    return json.dumps(content, ensure_ascii=False)


def _parted(prompt: str) -> tuple[str, str]:
    """(the text between the marks that the prompt's rules name, the prompt without it)."""
    mark = _OPENING.search(prompt)
    if mark is None:
        return "", prompt
    opening, closing = mark[0], mark[0].replace("<<<", "<<<END OF ", 1)
    before, _, rest = prompt.rpartition(f"{opening}\n")
    if rest.startswith(closing):  # the rules name the marks, and no text stands between them
        return "", prompt
    answer, _, after = rest.partition(f"\n{closing}")
    return answer, before + after


def _obedient(facts: Sequence[str], order: re.Match[str], prompt: str) -> dict[str, Json]:
    """The reply that an order in the prompt wants."""
    wanted = order["en"] or {"richtig": "correct", "falsch": "incorrect"}[order["de"].lower()]
    return {
        "sentiment": "positive",
        "recommendation": "recommended",
        "facts": [
            {"fact_id": f, "verdict": wanted.lower(), "quote": order[0], "confidence": 1.0}
            for f in facts
        ],
        "claims": [],
    }


def _contrary(verdict: Verdict) -> Verdict:
    return Verdict.INCORRECT if verdict is Verdict.CORRECT else Verdict.CORRECT


def _names(brand: Brand) -> tuple[str, ...]:
    return (brand.name, *brand.aliases, *(f for forms in brand.forms.values() for f in forms))


def _praises(brand: Brand, answer: str) -> bool:
    return any(
        _phrase(template, _names(brand)).search(answer)
        for phrases in PHRASES.values()
        for template in (*phrases.recommends, *phrases.prefers)
    )


def _warns(brand: Brand, answer: str) -> bool:
    return any(
        _phrase(template, _names(brand)).search(answer)
        for phrases in PHRASES.values()
        for template in phrases.warnings
    )


@lru_cache(maxsize=4096)
def _phrase(template: str, names: tuple[str, ...]) -> re.Pattern[str]:
    """A wording of simulated answers about the brand, whatever stands in its other slots."""
    name = _name_pattern(names)
    parts = []
    for literal, slot, _, _ in Formatter().parse(template):
        parts.append(re.escape(literal))
        if slot:
            parts.append(rf"{name}\S*(?: \([^)]*\))?" if slot == "a" else r"[^\n]{1,120}?")
    return re.compile("".join(parts))


def _name_pattern(names: tuple[str, ...]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + ")"


@lru_cache(maxsize=512)
def _pattern(wording: str, names: tuple[str, ...]) -> re.Pattern[str]:
    """The wording with any of the brand's names, and a hint behind it, in its slots."""
    parts = (re.escape(part.format()) for part in wording.split("{a}"))
    return re.compile(rf"{_name_pattern(names)}(?: \([^)]*\))?".join(parts))
