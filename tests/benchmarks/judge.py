"""Prints how often accuracy judged by an erring judge covers the truth, corrected and as it is.

    python tests/benchmarks/judge.py [--runs 1000]

In each run, new questions are drawn whose answers state a fact and are right more or less often.
The simulated judge reads simulated answers in its own prompt; its replies are read back as those
of any judge. People review a random part of earlier answers, and `accuracy` corrects the judged
rate by that calibration. The truth is the mean chance of being right over all such questions.
*mean* and *width* are the corrected rate's and its interval's, in points.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.random import Generator
from rich.console import Console
from rich.table import Table

from monitor import catalog
from monitor.facts import FactVerdict, accuracy
from monitor.judge import Template, judge_prompt, read_reply, read_template
from monitor.simulator import (
    EventKind,
    JudgeErrors,
    Market,
    PlantedEvent,
    SimulatedAnswer,
    SimulatedJudge,
    Statement,
    Wire,
)
from monitor.simulator.wires.exchange import Request
from monitor.stats.agreement import Calibration
from monitor.types import Fact, Verdict

PROJECT = Path(__file__).parents[2]
START = date(2026, 9, 21)
SEED = 20261126
FACT = "translation-workflow"
POOL = 500
"""Answers of each kind that the judge reads; runs draw from what it said of them."""


@dataclass(frozen=True, slots=True)
class Design:
    """One row: the chance of being right in the mean, the judge's errors, what people review."""

    truth: float
    errors: JudgeErrors
    reviewed: int
    questions: int = 40
    repeats: int = 4


@dataclass(frozen=True, slots=True)
class Pool:
    """What the judge said of right and of wrong answers: whether it called them right."""

    right: np.ndarray[tuple[int], np.dtype[np.bool_]]
    wrong: np.ndarray[tuple[int], np.dtype[np.bool_]]

    def verdicts(
        self, rng: Generator, truths: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """A verdict for each answer that is right (True) or wrong."""
        return np.where(
            truths, rng.choice(self.right, truths.shape), rng.choice(self.wrong, truths.shape)
        )


def simulated_market() -> tuple[Market, Fact]:
    """The demo's market, in which the fact is stated rightly and wrongly equally often."""
    found = catalog.load(PROJECT)
    pack = found.packs["demo"]
    fact = found.facts[FACT]
    statement = Statement(
        FACT,
        pack.own,
        right={"en": ("In {a} a second person reviews every translation.",)},
        wrong={"en": ("{a} publishes translations without anybody looking at them.",)},
    )
    lie = PlantedEvent(EventKind.WRONG_FACT, 1, "sim-chat", pack.own, shift=0.5, fact_id=FACT)
    market = Market(
        pack,
        found.brands_of(pack),
        found.engines_of(pack),
        SEED,
        START,
        facts=(fact,),
        planted=(lie,),
        statements=(statement,),
    )
    return market, fact


def stating_answers(market: Market) -> Iterator[SimulatedAnswer]:
    """Answers that state the fact."""
    engine = market.engines[0]
    questions = [q for q in market.pack.questions if market.asked(q.text["en"]).named]
    number = 0
    while True:
        for question in questions:
            number += 1
            answer = market.answer(engine, question.text["en"], START, str(number))
            if answer.claims:
                yield answer


def judged_pool(market: Market, fact: Fact, template: Template, errors: JudgeErrors) -> Pool:
    """What a judge of these errors says of `POOL` right and as many wrong answers."""
    judge = SimulatedJudge(market, errors)
    said: dict[bool, list[bool]] = {True: [], False: []}
    for answer in stating_answers(market):
        verdicts = said[answer.claims[0].correct]
        if len(verdicts) < POOL:
            verdicts.append(_verdict(judge, fact, template, answer) is Verdict.CORRECT)
        if all(len(found) == POOL for found in said.values()):
            return Pool(np.array(said[True]), np.array(said[False]))
    raise AssertionError("the answers never end")


def _verdict(
    judge: SimulatedJudge, fact: Fact, template: Template, answer: SimulatedAnswer
) -> Verdict:
    prompt = judge_prompt(
        template,
        fact.brand,
        [fact],
        answer=answer.text,
        question="?",
        asked_on=START,
        lang=answer.lang,
    )
    reply = judge(Request(Wire.OPENAI, "sim-judge-1", prompt))
    (judgement,) = read_reply(reply, answer.text, [FACT], "judge").judgements
    return judgement.verdict


def covered(rng: Generator, pool: Pool, design: Design) -> tuple[bool, bool, float, float]:
    """Whether one run's corrected and plain interval hold the truth; corrected rate and width."""
    spread = 8.0
    chances = rng.beta(design.truth * spread, (1 - design.truth) * spread, design.questions)
    truths = rng.random((design.questions, design.repeats)) < chances[:, None]
    said = pool.verdicts(rng, truths)
    found = accuracy(_fact_verdicts(said), calibrated(rng, pool, design))
    plain, corrected = found.accuracy.market, found.corrected
    if plain is None or corrected is None or corrected.interval is None:
        return False, False, float("nan"), float("nan")
    width = corrected.interval.high - corrected.interval.low
    inside = design.truth in corrected.interval, design.truth in plain
    return (*inside, corrected.value or 0.0, width)


def calibrated(rng: Generator, pool: Pool, design: Design) -> Calibration:
    """People's verdicts on earlier answers, drawn at random, beside the judge's."""
    truths = rng.random(design.reviewed) < design.truth
    said = pool.verdicts(rng, truths)
    return Calibration(
        int((said & truths).sum()), int(truths.sum()), int((~said & ~truths).sum()),
        int((~truths).sum()),
    )  # fmt: skip


def _fact_verdicts(
    said: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
) -> Sequence[FactVerdict]:
    return [
        FactVerdict(
            f"question {question}",
            FACT,
            Verdict.CORRECT if right else Verdict.INCORRECT,
            asked=True,
        )
        for question, row in enumerate(said)
        for right in row
    ]


def main() -> None:
    """Prints the table, and the time it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    runs = parser.parse_args().runs
    began = perf_counter()
    rng = np.random.default_rng(SEED)
    market, fact = simulated_market()
    source = (PROJECT / "prompts/judge/answer.md").read_text(encoding="utf-8")
    template = read_template("judge/answer.md", source)
    table = Table(title=f"Accuracy by an erring judge: coverage of the truth over {runs} runs (%)")
    for name in ("truth", "q1", "q0", "judge's q1", "judge's q0", "reviewed"):
        table.add_column(name, justify="right")
    for name in ("mean", "width", "corrected", "uncorrected"):
        table.add_column(name, justify="right")
    for errors in (JudgeErrors(0.9, 0.8), JudgeErrors(0.95, 0.92)):
        pool = judged_pool(market, fact, template, errors)
        for truth, reviewed in product((0.5, 0.7, 0.9), (100, 200)):
            design = Design(truth, errors, reviewed)
            rows = np.array([covered(rng, pool, design) for _ in range(runs)])
            right, plain, value, width = np.nanmean(rows, axis=0)
            table.add_row(
                *(f"{v:g}" for v in (truth, errors.sensitivity, errors.specificity)),
                *(f"{pool.right.mean():.3f}", f"{1 - pool.wrong.mean():.3f}", str(reviewed)),
                *(f"{100 * value:.1f}", f"{100 * width:.0f}"),
                *(f"{100 * right:.1f}", f"{100 * plain:.1f}"),
            )
    Console(width=110).print(table)
    print(f"{perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
