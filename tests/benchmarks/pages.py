"""Prints how long the figures of one Overview page take on a store of a million answers.

    python tests/benchmarks/pages.py [--folder DIR] [--weeks 105] [--rounds 3]

The store is made in --folder (default: a temporary one) straight in its tables: some minutes, and
1.5 GB of disk. A query is a session of its own, as the page has it: gate, lock, open, read, close.
`wall` is what a reader waits; `cpu` is all threads' time, which other work on the machine doesn't
lengthen. The quickest of the rounds is printed; one before them brings file and modules into
memory. A round starts with nothing remembered.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from made_store import BRANDS, PACK, MadeSize, made_store
from rich.console import Console
from rich.table import Table

from monitor import queries
from monitor.queries import By, View, figures
from monitor.store import Store

OWN = BRANDS[:1]
FIGURES = (
    *("visibility", "visibility by week", "visibility by engine", "visibility by engine and week"),
    *("share and rank", "share and rank by week", "share and rank before", "changes", "questions"),
)


def page(store: Store) -> dict[str, Callable[[], object]]:
    """The reads of an Overview page over four weeks, compared with the four before."""
    pack = next(line for line in queries.packs(store) if line.pack == PACK)
    last = pack.last_day
    now = View(PACK, last - timedelta(days=27), last)
    earlier = View(PACK, last - timedelta(days=55), last - timedelta(days=28))
    history = View(PACK, last - timedelta(days=83), last)
    return {
        "packs": lambda: queries.packs(store),
        "waves": lambda: queries.waves(store),
        "visibility": lambda: queries.rates(store, now, brands=OWN),
        "visibility by week": lambda: queries.rates(store, history, by=By(week=True), brands=OWN),
        "visibility by engine": lambda: queries.rates(store, now, by=By(engine=True), brands=OWN),
        "visibility by engine and week": lambda: queries.rates(
            store, history, by=By(engine=True, week=True), brands=OWN
        ),
        "share and rank": lambda: queries.naming_figures(store, now, brands=OWN),
        "share and rank by week": lambda: queries.naming_figures(
            store, history, by=By(week=True), brands=OWN
        ),
        "share and rank before": lambda: queries.naming_figures(store, earlier, brands=OWN),
        "changes": lambda: queries.movements(store, earlier, now, OWN[0]),
        "questions": lambda: queries.question_figures(store, now, OWN[0]),
        "question cells": lambda: queries.question_cells(store, now, OWN[0]),
        "events": lambda: queries.timeline(store, PACK),
    }


Times = dict[str, tuple[float, float]]


def measured(store: Store) -> Times:
    """Wall and CPU seconds of each read of a page that nothing was read for before."""
    figures.forget()
    found = {}
    for name, read in page(store).items():
        wall, cpu = time.perf_counter(), time.process_time()
        read()
        found[name] = (time.perf_counter() - wall, time.process_time() - cpu)
    return found


def main() -> None:
    """Make the store, read the page, print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--folder", type=Path)
    arguments.add_argument("--weeks", type=int, default=105)
    arguments.add_argument("--rounds", type=int, default=3)
    chosen = arguments.parse_args()
    size = MadeSize(weeks=chosen.weeks)
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        store = made_store(folder, size)
        passes = [measured(store) for _ in range(chosen.rounds + 1)][1:]
        best = min(passes, key=lambda times: sum(wall for wall, _ in times.values()))
        table = Table("read", "wall s", "cpu s", title=f"{size.answers:,} answers")
        for name, (wall, cpu) in best.items():
            table.add_row(name, f"{wall:.3f}", f"{cpu:.3f}")
        for title, names in (("figures", FIGURES), ("the whole page", tuple(best))):
            wall, cpu = (sum(best[name][i] for name in names) for i in (0, 1))
            table.add_row(title, f"{wall:.3f}", f"{cpu:.3f}", style="bold")
        Console().print(table)


if __name__ == "__main__":
    main()
