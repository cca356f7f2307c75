"""Where things are and how this machine runs them: the environment and `.env`.

WHAT is measured stands in prompts/; WHERE and secrets stand here. Provider keys are not
settings: they stay in the environment and are read only by the process that asks.
"""

import os
from datetime import date
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from monitor.errors import ConfigError


class Settings(BaseSettings):
    """`MONITOR_*` from the environment, then from the project's `.env`."""

    model_config = SettingsConfigDict(env_prefix="MONITOR_", extra="ignore", frozen=True)

    project: Path = Path()
    """Folder that holds prompts/ and data/."""
    store: Path | None = None
    """The DuckDB file; default: data/monitor.duckdb in the project."""
    lock_wait_s: float = Field(30.0, gt=0)
    """How long to wait for the store before giving up, in seconds."""
    read_limit_s: float = Field(60.0, gt=0)
    """The longest that one read may hold the store, in seconds."""
    memory_limit: str = "2GB"
    """DuckDB's memory limit for each process."""
    language: str = "en"
    """Language of the dashboard's and reports' words: en or de."""
    notify: str = ""
    """Apprise addresses that alerts and digests go to, separated by blanks."""
    dashboard_url: str = "http://127.0.0.1:8501"
    """Where colleagues reach the dashboard, for links in notifications."""

    simulator_seed: int = 1
    """Seed of the simulated market that simulated engines answer from."""
    simulator_start: date | None = None
    """The day the simulated market's first week begins; default: today."""

    @property
    def data(self) -> Path:
        """The folder of the store and its journal."""
        return self.project / "data"

    @property
    def store_path(self) -> Path:
        """The DuckDB file."""
        return self.store or self.data / "monitor.duckdb"


def load_settings(project: Path | None = None) -> Settings:
    """Return the settings of `project` (default: `MONITOR_PROJECT`, else here).

    Also puts the project's `.env` into the environment, where provider keys are read; what is
    set there already wins. Raises ConfigError naming the variable.
    """
    root = project or Path(os.environ.get("MONITOR_PROJECT", "."))
    _load_dotenv(root / ".env")
    try:
        return Settings(project=root.resolve())
    except ValidationError as e:
        first = e.errors()[0]
        name = "MONITOR_" + "_".join(str(part) for part in first["loc"]).upper()
        raise ConfigError(
            f"{name}={first.get('input')!r}: {first['msg']}; correct it in the environment "
            f"or in {root / '.env'}"
        ) from e


def _load_dotenv(path: Path) -> None:
    from dotenv import load_dotenv

    load_dotenv(path, override=False)
