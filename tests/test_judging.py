"""Judges read stored answers over HTTP, through LiteLLM: asked once, kept, read, counted."""

import os
import re
import signal
from pathlib import Path
from typing import Any

import pytest
from judge_bench import (
    FACT,
    FALSE,
    NOW,
    PRAISE,
    RIVAL,
    SILENT,
    TRUE,
    Bench,
    judge_models,
    judged_project,
    rows,
    told,
    verdicts,
    waiting,
)
from said_answers import Said, judge, say
from small_project import edited

from monitor.facts import Grade
from monitor.pipeline import check_answers, open_project
from monitor.pipeline.probing import pack_probes
from monitor.queries import View, judge_reads, probe_lines, tone_figures
from monitor.report import as_html, as_markdown, report_on
from monitor.store.upkeep import rebuild_store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return judged_project(tmp_path)


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
