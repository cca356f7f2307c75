"""What came back: a provider's raw response body, read for what LiteLLM's own fields lose.

Knows the wire formats of OpenAI chat completions (and its kin: Perplexity, OpenRouter, Mistral),
OpenAI Responses (and xAI), Anthropic messages, Gemini generateContent and Ollama chat.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.provider.attempts import FailureKind
from monitor.provider.refusals import only_declines
from monitor.types import AnswerStatus, Json

_FILTERED = frozenset(
    {
        "content_filter",
        "safety",
        "recitation",
        "blocklist",
        "prohibited_content",
        "spii",
    }
)


@dataclass(frozen=True, slots=True)
class Body:
    """The facts that stand in a raw response body; "" and None where it doesn't say.

    `refusal` is the text of an explicit refusal; `blocked` why the provider itself held an answer
    back; `search_calls` how many searches it says were run.
    """

    model: str = ""
    system_fingerprint: str = ""
    finish_reason: str = ""
    refusal: str = ""
    blocked: str = ""
    search_calls: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an answer ended, with the text that is kept."""

    status: AnswerStatus
    text: str
    reason: str = ""


def read_body(raw: str) -> Body:
    """The facts of the raw response body `raw`; of one that isn't a JSON object, none."""
    try:
        body: Json = json.loads(raw)
    except (ValueError, RecursionError):
        return Body()
    if not isinstance(body, dict):
        return Body()
    finish = _finish_reason(body).lower()
    return Body(
        model=_text(body, "model") or _text(body, "modelVersion"),
        system_fingerprint=_text(body, "system_fingerprint"),
        finish_reason=finish,
        refusal=_refusal(body, finish),
        blocked=_blocked(body, finish),
        search_calls=_search_calls(body),
    )


def verdict(text: str, body: Body) -> Verdict:
    """The status of an answer with this `text`; explicit signals of the body before its words."""
    kept = text if text.strip() else body.refusal
    if body.blocked:
        return Verdict(AnswerStatus.FAILED, kept, f"{FailureKind.CONTENT_FILTER}: {body.blocked}")
    if body.refusal or body.finish_reason == "refusal":
        return Verdict(AnswerStatus.REFUSED, kept, "the provider marked it as a refusal")
    if not kept.strip():
        why = f"no text (finish reason {body.finish_reason or 'not given'})"
        return Verdict(AnswerStatus.EMPTY, "", why)
    if only_declines(kept):
        return Verdict(AnswerStatus.REFUSED, kept, "the text only declines")
    return Verdict(AnswerStatus.OK, kept)


def _finish_reason(body: dict[str, Json]) -> str:
    choice = _first(body.get("choices")) or _first(body.get("candidates"))
    if choice:
        return _text(choice, "finish_reason") or _text(choice, "finishReason")
    incomplete = _text(_dict(body.get("incomplete_details")), "reason")
    return (
        incomplete
        or _text(body, "stop_reason")
        or _text(body, "done_reason")
        or _text(body, "status")
    )


def _blocked(body: dict[str, Json], finish: str) -> str:
    return _text(_dict(body.get("promptFeedback")), "blockReason") or (
        finish if finish in _FILTERED else ""
    )


def _refusal(body: dict[str, Json], finish: str) -> str:
    message = _dict((_first(body.get("choices")) or {}).get("message"))
    spoken = _text(message, "refusal") or " ".join(_refusal_parts(body))
    return spoken or (finish if finish == "refusal" else "")


def _refusal_parts(body: dict[str, Json]) -> Iterator[str]:
    for item in _dicts(body.get("output")):
        for part in _dicts(item.get("content")):
            if part.get("type") == "refusal":
                yield _text(part, "refusal") or "refusal"


def _search_calls(body: dict[str, Json]) -> int | None:
    usage = _dict(body.get("usage"))
    for place in (usage, _dict(usage.get("server_tool_use")), _usage_details(usage)):
        for name in ("web_search_requests", "num_search_queries", "num_searches"):
            if isinstance(count := place.get(name), int):
                return count
    if "output" in body:
        return sum(1 for item in _dicts(body["output"]) if _is_search(item))
    if "candidates" in body:
        grounding = _dict((_first(body["candidates"]) or {}).get("groundingMetadata"))
        queries = grounding.get("webSearchQueries")
        return len(queries) if isinstance(queries, list) else 0
    return _searches_seen(body)


def _usage_details(usage: dict[str, Json]) -> dict[str, Json]:
    return _dict(usage.get("server_tool_use_details"))


def _is_search(item: dict[str, Json]) -> bool:
    if item.get("type") != "web_search_call":
        return False
    return _text(_dict(item.get("action")), "type") in {"", "search"}


def _searches_seen(body: dict[str, Json]) -> int | None:
    """1 where only the pages show that the model searched; formats without a count search once."""
    message = _dict((_first(body.get("choices")) or {}).get("message"))
    pages = body.get("search_results") or body.get("citations") or message.get("annotations")
    return 1 if pages else None


def _dict(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Json) -> list[dict[str, Json]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _first(value: Json) -> dict[str, Json]:
    return next(iter(_dicts(value)), {})


def _text(value: dict[str, Json], name: str) -> str:
    found = value.get(name)
    return found if isinstance(found, str) else ""
