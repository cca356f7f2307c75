"""Figures that need whole answers: share of voice, rank, and two brands head to head.

`rollup_mentions` counts brand by brand; what one answer says of several stands only here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from monitor.queries.figures import By, Figure
from monitor.queries.view import COUNTED, View
from monitor.stats.estimates import Estimate
from monitor.stats.ranks import AnswerRank, mean_rank
from monitor.stats.shares import AnswerParts, share
from monitor.store import Store

SHARE_OF_VOICE, MEAN_RANK = "share_of_voice", "mean_rank"
"""The figures' names in reports."""


@dataclass(frozen=True, slots=True)
class HeadToHead:
    """Ok answers by which of two brands they make visible."""

    ours: str
    rival: str
    both: int
    only_ours: int
    only_rival: int
    neither: int


class _Answer(NamedTuple):
    """An ok answer: the brands it makes visible, and the rank of each that has one."""

    engine: str
    locale: str
    persona: str
    week: str
    question: str
    named: tuple[str, ...]
    ranks: tuple[int | None, ...]


_ANSWERS = f"""
WITH {COUNTED},
cells AS (
  SELECT DISTINCT version, wave_id, day, question_id, engine, locale, persona, origin
  FROM counted WHERE status = 'ok'
)
SELECT a.engine, a.locale, a.persona, strftime(a.day, '%G-W%V') AS week, a.question_id,
       coalesce(list(m.brand ORDER BY m.mention_order) FILTER (WHERE m.brand IS NOT NULL), []),
       coalesce(list(m.rank ORDER BY m.mention_order) FILTER (WHERE m.brand IS NOT NULL), [])
FROM cells c
JOIN answers a ON a.pack = $pack AND a.status = 'ok' AND a.wave_id = c.wave_id AND a.day = c.day
  AND a.question_id = c.question_id AND a.engine = c.engine AND a.locale = c.locale
  AND a.persona = c.persona AND a.origin = c.origin
JOIN measured d ON d.answer_id = a.answer_id AND d.version = c.version
LEFT JOIN mentions m ON m.answer_id = a.answer_id AND m.version = c.version
  AND m.state IN ('recommended', 'mentioned', 'warned_against')
GROUP BY a.answer_id, a.engine, a.locale, a.persona, a.day, a.question_id
ORDER BY week, a.engine, a.locale, a.persona, a.question_id, a.answer_id
"""
_BRANDS = "SELECT brands, version FROM released WHERE pack = $pack"


def naming_figures(
    store: Store,
    view: View,
    by: By = By(),  # noqa: B008 - a frozen value
    brands: Sequence[str] = (),
) -> tuple[Figure, ...]:
    """Share of voice and mean rank of each brand, from one reading of the answers.

    Share of voice is the brand's part of all the tracked brands' mentions, `n` the denominator.
    The mean rank counts only where the brand is ranked; its `value` and intervals are ranks.
    """
    rows, tracked, version = _read(store, view)
    groups: dict[_Scope, list[_Answer]] = defaultdict(list)
    for row in rows:
        groups[_scope(row, by)].append(row)
    return tuple(
        _figure(name, brand, scope, estimate(group, brand), version)
        for name, estimate in _ESTIMATES.items()
        for scope, group in sorted(groups.items(), key=lambda item: [p or "" for p in item[0]])
        for brand in tracked
        if not brands or brand in brands
    )


def head_to_head(store: Store, view: View, ours: str) -> tuple[HeadToHead, ...]:
    """`ours` against every other tracked brand, answer by answer."""
    rows, brands, _ = _read(store, view)
    return tuple(_pair(rows, ours, rival) for rival in brands if rival != ours)


def _pair(rows: Iterable[_Answer], ours: str, rival: str) -> HeadToHead:
    counts: dict[tuple[bool, bool], int] = defaultdict(int)
    for row in rows:
        counts[ours in row.named, rival in row.named] += 1
    return HeadToHead(
        ours,
        rival,
        both=counts[True, True],
        only_ours=counts[True, False],
        only_rival=counts[False, True],
        neither=counts[False, False],
    )


def _read(store: Store, view: View) -> tuple[list[_Answer], tuple[str, ...], str]:
    if view.branded is None:
        raise ValueError("branded and unbranded questions are never pooled into one figure")
    with store.reading("reading who is named with whom") as con:
        released = con.execute(_BRANDS, {"pack": view.pack}).fetchone()
        rows = con.execute(_ANSWERS, view.parameters()).fetchall()
    brands, version = released or ((), "")
    return [_Answer(*row) for row in rows], tuple(brands), version


def _group(row: _Answer) -> str:
    return f"{row.engine}/{row.locale}/{row.persona}"


class _Scope(NamedTuple):
    engine: str | None
    locale: str | None
    week: str | None


def _scope(row: _Answer, by: By) -> _Scope:
    return _Scope(
        row.engine if by.engine else None,
        row.locale if by.locale else None,
        row.week if by.week else None,
    )


def _voice(rows: Sequence[_Answer], brand: str) -> Estimate:
    return share(
        AnswerParts(row.question, brand in row.named, len(row.named), _group(row)) for row in rows
    )


def _rank(rows: Sequence[_Answer], brand: str) -> Estimate:
    return mean_rank(
        AnswerRank(row.question, rank, _group(row))
        for row in rows
        for name, rank in zip(row.named, row.ranks, strict=True)
        if name == brand and rank is not None
    )


_ESTIMATES: dict[str, Callable[[Sequence[_Answer], str], Estimate]] = {
    SHARE_OF_VOICE: _voice,
    MEAN_RANK: _rank,
}


def _figure(name: str, brand: str, scope: _Scope, found: Estimate, version: str) -> Figure:
    return Figure(
        figure=name,
        brand=brand,
        **scope._asdict(),
        value=found.value,
        k=found.k,
        n=found.n,
        questions=found.questions,
        panel=found.panel,
        market=found.market,
        versions={"measure": version},
        note=found.note,
    )
