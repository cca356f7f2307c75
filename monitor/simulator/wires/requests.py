"""Reads what is asked out of each format's request body."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from monitor.simulator.wires.exchange import Request, Wire
from monitor.types import Json

Body = Mapping[str, Any]
_ASSISTANT = frozenset({"assistant", "model"})
_OLLAMA_TURN = re.compile(r"^### (System|User|Assistant):\n", re.MULTILINE)


def read_request(wire: Wire, body: Body, model: str, nonce: str) -> Request:
    """The request in `body`; `model` comes from the path where the body has none.

    Raises KeyError, TypeError, ValueError or IndexError for a body that isn't of this format.
    """
    return _READERS[wire](body, model, nonce)


def _openai(body: Body, _model: str, nonce: str) -> Request:
    return _chat(Wire.OPENAI, body, nonce)


def _perplexity(body: Body, _model: str, nonce: str) -> Request:
    return _chat(Wire.PERPLEXITY, body, nonce)


def _chat(wire: Wire, body: Body, nonce: str) -> Request:
    heard = _turns(body["messages"])
    model = str(body["model"])
    searching = "web_search_options" in body or "search" in model or wire is Wire.PERPLEXITY
    return Request(
        wire,
        model,
        heard.prompt,
        heard.context,
        heard.said,
        searching=searching,
        nonce=nonce or str(body.get("user") or ""),
        schema=((body.get("response_format") or {}).get("json_schema") or {}).get("schema"),
    )


def _responses(body: Body, _model: str, nonce: str) -> Request:
    given = body["input"]
    turns: Sequence[Body] = [{"role": "user", "content": given}]
    if not isinstance(given, str):
        turns = given
    heard = _turns(turns)
    return Request(
        Wire.RESPONSES,
        str(body["model"]),
        heard.prompt,
        f"{body.get('instructions') or ''}{heard.context}",
        heard.said,
        searching=_has_tool(body, "web_search"),
        nonce=nonce or str(body.get("user") or ""),
        schema=((body.get("text") or {}).get("format") or {}).get("schema"),
    )


def _anthropic(body: Body, _model: str, nonce: str) -> Request:
    heard = _turns(body["messages"])
    output = body.get("output_format") or (body.get("output_config") or {}).get("format") or {}
    tool = _forced_tool(body)
    return Request(
        Wire.ANTHROPIC,
        str(body["model"]),
        heard.prompt,
        f"{_plain(body.get('system') or '')}{heard.context}",
        heard.said,
        searching=_has_tool(body, "web_search"),
        nonce=nonce or str((body.get("metadata") or {}).get("user_id") or ""),
        schema=output.get("schema") or tool.get("input_schema"),
        reply_tool=str(tool.get("name") or ""),
    )


def _forced_tool(body: Body) -> Body:
    """The tool that the reply has to call: how older models are made to answer in JSON."""
    wanted = (body.get("tool_choice") or {}).get("name")
    tools: Sequence[Body] = body.get("tools") or []
    return next((tool for tool in tools if wanted and tool.get("name") == wanted), {})


def _gemini(body: Body, model: str, nonce: str) -> Request:
    turns = [{"role": c.get("role", "user"), "content": c["parts"]} for c in body["contents"]]
    heard = _turns(turns)
    system = body.get("system_instruction") or body.get("systemInstruction") or {}
    config = body.get("generationConfig") or {}
    tools = body.get("tools") or []
    return Request(
        Wire.GEMINI,
        model,
        heard.prompt,
        f"{_plain(system.get('parts') or '')}{heard.context}",
        heard.said,
        searching=any("google_search" in t or "googleSearch" in t for t in tools),
        nonce=nonce,
        schema=_gemini_schema(config),
    )


def _gemini_schema(config: Body) -> Mapping[str, Json] | None:
    """Written in camel or snake case; newer fields first; {} where only the type is asked for."""
    for name in ("responseJsonSchema", "response_json_schema", "responseSchema", "response_schema"):
        if isinstance(config.get(name), dict):
            return cast(Mapping[str, Json], config[name])
    kind = config.get("responseMimeType") or config.get("response_mime_type")
    return {} if kind == "application/json" else None


def _ollama(body: Body, _model: str, nonce: str) -> Request:
    generate = "prompt" in body
    turns: Sequence[Body] = _ollama_turns(str(body["prompt"])) if generate else body["messages"]
    heard = _turns(turns)
    schema = body.get("format")
    return Request(
        Wire.OLLAMA,
        str(body["model"]),
        heard.prompt,
        heard.context,
        heard.said,
        nonce=nonce,
        schema=schema if isinstance(schema, dict) else None,
        ollama_generate=generate,
    )


def _ollama_turns(prompt: str) -> list[Body]:
    """The turns that LiteLLM puts into one prompt under "### User:" headings."""
    parts = _OLLAMA_TURN.split(prompt)
    if len(parts) == 1:
        return [{"role": "user", "content": prompt}]
    return [
        {"role": role.lower(), "content": text.strip()}
        for role, text in zip(parts[1::2], parts[2::2], strict=True)
    ]


class _Heard(NamedTuple):
    """A conversation: all before the last user turn, that turn, the assistant's words before it."""

    context: str
    prompt: str
    said: str


def _turns(turns: Sequence[Body]) -> _Heard:
    last = max(i for i, turn in enumerate(turns) if turn["role"] == "user")
    before = [f"{turn['role']}: {_plain(turn['content'])}" for turn in turns[:last]]
    before += [f"{t['role']}: {_plain(t['content'])}" for t in turns[last + 1 :]]
    own = [turn for turn in turns[:last] if turn["role"] in _ASSISTANT]
    said = _plain(own[-1]["content"]).strip() if own else ""
    return _Heard("\n".join(before), _plain(turns[last]["content"]).strip(), said)


def _plain(content: object) -> str:
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        raise TypeError("a message's content is a string or a list of parts")
    return "".join(str(part.get("text") or "") for part in content)


def _has_tool(body: Body, name: str) -> bool:
    return any(str(tool.get("type", "")).startswith(name) for tool in body.get("tools") or [])


def decoded(raw: bytes) -> Body:
    """The JSON object in `raw`; ValueError for anything else."""
    body = json.loads(raw)
    if not isinstance(body, dict):
        raise TypeError("the body is a JSON object")
    return body


_READERS: Mapping[Wire, Callable[[Body, str, str], Request]] = {
    Wire.OPENAI: _openai,
    Wire.RESPONSES: _responses,
    Wire.ANTHROPIC: _anthropic,
    Wire.GEMINI: _gemini,
    Wire.PERPLEXITY: _perplexity,
    Wire.OLLAMA: _ollama,
}
