"""The simulator's server: repeats, dates, faults and the truth over HTTP."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any, TypeVar

import aiohttp
import pytest
from simulated_pack import PACK, START, simulated_market

from monitor.errors import InputError
from monitor.simulator import (
    NO_FAULTS,
    FaultKind,
    Faults,
    SimulatorHandle,
    Wire,
    faults_from,
    serve,
    wire_of,
)
from monitor.simulator.wires.exchange import Request
from monitor.types import SIMULATOR_NONCE_HEADER

T = TypeVar("T")
PROMPT = PACK.questions[0].text["en"]
Client = aiohttp.ClientSession


def served(work: Callable[[SimulatorHandle, Client], Awaitable[T]], **options: Any) -> T:
    """What `work` returns while a server runs, without faults unless told."""

    async def run() -> T:
        settings = {"faults": NO_FAULTS} | options
        async with (
            serve(simulated_market(), **settings) as handle,
            aiohttp.ClientSession() as client,
        ):
            return await work(handle, client)

    return asyncio.run(run())


async def chat(
    handle: SimulatorHandle, client: Client, *, key: str = "k", day: date | None = None, **more: Any
) -> tuple[int, Any]:
    body = {"model": "aurora-4", "messages": [{"role": "user", "content": PROMPT}]}
    headers = {"Authorization": f"Bearer {key}"} | more.pop("headers", {})
    url = f"{handle.api_base('openai', day)}/chat/completions"
    async with client.post(url, json=body | more, headers=headers) as response:
        raw = await response.read()
        try:
            return response.status, json.loads(raw)
        except ValueError:
            return response.status, raw.decode()


def text_of(body: Any) -> str:
    return str(body["choices"][0]["message"]["content"])


def test_repeats_differ_and_a_new_server_gives_the_same_ones_again() -> None:
    async def four(handle: SimulatorHandle, client: Client) -> list[str]:
        return [text_of((await chat(handle, client))[1]) for _ in range(4)]

    first, again = served(four), served(four)
    assert len(set(first)) == 4
    assert first == again


def test_a_nonce_makes_an_answer_repeatable_by_header_or_user() -> None:
    async def pairs(handle: SimulatorHandle, client: Client) -> list[str]:
        asks: list[dict[str, Any]] = [
            {"headers": {SIMULATOR_NONCE_HEADER: "a"}},
            {"user": "a"},
            {"user": "b"},
        ]
        return [text_of((await chat(handle, client, **ask))[1]) for ask in asks]

    by_header, by_user, other = served(pairs)
    assert by_header == by_user != other


def test_the_base_url_dates_the_answer_and_today_is_the_default() -> None:
    async def versions(handle: SimulatorHandle, client: Client) -> list[Any]:
        days = (None, date(2026, 9, 1))
        return [(await chat(handle, client, day=day))[1]["created"] for day in days]

    default, early = served(versions, today=date(2026, 11, 1))
    assert default - early > 50 * 86_400


@pytest.mark.parametrize(
    ("key", "status", "words"),
    [
        ("wrong", 401, "key"),
        ("fault-quota", 429, "exceeded your current quota"),
        ("fault-rate_limited", 429, "Rate limit"),
        ("fault-server_error", 500, "error"),
        ("fault-overloaded", 529, "Overloaded"),
    ],
)
def test_a_key_forces_an_http_error(key: str, status: int, words: str) -> None:
    async def ask(handle: SimulatorHandle, client: Client) -> tuple[int, Any]:
        return await chat(handle, client, key=key)

    got, body = served(ask)
    assert got == status
    assert words in body["error"]["message"]


def test_rate_limits_say_when_to_come_back_and_spent_quotas_dont() -> None:
    async def ask(handle: SimulatorHandle, client: Client) -> list[str | None]:
        url = f"{handle.api_base('openai')}/chat/completions"
        body = {"model": "aurora-4", "messages": [{"role": "user", "content": PROMPT}]}
        waits = []
        for key in ("fault-rate_limited", "fault-quota"):
            headers = {"Authorization": f"Bearer {key}"}
            async with client.post(url, json=body, headers=headers) as response:
                waits.append(response.headers.get("Retry-After"))
        return waits

    assert served(ask, faults=Faults(rates={}, retry_after_s=2)) == ["2", None]


def test_a_fault_can_pass_after_some_attempts() -> None:
    async def ask(handle: SimulatorHandle, client: Client) -> list[int]:
        return [(await chat(handle, client, key="fault-server_error-2"))[0] for _ in range(4)]

    assert served(ask) == [500, 500, 200, 200]


def test_a_model_name_forces_a_fault_too() -> None:
    async def ask(handle: SimulatorHandle, client: Client) -> tuple[int, Any]:
        return await chat(handle, client, model="fault-overloaded")

    assert served(ask)[0] == 529


def test_refusals_empty_and_filtered_answers_arrive_as_success() -> None:
    async def ask(handle: SimulatorHandle, client: Client) -> list[Any]:
        keys = ("fault-refused", "fault-empty", "fault-filtered")
        return [(await chat(handle, client, key=key))[1]["choices"][0] for key in keys]

    refused, empty, filtered = served(ask)
    assert refused["message"]["refusal"] or "sorry" in refused["message"]["content"].lower()
    assert (empty["message"]["content"], empty["finish_reason"]) == ("", "stop")
    assert (filtered["message"]["content"], filtered["finish_reason"]) == (None, "content_filter")


def test_a_broken_body_is_no_json() -> None:
    async def ask(handle: SimulatorHandle, client: Client) -> Any:
        return (await chat(handle, client, key="fault-broken_body"))[1]

    assert isinstance(served(ask), str)


def test_a_dropped_connection_is_an_error_for_the_client() -> None:
    async def ask(handle: SimulatorHandle, client: Client) -> str:
        try:
            await chat(handle, client, key="fault-dropped")
        except aiohttp.ClientError as error:
            return type(error).__name__
        return "answered"

    assert served(ask) != "answered"


@pytest.mark.parametrize("kind", ["stalled", "trickled"])
def test_a_reply_that_never_ends_outlasts_the_clients_patience(kind: str) -> None:
    async def ask(handle: SimulatorHandle, client: Client) -> str:
        try:
            async with asyncio.timeout(0.7):
                await chat(handle, client, key=f"fault-{kind}")
        except TimeoutError:
            return "gave up"
        return "answered"

    before = time.monotonic()
    assert served(ask) == "gave up"
    assert time.monotonic() - before < 5


def test_faults_come_at_their_rates_and_are_counted() -> None:
    async def many(handle: SimulatorHandle, client: Client) -> tuple[Counter[int], Any]:
        statuses = Counter([(await chat(handle, client))[0] for _ in range(600)])
        async with client.get(f"{handle.url}/stats") as response:
            return statuses, await response.json()

    rates = {FaultKind.SERVER_ERROR: 0.2, FaultKind.REFUSED: 0.1}
    statuses, stats = served(many, faults=Faults(rates))
    assert 80 < statuses[500] < 165
    assert stats["server_error"] == statuses[500]
    assert 30 < stats["refused"] < 95
    assert sum(stats.values()) == 600


def test_a_body_of_another_format_is_a_clear_400() -> None:
    async def ask(handle: SimulatorHandle, client: Client) -> tuple[int, Any]:
        url = f"{handle.api_base('anthropic')}/v1/messages"
        async with client.post(url, json={"contents": []}) as response:
            return response.status, await response.json()

    status, body = served(ask)
    assert status == 400
    assert "anthropic" in body["error"]["message"]


def test_an_impossible_date_is_a_clear_400() -> None:
    async def ask(handle: SimulatorHandle, client: Client) -> int:
        url = f"{handle.url}/at/2026-02-31/v1/chat/completions"
        body = {"model": "aurora-4", "messages": [{"role": "user", "content": PROMPT}]}
        async with client.post(url, json=body) as response:
            return response.status

    assert served(ask) == 400


def test_the_truth_and_the_events_can_be_asked_over_http() -> None:
    async def ask(handle: SimulatorHandle, client: Client) -> list[Any]:
        queries = (
            "/truth?engine=chat&question_id=discovery-editor&lang=de&week=3&brand=Lumora",
            "/truth?week=3&brand=Lumora",
            "/events",
            "/truth?week=3&brand=Nobody",
        )
        bodies = []
        for query in queries:
            async with client.get(handle.url + query) as response:
                bodies.append(await response.json())
        return bodies

    cell, pooled, events, unknown = served(ask)
    market = simulated_market()
    assert cell["named"] == market.truth("chat", "discovery-editor", "de", 3, "Lumora").named
    assert pooled["visibility"] == market.true_visibility(None, 3, "Lumora")
    assert len(events) == len(market.events())
    assert "Nobody" in unknown["error"]


def test_a_request_with_a_schema_goes_to_the_judge() -> None:
    asked: list[Request] = []

    def judge(request: Request) -> str:
        asked.append(request)
        return '{"verdict": "correct"}'

    async def ask(handle: SimulatorHandle, client: Client) -> Any:
        schema = {"type": "object", "properties": {"verdict": {"type": "string"}}}
        form = {"type": "json_schema", "json_schema": {"name": "v", "schema": schema}}
        return (await chat(handle, client, response_format=form))[1]

    assert text_of(served(ask, judge=judge)) == '{"verdict": "correct"}'
    assert asked[0].prompt == PROMPT
    assert asked[0].schema


def test_latency_is_waited_not_computed() -> None:
    async def ask(handle: SimulatorHandle, client: Client) -> float:
        before = time.monotonic()
        await asyncio.gather(*(chat(handle, client) for _ in range(10)))
        return time.monotonic() - before

    assert 0.2 <= served(ask, latency_ms=200) < 1.5


def test_bases_follow_the_conventions_of_each_provider() -> None:
    handle = SimulatorHandle("127.0.0.1", 8123)
    day = date(2026, 9, 14)
    assert handle.api_base(Wire.OPENAI) == "http://127.0.0.1:8123/v1"
    assert handle.api_base("gemini", day) == "http://127.0.0.1:8123/at/2026-09-14/v1beta"
    assert handle.api_base("anthropic", day) == "http://127.0.0.1:8123/at/2026-09-14"
    assert set(handle.api_bases()) == set(Wire)


@pytest.mark.parametrize(
    ("model", "wire"),
    [
        ("openai/gpt-x", Wire.OPENAI),
        ("openai/responses/gpt-x", Wire.RESPONSES),
        ("xai/grok-x", Wire.OPENAI),
        ("anthropic/claude-x", Wire.ANTHROPIC),
        ("gemini/gemini-x", Wire.GEMINI),
        ("perplexity/sonar", Wire.PERPLEXITY),
        ("ollama_chat/llama", Wire.OLLAMA),
    ],
)
def test_models_are_asked_in_the_format_of_their_provider(model: str, wire: Wire) -> None:
    assert wire_of(model) is wire


def test_fault_options_are_laid_over_the_usual_ones() -> None:
    assert faults_from(("refused=0.5",)).rates[FaultKind.REFUSED] == 0.5
    assert faults_from(("none", "empty=1")).rates == {FaultKind.EMPTY: 1.0}
    assert Faults().drawn(0.999) is None
    assert Faults().drawn(0.0) is FaultKind.REFUSED


@pytest.mark.parametrize("option", ["gone=0.1", "refused=often", "refused=2", "refused"])
def test_a_fault_option_that_means_nothing_says_what_to_write(option: str) -> None:
    with pytest.raises(InputError, match="write"):
        faults_from((option,))


def test_the_server_starts_in_the_week_of_the_market_by_default() -> None:
    async def ask(handle: SimulatorHandle, client: Client) -> int:
        return int((await chat(handle, client))[1]["created"])

    assert date.fromtimestamp(served(ask)) == START  # noqa: DTZ012 - 9 o'clock UTC
