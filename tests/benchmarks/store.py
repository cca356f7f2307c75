"""How fast the store is: ingestion, sessions, twelve weeks of figures, rebuilding.

    uv run python tests/benchmarks/store.py [--answers 100000] [--together SECONDS]

`--answers 1000000` takes some minutes and 4 GB of disk. `--together 120` also lets a wave, a
dashboard of four threads, an exporter and a second writer work on one store for two minutes, and
prints what they had to wait.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS))

import conftest  # noqa: E402, F401 - its guard holds for benchmarks too
from together import percentile, work_together  # noqa: E402

from monitor import queries  # noqa: E402
from monitor.catalog import scaffold  # noqa: E402
from monitor.pipeline import Project, measure, open_project  # noqa: E402
from monitor.queries import By, Event, View  # noqa: E402
from monitor.store import ingest  # noqa: E402
from monitor.store.upkeep import rebuild_store  # noqa: E402
from monitor.types import Answer, AnswerStatus, Source, Wave  # noqa: E402

WEEKS = 12
BATCH = 2_000
FIRST = datetime(2026, 9, 7, 6, tzinfo=UTC)
BRANDS = ("Tessavik", "Mundavero", "Blattkühn", "Zeilenwerft", "Kolumbrio", "Pergola")


def main() -> int:
    """Fill a store, time what is done with it, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=100_000)
    parser.add_argument("--together", type=float, default=0, metavar="SECONDS")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        time_store(Path(folder, "project"), options.answers)
    if options.together:
        with tempfile.TemporaryDirectory() as folder:
            time_together(Path(folder, "project"), options.together)
    return 0


def say(what: str, figure: str) -> None:
    sys.stdout.write(f"{what:<58}{figure:>32}\n")
    sys.stdout.flush()


def time_store(folder: Path, answers: int) -> None:
    """Fill and time one store of `answers` answers."""
    scaffold(folder, ["demo"], starter=False)
    project = open_project(folder)
    now = datetime.now(UTC)
    journalled = timed(lambda: journal_all(project, answers))
    say(f"journal {answers:,} answers (files of {BATCH:,})", rate(answers, journalled))
    say("ingest them", rate(answers, timed(lambda: ingest(project.store, now))))
    say("measure them", rate(answers, timed(lambda: measure(project, now))))
    read, write = session_times(project)
    say("read session, p50 / p99", spread(read))
    say("write session, p50 / p99", spread(write))
    for what, read_figures in figures(project).items():
        say(what, spread([timed(read_figures) for _ in range(10)]))
    small = [timed(partial(one_batch, project, number)) for number in range(30)]
    say("journal and ingest a batch of 10, p50 / p99", spread(small))
    say("rebuild (without measuring)", seconds(timed(lambda: rebuild_store(project.store, now))))
    say("size of the database", f"{project.store.path.stat().st_size / 1e6:,.0f} MB")
    journal = sum(map(project.store.journal.size, project.store.journal.names()))
    say("size of the journal", f"{journal / 1e6:,.0f} MB")
    say("free on this disk", f"{shutil.disk_usage(folder).free / 1e9:,.0f} GB")


def figures(project: Project) -> dict[str, Callable[[], object]]:
    """What pages ask for."""
    store, view = project.store, View("demo")
    return {
        "visibility, all brands, 12 weeks by week": lambda: queries.rates(
            store, view, Event.VISIBILITY, By(week=True)
        ),
        "visibility, all brands, by engine": lambda: queries.rates(
            store, view, Event.VISIBILITY, By(engine=True)
        ),
        "heatmap: questions × engines": lambda: queries.question_cells(store, view, "Tessavik"),
        "a page of 50 answers": lambda: queries.answer_lines(store, view, "Tessavik"),
        "waves with coverage and cost": lambda: queries.waves(store),
        "packs": lambda: queries.packs(store),
    }


def session_times(project: Project) -> tuple[list[float], list[float]]:
    """How long sessions take that do next to nothing."""
    read, write = [], []
    for _ in range(100):
        begun = time.monotonic()
        with project.store.reading("timing") as con:
            con.execute("SELECT count(*) FROM journal_files").fetchall()
        read.append(time.monotonic() - begun)
        begun = time.monotonic()
        with project.store.writing("timing"):
            pass
        write.append(time.monotonic() - begun)
    return read, write


def journal_all(project: Project, answers: int) -> None:
    chance = random.Random(1)  # noqa: S311 - made-up texts
    for week in range(WEEKS):
        moment = FIRST + timedelta(weeks=week)
        project.store.journal.append([wave_of(project, week)], moment)
        total = answers // WEEKS + (week < answers % WEEKS)
        made = made_up(project, week, total, chance)
        for number in range(0, total, BATCH):
            batch = list(islice(made, BATCH))
            project.store.journal.append(batch, moment + timedelta(seconds=number + 1))


def wave_of(project: Project, week: int) -> Wave:
    moment = FIRST + timedelta(weeks=week)
    pack = project.pack("demo")
    return Wave(f"demo@{moment:%Y-%m-%d}", "demo", f"{moment:%Y-%m-%dT%H:%M}", moment, 2, 1, "h",
                pack.questions, simulated=True)  # fmt: skip


def made_up(project: Project, week: int, total: int, chance: random.Random) -> Iterator[Answer]:
    """Answers of about 1.5 kB with a raw body of 3 kB, as providers give them."""
    pack = project.pack("demo")
    wave = wave_of(project, week)
    padding = "It has a calm editor, workflows for several languages and a fair price. " * 4
    for number in range(total):
        named = chance.sample(BRANDS, 4)
        text = "\n".join(f"{place}. **{name}**: {padding}" for place, name in enumerate(named, 1))
        question = pack.questions[number % len(pack.questions)]
        yield Answer(
            answer_id=f"{week:02d}-{number:08d}",
            question=question.text["en"],
            engine=pack.engines[number // len(pack.questions) % len(pack.engines)],
            asked_at=wave.started_at + timedelta(milliseconds=number),
            status=AnswerStatus.OK if number % 40 else AnswerStatus.REFUSED,
            text=text,
            wave_id=wave.wave_id,
            pack="demo",
            question_id=question.question_id,
            locale="en-US",
            repeat=number // (len(pack.questions) * len(pack.engines)) + 1,
            sources=(Source("https://a.example/1", "A"), Source("https://b.example/2", "B")),
            cost_usd=0.002,
            latency_s=2.5,
            raw_body=f'{{"text": "{text}", "padding": "{chance.randbytes(700).hex()}"}}',
            simulated=True,
        )


def one_batch(project: Project, number: int) -> None:
    now = datetime.now(UTC)
    chance = random.Random(number)  # noqa: S311 - made-up texts
    batch = list(made_up(project, 50 + number, 10, chance))
    project.store.journal.append(batch, now)
    ingest(project.store, now)


def time_together(folder: Path, how_long_s: float) -> None:
    """Let everybody work at once and print how long each had to wait."""
    done = work_together(folder, how_long_s)
    for role, times in done.times_s.items():
        say(f"{role}: {len(times)} steps, p50 / p99", spread(times))
        say(f"{role}: errors", str(len(done.errors[role])))
    say("waves asked meanwhile, exit codes", str([code for code, _ in done.waves]))
    found = done.held
    say("answers journalled / lost / doubled / asked twice",
        f"{len(found.journalled)} / {len(found.lost)} / {len(found.doubled)} / "
        f"{len(found.asked_twice)}")  # fmt: skip
    say("verify", "WRONG" if "WRONG" in done.verify else "ok")


def timed(work: Callable[[], object]) -> float:
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


def rate(count: int, took_s: float) -> str:
    return f"{count / took_s:,.0f}/s ({took_s:.1f} s)"


def seconds(took_s: float) -> str:
    return f"{took_s:.1f} s"


def spread(times_s: list[float]) -> str:
    return f"{percentile(times_s, 0.5) * 1000:,.0f} ms / {percentile(times_s, 0.99) * 1000:,.0f} ms"


if __name__ == "__main__":
    sys.exit(main())
