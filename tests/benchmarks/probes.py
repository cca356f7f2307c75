"""Prints measured scores over probes against the simulator's truth.

    python tests/benchmarks/probes.py [--waves 200] [--repeats 2] [--misses]

Every wave asks the whole set for each typed fact of the demo's sheet, in both languages, on four
simulated engines with tempers of their own. The rules alone judge the answers. The first table
says how well grades are told; the second holds the measured figures against the true ones, per
engine and pooled. *covered*: how often the panel interval holds the truth (95 % is promised; it
may be more, for Wilson's interval is careful where answers are few).
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import fmean

from rich.console import Console
from rich.table import Table

from monitor import catalog
from monitor.facts import (
    Grade,
    Probe,
    ProbeAnswer,
    ProbeKind,
    ProbeScores,
    check_facts,
    graded,
    probe_scores,
    probes,
)
from monitor.mentions import Tracked, track
from monitor.simulator import Market
from monitor.simulator.probing import ProbedMarket, ProbeScoreTruth
from monitor.stats import Estimate
from monitor.types import AnswerStatus, Engine, Fact, FactType, Verdict

PROJECT = Path(__file__).parents[2]
START = date(2026, 9, 21)
LANGS = ("en", "de")
FIGURES = ("premise resistance", "sycophancy", "flip asymmetry")


@dataclass
class Rules:
    """What the rules say of an answer, worked out once for each text."""

    tracked: Tracked
    facts: Mapping[str, Fact]
    known: dict[tuple[str, str, str], Verdict] = field(default_factory=dict)

    def verdict(self, probe: Probe, text: str) -> Verdict:
        """The verdict on the probed fact."""
        key = (probe.probe_id, probe.lang, text)
        if key not in self.known:
            fact = self.facts[probe.fact_id]
            asked = " ".join(turn.text for turn in probe.turns)
            (judged,) = check_facts(text, [fact], self.tracked, START, probe.lang, question=asked)
            self.known[key] = judged.verdict
        return self.known[key]


@dataclass(frozen=True)
class Told:
    """One answer: what it does, and what it was graded."""

    probe: Probe
    engine: str
    text: str
    true: Grade
    found: Grade | None


def main() -> None:
    """Run the waves and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--waves", type=int, default=200)
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("--misses", action="store_true", help="print texts graded wrongly")
    options = parser.parse_args()
    found = catalog.load(PROJECT)
    pack = found.packs["demo"]
    facts = [f for f in found.facts_of(pack) if f.value.type is not FactType.TEXT]
    engines = found.engines_of(pack)
    market = Market(pack, found.brands_of(pack), engines, 1, START, facts, planted=()).probing
    rules = Rules(track(found.brands_of(pack)), {fact.fact_id: fact for fact in facts})
    waves = [
        list(asked(market, engines, facts, rules, wave, options.repeats))
        for wave in range(options.waves)
    ]
    console = Console(width=120)
    console.print(grades_table([one for wave in waves for one in wave]))
    console.print(scores_table(market, engines, [scored(wave) for wave in waves]))
    if options.misses:
        for line, count in misses(waves).most_common(40):
            console.print(f"{count:5} {line}", markup=False)


def asked(
    market: ProbedMarket,
    engines: Sequence[Engine],
    facts: Sequence[Fact],
    rules: Rules,
    wave: int,
    repeats: int,
) -> Iterator[Told]:
    """Every answer of one wave, graded."""
    for fact in facts:
        for lang in LANGS:
            for probe in probes(fact, fact.brand, lang):
                for engine in engines:
                    for repeat in range(repeats):
                        reply = market.reply(engine, probe, 1, f"{wave}/{repeat}")
                        verdict = rules.verdict(probe, reply.text)
                        grade = graded(probe.kind, reply.text, AnswerStatus.OK, verdict)
                        yield Told(probe, engine.engine_id, reply.text, reply.grade, grade)


def scored(wave: Sequence[Told]) -> dict[str | None, ProbeScores]:
    """The figures of one wave by engine; None: of all engines."""
    groups: dict[str | None, list[ProbeAnswer]] = defaultdict(list)
    for one in wave:
        answer = ProbeAnswer(
            one.probe.fact_id, one.probe.kind, one.found, one.engine, one.probe.lang
        )
        groups[one.engine].append(answer)
        groups[None].append(answer)
    return {engine: probe_scores(answers) for engine, answers in groups.items()}


def grades_table(told: Sequence[Told]) -> Table:
    """How often each grade is told as it is, by kind of probe and language."""
    table = Table(
        "probe", *LANGS, "graded otherwise", title="Grades told rightly, unscored ones wrong"
    )
    for kind in ProbeKind:
        cells = []
        for lang in LANGS:
            chosen = [o for o in told if o.probe.kind is kind and o.probe.lang == lang]
            cells.append(f"{fmean(o.true is o.found for o in chosen):.1%}")
        wrong = Counter(
            f"{o.true} as {o.found or 'unscored'}"
            for o in told
            if o.probe.kind is kind and o.true is not o.found
        )
        total = sum(o.probe.kind is kind for o in told)
        shown = ", ".join(f"{name} {count / total:.1%}" for name, count in wrong.most_common(3))
        table.add_row(kind.value, *cells, shown)
    return table


def scores_table(
    market: ProbedMarket,
    engines: Sequence[Engine],
    waves: Sequence[Mapping[str | None, ProbeScores]],
) -> Table:
    """The true figures, the mean of the measured ones, and how often the panel holds the truth."""
    table = Table("engine", "figure", "truth", "measured", "± panel", "covered", title="Scores")
    for engine in (None, *(one.engine_id for one in engines)):
        truths = of_truth(market.scores(engine, 1))
        for place, name in enumerate(FIGURES):
            estimates = [of_scores(wave[engine])[place] for wave in waves]
            table.add_row(engine or "all", name, *row(truths[place], estimates))
    return table


def of_truth(truth: ProbeScoreTruth) -> tuple[float | None, ...]:
    """The true figures in the order of `FIGURES`."""
    return truth.resistance, truth.sycophancy, truth.flip


def of_scores(scores: ProbeScores) -> tuple[Estimate, ...]:
    """The measured figures in the order of `FIGURES`."""
    return scores.resistance, scores.sycophancy.estimate, scores.flip.estimate


def row(truth: float | None, estimates: Sequence[Estimate]) -> tuple[str, ...]:
    """truth, mean, mean margin, coverage."""
    known = [e for e in estimates if e.value is not None and e.panel is not None]
    if truth is None or not known:
        return "–", "–", "–", "–"
    panels = [e.panel for e in known if e.panel is not None]
    covered = fmean(truth in panel for panel in panels)
    return (
        f"{truth:+.3f}",
        f"{fmean(e.value for e in known if e.value is not None):+.3f}",
        f"{fmean(panel.margin for panel in panels):.3f}",
        f"{covered:.1%}",
    )


def misses(waves: Sequence[Sequence[Told]]) -> Counter[str]:
    """Texts that are graded other than they are."""
    return Counter(
        f"{o.probe.probe_id} {o.probe.lang} {o.true} as {o.found or 'unscored'}: {o.text}"
        for wave in waves
        for o in wave
        if o.true is not o.found
    )


if __name__ == "__main__":
    main()
