"""Serves a simulated market over HTTP on loopback, in every provider's own format.

The simulated date is part of the base URL (`/at/2026-09-14/v1`), so that history can be asked.
A request says which repeat it is by the header `X-Simulator-Nonce`, OpenAI's `user` or
Anthropic's `metadata.user_id`; one that doesn't is numbered by how often the same question came
in the same week. With the same seed and the same calls the same set of answers goes out; which of
several calls in flight gets which of them is the order of arrival.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, time

from aiohttp import web
from aiohttp.typedefs import Handler

from monitor.facts import probed_by
from monitor.simulator.faults import JUDGES_FAULTS, FaultKind, Faults, forced_fault
from monitor.simulator.judging import SimulatedJudge, distorted, is_judges
from monitor.simulator.market import Market
from monitor.simulator.randomness import number, stream, unit
from monitor.simulator.texts.compose import PHRASES
from monitor.simulator.wires.exchange import (
    MARKS,
    Finish,
    Reply,
    Request,
    Wire,
    base_path,
    wire_of,
)
from monitor.simulator.wires.replies import Trouble, reply_json, trouble_json
from monitor.simulator.wires.requests import decoded, read_request
from monitor.types import SIMULATOR_NONCE_HEADER

Judge = Callable[[Request], str]
"""Answers a request that asks for a judgement, or carries any JSON schema."""


_TROUBLES: Mapping[FaultKind, Trouble] = {
    FaultKind.RATE_LIMITED: Trouble(429, "rate_limit_error", "Rate limit reached, try again soon"),
    FaultKind.QUOTA: Trouble(
        429,
        "insufficient_quota",
        "You exceeded your current quota, please check your plan and billing details.",
    ),
    FaultKind.SERVER_ERROR: Trouble(500, "api_error", "The server had an error"),
    FaultKind.OVERLOADED: Trouble(529, "overloaded_error", "Overloaded"),
    FaultKind.UNAUTHORIZED: Trouble(401, "authentication_error", "The API key isn't valid"),
}
_FINISHES: Mapping[FaultKind, Finish] = {
    FaultKind.REFUSED: Finish.REFUSED,
    FaultKind.EMPTY: Finish.EMPTY,
    FaultKind.FILTERED: Finish.FILTERED,
}


@dataclass(frozen=True, slots=True)
class SimulatorHandle:
    """A running server's address."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The server's root, without a date or a format's path."""
        return f"http://{self.host}:{self.port}"

    def api_base(self, wire: Wire | str, day: date | None = None) -> str:
        """What to give LiteLLM as `api_base` for a wire format, at a simulated date."""
        at = f"/at/{day.isoformat()}" if day else ""
        return f"{self.url}{at}{base_path(Wire(wire))}"

    def api_base_for(self, model: str, day: date | None = None) -> str:
        """The `api_base` for a LiteLLM model name."""
        return self.api_base(wire_of(model), day)

    def api_bases(self, day: date | None = None) -> dict[Wire, str]:
        """The `api_base` of every format."""
        return {wire: self.api_base(wire, day) for wire in Wire}


@dataclass(slots=True)
class _Service:
    """What the handlers share: the market, and how often each question has come."""

    market: Market
    today: date
    latency_ms: float
    faults: Faults
    judge: Judge
    asked: Counter[tuple[object, ...]] = field(default_factory=Counter)
    tried: Counter[tuple[object, ...]] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)


@asynccontextmanager
async def serve(
    market: Market,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    latency_ms: float = 0,
    faults: Faults | None = None,
    today: date | None = None,
    judge: Judge | None = None,
) -> AsyncIterator[SimulatorHandle]:
    """A running server for as long as the context lasts.

    `port` 0 takes a free one; `today` is the date of requests that name none, by default the
    market's start. `judge` None is a simulated one that errs now and then.
    """
    judge = judge or SimulatedJudge(market)
    service = _Service(market, today or market.start, latency_ms, faults or Faults(), judge)
    runner = web.AppRunner(_application(service), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port, backlog=512)
        await site.start()
        yield SimulatorHandle(host, int(runner.addresses[0][1]))
    finally:
        await runner.cleanup()


def _application(service: _Service) -> web.Application:
    app = web.Application(client_max_size=8 * 2**20)
    routes: list[tuple[str, Wire]] = [
        ("/v1/chat/completions", Wire.OPENAI),
        ("/v1/responses", Wire.RESPONSES),
        ("/v1/messages", Wire.ANTHROPIC),
        ("/v1beta/models/{model}:generateContent", Wire.GEMINI),
        ("/chat/completions", Wire.PERPLEXITY),
        ("/api/chat", Wire.OLLAMA),
        ("/api/generate", Wire.OLLAMA),
    ]
    for prefix in ("", "/at/{date}"):
        for path, wire in routes:
            app.router.add_post(prefix + path, _wire_handler(service, wire))
        app.router.add_post(f"{prefix}/api/show", _show)
        app.router.add_get(f"{prefix}/truth", _truth_handler(service))
    app.router.add_get("/events", _events_handler(service))
    app.router.add_get("/stats", _stats_handler(service))
    return app


def _wire_handler(service: _Service, wire: Wire) -> Handler:
    async def handle(http: web.Request) -> web.StreamResponse:
        if service.latency_ms:
            await asyncio.sleep(service.latency_ms / 1000)
        try:
            day = _day(http, service)
            nonce = http.headers.get(SIMULATOR_NONCE_HEADER, "")
            model = http.match_info.get("model", "")
            request = read_request(wire, decoded(await http.read()), model, nonce)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
            trouble = Trouble(
                400, "invalid_request_error", f"no request of the {wire} format: {error!r}"
            )
            return _failure(service, wire, trouble)
        return await _responded(service, http, request, day)

    return handle


async def _responded(
    service: _Service, http: web.Request, request: Request, day: date
) -> web.StreamResponse:
    key = _repeat_key(service, request, day)
    service.tried[key] += 1
    attempt = service.tried[key]
    fault = forced_fault((_key(http), request.model), attempt)
    if fault is None:
        roll = unit(service.market.seed, "fault", *key, attempt)
        fault = service.faults.drawn(roll)
    if fault in JUDGES_FAULTS and not _judging(request):
        fault = None
    service.outcomes[fault or "ok"] += 1
    if fault is not None and fault in _TROUBLES:
        return _failure(service, request.wire, _TROUBLES[fault])
    if fault in (FaultKind.DROPPED, FaultKind.STALLED, FaultKind.TRICKLED):
        return await _hung(http, fault)
    finish = _FINISHES.get(fault, Finish.DONE) if fault else Finish.DONE
    if not request.nonce and finish is Finish.DONE:
        service.asked[key] += 1
    nonce = request.nonce or f"call {service.asked[key]}"
    reply = _reply(service, request, day, finish, nonce)
    if fault in JUDGES_FAULTS:
        reply = replace(reply, text=distorted(reply.text, fault))
    body = reply_json(request, reply)
    if request.nonce and fault is None:
        del service.tried[key]  # answered: nobody comes back for another attempt
    if fault is FaultKind.BROKEN_BODY:
        body = body[: len(body) // 2]
    return web.Response(body=body, content_type="application/json")


def _judging(request: Request) -> bool:
    return request.schema is not None or is_judges(request)


def _repeat_key(service: _Service, request: Request, day: date) -> tuple[object, ...]:
    """What two requests have in common that are repeats (without nonces) or attempts of one."""
    return (
        service.market.week(day),
        request.model,
        request.searching,
        request.prompt,
        request.context,
        request.nonce,
    )


def _reply(service: _Service, request: Request, day: date, finish: Finish, nonce: str) -> Reply:
    market = service.market
    engine = market.engine(request.model, searching=request.searching)
    reply_id = number(market.seed, day, engine.engine_id, request.prompt, request.context, nonce)
    created = int(datetime.combine(day, time(9), UTC).timestamp()) + reply_id % 3600
    served = market.served(engine, day)
    if finish is Finish.DONE and _judging(request):
        return Reply(service.judge(request), finish, served, reply_id, created)
    if finish is not Finish.DONE:
        lang = market.asked(request.prompt).lang
        text = stream(reply_id).choice(PHRASES[lang].refusals) if finish is Finish.REFUSED else ""
        return Reply(text, finish, served, reply_id, created)
    if probe := market.probing.probe(request.prompt, request.said):
        probed = market.probing.reply(engine, probe, market.week(day), f"{request.context}{nonce}")
        return Reply(probed.text, finish, served, reply_id, created)
    marks = MARKS[request.wire]
    answer = market.answer(engine, request.prompt, day, nonce, persona=request.context, marks=marks)
    return Reply(answer.text, finish, served, reply_id, created, answer.sources, answer.queries)


def _failure(service: _Service, wire: Wire, trouble: Trouble) -> web.Response:
    headers = {}
    if trouble.code == "rate_limit_error":
        headers["Retry-After"] = f"{service.faults.retry_after_s:g}"
    return web.Response(
        body=trouble_json(wire, trouble),
        status=trouble.status,
        content_type="application/json",
        headers=headers,
    )


async def _hung(http: web.Request, fault: FaultKind) -> web.StreamResponse:
    """A connection that is cut, never answered, or answered a byte at a time."""
    if fault is FaultKind.DROPPED:
        if http.transport is not None:
            http.transport.abort()
        return web.Response()
    if fault is FaultKind.STALLED:
        await asyncio.sleep(3600)
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(http)
    for _ in range(18_000):
        await response.write(b" ")
        await asyncio.sleep(0.2)
    return response


def _day(http: web.Request, service: _Service) -> date:
    given = http.match_info.get("date")
    return date.fromisoformat(given) if given else service.today


def _key(http: web.Request) -> str:
    headers = http.headers
    bearer = headers.get("Authorization", "").removeprefix("Bearer ")
    given = bearer or headers.get("x-api-key", "") or headers.get("x-goog-api-key", "")
    return given or http.query.get("key", "")


async def _show(_http: web.Request) -> web.Response:
    """What LiteLLM asks an Ollama server about a model before it first uses it."""
    info = {"template": "{{ .Prompt }}", "details": {}, "model_info": {"context_length": 8192}}
    return web.json_response(info)


def _truth_handler(service: _Service) -> Handler:
    async def handle(http: web.Request) -> web.Response:
        query, market = http.query, service.market
        try:
            week = int(query.get("week") or market.week(_day(http, service)))
            if "probe" in query:
                return web.json_response({"week": week} | _probe_truth(market, query, week))
            brand, engine = query["brand"], query.get("engine") or None
            if "question_id" not in query:
                value = market.true_visibility(engine, week, brand)
                return web.json_response({"week": week, "visibility": value})
            lang = query.get("lang", "en")
            truth = market.truth(query["engine"], query["question_id"], lang, week, brand)
        except (KeyError, ValueError) as error:
            return web.json_response({"error": f"unknown or missing: {error}"}, status=404)
        return web.json_response({"week": week} | asdict(truth))

    return handle


def _probe_truth(market: Market, query: Mapping[str, str], week: int) -> dict[str, object]:
    """The chances of one probe, asked for by its id; the figures of section 6 for "all"."""
    if query["probe"] == "all":
        return asdict(market.probing.scores(query.get("engine") or None, week))
    probed = probed_by(query["probe"])
    if probed is None:
        raise ValueError(f"{query['probe']!r} is no probe")
    return asdict(market.probing.truth(query["engine"], *probed, week))


def _events_handler(service: _Service) -> Handler:
    async def handle(_http: web.Request) -> web.Response:
        return web.json_response([asdict(event) for event in service.market.events()])

    return handle


def _stats_handler(service: _Service) -> Handler:
    async def handle(_http: web.Request) -> web.Response:
        return web.json_response(dict(service.outcomes))

    return handle
