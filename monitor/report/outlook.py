"""What a wave will ask, cost and show, before any money is spent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from monitor import plan
from monitor.queries import last_wave_cells, mean_costs_usd
from monitor.stats import CellCount
from monitor.stats.planning import Margins, Offer, Variances, margins, propose, variances
from monitor.store import Store
from monitor.types import Engine, Pack

# What a product question and its answer run to, for engines that were never asked: measured on
# nothing of ours, so the source of the cost says "assumed".
_ASSUMED_INPUT_TOKENS = 40
_ASSUMED_OUTPUT_TOKENS = 700
_SEARCH_INPUT_TOKENS = 8_000


@dataclass(frozen=True, slots=True)
class EngineOutlook:
    """One engine's part of a wave; `call_usd` None is an unknown price, never a free one."""

    engine: str
    calls: int
    call_usd: float | None
    cost_from: str

    @property
    def wave_usd(self) -> float | None:
        """Expected cost of the engine's calls of one wave."""
        return None if self.call_usd is None else self.call_usd * self.calls


@dataclass(frozen=True, slots=True)
class Outlook:
    """A wave before it's asked; `notes` are sentences for people."""

    engines: tuple[EngineOutlook, ...]
    margins: Margins
    notes: tuple[str, ...]

    def records(self) -> list[dict[str, object]]:
        """One record for each engine and one for their sum, for tables and JSON."""
        known = [engine.wave_usd for engine in self.engines if engine.wave_usd is not None]
        total = sum(known) if len(known) == len(self.engines) else None
        lines = [(e.engine, e.calls, e.call_usd, e.wave_usd, e.cost_from) for e in self.engines]
        lines.append(("all", sum(e.calls for e in self.engines), None, total, ""))
        return [
            {
                "engine": engine,
                "calls": calls,
                "call_usd": call_usd,
                "wave_usd": wave_usd,
                "cost_from": source,
                "expected_panel_margin": self.margins.panel,
                "expected_market_margin": self.margins.market,
                "detectable_change": self.margins.detectable,
            }
            for engine, calls, call_usd, wave_usd, source in lines
        ]


def outlook(
    store: Store, pack: Pack, engines: Sequence[Engine], budget_usd: float | None = None
) -> Outlook:
    """What a wave of `pack` will be like, by its own past where there is one.

    With `budget_usd`, the notes propose the design that shows most for it.
    """
    past_costs = mean_costs_usd(store)
    known = variances(_past_cells(store, pack))
    cells = list(plan.cells(pack))
    per_engine = {engine.engine_id: 0 for engine in engines}
    for cell in cells:
        per_engine[cell.engine] += pack.repeats
    lines = tuple(
        EngineOutlook(e.engine_id, per_engine[e.engine_id], *_call_cost(e, past_costs))
        for e in engines
    )
    unbranded = len(pack.questions)
    variants = max(1, len(cells) // max(1, unbranded * len(engines)))
    expected = margins(unbranded, pack.repeats, known, variants=variants)
    notes = [_margin_note(expected, known)]
    if budget_usd is not None:
        notes.append(_proposal_note(budget_usd, pack, lines, known, variants))
    return Outlook(lines, expected, tuple(notes))


def _past_cells(store: Store, pack: Pack) -> list[CellCount]:
    past = last_wave_cells(store, pack.pack_id, pack.own)
    return [cell for cells in past.values() for cell in cells]


def _call_cost(engine: Engine, past: Mapping[str, float]) -> tuple[float | None, str]:
    if engine.engine_id in past:
        return past[engine.engine_id], "mean of its past answers"
    if engine.prices is None:
        return None, "no past answer, no price in engines.yaml"
    tokens_in = _ASSUMED_INPUT_TOKENS + (_SEARCH_INPUT_TOKENS if engine.web_search else 0)
    usd = (
        tokens_in * engine.prices.input_per_million
        + _ASSUMED_OUTPUT_TOKENS * engine.prices.output_per_million
    ) / 1_000_000
    searched = engine.prices.per_search if engine.web_search else 0.0
    return usd + searched, f"engines.yaml, assuming {_ASSUMED_OUTPUT_TOKENS} tokens an answer"


def _margin_note(expected: Margins, known: Variances) -> str:
    basis = f"from {known.cells} past cells" if known.cells else "assumed: nothing asked yet"
    market = (
        ""
        if expected.market is None
        else f", ±{100 * expected.market:.1f} for questions like these"
    )
    return (
        f"Expected margins for one engine ({basis}): ±{100 * expected.panel:.1f} points for these "
        f"questions{market}; a change of {100 * expected.detectable:.1f} points between two waves "
        "would be found four times in five."
    )


def _proposal_note(
    budget_usd: float,
    pack: Pack,
    lines: Sequence[EngineOutlook],
    known: Variances,
    variants: int,
) -> str:
    priced = [(line.engine, line.call_usd) for line in lines if line.call_usd is not None]
    unpriced = [line.engine for line in lines if line.call_usd is None]
    if not priced:
        return "No engine's price is known: put prices into engines.yaml, then ask again."
    offer = Offer(tuple(priced), len(pack.questions), variants)
    found = propose(budget_usd, offer, known)
    if found.best is None:
        mean = fmean(price for _, price in priced)
        return f"{found.note}: one call costs {mean:.4f} USD on average."
    best = found.best
    left_out = f" Without {', '.join(unpriced)}, whose price is unknown." if unpriced else ""
    return (
        f"For {budget_usd:.2f} USD a wave: {best.questions} questions × {best.repeats} repeats × "
        f"{len(best.engines)} engines = {best.calls} calls for {best.cost_usd:.2f} USD, ±"
        f"{100 * best.margins.panel:.1f} points. {found.note}.{left_out}"
    )
