"""Share of voice, rank, and two brands head to head."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.queries.figures import (
    ESTIMATES,
    MEAN_RANK,
    SHARE_OF_VOICE,
    By,
    Figure,
    never_pooled,
    read,
)
from monitor.queries.tone import NET_SENTIMENT, RIVAL_PREFERRED
from monitor.queries.view import COUNTED, View
from monitor.store import Store


@dataclass(frozen=True, slots=True)
class HeadToHead:
    """Ok answers by which of two brands they make visible."""

    ours: str
    rival: str
    both: int
    only_ours: int
    only_rival: int
    neither: int


def naming_figures(
    store: Store,
    view: View,
    by: By = By(),  # noqa: B008 - a frozen value
    brands: Sequence[str] = (),
) -> tuple[Figure, ...]:
    """Share of voice and mean rank of each brand, ours first.

    Share of voice is the brand's part of all the tracked brands' mentions, `n` the denominator.
    The mean rank counts only where the brand is ranked; its `value` and intervals are ranks.
    """
    never_pooled(view)
    reading = read(store, view, brands, weeks=by.week)
    names = (SHARE_OF_VOICE, MEAN_RANK)
    return reading.figures({n: ESTIMATES[n] for n in names}, by, reading.brands.index)


_PAIRS = f"""
WITH {COUNTED},
cells AS (
  SELECT DISTINCT version, wave_id, day, question_id, engine, locale, persona, origin
  FROM counted WHERE status = 'ok'
),
chosen AS (
  SELECT a.answer_id, c.version
  FROM cells c
  JOIN answers a ON a.pack = $pack AND a.status = 'ok' AND a.wave_id = c.wave_id
    AND a.day = c.day AND a.question_id = c.question_id AND a.engine = c.engine
    AND a.locale = c.locale AND a.persona = c.persona AND a.origin = c.origin
  JOIN measured d ON d.answer_id = a.answer_id AND d.version = c.version
),
named AS (
  SELECT c.answer_id, m.brand, bool_or(m.brand = $ours) OVER (PARTITION BY c.answer_id) AS ours
  FROM chosen c JOIN mentions m USING (answer_id, version)
  WHERE m.state IN ('recommended', 'mentioned', 'warned_against')
)
SELECT brand, count(*) FILTER (WHERE ours), count(*) FILTER (WHERE NOT ours)
FROM named GROUP BY brand
"""


def head_to_head(store: Store, view: View, ours: str) -> tuple[HeadToHead, ...]:
    """`ours` against every other tracked brand, answer by answer."""
    never_pooled(view)
    with store.reading("reading who is named with whom") as con:
        row = con.execute(
            "SELECT brands FROM released WHERE pack = $pack", {"pack": view.pack}
        ).fetchone()
        keys = {**view.parameters(), "ours": ours}
        named = {brand: counts for brand, *counts in con.execute(_PAIRS, keys).fetchall()}
        answers = con.execute(_ANSWERS, view.parameters()).fetchone()
    total = int(answers[0]) if answers else 0
    own = sum(named.get(ours, [0, 0])[:1])
    return tuple(
        _pair(ours, rival, own, named.get(rival, [0, 0]), total)
        for rival in (row[0] if row else ())
        if rival != ours
    )


_ANSWERS = f"""
WITH {COUNTED} SELECT coalesce(sum(answers), 0)::BIGINT FROM counted WHERE status = 'ok'
"""


def _pair(ours: str, rival: str, own: int, counts: Sequence[int], total: int) -> HeadToHead:
    both, only_rival, *_ = counts
    return HeadToHead(
        ours,
        rival,
        both=both,
        only_ours=own - both,
        only_rival=only_rival,
        neither=total - own - only_rival,
    )


def tone_figures(
    store: Store,
    view: View,
    by: By = By(),  # noqa: B008 - a frozen value
    brands: Sequence[str] = (),
) -> tuple[Figure, ...]:
    """Net sentiment and how often a rival is preferred, of each brand, ours first.

    Judges read answers for the own brand alone: the others' figures have no value.
    """
    never_pooled(view)
    reading = read(store, view, brands, weeks=by.week)
    names = (NET_SENTIMENT, RIVAL_PREFERRED)
    return reading.figures({n: ESTIMATES[n] for n in names}, by, reading.brands.index)
