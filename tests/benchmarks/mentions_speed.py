"""Prints how many answers a second one core reads, and what share each extraction takes.

    python tests/benchmarks/mentions_speed.py [--answers 300] [--brands 20]

The answers are made up: Markdown of about 2.5 kB with lists, tables, links, English and German.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator

from monitor.citations import read_citations
from monitor.mentions import Tracked, extract, track
from monitor.mentions.deciding import decide
from monitor.mentions.extraction import heads_to_decide, mentions_of
from monitor.mentions.matching import find
from monitor.mentions.states import Judge
from monitor.mentions.unknown import unknown_names
from monitor.ranking import (
    Named,
    avoided_brands,
    read_lists,
    read_outline,
    recommendation_items,
)
from monitor.types import Brand, Extraction

_SYLLABLES = (
    "bel",
    "cor",
    "dan",
    "fal",
    "gor",
    "hil",
    "jun",
    "kep",
    "lom",
    "mir",
    "nov",
    "pel",
    "quin",
    "ros",
    "sal",
    "tor",
    "vel",
    "wex",
    "yor",
    "zan",
)
_PROSE = (
    "It suits teams that want a quick start and clear prices.",
    "Reviewers praise the support, though reports take a while to load.",
    "The free plan covers three users and a single project.",
    "Die Einrichtung dauert kaum länger als einen Tag, sagen viele Kunden.",
    "Im Vergleich überzeugt vor allem die übersichtliche Oberfläche.",
    "Larger companies should ask for a quote before they decide.",
)


def name_of(number: int) -> str:
    """A made-up name, another one for each number."""
    digits = []
    number += len(_SYLLABLES)
    while number:
        number, digit = divmod(number, len(_SYLLABLES))
        digits.append(_SYLLABLES[digit])
    return "".join(digits).capitalize() + "ix"


def answer_of(rng: random.Random, names: list[str]) -> str:
    """A made-up answer of about 2.5 kB that recommends some of the names."""
    chosen = rng.sample(names, min(5, len(names)))
    parts = ["Here are **some options** that fit a mid-sized company:\n"]
    for number, name in enumerate(chosen, 1):
        url = f"https://www.{name.lower()}.com/pricing?utm_source=chat&id={number}"
        parts.append(
            f"{number}. **[{name} Cloud]({url})** – {rng.choice(_PROSE)}\n"
            f"   * **Pros:** {rng.choice(_PROSE)}\n   * **Cons:** {rng.choice(_PROSE)}\n"
        )
    if rng.random() < 0.25:
        parts.append("\n| Tool | Price | Best for |\n|---|---|---|\n")
        parts.extend(
            f"| {name} | {rng.randint(5, 90)} € | {rng.choice(_PROSE)} |\n" for name in chosen
        )
    parts.append(f"\n### Summary\n\nI'd go with {chosen[0]}; {chosen[1]} is a good alternative. ")
    while sum(map(len, parts)) < 2500:
        parts.append(rng.choice(_PROSE) + " ")
    return "".join(parts)


def seconds(answers: list[str], tracked: Tracked) -> float:
    """The shortest of three times that reading an answer takes."""
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        for answer in answers:
            extract(answer, tracked)
        best = min(best, (time.process_time() - started) / len(answers))
    return best


def main() -> None:
    """Print rates and shares; exit 1 below 3,000 answers a second."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=300)
    parser.add_argument("--brands", type=int, default=20)
    arguments = parser.parse_args()
    rng = random.Random(7)  # noqa: S311 - made-up texts, no secret
    names = [name_of(number) for number in range(arguments.brands)]
    answers = [answer_of(rng, names) for _ in range(arguments.answers)]
    brands = [
        Brand(name, domains=(f"{name.lower()}.com",), ambiguous=number % 5 == 0)
        for number, name in enumerate(names)
    ]
    tracked = track(brands)
    for answer in answers[:20]:
        extract(answer, tracked)
    whole = seconds(answers, tracked)
    size = sum(map(len, answers)) / len(answers)
    print(f"{1 / whole:8.0f} answers/s/core, {len(brands)} brands, {size:.0f} characters each")
    parts = shares(answers, tracked)
    for label, part in parts.items():
        print(f"{label:28} {part * 1e6:7.1f} µs  {part / sum(parts.values()):6.1%}")
    print(f"{'sum':28} {sum(parts.values()) * 1e6:7.1f} µs, as a whole {whole * 1e6:.1f} µs")
    print("aliases   answers/s  relative")
    flat = by_aliases(brands, answers)
    for aliases, part in flat.items():
        print(f"{aliases:7} {1 / part:11.0f} {flat[0] / part:9.2f}")
    sys.exit(0 if 1 / whole >= 3000 else 1)


def by_aliases(brands: list[Brand], answers: list[str]) -> dict[int, float]:
    """Seconds an answer by number of aliases, taken in turn so that a busy machine slows all."""
    several = {aliases: track(with_aliases(brands, aliases)) for aliases in (0, 500, 5000)}
    best = dict.fromkeys(several, float("inf"))
    for _ in range(2):
        for aliases, tracked in several.items():
            best[aliases] = min(best[aliases], seconds(answers, tracked))
    return best


def with_aliases(brands: list[Brand], aliases: int) -> list[Brand]:
    """The brands with that many further names, spread over them."""
    extra = [name_of(1000 + number) + " Suite" for number in range(aliases)]
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
    lists = read_lists(outline, frozenset(hit.start for hit in found.names))
    yield "ranking: lists"
    heads = heads_to_decide(outline.text, lists, found)
    decided = decide(outline.text, found, tracked, heads, None)
    yield "mentions: decide"
    named = [Named(hit.start, hit.end, hit.brand) for hit in decided.settled]
    items = recommendation_items(outline.text, lists, named)
    yield "ranking: judge lists, items"
    avoided = avoided_brands(outline.text, lists, named)
    mentions = mentions_of(
        tracked, decided, outline, items, Judge(outline.text, found.cues), avoided
    )
    yield "mentions: states and spans"
    citations = read_citations(outline, tracked.owners)
    yield "citations"
    unknown = unknown_names(outline.text, items, [hit.start for hit in found.names])
    Extraction(mentions, citations, unknown)
    yield "unknown names, assembly"


if __name__ == "__main__":
    main()
