"""Judges that fail, cost too much, or read answers that speak to them: counted, nothing lost."""

from dataclasses import replace
from pathlib import Path

import pytest
from judge_bench import (
    FACT,
    FALSE,
    NOW,
    PRAISE,
    QUICK,
    RIVAL,
    TRUE,
    Bench,
    judge_models,
    judged_project,
    rows,
    told,
    verdicts,
    waiting,
)
from small_project import edited

from monitor.pipeline import open_project
from monitor.pipeline.judging import NO_JUDGE_LEFT
from monitor.queries import spent_usd
from monitor.simulator import (
    FaultKind,
    Faults,
)
from monitor.simulator.texts.hostile import INSTRUCTIONS
from monitor.store import ingest
from monitor.types import Answer, AnswerStatus, Judging, Origin


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return judged_project(tmp_path)


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


def test_a_judge_that_cant_be_reached_hands_its_answers_to_the_next(folder: Path) -> None:
    judge_models(folder, "gemini/gemini-9", "anthropic/claude-9")
    told(folder, TRUE, FALSE, PRAISE)
    result = Bench(dead=frozenset({"judge-0"})).ask(folder)
    assert (result.usable, result.left) == (3, {})
    said = rows(folder, "SELECT engine, count(*) FROM judgings WHERE status = 'ok' GROUP BY 1")
    assert said == [("judge-1", 3)]


def test_where_no_judge_can_be_reached_the_answers_wait_for_the_next_time(folder: Path) -> None:
    judge_models(folder, "gemini/gemini-9", "anthropic/claude-9")
    texts = (TRUE, FALSE, PRAISE, f"{TRUE} {PRAISE}", f"{PRAISE} {FALSE}")
    told(folder, *texts)
    result = Bench(dead=frozenset({"judge-0", "judge-1"})).ask(folder)
    assert result.usable == 0
    assert any("closed" in reason for reason in result.left), result.left
    later = Bench().ask(folder)
    # What both failed on is kept as failed; the others are judged.
    assert later.usable >= 3
    assert later.usable + sum(later.left.values()) == len(texts)
    assert waiting(folder) == 0


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
