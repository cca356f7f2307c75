"""Every wire format, asked as the product asks: by LiteLLM, over HTTP."""

import asyncio
import json
import os
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import date
from queue import Queue
from threading import Thread
from typing import Any

import pytest
from simulated_pack import PACK, START, simulated_market

from monitor.simulator import NO_FAULTS, SimulatorHandle, serve
from monitor.types import SIMULATOR_NONCE_HEADER, Question

os.environ.update(
    LITELLM_LOCAL_MODEL_COST_MAP="True",
    LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS="True",
    LITELLM_OFFLINE_MODE="true",
    LITELLM_MODE="PRODUCTION",
    LITELLM_LOG="ERROR",
)
QUESTION: Question = PACK.questions[0]
PROMPT = QUESTION.text["en"]
MESSAGES = [
    {"role": "system", "content": "I lead an IT team."},
    {"role": "user", "content": PROMPT},
]


@pytest.fixture(scope="module")
def litellm() -> Any:
    import litellm

    litellm.suppress_debug_info = True
    return litellm


@contextmanager
def running(**options: Any) -> Iterator[SimulatorHandle]:
    """A faultless server in a thread: LiteLLM asks Ollama's /api/show without its event loop."""
    ready: Queue[tuple[SimulatorHandle, Callable[[], object]]] = Queue()

    async def run() -> None:
        stopped, loop = asyncio.Event(), asyncio.get_running_loop()
        async with serve(simulated_market(), **({"faults": NO_FAULTS} | options)) as handle:
            ready.put((handle, lambda: loop.call_soon_threadsafe(stopped.set)))
            await stopped.wait()

    thread = Thread(target=asyncio.run, args=(run(),))
    thread.start()
    handle, stop = ready.get(timeout=10)
    try:
        yield handle
    finally:
        stop()
        thread.join(timeout=10)


def in_server(ask: Callable[[SimulatorHandle], Coroutine[Any, Any, Any]], **options: Any) -> Any:
    """What `ask(handle)` returns while a server runs."""
    with running(**options) as handle:
        return asyncio.run(ask(handle))


def completion(litellm: Any, model: str, day: date | None = None, **extra: Any) -> Any:
    async def ask(handle: SimulatorHandle) -> Any:
        return await litellm.acompletion(
            model=model,
            messages=MESSAGES,
            api_base=handle.api_base_for(model, day),
            api_key="sk-simulated",
            timeout=10,
            max_retries=0,
            num_retries=0,
            **extra,
        )

    return in_server(ask)


def test_openai_chat_gives_text_usage_a_dated_model_and_a_fingerprint(litellm: Any) -> None:
    reply = completion(litellm, "openai/aurora-4")
    assert reply.choices[0].message.content
    assert reply.choices[0].finish_reason == "stop"
    assert reply.model.startswith("aurora-4-2026-")
    assert reply.system_fingerprint.startswith("fp_")
    assert reply.usage.completion_tokens > 10


def test_openai_search_models_annotate_the_links_in_their_text(litellm: Any) -> None:
    reply = completion(litellm, "openai/aurora-4-search-preview")
    message = reply.choices[0].message
    assert message.annotations
    for annotation in message.annotations:
        cited = annotation["url_citation"]
        part = message.content[cited["start_index"] : cited["end_index"]]
        assert part.startswith("([")
        assert cited["url"] in part
        assert "utm_source=openai" in cited["url"]


def test_responses_give_searches_with_sources_and_flat_annotations(litellm: Any) -> None:
    async def ask(handle: SimulatorHandle) -> Any:
        return await litellm.aresponses(
            model="openai/aurora-5",
            input=PROMPT,
            tools=[{"type": "web_search"}],
            include=["web_search_call.action.sources"],
            api_base=handle.api_base("responses", date(2026, 9, 14)),
            api_key="sk-simulated",
            timeout=10,
        )

    body = in_server(ask).model_dump()
    calls = [o for o in body["output"] if o["type"] == "web_search_call"]
    [message] = [o for o in body["output"] if o["type"] == "message"]
    annotations = message["content"][0]["annotations"]
    assert calls
    assert calls[0]["action"]["sources"][0]["url"].startswith("https://")
    assert annotations
    assert annotations[0]["type"] == "url_citation"
    assert annotations[0]["end_index"] <= len(message["content"][0]["text"])
    assert body["model"].startswith("aurora-5-2026-")
    assert body["usage"]["output_tokens"] > 10


def test_anthropic_cites_its_search_results_block_by_block(litellm: Any) -> None:
    reply = completion(
        litellm,
        "anthropic/claude-sonnet-4-5",
        web_search_options={"search_context_size": "low"},
        max_tokens=1000,
    )
    message = reply.choices[0].message
    fields = message.provider_specific_fields
    assert message.content
    assert fields["citations"][0][0]["url"].startswith("https://")
    assert fields["web_search_results"]
    assert reply.model.startswith("claude-sonnet-4-5-2026")
    assert reply.usage.server_tool_use.web_search_requests == 1


def test_gemini_grounds_in_redirects_whose_title_is_the_domain(litellm: Any) -> None:
    bodies = raw_bodies(
        litellm, "gemini/gemini-2.5-flash", web_search_options={"search_context_size": "low"}
    )
    candidate = bodies["candidates"][0]
    text = candidate["content"]["parts"][0]["text"].encode()
    grounding = candidate["groundingMetadata"]
    assert all("grounding-api-redirect" in c["web"]["uri"] for c in grounding["groundingChunks"])
    assert all("." in c["web"]["title"] for c in grounding["groundingChunks"])
    for support in grounding["groundingSupports"]:
        segment = support["segment"]
        part = text[segment.get("startIndex", 0) : segment["endIndex"]]
        assert part.decode() == segment["text"]
    assert bodies["modelVersion"] == "gemini-2.5-flash-001"


def raw_bodies(litellm: Any, model: str, **extra: Any) -> Any:
    """The provider's body as the product records it: through LiteLLM's callback."""
    from litellm.integrations.custom_logger import CustomLogger

    seen: list[str] = []

    class Recorder(CustomLogger):  # type: ignore[misc]
        def log_post_api_call(self, kwargs: Any, **_: Any) -> None:
            seen.append(kwargs["original_response"])

    recorder = Recorder()
    litellm.callbacks.append(recorder)
    try:
        completion(litellm, model, **extra)
    finally:
        litellm.callbacks.remove(recorder)
    return json.loads(seen[-1])


def test_perplexity_counts_a_list_of_citations_in_its_text(litellm: Any) -> None:
    reply = completion(litellm, "perplexity/sonar")
    assert reply.citations
    assert reply.search_results[0]["url"] == reply.citations[0]
    assert "[1]" in reply.choices[0].message.content
    assert "sonar" in reply.model


@pytest.mark.parametrize("model", ["ollama/llama3.1", "ollama_chat/llama3.2"])
def test_ollama_answers_chat_and_generate(litellm: Any, model: str) -> None:
    reply = completion(litellm, model)
    assert len(reply.choices[0].message.content) > 50
    assert reply.usage.completion_tokens > 10


def test_ollama_generate_understands_the_prompt_that_litellm_glues_together(litellm: Any) -> None:
    engine = next(e for e in simulated_market().engines if e.engine_id == "local")
    reply = completion(litellm, "ollama/llama3.1")
    own = simulated_market().answer(
        engine, PROMPT, START, "call 1", persona="system: I lead an IT team."
    )
    assert reply.choices[0].message.content == own.text


def test_the_date_in_the_base_url_decides_the_served_version(litellm: Any) -> None:
    [change] = [e for e in simulated_market().events() if e.kind == "version_change"]
    model = next(e.model for e in simulated_market().engines if e.engine_id == change.engine)
    before = completion(litellm, model, date(2026, 10, 11))
    after = completion(litellm, model, date(2026, 10, 12))
    assert change.week == 7
    assert before.model != after.model
    assert after.model.endswith("-2026-10-12")


@pytest.mark.parametrize(
    "model",
    [
        "openai/aurora-4",
        "anthropic/claude-sonnet-4-5",
        "anthropic/sim-claude-1",
        "gemini/gemini-2.5-flash",
        "gemini/sim-gemini-1",
        "perplexity/sonar",
        "ollama/llama3.1",
        "ollama_chat/llama3.2",
    ],
)
def test_a_structured_request_gets_the_judges_words_in_every_format(
    litellm: Any, model: str
) -> None:
    from pydantic import BaseModel

    class Verdict(BaseModel):
        verdict: str

    async def ask(handle: SimulatorHandle) -> Any:
        return await litellm.acompletion(
            model=model,
            messages=MESSAGES,
            api_base=handle.api_base_for(model),
            api_key="sk-simulated",
            timeout=10,
            max_tokens=200,
            response_format=Verdict,
        )

    reply = in_server(ask, judge=lambda request: '{"verdict": "correct"}')
    verdict = Verdict.model_validate_json(reply.choices[0].message.content)
    assert verdict.verdict == "correct"


@pytest.mark.parametrize(
    "model",
    [
        "openai/aurora-4",
        "anthropic/claude-sonnet-4-5",
        "gemini/gemini-2.5-flash",
        "perplexity/sonar",
        "ollama/llama3.1",
        "ollama_chat/llama3.2",
    ],
)
def test_a_nonce_in_a_header_reaches_the_simulator_in_every_format(
    litellm: Any, model: str
) -> None:
    async def ask(handle: SimulatorHandle) -> list[str]:
        texts = []
        for nonce in ("one", "two", "one"):
            reply = await litellm.acompletion(
                model=model,
                messages=MESSAGES,
                api_base=handle.api_base_for(model),
                api_key="sk-simulated",
                timeout=10,
                extra_headers={SIMULATOR_NONCE_HEADER: nonce},
            )
            texts.append(reply.choices[0].message.content)
        return texts

    one, two, again = in_server(ask)
    assert one == again != two
