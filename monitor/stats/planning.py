"""What a design can show before it's paid for: sample sizes, margins, and what money buys."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, fsum, sqrt

from monitor.stats.estimates import CellCount, within_variance
from monitor.stats.intervals import normal_quantile, t_quantile

_SHYNESS = 2
"""How many cells' worth of evidence the prior is, when variances come from few of them."""


@dataclass(frozen=True, slots=True)
class Variances:
    """Of one cell's chance: `between` questions (ω²), and `within`, the mean of p(1 − p) (σ²).

    The default is for nothing known: chances spread evenly from 0 to 1.
    """

    between: float = 1 / 12
    within: float = 1 / 6
    cells: int = 0
    """From how many cells they were estimated; 0 says that they are assumed."""


@dataclass(frozen=True, slots=True)
class Margins:
    """Expected half-widths of the 95 % intervals, and the change that would be found (MDE)."""

    panel: float
    market: float | None
    detectable: float


@dataclass(frozen=True, slots=True)
class Design:
    """questions × repeats on each engine, what a wave costs, and what it can show per engine."""

    questions: int
    repeats: int
    engines: tuple[str, ...]
    calls: int
    cost_usd: float
    margins: Margins


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything a proposal can choose from.

    `answer_usd` is the expected price of one answer per engine, in the order in which engines
    would be kept; `variants` is locales × personas, each of which asks every question anew.
    """

    answer_usd: tuple[tuple[str, float], ...]
    questions: int
    variants: int = 1
    most_repeats: int = 10


@dataclass(frozen=True, slots=True)
class Proposal:
    """The best affordable design, and what one more repeat or one more question would change."""

    best: Design | None
    one_more_repeat: Design | None
    one_more_question: Design | None
    note: str


def sample_size(
    between: float,
    within_before: float,
    within_after: float,
    *,
    change: float,
    repeats_before: int = 1,
    repeats_after: int = 1,
    level: float = 0.05,
    power: float = 0.8,
) -> int:
    """Questions needed to find `change`: (z_{α/2} + z_β)²(ω² + σ_A²/K_A + σ_B²/K_B)/δ².

    `between` is the variance of the questions' true differences. Miller, Adding Error Bars to
    Evals (2024), section 5.
    """
    spread = between + within_before / repeats_before + within_after / repeats_after
    # rounding up must not turn 969.0000001, which is floating point, into 970
    return ceil(_factor(level, power) ** 2 * spread / change**2 - 1e-6)


def detectable_change(
    questions: int,
    between: float,
    within_before: float,
    within_after: float,
    *,
    repeats_before: int = 1,
    repeats_after: int = 1,
    level: float = 0.05,
    power: float = 0.8,
) -> float:
    """The smallest change that `questions` find with `power` (Miller 2024, section 5)."""
    spread = between + within_before / repeats_before + within_after / repeats_after
    return _factor(level, power) * sqrt(spread / questions)


def variances(cells: Iterable[CellCount]) -> Variances:
    """A pilot's variances, drawn to the assumed ones by two cells' worth.

    The between-question variance is that of the cells' shares less what repeats explain; where all
    cells were asked once the two can't be told apart, and the assumed ones come back.
    """
    answered = [cell for cell in cells if cell.answers > 0]
    within = within_variance(answered)
    prior = Variances()
    if within is None or len(answered) < 2:
        return prior
    shares = [cell.hits / cell.answers for cell in answered]
    mean = fsum(shares) / len(shares)
    total = fsum((share - mean) ** 2 for share in shares) / (len(shares) - 1)
    noise = within * fsum(1 / cell.answers for cell in answered) / len(answered)
    count = len(answered)
    return Variances(
        _drawn(max(0.0, total - noise), prior.between, count),
        _drawn(within, prior.within, count),
        count,
    )


def margins(
    questions: int,
    repeats: int,
    known: Variances,
    *,
    variants: int = 1,
    confidence: float = 0.95,
) -> Margins:
    """What one engine's figure will have for margins, and the week-on-week change it can show.

    The change is on the same questions, whose chances may all have moved alike. With one repeat
    the panel interval is as wide as if the questions were repeats: nothing tells them apart.
    """
    noise = known.within / (repeats * variants)
    apparent = noise if repeats > 1 else (known.within + known.between) / variants
    panel = normal_quantile((1 + confidence) / 2) * sqrt(apparent / questions)
    market = None
    if questions > 1:
        t = t_quantile((1 + confidence) / 2, questions - 1)
        market = min(0.5, t * sqrt((known.between + noise) / questions))
    detectable = detectable_change(questions, 0.0, noise, noise)
    return Margins(min(0.5, panel), market, min(1.0, detectable))


def design(
    questions: int,
    repeats: int,
    answer_usd: Sequence[tuple[str, float]],
    known: Variances,
    *,
    variants: int = 1,
) -> Design:
    """What a wave of this size costs and can show."""
    asked = questions * repeats * variants
    return Design(
        questions,
        repeats,
        tuple(engine for engine, _ in answer_usd),
        asked * len(answer_usd),
        fsum(asked * price for _, price in answer_usd),
        margins(questions, repeats, known, variants=variants),
    )


def propose(budget_usd: float, offer: Offer, known: Variances) -> Proposal:
    """The design within the budget that finds the smallest change, of those the narrowest market.

    Questions before repeats: at the same number of calls, more questions narrow both intervals,
    more repeats only the panel's. Engines are only dropped, from the last, if one repeat of half
    the questions is too dear on all of them.
    """
    for count in range(len(offer.answer_usd), 0, -1):
        engines = offer.answer_usd[:count]
        fewest = max(1, offer.questions // 2) if count > 1 else 1
        affordable = list(_affordable(budget_usd, offer, engines, known))
        if affordable and affordable[-1].questions >= fewest:
            best = min(affordable, key=_merit)
            return _proposal(best, offer, engines, known)
    return Proposal(None, None, None, f"{usd(budget_usd)} USD don't pay for one question")


def usd(amount: float) -> str:
    """An amount with the digits that matter: a budget of 0.0004 USD isn't 0.00."""
    return f"{amount:.2f}" if amount >= 0.01 or amount == 0 else f"{amount:.6f}".rstrip("0")


def _factor(level: float, power: float) -> float:
    return normal_quantile(1 - level / 2) + normal_quantile(power)


def _drawn(value: float, prior: float, cells: int) -> float:
    return (value * cells + prior * _SHYNESS) / (cells + _SHYNESS)


def _affordable(
    budget_usd: float, offer: Offer, engines: Sequence[tuple[str, float]], known: Variances
) -> Iterable[Design]:
    """For each number of repeats, most first, the most questions that the budget pays for."""
    once = fsum(price for _, price in engines) * offer.variants
    for repeats in range(offer.most_repeats, 0, -1):
        paid = offer.questions
        if once > 0:
            paid = min(paid, int(budget_usd / (once * repeats) * (1 + 1e-12)))
        if paid > 0:
            yield design(paid, repeats, engines, known, variants=offer.variants)


def _merit(found: Design) -> tuple[float, float]:
    market = found.margins.market
    return (round(market if market is not None else 1.0, 6), found.margins.detectable)


def _proposal(
    best: Design, offer: Offer, engines: Sequence[tuple[str, float]], known: Variances
) -> Proposal:
    repeat = design(best.questions, best.repeats + 1, engines, known, variants=offer.variants)
    more = design(best.questions + 1, best.repeats, engines, known, variants=offer.variants)
    note = f"one more repeat: {bought(best, repeat)}; one more question: {bought(best, more)}"
    dropped = len(offer.answer_usd) - len(engines)
    if dropped:
        note = f"{dropped} engines don't fit into the budget; {note}"
    return Proposal(best, repeat, more, note)


def bought(now: Design, then: Design) -> str:
    """What the dearer design buys: "+1.20 USD a wave, panel ±4.10 → ±3.30, …"."""
    dearer = then.cost_usd - now.cost_usd
    text = f"+{dearer:.2f} USD a wave, panel {_step(now.margins.panel, then.margins.panel)}"
    if now.margins.market is not None and then.margins.market is not None:
        text += f", market {_step(now.margins.market, then.margins.market)}"
    return f"{text} points"


def _step(before: float, after: float) -> str:
    return f"±{100 * before:.2f} → ±{100 * after:.2f}"
