"""Prints how right mentions, offsets and ranks are on labelled answers, beside naive matchers.

    python tests/benchmarks/mentions_quality.py DIR [--disagreements]

DIR holds `mentions-labelled.jsonl` and `answers-recorded.jsonl` (either may be missing); answers of
our own stand in tests/golden/unseen_answers.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from monitor.mentions import extract, track
from monitor.types import Brand, Mention

Row = dict[str, Any]


@dataclass(slots=True)
class Score:
    """Counts of right and wrong decisions of one matcher."""

    true_positive: int = 0
    false_positive: int = 0
    false_negative: int = 0
    offsets: int = 0
    ranks: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, said: bool, label: Row) -> None:
        """Count one yes or no against its label."""
        self.true_positive += said and label["mentioned"]
        self.false_positive += said and not label["mentioned"]
        self.false_negative += not said and label["mentioned"]

    @property
    def precision(self) -> float:
        """Of what it called mentioned, how much is."""
        return self.true_positive / max(1, self.true_positive + self.false_positive)

    @property
    def recall(self) -> float:
        """Of what is mentioned, how much it found."""
        return self.true_positive / max(1, self.true_positive + self.false_negative)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)


def main() -> None:
    """Print both tables; exit 1 where a bound isn't held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--disagreements", action="store_true")
    arguments = parser.parse_args()
    held = True
    labelled = arguments.directory / "mentions-labelled.jsonl"
    if labelled.exists():
        held &= report_labelled(list(rows_of(labelled)), arguments.disagreements)
    recorded = arguments.directory / "answers-recorded.jsonl"
    if recorded.exists():
        held &= report_recorded(list(rows_of(recorded)), arguments.disagreements)
    sys.exit(0 if held else 1)


def rows_of(path: Path) -> Iterator[Row]:
    """The records of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def brands_of(row: Row) -> list[Brand]:
    """The brands that a labelled answer tracks."""
    return [
        Brand(
            each["name"],
            tuple(each.get("aliases", ())),
            ambiguous=each.get("ambiguous", False),
            context=tuple(each.get("context", ())),
            exclude=tuple(each.get("exclude", ())),
        )
        for each in row["brands"]
    ]


def naive_substring(text: str, name: str) -> int | None:
    """First offset of the name anywhere, case ignored."""
    at = text.lower().find(name.lower())
    return None if at < 0 else at


def naive_word(text: str, name: str) -> int | None:
    """First offset of the name between ASCII-style word boundaries, case ignored."""
    match = re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)
    return match.start() if match else None


def naive_score(rows: list[Row], find: Callable[[str, str], int | None], common: bool) -> Score:
    """The score of a naive matcher over all labels, or over ambiguous brands only."""
    score = Score()
    for row in rows:
        brands = {brand.name: brand for brand in brands_of(row)}
        for label in decided(row, brands, common):
            brand = brands[label["brand"]]
            found = [find(row["answer"], name) for name in (brand.name, *brand.aliases)]
            first = min((at for at in found if at is not None), default=None)
            score.add(first is not None, label)
            score.offsets += label["mentioned"] and first == label["first_offset"]
    return score


def decided(row: Row, brands: dict[str, Brand], common: bool) -> list[Row]:
    """Labels that aren't borderline; with `common` those of ambiguous brands only."""
    return [
        label
        for label in row["labels"]
        if not label.get("borderline")
        and label["brand"] in brands
        and (not common or brands[label["brand"]].ambiguous)
    ]


def our_score(rows: list[Row], common: bool) -> Score:
    """The score of `monitor.mentions`."""
    score = Score()
    for row in rows:
        brands = {brand.name: brand for brand in brands_of(row)}
        tracked = track(list(brands.values()))
        extraction = extract(row["answer"], tracked, lang=row.get("lang"))
        ours = {mention.brand: mention for mention in extraction.mentions}
        for label in decided(row, brands, common):
            count_ours(score, row, ours[label["brand"]], label)
    return score


def count_ours(score: Score, row: Row, mention: Mention, label: Row) -> None:
    """Count one of our mentions against its label, noting every disagreement."""
    score.add(mention.state.visible, label)
    where = f"{row['id']} {label['brand']!r}"
    if mention.state.visible != label["mentioned"]:
        start = mention.spans[0].start if mention.spans else label["first_offset"] or 0
        near = row["answer"][max(0, start - 40) : start + 50]
        score.wrong.append(f"mentioned {where}: ours {mention.state}, {near!r}")
    if not label["mentioned"]:
        return
    first = mention.spans[0].start if mention.spans else None
    score.offsets += first == label["first_offset"]
    score.ranks += mention.rank == label["rank"]
    if mention.state.visible and first != label["first_offset"]:
        score.wrong.append(f"offset {where}: ours {first}, label {label['first_offset']}")
    if mention.rank != label["rank"]:
        score.wrong.append(f"rank {where}: ours {mention.rank}, label {label['rank']}")


def report_labelled(rows: list[Row], disagreements: bool) -> bool:
    """Print the table for labelled answers; whether its bounds hold."""
    ours = our_score(rows, common=False)
    for title, common in (("all brands", False), ("common-word names", True)):
        print(f"{title:20} {'precision':>9} {'recall':>9} {'F1':>9} {'offset':>9} {'rank':>9}")
        for name, score in (
            ("substring", naive_score(rows, naive_substring, common)),
            ("word boundary", naive_score(rows, naive_word, common)),
            ("ours", our_score(rows, common)),
        ):
            true = max(1, score.true_positive + score.false_negative)
            rank = f"{score.ranks / true:9.4f}" if name == "ours" else f"{'-':>9}"
            print(
                f"  {name:18} {score.precision:9.4f} {score.recall:9.4f} {score.f1:9.4f}"
                f" {score.offsets / true:9.4f} {rank}"
            )
    if disagreements:
        print("\n".join(ours.wrong) or "no disagreement")
    true = max(1, ours.true_positive + ours.false_negative)
    return ours.f1 >= 0.99 and ours.offsets / true >= 0.99 and ours.ranks / true >= 0.97


def report_recorded(rows: list[Row], disagreements: bool) -> bool:
    """Print recall and first rank on recorded answers; whether the bounds hold."""
    named = found = ranked = first = 0
    wrong = []
    for row in rows:
        products = sorted(row["labelled_products"], key=lambda product: product["rank"])
        names = list(dict.fromkeys(product["brand"] for product in products if product["brand"]))
        literal = [name for name in names if naive_word(row["answer"], name) is not None]
        extraction = extract(row["answer"], track([Brand(name) for name in literal]))
        ours = {mention.brand: mention for mention in extraction.mentions}
        seen = [name for name in literal if ours[name].state.visible]
        named, found = named + len(literal), found + len(seen)
        wrong += [f"missed {row['id']} {name!r}" for name in literal if name not in seen]
        best = min(
            (mention for mention in extraction.mentions if mention.rank is not None),
            key=lambda mention: (mention.rank or 0, mention.spans[0].start),
            default=None,
        )
        if not products or products[0]["brand"] not in literal:
            continue
        ranked += 1
        agrees = best is not None and best.brand == products[0]["brand"]
        first += agrees
        if not agrees:
            named_first = best and (best.brand, best.rank)
            wrong.append(f"first {row['id']}: ours {named_first}, label {products[0]['brand']!r}")
    print(f"recorded: recall {found}/{named} = {found / max(1, named):.4f}")
    print(f"recorded: first rank {first}/{ranked} = {first / max(1, ranked):.4f}")
    if disagreements:
        print("\n".join(wrong) or "no disagreement")
    return found / max(1, named) >= 0.995 and first / max(1, ranked) >= 0.95


if __name__ == "__main__":
    main()
