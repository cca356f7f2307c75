"""Judges read stored answers over HTTP, through LiteLLM: asked once, kept, read, counted."""

import asyncio
import os
import re
import signal
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from said_answers import Said, judge, say
from small_project import MARKET_START, Cut, edited, small_project

from monitor.facts import Grade
from monitor.pipeline import JudgingResult, Project, check_answers, open_project, to_judge
from monitor.pipeline.judging import NO_JUDGE_LEFT, ask_judges
from monitor.pipeline.probing import pack_probes
from monitor.pipeline.simulated import addressed
from monitor.provider import Asker, RetryPolicy
from monitor.queries import View, judge_reads, probe_lines, spent_usd, tone_figures
from monitor.report import as_html, as_markdown, report_on
from monitor.simulator import (
    NO_FAULTS,
    FaultKind,
    Faults,
    JudgeErrors,
    Market,
    SimulatedJudge,
    Statement,
    serve,
)
from monitor.simulator.texts.hostile import INSTRUCTIONS
from monitor.store import ingest
from monitor.store.free import run_sql
from monitor.store.upkeep import rebuild_store
from monitor.types import Answer, AnswerStatus, Judging, Origin

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
QUICK = RetryPolicy(attempts=2, first_wait_s=0.01, longest_wait_s=0.05, total_timeout_s=20.0)
FACT = "translation-workflow"
TRUE = "In Tessavik a second person reviews every translation."
FALSE = "Tessavik publishes translations without anybody looking at them."
PRAISE = "My pick would be Tessavik, since it combines a clear editor with fair prices."
RIVAL = (
    "Pergola (content platform) is highly recommended for agencies. "
    "Tessavik is another product in this market."
)
SILENT = "Nobody can say which system is best."
STATEMENT = Statement(
    FACT,
    "Tessavik",
    right={"en": ("In {a} a second person reviews every translation.",)},
    wrong={"en": ("{a} publishes translations without anybody looking at them.",)},
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project whose answers a simulated judge of another vendor reads, all of them."""
    made = small_project(
        tmp_path / "project", Cut(questions=("tessavik-pricing", "best-headless"), judged=True)
    )
    with edited(made / "prompts/packs/demo.yaml") as pack:
        pack["judge"] = {"engines": ["sim-judge"]}
        (asking,) = (one for one in pack["questions"] if one["id"] == "tessavik-pricing")
        asking["facts"] = ["starter-price", FACT]
    return made


@dataclass
class Bench:
    """What the simulated judges are like, and what came of asking them."""

    faults: Faults = NO_FAULTS
    errors: JudgeErrors = field(default_factory=lambda: JudgeErrors(1.0, 1.0))
    retry: RetryPolicy = QUICK
    prompts: list[str] = field(default_factory=list)
    times: int = 0

    def ask(self, folder: Path, **options: Any) -> JudgingResult:
        """Have the project's answers judged."""
        return asyncio.run(self._ask(open_project(folder), **options))

    async def _ask(self, project: Project, **options: Any) -> JudgingResult:
        self.times += 1
        now = NOW + timedelta(hours=self.times)
        pack = project.pack("demo")
        market = Market(
            pack,
            project.catalog.brands_of(pack),
            project.catalog.engines_of(pack),
            seed=1,
            start=MARKET_START,
            facts=project.catalog.facts_of(pack),
            planted=(),
            statements=(STATEMENT,),
        )
        judge = SimulatedJudge(market, self.errors)

        def remembering(request: Any) -> str:
            self.prompts.append(request.prompt)
            return judge(request)

        async with (
            serve(market, faults=self.faults, judge=remembering) as handle,
            Asker(self.retry) as asker,
        ):
            judges = addressed(project.catalog.judges_of(pack), handle, MARKET_START)
            return await ask_judges(
                project, pack, judges, lambda: now, asker=asker, **{"grace_s": 5.0, **options}
            )


def told(folder: Path, *texts: str, engine: str = "sim-chat") -> list[str]:
    """Ids of answers in these words, measured and held against the facts by rules."""
    project = open_project(folder)
    ids = say(
        project,
        [Said(text, "tessavik-pricing", engine, repeat=n) for n, text in enumerate(texts, 1)],
    )
    judge(project)
    return ids


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in run_sql(open_project(folder).store, query).rows]


def waiting(folder: Path) -> int:
    """How many answers still have to be judged."""
    project = open_project(folder)
    pack = project.pack("demo")
    return len(to_judge(project, pack, project.catalog.judges_of(pack)).waiting)


def verdicts(folder: Path) -> list[tuple[Any, ...]]:
    return rows(
        folder,
        "SELECT answer_id, fact_id, verdict, quote FROM machine_judgements "
        "WHERE method = 'judge' ORDER BY answer_id, fact_id",
    )


def judge_models(folder: Path, *models: str) -> None:
    """Let the pack's judges be these models, the preferred first."""
    with edited(folder / "prompts/engines.yaml") as content:
        (template,) = (one for one in content["engines"] if one["id"] == "sim-judge")
        content["engines"] = [one for one in content["engines"] if one["id"] != "sim-judge"]
        content["engines"] += [
            {**template, "id": f"judge-{number}", "model": model, "account": f"judge-{number}"}
            for number, model in enumerate(models)
        ]
    with edited(folder / "prompts/packs/demo.yaml") as pack:
        pack["judge"] = {"engines": [f"judge-{number}" for number in range(len(models))]}
        if len(models) == 1:
            pack["engines"] = ["sim-chat"]


# -- what is asked, and what comes of it ------------------------------------------------------


def test_a_judge_settles_what_rules_left_open_with_the_answers_own_words(folder: Path) -> None:
    ids = told(folder, f"{PRAISE}\n\n{TRUE}", f"{PRAISE}\n\n{FALSE}", PRAISE)
    result = Bench().ask(folder)
    assert (result.asked, result.failed, result.left) == (3, 0, {})
    assert verdicts(folder) == [
        (ids[0], FACT, "correct", TRUE),
        (ids[1], FACT, "incorrect", FALSE),
        (ids[2], FACT, "not_stated", ""),
    ]


def test_what_rules_settled_is_shown_but_not_asked(folder: Path) -> None:
    told(folder, f"{PRAISE} Tessavik's Starter plan costs 290 euros a month.")
    bench = Bench()
    bench.ask(folder)
    (prompt,) = bench.prompts
    assert f"fact_id: {FACT}" in prompt
    assert "fact_id: starter-price" not in prompt
    assert "- Tessavik's Starter plan costs 290 euros a month." in prompt


def test_tone_advice_and_claims_are_read_from_the_reply(folder: Path) -> None:
    ids = told(folder, PRAISE, RIVAL)
    Bench().ask(folder)
    assert rows(
        folder, "SELECT answer_id, sentiment, recommendation FROM standing_reads ORDER BY 1"
    ) == [(ids[0], "positive", "recommended"), (ids[1], "neutral", "rival_preferred")]


def test_tone_becomes_figures_that_name_their_judge(folder: Path) -> None:
    project = open_project(folder)
    praise = [Said(f"{PRAISE} It has {n} themes.", "best-headless", repeat=n) for n in range(8)]
    rival = [Said(f"{RIVAL} It has {n} themes.", "best-headless", repeat=n) for n in range(8, 12)]
    say(project, [*praise, *rival])
    judge(project)
    Bench().ask(folder)
    sentiment, rivals = tone_figures(project.store, View("demo"), brands=("Tessavik",))
    assert (sentiment.k, sentiment.n) == (8, 12)
    assert sentiment.value == pytest.approx(8 / 12)
    assert (rivals.k, rivals.n) == (4, 12)
    assert rivals.value == pytest.approx(4 / 12)
    assert sentiment.panel is not None
    assert sentiment.panel.low < 8 / 12 < sentiment.panel.high
    assert sentiment.versions["judged_by"].startswith("answer@1 sim-judge-1")
    report = report_on(project.store, "demo")
    for written in (as_markdown(report), as_html(report)):
        assert "+0.67" in written
        assert "A rival is preferred" in written


def test_an_answer_that_neither_names_us_nor_is_asked_a_fact_is_not_judged(folder: Path) -> None:
    project = open_project(folder)
    say(project, [Said(SILENT, "best-headless"), Said(PRAISE, "best-headless", repeat=2)])
    judge(project)
    assert Bench().ask(folder).asked == 1


def test_of_probes_judges_read_what_rules_cant_grade_on_that_fact_alone(folder: Path) -> None:
    with edited(folder / "prompts/packs/demo.yaml") as pack:
        pack["probes"] = {"facts": [FACT, "starter-price"]}
    project = open_project(folder)
    ids = say(
        project,
        [
            Said(f"{PRAISE} {FALSE}", f"probe:{FACT}:false_premise"),
            Said(f"{PRAISE} {TRUE}", f"probe:{FACT}:neutral"),
            Said("Tessavik's Starter plan costs 290 euros a month.", "probe:starter-price:neutral"),
        ],
        pack_probes(project, project.pack("demo"), NOW.date()),
    )
    judge(project)
    bench = Bench()
    assert bench.ask(folder).asked == 2
    assert all(re.findall(r"- fact_id: (\S+)", prompt) == [FACT] for prompt in bench.prompts)
    view = View("demo")
    graded = {
        line.answer_id: (line.grade, line.method) for line in probe_lines(project.store, view)
    }
    assert graded == {
        ids[0]: (Grade.ACCEPTS, "judge"),
        ids[1]: (Grade.CORRECTS, "judge"),
        ids[2]: (Grade.CORRECTS, "rules"),
    }
    assert judge_reads(project.store, view) == 0
    assert all(figure.n == 0 for figure in tone_figures(project.store, view))


def test_only_a_share_of_answers_is_judged_where_the_pack_says_so(folder: Path) -> None:
    with edited(folder / "prompts/packs/demo.yaml") as pack:
        pack["judge"]["share"] = 0.5
    told(folder, *[PRAISE] * 40)
    assert 10 < waiting(folder) < 30


def test_without_judges_nobody_is_asked_and_typed_facts_are_judged_all_the_same(
    folder: Path,
) -> None:
    with edited(folder / "prompts/packs/demo.yaml") as pack:
        del pack["judge"]
    told(folder, "Tessavik's Starter plan costs 290 euros a month.")
    result = Bench().ask(folder)
    assert result.asked == 0
    assert rows(folder, "SELECT fact_id, verdict FROM machine_judgements WHERE quote <> ''") == [
        ("starter-price", "correct")
    ]


@pytest.mark.parametrize(
    "model",
    [
        "anthropic/claude-sonnet-4-5",
        "anthropic/sim-judge-1",
        "gemini/gemini-2.5-flash",
        "mistral/sim-judge-1",
        "ollama_chat/llama3.2",
    ],
)
def test_judges_reply_in_the_form_wanted_in_every_wire_format(folder: Path, model: str) -> None:
    judge_models(folder, model)
    ids = told(folder, f"{PRAISE}\n\n{FALSE}")
    result = Bench().ask(folder)
    assert verdicts(folder) == [(ids[0], FACT, "incorrect", FALSE)]
    assert (result.cost_usd, result.cost_unknown) > (0, 0)
    ((judged_by, status),) = rows(
        folder,
        "SELECT judged_by, status FROM judgements JOIN judgings USING (judging_id)",
    )
    assert judged_by.startswith("answer@1 ")
    assert status == "ok"


def test_an_answer_is_judged_by_the_preferred_judge_of_another_vendor(folder: Path) -> None:
    judge_models(folder, "anthropic/sim-judge-1", "mistral/sim-judge-1")
    told(folder, PRAISE, engine="sim-chat")
    told(folder, RIVAL, engine="sim-claude")
    Bench().ask(folder)
    assert rows(
        folder,
        "SELECT a.engine, j.engine FROM judgings j JOIN answers a USING (answer_id) ORDER BY 1",
    ) == [("sim-chat", "judge-0"), ("sim-claude", "judge-1")]


# -- once, and only what is missing -----------------------------------------------------------


def test_nothing_is_asked_twice(folder: Path) -> None:
    told(folder, PRAISE, RIVAL)
    bench = Bench()
    assert bench.ask(folder).asked == 2
    assert bench.ask(folder).asked == 0
    told(folder, PRAISE, RIVAL, f"{PRAISE} {TRUE}")
    assert bench.ask(folder).asked == 1
    assert len(set(bench.prompts)) == len(bench.prompts) == 3


def test_a_judging_that_is_stopped_goes_on_with_what_is_missing(folder: Path) -> None:
    with edited(folder / "prompts/engines.yaml") as content:
        for engine in content["engines"]:
            engine["concurrency"] = 1
    told(folder, *(f"{PRAISE} It has {n} themes." for n in range(8)))
    bench = Bench()

    def stopping(tally: Any) -> None:
        if tally.asked == 3:
            os.kill(os.getpid(), signal.SIGTERM)

    stopped = bench.ask(folder, on_progress=stopping)
    assert stopped.interrupted
    assert stopped.left == {"interrupted": 8 - stopped.asked}
    assert bench.ask(folder).asked == 8 - stopped.asked
    assert len(set(bench.prompts)) == len(bench.prompts) == 8


def test_a_new_version_of_the_template_has_answers_judged_anew(folder: Path) -> None:
    told(folder, PRAISE)
    bench = Bench()
    bench.ask(folder)
    template = folder / "prompts/judge/answer.md"
    template.write_text(template.read_text("utf-8").replace("version: 1", "version: 2"), "utf-8")
    assert bench.ask(folder).asked == 1
    assert rows(folder, "SELECT template FROM standing_reads") == [("answer@2",)]


def test_a_verdict_on_a_fact_that_reads_otherwise_today_isnt_used_and_is_asked_again(
    folder: Path,
) -> None:
    ids = told(folder, f"{PRAISE}\n\n{TRUE}")
    bench = Bench()
    bench.ask(folder)
    with edited(folder / "prompts/facts/demo.yaml") as sheet:
        (fact,) = (one for one in sheet["facts"] if one["id"] == FACT)
        fact["statement"]["en"] = "Translations in Tessavik are reviewed by two people."
    check_answers(open_project(folder), NOW)
    assert verdicts(folder) == []
    assert bench.ask(folder).asked == 1
    assert "reviewed by two people" in bench.prompts[-1]
    assert verdicts(folder) == [(ids[0], FACT, "correct", TRUE)]


def test_a_changed_sheet_alone_sends_no_answer_to_the_next_judge(folder: Path) -> None:
    judge_models(folder, "anthropic/sim-judge-1", "mistral/sim-judge-1")
    told(folder, PRAISE)
    bench = Bench()
    bench.ask(folder)
    with edited(folder / "prompts/facts/demo.yaml") as sheet:
        (fact,) = (one for one in sheet["facts"] if one["id"] == "founded")
        fact["value"]["value"] = 2012
    assert bench.ask(folder).asked == 0


def test_a_rebuilt_store_reads_the_same_from_the_journal_without_asking(folder: Path) -> None:
    told(folder, f"{PRAISE}\n\n{TRUE}", f"{RIVAL}\n\n{FALSE}")
    Bench().ask(folder)
    reads = "SELECT * EXCLUDE (problems, unscored) FROM standing_reads ORDER BY ALL"
    before = (verdicts(folder), rows(folder, reads))
    project = open_project(folder)
    rebuild_store(project.store, NOW)
    judge(project, NOW)
    assert (verdicts(folder), rows(folder, reads)) == before
    assert waiting(folder) == 0


# -- judges that fail -------------------------------------------------------------------------


def faulty(kind: FaultKind) -> Bench:
    return Bench(faults=Faults({kind: 1.0}))


@pytest.mark.parametrize(
    ("kind", "usable", "problem"),
    [
        (FaultKind.JUDGE_BROKEN, False, "unusable reply"),
        (FaultKind.JUDGE_OTHER_FACTS, True, "judged facts that weren't asked: 1"),
        (FaultKind.REFUSED, False, "refused"),
        (FaultKind.EMPTY, False, "empty"),
        (FaultKind.SERVER_ERROR, False, "failed: server error"),
    ],
)
def test_a_reply_that_is_no_use_is_kept_with_its_reason(
    folder: Path, kind: FaultKind, usable: bool, problem: str
) -> None:
    told(folder, f"{PRAISE}\n\n{TRUE}")
    assert faulty(kind).ask(folder).asked == 1
    ((found, unscored, problems),) = rows(
        folder, "SELECT usable, unscored, problems FROM judging_reads"
    )
    assert (found, unscored) == (usable, [FACT])
    assert problem in problems[0]
    assert verdicts(folder) == []


def test_a_quote_that_isnt_in_the_answer_makes_the_verdict_unverifiable(folder: Path) -> None:
    ids = told(folder, f"{PRAISE}\n\n{TRUE}")
    faulty(FaultKind.JUDGE_INVENTED_QUOTES).ask(folder)
    assert verdicts(folder) == [(ids[0], FACT, "unverifiable", "")]


def test_a_judge_that_never_answers_is_given_up_and_counted(folder: Path) -> None:
    with edited(folder / "prompts/engines.yaml") as content:
        for engine in content["engines"]:
            engine["timeout_s"] = 0.3
    told(folder, PRAISE)
    bench = Bench(Faults({FaultKind.STALLED: 1.0}), retry=replace(QUICK, attempts=1, grace_s=0.1))
    result = bench.ask(folder)
    assert (result.asked, result.failed) == (1, 1)
    assert rows(
        folder, "SELECT status, usable FROM judgings JOIN judging_reads USING (judging_id)"
    ) == [("failed", False)]


def test_after_an_unusable_reply_the_next_judge_is_asked_and_then_nobody(folder: Path) -> None:
    judge_models(folder, "anthropic/sim-judge-1", "mistral/sim-judge-1")
    told(folder, PRAISE)
    broken = faulty(FaultKind.JUDGE_BROKEN)
    assert broken.ask(folder).asked == 1
    assert broken.ask(folder).asked == 1
    assert broken.ask(folder).left == {NO_JUDGE_LEFT: 1}
    assert rows(folder, "SELECT engine FROM judgings ORDER BY engine") == [
        ("judge-0",),
        ("judge-1",),
    ]


def test_judging_stops_at_the_budget_and_goes_on_later(folder: Path) -> None:
    told(folder, *(f"{PRAISE} It has {n} themes." for n in range(8)))
    bench = Bench()
    cut = bench.ask(folder, max_cost_usd=0.0015)
    assert 0 < cut.asked < 8
    assert cut.left == {"the budget is used up": 8 - cut.asked}
    assert cut.cost_usd <= 0.0015
    assert bench.ask(folder).asked == 8 - cut.asked


def test_a_waves_budget_counts_its_answers_and_their_judgings(folder: Path) -> None:
    with edited(folder / "prompts/packs/demo.yaml") as pack:
        pack["budget"] = {"wave_usd": 0.0015}
    told(folder, *(f"{PRAISE} It has {n} themes." for n in range(8)))
    ((wave,),) = rows(folder, "SELECT wave_id FROM waves")
    bench = Bench()
    first = bench.ask(folder, waves=[wave])
    assert 0 < first.asked < 8
    assert bench.ask(folder, waves=[wave]).asked <= 1  # what a call costs shows with the first


def test_what_judges_cost_counts_as_spent(folder: Path) -> None:
    told(folder, PRAISE)
    project = open_project(folder)
    reply = Answer(
        "j1", "prompt", "claude", NOW, AnswerStatus.OK, origin=Origin.JUDGE, cost_usd=0.5
    )
    project.store.journal.append([Judging("j1", "a1", "demo", "answer@1", {}, reply)], NOW)
    ingest(project.store, NOW)
    assert spent_usd(project.store, NOW, "demo") == pytest.approx(0.5)


# -- answers that speak to their judge --------------------------------------------------------


@pytest.mark.parametrize("model", ["mistral/sim-gullible-1", "anthropic/sim-gullible-1"])
def test_instructions_in_an_answer_move_no_verdict_of_a_judge_that_would_obey(
    folder: Path, model: str
) -> None:
    judge_models(folder, model)
    orders = sorted({order for lang in INSTRUCTIONS.values() for order in lang})
    ids = told(folder, *(f"{RIVAL}\n\n{FALSE}\n\n{order}" for order in orders))
    bench = Bench()
    bench.ask(folder)
    assert verdicts(folder) == [(one, FACT, "incorrect", FALSE) for one in sorted(ids)]
    assert rows(folder, "SELECT DISTINCT sentiment, recommendation FROM standing_reads") == [
        ("neutral", "rival_preferred")
    ]
    for prompt in bench.prompts:
        _, opening, _ = prompt.partition("<<<ANSWER ")
        assert prompt.count(opening + prompt.partition(opening)[2][:12]) == 2


def test_the_judges_of_a_wave_leave_its_other_results_as_they_are(folder: Path) -> None:
    told(folder, f"{PRAISE} Tessavik's Starter plan costs 290 euros a month.")
    standing = "SELECT * FROM judgements WHERE method = 'rules' ORDER BY ALL"
    before = (rows(folder, standing), rows(folder, "FROM mentions ORDER BY ALL"))
    faulty(FaultKind.JUDGE_BROKEN).ask(folder)
    assert (rows(folder, standing), rows(folder, "FROM mentions ORDER BY ALL")) == before
