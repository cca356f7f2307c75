"""Alerts from a real store: what is planted is found, named rightly, and raised once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from small_project import Cut, small_project
from told_waves import OWN, RIVALS, SECURITY, START, UNBRANDED, Told, steady, tell, told_history

from monitor.errors import InputError
from monitor.pipeline import Project, measure, move_alert, open_project, watch
from monitor.pipeline.watching import watch_again
from monitor.queries import AlertLine, alert_lines
from monitor.types import AlertState, AnswerStatus, Cell, Pack

CANARIES = ("canary-alt-text", "canary-redirects")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    questions = (*UNBRANDED, *CANARIES)
    cut = Cut(questions, ("sim-chat", "sim-gemini"), ("en-US",), repeats=4)
    return open_project(small_project(tmp_path / "project", cut))


@pytest.fixture
def pack(project: Project) -> Pack:
    return project.pack("demo")


def always(chance: Callable[[Cell, str], float]) -> Callable[[int], Told]:
    return lambda _: Told(chance)


def from_week(week: int, then: Told) -> Callable[[int], Told]:
    return lambda now: then if now >= week else Told(steady)


def ours(project: Project) -> list[AlertLine]:
    return [line for line in alert_lines(project.store) if line.brand == OWN]


def security_won(cell: Cell, brand: str) -> float:
    won = brand == OWN and cell.question_id in SECURITY
    return 0.95 if won else steady(cell, brand)


def lost_everywhere(cell: Cell, brand: str) -> float:
    return 0.15 if brand == OWN else steady(cell, brand)


def rival_surges(cell: Cell, brand: str) -> float:
    return 0.85 if brand == RIVALS[0] else steady(cell, brand)


def gemini_names_all(cell: Cell, brand: str) -> float:
    return 0.85 if cell.engine == "sim-gemini" else steady(cell, brand)


def test_nothing_is_raised_where_nothing_moves(project: Project, pack: Pack) -> None:
    told_history(project, pack, 10, always(steady))
    watch_again(project, pack)
    assert alert_lines(project.store) == ()


def test_a_win_on_one_topic_is_one_alert_that_names_the_topic(project: Project, pack: Pack) -> None:
    told_history(project, pack, 9, from_week(5, Told(security_won)))
    watch_again(project, pack)
    (alert,) = ours(project)
    assert alert.title.startswith(f"{OWN} in security: visibility up")
    assert "brand event on the topic security: the rivals stood still" in alert.text
    assert alert.since == f"demo@{START + timedelta(weeks=5):%Y-%m-%dT%H:%M}"


def test_another_served_version_is_a_version_event(project: Project, pack: Pack) -> None:
    then = Told(gemini_names_all, served=lambda e: f"{e}-{2 if e == 'sim-gemini' else 1}")
    told_history(project, pack, 9, from_week(5, then))
    watch_again(project, pack)
    alerts = {line.engine: line for line in ours(project)}
    assert "version event: now serves sim-gemini-2" in alerts["sim-gemini"].text


def test_an_engine_that_moves_everybody_is_an_engine_event(project: Project, pack: Pack) -> None:
    told_history(project, pack, 9, from_week(5, Told(gemini_names_all)))
    watch_again(project, pack)
    alerts = {line.engine: line for line in ours(project)}
    assert "sim-gemini: engine event" in alerts["sim-gemini"].text


def test_canary_answers_that_change_give_the_engine_away(project: Project, pack: Pack) -> None:
    then = Told(lost_everywhere, canary_lists=0.98)
    told_history(project, pack, 9, lambda w: then if w >= 5 else Told(steady, canary_lists=0.02))
    watch_again(project, pack)
    (alert,) = ours(project)
    assert "engine event: rivals or canary questions moved" in alert.text


def test_a_rivals_surge_is_a_rival_event(project: Project, pack: Pack) -> None:
    told_history(project, pack, 9, from_week(5, Told(rival_surges)))
    watch_again(project, pack)
    (alert,) = (line for line in alert_lines(project.store) if line.brand == RIVALS[0])
    assert alert.title.startswith(f"{RIVALS[0]}: visibility up")
    assert "rival event: nobody else moved" in alert.text


def test_a_fall_everywhere_is_one_alert_however_often_it_is_looked_at(
    project: Project, pack: Pack
) -> None:
    told_history(project, pack, 11, from_week(5, Told(lost_everywhere)))
    watch_again(project, pack)
    watch_again(project, pack)
    (alert,) = ours(project)
    assert alert.title.startswith(f"{OWN}: visibility down")
    assert "brand event" in alert.text


def test_the_way_back_resolves_the_alert(project: Project, pack: Pack) -> None:
    told_history(project, pack, 15, lambda w: Told(lost_everywhere if 4 <= w < 9 else steady))
    watch_again(project, pack)
    lines = {line.title.split(" ")[2]: line.state for line in ours(project)}
    assert lines == {"down": AlertState.RESOLVED, "up": AlertState.OPEN}


def test_an_incomplete_wave_raises_nothing_and_says_why(project: Project, pack: Pack) -> None:
    told_history(project, pack, 6, always(steady))
    half = Told(lost_everywhere, asked=lambda call: call.cell.question_id in UNBRANDED[:4])
    tell(project, pack, 6, half)
    measure(project, START)
    found = watch(project, pack, START)
    assert found.opened == ()
    assert "8 of 28 cells answered" in found.held_back[0]


def test_a_wave_that_failed_wholly_raises_nothing(project: Project, pack: Pack) -> None:
    told_history(project, pack, 6, always(steady))
    tell(project, pack, 6, Told(steady, status=lambda _: AnswerStatus.FAILED))
    measure(project, START)
    assert "0 of 28 cells answered" in watch(project, pack, START).held_back[0]


def test_a_question_added_half_way_is_watched_without_disturbing_the_rest(
    project: Project, pack: Pack
) -> None:
    fewer = replace(pack, questions=pack.questions[1:])
    for week in range(5):
        tell(project, fewer, week, Told(steady))
    for week in range(5, 9):
        tell(project, pack, week, Told(steady))
    measure(project, START)
    assert all(not look.opened for look in watch_again(project, pack))
    assert watch(project, pack, START).held_back == ()


def test_an_alert_goes_from_open_to_acknowledged_to_resolved_and_never_back(
    project: Project, pack: Pack
) -> None:
    told_history(project, pack, 9, from_week(5, Told(rival_surges)))
    watch_again(project, pack)
    alert = alert_lines(project.store)[-1]
    for minute, state in enumerate((AlertState.ACKNOWLEDGED, AlertState.RESOLVED)):
        moment = START + timedelta(minutes=minute)
        move_alert(project.store, alert.alert_id[:5], state, "ana", "seen", moment)
        assert alert_lines(project.store)[-1].state is state
    with pytest.raises(InputError, match="can't be open"):
        move_alert(project.store, alert.alert_id, AlertState.OPEN, "ana", "", START)
    assert watch(project, pack, START).opened == ()
