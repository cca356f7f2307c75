"""Puts a reply or an error into a request's wire format."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from monitor.simulator.wires.anthropic import messages_body
from monitor.simulator.wires.exchange import Reply, Request, Wire
from monitor.simulator.wires.gemini import generate_body
from monitor.simulator.wires.ollama import ollama_body
from monitor.simulator.wires.openai import chat_body, perplexity_body, responses_body
from monitor.types import Json

_BODIES: Mapping[Wire, Callable[[Request, Reply], dict[str, Json]]] = {
    Wire.OPENAI: chat_body,
    Wire.RESPONSES: responses_body,
    Wire.ANTHROPIC: messages_body,
    Wire.GEMINI: generate_body,
    Wire.PERPLEXITY: perplexity_body,
    Wire.OLLAMA: ollama_body,
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """An HTTP error: its status, the provider's own code for it, and the words."""

    status: int
    code: str
    message: str


def reply_json(request: Request, reply: Reply) -> bytes:
    """The response body of a success."""
    return json.dumps(_BODIES[request.wire](request, reply), ensure_ascii=False).encode()


def trouble_json(wire: Wire, trouble: Trouble) -> bytes:
    """The response body of an error, as this provider words one."""
    return json.dumps(_error(wire, trouble)).encode()


def _error(wire: Wire, trouble: Trouble) -> dict[str, Json]:
    match wire:
        case Wire.ANTHROPIC:
            inner: dict[str, Json] = {"type": trouble.code, "message": trouble.message}
            return {"type": "error", "error": inner}
        case Wire.GEMINI:
            return {
                "error": {
                    "code": trouble.status,
                    "message": trouble.message,
                    "status": trouble.code.upper(),
                }
            }
        case Wire.OLLAMA:
            return {"error": trouble.message}
        case _:
            return {
                "error": {
                    "message": trouble.message,
                    "type": trouble.code,
                    "param": None,
                    "code": trouble.code,
                }
            }
