"""The matcher on any text: one JSON line in, one out, nothing stored."""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from monitor.errors import MonitorError
from monitor.mentions import Tracked, extract, track
from monitor.pipeline.project import open_project
from monitor.types import Brand, Extraction


class InputLineError(MonitorError):
    """A line that can't be read; the text says why."""


class _BrandLine(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    name: str
    aliases: tuple[str, ...] = ()
    ambiguous: bool = False
    context: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    case_sensitive: bool = False
    own: bool = False


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore")

    answer: str
    brands: tuple[_BrandLine, ...] | None = None
    lang: str | None = None
    id: str | int | None = None


class OwnBrands:
    """The project's brands, read when the first line needs them."""

    def __init__(self, root: Path | None, pack: str | None) -> None:
        self._root = root
        self._pack = pack
        self._tracked: Tracked | None = None

    def tracked(self) -> Tracked:
        """The compiled brands. Raises ConfigError when the project has none to give."""
        if self._tracked is None:
            project = open_project(self._root)
            self._tracked = project.tracked(self._pack or "")
        return self._tracked


def own_brands(root: Path | None, pack: str | None) -> OwnBrands:
    """The brands for lines that bring none."""
    return OwnBrands(root, pack)


def mentions_of_line(line: bytes, own: OwnBrands) -> str:
    """The JSON line that answers `line`. Raises InputLineError saying what's wrong with it."""
    try:
        given = _Line.model_validate(json.loads(line))
    except UnicodeDecodeError as e:
        raise InputLineError(f"not UTF-8 (byte {e.start + 1})") from e
    except (json.JSONDecodeError, RecursionError) as e:
        raise InputLineError(f'not JSON ({e}); write {{"answer": "…"}}') from e
    except ValidationError as e:
        first = e.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the line"
        raise InputLineError(f"{place}: {first['msg']}") from e
    tracked = own.tracked() if given.brands is None else _tracked(given.brands)
    found = extract(given.answer, tracked, lang=given.lang)
    return json.dumps(_record(given.id, found))


@lru_cache(maxsize=64)
def _tracked(brands: Sequence[_BrandLine]) -> Tracked:
    return track([Brand(**brand.model_dump()) for brand in brands])


def _record(line_id: str | int | None, found: Extraction) -> dict[str, object]:
    return {
        "id": line_id,
        "mentions": [
            {
                "brand": m.brand,
                "state": m.state.value,
                "spans": [list(span) for span in m.spans],
                "rank": m.rank,
                "list_no": m.list_no,
                "list_position": m.list_position,
                "list_size": m.list_size,
            }
            for m in found.mentions
        ],
        "citations": [
            {"url": c.url, "domain": c.domain, "owner": c.owner.value} for c in found.citations
        ],
        "unknown_names": list(found.unknown_names),
    }
