"""How answers speak of the own brand, as judges read them: net sentiment, and rivals preferred."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from monitor.queries.cells import CellRow
from monitor.stats import CellCount, Estimate, mean_of_rates, rate
from monitor.stats.shares import CellTones, mean_of_sentiments

NET_SENTIMENT, RIVAL_PREFERRED = "net_sentiment", "rival_preferred_rate"
"""The names in reports of the figures that need a judge."""

Rows = Sequence[CellRow]


def sentiment(rows: Rows, _: Rows) -> Estimate:
    """(P−N)/(P+U+N) over judged mentions; without a judge no value, for rules can't tell tone."""
    if not _judged(rows):
        return _unmeasured(rows)
    found = mean_of_sentiments(
        [CellTones(r.question, r.positive, r.neutral, r.negative, r.group) for r in group]
        for group in _by_engine(rows)
    )
    return _with_coverage(found, rows)


def rival_preferred(rows: Rows, _: Rows) -> Estimate:
    """How often judged answers that mention the brand prefer a rival to it, apart from tone."""
    if not _judged(rows):
        return replace(_unmeasured(rows), k=0)
    each = [_counts(group) for group in _by_engine(rows)]
    return _with_coverage(rate(each[0]) if len(each) == 1 else mean_of_rates(each), rows)


def _counts(rows: Iterable[CellRow]) -> list[CellCount]:
    counts = (CellCount(r.question, r.rival_preferred, _toned(r), r.group) for r in rows)
    return [count for count in counts if count.answers]


def _toned(row: CellRow) -> int:
    return row.positive + row.neutral + row.negative


def _judged(rows: Rows) -> int:
    return sum(map(_toned, rows))


def _by_engine(rows: Rows) -> list[list[CellRow]]:
    groups: dict[str, list[CellRow]] = {}
    for row in rows:
        groups.setdefault(row.engine, []).append(row)
    return list(groups.values())


def _unmeasured(rows: Rows) -> Estimate:
    seen = sum(row.visible for row in rows)
    if not seen:
        return Estimate(None, 0, 0, 0, note="no answer mentions the brand")
    praised = sum(row.recommended for row in rows)
    warned = sum(row.warned_against for row in rows)
    note = (
        "not measured: tone needs a judge, and judges read answers for the own brand; by rules "
        f"{praised} of {seen} mentions recommend, {warned} warn"
    )
    questions = len({row.question for row in rows if row.visible})
    return Estimate(None, praised - warned, seen, questions, note=note)


def _with_coverage(found: Estimate, rows: Rows) -> Estimate:
    """The estimate, saying of how many mentions a judge has read only some."""
    seen, judged = sum(row.visible for row in rows), _judged(rows)
    if judged >= seen:
        return found
    note = f"judged: {judged} of {seen} mentions"
    return replace(found, note="; ".join(filter(None, (found.note, note))))
