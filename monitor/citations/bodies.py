"""Reads the pages that a provider's response body names, whatever its wire format."""

import json
from collections.abc import Iterator

from monitor.types import Json, Source


def sources_in_body(body: str) -> tuple[Source, ...]:
    """The pages a raw response body cites or only found, in reading order; odd bodies give none."""
    try:
        parsed: Json = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    found: dict[str, Source] = {}
    for source in _url_citations(parsed, 0):
        found.setdefault(source.url, source)
    return tuple(found.values())


def _url_citations(value: Json, depth: int) -> Iterator[Source]:
    if depth > 50:
        return
    if isinstance(value, list):
        for part in value:
            yield from _url_citations(part, depth + 1)
    elif isinstance(value, dict):
        url = value.get("url") or value.get("uri")
        if isinstance(url, str) and url.startswith("http"):
            title = value.get("title")
            yield Source(url, title if isinstance(title, str) else "")
        for part in value.values():
            yield from _url_citations(part, depth + 1)
