"""Prints how many answers a second one core reads, and what share each extraction takes.

    python tests/benchmarks/mentions_speed.py [--answers 3000] [--brands 20] [--recorded FILE]

Reads made-up answers (`made_answers`), each once, after a warm-up on others. Seconds are of the
process's CPU time, so that waiting for a busy machine doesn't count; caches that other processes
emptied still do, hence the fastest batch beside the median one. Garbage is collected as seldom as
where stored answers are measured. FILE holds recorded answers, one JSON object with an "answer" in
each line; no bound is set on those.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from made_answers import made_answers, made_brands, name_of

from monitor.citations import read_citations
from monitor.mentions import Tracked, extract, track
from monitor.mentions.deciding import decide
from monitor.mentions.extraction import heads_to_decide, mentions_of
from monitor.mentions.matching import find
from monitor.mentions.states import Judge
from monitor.mentions.unknown import unknown_names
from monitor.pipeline.measuring import seldom_collected
from monitor.ranking import (
    avoided_brands,
    read_lists,
    read_outline,
    recommendation_items,
)
from monitor.types import Brand, Extraction

BATCH = 300
"""So many answers that batches hardly differ in what they hold."""


def main() -> None:
    """Print rates and shares; exit 1 below 3,000 answers a second."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=3000)
    parser.add_argument("--brands", type=int, default=20)
    parser.add_argument("--recorded", type=Path)
    arguments = parser.parse_args()
    with seldom_collected():
        rate = report(arguments)
    sys.exit(0 if rate >= 3000 else 1)


def report(arguments: argparse.Namespace) -> float:
    """Print all figures; returns the rate on made-up answers."""
    brands = made_brands(arguments.brands)
    names = [brand.name for brand in brands]
    answers = made_answers(arguments.answers, names, seed=7)
    tracked = track(brands)
    for answer in made_answers(BATCH, names, seed=8):
        extract(answer, tracked)
    print(f"{described(answers)}; {len(brands)} brands; half of the answers German")
    rate = report_rate("made up", answers, tracked)
    if arguments.recorded:
        report_recorded(arguments.recorded)
    report_shares(answers[: 2 * BATCH], tracked)
    report_aliases(brands, answers[:BATCH])
    return rate


def described(answers: list[str]) -> str:
    """How many answers there are and how long they are."""
    size = sum(len(answer.encode()) for answer in answers) / len(answers)
    characters = sum(map(len, answers)) / len(answers)
    return f"{len(answers)} answers of {size:.0f} bytes ({characters:.0f} characters) on average"


def report_rate(label: str, answers: list[str], tracked: Tracked) -> float:
    """Print and return the answers a second of the fastest batch, beside the median one."""
    batches = [seconds(batch, tracked) for batch in batches_of(answers)]
    fastest, usual = 1 / min(batches), 1 / median(batches)
    load = os.getloadavg()[0]
    print(
        f"{label:12} {fastest:7.0f} answers/s/core in the fastest of {len(batches)} batches,"
        f" {usual:.0f} in the median one (CPU time; load {load:.1f} on {os.cpu_count()} cores)"
    )
    return fastest


def batches_of(answers: list[str]) -> list[list[str]]:
    """The answers in batches of equal size."""
    return [answers[at : at + BATCH] for at in range(0, len(answers) - BATCH + 1, BATCH)] or [
        answers
    ]


def seconds(answers: list[str], tracked: Tracked) -> float:
    """The CPU seconds that reading an answer takes, on average."""
    started = time.process_time()
    for answer in answers:
        extract(answer, tracked)
    return (time.process_time() - started) / len(answers)


def report_recorded(path: Path) -> None:
    """Print the rate on recorded answers of 1.2 to 3.8 kB, with well-known brands tracked."""
    names = "Google Samsung HubSpot Salesforce Microsoft Dyson Bosch Sony Nike Adidas IKEA SAP"
    words = "Apple Target Amazon Shell Dell Visa Oracle Gap"
    tracked = track(
        [Brand(name, domains=(f"{name.lower()}.com",)) for name in names.split()]
        + [Brand(name, ambiguous=True) for name in words.split()]
    )
    with path.open(encoding="utf-8") as lines:
        answers = [json.loads(line)["answer"] for line in lines]
    answers = [answer for answer in answers if 1_200 <= len(answer.encode()) <= 3_800]
    print(described(answers) + ", recorded")
    report_rate("recorded", answers, tracked)


def report_shares(answers: list[str], tracked: Tracked) -> None:
    """Print what each step of `extract` takes."""
    parts = shares(answers, tracked)
    for label, part in parts.items():
        print(f"{label:28} {part * 1e6:7.1f} µs  {part / sum(parts.values()):6.1%}")


def report_aliases(brands: list[Brand], answers: list[str]) -> None:
    """Print how the rate changes with the number of aliases."""
    print("aliases   answers/s  relative")
    flat = by_aliases(brands, answers)
    for aliases, part in flat.items():
        print(f"{aliases:7} {1 / part:11.0f} {flat[0] / part:9.2f}")


def by_aliases(brands: list[Brand], answers: list[str]) -> dict[int, float]:
    """Seconds an answer by number of aliases, taken in turn so that a busy machine slows all."""
    several = {aliases: track(with_aliases(brands, aliases)) for aliases in (0, 500, 5000)}
    best = dict.fromkeys(several, float("inf"))
    for _ in range(4):
        for aliases, tracked in several.items():
            best[aliases] = min(best[aliases], seconds(answers, tracked))
    return best


def with_aliases(brands: list[Brand], aliases: int) -> list[Brand]:
    """The brands with that many further names, spread over them."""
    extra = [name_of(10_000 + number) + " Suite" for number in range(aliases)]
    return [
        Brand(
            brand.name,
            tuple(extra[at :: len(brands)]),
            domains=brand.domains,
            ambiguous=brand.ambiguous,
        )
        for at, brand in enumerate(brands)
    ]


def shares(answers: list[str], tracked: Tracked) -> dict[str, float]:
    """Seconds an answer that each step of `extract` takes, the fastest of three rounds of each."""
    best: dict[str, float] = {}
    for _ in range(3):
        spent: dict[str, float] = {}
        for answer in answers:
            before = time.process_time()
            for label in steps(answer, tracked):
                now = time.process_time()
                spent[label] = spent.get(label, 0.0) + now - before
                before = time.process_time()
        for label, total in spent.items():
            best[label] = min(best.get(label, float("inf")), total / len(answers))
    return best


def steps(answer: str, tracked: Tracked) -> Iterator[str]:
    """Does what `extract` does; yields after each step what it was."""
    outline = read_outline(answer)
    yield "outline (shared)"
    found = find(outline.text, tracked)
    yield "mentions: find"
    lists = read_lists(outline, found.starts)
    yield "ranking: lists"
    heads = heads_to_decide(outline.text, lists, found)
    decided = decide(outline.text, found, tracked, heads, None)
    yield "mentions: decide"
    items = recommendation_items(outline.text, lists, decided.settled)
    yield "ranking: judge lists, items"
    avoided = avoided_brands(outline.text, lists, decided.settled)
    mentions = mentions_of(
        tracked, decided, outline, items, Judge(outline.text, found.cues), avoided
    )
    yield "mentions: states and spans"
    citations = read_citations(outline, tracked.owners)
    yield "citations"
    unknown = unknown_names(outline.text, items, found.starts)
    Extraction(mentions, citations, unknown)
    yield "unknown names, assembly"


if __name__ == "__main__":
    main()
