"""A provider on loopback that answers what a test tells it to, and remembers what it was asked."""

import asyncio
import json
from collections import Counter, defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass(frozen=True)
class Reply:
    """One HTTP response; `delay_s` before it, `drip_s` between the bytes of its body."""

    body: str | Mapping[str, Any] = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_s: float = 0.0
    drip_s: float = 0.0

    @property
    def text(self) -> str:
        return self.body if isinstance(self.body, str) else json.dumps(self.body)


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]


class LoopbackProvider:
    """Serves scripted replies under /SCENARIO/…; the last one of a script repeats."""

    def __init__(self) -> None:
        self.asked: defaultdict[str, list[Asked]] = defaultdict(list)
        self.most_in_flight: Counter[str] = Counter()
        self._in_flight: Counter[str] = Counter()
        self._scripts: dict[str, deque[Reply]] = {}
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/{scenario}/{rest:.*}", self._answer)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    def script(self, scenario: str, *replies: Reply) -> str:
        """The base address under which `replies` are given, one after the other."""
        self._scripts[scenario] = deque(replies)
        self.asked.pop(scenario, None)
        return f"http://127.0.0.1:{self.port}/{scenario}"

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        scenario = request.match_info["scenario"]
        body = json.loads(await request.read() or b"{}")
        self.asked[scenario].append(Asked(request.path, dict(request.headers), body))
        script = self._scripts[scenario]
        reply = script.popleft() if len(script) > 1 else script[0]
        self._in_flight[scenario] += 1
        self.most_in_flight[scenario] = max(
            self.most_in_flight[scenario], self._in_flight[scenario]
        )
        try:
            await asyncio.sleep(reply.delay_s)
        finally:
            self._in_flight[scenario] -= 1
        return await (self._drip(request, reply) if reply.drip_s else _whole(reply))

    async def _drip(self, request: web.Request, reply: Reply) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        await response.prepare(request)
        for byte in reply.text.encode():
            await response.write(bytes([byte]))
            await asyncio.sleep(reply.drip_s)
        return response


async def _whole(reply: Reply) -> web.Response:
    return web.Response(
        text=reply.text,
        status=reply.status,
        headers=dict(reply.headers),
        content_type="application/json",
    )


def chat_body(content: str | None = "Kanto is a good pick.", **changes: Any) -> dict[str, Any]:
    """An OpenAI chat completion; `changes` replace parts of the message or of the body."""
    message = {"role": "assistant", "content": content, "refusal": changes.pop("refusal", None)}
    message |= changes.pop("message", {})
    finish = changes.pop("finish_reason", "stop")
    return {
        "id": "chatcmpl-test",
        "object": "chat.completion",
        "created": 1750000000,
        "model": "gpt-4o-2024-08-06",
        "system_fingerprint": "fp_test",
        "choices": [{"index": 0, "finish_reason": finish, "message": message}],
        "usage": {"prompt_tokens": 20, "completion_tokens": 30, "total_tokens": 50},
    } | changes


def responses_body(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """An OpenAI Responses body with one search and one message made of `parts`."""
    message = {"id": "msg_1", "type": "message", "role": "assistant", "status": "completed"}
    search = {"id": "ws_1", "type": "web_search_call", "status": "completed"}
    return {
        "id": "resp_test",
        "object": "response",
        "created_at": 1750000000,
        "status": "completed",
        "model": "gpt-5-2025-08-07",
        "output": [
            search | {"action": {"type": "search", "query": "content systems"}},
            search
            | {"id": "ws_2", "action": {"type": "open_page", "url": "https://kanto.example"}},
            message | {"content": parts},
        ],
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
        "usage": {"input_tokens": 100, "output_tokens": 40, "total_tokens": 140},
    }


def gemini_body(text: str, **candidate: Any) -> dict[str, Any]:
    """A Gemini body with grounding; `candidate` replaces parts of its one candidate."""
    chunk = {"web": {"uri": "https://kanto.example/pricing", "title": "kanto.example"}}
    return {
        "candidates": [
            {
                "content": {"role": "model", "parts": [{"text": text}]},
                "finishReason": "STOP",
                "index": 0,
                "groundingMetadata": {
                    "webSearchQueries": ["kanto price", "kanto review"],
                    "groundingChunks": [chunk],
                    "groundingSupports": [],
                },
            }
            | candidate
        ],
        "modelVersion": "gemini-2.5-pro-002",
        "usageMetadata": {
            "promptTokenCount": 12,
            "candidatesTokenCount": 8,
            "totalTokenCount": 20,
        },
    }
