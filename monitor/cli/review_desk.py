"""One person at one terminal: an item is shown, a key is taken, the next one follows."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from monitor.cli.terminal import Terminal, printable
from monitor.errors import InputError
from monitor.queries import review_page, review_work
from monitor.store import Decision, Store, claim_review, decide, release_review, take_back
from monitor.types import ReviewSample, Verdict

if TYPE_CHECKING:
    from monitor.queries import ReviewPage, ReviewWork
    from monitor.reviews import ReviewItem
    from monitor.types import Fact

VERDICTS: Mapping[str, str] = {
    Verdict.CORRECT: "true",
    Verdict.INCORRECT: "false",
    Verdict.OUTDATED: "outdated",
    Verdict.NOT_STATED: "not stated",
    Verdict.UNVERIFIABLE: "can't be told",
}
"""Verdicts in a person's words, in the order of their keys 1 to 5."""
REASONS = {
    "critical": "contradicts a critical fact",
    "disagreement": "rules, judges or answers to the same question disagree",
    "uncertain": "the machine isn't sure",
    "contradiction": "contradicts a fact",
    "open": "the machine can't tell",
    "random": "drawn at random, so what the machine said is hidden",
    "chosen": "you took your verdict back",
}
"""Why an item is shown, by the reason's name."""
_NUMBERED = {str(number): Verdict(name) for number, name in enumerate(VERDICTS, start=1)}
_CHOICES = ", ".join(f"{key} {VERDICTS[verdict]}" for key, verdict in _NUMBERED.items())
_MORE = "[u]nsure, [s]kip, [n]ote, [z] undo, [q]uit"
_END = "\x04"


def said(verdict: Verdict | None) -> str:
    """A person's verdict in words."""
    return VERDICTS[verdict] if verdict else "unsure"


@dataclass(slots=True)
class Desk:
    """What a reviewer has before them in a pack: its queue, and what they skipped."""

    out: Terminal
    store: Store
    pack: str
    reviewer: str
    sheet: "Mapping[str, Fact]"
    skipped: set[tuple[tuple[str, str], ReviewSample]] = field(default_factory=set)

    def work(self) -> "ReviewWork":
        """What waits in the pack now."""
        severities = {fact_id: fact.severity for fact_id, fact in self.sheet.items()}
        return review_work(self.store, self.pack, severities)

    def claim(self) -> "ReviewItem | None":
        """The next free item, claimed for the reviewer."""
        return claim_review(self.store, self._left(), self.reviewer, datetime.now(UTC))

    def record(self, item: "ReviewItem", page: "ReviewPage") -> dict[str, object]:
        """An item for programs; a random one without what the machine said."""
        fact, answer = self.sheet.get(item.fact_id), page.answer.answer
        hidden = item.sample is ReviewSample.RANDOM
        return {
            "answer_id": item.answer_id,
            "fact_id": item.fact_id,
            "reason": item.reason,
            "severity": fact.severity if fact else None,
            "engine": answer.engine,
            "locale": answer.locale,
            "asked_at": answer.asked_at,
            "question": answer.question,
            "machine_verdict": None if hidden else page.machine.verdict,
            "machine_version": None if hidden else page.machine.version,
            "quote": None if hidden else page.machine.quote,
            "sheet": fact.wording(answer.cell.lang) if fact else None,
        }

    def sit(self) -> bool:
        """Show items and take verdicts until nothing is left or the person stops.

        False if there was nothing to show.
        """
        item = first = self.claim()
        while item is not None:
            page = review_page(self.store, *item.key)
            self._show(item, page)
            item = self._settled(item, page)
        return first is not None

    def _left(self) -> "list[ReviewItem]":
        return [i for i in self.work().queue if (i.key, i.sample) not in self.skipped]

    def _show(self, item: "ReviewItem", page: "ReviewPage") -> None:
        answer, record = page.answer.answer, self.record(item, page)
        lines = [
            "",
            f"{answer.engine} · {answer.locale} · {answer.asked_at:%Y-%m-%d} · {item.answer_id}",
            f"Asked:          {answer.question}",
            "",
            _marked(item, page),
            "",
            f"Why this one:   {REASONS[item.reason]}",
        ]
        if record["machine_verdict"]:
            lines += [
                f"They say:       {page.machine.quote or '(nothing found on this)'}",
                f"The machine:    {said(page.machine.verdict)} (by {page.machine.version})",
            ]
        sheet = f"{record['sheet']} ({record['severity']})" if record["sheet"] else "–"
        lines.append(f"The sheet says: {sheet}")
        typer.echo("\n".join(map(printable, lines)))

    def _settled(self, item: "ReviewItem", page: "ReviewPage") -> "ReviewItem | None":
        """Take keys until one settles the item, and return the next item."""
        hidden = item.sample is ReviewSample.RANDOM
        verdicts = {"u": None} | (_NUMBERED if hidden else {"a": page.machine.verdict})
        prompt = f"{_CHOICES}, {_MORE}: " if hidden else f"[a]gree, [w]rong, {_MORE}: "
        note = ""
        while True:
            key = _key(prompt)
            if key in verdicts:
                return self._decided(item, verdicts[key], note)
            if key == "w" and not hidden:
                if chosen := _NUMBERED.get(number := _key(f"{_CHOICES}: ")):
                    return self._decided(item, chosen, note)
                self._not_a_key(number)
            elif key == "n":
                note = _line("Note: ")
            elif key == "z":
                if again := self._taken_back():
                    release_review(self.store, item, self.reviewer)
                    return again
            elif key in ("s", "q", _END):
                release_review(self.store, item, self.reviewer)
                self.skipped.add((item.key, item.sample))
                return self.claim() if key == "s" else None
            else:
                self._not_a_key(key)

    def _not_a_key(self, key: str) -> None:
        self.out.warn(f"{key!r} is none of the keys; take one of those that are named")

    def _taken_back(self) -> "ReviewItem | None":
        try:
            last, again = take_back(self.store, self.reviewer, datetime.now(UTC))
        except InputError as e:
            self.out.warn(str(e))
            return None
        typer.echo(f"took back: {said(last.verdict)}")
        return again

    def _decided(
        self, item: "ReviewItem", verdict: Verdict | None, note: str
    ) -> "ReviewItem | None":
        now = datetime.now(UTC)
        review = decide(self.store, Decision(item, verdict, self.reviewer, note), now).review
        machine = said(review.machine_verdict) if review.machine_verdict else "nothing"
        typer.echo(f"kept: {said(verdict)}; the machine said: {machine}")
        return self.claim()


def _marked(item: "ReviewItem", page: "ReviewPage") -> str:
    """The answer with the machine's evidence between » and «; a random item shows none."""
    text, span = page.answer.answer.text, page.machine.span
    if span is None or item.sample is ReviewSample.RANDOM:
        return text
    return f"{text[: span.start]}»{text[span.start : span.end]}«{text[span.end :]}"


def _key(prompt: str) -> str:
    """One key on a terminal, the first letter of a line elsewhere; `_END` when input is over."""
    if not sys.stdin.isatty():
        line = _line(prompt)
        return line[:1].lower()
    typer.echo(prompt, nl=False)
    key = typer.getchar().lower()
    typer.echo(key if key.isprintable() else "")
    return key


def _line(prompt: str) -> str:
    typer.echo(prompt, nl=False)
    line = sys.stdin.readline()
    if not sys.stdin.isatty():
        typer.echo("")
    return line.strip() if line else _END
