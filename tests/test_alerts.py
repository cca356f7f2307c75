"""Which movements become alerts, and what becomes of them."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from monitor.alerts import (
    Alert,
    AlertKind,
    Contradiction,
    Direction,
    Finding,
    Open,
    Refresh,
    Resolve,
    Stream,
    StreamWave,
    WaveFacts,
    confirmed,
    contradicted_facts,
    decide,
    due_deliveries,
    gate,
    may_become,
    signalled_shift,
)
from monitor.stats import CellCount
from monitor.types import AlertState, Cell

STREAM = Stream("visibility", "Acme", "assistant", "de-DE")
QUESTIONS = frozenset(f"q{i:02}" for i in range(30))
FACTS = WaveFacts("w01", 30, 30, QUESTIONS, "matcher-1", "judge-1")


def waves(seed: int, falls_at: int, weeks: int, fall: float = 0.25) -> list[StreamWave]:
    rng = np.random.default_rng(seed)
    chances = rng.uniform(0.3, 0.9, 30)
    found = []
    for week in range(weeks):
        hits = rng.binomial(3, chances - fall * (week >= falls_at))
        cells = tuple(CellCount(f"q{i:02}", int(m), 3) for i, m in enumerate(hits))
        found.append(StreamWave(replace(FACTS, wave_id=f"w{week:02}"), cells))
    return found


def finding(seed: int = 1) -> Finding:
    shift = signalled_shift(STREAM, waves(seed, 8, 11))
    assert shift is not None
    return confirmed([shift])[0]


# -- gate -------------------------------------------------------------------------------------


def test_equal_waves_pass_the_gate() -> None:
    assert gate(FACTS, replace(FACTS, wave_id="w02")).open


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"answered_cells": 23}, "23 of 30 cells"),
        ({"answered_cells": 0, "planned_cells": 0}, "0 of 0 cells"),
        ({"parser": "matcher-2"}, "remeasure first"),
        ({"judge": ""}, "judge judge-1 then, none now"),
        ({"questions": frozenset({"q00", "new"})}, "only 1 of 30 questions"),
    ],
)
def test_the_gate_says_what_keeps_it_shut(changed: dict[str, object], reason: str) -> None:
    found = gate(FACTS, replace(FACTS, **changed))  # type: ignore[arg-type]

    assert not found.open
    assert reason in " ".join(found.reasons)


def test_a_question_added_half_way_does_not_shut_the_gate() -> None:
    assert gate(FACTS, replace(FACTS, questions=QUESTIONS | {"new"})).open


def test_four_fifths_of_the_cells_are_enough() -> None:
    assert gate(FACTS, replace(FACTS, answered_cells=24)).open


# -- shifts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_a_lasting_fall_is_found_with_the_wave_it_began_in(seed: int) -> None:
    shift = signalled_shift(STREAM, waves(seed, 8, 11))

    assert shift is not None
    assert shift.direction is Direction.DOWN
    assert shift.since in ("w07", "w08")
    assert shift.change.difference == pytest.approx(-0.25, abs=0.1)


@pytest.mark.parametrize("seed", range(5))
def test_a_quiet_stream_has_no_shift(seed: int) -> None:
    assert signalled_shift(STREAM, waves(seed, 99, 12)) is None


def test_a_shift_is_handed_on_for_some_waves_and_then_is_the_new_normal() -> None:
    year = waves(2, 8, 26)
    seen = [week for week in range(3, 26) if signalled_shift(STREAM, year[: week + 1]) is not None]

    assert seen[0] in (8, 9, 10)
    assert seen == list(range(seen[0], seen[0] + 5))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_waves_have_no_shift(count: int) -> None:
    assert signalled_shift(STREAM, waves(1, 99, count)) is None


def test_waves_that_are_not_comparable_are_left_out() -> None:
    year = waves(1, 8, 11)
    other = [StreamWave(replace(wave.facts, parser="matcher-0"), wave.cells) for wave in year[:8]]

    assert signalled_shift(STREAM, [*other, *year[8:]]) is None


def test_a_last_wave_that_is_half_missing_alerts_nobody() -> None:
    year = waves(1, 8, 11)
    year[-1] = replace(year[-1], facts=replace(year[-1].facts, answered_cells=12))

    assert signalled_shift(STREAM, year) is None


def test_a_confirmed_shift_is_a_finding_with_its_figures() -> None:
    found = finding()

    assert found.kind is AlertKind.SHIFT
    assert found.verdict is not None
    assert found.verdict.q <= 0.05
    assert found.key.startswith("shift|visibility|Acme|assistant|de-DE|down|w0")


def test_a_shift_under_the_effect_floor_is_no_finding() -> None:
    shift = finding().shift
    assert shift is not None

    assert confirmed([shift], floor=0.6) == ()


def test_a_shift_whose_change_points_the_other_way_is_no_finding() -> None:
    shift = finding().shift
    assert shift is not None

    assert confirmed([replace(shift, direction=Direction.UP)]) == ()


# -- contradictions ---------------------------------------------------------------------------


ASKED = Cell("q", "chat", "en-US")


@pytest.mark.parametrize(
    "other",
    [{"wave_id": "w02"}, {"cell": Cell("q", "chat-b", "en-US")}, {"cell": Cell("r", "chat", "en")}],
    ids=["another wave", "another engine", "another question"],
)
def test_a_critical_fact_needs_two_independent_answers_against_it(other: dict[str, Any]) -> None:
    one = Contradiction("price", "Acme", "w01", "answer-1", ASKED)
    repeat = replace(one, answer_id="answer-3")
    two = replace(one, answer_id="answer-2", **other)

    assert contradicted_facts([one, one, repeat]) == ()
    found = contradicted_facts([two, one])
    assert len(found) == 1
    assert found[0].for_review
    assert found[0].answer_ids == ("answer-1", "answer-2")
    assert (found[0].since, found[0].key) == ("w01", "contradiction|Acme|price")


def test_answers_against_different_facts_do_not_add_up() -> None:
    assert (
        contradicted_facts(
            [
                Contradiction("price", "Acme", "w", "a", ASKED),
                Contradiction("seat", "Acme", "v", "b", ASKED),
            ]
        )
        == ()
    )


# -- states -----------------------------------------------------------------------------------


def test_a_new_matter_is_opened_once() -> None:
    found = finding()

    assert decide([found, found], []) == (Open(found),)


@pytest.mark.parametrize("state", [AlertState.OPEN, AlertState.ACKNOWLEDGED])
def test_a_known_matter_is_refreshed_and_not_opened_again(state: AlertState) -> None:
    found = finding()

    assert decide([found], [Alert("alert-1", found.key, state)]) == (Refresh("alert-1", found),)


def test_a_resolved_shift_stays_resolved_but_a_contradiction_may_come_back() -> None:
    shift = finding()
    against = Contradiction("price", "Acme", "w01", "answer-1", ASKED)
    (fact,) = contradicted_facts([against, replace(against, wave_id="w02")])
    resolved = [Alert(f"alert-{f.kind}", f.key, AlertState.RESOLVED) for f in (shift, fact)]

    assert decide([shift, fact], resolved) == (Open(fact),)


def test_a_shift_the_other_way_resolves_the_alert() -> None:
    found = finding()
    rise = Alert("alert-1", "shift|visibility|Acme|assistant|de-DE|up|w02", AlertState.OPEN)
    elsewhere = Alert("alert-2", "shift|visibility|Acme|other|de-DE|up|w02", AlertState.OPEN)

    intents = decide([found], [rise, elsewhere])

    assert [i.alert_id for i in intents if isinstance(i, Resolve)] == ["alert-1"]
    assert Open(found) in intents


def test_no_findings_change_nothing() -> None:
    assert decide([], [Alert("alert-1", "anything", AlertState.OPEN)]) == ()


def test_states_only_go_forward() -> None:
    assert may_become(AlertState.OPEN, AlertState.ACKNOWLEDGED)
    assert may_become(AlertState.OPEN, AlertState.RESOLVED)
    assert may_become(AlertState.ACKNOWLEDGED, AlertState.RESOLVED)
    assert not may_become(AlertState.RESOLVED, AlertState.OPEN)
    assert not may_become(AlertState.ACKNOWLEDGED, AlertState.OPEN)


def test_an_alert_is_due_at_each_target_until_delivered_there() -> None:
    delivered = {("alert-1", "mail")}

    due = due_deliveries(["alert-1", "alert-2"], ["mail", "chat"], delivered)

    assert due == (("alert-1", "chat"), ("alert-2", "mail"), ("alert-2", "chat"))
