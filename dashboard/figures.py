"""Figures in words and cards: how a value, its interval and its change are said everywhere."""

from collections.abc import Sequence
from html import escape

from dashboard import blocks, data, formats
from dashboard.blocks import Card
from dashboard.exports import CellValue
from dashboard.frame import Scope
from dashboard.text import Words
from dashboard.verdicts import LABELS, points
from monitor.queries import (
    ACCURACY,
    MEAN_RANK,
    SHARE_OF_VOICE,
    By,
    Figure,
    Movement,
    QuestionFigure,
    View,
)
from monitor.stats import Estimate, Interval
from monitor.stats.intervals import difference_interval


def value_text(figure: Figure | Estimate, words: Words) -> str:
    """A share, or why there is none."""
    if figure.value is None:
        return words("too_few", n=figure.n)
    return formats.percent(figure.value, words.lang)


def change_clause(comparison: Movement | None, words: Words) -> str:
    """The change as the end of a sentence, empty where nothing is compared."""
    if comparison is None or comparison.change.difference is None:
        return ""
    label = LABELS[comparison.verdict.label]
    difference = comparison.change.difference
    if label == "noise":
        return words("overview.change.noise")
    way = "up" if difference > 0 else "down"
    return words(f"overview.change.{label}.{way}", points=points(abs(difference), words.lang))


def change_text(comparison: Movement | None, words: Words) -> str:
    """The change on its own, with its sign."""
    if comparison is None or comparison.change.difference is None:
        return ""
    difference = comparison.change.difference
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    moved = sign + points(abs(difference), words.lang)
    return words(f"figure.change.{LABELS[comparison.verdict.label]}", points=moved)


def linked_share(now: Scope, estimate: Estimate, **drill: str) -> str:
    """A share as HTML that opens the answers behind it."""
    return blocks.link("answers", now.params(**drill), value_text(estimate, now.words))


def rival_text(line: QuestionFigure, lang: str) -> str:
    """The rival named most on a question, escaped, with its share."""
    if line.rivals.value is None:
        return "–"
    return f"{escape(line.rival)} {formats.percent(line.rivals.value, lang)}"


def headline_cards(now: Scope, visibility: Figure, comparison: Movement | None) -> None:
    """The four cards: visibility, share of voice, typical rank, accuracy."""
    blocks.show(
        blocks.cards(
            [
                _visibility_card(now, visibility, comparison),
                _voice_card(now),
                _rank_card(now),
                _accuracy_card(now),
            ]
        )
    )


def _visibility_card(now: Scope, figure: Figure, comparison: Movement | None) -> Card:
    words, lang = now.words, now.lang
    weekly = data.rates(now.version, now.history, by=By(week=True), brands=(now.brand,))
    counted = words(
        "figure.answers", k=formats.decimal(figure.k, lang), n=formats.decimal(figure.n, lang)
    )
    lines = [
        range_line(figure.panel, formats.percent_range, words),
        escape(change_text(comparison, words)),
        blocks.link("answers", now.params(seen="yes"), counted),
    ]
    return _card(now, "visibility", figure, weekly, lines)


def _voice_card(now: Scope) -> Card:
    words, lang = now.words, now.lang
    found, weekly, earlier = _naming(now, SHARE_OF_VOICE)
    figure = found[0]
    counted = words(
        "figure.mentions", k=formats.decimal(figure.k, lang), n=formats.decimal(figure.n, lang)
    )
    lines = [
        range_line(figure.panel, formats.percent_range, words),
        _change_line(figure, earlier, words, rank=False),
        blocks.link("competitors", now.params(), counted),
    ]
    return _card(now, "voice", figure, weekly, lines)


def _rank_card(now: Scope) -> Card:
    words, lang = now.words, now.lang
    found, weekly, earlier = _naming(now, MEAN_RANK)
    figure = found[0]
    counted = words("figure.ranked", n=formats.decimal(figure.n, lang))
    lines = [
        range_line(figure.panel, formats.decimal_range, words),
        _change_line(figure, earlier, words, rank=True),
        blocks.link("answers", now.params(seen="yes"), counted),
    ]
    return _card(now, "rank", figure, weekly, lines)


def _naming(now: Scope, name: str) -> tuple[list[Figure], list[Figure], list[Figure]]:
    """A figure of whole answers: for the period, by week, and for the earlier period."""
    brands = (now.brand,)
    found = data.naming_figures(now.version, now.view, brands=brands)
    weekly = data.naming_figures(now.version, now.history, by=By(week=True), brands=brands)
    earlier = data.naming_figures(now.version, now.earlier, brands=brands) if now.earlier else ()
    chosen = [[f for f in part if f.figure == name] for part in (found, weekly, earlier)]
    return chosen[0], chosen[1], chosen[2]


def _accuracy_card(now: Scope) -> Card:
    """Accuracy is our own brand's: nobody else has a fact sheet here."""
    words, lang, own = now.words, now.lang, now.pack.brands[0]
    found = _accuracy(now, now.view, By())
    if not found:
        missing = words("figure.accuracy.none")
        return Card(
            words("figure.accuracy"),
            words("figure.accuracy.help"),
            None,
            words("not_measured"),
            (escape(missing),),
        )
    weekly = _accuracy(now, now.history, By(week=True))
    earlier = _accuracy(now, now.earlier, By()) if now.earlier else []
    figure = found[0]
    counted = words(
        "figure.statements",
        k=formats.decimal(figure.k, lang),
        n=formats.decimal(figure.n, lang),
        brand=own,
    )
    lines = [
        range_line(figure.panel, formats.percent_range, words),
        _change_line(figure, earlier, words, rank=False),
        blocks.link("accuracy", now.params(), counted),
    ]
    return _card(now, "accuracy", figure, weekly, lines)


def _accuracy(now: Scope, view: View, by: By) -> list[Figure]:
    """The accuracy of what is said about our own brand."""
    found = data.accuracy_figures(now.version, view, now.pack.brands[0], splits=(by,))
    return [figure for figure in found if figure.figure == ACCURACY]


def _card(
    now: Scope, name: str, figure: Figure, weekly: Sequence[Figure], lines: Sequence[str]
) -> Card:
    words, lang = now.words, now.lang
    rank = name == "rank"
    spark = tuple(f.value for f in weekly if f.value is not None)
    # A better rank is a smaller one: its line is drawn upside down.
    drawn = tuple(-value for value in spark) if rank else spark
    ends = [_said(value, lang, rank=rank) for value in (spark[:1] + spark[-1:])] or ["", ""]
    value = None if figure.value is None else _said(figure.value, lang, rank=rank)
    return Card(
        words(f"figure.{name}"),
        words(f"figure.{name}.help", n=len(now.pack.brands)),
        value,
        words("too_few", n=figure.n),
        tuple(line for line in lines if line) if value is not None else (),
        drawn,
        words("chart.spark.alt", figure=words(f"figure.{name}"), first=ends[0], last=ends[-1]),
    )


def _said(value: float, lang: str, *, rank: bool) -> str:
    return formats.decimal(value, lang, 1) if rank else formats.percent(value, lang)


def range_line(interval: Interval | None, form: formats.IntervalForm, words: Words) -> str:
    """An interval as a card says it, escaped; nothing for none."""
    if interval is None:
        return ""
    return escape(words("figure.range", range=form(interval, words.lang)))


def _change_line(figure: Figure, earlier: Sequence[Figure], words: Words, *, rank: bool) -> str:
    """The earlier value with its interval, and whether the two can be told apart.

    Nothing is called real here: only figures that are compared cell by cell can be.
    """
    before = earlier[0] if earlier else None
    if before is None or before.value is None or before.panel is None:
        return ""
    form = formats.decimal_range if rank else formats.percent_range
    value = _said(before.value, words.lang, rank=rank)
    text = words("figure.before", value=value, range=form(before.panel, words.lang))
    if figure.value is None or figure.panel is None:
        return escape(text)
    change = difference_interval((before.value, before.panel), (figure.value, figure.panel))
    same = change.low <= 0 <= change.high
    return escape(f"{text}; {words('figure.before.same' if same else 'figure.before.moved')}")


def rows_for_export(
    figures: Sequence[Figure], words: Words
) -> tuple[list[str], list[list[CellValue]]]:
    """Figures as a table: plain numbers under the names that reports use."""
    columns = [
        "figure", "brand", "engine", "locale", "week", "value", "k", "n", "questions",
        "panel_low", "panel_high", "market_low", "market_high", "excluded", "note",
    ]  # fmt: skip
    rows: list[list[CellValue]] = [
        [
            f.figure, f.brand, f.engine, f.locale, f.week, f.value, f.k, f.n, f.questions,
            *_ends(f.panel), *_ends(f.market),
            formats.counts(f.excluded, words.lang), f.note,
        ]
        for f in figures
    ]  # fmt: skip
    return columns, rows


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    return (interval.low, interval.high) if interval else (None, None)
