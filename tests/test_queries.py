"""Figures from a real store: recounted from the answers, honest at the edges."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import fmean

import pytest
from small_project import Cut, small_project
from told_waves import OWN, RIVALS, START, UNBRANDED, Told, steady, tell, told_history

from monitor import plan, schema
from monitor.errors import InputError
from monitor.pipeline import Project, measure, open_project
from monitor.plan import Call
from monitor.queries import (
    MEAN_RANK,
    NET_SENTIMENT,
    RIVAL_PREFERRED,
    SHARE_OF_VOICE,
    By,
    DomainLine,
    Event,
    Figure,
    View,
    all_figures,
    lookalikes,
    naming_figures,
    rates,
    wave_counts,
)
from monitor.report import as_html, as_json, as_markdown, report_on, sentence
from monitor.report.spread import spread_of
from monitor.store.free import run_sql
from monitor.types import AnswerStatus, Cell, Owner, SourceKind

PACK = "demo"
EVERY = {
    *("visibility", "recommendation_rate", "warning_rate", "first_rate", "top3_rate"),
    *("citation_rate", "citation_share", "share_of_voice", "mean_rank", "net_sentiment"),
    "rival_preferred_rate",
    *("list_stability", "web_gain"),
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return made(tmp_path)


def made(folder: Path, questions: tuple[str, ...] = UNBRANDED[:6], repeats: int = 3) -> Project:
    cut = Cut(questions, ("sim-chat", "sim-chat-web"), ("en-US",), repeats=repeats)
    return open_project(small_project(folder / "project", cut))


def ours(project: Project, view: View | None = None, by: By | None = None) -> list[Figure]:
    found = rates(project.store, view or View(PACK), by=by or By(), brands=(OWN,))
    return list(found)


def only(project: Project, view: View | None = None) -> Figure:
    (figure,) = ours(project, view)
    return figure


def told(project: Project, *waves: Told) -> None:
    told_history(project, project.pack(PACK), len(waves), lambda week: waves[week])


def status_of(
    chosen: Callable[[Call], bool], status: AnswerStatus
) -> Callable[[Call], AnswerStatus]:
    return lambda call: status if chosen(call) else AnswerStatus.OK


def always(_: Cell, __: str) -> float:
    return 1.0


def never(_: Cell, __: str) -> float:
    return 0.0


# -- every figure, everywhere the same ----------------------------------------------------------


def test_the_report_has_every_figure_of_the_method_with_what_it_rests_on(project: Project) -> None:
    told(project, Told(steady), Told(steady))
    report = report_on(project.store, PACK)
    assert {figure.figure for figure in report.figures} == EVERY
    assert {figure.figure for figure in report.headline()} == EVERY
    for figure in report.headline():
        assert figure.value is not None or figure.note
        assert figure.versions["measure"]
        if figure.value is not None:
            assert figure.panel is not None
            assert figure.panel.low <= figure.value <= figure.panel.high
            assert figure.panel.margin > 0
    for written in (as_markdown(report), as_html(report)):
        for name in (
            "Share of voice",
            "Mean rank where ranked",
            "Web search adds (sim-chat-web)",
        ):
            assert name in written
    assert '"figure": "list_stability"' in as_json(report)


def test_tone_is_not_guessed_from_rules(project: Project) -> None:
    told(project, Told(steady))
    found = all_figures(project.store, View(PACK), (By(),), (OWN,))
    tones = [figure for figure in found if figure.figure in (NET_SENTIMENT, RIVAL_PREFERRED)]
    assert [tone.value for tone in tones] == [None, None]
    assert all(tone.note.startswith("not measured: tone needs a judge") for tone in tones)


def test_there_is_no_tone_where_nobody_is_mentioned(project: Project) -> None:
    told(project, Told(lambda _cell, _brand: 0.0))
    found = all_figures(project.store, View(PACK), (By(),), (OWN,))
    tones = [figure for figure in found if figure.figure in (NET_SENTIMENT, RIVAL_PREFERRED)]
    assert {(tone.n, tone.note) for tone in tones} == {(0, "no answer mentions the brand")}


def test_counts_are_those_of_the_answers_themselves(project: Project) -> None:
    told(project, Told(steady), Told(steady))
    recounted = run_sql(
        project.store,
        """
        SELECT a.engine, count(*) FILTER (WHERE m.brand = 'Tessavik'), count(*),
               avg(m.rank) FILTER (WHERE m.brand = 'Tessavik')
        FROM mentions m JOIN answers a USING (answer_id)
        WHERE m.state IN ('recommended', 'mentioned', 'warned_against') GROUP BY 1 ORDER BY 1
        """,
    ).rows
    by = By(engine=True)
    found = naming_figures(project.store, View(PACK), by, (OWN,))
    voice = [f for f in found if f.figure == SHARE_OF_VOICE]
    ranks = [f for f in found if f.figure == MEAN_RANK]
    assert [(f.engine, f.k, f.n) for f in voice] == [row[:3] for row in recounted]
    assert [f.value for f in ranks] == [pytest.approx(row[3]) for row in recounted]
    visible = [(f.engine, f.k) for f in ours(project, by=by)]
    assert visible == [row[:2] for row in recounted]


@pytest.mark.parametrize("name", ["visibility", SHARE_OF_VOICE, MEAN_RANK, "list_stability"])
def test_pooled_over_engines_is_the_mean_of_the_engines(project: Project, name: str) -> None:
    told(project, Told(lambda c, _: 0.9 if "web" in c.engine else 0.4), Told(steady))
    found = [f for f in report_on(project.store, PACK).figures if f.figure == name]
    found = [f for f in found if f.brand in ("", OWN) and (f.locale, f.week) == (None, None)]
    (pooled,) = (f.value for f in found if f.engine is None)
    assert pooled == pytest.approx(fmean(f.value or 0 for f in found if f.engine))


def test_the_sums_of_an_older_store_are_those_of_a_new_one(project: Project) -> None:
    told(project, Told(steady), Told(steady, status=lambda _: AnswerStatus.REFUSED))
    before = all_figures(project.store, View(PACK), (By(engine=True),))
    with project.store.writing("taking the sums away") as con:
        con.execute("DROP TABLE rollup_wholes; DROP TABLE rollup_shares")
        con.execute(next(m.sql for m in schema.MIGRATIONS if m.name == "wholes"))
    assert all_figures(project.store, View(PACK), (By(engine=True),)) == before


# -- edges --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("chance", "value"), [(always, 1.0), (never, 0.0)])
def test_a_rate_of_nought_or_one_still_has_a_margin(
    project: Project, chance: Callable[[Cell, str], float], value: float
) -> None:
    told(project, Told(chance))
    figure = only(project)
    assert figure.value == value
    for interval in (figure.panel, figure.market):
        assert interval is not None
        assert value in interval
        assert interval.margin > 0.01


def test_one_question_has_no_market_interval_and_says_so(tmp_path: Path) -> None:
    project = made(tmp_path, UNBRANDED[:1], repeats=12)
    told(project, Told(steady))
    figure = only(project)
    assert figure.panel is not None
    assert figure.market is None
    assert "one question" in figure.note
    assert "to 1 question)" in sentence(report_on(project.store, PACK))


def test_one_repeat_borrows_from_earlier_waves_of_the_same_cells(tmp_path: Path) -> None:
    def split(cell: Cell, _: str) -> float:
        return 1.0 if cell.question_id in UNBRANDED[:6] else 0.0

    project = made(tmp_path, UNBRANDED, repeats=1)
    told(project, *(Told(split) for _ in range(6)))
    first, *_, last = ours(project, by=By(week=True))
    assert first.panel is not None
    assert last.panel is not None
    assert "one answer per cell" in first.note
    assert last.panel.margin < 0.7 * first.panel.margin
    assert last.n == first.n == 24


def test_all_refused_is_no_figure_with_a_reason_and_never_nought(project: Project) -> None:
    told(project, Told(steady, status=lambda _: AnswerStatus.REFUSED))
    figure = only(project)
    assert (figure.value, figure.n) == (None, 0)
    assert figure.excluded == {"refused": 36}
    assert figure.note.startswith("too few answers (n = 0")
    report = report_on(project.store, PACK)
    assert "too few answers (n = 0" in sentence(report)
    assert "too few answers (n = 0" in as_markdown(report)
    with pytest.raises(InputError, match="too few to tell where a spread comes from"):
        spread_of(project.store, PACK)


def test_a_wave_without_any_answer_is_said_to_have_none(project: Project) -> None:
    tell(project, project.pack(PACK), 0, Told(steady, asked=lambda _: False))
    measure(project, START)
    with pytest.raises(InputError, match="no measured answers yet"):
        report_on(project.store, PACK)
    assert wave_counts(project.store, View(PACK)) == ()


def test_a_period_without_answers_says_from_when_there_are_some(project: Project) -> None:
    told(project, Told(steady))
    day = START.date() + timedelta(days=30)
    with pytest.raises(InputError, match=f"there are answers from {START.date()} to"):
        report_on(project.store, PACK, day, day)


def test_cells_that_were_planned_and_never_asked_widen_the_interval(tmp_path: Path) -> None:
    def split(cell: Cell, _: str) -> float:
        return 1.0 if UNBRANDED.index(cell.question_id) % 2 else 0.0

    whole = made(tmp_path / "whole", UNBRANDED[:8])
    told(whole, Told(split))
    part = made(tmp_path / "part", UNBRANDED)
    told(part, Told(split, asked=lambda call: call.cell.question_id in UNBRANDED[:8]))
    full, cut = only(whole), only(part)
    assert (cut.value, cut.n) == (full.value, full.n)
    assert full.panel is not None
    assert cut.panel is not None
    assert cut.panel.margin > 1.2 * full.panel.margin
    assert cut.note == "8 of 24 cells have no answers"


def test_a_cell_whose_answers_all_failed_is_counted_as_missing(project: Project) -> None:
    failed = status_of(
        lambda call: call.cell.question_id == UNBRANDED[0] and call.cell.engine == "sim-chat",
        AnswerStatus.FAILED,
    )
    told(project, Told(steady, status=failed))
    figure = only(project)
    assert figure.note == "1 of 12 cells have no answers"
    assert figure.excluded == {"failed": 3}
    assert figure.n == 33


def test_a_mean_rank_under_ten_ranked_answers_is_hidden(tmp_path: Path) -> None:
    project = made(tmp_path, UNBRANDED[:2], repeats=2)
    told(project, Told(always))
    found = naming_figures(project.store, View(PACK), brands=(OWN,))
    (rank,) = (figure for figure in found if figure.figure == MEAN_RANK)
    assert rank.value is None
    assert rank.note == f"too few answers (n = {rank.n})"
    assert 0 < rank.n < 10


def test_an_engine_under_the_floor_is_left_out_of_the_mean_and_named(project: Project) -> None:
    rare = status_of(
        lambda c: c.cell.engine == "sim-chat" and c.cell.question_id != UNBRANDED[0],
        AnswerStatus.EMPTY,
    )
    told(project, Told(steady, status=rare))
    figure = only(project)
    assert figure.note.startswith("1 of 2 engines left out: too few answers")
    assert figure.excluded == {"empty": 15}


def test_a_question_added_half_way_counts_from_then_on(project: Project) -> None:
    pack = project.pack(PACK)
    tell(project, replace(pack, questions=pack.questions[1:]), 0, Told(steady))
    tell(project, pack, 1, Told(steady))
    measure(project, START)
    before, after = ours(project, by=By(week=True))
    assert (before.questions, after.questions) == (5, 6)
    assert (before.n, after.n) == (30, 36)
    assert only(project).questions == 6


def test_the_week_of_a_clock_change_is_one_week_with_all_its_answers(project: Project) -> None:
    pack = project.pack(PACK)
    draft = plan.draft(plan.calls(pack, "w")[0], plan.new_wave(pack, "x", START, simulated=True),
                       START)  # fmt: skip
    waves = []
    for day, hour in ((25, 0), (25, 1), (26, 5)):  # 02:30 twice in Berlin, then Monday 06:00
        moment = datetime(2026, 10, day, hour, 30, tzinfo=UTC)
        assert pack.schedule is not None
        slot = plan.slot_name(moment, pack.schedule)
        wave = plan.new_wave(pack, slot, moment, simulated=True)
        waves.append(wave)
        answers = [
            replace(draft, answer_id=call.answer_id, engine=call.cell.engine, repeat=call.repeat,
                    question_id=call.cell.question_id, locale=call.cell.locale,
                    question=call.prompt, wave_id=wave.wave_id, asked_at=moment,
                    status=AnswerStatus.OK, text=f"Take {OWN} or {RIVALS[0]}.")
            for call in plan.calls(pack, wave.wave_id)
        ]  # fmt: skip
        project.store.journal.append([wave, *answers], moment)
    measure(project, START)
    from monitor.store import ingest

    ingest(project.store, START)
    measure(project, START)
    assert waves[0].wave_id == waves[1].wave_id
    assert [(f.week, f.n) for f in ours(project, by=By(week=True))] == [
        ("2026-W43", 36),
        ("2026-W44", 36),
    ]


def test_branded_and_unbranded_questions_are_never_pooled(project: Project) -> None:
    for read in (rates, naming_figures):
        with pytest.raises(ValueError, match="never pooled"):
            read(project.store, View(PACK, branded=None))


def test_a_new_wave_shows_at_the_next_reading(project: Project) -> None:
    told(project, Told(steady))
    assert only(project).n == 36
    tell(project, project.pack(PACK), 1, Told(steady))
    measure(project, START)
    assert only(project).n == 72
    assert rates(project.store, View(PACK), Event.FIRST, brands=(OWN,))[0].n == 72


# -- sources ----------------------------------------------------------------------------------


def test_only_others_domains_with_our_name_in_theirs_look_like_ours() -> None:
    owners = {
        "harbour-light.example": Owner.THIRD_PARTY,
        "my-harbourlight.example": Owner.THIRD_PARTY,
        "harbourlight.example": Owner.OURS,
        "harbour.example": Owner.THIRD_PARTY,
    }
    lines = [
        DomainLine(name, owner, SourceKind.EDITORIAL, "", 1, 1, 0, ("alpha",))
        for name, owner in owners.items()
    ]
    found = [line.domain for line in lookalikes(lines, "Harbour Light")]
    assert found == ["harbour-light.example", "my-harbourlight.example"]
