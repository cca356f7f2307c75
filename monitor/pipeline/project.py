"""A project as the shells work with it: its settings, its catalog and its store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from monitor import catalog as catalogs
from monitor.catalog import Catalog
from monitor.errors import ConfigError, InputError
from monitor.mentions import Tracked, track
from monitor.settings import Settings, load_settings
from monitor.store import Store, adopted_names, open_store
from monitor.types import Brand, Engine, Pack


@dataclass(frozen=True, slots=True)
class Project:
    """Where the project is, what it measures, and where it keeps what it got."""

    settings: Settings
    catalog: Catalog
    store: Store

    def pack(self, pack_id: str | None) -> Pack:
        """The pack of this id, or the only one there is. Raises InputError naming them all."""
        packs: Mapping[str, Pack] = self.catalog.packs
        if pack_id is None and len(packs) == 1:
            return next(iter(packs.values()))
        if pack_id is None or pack_id not in packs:
            problem = "say which pack" if pack_id is None else f"there is no pack {pack_id!r}"
            raise InputError(f"{problem}: this project has {', '.join(sorted(packs)) or 'none'}")
        return packs[pack_id]

    def engines(self, engine_ids: Sequence[str]) -> tuple[Engine, ...]:
        """The engines of these ids. Raises InputError naming the ones there are."""
        known = self.catalog.engines
        for engine_id in engine_ids:
            if engine_id not in known:
                raise InputError(
                    f"there is no engine {engine_id!r}: engines.yaml has {', '.join(known)}"
                )
        return tuple(known[engine_id] for engine_id in engine_ids)

    def tracked(self, pack_id: str) -> Tracked:
        """The matcher for a pack's brands, ours first; for answers of no pack, for all brands.

        Adopted names come last; one that prompts/ has come to define is that brand.
        """
        if pack_id:
            defined = self.catalog.brands_of(self.pack(pack_id))
        else:
            defined = tuple(self.catalog.brands.values())
        known = {name.casefold() for brand in defined for name in (brand.name, *brand.aliases)}
        adopted = adopted_names(self.store, pack_id)
        new = [Brand(name) for name in adopted if name.casefold() not in known]
        return track((*defined, *new), self.catalog.site_kinds)


def open_project(root: Path | None) -> Project:
    """The project in `root` (default: `MONITOR_PROJECT`, else here).

    Raises ConfigError with everything that is wrong in its files.
    """
    settings = load_settings(root)
    if not settings.project.is_dir():
        raise ConfigError(
            f"there is no folder {settings.project}; run `monitor init {settings.project}` to make "
            "a project there"
        )
    return Project(settings, catalogs.load(settings.project), open_store(settings))
