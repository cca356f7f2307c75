"""What every test gets: a guarded process, quiet LiteLLM, and small projects to work on."""

import os
import runpy
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

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
# Where bytecode isn't kept, each of the many child processes would compile the program anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# Files whose tests start and kill processes, longest first.
LONG_FILES = (
    *("test_scheduler", "test_kill", "test_judging", "test_demo", "test_cli_runs", "test_pages"),
    *("test_together", "test_probing", "test_watching", "test_dashboard", "test_dashboard_review"),
    *("test_ruling", "test_dashboard_ruling"),
)
# A developer's own project and keys are none of the tests' business.
for name in [name for name in os.environ if name.startswith("MONITOR_")]:
    if name != "MONITOR_REQUIRE_BROWSER":
        del os.environ[name]

from small_project import (  # noqa: E402
    MARKET_START,
    SMALL_ENGINES,
    serve_engines,
    small_project,
)

from monitor.pipeline import Project, open_project  # noqa: E402
from monitor.simulator import SimulatorHandle, SimulatorProcess  # noqa: E402


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first: else one process is left alone with the last of them."""
    places = {name: place for place, name in enumerate(LONG_FILES)}
    items.sort(key=lambda item: places.get(item.path.stem, len(places)))


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
