"""The timeline: what changed beside the brand itself, each thing once and on its day."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from small_project import Cut, edited, small_project
from told_waves import START, Told, steady, tell, told_history

from dashboard.text import Words
from dashboard.verdicts import event_text
from monitor.errors import InputError
from monitor.pipeline import Project, measure, open_project
from monitor.queries import EventKind, TimelineEvent, timeline
from monitor.store import FactRelease, ingest, release_facts, write_note
from monitor.types import AnswerStatus, Wave, WaveEnd, WaveOutcome


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return open_project(small_project(tmp_path / "project", Cut(locales=("en-US",))))


WORDLESS = (EventKind.PACK_EDIT, EventKind.FACT_RULES)


def day(week: int) -> date:
    return START.date() + timedelta(weeks=week)


def of_kind(project: Project, *kinds: EventKind) -> list[TimelineEvent]:
    return [event for event in timeline(project.store, "demo") if event.kind in kinds]


def test_a_quiet_history_has_no_events(project: Project) -> None:
    told_history(project, project.pack("demo"), 3, lambda _: Told(steady))
    assert timeline(project.store, "demo") == ()


def test_a_newly_served_version_is_an_event_of_its_engine(project: Project) -> None:
    def served(week: int) -> Told:
        return Told(steady, served=lambda engine: f"{engine}-{2 if week >= 2 else 1}")

    told_history(project, project.pack("demo"), 3, served)
    assert of_kind(project, EventKind.SERVED_VERSION) == [
        TimelineEvent(day(2), EventKind.SERVED_VERSION, engine, f"{engine}-2")
        for engine in ("sim-chat", "sim-claude")
    ]


def test_an_edit_names_the_questions_that_came_went_and_were_reworded(project: Project) -> None:
    pack = project.pack("demo")
    first, second, third = pack.questions
    reworded = replace(second, text={"en": "Which one would you take?"})
    tell(project, replace(pack, questions=(first, second), content_hash="a"), 0, Told(steady))
    tell(project, replace(pack, questions=(first, second), content_hash="a"), 1, Told(steady))
    tell(project, replace(pack, questions=(reworded, third), content_hash="b"), 2, Told(steady))
    tell(project, replace(pack, questions=(reworded, third), content_hash="c"), 3, Told(steady))
    assert list(timeline(project.store, "demo")) == [
        TimelineEvent(day(2), EventKind.QUESTIONS_ADDED, names=(third.question_id,)),
        TimelineEvent(day(2), EventKind.QUESTIONS_DROPPED, names=(first.question_id,)),
        TimelineEvent(day(2), EventKind.QUESTIONS_REWORDED, names=(second.question_id,)),
        TimelineEvent(day(3), EventKind.PACK_EDIT),
    ]


def test_an_engine_that_mostly_fails_is_an_outage(project: Project) -> None:
    def failing(week: int) -> Told:
        return Told(
            steady,
            status=lambda call: (
                AnswerStatus.FAILED
                if week == 1 and call.cell.engine == "sim-claude"
                else AnswerStatus.OK
            ),
        )

    told_history(project, project.pack("demo"), 2, failing)
    assert of_kind(project, EventKind.OUTAGE) == [
        TimelineEvent(day(1), EventKind.OUTAGE, "sim-claude", "6/6")
    ]


def test_a_stopped_wave_says_why(project: Project) -> None:
    pack = project.pack("demo")
    wave = Wave("w9", "demo", f"{day(1)}T06:00", START, 2, 12, "h", pack.questions)
    end = WaveEnd("w9", START, WaveOutcome.STOPPED, "the budget of 2.00 USD is spent")
    project.store.journal.append([wave, end], START)
    ingest(project.store, START)
    assert of_kind(project, EventKind.BROKEN_OFF) == [
        TimelineEvent(day(1), EventKind.BROKEN_OFF, text=end.note)
    ]


def test_a_brand_tracked_later_is_an_event_and_another_matcher_is_one(project: Project) -> None:
    told_history(project, project.pack("demo"), 1, lambda _: Told(steady))
    folder = project.settings.project
    with edited(folder / "prompts/packs/demo.yaml") as pack:
        pack["competitors"].remove("Pergola")
    measure(open_project(folder), START + timedelta(days=1))
    with edited(next((folder / "prompts/brands").glob("*.yaml"))) as brands:
        brands["brands"][0].setdefault("aliases", []).append("Tessavik Suite")
    measure(open_project(folder), START + timedelta(days=2))
    found = of_kind(project, EventKind.BRANDS_DROPPED, EventKind.MEASURE_VERSION)
    assert [(event.kind, event.names) for event in found] == [
        (EventKind.BRANDS_DROPPED, ("Pergola",)),
        (EventKind.MEASURE_VERSION, ()),
    ]
    assert [event.day for event in found] == [day(0) + timedelta(days=n) for n in (1, 2)]


def test_a_revision_of_the_fact_sheet_names_the_facts(project: Project) -> None:
    told_history(project, project.pack("demo"), 1, lambda _: Told(steady))
    sheets = (
        {"price": "1", "hosting": "1"},
        {"price": "2", "sso": "1"},
        {"price": "2", "sso": "1"},
    )
    for week, facts in enumerate(sheets, start=1):
        release = FactRelease("demo", f"f{week}", f"s{week}", facts)
        release_facts(project.store, release, START + timedelta(weeks=week))
    kinds = (EventKind.FACTS_ADDED, EventKind.FACTS_CHANGED, EventKind.FACTS_DROPPED)
    assert of_kind(project, *kinds, EventKind.FACT_RULES) == [
        TimelineEvent(day(2), EventKind.FACTS_ADDED, names=("sso",)),
        TimelineEvent(day(2), EventKind.FACTS_CHANGED, names=("price",)),
        TimelineEvent(day(2), EventKind.FACTS_DROPPED, names=("hosting",)),
        TimelineEvent(day(3), EventKind.FACT_RULES),
    ]


def test_every_kind_of_event_has_words(project: Project) -> None:
    for lang in ("en", "de"):
        for kind in EventKind:
            event = TimelineEvent(day(0), kind, "sim-chat", "a thing", ("one", "two"))
            text = event_text(event, Words(lang))
            assert "one" in text or "a thing" in text or kind in WORDLESS
            assert Words(lang)(f"event.short.{kind}")


def test_a_note_stands_on_its_day_with_its_author(project: Project) -> None:
    told_history(project, project.pack("demo"), 1, lambda _: Told(steady))
    write_note(project.store, "  Launch of the new plan ", day(0), START, author="ana", pack="demo")
    write_note(project.store, "Somebody else's", day(0), START, pack="other")
    assert of_kind(project, EventKind.NOTE) == [
        TimelineEvent(day(0), EventKind.NOTE, text="Launch of the new plan", author="ana")
    ]


@pytest.mark.parametrize(("text", "said"), [(" \n", "is empty"), ("x" * 1001, "1,001 characters")])
def test_a_note_that_says_nothing_or_too_much_is_refused(
    project: Project, text: str, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        write_note(project.store, text, day(0), START)
    assert timeline(project.store, "demo") == ()
