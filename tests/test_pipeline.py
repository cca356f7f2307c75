"""Choosing a wave, asking it, keeping its answers: on real files and processes."""

import asyncio
import dataclasses
import os
import signal
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from asked_waves import MONDAY, Stub, asked, count, journal_of, new_wave

from monitor import plan
from monitor.errors import ConfigError, StoreBusyError, StoreError
from monitor.pipeline import Project, due_wave, wave_now
from monitor.pipeline.keeping import Keeper
from monitor.queries import waves
from monitor.store import asking_wave, claim_slot, ingest
from monitor.types import Answer, Engine, Slot, WaveEnd, WaveOutcome

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
            self, engine: Engine, draft: Answer, system: str = "", **_more: object
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
            self, engine: Engine, draft: Answer, system: str = "", **_more: object
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
