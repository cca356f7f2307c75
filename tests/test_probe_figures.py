"""Figures over probes from a real store: graded as it stands now, clustered by fact, kept apart."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from said_answers import SAID_AT, Said, judge, say
from small_project import Cut, edited, small_project
from waves import monitor

from monitor.facts import Grade, ProbeKind
from monitor.pipeline import Project, open_project
from monitor.pipeline.probing import pack_probes
from monitor.queries import (
    FLIP_ASYMMETRY,
    PREMISE_RESISTANCE,
    PROBE_FIGURES,
    SYCOPHANCY,
    By,
    Figure,
    View,
    accuracy_figures,
    all_figures,
    contradicting_answers,
    fact_lines,
    probe_figures,
    probe_lines,
    stability_figures,
)
from monitor.report import Report, as_csv, as_html, as_json, as_markdown, report_on
from monitor.store import ingest
from monitor.store.upkeep import rebuild_store
from monitor.types import AnswerStatus, Review, Verdict

VIEW = View("demo")
FALSE = [kind for kind in ProbeKind if kind.is_false]
RIGHT = {"founded": "Tessavik was founded in 2011.", "free-plan": "Tessavik has no free plan."}
WRONG = {"founded": "Tessavik was founded in 1987.", "free-plan": "Tessavik offers a free plan."}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    folder = small_project(tmp_path / "project", Cut(questions=("tessavik-pricing",)))
    with edited(folder / "prompts/packs/demo.yaml") as pack:
        pack["probes"] = {"facts": ["founded", "free-plan"]}
    return open_project(folder)


def probed(
    fact: str, kind: ProbeKind, texts: Sequence[str], engine: str = "sim-chat"
) -> list[Said]:
    """Answers to one probe, one after the other."""
    asked = f"probe:{fact}:{kind.value}"
    return [Said(text, asked, engine, repeat=n) for n, text in enumerate(texts, start=1)]


def told(project: Project, said: Sequence[Said]) -> list[str]:
    """Keep the answers to probes, measure them and hold them against the facts."""
    questions = pack_probes(project, project.pack("demo"), SAID_AT.date())
    ids = say(project, said, questions)
    judge(project)
    return ids


def figure(project: Project, name: str, engine: str | None = None, view: View = VIEW) -> Figure:
    (found,) = (
        f for f in probe_figures(project.store, view) if (f.figure, f.engine) == (name, engine)
    )
    return found


def misled(fact: str, wrong: int, of: int, engine: str = "sim-chat") -> Iterator[Said]:
    """Answers to every false question about a fact, the first `wrong` of each taken in."""
    for kind in FALSE:
        texts = [WRONG[fact]] * wrong + [RIGHT[fact]] * (of - wrong)
        yield from probed(fact, kind, texts, engine)


def test_premise_resistance_is_the_share_that_corrects(project: Project) -> None:
    told(project, [*misled("founded", 1, 4), *misled("free-plan", 3, 4)])
    found = figure(project, PREMISE_RESISTANCE)
    assert found.value == pytest.approx((0.75 + 0.25) / 2)
    assert (found.k, found.n, found.questions, found.brand) == (20, 40, 2, "Tessavik")
    assert found.panel is not None
    assert found.market is not None
    assert found.panel.low < 0.5 < found.panel.high
    assert found.market.margin > found.panel.margin, "two facts say little of others"


def test_sycophancy_compares_with_the_neutral_question_on_known_facts(project: Project) -> None:
    told(
        project,
        [
            *probed("founded", ProbeKind.NEUTRAL, [RIGHT["founded"]] * 3 + [WRONG["founded"]]),
            *misled("founded", 2, 4),
            *probed("free-plan", ProbeKind.NEUTRAL, [WRONG["free-plan"]] * 4),
            *misled("free-plan", 4, 4),
        ],
    )
    found = figure(project, SYCOPHANCY)
    assert found.value == pytest.approx(0.5 - 0.25)
    assert (found.k, found.n, found.questions) == (4, 20, 1)
    assert found.note == "errors in 50 % with something false in the question, in 25 % without"


def test_flip_asymmetry_counts_answers_dropped_and_mended(project: Project) -> None:
    doubted = {ProbeKind.DOUBT_RIGHT: 3, ProbeKind.DOUBT_WRONG: 1}
    said = [
        one
        for fact in RIGHT
        for kind, wrong in doubted.items()
        for one in probed(fact, kind, [WRONG[fact]] * wrong + ["Yes, I'm sure."] * (4 - wrong))
    ]
    found = (told(project, said), figure(project, FLIP_ASYMMETRY))[1]
    # A wrong answer that is kept to with "I'm sure" is as wrong as one that is said again.
    assert found.value == pytest.approx(0.75 - 0.0)
    assert found.note == "asked “Are you sure?”, 75 % right → wrong, 0 % wrong → right"


def test_engines_weigh_the_same_in_the_pooled_figure(project: Project) -> None:
    told(project, [*misled("founded", 0, 2), *misled("founded", 6, 6, "sim-claude")])
    assert figure(project, PREMISE_RESISTANCE, "sim-chat").value == 1
    assert figure(project, PREMISE_RESISTANCE, "sim-claude").value == 0
    assert figure(project, PREMISE_RESISTANCE).value == pytest.approx(0.5)


def test_too_few_answers_say_so(project: Project) -> None:
    told(project, list(misled("founded", 0, 1)))
    found = figure(project, PREMISE_RESISTANCE)
    assert (found.value, found.note) == (None, "too few answers (n = 5)")


def test_without_probes_there_are_no_figures(project: Project) -> None:
    say(project, [Said("Tessavik costs 290 euros a month.")])
    judge(project)
    assert probe_figures(project.store, VIEW) == ()


def test_what_is_left_out_is_counted_by_reason(project: Project) -> None:
    failed = [Said("", "probe:founded:neutral", status=AnswerStatus.FAILED)]
    refused = [
        Said("I can't help with that.", "probe:founded:hostile", status=AnswerStatus.REFUSED)
    ]
    told(project, [*misled("founded", 0, 4), *failed, *refused])
    found = figure(project, PREMISE_RESISTANCE)
    assert found.excluded == {"failed": 1}
    assert (found.k, found.n) == (20, 21), "a refusal abstains"


def test_answers_that_nobody_judged_yet_are_unscored(project: Project) -> None:
    say(
        project,
        list(misled("founded", 0, 4)),
        pack_probes(project, project.pack("demo"), SAID_AT.date()),
    )
    found = figure(project, PREMISE_RESISTANCE)
    assert (found.value, found.excluded) == (None, {"unscored": 20})


def test_a_persons_verdict_stands_in_place_of_the_rules(project: Project) -> None:
    ids = told(project, list(misled("founded", 0, 2)))
    assert figure(project, PREMISE_RESISTANCE).value == 1
    review = Review("r1", ids[0], "founded", Verdict.INCORRECT, "Ada", SAID_AT)
    project.store.journal.append([review], SAID_AT)
    ingest(project.store, SAID_AT)
    assert figure(project, PREMISE_RESISTANCE).value == pytest.approx(0.9)
    (line,) = (line for line in probe_lines(project.store, VIEW) if line.answer_id == ids[0])
    assert (line.grade, line.method) == (Grade.ACCEPTS, "person")


def test_a_rebuilt_store_has_the_same_figures(project: Project) -> None:
    told(project, [*misled("founded", 1, 4), *probed("founded", ProbeKind.NEUTRAL, ["Yes."] * 4)])
    before = probe_figures(project.store, VIEW)
    rebuild_store(project.store, SAID_AT)
    judge(project)
    assert probe_figures(project.store, VIEW) == before


def test_a_view_narrows_engines_and_days(project: Project) -> None:
    told(project, [*misled("founded", 0, 2), *misled("founded", 2, 2, "sim-claude")])
    narrowed = View("demo", engines=("sim-claude",))
    assert {f.engine for f in probe_figures(project.store, narrowed)} == {None, "sim-claude"}
    assert figure(project, PREMISE_RESISTANCE, view=narrowed).value == 0
    assert probe_figures(project.store, View("demo", since=date(2027, 1, 1))) == ()


def test_figures_can_be_split_by_locale(project: Project) -> None:
    german = [Said("Ja, das stimmt.", "probe:founded:sure_belief", locale="de-DE")] * 10
    told(project, [*misled("founded", 0, 2), *german])
    by_locale = {
        f.locale: f.value
        for f in probe_figures(project.store, VIEW, [By(locale=True)])
        if f.figure == PREMISE_RESISTANCE
    }
    assert by_locale == {"de-DE": 0, "en-US": 1}


def test_no_headline_moves_when_probes_are_asked(project: Project) -> None:
    """Every probe names the brand: counted, they would lift each of these figures.

    The wave was stored before its pack had probes, as one that was cut off may have been.
    """
    ordinary = [
        Said(text, engine=engine)
        for engine in ("sim-chat", "sim-claude")
        for text in ("Tessavik costs 290 euros.", "No idea.") * 6
    ]
    say(project, ordinary)
    judge(project)
    before = headlines(project)
    assert {"visibility", "share_of_voice", "mean_rank", "accuracy"} <= {f.figure for f in before}
    told(project, [*misled("founded", 4, 4), *misled("free-plan", 4, 4, "sim-claude")])
    assert figure(project, PREMISE_RESISTANCE).value == 0
    assert headlines(project) == before


def test_a_critical_falsehood_taken_over_in_a_probe_is_no_contradiction(project: Project) -> None:
    """It was put into the answer's mouth: no alert, and nothing that anybody was told unasked."""
    told(project, list(misled("free-plan", 4, 4)))
    assert figure(project, PREMISE_RESISTANCE).value == 0
    assert contradicting_answers(project.store, "demo", ["free-plan"], SAID_AT.date()) == ()
    assert not any(line.wrong for line in fact_lines(project.store, View("demo", branded=None)))


def headlines(project: Project) -> list[Figure]:
    """Visibility, rates, share of voice, rank, citations, accuracy, omission and F."""
    splits = (By(), By(engine=True))
    return [
        figure
        for view in (View("demo"), View("demo", branded=True))
        for figure in (
            *all_figures(project.store, view, splits),
            *stability_figures(project.store, view, splits),
            *accuracy_figures(project.store, view, "Tessavik", splits),
        )
    ]


# -- reports and exports ------------------------------------------------------------------------


@pytest.fixture
def reported(project: Project) -> Report:
    ordinary = [Said("Tessavik costs 290 euros a month.")] * 12
    said = [*ordinary, *misled("founded", 1, 4), *misled("free-plan", 3, 4)]
    doubted = [
        one
        for kind in (ProbeKind.DOUBT_RIGHT, ProbeKind.DOUBT_WRONG)
        for one in probed("founded", kind, [RIGHT["founded"]] * 5)
    ]
    told(project, [*said, *doubted])
    return report_on(project.store, "demo", branded=True)


def test_a_report_has_probes_under_their_own_names_and_in_no_headline(reported: Report) -> None:
    names = {figure["figure"] for figure in json.loads(as_json(reported))["figures"]}
    assert names >= {PREMISE_RESISTANCE, SYCOPHANCY, FLIP_ASYMMETRY, "visibility"}
    assert not {f.figure for f in (*reported.headline(), *reported.figures)} & set(PROBE_FIGURES)


def test_markdown_page_and_csv_show_probes_in_a_part_of_their_own(reported: Report) -> None:
    markdown, page = as_markdown(reported), as_html(reported)
    headline, _, apart = markdown.partition("## Stress tests of facts")
    assert "| Premise resistance | 50 % |" in apart
    assert re.search(r"\| Flip asymmetry \| -100 points \| -100 to -\d+ points \|", apart)
    assert "| Sycophancy | too few answers (n = 0) |" in apart
    assert "Premise resistance" not in headline
    assert "<td>Premise resistance</td><td>50 %</td>" in page.partition("Stress tests of facts")[2]
    rows = list(csv.DictReader(io.StringIO(as_csv(reported))))
    (resistance,) = (r for r in rows if r["figure"] == PREMISE_RESISTANCE and not r["engine"])
    assert (resistance["value"], resistance["k"], resistance["n"]) == ("0.5", "20", "40")


def test_the_command_line_shows_and_exports_probes(project: Project, reported: Report) -> None:
    folder = project.settings.project
    shown = monitor(folder, "report", "--branded").stdout
    assert "Stress tests of facts" in shown
    assert re.search(r"Premise resistance\s+50 %", shown)
    exported = monitor(folder, "--format", "jsonl", "export", "probes").stdout
    rows = [json.loads(line) for line in exported.splitlines()]
    assert len(rows) == 50
    assert Counter(row["grade"] for row in rows) == {"corrects": 30, "accepts": 20}
    assert {row["method"] for row in rows} == {"rules"}
    estimates = monitor(folder, "--format", "jsonl", "export", "estimates").stdout
    found = [json.loads(line) for line in estimates.splitlines()]
    assert {row["branded"] for row in found if row["figure"] in PROBE_FIGURES} == {None}
