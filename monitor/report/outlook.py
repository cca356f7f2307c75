"""What a wave will ask, cost and show, before any money is spent."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from monitor import plan
from monitor.queries import last_wave_cells, mean_costs_usd
from monitor.report.judging import JudgeOutlook, foreseen_judging, foreseen_probe_judging
from monitor.stats import CellCount
from monitor.stats.planning import (
    Design,
    Margins,
    Offer,
    Variances,
    bought,
    design,
    margins,
    propose,
    variances,
)
from monitor.store import Store
from monitor.types import Engine, Intent, Pack, Question

# What a product question and its answer run to, for engines that were never asked: measured on
# nothing of ours, so the source of the cost says "assumed".
_ASSUMED_INPUT_TOKENS = 40
_ASSUMED_OUTPUT_TOKENS = 700
_SEARCH_INPUT_TOKENS = 8_000
_PAST_WAVES = 4


@dataclass(frozen=True, slots=True)
class EngineOutlook:
    """One engine's part of a wave; `call_usd` None is an unknown price, never a free one."""

    engine: str
    calls: int
    call_usd: float | None
    cost_from: str
    probe_calls: int = 0
    """Calls to probes, in the waves that ask them besides."""
    judged_usd: float = 0.0
    """What judging comes to, spread over the engine's answers."""

    @property
    def wave_usd(self) -> float | None:
        """Expected cost of the engine's calls of one wave, probes apart."""
        return None if self.call_usd is None else self.call_usd * self.calls

    @property
    def probes_usd(self) -> float | None:
        """Expected cost of the probes of a wave that asks them."""
        return None if self.call_usd is None else self.call_usd * self.probe_calls


@dataclass(frozen=True, slots=True)
class Outlook:
    """A wave before it's asked; `notes` are sentences for people."""

    engines: tuple[EngineOutlook, ...]
    margins: Margins
    notes: tuple[str, ...]
    judges: tuple[JudgeOutlook, ...] = ()

    def records(self) -> list[dict[str, object]]:
        """One record for each engine and judge and one for their sum, for tables and JSON."""
        parts: tuple[EngineOutlook | JudgeOutlook, ...] = (*self.engines, *self.judges)
        every: dict[str, object] = {
            "engine": "all",
            "judging": False,
            "calls": sum(part.calls for part in parts),
            "probe_calls": sum(part.probe_calls for part in parts),
            "call_usd": None,
            "wave_usd": self.wave_usd,
            "probes_usd": self.probes_usd,
            "cost_from": "",
        }
        margins = {
            "expected_panel_margin": self.margins.panel,
            "expected_market_margin": self.margins.market,
            "detectable_change": self.margins.detectable,
        }
        return [line | margins for line in (*map(_line, parts), every)]

    @property
    def wave_usd(self) -> float | None:
        """Expected cost of a wave and its judging, probes apart; None if a part's is unknown."""
        costs = [engine.wave_usd for engine in self.engines]
        return _sum([*costs, *(judge.wave_usd for judge in self.judges)])

    @property
    def probes_usd(self) -> float | None:
        """Expected cost of a wave's probes and their judging; None if a part's is unknown."""
        parts: tuple[EngineOutlook | JudgeOutlook, ...] = (*self.engines, *self.judges)
        return _sum([part.probes_usd for part in parts if part.probe_calls])


def _line(part: EngineOutlook | JudgeOutlook) -> dict[str, object]:
    return {
        "engine": part.engine,
        "judging": isinstance(part, JudgeOutlook),
        "calls": part.calls,
        "probe_calls": part.probe_calls,
        "call_usd": part.call_usd,
        "wave_usd": part.wave_usd,
        "probes_usd": part.probes_usd if part.probe_calls else 0.0,
        "cost_from": part.cost_from,
    }


def _sum(costs: Sequence[float | None]) -> float | None:
    known = [cost for cost in costs if cost is not None]
    return sum(known) if len(known) == len(costs) else None


def outlook(
    store: Store,
    pack: Pack,
    engines: Sequence[Engine],
    budget_usd: float | None = None,
    probes: Sequence[Question] = (),
    judges: Sequence[Engine] = (),
) -> Outlook:
    """What a wave of `pack` will be like, by its own past where there is one.

    `probes` are those that some of its waves ask besides; no figure's margin hangs on them.
    `judges` read its answers. With `budget_usd`, the notes propose the design that shows most.
    """
    past_costs = mean_costs_usd(store)
    past = last_wave_cells(store, pack.pack_id, pack.own, _PAST_WAVES)
    known = _past_variances(past)
    cells = list(plan.cells(pack))
    calls, probe_calls = _calls(pack), _calls(replace(pack, questions=tuple(probes)))
    judging = foreseen_judging(store, pack, engines, judges, calls)
    graded = foreseen_probe_judging(store, pack, engines, judges, _probe_calls(pack, probes))
    lines = tuple(
        EngineOutlook(
            e.engine_id,
            calls[e.engine_id],
            *_call_cost(e, past_costs),
            probe_calls[e.engine_id],
            judging.per_answer_usd.get(e.engine_id, 0.0),
        )
        for e in engines
    )
    headline = _headline_questions(pack, past)
    variants = max(1, len(cells) // max(1, len(pack.questions) * len(engines)))
    size = _Size(headline, len(pack.questions), variants)
    expected = margins(max(1, headline), pack.repeats, known, variants=variants)
    notes = [_margin_note(expected, known, size), _steps_note(pack, lines, known, size)]
    notes.append(_probes_note(pack, lines))
    if budget_usd is not None:
        notes.append(_proposal_note(budget_usd, lines, known, size))
    notes += [judging.note, graded.note]
    return Outlook(
        lines,
        expected,
        tuple(note for note in notes if note),
        (*judging.judges, *graded.judges),
    )


def _calls(pack: Pack) -> Counter[str]:
    """How many calls a wave makes, by engine."""
    return Counter(call.cell.engine for call in plan.calls(pack, ""))


def _probe_calls(pack: Pack, probes: Sequence[Question]) -> Counter[tuple[str, str]]:
    """How many calls the probes make, by engine and question."""
    asked = replace(pack, questions=tuple(probes))
    return Counter((c.cell.engine, c.cell.question_id) for c in plan.calls(asked, ""))


def _probes_note(pack: Pack, lines: Sequence[EngineOutlook]) -> str:
    """How many probes are asked besides, how often, and for how much."""
    asked = sum(line.probe_calls for line in lines)
    if pack.probes is None:
        return ""
    if not asked:
        return (
            "No fact that the pack's probes mean holds today in its languages: nothing is probed."
        )
    known = _sum([line.probes_usd for line in lines if line.probe_calls])
    cost = "at an unknown cost" if known is None else f"for {known:.2f} USD"
    every = "Every wave" if pack.probes.every == 1 else f"One wave in {pack.probes.every}"
    return f"{every} asks {asked} probes of facts besides, {cost}; they are in no headline."


@dataclass(frozen=True, slots=True)
class _Size:
    """Questions that the headlines stand on, of all, and how often each is asked anew."""

    headline: int
    questions: int
    variants: int

    def priced(self, lines: Sequence[EngineOutlook]) -> tuple[tuple[str, float], ...]:
        """What an answer of a headline question costs, judging and other questions' share in."""
        share = self.questions / max(1, self.headline)
        return tuple(
            (e.engine, (e.call_usd + e.judged_usd) * share) for e in lines if e.call_usd is not None
        )

    def calls(self, found: Design) -> int:
        """The design's calls with the questions that aren't in headlines, in proportion."""
        return round(found.calls * self.questions / max(1, self.headline))


def _headline_questions(pack: Pack, past: Mapping[str, Sequence[CellCount]]) -> int:
    """Questions that name no brand and aren't probes: by the past, else as far as they say so."""
    asked = {cell.question for cells in past.values() for cell in cells}
    if asked:
        return sum(q.question_id in asked for q in pack.questions) or len(asked)
    return sum(not q.branded and q.intent is not Intent.PROBE for q in pack.questions)


def _past_variances(past: Mapping[str, Sequence[CellCount]]) -> Variances:
    """The mean of the engines' own variances; the assumed ones where nothing was asked."""
    each = [variances(cells) for cells in past.values()]
    told = [found for found in each if found.cells]
    if not told:
        return Variances()
    return Variances(
        fmean(found.between for found in told),
        fmean(found.within for found in told),
        sum(found.cells for found in told),
    )


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


def _margin_note(expected: Margins, known: Variances, size: _Size) -> str:
    basis = f"from {known.cells} past cells" if known.cells else "assumed: nothing asked yet"
    market = (
        ""
        if expected.market is None
        else f", ±{100 * expected.market:.1f} for questions like these"
    )
    return (
        f"Expected margins for one engine on its {size.headline} unbranded questions ({basis}): "
        f"±{100 * expected.panel:.1f} points for these "
        f"questions{market}; a change of {100 * expected.detectable:.1f} points between two waves "
        "would be found four times in five."
    )


def _steps_note(pack: Pack, lines: Sequence[EngineOutlook], known: Variances, size: _Size) -> str:
    """What one more repeat and one more question would cost and bring."""
    prices = size.priced(lines)
    if not prices or not size.headline:
        return ""

    def asked(questions: int, repeats: int) -> Design:
        return design(questions, repeats, prices, known, variants=size.variants)

    now = asked(size.headline, pack.repeats)
    repeat = bought(now, asked(size.headline, pack.repeats + 1))
    question = bought(now, asked(size.headline + 1, pack.repeats))
    return f"One more repeat: {repeat}. One more question: {question}."


def _proposal_note(
    budget_usd: float, lines: Sequence[EngineOutlook], known: Variances, size: _Size
) -> str:
    priced = size.priced(lines)
    unpriced = [line.engine for line in lines if line.call_usd is None]
    if not priced:
        return "No engine's price is known: put prices into engines.yaml, then ask again."
    found = propose(budget_usd, Offer(priced, max(1, size.headline), size.variants), known)
    if found.best is None:
        engine, price = priced[0]
        return f"{found.note}: asked once of {engine} it costs {price * size.variants:.4f} USD."
    best = found.best
    left_out = f" Without {', '.join(unpriced)}, whose price is unknown." if unpriced else ""
    return (
        f"For {budget_usd:.2f} USD a wave: {best.questions} of {size.headline} unbranded questions "
        f"(the others in proportion) × {best.repeats} repeats × {len(best.engines)} engines = "
        f"{size.calls(best)} calls for {best.cost_usd:.2f} USD, ±{100 * best.margins.panel:.1f} "
        f"points. {found.note[:1].upper()}{found.note[1:]}.{left_out}"
    )
