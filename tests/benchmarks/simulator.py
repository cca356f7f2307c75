"""Prints what a simulated answer costs, and how well the matcher reads back what was planted.

    python tests/benchmarks/simulator.py [--answers 3000] [--requests 1500] [--disagreements]

The matcher is held against the demo pack's market in both languages and all ways of citing; the
cost is CPU time of the server process per request, the client's not counted.
"""

import argparse
import http.client
import json
import os
import time
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from monitor import catalog
from monitor.mentions import extract, track
from monitor.simulator import Market, SimulatorProcess
from monitor.simulator.answers import SimulatedAnswer
from monitor.simulator.texts.writer import CitationMarks
from monitor.types import Mention, Pack

PROJECT = Path(__file__).parents[2]
START = date(2026, 8, 31)
REQUESTS: Mapping[str, dict[str, object]] = {
    "/v1/chat/completions": {"model": "sim-chat-1", "web_search_options": {}},
    "/v1/messages": {"model": "sim-claude-1"},
    "/chat/completions": {"model": "sim-sonar-1"},
}


def demo_market() -> Market:
    """The demo pack's market, as `monitor demo` asks it."""
    found = catalog.load(PROJECT)
    pack = found.packs["demo"]
    brands, engines = found.brands_of(pack), found.engines_of(pack)
    return Market(pack, brands, engines, seed=1, start=START, facts=found.facts_of(pack))


def answers_of(market: Market, count: int) -> list[tuple[str, SimulatedAnswer]]:
    """(language, answer) over questions, engines, weeks and ways of citing."""
    marks, questions = list(CitationMarks), market.pack.questions
    answers = []
    for i in range(count):
        lang, question = ("en", "de")[i % 2], questions[i // 2 % len(questions)]
        day, engine = START + timedelta(days=i % 84), market.engines[i % len(market.engines)]
        text = question.text[lang]
        mark = marks[i // 3 % 4]
        answers.append((lang, market.answer(engine, text, day, str(i), marks=mark)))
    return answers


def compare(market: Market, count: int, console: Console, *, disagreements: bool) -> None:
    """Print how planted states and ranks come back from the matcher."""
    tracked = track(market.brands)
    states: Counter[tuple[str, str]] = Counter()
    ranks: Counter[tuple[str, bool]] = Counter()
    for lang, answer in answers_of(market, count):
        found = extract(answer.text, tracked, answer.sources, lang).mentions
        for planted, read in zip(answer.planted, found, strict=True):
            states[planted.state.value, read.state.value] += 1
            if planted.rank or read.rank:
                ranks[answer.layout.value, planted.rank == read.rank] += 1
            if disagreements and not _alike(planted, read):
                console.print(f"\n{planted}\n{read}\n{answer.text}", markup=False)
    table = Table("planted", "read", "answers × brands", title="States")
    for (planted_state, read_state), n in sorted(states.items()):
        table.add_row(planted_state, read_state, str(n))
    console.print(table)
    table = Table("layout", "same rank", "other rank", title="Ranks")
    for layout in sorted({layout for layout, _ in ranks}):
        table.add_row(layout, str(ranks[layout, True]), str(ranks[layout, False]))
    console.print(table)


def _alike(planted: Mention, read: Mention) -> bool:
    return (planted.state, planted.rank) == (read.state, read.rank)


def cost(pack: Pack, requests: int, console: Console) -> None:
    """Print the server's CPU time and the wall time of requests sent one after the other."""
    table = Table("request", "server CPU ms", "wall ms", title="Cost of an answer")
    child = SimulatorProcess(PROJECT, pack.pack_id, start=START, fault_options=("none",))
    with child as handle:
        client = http.client.HTTPConnection(handle.host, handle.port)
        for path, body in REQUESTS.items():
            before, began = _cpu_s(child.pid), time.perf_counter()
            for i in range(requests):
                _ask(client, pack, path, body, i)
            cpu, wall = _cpu_s(child.pid) - before, time.perf_counter() - began
            table.add_row(path, f"{cpu / requests * 1e3:.2f}", f"{wall / requests * 1e3:.2f}")
        client.close()
    console.print(table)


def _ask(
    client: http.client.HTTPConnection, pack: Pack, path: str, body: dict[str, object], i: int
) -> None:
    text = pack.questions[i // 2 % len(pack.questions)].text[("en", "de")[i % 2]]
    day = START + timedelta(days=i % 84)
    payload = json.dumps(body | {"messages": [{"role": "user", "content": text}]})
    client.request("POST", f"/at/{day}{path}", payload, {"Content-Type": "application/json"})
    client.getresponse().read()


def _cpu_s(pid: int | None) -> float:
    """CPU seconds that a process has used (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=3000)
    parser.add_argument("--requests", type=int, default=1500)
    parser.add_argument("--disagreements", action="store_true")
    options = parser.parse_args()
    console, market = Console(), demo_market()
    compare(market, options.answers, console, disagreements=options.disagreements)
    cost(market.pack, options.requests, console)


if __name__ == "__main__":
    main()
