"""The dashboard's made-up store with answers that speak of facts, judged, and a fact sheet."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from dashboard_store import FIRST_SLOT, HOSTILE, OWN, PACK, Size, filled, measure
from judged_store import NOW, Row, add_judgements, release_facts

from monitor.store import Store, ingest
from monitor.types import Answer, AnswerStatus, Intent, Question

PRICE = f"{OWN} costs 29 euros a month for up to 50 berths."
LONG = "\n\n".join(
    [f"**{OWN}** keeps berths, guests and invoices in one place.", *["It is praised a lot."] * 25]
)
_FILES = {
    "engines.yaml": """\
engines:
  - {id: alpha-chat, model: openai/alpha, simulated: true}
""",
    "brands/harbour.yaml": """\
brands:
  - {name: Harbourlight, domains: [harbourlight.example]}
  - {name: Quaymaster}
""",
    "packs/harbour.yaml": """\
title: Harbours
own: Harbourlight
competitors: [Quaymaster]
engines: [alpha-chat]
locales: [en-GB]
questions:
  - {id: q00, intent: discovery, text: {en: Which product is best for berth booking?}}
""",
    "facts/harbour.yaml": """\
brand: Harbourlight
facts:
  - id: price
    statement: {en: Harbourlight costs 39 euros a month., de: Harbourlight kostet 39 Euro im Monat.}
    subject: {en: [costs, price], de: [kostet, Preis]}
    value: {type: money, value: 39, currency: EUR}
    previous: [35]
    valid_from: 2026-01-01
    severity: critical
    source: https://harbourlight.example/pricing
  - id: founded
    statement: {en: Harbourlight was founded in 2011., de: Harbourlight wurde 2011 gegründet.}
    subject: {en: [founded], de: [gegründet]}
    value: {type: number, value: 2011, unit: year}
    severity: minor
""",
}
_QUESTION = Question("q00", Intent.TRUST, {"en": "What does Harbourlight cost?"}, branded=True)


def reviewable(project: Path, size: Size | None = None) -> Store:
    """Three contradicted prices, a hostile answer among them, a doubt, and what rules settled."""
    for name, text in _FILES.items():
        path = project / "prompts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    store = filled(project, size or Size(weeks=2, questions=2, engines=2))
    said = {
        "said-0": f"{HOSTILE} {PRICE}",
        "said-1": PRICE,
        "said-2": f"{LONG}\n\n{PRICE}",
        "said-3": f"{OWN} was founded in 2009, some say.",
        **{f"said-{n}": f"{OWN} was founded in 2011." for n in range(4, 10)},
    }
    answers = [
        Answer(
            name, "What does *Harbourlight* <b>cost</b>?", "alpha-chat",
            FIRST_SLOT + timedelta(minutes=n), AnswerStatus.OK, text, pack=PACK, question_id="q00",
            locale="en-GB", simulated=True,
        )
        for n, (name, text) in enumerate(said.items())
    ]  # fmt: skip
    store.journal.append(answers, NOW)
    ingest(store, NOW)
    measure(store, (_QUESTION, replace(_QUESTION, question_id="q01")))
    add_judgements(store, [_judged(name, text) for name, text in said.items()])
    with store.writing("a test") as con:
        release_facts(con, NOW, PACK)
    return store


def _judged(name: str, text: str) -> Row:
    quote = next(q for q in ("29 euros a month", "founded in 2009", "founded in 2011") if q in text)
    fact, verdict, sure = {
        "29 euros a month": ("price", "incorrect", 0.95),
        "founded in 2009": ("founded", "incorrect", 0.6),
        "founded in 2011": ("founded", "correct", 0.95),
    }[quote]
    start = text.index(quote)
    return Row(
        name, fact, verdict, engine="alpha-chat", pack=PACK, confidence=sure, quote=quote,
        span_start=start, span_end=start + len(quote), locale="en-GB", question_id="q00",
    )  # fmt: skip
