"""What a wave asks, and when: pure, so that every case is a table."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor import plan
from monitor.types import AnswerStatus, Intent, Origin, Pack, Persona, Question, Schedule

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
BERLIN = "Europe/Berlin"


def question(name: str, *langs: str, paraphrases: int = 0) -> Question:
    return Question(
        name,
        Intent.DISCOVERY,
        {lang: f"{name} in {lang}" for lang in langs},
        {lang: tuple(f"{name} in {lang}, {n}" for n in range(paraphrases)) for lang in langs},
    )


PACK = Pack(
    pack_id="p",
    title="",
    own="Tessavik",
    competitors=(),
    engines=("a", "b", "c"),
    locales=("en-US", "de-DE", "de-AT"),
    questions=(question("q1", "en", "de", paraphrases=1), question("q2", "en"), question("q3")),
    personas=(Persona("lead", {"en": "I lead.", "de": "Ich leite."}), Persona("anyone", {})),
    repeats=3,
)


def test_every_cell_whose_language_the_question_has_is_asked() -> None:
    counts = Counter(cell.question_id for cell in plan.cells(PACK))
    # engines × personas × (3 locales | 1 locale)
    assert counts == {"q1": 18, "q2": 6}


def test_a_wave_asks_every_first_repeat_before_any_second() -> None:
    calls = plan.calls(PACK, "w")
    assert [call.repeat for call in calls] == [1] * 24 + [2] * 24 + [3] * 24
    assert len({call.answer_id for call in calls}) == 72


def test_repeats_take_the_wordings_in_turn() -> None:
    prompts = {c.repeat: c.prompt for c in plan.calls(PACK, "w") if c.cell.question_id == "q1"
               and c.cell.locale == "de-AT"}  # fmt: skip
    assert prompts == {1: "q1 in de", 2: "q1 in de, 0", 3: "q1 in de"}


def test_a_persona_speaks_the_questions_language() -> None:
    systems = {(c.cell.persona, c.cell.lang): c.system for c in plan.calls(PACK, "w")}
    assert systems == {
        ("lead", "en"): "I lead.",
        ("lead", "de"): "Ich leite.",
        ("anyone", "en"): "",
        ("anyone", "de"): "",
    }


def test_the_same_call_of_a_wave_has_the_same_id_and_another_waves_has_another() -> None:
    first, again, other = (plan.calls(PACK, wave) for wave in ("w", "w", "x"))
    assert first == again
    assert not {c.answer_id for c in first} & {c.answer_id for c in other}


def test_what_is_missing_is_what_isnt_answered_in_the_order_planned() -> None:
    calls = plan.calls(PACK, "w")
    answered = {call.answer_id for call in calls[10:40]}
    assert plan.missing(calls, answered) == calls[:10] + calls[40:]
    assert plan.missing(calls, {c.answer_id for c in calls}) == ()


def test_a_waves_id_comes_from_its_slot_and_its_plan_from_the_pack() -> None:
    wave = plan.new_wave(PACK, "2026-11-23T06:00", NOW, simulated=True)
    assert wave.wave_id == "p@2026-11-23T06:00"
    assert wave.planned == 72
    assert wave == plan.new_wave(PACK, "2026-11-23T06:00", NOW, simulated=True)


def test_a_draft_is_a_failed_answer_of_its_cell() -> None:
    wave = plan.new_wave(PACK, "s", NOW, simulated=False)
    call = plan.calls(PACK, wave.wave_id)[-1]
    draft = plan.draft(call, wave, NOW)
    assert draft.cell == call.cell
    assert (draft.status, draft.origin, draft.repeat) == (AnswerStatus.FAILED, Origin.WAVE, 3)
    assert (draft.wave_id, draft.pack, draft.question) == ("p@s", "p", call.prompt)


# -- slots ------------------------------------------------------------------------------------


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("cron", "zone", "now", "due"),
    [
        ("0 6 * * 1", BERLIN, "2026-11-23T05:00:00Z", "2026-11-23T06:00"),
        ("0 6 * * 1", BERLIN, "2026-11-23T04:59:59Z", None),
        ("0 6 * * 1", BERLIN, "2026-11-23T05:00:59Z", "2026-11-23T06:00"),
        # late, but not past half-way to the next
        ("0 6 * * 1", BERLIN, "2026-11-26T16:59:00Z", "2026-11-23T06:00"),
        ("0 6 * * 1", BERLIN, "2026-11-26T17:01:00Z", None),
        ("* * * * *", "UTC", "2026-11-23T05:00:29Z", "2026-11-23T05:00"),
        ("* * * * *", "UTC", "2026-11-23T05:00:31Z", None),
        # autumn: 02:00 to 03:00 comes twice
        ("0 3 * * *", BERLIN, "2026-10-25T00:59:30Z", None),
        ("0 3 * * *", BERLIN, "2026-10-25T02:00:00Z", "2026-10-25T03:00"),
        ("30 2 * * *", BERLIN, "2026-10-25T00:30:00Z", "2026-10-25T02:30"),
        ("30 2 * * *", BERLIN, "2026-10-25T01:30:00Z", "2026-10-25T02:30"),
        # spring: 02:30 doesn't exist and is caught up on at 03:00
        ("30 2 * * *", BERLIN, "2026-03-29T00:59:30Z", None),
        ("30 2 * * *", BERLIN, "2026-03-29T01:00:00Z", "2026-03-29T03:00"),
    ],
)
def test_the_slot_that_is_due(cron: str, zone: str, now: str, due: str | None) -> None:
    schedule = Schedule(cron, zone)
    found = plan.due_slot(schedule, moment(now))
    assert (found and plan.slot_name(found, schedule)) == due


def test_the_hour_that_autumn_repeats_is_one_slot() -> None:
    hourly = Schedule("0 * * * *", BERLIN)
    times = plan.next_slots(hourly, moment("2026-10-24T22:30:00Z"), 4)
    due = [plan.due_slot(hourly, time) for time in times]
    assert due == list(times)
    names = [plan.slot_name(time, hourly)[-5:] for time in times]
    assert names == ["01:00", "02:00", "02:00", "03:00"]


def test_three_missed_mondays_are_one_slot() -> None:
    weekly = Schedule("0 6 * * 1", BERLIN)
    found = plan.due_slot(weekly, moment("2026-11-24T09:00:00Z"))
    assert found == moment("2026-11-23T05:00:00Z")


CRONS = st.sampled_from(
    ["0 6 * * 1", "30 2 * * *", "0 3 * * *", "0 * * * *", "*/15 * * * *", "0 9 1 * *",
     "15 14 1,15 * *", "0 0 * * 0", "59 23 * * 5", "0 2 * * sun"]
)  # fmt: skip
ZONES = st.sampled_from(["UTC", BERLIN, "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"])
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@settings(max_examples=300, deadline=None)
@given(CRONS, ZONES, MOMENTS)
def test_a_slot_is_due_from_its_moment_on_and_never_before(
    cron: str, zone: str, after: datetime
) -> None:
    schedule = Schedule(cron, zone)
    [fires] = plan.next_slots(schedule, after, 1)
    assert fires > after
    for seconds in (0, 1, 59, 60):
        found = plan.due_slot(schedule, fires + timedelta(seconds=seconds))
        assert found is not None
        assert plan.slot_name(found, schedule) == plan.slot_name(fires, schedule)
    before = plan.due_slot(schedule, fires - timedelta(seconds=1))
    assert before is None or before < fires


@settings(max_examples=300, deadline=None)
@given(CRONS, ZONES, MOMENTS)
def test_no_slot_lies_in_the_future(cron: str, zone: str, now: datetime) -> None:
    found = plan.due_slot(Schedule(cron, zone), now)
    assert found is None or found <= now
