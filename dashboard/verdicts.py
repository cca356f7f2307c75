"""A change in words: what moved, how sure that is, its cause, and what would settle it."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from dashboard import blocks, charts, formats
from dashboard.frame import Scope
from dashboard.text import Words
from monitor.queries import Difference, EventKind, Movement, Movements, TimelineEvent, View
from monitor.stats import Change, ChangeLabel, Interval, Verdict
from monitor.stats.attribution import Attribution, Cause
from monitor.stats.changes import EFFECT_FLOOR

LABELS = {ChangeLabel.REAL: "real", ChangeLabel.POSSIBLE: "possible", ChangeLabel.NOISE: "noise"}
_SHOWN_NAMES = 5


def points(share: float, lang: str) -> str:
    """A share as points without a sign; a small one keeps a decimal."""
    return formats.decimal(share * 100, lang, 0 if share >= 0.01 or share == 0 else 1)


def signed_points(share: float, lang: str) -> str:
    """A difference as points with its sign ("+12", "−0.4", "0")."""
    sign = "+" if share > 0 else "−" if share < 0 else ""
    return sign + points(abs(share), lang)


def signed_range(interval: Interval, words: Words) -> str:
    """An interval of differences ("+9 to +15")."""
    low, high = (signed_points(end, words.lang) for end in (interval.low, interval.high))
    return words("changes.range", low=low, high=high)


def label_cell(verdict: Verdict, words: Words) -> str:
    """The verdict as HTML, its colour beside the word."""
    name = LABELS[verdict.label]
    return blocks.state(name, words(f"verdict.{name}"))


def too_few_text(change: Change, words: Words) -> str:
    """That a side rests on too few to be compared."""
    return words("too_few", n=min(change.answers_before, change.answers_after))


def difference_cell(change: Change, words: Words) -> str:
    """The difference with its interval, as HTML."""
    if change.difference is None:
        return "–"
    value = escape(signed_points(change.difference, words.lang))
    if change.panel is None:
        return value
    return f'{value} <span class="bm-small">{escape(signed_range(change.panel, words))}</span>'


def side_cell(
    now: Scope, view: View, share: float | None, interval: Interval | None, **drill: str
) -> str:
    """One side's share with its interval as HTML; it opens that side's answers."""
    if share is None:
        return "–"
    days = {
        name: day.isoformat()
        for name, day in (("since", view.since), ("until", view.until))
        if day is not None
    }
    value = blocks.link("answers", now.params(**drill, **days), formats.percent(share, now.lang))
    if interval is None:
        return value
    return f'{value} <span class="bm-small">{formats.percent_range(interval, now.lang)}</span>'


def chart_lines(lines: Sequence[Movement], words: Words) -> tuple[charts.Moved, ...]:
    """The changes that can be compared, as their chart draws them."""
    return tuple(
        charts.Moved(
            f"{line.brand} · {line.engine}" if line.engine else line.brand,
            change.difference,
            change.panel.low,
            change.panel.high,
            signed_points(change.difference, words.lang),
            words(f"verdict.{LABELS[line.verdict.label]}"),
        )
        for line in lines
        if (change := line.change).difference is not None and change.panel is not None
    )


def settle_text(change: Change, verdict: Verdict, words: Words) -> str:
    """How much would have to be asked to know whether a change that isn't real yet is one."""
    size = max(abs(change.difference or 0.0), EFFECT_FLOOR)
    needed = verdict.questions_needed
    if needed is not None:
        kind = "more" if needed > change.questions else "enough"
        return words(
            f"settle.{kind}",
            needed=formats.decimal(needed, words.lang),
            asked=change.questions,
            points=points(size, words.lang),
        )
    if change.questions == 1:
        return words("settle.one")
    return words("settle.small", points=points(EFFECT_FLOOR, words.lang))


def cause_text(cause: Attribution | None, words: Words) -> str:
    """What a change is put down to; "" where nothing is claimed."""
    if cause is None:
        return ""
    versions = ", ".join(cause.new_versions)
    match cause.cause:
        case Cause.VERSION:
            text = words("cause.version", engine=cause.engine, versions=versions)
        case Cause.ENGINE:
            text = words("cause.engine")
        case Cause.BRAND if cause.rivals_moved:
            text = words("cause.brand.rivals", names=", ".join(cause.rivals_moved))
        case Cause.BRAND:
            text = words("cause.brand")
        case _:
            return ""
    return f"{text}; {words('cause.everywhere')}" if cause.everywhere else text


def rival_text(others: Sequence[Movement], words: Words) -> str:
    """What a rival's real change is put down to, by what the `others` did meanwhile."""
    moved = [line.brand for line in others if line.verdict.label is ChangeLabel.REAL]
    if not moved:
        return words("cause.rival")
    names = _listed(moved, words)
    alone = len(moved) * 2 < len(others)
    return words("cause.rival.but" if alone else "cause.together", names=names)


def biggest_real(found: Movements, count: int) -> tuple[Movement, ...]:
    """The real changes, the largest first."""
    real = [line for line in found.lines if line.verdict.label is ChangeLabel.REAL]
    ordered = sorted(real, key=lambda line: -abs(line.change.difference or 0.0))
    return tuple(ordered[:count])


def counted(found: Movements) -> dict[str, int]:
    """How many of the changes carry each label; what couldn't be tested carries none."""
    tested = [line for line in found.lines if line.change.difference is not None]
    labels = [LABELS[line.verdict.label] for line in tested]
    return {name: labels.count(name) for name in LABELS.values()}


def difference_text(difference: Difference, words: Words) -> str:
    """What the two sides don't share."""
    side = f".{difference.side}" if difference.side else ""
    return words(f"difference.{difference.what}{side}", names=_listed(difference.names, words))


def event_text(event: TimelineEvent, words: Words) -> str:
    """An event in a sentence."""
    key = f"event.{event.kind}"
    if event.kind is EventKind.NOTE and event.author:
        key = "event.note.by"
    return words(
        key,
        engine=event.engine,
        text=event.text,
        names=_listed(event.names, words),
        author=event.author,
    )


def _listed(names: Sequence[str], words: Words) -> str:
    shown = ", ".join(names[:_SHOWN_NAMES])
    rest = len(names) - _SHOWN_NAMES
    return f"{shown} {words('event.more', n=rest)}" if rest > 0 else shown


def day_bounds(now: Scope, view: View) -> View:
    """The view with both ends: what's open starts or ends with the pack's answers."""
    return replace(
        view,
        since=view.since or now.pack.first_day,
        until=view.until or now.pack.last_day,
    )
