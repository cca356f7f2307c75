"""Names nobody tracks that take the subject's place in recommendation items."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from monitor.mentions.folding import fold_name


@dataclass(frozen=True, slots=True)
class UnknownName:
    """An untracked name and the number of answers that recommend it."""

    name: str
    answers: int


def merge_unknown_names(names_by_answer: Iterable[Iterable[str]]) -> tuple[UnknownName, ...]:
    """Names over answers, spelling variants as one, the most frequent first."""
    spellings: dict[str, dict[str, int]] = {}
    for names in names_by_answer:
        for key, name in {fold_name(name): name for name in names}.items():
            counts = spellings.setdefault(key, {})
            counts[name] = counts.get(name, 0) + 1
    merged = [
        UnknownName(_usual_spelling(counts), sum(counts.values())) for counts in spellings.values()
    ]
    return tuple(sorted(merged, key=lambda unknown: (-unknown.answers, unknown.name)))


def _usual_spelling(counts: Mapping[str, int]) -> str:
    """The most frequent spelling; of equals the first by alphabet."""
    return min(counts, key=lambda name: (-counts[name], name))
