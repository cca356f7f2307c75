"""The demo's project cut down to what a test needs, and ways to change its files."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from monitor.catalog import scaffold
from monitor.simulator import SimulatorHandle

MARKET_START = date(2026, 9, 7)
SMALL_QUESTIONS = ("best-cms-midsize", "best-headless", "multilingual-sites")
SMALL_ENGINES = ("sim-chat", "sim-claude")


@dataclass(frozen=True, slots=True)
class Cut:
    """What a small project keeps of the demo's pack."""

    questions: Sequence[str] = SMALL_QUESTIONS
    engines: Sequence[str] = SMALL_ENGINES
    locales: Sequence[str] = ("en-US", "de-DE")
    repeats: int = 2
    cron: str | None = "0 6 * * 1"
    judged: bool = False


def small_project(folder: Path, cut: Cut | None = None) -> Path:
    """The demo's project in `folder`, its pack cut down to a few questions and engines."""
    cut = cut or Cut()
    scaffold(folder, ["demo"], starter=False)
    (folder / ".env").write_text(f"MONITOR_SIMULATOR_START={MARKET_START}\n", encoding="utf-8")
    with edited(folder / "prompts/packs/demo.yaml") as pack:
        pack["questions"] = [q for q in pack["questions"] if q["id"] in cut.questions]
        pack["engines"] = list(cut.engines)
        pack["locales"] = list(cut.locales)
        pack["repeats"] = cut.repeats
        pack["schedule"]["cron"] = cut.cron
        if cut.cron is None:
            del pack["schedule"]
        if not cut.judged:
            del pack["judge"]
        del pack["probes"]
    return folder


@contextmanager
def edited(path: Path) -> Iterator[Any]:
    """The YAML file's content inside the block, written back at its end."""
    yaml = YAML(typ="safe")
    content = yaml.load(path.read_text(encoding="utf-8"))
    yield content
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(content, file)


def serve_engines(folder: Path, handle: SimulatorHandle, engines: Sequence[str]) -> None:
    """Write a running simulator's addresses into the project's engines.yaml."""
    with edited(folder / "prompts/engines.yaml") as content:
        for engine in content["engines"]:
            if engine["id"] in engines:
                engine["api_base"] = handle.api_base_for(engine["model"], MARKET_START)
