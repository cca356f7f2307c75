"""Has judges read answers: one call for each answer that lacks one, its reply kept at once.

answers that name us ─▶ minus what is judged ─▶ prompts ─▶ ask (as a wave's) ─▶ replies ─▶ read

What rules settled isn't asked. A judging that was cut off goes on where it stopped: a prompt is
never asked of the same model twice, and a reply that can't be used sends the answer to the next
judge.
"""

import asyncio
import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from monitor.errors import ConfigError
from monitor.facts import probed_by
from monitor.judge import (
    JudgeReply,
    Template,
    drawn,
    judge_for,
    judge_prompt,
    open_facts,
    read_template,
)
from monitor.pipeline.asking import (
    GRACE_S,
    Errand,
    OnProgress,
    Round,
    Tally,
    month_left_usd,
    stop_signals,
)
from monitor.pipeline.checking import check_answers
from monitor.pipeline.keeping import Clock, Keeper, take_in
from monitor.pipeline.project import Project
from monitor.provider import Asker
from monitor.queries import usable_replies, wave_totals
from monitor.store import (
    EarlierJudging,
    Judgeable,
    JudgeableAmong,
    asked_and_said,
    judgeable,
    judging_pack,
    released_facts,
)
from monitor.types import Answer, AnswerStatus, Engine, Fact, Judging, Origin, Pack

TEMPLATE = "judge/answer.md"
_BATCH = 1_000
NO_JUDGE_LEFT = "no other judge is left"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An answer to be judged by `judge`, on the facts left `open`; `settled` are the others."""

    answer: Judgeable
    judge: Engine
    open: tuple[Fact, ...]
    settled: tuple[Fact, ...]
    template: Template

    @property
    def facts(self) -> Mapping[str, str]:
        """The facts that are asked: id → content hash."""
        return {fact.fact_id: fact.content_hash for fact in self.open}

    @property
    def judging_id(self) -> str:
        """The same for the same answer, template, model and facts: asked once, stored once."""
        facts = (f"{fact_id}={seen}" for fact_id, seen in sorted(self.facts.items()))
        parts = (self.answer.answer_id, self.template.label, self.judge.model, *facts)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class ToJudge:
    """What judges still have to do: answers `waiting`, and how many none can judge any more."""

    waiting: tuple[Waiting, ...] = ()
    unjudgeable: int = 0


@dataclass(frozen=True, slots=True)
class JudgingResult:
    """How a judging went; `left` counts answers that weren't judged, by reason.

    `usable` of the replies count, the others are kept; `failed` are calls that gave no text.
    """

    asked: int
    usable: int
    failed: int
    cost_usd: float
    cost_unknown: int
    left: Mapping[str, int]
    interrupted: bool = False


def read_judge_template(folder: Path) -> Template:
    """The judge template of a project's folder; ConfigError where it's missing or broken."""
    path = folder / "prompts" / TEMPLATE
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as e:
        raise ConfigError(
            f"prompts/{TEMPLATE} can't be read ({e}); `monitor init` puts the shipped one there"
        ) from e
    return read_template(f"prompts/{TEMPLATE}", source)


def to_judge(
    project: Project, pack: Pack, judges: Sequence[Engine], waves: Sequence[str] = ()
) -> ToJudge:
    """What `judges` still have to do about the pack's answers, or these waves'; asks nobody.

    Goes by the verdicts and replies that are read already, under whichever fact sheet.
    """
    if not judges:
        return ToJudge()
    template = read_judge_template(project.settings.project)
    release = released_facts(project.store, pack.pack_id)
    asking = [question.question_id for question in pack.questions if question.facts]
    among = JudgeableAmong(pack.pack_id, pack.own, asking, waves)
    facts = project.catalog.facts_of(pack)
    waiting, unjudgeable = [], 0
    for answer in judgeable(project.store, among, release.version if release else ""):
        probed = probed_by(answer.question_id)
        if not drawn(answer.answer_id, pack.judges.share):
            continue
        meant = [fact for fact in facts if probed is None or fact.fact_id == probed[0]]
        shown = open_facts(meant, answer.verdicts, answer.day)
        # A probe is about its fact alone: nobody is asked of its tone, nor of what rules settled.
        if (probed and not shown) or _is_judged(answer.earlier, template, shown):
            continue
        used = _used_up(answer.earlier, template, shown)
        judge = judge_for(project.catalog.engines.get(answer.engine), judges, used)
        if judge is None:
            unjudgeable += 1
            continue
        settled = tuple(fact for fact in facts if fact not in shown)
        waiting.append(Waiting(answer, judge, shown, settled, template))
    return ToJudge(tuple(waiting), unjudgeable)


def _is_judged(
    earlier: Sequence[EarlierJudging], template: Template, shown: Sequence[Fact]
) -> bool:
    """Whether usable replies by this template are about every one of these facts as it reads."""
    usable = [one for one in earlier if one.usable and one.template == template.label]
    told = {item for one in usable for item in one.facts.items()}
    return bool(usable) and all((fact.fact_id, fact.content_hash) in told for fact in shown)


def _used_up(
    earlier: Sequence[EarlierJudging], template: Template, shown: Sequence[Fact]
) -> Collection[str]:
    """The models that were asked just this already."""
    asked = {fact.fact_id: fact.content_hash for fact in shown}
    return {one.model for one in earlier if one.template == template.label and one.facts == asked}


def judge_answers(
    project: Project,
    pack: Pack,
    engines: Mapping[str, Engine],
    clock: Clock,
    *,
    waves: Sequence[str] = (),
    max_cost_usd: float | None = None,
    on_progress: OnProgress = lambda _tally: None,
) -> JudgingResult:
    """Have the pack's answers (or these waves') judged as far as they aren't, and read the replies.

    `engines` hold the judges, ready to be asked. Stops cleanly at SIGTERM, ^C and the budget.
    Raises StoreBusyError when another process is at it.
    """
    return asyncio.run(
        ask_judges(
            project,
            pack,
            engines,
            clock,
            waves=waves,
            max_cost_usd=max_cost_usd,
            on_progress=on_progress,
        )
    )


async def ask_judges(  # noqa: PLR0913 - keywords, each with a default that fits
    project: Project,
    pack: Pack,
    engines: Mapping[str, Engine],
    clock: Clock,
    *,
    waves: Sequence[str] = (),
    max_cost_usd: float | None = None,
    on_progress: OnProgress = lambda _tally: None,
    asker: Asker | None = None,
    grace_s: float = GRACE_S,
) -> JudgingResult:
    """`judge_answers` inside a running event loop, asked by `asker` if it is given."""
    with judging_pack(project.store, pack.pack_id):
        judges = [one for one in project.catalog.judges_of(pack) if one.engine_id in engines]
        take_in(project.store, clock())
        # Replies have to be read as facts read today, or judges were asked for what they said.
        check_answers(project, clock())
        with project.store.reading("answers to judge"):
            todo = to_judge(project, pack, judges, waves)
            budget = _budget_usd(project, pack, waves, clock(), max_cost_usd)
        tally = Tally(planned=len(todo.waiting), stored=0)
        ids: set[str] = set()
        with stop_signals() as stop:
            asking = Round(engines, clock, tally, budget, stop, on_progress, grace_s)
            while True:
                await _ask_in_parts(project, pack, todo.waiting, asking, asker)
                ids |= {waiting.judging_id for waiting in todo.waiting}
                take_in(project.store, clock())
                check_answers(project, clock())
                judges, earlier = [j for j in judges if j.engine_id not in asking.closed], judges
                if stop.is_set() or not judges or len(judges) == len(earlier):
                    break
                # A judge can't be reached: its answers, and they alone, go to the next.
                todo = to_judge(project, pack, judges, waves)
                tally.not_asked.clear()
                tally.planned = tally.asked + len(todo.waiting)
        usable = usable_replies(project.store, sorted(ids))
    left = dict(tally.left_out())
    if todo.unjudgeable:
        left[NO_JUDGE_LEFT] = todo.unjudgeable
    return JudgingResult(
        asked=tally.asked,
        usable=usable,
        failed=tally.statuses[AnswerStatus.FAILED],
        cost_usd=tally.cost_usd,
        cost_unknown=tally.cost_unknown,
        left=left,
        interrupted=stop.is_set() and bool(tally.left_out()),
    )


async def _ask_in_parts(
    project: Project,
    pack: Pack,
    waiting: Sequence[Waiting],
    asking: Round,
    asker: Asker | None,
) -> None:
    """Ask about all of `waiting`, with few enough prompts in memory at a time."""
    for start in range(0, len(waiting), _BATCH):
        part = waiting[start : start + _BATCH]
        keeper = Keeper(project.store, asking.clock)
        await asking.ask_all(_errands(project, pack, part), keeper, asker)


def _budget_usd(
    project: Project, pack: Pack, waves: Sequence[str], now: datetime, max_cost_usd: float | None
) -> float | None:
    """What this judging may cost: the least that any limit leaves.

    A wave's budget is for its answers and their judging; it limits the judging of that wave alone.
    """
    left = [month_left_usd(project, pack, now), max_cost_usd]
    if len(waves) == 1 and pack.budget.wave_usd is not None:
        totals = wave_totals(project.store, waves[0])
        left.append(pack.budget.wave_usd - totals.cost_usd - totals.judging_usd)
    limits = [max(0.0, limit) for limit in left if limit is not None]
    return min(limits) if limits else None


def _errands(project: Project, pack: Pack, part: Sequence[Waiting]) -> Iterator[Errand]:
    said = asked_and_said(project.store, [waiting.answer.answer_id for waiting in part])
    for waiting in part:
        yield _errand(pack, waiting, *said[waiting.answer.answer_id])


def _errand(pack: Pack, waiting: Waiting, question: str, text: str) -> Errand:
    answer = waiting.answer

    def draft(now: datetime) -> Answer:
        return Answer(
            answer_id=waiting.judging_id,
            question=_prompt(pack, waiting, question, text),
            engine=waiting.judge.engine_id,
            asked_at=now,
            status=AnswerStatus.FAILED,
            origin=Origin.JUDGE,
            wave_id=answer.wave_id,
            pack=pack.pack_id,
        )

    def judging(reply: Answer) -> Judging:
        return Judging(
            waiting.judging_id,
            answer.answer_id,
            pack.pack_id,
            waiting.template.label,
            waiting.facts,
            reply,
        )

    return Errand(waiting.judge.engine_id, draft, judging, shape=JudgeReply)


def _prompt(pack: Pack, waiting: Waiting, question: str, text: str) -> str:
    answer = waiting.answer
    return judge_prompt(
        waiting.template,
        pack.own,
        waiting.open,
        answer=text,
        question=question,
        asked_on=answer.day,
        lang=answer.locale.split("-")[0].lower() or "en",
        settled=waiting.settled,
    )
