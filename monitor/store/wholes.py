"""Sums over whole answers: what shares and mean ranks need beside the counts of single brands.

Σx, Σx² and Σxy by cell are all that a ratio and its variance need (monitor.stats.shares), so that
pages read a few thousand sums where they'd read every answer.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from monitor.types import AnswerStatus, Citation, Extraction, Mention

Row = dict[str, Any]
Key = tuple[Any, ...]


def whole_sums(answers: Iterable[tuple[Key, AnswerStatus, Extraction]]) -> dict[Key, Counter[str]]:
    """By the answers' keys: brands named and pages cited, and the sums of their squares."""
    sums: dict[Key, Counter[str]] = {}
    for key, status, found in answers:
        named, cited = len(_named(found)), len(_cited(found))
        if status is AnswerStatus.OK and (named or cited):
            sums.setdefault(key, Counter()).update(
                named=named, named_squares=named**2, cited=cited, cited_squares=cited**2
            )
    return sums


def share_sums(answers: Iterable[tuple[Key, AnswerStatus, Extraction]]) -> dict[Key, Counter[str]]:
    """By the answers' keys and brand: the brand's part of what answers name and cite."""
    sums: dict[Key, Counter[str]] = {}
    for key, status, found in answers:
        if status is not AnswerStatus.OK:
            continue
        for brand, counts in _brand_sums(found).items():
            sums.setdefault((*key, brand), Counter()).update(counts)
    return sums


WHOLE_SUMS = ("named", "named_squares", "cited", "cited_squares")
SHARE_SUMS = ("named_with", "rank_squares", "citing", "cited", "cited_squares", "cited_with")


def rows(
    sums: dict[Key, Counter[str]], keys: Sequence[str], names: Sequence[str], sign: int = 1
) -> list[Row]:
    """The sums as rows of a table; with `sign` -1 as rows that take them away again."""
    return [
        dict(zip(keys, key, strict=True)) | {name: sign * counts[name] for name in names}
        for key, counts in sums.items()
    ]


def _brand_sums(found: Extraction) -> dict[str, Counter[str]]:
    named, cited = _named(found), _cited(found)
    sums: dict[str, Counter[str]] = {}
    for mention in named:
        counts = sums.setdefault(mention.brand, Counter())
        counts.update(named_with=len(named), rank_squares=(mention.rank or 0) ** 2)
    for brand, pages in Counter(c.brand for c in cited if c.brand).items():
        counts = sums.setdefault(brand, Counter())
        counts.update(citing=1, cited=pages, cited_squares=pages**2, cited_with=pages * len(cited))
    return sums


def _named(found: Extraction) -> list[Mention]:
    return [mention for mention in found.mentions if mention.state.visible]


def _cited(found: Extraction) -> list[Citation]:
    return [citation for citation in found.citations if citation.cited]
