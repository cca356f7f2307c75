"""Two periods compared, for a terminal, a program, or a wiki."""

from dataclasses import dataclass
from datetime import date, timedelta

from monitor.errors import InputError
from monitor.queries import (
    WEB_GAIN,
    Difference,
    Movement,
    Movements,
    PackLine,
    Unshared,
    View,
    WebGain,
    accuracy_movements,
    movements,
    packs,
    web_gains,
)
from monitor.report.formats import signed
from monitor.report.period import DEFAULT_WEEKS, find_pack
from monitor.stats import Change, ChangeLabel, Interval, Verdict
from monitor.store import Store


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `since` to `until`, both included."""

    since: date
    until: date

    def __str__(self) -> str:
        return f"{self.since} to {self.until}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A pack's two periods and everything that moved between them."""

    pack: PackLine
    before: Period
    after: Period
    found: Movements
    web: tuple[WebGain, ...] = ()
    """Memory against web in the later period."""
    accuracy: Movements | None = None
    """How what is stated of us moved, judged by itself; None before anything was judged."""

    @property
    def tables(self) -> tuple[Movements, ...]:
        """What moved, figure by figure: the lines of each are judged together."""
        return (self.found, *((self.accuracy,) if self.accuracy else ()))

    @property
    def regressions(self) -> tuple[tuple[str, Movement], ...]:
        """Real changes of our brand for the worse, each with the figure that fell."""
        return tuple(
            (table.figure, line)
            for table in self.tables
            for line in table.lines
            if line.brand == self.pack.brands[0]
            and line.verdict.label is ChangeLabel.REAL
            and (line.change.difference or 0.0) < 0
        )


def compare(
    store: Store,
    pack_id: str | None,
    before: Period | None,
    after: Period | None,
    *,
    branded: bool = False,
) -> Comparison:
    """The comparison; default: the last four weeks with the four before.

    Raises InputError when the periods overlap, are the wrong way round, or share no cell.
    """
    pack = find_pack(packs(store), pack_id)
    now = after or _weeks_up_to(pack.last_day)
    then = before or _weeks_up_to(now.since - timedelta(days=1))
    if then.until >= now.since:
        raise InputError(f"the period before ({then}) must end before {now.since}, when the "
                         f"other ({now}) begins")  # fmt: skip
    first, second = (
        View(pack.pack, period.since, period.until, branded=branded) for period in (then, now)
    )
    found = movements(store, first, second, pack.brands[0])
    if found.lines[0].change.difference is None:
        raise InputError(_nothing_shared(pack, then, now, found))
    return Comparison(
        pack,
        then,
        now,
        found,
        web_gains(store, second, pack.brands[:1]),
        accuracy_movements(store, first, second, pack.brands[0]),
    )


def _nothing_shared(pack: PackLine, then: Period, now: Period, found: Movements) -> str:
    """Why there is nothing to compare, in a line."""
    change = found.lines[0].change
    for cells, other, period in (
        (change.only_before, change.only_after, then),
        (change.only_after, change.only_before, now),
    ):
        if not cells and other:
            return (
                f"there are no ok answers from {period}; there are answers of "
                f"{pack.pack or 'no pack'} from {pack.first_day} to {pack.last_day}"
            )
    if not change.only_before:
        return (
            f"there are no ok answers from {then} or from {now}; there are answers of "
            f"{pack.pack or 'no pack'} from {pack.first_day} to {pack.last_day}"
        )
    return (
        f"no question was asked of the same engine in the same locale from {then} and from {now}; "
        f"{' '.join(map(difference_sentence, found.differences))}"
    )


def _weeks_up_to(until: date) -> Period:
    return Period(until - timedelta(weeks=DEFAULT_WEEKS) + timedelta(days=1), until)


def period_of(text: str) -> Period:
    """The period that a user wrote as 2026-10-01..2026-10-31. Raises InputError."""
    since, dots, until = text.partition("..")
    try:
        period = Period(date.fromisoformat(since), date.fromisoformat(until))
    except ValueError as e:
        raise InputError(f"{text!r} isn't a period; write it like 2026-10-01..2026-10-31") from e
    if not dots or period.until < period.since:
        raise InputError(f"{text!r} ends before it starts; write the earlier day first")
    return period


def comparison_records(comparison: Comparison) -> list[dict[str, object]]:
    """Every change as data, figure by figure, then memory against web.

    Each says what was left out.
    """
    left_out = [difference_sentence(found) for found in comparison.found.differences]
    lines = [
        movement_record(line, comparison, table)
        for table in comparison.tables
        for line in table.lines
    ]
    gains = [_gain_record(gain, comparison) for gain in comparison.web]
    return [record | {"left_out": left_out} for record in (*lines, *gains)]


def movement_record(
    line: Movement, comparison: Comparison, table: Movements | None = None
) -> dict[str, object]:
    """One change of `table` (of visibility where it isn't given) as data.

    `questions_needed` would settle it, None if it's settled; `label` is None where there was
    nothing to test.
    """
    table = table or comparison.found
    cause = table.cause_of(line)
    return {
        "figure": table.figure,
        "brand": line.brand,
        "engine": line.engine,
        **_change_fields(line.change, line.verdict),
        "cause": cause.cause.value if cause else None,
        "cause_note": cause.note if cause else "",
        "note": _joined(*dict.fromkeys((line.change.note, line.verdict.note))),
        "versions": dict(table.versions),
        "simulated": comparison.pack.simulated,
    }


def _gain_record(gain: WebGain, comparison: Comparison) -> dict[str, object]:
    """Memory against web as data: `before` is from memory, `after` the engine's with search."""
    return {
        "figure": WEB_GAIN,
        "brand": gain.brand,
        "engine": gain.web,
        **_change_fields(gain.change, gain.verdict),
        "cause": None,
        "cause_note": "",
        "note": _joined(f"before is {gain.memory}, from memory", gain.change.note),
        "versions": dict(comparison.found.versions),
        "simulated": comparison.pack.simulated,
    }


def _change_fields(change: Change, verdict: Verdict) -> dict[str, object]:
    return {
        "before": change.before,
        "before_panel": _pair(change.panel_before),
        "after": change.after,
        "after_panel": _pair(change.panel_after),
        "difference": change.difference,
        "panel": _pair(change.panel),
        "market": _pair(change.market),
        "p": change.p,
        "q": verdict.q,
        "label": None if change.difference is None else verdict.label.value,
        "questions": change.questions,
        "answers_before": change.answers_before,
        "answers_after": change.answers_after,
        "questions_needed": _needed(change, verdict),
    }


def _pair(interval: Interval | None) -> list[float] | None:
    return [interval.low, interval.high] if interval else None


def _joined(*notes: str) -> str:
    return "; ".join(note for note in notes if note)


def _needed(change: Change, verdict: Verdict) -> int | None:
    """How many questions would settle the change; None if enough were asked already."""
    needed = verdict.questions_needed
    return needed if needed is not None and needed > change.questions else None


def cause_sentences(comparison: Comparison) -> list[str]:
    """What our changes are put down to, as far as anything is claimed."""
    causes = ((line, comparison.found.cause_of(line)) for line in comparison.found.lines)
    return [
        f"{line.brand}{f' on {line.engine}' if line.engine else ''}: {cause.cause.value}"
        f"{f' ({cause.note})' if cause.note else ''}."
        for line, cause in causes
        if cause
    ]


def web_sentence(gain: WebGain) -> str:
    """What web search adds on a pair of engines, in a sentence."""
    change = gain.change
    if change.before is None or change.after is None or change.difference is None:
        return f"{gain.brand}: {gain.web} and {gain.memory} share no question."
    between = ""
    if change.panel is not None:
        low, high = (signed(end) for end in (change.panel.low, change.panel.high))
        between = f", {low} to {high}"
    return (
        f"Web search adds {_points(change.difference)} for {gain.brand} ({gain.web} "
        f"{100 * change.after:.0f} %, {gain.memory} from memory {100 * change.before:.0f} %"
        f"{between}): {gain.verdict.label.value}."
    )


def difference_sentence(found: Difference) -> str:
    """What the two periods don't share, in a sentence."""
    names = ", ".join(found.names)
    if found.what is Unshared.WORDINGS:
        return f"Worded differently before and after, left out: {names}."
    return f"{found.what.capitalize()} asked only {found.side}, left out: {names}."


def movement_sentence(line: Movement) -> str:
    """ "up 12 points (+9 to +15), real": a change as it stands in a sentence."""
    change = line.change
    if change.difference is None:
        return f"not comparable: {change.note}"
    points = _points(abs(change.difference)).removeprefix("+")
    way = "up" if change.difference > 0 else "down"
    if line.verdict.label is ChangeLabel.NOISE:
        return f"no real change ({_points(change.difference)})"
    spread = ""
    if change.panel:
        spread = f" ({signed(change.panel.low)} to {signed(change.panel.high)})"
    return f"{way} {points}{spread}, {line.verdict.label.value}"


def _points(share: float) -> str:
    """ "+12 points", "-1 point"."""
    return f"{signed(share)} {'point' if abs(round(100 * share)) == 1 else 'points'}"
