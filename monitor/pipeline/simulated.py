"""Engines that can be asked: simulated ones get a simulator on loopback for as long as needed."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from monitor.errors import ConfigError
from monitor.pipeline.project import Project
from monitor.provider import check_engine, missing_keys
from monitor.types import Engine, Pack

if TYPE_CHECKING:
    from monitor.simulator import SimulatorHandle, SimulatorProcess


@contextmanager
def reachable(
    project: Project, pack: Pack, engines: Iterable[Engine], today: date
) -> Iterator[Mapping[str, Engine]]:
    """The engines by id, ready to be asked inside the block.

    Simulated engines without an address are served by a simulator of their own. Raises
    ConfigError for engines whose keys are missing, all of them at once.
    """
    chosen = tuple(engines)
    for engine in chosen:
        check_engine(engine)
    _require_keys(chosen)
    if not any(needs_simulator(engine) for engine in chosen):
        yield {engine.engine_id: engine for engine in chosen}
        return
    with simulator_of(project, pack, today) as handle:
        yield addressed(chosen, handle, today)


def needs_simulator(engine: Engine) -> bool:
    """Whether the engine is simulated and nobody serves it yet."""
    return engine.simulated and engine.api_base is None


def simulator_of(project: Project, pack: Pack, today: date) -> "SimulatorProcess":
    """The simulator of the project's market, not started yet."""
    # Its server costs every command half a second to load; only asking needs it.
    from monitor.simulator import SimulatorProcess

    settings = project.settings
    return SimulatorProcess(
        project=settings.project,
        pack_id=pack.pack_id,
        seed=settings.simulator_seed,
        start=settings.simulator_start or today,
        today=today,
    )


def addressed(
    engines: Iterable[Engine], handle: "SimulatorHandle", day: date
) -> Mapping[str, Engine]:
    """The engines by id, simulated ones pointed to the simulator as it is on `day`."""
    return {
        engine.engine_id: dataclasses.replace(
            engine, api_base=handle.api_base_for(engine.model, day)
        )
        if needs_simulator(engine)
        else engine
        for engine in engines
    }


def _require_keys(engines: Iterable[Engine]) -> None:
    missing = missing_keys(engines)
    if not missing:
        return
    by_key: dict[str, list[str]] = {}
    for engine_id, names in missing.items():
        by_key.setdefault(" and ".join(names), []).append(engine_id)
    wanted = "; ".join(f"{key} for {', '.join(ids)}" for key, ids in by_key.items())
    raise ConfigError(
        f"keys are missing: {wanted}; set them in the environment or in the project's .env, or "
        "take the engines out of the pack"
    )
