"""Ollama's /api/chat and /api/generate."""

from datetime import UTC, datetime

from monitor.simulator.wires.exchange import Reply, Request, tokens
from monitor.types import Json


def ollama_body(request: Request, reply: Reply) -> dict[str, Json]:
    """A chat message, or a bare response where the request was to generate."""
    created = datetime.fromtimestamp(reply.created, UTC).isoformat().replace("+00:00", "Z")
    body: dict[str, Json] = {"model": reply.served.model, "created_at": created}
    if request.ollama_generate:
        body["response"] = reply.text
    else:
        body["message"] = {"role": "assistant", "content": reply.text}
    return body | {
        "done": True,
        "done_reason": "stop",
        "total_duration": 1_900_000_000,
        "load_duration": 20_000_000,
        "prompt_eval_count": tokens(request.prompt + request.context),
        "prompt_eval_duration": 90_000_000,
        "eval_count": tokens(reply.text),
        "eval_duration": 1_700_000_000,
    }
