"""What judging a wave will come to, before any of it is paid for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from monitor.facts import probed_by
from monitor.judge import judge_for
from monitor.queries import judged_shares, mean_costs_usd, open_probe_shares
from monitor.store import Store
from monitor.types import Engine, Pack

# A prompt with its facts and an answer, and a reply; measured on the demo's, so "assumed".
_INPUT_TOKENS = 2_000
_OUTPUT_TOKENS = 300


@dataclass(frozen=True, slots=True)
class JudgeOutlook:
    """One judge's part of a wave, or of its probes; `call_usd` None is an unknown price."""

    engine: str
    calls: int
    call_usd: float | None
    cost_from: str
    probe_calls: int = 0
    """Calls about probes, in the waves that ask them; a line of its own, without other calls."""

    @property
    def wave_usd(self) -> float | None:
        """Expected cost of the judge's calls about one wave, probes apart."""
        return None if self.call_usd is None else self.call_usd * self.calls

    @property
    def probes_usd(self) -> float | None:
        """Expected cost of the judge's calls about the probes of a wave that asks them."""
        return None if self.call_usd is None else self.call_usd * self.probe_calls


@dataclass(frozen=True, slots=True)
class ForeseenJudging:
    """What judging a wave will come to: by judge, and spread over each engine's answers."""

    judges: tuple[JudgeOutlook, ...] = ()
    per_answer_usd: Mapping[str, float] = field(default_factory=dict)
    note: str = ""


def foreseen_probe_judging(
    store: Store,
    pack: Pack,
    engines: Sequence[Engine],
    judges: Sequence[Engine],
    probes: Mapping[tuple[str, str], int],
) -> ForeseenJudging:
    """The judges' calls about a wave's `probes`, counted by engine and question, and their cost.

    How many of a fact's probes rules leave open is taken from the latest waves that asked them;
    of a fact that an engine was never probed on, all may be.
    """
    if not judges or not probes:
        return ForeseenJudging()
    left_open = open_probe_shares(store, pack.pack_id)
    past = mean_costs_usd(store, "judgings")
    known = {engine.engine_id: engine for engine in engines}
    calls = {judge.engine_id: 0.0 for judge in judges}
    unseen = False
    for (engine_id, question_id), asked in probes.items():
        probed = probed_by(question_id)
        judge = judge_for(known.get(engine_id), judges)
        if probed is None or judge is None:
            continue
        key = (engine_id, probed[0])
        unseen = unseen or key not in left_open
        calls[judge.engine_id] += pack.judges.share * left_open.get(key, 1.0) * asked
    lines = tuple(
        JudgeOutlook(judge.engine_id, 0, *judging_usd(judge, past), probe_calls=count)
        for judge in judges
        if (count := round(calls[judge.engine_id]))
    )
    basis = "as many as in the latest waves" if lines else "in the latest waves they graded all"
    if unseen:
        basis = "here: all of a fact that an engine was never probed on"
    return ForeseenJudging(lines, note=f"Judges read the probes that rules can't grade ({basis}).")


def foreseen_judging(
    store: Store,
    pack: Pack,
    engines: Sequence[Engine],
    judges: Sequence[Engine],
    answers: Mapping[str, int],
) -> ForeseenJudging:
    """The judges' calls and their cost for a wave with so many `answers` by engine.

    How many of them name the brand is taken from the latest waves; before there are any, all do.
    """
    if not judges:
        return ForeseenJudging()
    asking = [question.question_id for question in pack.questions if question.facts]
    shares = judged_shares(store, pack.pack_id, pack.own, asking)
    past = mean_costs_usd(store, "judgings")
    costs = {judge.engine_id: judging_usd(judge, past) for judge in judges}
    calls = {judge.engine_id: 0.0 for judge in judges}
    spread: dict[str, float] = {}
    for engine in engines:
        judge = judge_for(engine, judges)
        if judge is not None:
            share = pack.judges.share * shares.get(engine.engine_id, 1.0)
            calls[judge.engine_id] += share * answers[engine.engine_id]
            spread[engine.engine_id] = share * (costs[judge.engine_id][0] or 0.0)
    lines = (JudgeOutlook(name, round(n), *costs[name]) for name, n in calls.items() if n)
    basis = "as many as in the latest waves" if shares else "here: all; nothing was asked yet"
    note = f"Judges read the answers that name {pack.own} or are asked its facts ({basis})."
    return ForeseenJudging(tuple(lines), spread, note)


def judging_usd(judge: Engine, past: Mapping[str, float]) -> tuple[float | None, str]:
    """What one judging by `judge` is expected to cost, None if nobody knows, and the source."""
    if judge.engine_id in past:
        return past[judge.engine_id], "mean of its past judgings"
    if judge.prices is None:
        return None, "no past judging, no price in engines.yaml"
    usd = (
        _INPUT_TOKENS * judge.prices.input_per_million
        + _OUTPUT_TOKENS * judge.prices.output_per_million
    ) / 1_000_000
    return usd, f"engines.yaml, assuming {_INPUT_TOKENS} tokens to read"
