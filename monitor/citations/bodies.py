"""Reads the pages that a provider's response body names, whatever its wire format.

The format shows in the body's shape: `choices` (OpenAI chat, OpenRouter, Perplexity, xAI), `output`
(Responses of OpenAI and xAI), `content` (Anthropic), `candidates` (Gemini). A page that the answer
points to is *cited*; one that a search only turned up isn't.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from monitor.types import Json, Source, Span

_Object: TypeAlias = Mapping[str, Json]
_MARK = re.compile(r"\[(\d{1,3})\]")


def sources_in_body(body: str) -> tuple[Source, ...]:
    """The pages a raw response body names, each once: cited ones in reading order, then others.

    A source's span is the range of the answer's text that it supports, where the body says so.
    Odd, broken and empty bodies give what can be read of them, at worst nothing.
    """
    try:
        parsed: Json = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    found: dict[str, Source] = {}
    for source in sorted(_sources(_object(parsed)), key=lambda source: not source.cited):
        if source.url.lower().startswith(("http://", "https://")):
            known = found.setdefault(source.url, source)
            if not known.title and source.title:
                found[source.url] = Source(known.url, source.title, known.cited, known.span)
    return tuple(found.values())


def _sources(body: _Object) -> Iterator[Source]:
    """All sources of a body, by its shape; several shapes may come together."""
    if "choices" in body:
        yield from _chat_sources(body)
    if "output" in body:
        yield from _responses_sources(body)
    if "content" in body:
        yield from _anthropic_sources(body)
    if "candidates" in body:
        for candidate in _objects(body.get("candidates")):
            yield from _gemini_sources(candidate)


def _chat_sources(body: _Object) -> Iterator[Source]:
    """Annotations of a chat message; Perplexity's and xAI's lists beside it."""
    content = ""
    annotated = False
    for choice in _objects(body.get("choices")):
        message = _object(choice.get("message"))
        content += _text(message, "content")
        for annotation in _objects(message.get("annotations")):
            annotated = True
            yield _annotation(_object(annotation.get("url_citation")) or annotation, 0)
    yield from _listed_sources(body, content, annotated=annotated)


def _listed_sources(body: _Object, content: str, *, annotated: bool) -> Iterator[Source]:
    """Pages of top-level `citations` and `search_results`.

    Where the text numbers its sources ("[2]") only those are cited; a bare list is cited whole,
    unless annotations already say what is.
    """
    listed = [_url_of(entry) for entry in _array(body.get("citations"))]
    results = _objects(body.get("search_results"))
    titles = {_text(result, "url"): _text(result, "title") for result in results}
    marks = {int(mark) for mark in _MARK.findall(content)}
    pages = listed or list(titles)
    marked = any(1 <= mark <= len(pages) for mark in marks)
    for number, url in enumerate(pages, 1):
        cited = number in marks if marked else bool(listed) and not annotated
        yield Source(url, titles.get(url, ""), cited)
    for url, title in titles.items():
        yield Source(url, title, cited=False)


def _responses_sources(body: _Object) -> Iterator[Source]:
    """Flat annotations of output messages, and the pages of web search calls."""
    offset = 0
    content = ""
    annotated = False
    for item in _objects(body.get("output")):
        action = _object(item.get("action"))
        for page in (*_array(action.get("sources")), action.get("url")):
            yield Source(_url_of(page), _title_of(page), cited=False)
        for result in _objects(item.get("results")):
            yield Source(_text(result, "url"), _text(result, "title"), cited=False)
        for part in _objects(item.get("content")):
            for annotation in _objects(part.get("annotations")):
                annotated = True
                yield _annotation(annotation, offset)
            text = _text(part, "text")
            offset += len(text)
            content += text
    yield from _listed_sources(body, content, annotated=annotated)


def _annotation(annotation: _Object, offset: int) -> Source:
    """A `url_citation`; offsets that span nothing are none."""
    start, end = annotation.get("start_index"), annotation.get("end_index")
    span = None
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end:
        span = Span(start + offset, end + offset)
    return Source(_text(annotation, "url"), _text(annotation, "title"), span=span)


def _anthropic_sources(body: _Object) -> Iterator[Source]:
    """Citations of text blocks, which support the block, and the results of searches."""
    offset = 0
    for block in _objects(body.get("content")):
        text = _text(block, "text") if block.get("type") == "text" else ""
        span = Span(offset, offset + len(text)) if text else None
        offset += len(text)
        for citation in _objects(block.get("citations")):
            url = _text(citation, "url") or _text(citation, "source")
            yield Source(url, _text(citation, "title"), span=span)
        inner = block.get("content")
        for result in _objects(inner if isinstance(inner, list) else [inner]):
            yield Source(_text(result, "url"), _text(result, "title"), cited=False)


def _gemini_sources(candidate: _Object) -> Iterator[Source]:
    """Grounding chunks: cited where a grounding support points to them."""
    grounding = _either(candidate, "groundingMetadata", "grounding_metadata")
    parts = _objects(_object(candidate.get("content")).get("parts"))
    text = "".join(_text(part, "text") for part in parts if part.get("thought") is not True)
    spans: dict[int, Span | None] = {}
    for support in _objects(_any(grounding, "groundingSupports", "grounding_supports")):
        span = _segment_span(text, _object(support.get("segment")))
        for index in _array(_any(support, "groundingChunkIndices", "grounding_chunk_indices")):
            if isinstance(index, int):
                spans.setdefault(index, span)
    chunks = _objects(_any(grounding, "groundingChunks", "grounding_chunks"))
    for number, chunk in sorted(enumerate(chunks), key=lambda pair: _start(spans.get(pair[0]))):
        page = next((_object(value) for value in chunk.values() if isinstance(value, dict)), {})
        url = _text(page, "uri") or _text(page, "url")
        yield Source(url, _text(page, "title"), number in spans, spans.get(number))


def _start(span: Span | None) -> int:
    return span.start if span else 0


def _segment_span(text: str, segment: _Object) -> Span | None:
    """The range of a segment, whose offsets may count UTF-8 bytes instead of characters."""
    start = _any(segment, "startIndex", "start_index") or 0
    end = _any(segment, "endIndex", "end_index")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
        return None
    said = _text(segment, "text")
    if said and text[start:end] != said:
        raw = text.encode("utf-8", "replace")
        if raw[start:end].decode("utf-8", "replace") == said:
            start = len(raw[:start].decode("utf-8", "replace"))
        else:
            start = text.find(said)
        end = start + len(said)
    return Span(start, end) if 0 <= start < end <= len(text) else None


# -- reading JSON whose shape nobody vouches for ------------------------------------------------


def _object(value: Json) -> _Object:
    return value if isinstance(value, dict) else {}


def _array(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _objects(value: Json) -> list[_Object]:
    return [entry for entry in _array(value) if isinstance(entry, dict)]


def _text(value: _Object, key: str) -> str:
    found = value.get(key)
    return found if isinstance(found, str) else ""


def _any(value: _Object, *keys: str) -> Json:
    return next((value[key] for key in keys if key in value), None)


def _either(value: _Object, *keys: str) -> _Object:
    return _object(_any(value, *keys))


def _url_of(entry: Json) -> str:
    return entry if isinstance(entry, str) else _text(_object(entry), "url")


def _title_of(entry: Json) -> str:
    return _text(_object(entry), "title")
