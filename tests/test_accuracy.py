"""Accuracy from stored answers: figures, contradictions, gaps; people's word comes first."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from said_answers import SAID_AT, Said, judge, say
from small_project import Cut, edited, small_project

from monitor.facts import RULES_VERSION
from monitor.pipeline import Project, open_project
from monitor.queries import (
    ACCURACY,
    CORRECTED,
    F_SCORE,
    OMISSION,
    By,
    EventKind,
    Figure,
    View,
    accuracy_figures,
    answer_count,
    answer_lines,
    answer_verdicts,
    fact_lines,
    timeline,
)
from monitor.report import as_csv, as_html, as_json, as_markdown, report_on
from monitor.report.exports import Kind, export_table
from monitor.stats.agreement import Calibration
from monitor.store import ingest
from monitor.types import Intent, Question, Review, ReviewSample, Verdict

QUESTIONS = ("tessavik-pricing", "tessavik-reputation", "best-cms-midsize", "cms-cost")
RIGHT = "Tessavik's Starter plan costs 290 euros a month. There is no free plan."
WRONG = "Tessavik's Starter plan costs 190 euros a month. There is no free plan."
PLAN = "Tessavik has a free plan."
BRANDED = View("demo", branded=True)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return open_project(small_project(tmp_path / "project", Cut(questions=QUESTIONS)))


def figures(project: Project, view: View = BRANDED, **more: Any) -> dict[str, Figure]:
    found = accuracy_figures(project.store, view, "Tessavik", [By()], **more)
    return {figure.figure: figure for figure in found}


def reviewed(project: Project, answer_id: str, fact_id: str, verdict: Verdict | None) -> None:
    moment = SAID_AT + timedelta(hours=1)
    review = Review(f"r-{answer_id}-{fact_id}", answer_id, fact_id, verdict, "ana", moment)
    project.store.journal.append([review], moment)
    ingest(project.store, moment)


def test_accuracy_is_right_of_what_is_stated_and_omission_left_out_of_what_is_asked(
    project: Project,
) -> None:
    say(project, [Said(RIGHT, repeat=n) for n in range(8)] + [Said(WRONG, repeat=9)] * 4)
    judge(project)
    found = figures(project)
    assert (found[ACCURACY].k, found[ACCURACY].n, found[ACCURACY].value) == (20, 24, 20 / 24)
    assert (found[OMISSION].k, found[OMISSION].n) == (12, 36)  # nobody speaks of the trial
    # Asked 36 facts, tried 24, right 20: the harmonic mean of 20/36 and 20/24.
    assert found[F_SCORE].value == pytest.approx(2 * 20 / (36 + 24))
    assert found[ACCURACY].panel is not None
    assert found[ACCURACY].versions["judged_by"].startswith("f")


def test_engines_weigh_the_same_however_much_they_say(project: Project) -> None:
    say(project, [Said(RIGHT, repeat=n) for n in range(30)]
        + [Said(WRONG, engine="sim-claude", repeat=n) for n in range(10)])  # fmt: skip
    judge(project)
    assert figures(project)[ACCURACY].value == pytest.approx((1 + 0.5) / 2)
    by_engine = accuracy_figures(project.store, BRANDED, "Tessavik", [By(engine=True)])
    assert {f.engine: f.value for f in by_engine if f.figure == ACCURACY} == {
        "sim-chat": 1.0,
        "sim-claude": 0.5,
    }


def test_branded_and_unbranded_answers_are_never_pooled(project: Project) -> None:
    say(project, [Said(RIGHT, repeat=n) for n in range(10)] + [Said(WRONG, "cms-cost")] * 10)
    judge(project)
    assert figures(project)[ACCURACY].value == 1.0
    assert figures(project, View("demo"))[ACCURACY].value == 0.5
    with pytest.raises(ValueError, match="never pooled"):
        figures(project, View("demo", branded=None))


def test_a_question_that_asks_no_fact_has_no_omission(project: Project) -> None:
    say(project, [Said(RIGHT, "cms-cost", repeat=n) for n in range(12)])
    judge(project)
    found = figures(project, View("demo"))
    assert (found[OMISSION].value, found[OMISSION].note) == (
        None,
        "none of these questions asks a fact",
    )
    assert found[F_SCORE].value is None


def test_answers_to_probes_are_in_no_figure(project: Project) -> None:
    probe = Question("p", Intent.PROBE, {"en": "Is it free?"}, facts=("free-plan",), branded=True)
    say(project, [Said(RIGHT)] * 6 + [Said(PLAN, "p")] * 6, [probe])
    judge(project)
    assert figures(project)[ACCURACY].n == 12
    assert {line.fact.fact_id for line in fact_lines(project.store, BRANDED) if line.wrong} == set()


def test_a_persons_verdict_stands_in_the_figures(project: Project) -> None:
    ids = say(project, [Said(WRONG, repeat=n) for n in range(10)])
    judge(project)
    assert figures(project)[ACCURACY].k == 10
    reviewed(project, ids[0], "starter-price", Verdict.CORRECT)
    reviewed(project, ids[1], "starter-price", None)
    found = figures(project)[ACCURACY]
    assert (found.k, found.versions["judged_by"]) == (11, f"{RULES_VERSION}, person")


def test_a_text_that_only_a_judge_can_read_is_open_and_never_left_out(project: Project) -> None:
    said = "Tessavik covers translation with great care."
    say(project, [Said(said, "best-cms-midsize", repeat=n) for n in range(12)])
    judge(project)
    found = figures(project, View("demo"))[ACCURACY]
    assert (found.value, found.excluded) == (None, {"needs a judge": 12})


def test_corrected_accuracy_needs_a_calibration_and_says_so(project: Project) -> None:
    say(project, [Said(RIGHT, repeat=n) for n in range(10)] + [Said(WRONG)] * 10)
    judge(project)
    bare = figures(project)[CORRECTED]
    assert (bare.value, bare.note) == (None, "uncalibrated: no random reviews yet")
    fit = Calibration(found=90, positives=100, cleared=95, negatives=100, kappa=0.85)
    found = figures(project, calibrations={RULES_VERSION: fit})[CORRECTED]
    assert found.value == pytest.approx((0.75 + 0.95 - 1) / (0.95 + 0.9 - 1))
    assert found.market is not None


def test_random_reviews_correct_the_accuracy_and_what_was_selected_does_not(
    project: Project,
) -> None:
    """People find 2 of 20 statements called wrong to be right, and 1 of 20 called right wrong."""
    ids = say(project, [Said(RIGHT, repeat=n) for n in range(60)]
        + [Said(WRONG, repeat=n) for n in range(60, 80)])  # fmt: skip
    judge(project)
    moment = SAID_AT + timedelta(hours=1)
    called = [
        *[(i, Verdict.CORRECT) for i in ids[:20]],
        *[(i, Verdict.INCORRECT) for i in ids[60:]],
    ]
    meant = {ids[0]: Verdict.INCORRECT, ids[60]: Verdict.CORRECT, ids[61]: Verdict.CORRECT}
    drawn = [
        Review(
            f"r-{i}", i, "starter-price", meant.get(i, verdict), "ana", moment,
            sample=ReviewSample.RANDOM, machine_verdict=verdict, machine_version=RULES_VERSION,
            stratum=f"{RULES_VERSION} | sim-chat | {verdict}",
            stratum_items=60 if verdict is Verdict.CORRECT else 20,
        )
        for i, verdict in called
    ]  # fmt: skip
    project.store.journal.append(drawn, moment)
    ingest(project.store, moment)
    found = figures(project)[CORRECTED]
    # Truly right: 57 of the 60 and 2 of the 20, so q1 = 57/59 and q0 = 18/21.
    q1, q0, judged = 57 / 59, 18 / 21, 140 / 160
    assert found.value == pytest.approx((judged + q0 - 1) / (q0 + q1 - 1))
    assert found.note == ""
    assert found.market is not None
    for i in ids[62:80]:
        reviewed(project, i, "starter-price", Verdict.CORRECT)
    again = figures(project)
    assert (again[CORRECTED].value, again[CORRECTED].market) == (found.value, found.market)
    assert (again[CORRECTED].k, again[ACCURACY].k) == (140, 159)


def test_before_anything_is_judged_there_are_no_figures(project: Project) -> None:
    assert accuracy_figures(project.store, BRANDED, "Tessavik", [By()]) == ()
    assert fact_lines(project.store, BRANDED) == ()


def test_contradicted_facts_come_gravest_first_with_quotes_spread_and_since_when(
    project: Project,
) -> None:
    older = "Tessavik can be tried for 90 days."
    ids = say(project, [
        Said(older), Said(WRONG, weeks=1), Said(WRONG, engine="sim-claude", weeks=2), Said(PLAN),
    ])  # fmt: skip
    judge(project)
    reviewed(project, ids[1], "starter-price", Verdict.INCORRECT)
    lines = [line for line in fact_lines(project.store, BRANDED) if line.wrong]
    assert [line.fact.fact_id for line in lines] == ["starter-price", "free-plan", "trial-days"]
    price, plan, _ = lines
    assert (price.wrong, price.engines, price.waves) == (2, ("sim-chat", "sim-claude"), 2)
    assert (str(price.since), price.reviewed) == ("2026-11-23", 1)
    assert [quote.quote for quote in price.quotes] == ["Starter plan costs 190 euros a month"]
    assert (plan.promised, plan.fact.severity.value) == (1, "critical")


def test_an_answers_verdicts_carry_spans_versions_and_reviews(project: Project) -> None:
    [answer_id] = say(project, [Said(WRONG)])
    judge(project)
    reviewed(project, answer_id, "starter-price", Verdict.OUTDATED)
    found = {v.fact_id: v for v in answer_verdicts(project.store, answer_id, "demo")}
    price = found["starter-price"]
    assert price.span is not None
    assert WRONG[price.span.start : price.span.end] == price.quote
    assert (price.verdict, price.machine_verdict, price.reviewer, price.judged_by) == (
        Verdict.OUTDATED,
        Verdict.INCORRECT,
        "ana",
        RULES_VERSION,
    )
    assert price.statement["en"] == "Tessavik's Starter plan costs 290 euros a month."
    assert found["trial-days"].verdict is Verdict.NOT_STATED


def test_judgements_are_exported_as_they_stand(project: Project, tmp_path: Path) -> None:
    [answer_id] = say(project, [Said(WRONG)])
    judge(project)
    reviewed(project, answer_id, "starter-price", Verdict.OUTDATED)
    target = tmp_path / "judgements.jsonl"
    assert export_table(project.store, "judgements", Kind.JSONL, target, "demo", None, None) == 3
    rows = {row["fact_id"]: row for row in map(json.loads, target.read_text().splitlines())}
    price = rows["starter-price"]
    assert (price["verdict"], price["machine_verdict"], price["reviewer"]) == (
        "outdated",
        "incorrect",
        "ana",
    )
    assert WRONG[price["span_start"] : price["span_end"]] == price["quote"]


def test_a_report_has_accuracy_beside_its_other_figures(project: Project) -> None:
    say(project, [Said(RIGHT, repeat=n) for n in range(8)] + [Said(WRONG, repeat=9)] * 4)
    judge(project)
    report = report_on(project.store, "demo", branded=True)
    headline = {figure.figure: figure for figure in report.headline()}
    assert headline[ACCURACY] == figures(project)[ACCURACY]
    assert "| Accuracy of what is stated | 83 % |" in as_markdown(report)
    assert "| Asked facts left out | 33 % |" in as_markdown(report)
    assert "Accuracy of what is stated" in as_html(report)
    assert "accuracy_corrected" in as_json(report)
    assert "\nomission,Tessavik," in as_csv(report)


def test_a_changed_sheet_is_one_event_and_a_new_owner_is_none(project: Project) -> None:
    say(project, [Said(RIGHT)])
    judge(project)
    folder = project.settings.project
    for day, (fact_id, change) in enumerate(
        [("founded", {"owner": "Somebody else"}), ("trial-days", {"previous": [14, 21]})], 1
    ):
        with edited(folder / "prompts/facts/demo.yaml") as content:
            [fact] = [one for one in content["facts"] if one["id"] == fact_id]
            fact |= change
        judge(open_project(folder), SAID_AT + timedelta(days=day))
    kinds = (EventKind.FACTS_CHANGED, EventKind.FACT_RULES)
    [event] = [e for e in timeline(project.store, "demo") if e.kind in kinds]
    assert (event.names, str(event.day)) == (("trial-days",), "2026-11-18")


def test_answers_behind_a_facts_number_are_listed(project: Project) -> None:
    ids = say(project, [Said(RIGHT), Said(WRONG), Said(WRONG, "cms-cost")])
    judge(project)
    wrong = (Verdict.INCORRECT, Verdict.OUTDATED)
    view = View("demo", branded=None)
    lines = answer_lines(project.store, view, "Tessavik", fact="starter-price", says=wrong)
    assert {line.answer_id for line in lines} == set(ids[1:])
    assert answer_count(project.store, view, "Tessavik", fact="founded", says=wrong) == 0
