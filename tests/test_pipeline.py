"""Choosing a wave, asking it, keeping its answers, measuring them: on real files and processes."""

import asyncio
import dataclasses
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from small_project import edited

from monitor import plan
from monitor.errors import ConfigError, StoreBusyError, StoreError
from monitor.pipeline import (
    Project,
    WaveResult,
    due_wave,
    import_answers,
    measure,
    open_project,
    wave_now,
)
from monitor.pipeline.keeping import Keeper
from monitor.pipeline.waves import ask_wave
from monitor.provider import Asker
from monitor.queries import By, Event, EventKind, View, rates, timeline, unknown_names, waves
from monitor.store import (
    adopt,
    adopted_names,
    asking_wave,
    claim_slot,
    ingest,
    released_version,
)
from monitor.store.free import run_sql
from monitor.store.upkeep import rebuild_store
from monitor.types import (
    Adoption,
    Answer,
    AnswerStatus,
    Engine,
    Slot,
    Wave,
    WaveEnd,
    WaveOutcome,
)

MONDAY = datetime(2026, 11, 23, 5, 0, 20, tzinfo=UTC)
"""Twenty seconds past six in Berlin, when the demo's pack is due."""


# -- a stand-in for the one who asks ----------------------------------------------------------


class Stub:
    """Answers at once, and records what it was asked; an Asker as far as a wave can tell."""

    def __init__(self, cost_usd: float | None = 0.01) -> None:
        self.asked: list[Answer] = []
        self.cost_usd = cost_usd
        self.hangs = False
        self.error: Exception | None = None
        self.closed_accounts: dict[str, str] = {}

    async def ask(
        self, engine: Engine, draft: Answer, system: str = "", _shape: object = None
    ) -> Answer:
        self.asked.append(draft)
        if self.error:
            raise self.error
        if self.hangs:
            await asyncio.sleep(3600)
        await asyncio.sleep(0)
        if reason := self.closed_accounts.get(engine.account):
            return dataclasses.replace(draft, reason=reason, attempts=0)
        return dataclasses.replace(
            draft,
            status=AnswerStatus.OK,
            text=f"Tessavik, {system}",
            cost_usd=self.cost_usd,
            simulated=True,
        )

    def closed(self, engine: Engine) -> str:
        return self.closed_accounts.get(engine.account, "") if self.asked else ""


def new_wave(project: Project, slot: str = "2026-11-23T06:00") -> Wave:
    return plan.new_wave(project.pack("demo"), slot, MONDAY, simulated=True)


def asked(project: Project, stub: Stub, wave: Wave | None = None, **options: Any) -> WaveResult:
    """The result of asking a wave with `stub`; the clock stands still."""
    pack = project.pack("demo")
    engines: Mapping[str, Engine] = {e.engine_id: e for e in project.catalog.engines_of(pack)}
    return asyncio.run(
        ask_wave(
            project,
            pack,
            wave or new_wave(project),
            engines,
            lambda: MONDAY,
            asker=cast("Asker", stub),
            **options,
        )
    )


def journal_of(project: Project, kind: type) -> list[Any]:
    journal = project.store.journal
    return [e for name in journal.names() for e in journal.read(name) if isinstance(e, kind)]


def count(project: Project, table: str = "answers") -> int:
    return int(run_sql(project.store, f"SELECT count(*) FROM {table}").rows[0][0])  # noqa: S608


# -- asking a wave ----------------------------------------------------------------------------


def test_a_wave_asks_every_call_once_and_ends_complete(project: Project) -> None:
    stub = Stub()
    result = asked(project, stub)
    assert (result.outcome, result.planned, result.asked) == (WaveOutcome.COMPLETE, 24, 24)
    assert len({draft.answer_id for draft in stub.asked}) == 24
    assert result.cost_usd == pytest.approx(0.24)
    [line] = waves(project.store)
    assert (line.outcome, line.ok, line.planned) == ("complete", 24, 24)


def test_a_wave_asked_again_asks_nothing(project: Project) -> None:
    asked(project, Stub())
    stub = Stub()
    assert asked(project, stub).outcome is WaveOutcome.COMPLETE
    assert stub.asked == []
    assert count(project) == 24


def test_answers_that_only_the_journal_has_arent_asked_again(project: Project) -> None:
    asked(project, Stub())
    project.store.path.unlink()
    stub = Stub()
    asked(project, stub)
    assert stub.asked == []


def test_a_damaged_journal_file_is_told_of_and_only_its_answers_are_asked_again(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    asked(project, Stub(), max_cost_usd=0.05)
    kept = len(journal_of(project, Answer))
    names = [n for n in project.store.journal.names()
             if any(isinstance(e, Answer) for e in project.store.journal.read(n))]  # fmt: skip
    lost = len(project.store.journal.read(names[0]))
    (project.store.journal.root / names[0]).write_bytes(b"rot")
    project.store.path.unlink()
    stub = Stub()
    asked(project, stub)
    assert len(stub.asked) == 24 - kept + lost
    assert count(project) == 24
    assert names[0] in caplog.text
    assert "everything else is taken in" in caplog.text


def test_the_budget_stops_a_wave_and_more_money_completes_it(project: Project) -> None:
    first = asked(project, Stub(), max_cost_usd=0.08)
    assert first.outcome is WaveOutcome.STOPPED
    assert first.not_asked == {"the budget is used up": 24 - first.asked}
    assert first.cost_usd == pytest.approx(0.08), "not a call more than there is money for"
    second = Stub()
    assert asked(project, second).outcome is WaveOutcome.COMPLETE
    assert len(second.asked) == 24 - first.asked
    assert count(project) == 24


def test_one_call_per_engine_is_on_its_way_until_its_cost_is_known(project: Project) -> None:
    stub = Stub(cost_usd=1.0)
    result = asked(project, stub, max_cost_usd=0.05)
    assert len(stub.asked) == len({draft.engine for draft in stub.asked}) <= 2
    assert result.outcome is WaveOutcome.STOPPED


def test_an_engine_whose_cost_stays_unknown_is_asked_all_the_same(project: Project) -> None:
    assert asked(project, Stub(cost_usd=None), max_cost_usd=0.05).asked == 24


def test_no_money_asks_nothing(project: Project) -> None:
    stub = Stub()
    result = asked(project, stub, max_cost_usd=0.0)
    assert stub.asked == []
    assert result.outcome is WaveOutcome.FAILED
    assert result.not_asked == {"the budget is used up": 24}


def test_unknown_cost_is_counted_and_never_taken_for_free(project: Project) -> None:
    result = asked(project, Stub(cost_usd=None))
    assert (result.cost_usd, result.cost_unknown) == (0.0, 24)
    [end] = journal_of(project, WaveEnd)
    assert "cost of 24 answers unknown" in end.note


def test_calls_on_a_closed_account_stay_missing_and_are_asked_when_it_opens(
    project: Project,
) -> None:
    closed = Stub()
    closed.closed_accounts = {"sim-openai": "account closed: no quota"}
    result = asked(project, closed)
    assert result.outcome is WaveOutcome.PARTLY_FAILED
    assert result.not_asked == {"account closed: no quota": 12}
    assert count(project) == 12
    again = Stub()
    assert asked(project, again).outcome is WaveOutcome.COMPLETE
    assert len(again.asked) == 12


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_a_wave_gives_up_on_what_hangs_and_has_no_end(
    project: Project, number: signal.Signals
) -> None:
    class Stopping(Stub):
        async def ask(
            self, engine: Engine, draft: Answer, system: str = "", _shape: object = None
        ) -> Answer:
            if len(self.asked) == 3:
                os.kill(os.getpid(), number)
                self.hangs = True
            return await super().ask(engine, draft, system)

    stopping = Stopping()
    result = asked(project, stopping, grace_s=0.3)
    assert result.interrupted
    assert sum(result.not_asked.values()) + result.asked == 24
    assert journal_of(project, WaveEnd) == []
    assert count(project) == result.asked >= 3
    rest = Stub()
    assert asked(project, rest).outcome is WaveOutcome.COMPLETE
    assert len(rest.asked) == 24 - result.asked
    assert count(project) == 24


def test_hanging_last_calls_that_are_given_up_leave_the_wave_open(project: Project) -> None:
    class HangsAtTheEnd(Stub):
        async def ask(
            self, engine: Engine, draft: Answer, system: str = "", _shape: object = None
        ) -> Answer:
            self.hangs = len(self.asked) >= 22
            if len(self.asked) == 23:
                os.kill(os.getpid(), signal.SIGTERM)
            return await super().ask(engine, draft, system)

    result = asked(project, HangsAtTheEnd(), grace_s=0.3)
    assert result.interrupted
    assert result.not_asked == {"interrupted": 2}
    assert asked(project, Stub()).outcome is WaveOutcome.COMPLETE


def test_an_engine_that_cant_be_asked_is_one_error_of_ours_and_what_came_is_kept(
    project: Project,
) -> None:
    stub = Stub()
    stub.error = ConfigError("engine sim-chat: no such parameter")
    with pytest.raises(ConfigError, match="no such parameter"):
        asked(project, stub)


def test_a_progress_display_that_breaks_ends_the_wave_with_its_own_error(project: Project) -> None:
    def display(_tally: object) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        asked(project, Stub(), on_progress=display)
    assert count(project) == len(journal_of(project, Answer)) > 0


def test_two_processes_never_ask_one_wave(project: Project) -> None:
    stub = Stub()
    with asking_wave(project.store, new_wave(project).wave_id), pytest.raises(
        StoreBusyError, match=f"process {os.getpid()}"
    ):  # fmt: skip
        asked(project, stub)
    assert stub.asked == []


def test_a_store_that_somebody_holds_for_long_delays_no_answer(project: Project) -> None:
    impatient = dataclasses.replace(project, store=dataclasses.replace(project.store, wait_s=0.2))
    code = (
        "import sys; from pathlib import Path; from monitor.store.gate import Gate\n"
        "with Gate(Path(sys.argv[1]), 9).held('hogging', exclusive=True):\n"
        "    print('held', flush=True); sys.stdin.read()\n"
    )
    project.store.prepare()
    hog = subprocess.Popen(
        [sys.executable, "-c", code, str(project.store.path.parent)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert hog.stdin is not None
    assert hog.stdout is not None
    hog.stdout.readline()

    async def keep() -> None:
        async with Keeper(impatient.store, lambda: MONDAY) as keeper:
            for call in plan.calls(project.pack("demo"), "w")[:5]:
                keeper.keep(plan.draft(call, new_wave(project), MONDAY))

    try:
        asyncio.run(keep())
        assert len(journal_of(project, Answer)) == 5
        with pytest.raises(StoreBusyError, match="hogging"):
            ingest(impatient.store, MONDAY)
    finally:
        hog.stdin.close()
        hog.wait()
        hog.stdout.close()
    ingest(project.store, MONDAY)
    assert count(project) == 5


def test_a_wave_that_cant_be_journalled_asks_nothing(project: Project) -> None:
    asked(project, Stub(), max_cost_usd=0.05)
    kept = count(project)
    month = project.store.journal.root / "2026-11"
    month.rename(month.with_name("aside"))
    month.write_text("no folder")
    stub = Stub()
    with pytest.raises(StoreError, match="not kept: free space or fix the folder's rights"):
        asked(project, stub, new_wave(project, "2026-11-23T07:00"))
    assert stub.asked == []
    assert count(project) == kept


def test_a_keeper_whose_journal_fails_says_where_the_answers_are(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    root = project.store.journal.root
    root.mkdir(parents=True)
    (root / "2026-11").write_text("no folder")
    drafts = [
        plan.draft(call, new_wave(project), MONDAY)
        for call in plan.calls(project.pack("demo"), "w")[:3]
    ]

    async def keep() -> None:
        async with Keeper(project.store, lambda: MONDAY) as keeper:
            for draft in drafts:
                keeper.keep(draft)
            while keeper.failure is None:
                await asyncio.sleep(0.01)

    with pytest.raises(StoreError, match="3 answers not kept are in") as raised:
        asyncio.run(keep())
    [rescued] = tmp_path.glob("monitor-rescued-*/2026-11/*.jsonl.gz")
    assert str(rescued) in str(raised.value)
    (root / "2026-11").unlink()
    (root / "2026-11").mkdir()
    rescued.rename(root / "2026-11" / rescued.name)
    assert journal_of(project, Answer) == drafts
    assert ingest(project.store, MONDAY).entries == 3


# -- choosing ---------------------------------------------------------------------------------


def test_a_due_slot_is_run_once(project: Project) -> None:
    pack = project.pack("demo")
    choice = due_wave(project, pack, MONDAY)
    assert choice.wave is not None
    assert choice.wave.wave_id == "demo@2026-11-23T06:00"
    asked(project, Stub(), choice.wave)
    later = due_wave(project, pack, MONDAY + timedelta(hours=3))
    assert later.wave is None
    assert "is done; next at 2026-11-30T06:00 Europe/Berlin" in later.why


def test_nothing_is_due_before_its_time(project: Project) -> None:
    choice = due_wave(project, project.pack("demo"), MONDAY - timedelta(seconds=21))
    assert choice.wave is None
    assert "nothing is due; next at 2026-11-23T06:00" in choice.why


def claim(project: Project, who: str, at: datetime = MONDAY) -> None:
    wave = new_wave(project)
    assert claim_slot(project.store, Slot("demo", wave.slot, wave.wave_id, at, who), at)


def test_a_slot_whose_claimer_died_before_asking_is_run_by_the_next(project: Project) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    claim(project, f"process {dead.pid}")
    choice = due_wave(project, project.pack("demo"), MONDAY)
    assert choice.wave == new_wave(project)
    assert "cut off" in choice.why


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc")
def test_a_slot_whose_claimer_is_starting_up_is_left_to_it_for_two_minutes(
    project: Project,
) -> None:
    claim(project, f"process {os.getppid()}")
    choice = due_wave(project, project.pack("demo"), MONDAY + timedelta(seconds=30))
    assert choice.wave is None
    assert f"is being asked by process {os.getppid()}" in choice.why
    assert due_wave(project, project.pack("demo"), MONDAY + timedelta(minutes=3)).wave is not None


def test_a_slot_that_is_being_asked_is_left_to_its_asker(project: Project) -> None:
    claim(project, "process 999999999")
    with asking_wave(project.store, new_wave(project).wave_id):
        choice = due_wave(project, project.pack("demo"), MONDAY + timedelta(hours=1))
    assert choice.wave is None
    assert f"is being asked by process {os.getpid()}" in choice.why


def test_a_run_by_hand_completes_what_was_cut_off_within_a_day(project: Project) -> None:
    asked(project, Stub(), max_cost_usd=0.05)
    pack = project.pack("demo")
    soon = wave_now(project, pack, MONDAY + timedelta(hours=2), anew=False)
    assert (soon.resumed, soon.wave and soon.wave.slot) == (True, "2026-11-23T06:00")
    anew = wave_now(project, pack, MONDAY + timedelta(hours=2), anew=True)
    assert (anew.resumed, anew.wave and anew.wave.slot) == (False, "2026-11-23T08:00:20")
    assert not wave_now(project, pack, MONDAY + timedelta(hours=25), anew=False).resumed


# -- measuring --------------------------------------------------------------------------------


def fill(project: Project, answers: int, text: str = "Tessavik or the Tessa Suite.") -> None:
    """Import `answers` answers to one of the pack's questions."""
    [question] = [q for q in project.pack("demo").questions if q.question_id == "best-headless"]
    file = project.settings.project / "fill.jsonl"
    with file.open("w") as lines:
        for number in range(answers):
            record = {
                "question": question.text["en"],
                "engine": "sim-chat",
                "answer": text if number % 2 else "Take the Tessa Suite.",
                "asked_at": "2026-11-16T06:00:00Z",
                "repeat": number + 1,
                "locale": "en-US",
            }
            lines.write(json.dumps(record) + "\n")
    import_answers(project, file, MONDAY, "demo")


def visible(project: Project) -> tuple[int, int]:
    """How many of how many answers the pages count our brand as visible in."""
    [own] = [f for f in rates(project.store, View("demo"), Event.VISIBILITY, By())
             if f.brand == "Tessavik"]  # fmt: skip
    return own.k, own.n


def with_alias(project: Project) -> Project:
    """The project with "Tessa Suite" as another name of ours."""
    folder = project.settings.project
    with edited(folder / "prompts/brands/demo.yaml") as content:
        for brand in content["brands"]:
            if brand["name"] == "Tessavik":
                brand["aliases"] = [*brand.get("aliases", []), "Tessa Suite"]
    return open_project(folder)


def test_an_alias_added_today_has_its_whole_past_without_asking(project: Project) -> None:
    fill(project, 40)
    [before] = measure(project, MONDAY)
    assert visible(project) == (20, 40)
    changed = with_alias(project)
    [after] = measure(changed, MONDAY + timedelta(minutes=1))
    assert before.version != after.version
    assert (after.answers, after.released) == (40, True)
    assert visible(changed) == (40, 40)
    assert count(changed) == 40


def test_taking_the_alias_back_brings_the_old_figures_back_at_once(project: Project) -> None:
    fill(project, 40)
    measure(project, MONDAY)
    measure(with_alias(project), MONDAY + timedelta(minutes=1))
    [back] = measure(project, MONDAY + timedelta(minutes=2))
    assert (back.answers, back.released) == (0, True)
    assert visible(project) == (20, 40)


def adoption(name: str, minutes: int, *, tracked: bool = True) -> tuple[Adoption, datetime]:
    at = MONDAY + timedelta(minutes=minutes)
    return Adoption("demo", name, at, "ana", tracked), at


def test_an_adopted_name_has_its_whole_past_and_is_an_event(project: Project) -> None:
    fill(project, 40, text="1. Quonset\n2. Tessavik")
    measure(project, MONDAY)
    assert [n.name for n in unknown_names(project.store, View("demo"), "Tessavik")] == ["Quonset"]
    adopt(project.store, *adoption("Quonset", 1))
    [after] = measure(project, MONDAY + timedelta(minutes=2))
    assert (after.answers, after.released) == (40, True)
    seen = {f.brand: f.k for f in rates(project.store, View("demo"), Event.VISIBILITY, By())}
    assert (seen["Quonset"], seen["Tessavik"]) == (20, 20)
    assert not unknown_names(project.store, View("demo"), "Tessavik")
    [event] = timeline(project.store, "demo")
    assert (event.kind, event.names) == (EventKind.BRANDS_ADDED, ("Quonset",))


def test_an_adoption_is_taken_back_and_survives_a_rebuild(project: Project) -> None:
    fill(project, 4)
    for name, minutes, tracked in (("Quonset", 1, True), ("Larkin", 1, True), ("Larkin", 2, False)):
        adopt(project.store, *adoption(name, minutes, tracked=tracked))
    rebuild_store(project.store, MONDAY + timedelta(minutes=3))
    assert adopted_names(project.store, "demo") == ("Quonset",)
    assert project.tracked("demo").brands[-1].name == "Quonset"


def test_a_brand_defined_later_takes_its_adoptions_place(project: Project) -> None:
    fill(project, 4)
    adopt(project.store, *adoption("tessa suite", 1))
    assert "tessa suite" in [brand.name for brand in project.tracked("demo").brands]
    defined = with_alias(project)
    assert "tessa suite" not in [brand.name for brand in defined.tracked("demo").brands]


def test_measuring_again_changes_nothing(project: Project) -> None:
    fill(project, 12)
    measure(project, MONDAY)
    [again] = measure(project, MONDAY)
    assert (again.answers, again.released) == (0, False)
    assert visible(project) == (6, 12)


def test_answers_not_measured_yet_are_never_shown_as_absent(project: Project) -> None:
    fill(project, 20)
    measure(project, MONDAY)
    fill(project, 60, text="Nobody in particular.")
    assert count(project) > 20
    assert visible(project) == (10, 20)
    measure(project, MONDAY)
    assert visible(project)[1] == count(project)


def test_figures_stay_in_the_old_version_until_the_new_one_is_whole(project: Project) -> None:
    fill(project, 2_050)
    [old] = measure(project, MONDAY)
    figures = visible(project)
    changed = with_alias(project)

    def dies(_pack: str, _answers: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        measure(changed, MONDAY + timedelta(minutes=1), dies)
    assert count(project, "measured") == 2_050 + 2_000
    assert released_version(project.store, "demo") == old.version
    assert visible(project) == figures
    [new] = measure(changed, MONDAY + timedelta(minutes=2))
    assert (new.answers, new.released) == (50, True)
    assert visible(changed) == (2_050, 2_050)


def _measure_at_once(folder: Path, start: Any) -> None:
    project = open_project(folder)
    start.wait()
    measure(project, MONDAY)


def test_two_processes_that_measure_at_once_count_each_answer_once(project: Project) -> None:
    fill(project, 400)
    spawn = multiprocessing.get_context("spawn")
    start = spawn.Event()
    folder = project.settings.project
    children = [spawn.Process(target=_measure_at_once, args=(folder, start)) for _ in range(2)]
    for child in children:
        child.start()
    start.set()
    for child in children:
        child.join(90)
    assert [child.exitcode for child in children] == [0, 0]
    assert count(project, "measured") == 400
    assert run_sql(project.store, "SELECT sum(answers)::INT FROM rollup_answers").rows == ((400,),)
    assert visible(project) == (200, 400)
