"""Prints how well planted falsehoods are found by the rules alone, without any judge.

    python tests/benchmarks/facts.py [--answers 2400] [--misses]

Answers come from the simulated market with the demo's fact sheet, in both languages and all
layouts. *sheet*: each truth and falsehood worded as the sheet's own statement. *varied*: the same
values worded in many other ways (`fact_wordings.py`), with rivals' values, old values, ranges and
denials beside them. Recall and precision are of `incorrect`, over all typed facts.
"""

import argparse
import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from fact_wordings import varied_statements
from rich.console import Console
from rich.table import Table

from monitor import catalog
from monitor.facts import check_facts
from monitor.mentions import track
from monitor.simulator import EventKind, Market, PlantedEvent, Statement, statements_from
from monitor.simulator.answers import SimulatedAnswer
from monitor.simulator.texts.writer import CitationMarks
from monitor.stats import wilson
from monitor.types import Fact, FactType, Intent, Judgement, Question, Verdict

PROJECT = Path(__file__).parents[2]
START = date(2026, 9, 21)
FALSE = 0.35
"""How often a planted claim is false: often, so that precision and recall rest on many."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One fact in one answer: what was planted (None: nothing) and what the rules said."""

    fact: Fact
    lang: str
    planted: bool | None
    judgement: Judgement
    answer: SimulatedAnswer


def market(found: catalog.Catalog, statements: Sequence[Statement]) -> Market:
    """The demo's market with one branded question more per fact, so that claims are frequent."""
    pack = found.packs["demo"]
    asking = tuple(
        Question(
            f"about-{statement.fact_id}",
            Intent.FACT,
            text={
                "en": f"Tell me about {pack.own} ({statement.fact_id}).",
                "de": f"Was weißt du über {pack.own} ({statement.fact_id})?",
            },
            facts=(statement.fact_id,),
            branded=True,
        )
        for statement in statements
    )
    engines = found.engines_of(pack)
    return Market(
        dataclasses.replace(pack, questions=(*pack.questions, *asking)),
        found.brands_of(pack),
        engines,
        seed=3,
        start=START,
        planted=tuple(
            PlantedEvent(EventKind.WRONG_FACT, -9, engine.engine_id, shift=FALSE, fact_id=s.fact_id)
            for engine in engines
            for s in statements
        ),
        statements=tuple(statements),
    )


def outcomes(
    found: catalog.Catalog, statements: Sequence[Statement], count: int
) -> Iterator[Outcome]:
    """Every typed fact in `count` answers, half of them in each language."""
    drawn, pack = market(found, statements), found.packs["demo"]
    facts = [f for f in found.facts_of(pack) if f.value.type is not FactType.TEXT]
    tracked, marks = track(found.brands_of(pack)), list(CitationMarks)
    questions = drawn.pack.questions
    for i in range(count):
        lang, question = ("en", "de")[i % 2], questions[i // 2 % len(questions)]
        day, engine = START + timedelta(days=i % 84), drawn.engines[i % len(drawn.engines)]
        answer = drawn.answer(engine, question.text[lang], day, str(i), marks=marks[i // 3 % 4])
        planted = {claim.fact_id: claim.correct for claim in answer.claims}
        judged = check_facts(answer.text, facts, tracked, day, lang, question=question.text[lang])
        for fact, judgement in zip(facts, judged, strict=True):
            yield Outcome(fact, lang, planted.get(fact.fact_id), judgement, answer)


def print_tables(title: str, results: Sequence[Outcome], console: Console) -> None:
    """Recall and precision by language and by type of fact."""
    for name, key in (("language", lambda o: o.lang), ("type", lambda o: o.fact.value.type.value)):
        table = Table(name, "claims", "false", "found", "recall", "precision", "correct as correct")
        table.title = f"{title}: falsehoods found, by {name}"
        for group in [*sorted({key(o) for o in results}), "all"]:
            chosen = [o for o in results if group in ("all", key(o))]
            table.add_row(group, *_figures(chosen))
        console.print(table)


def _figures(results: Sequence[Outcome]) -> tuple[str, ...]:
    claims = [o for o in results if o.planted is not None]
    false = [o for o in claims if not o.planted]
    called = [o for o in results if o.judgement.verdict is Verdict.INCORRECT]
    right = [o for o in called if o.planted is False]
    true = [o for o in claims if o.planted]
    confirmed = [o for o in true if o.judgement.verdict is Verdict.CORRECT]
    return (
        str(len(claims)),
        str(len(false)),
        str(len(right)),
        _share(len(right), len(false)),
        _share(len(right), len(called)),
        _share(len(confirmed), len(true)),
    )


def _share(hits: int, of: int) -> str:
    if not of:
        return "–"
    interval = wilson(hits, of)
    return f"{hits / of:.3f} ({interval.low:.3f}–{interval.high:.3f})"


def print_misses(results: Sequence[Outcome], console: Console, most: int = 40) -> None:
    """What was read otherwise than it was planted, most frequent kinds first."""
    kinds: Counter[tuple[str, str, str, str]] = Counter()
    shown = 0
    for o in results:
        wanted = {None: "nothing", True: "correct", False: "incorrect"}[o.planted]
        got = o.judgement.verdict.value
        if got == wanted or (wanted == "nothing" and got in ("not_stated", "unverifiable")):
            continue
        kinds[o.fact.fact_id, o.lang, wanted, got] += 1
        if kinds[o.fact.fact_id, o.lang, wanted, got] <= 2 and shown < most:
            shown += 1
            said = [
                o.answer.text[c.span.start : c.span.end]
                for c in o.answer.claims
                if c.fact_id == o.fact.fact_id
            ]
            console.print(
                f"{o.fact.fact_id} {o.lang}: {wanted} → {got}", said, repr(o.judgement.quote)
            )
    for kind, n in kinds.most_common():
        console.print(n, *kind)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=2400)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    console, found = Console(width=100), catalog.load(PROJECT)
    facts = found.facts_of(found.packs["demo"])
    sets: dict[str, Callable[[], tuple[Statement, ...]]] = {
        "sheet": lambda: statements_from(facts, 3),
        "varied": lambda: varied_statements(facts[0].brand),
    }
    for title, statements in sets.items():
        results = list(outcomes(found, statements(), options.answers))
        print_tables(title, results, console)
        if options.misses:
            print_misses(results, console)


if __name__ == "__main__":
    main()
