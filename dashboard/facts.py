"""Facts in words: statements, verdicts, who judged, and the answers behind them."""

from collections.abc import Mapping, Sequence
from html import escape

from dashboard import blocks, data, formats
from dashboard.frame import Scope
from monitor.queries import AnswerVerdict, Quote
from monitor.types import Severity, Verdict

SAYS: Mapping[str, tuple[Verdict, ...]] = {
    "wrong": (Verdict.INCORRECT, Verdict.OUTDATED),
    "right": (Verdict.CORRECT,),
    "stated": (Verdict.CORRECT, Verdict.INCORRECT, Verdict.OUTDATED),
    "left_out": (Verdict.NOT_STATED,),
    "open": (Verdict.UNVERIFIABLE,),
}
"""What answers may say of a fact, as URLs name it."""
_MARKS = {
    Verdict.CORRECT: "right",
    Verdict.INCORRECT: "wrong",
    Verdict.OUTDATED: "wrong",
}


def mark(verdict: Verdict) -> str:
    """How words with this verdict are marked in an answer."""
    return _MARKS.get(verdict, "open")


def verdict(now: Scope, found: Verdict) -> str:
    """The verdict with its colour, as HTML."""
    return blocks.state(found.value, now.words.of("verdict", found.value))


def severity(now: Scope, found: Severity) -> str:
    """How bad an error is, as HTML."""
    label = now.words.of("severity", found.value)
    return blocks.chip(escape(label), kind=found.value)


def statement(by_lang: Mapping[str, str], fact_id: str, lang: str) -> str:
    """What the sheet says, in the page's language where it can; else the fact's id."""
    return by_lang.get(lang) or next(iter(by_lang.values()), fact_id)


def judged_by(now: Scope, found: AnswerVerdict) -> str:
    """Who says so, under which version, and what became of it in review."""
    words = now.words
    who = words.of("method", found.method)
    if found.method == "person":
        machine = words.of("verdict", found.machine_verdict.value)
        return words("facts.by.person", name=found.reviewer, machine=machine, by=found.judged_by)
    unsure = f" {words('facts.unsure', name=found.reviewer)}" if found.unsure else ""
    return f"{who} {found.judged_by}{unsure}"


def says_text(now: Scope, fact_id: str, says: str) -> str:
    """Which answers a list holds, in words."""
    known = {line.fact.fact_id: line.fact for line in data.fact_lines(now.version, now.view)}
    fact = known.get(fact_id)
    about = fact.wording(now.lang) if fact else fact_id or now.words("facts.any")
    return now.words(f"facts.says.{says}", fact=about)


def quotes(now: Scope, found: Sequence[Quote]) -> str:
    """Quotes as HTML, each opening the answer that it stands in."""
    return "".join(quote(now, one.answer_id, one.quote) for one in found)


def quote(now: Scope, answer_id: str, text: str) -> str:
    """A quote as HTML that opens its answer, between the marks of the page's language."""
    opened = blocks.link("answer", now.params(answer=answer_id), text)
    return f'<q lang="{now.lang}">{opened}</q>'


def counted(now: Scope, number: int, fact_id: str, says: str, **more: str) -> str:
    """A number of answers as HTML that opens them."""
    label = formats.decimal(number, now.lang)
    return blocks.link("answers", now.params(fact=fact_id, says=says, **more), label)
