"""What every test gets: a guarded process, quiet LiteLLM, and small projects to work on."""

import os
import runpy
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

GUARD = Path(__file__).parent / "guard"
runpy.run_path(str(GUARD / "sitecustomize.py"))
os.environ["PYTHONPATH"] = os.pathsep.join(
    part for part in (str(GUARD), os.environ.get("PYTHONPATH", "")) if part
)
os.environ |= {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS": "True",
    "LITELLM_OFFLINE_MODE": "true",
    "LITELLM_MODE": "PRODUCTION",
    "LITELLM_LOG": "ERROR",
}
# A developer's own project and keys are none of the tests' business.
for name in [name for name in os.environ if name.startswith("MONITOR_")]:
    if name != "MONITOR_REQUIRE_BROWSER":
        del os.environ[name]

from monitor.catalog import scaffold  # noqa: E402
from monitor.pipeline import Project, open_project  # noqa: E402
from monitor.simulator import SimulatorHandle, SimulatorProcess  # noqa: E402

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


@pytest.fixture
def project_folder(tmp_path: Path) -> Path:
    """A project with three questions, two simulated engines and two languages: 24 calls a wave."""
    return small_project(tmp_path / "project")


@pytest.fixture
def project(project_folder: Path) -> Project:
    """`project_folder`, opened."""
    return open_project(project_folder)


@pytest.fixture
def simulator(project_folder: Path) -> Iterator[SimulatorHandle]:
    """A simulator for `project_folder` without faults, written into its engines.yaml."""
    child = SimulatorProcess(
        project_folder, "demo", start=MARKET_START, today=MARKET_START, fault_options=("none",)
    )
    with child as handle:
        serve_engines(project_folder, handle, SMALL_ENGINES)
        yield handle


@pytest.fixture
def clean_environment() -> Mapping[str, str]:
    """The environment for child processes: guarded, and without anybody's keys."""
    return {name: value for name, value in os.environ.items() if not name.endswith("_API_KEY")}
