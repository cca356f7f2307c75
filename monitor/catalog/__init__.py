"""Loads what is measured: the engines, brands, facts and packs of a project's `prompts/`.

`load` gives a catalog or raises everything that is wrong at once; `check` gives both as values;
`scaffold` makes a new project's files.
"""

import dataclasses
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from monitor.catalog import records
from monitor.catalog.document import Document, read
from monitor.catalog.fact_values import fact_problems
from monitor.catalog.problems import CatalogError, KeyPath, Problem
from monitor.catalog.references import Documents, reference_problems
from monitor.catalog.shapes import BrandsFile, EnginesFile, FactsFile, PackFile, SourcesFile, is_id
from monitor.catalog.starter import Scaffold, scaffold
from monitor.catalog.wording import Shape, shaped
from monitor.types import Brand, Engine, Fact, Pack, SourceKind

__all__ = [
    "Catalog",
    "CatalogError",
    "KeyPath",
    "Problem",
    "Scaffold",
    "check",
    "load",
    "scaffold",
]

_INIT = "run `monitor init` to make one"


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything that can be measured, by id (brands by name, packs by their file's name)."""

    engines: Mapping[str, Engine]
    brands: Mapping[str, Brand]
    packs: Mapping[str, Pack]
    facts: Mapping[str, Fact]
    site_kinds: Mapping[str, SourceKind] = field(default_factory=dict)
    """What sort of site a domain is, where the shipped list is wrong or silent."""

    def brands_of(self, pack: Pack) -> tuple[Brand, ...]:
        """The pack's own brand, marked `own`, and then its competitors in their order."""
        own = dataclasses.replace(self.brands[pack.own], own=True)
        return (own, *(self.brands[name] for name in pack.competitors))

    def engines_of(self, pack: Pack) -> tuple[Engine, ...]:
        """The engines that the pack asks, in its order."""
        return tuple(self.engines[engine_id] for engine_id in pack.engines)

    def judges_of(self, pack: Pack) -> tuple[Engine, ...]:
        """The engines that judge the pack's answers, the preferred first; none where it's off."""
        named = pack.judges.engines if pack.judges.share > 0 else ()
        return tuple(self.engines[engine_id] for engine_id in named)

    def facts_of(self, pack: Pack) -> tuple[Fact, ...]:
        """What is known to be true about the pack's own brand."""
        return tuple(fact for fact in self.facts.values() if fact.brand == pack.own)

    def brand_hash(self, pack: Pack) -> str:
        """SHA-256 of the pack's brands as they are matched, so that measures say which they used.

        Comments, layout, and brands of other packs don't change it.
        """
        brands = [dataclasses.asdict(brand) for brand in self.brands_of(pack)]
        return hashlib.sha256(json.dumps(brands, sort_keys=True).encode()).hexdigest()


def load(project: Path) -> Catalog:
    """The catalog of a project; raises `CatalogError` with every problem of every file."""
    catalog, problems = check(project)
    if catalog is None:
        raise CatalogError(problems)
    return catalog


def check(project: Path) -> tuple[Catalog | None, tuple[Problem, ...]]:
    """The catalog of a project, None if anything is wrong, and what is wrong, in file order."""
    folder = project / "prompts"
    if not folder.is_dir():
        return None, (Problem("prompts", 0, 0, "", "", f"not found in {project}; {_INIT}"),)
    documents, problems = _documents(project)
    engines, engine_faults = _all_shaped(documents.engines, EnginesFile)
    brands, brand_faults = _all_shaped(documents.brands, BrandsFile)
    packs, pack_faults = _all_shaped(documents.packs, PackFile)
    facts, fact_faults = _all_shaped(documents.facts, FactsFile)
    sources, source_faults = _all_shaped(documents.sources, SourcesFile)
    reported = {(problem.file, problem.line, problem.column) for problem in problems}
    later = engine_faults + brand_faults + pack_faults + fact_faults + source_faults
    later += reference_problems(documents)
    later += (problem for sheet in documents.facts for problem in fact_problems(sheet))
    problems += (one for one in later if (one.file, one.line, one.column) not in reported)
    if problems:
        return None, tuple(dict.fromkeys(sorted(problems)))
    catalog = _catalog(engines, brands, packs, facts)
    return dataclasses.replace(catalog, site_kinds=_site_kinds(sources)), ()


def _documents(project: Path) -> tuple[Documents, list[Problem]]:
    problems: list[Problem] = []
    found: dict[str, tuple[Document, ...]] = {}
    incomplete: set[str] = set()
    for kind, paths in _files(project, problems).items():
        readings = [read(path, path.relative_to(project).as_posix()) for path in paths]
        found[kind] = tuple(document for document, _ in readings if document)
        problems += [problem for _, faults in readings for problem in faults]
        if len(found[kind]) < len(paths) or (kind == "engines" and not paths):
            incomplete.add(kind)
    return Documents(**found, incomplete=frozenset(incomplete)), problems


def _files(project: Path, problems: list[Problem]) -> dict[str, list[Path]]:
    """The files of each kind; what is missing or misnamed is added to `problems`."""
    folder = project / "prompts"
    engines = folder / "engines.yaml"
    files = {"engines": [engines] if engines.is_file() else []}
    if not files["engines"]:
        problems.append(Problem("prompts/engines.yaml", 0, 0, "", "", f"not found; {_INIT}"))
    sources = folder / "sources.yaml"
    files["sources"] = [sources] if sources.is_file() else []
    for kind in ("brands", "packs", "facts"):
        if kind != "facts" and not (folder / kind).is_dir():
            problems.append(Problem(f"prompts/{kind}", 0, 0, "", "", f"not found; {_INIT}"))
        files[kind] = sorted((folder / kind).glob("*.yaml"))
        problems += (_misnamed(path, project) for path in sorted((folder / kind).glob("*.yml")))
    problems += (_misnamed(path, project) for path in files["packs"] if not is_id(path.stem))
    return files


def _misnamed(path: Path, project: Path) -> Problem:
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", path.stem).strip("-._") or "pack"
    message = f"can't be used under this name; rename it to {name}.yaml"
    return Problem(path.relative_to(project).as_posix(), 0, 0, "", "", message)


def _all_shaped(
    documents: Iterable[Document], shape: type[Shape]
) -> tuple[list[tuple[Document, Shape]], list[Problem]]:
    fitting: list[tuple[Document, Shape]] = []
    problems: list[Problem] = []
    for document in documents:
        content, faults = shaped(document, shape)
        problems += faults
        if content is not None:
            fitting.append((document, content))
    return fitting, problems


def _catalog(
    engines: Iterable[tuple[Document, EnginesFile]],
    brands: Iterable[tuple[Document, BrandsFile]],
    packs: Iterable[tuple[Document, PackFile]],
    sheets: Iterable[tuple[Document, FactsFile]],
) -> Catalog:
    return Catalog(
        engines={one.id: records.engine(one) for _, file in engines for one in file.engines},
        brands={one.name: records.brand(one) for _, file in brands for one in file.brands},
        packs={
            document.stem: records.pack(file, document.stem, document.sha256)
            for document, file in packs
        },
        facts={one.id: records.fact(one, file.brand) for _, file in sheets for one in file.facts},
    )


def _site_kinds(sources: Iterable[tuple[Document, SourcesFile]]) -> dict[str, SourceKind]:
    return {domain: k for _, file in sources for domain, k in records.site_kinds(file).items()}
