"""Asking over real HTTP on loopback, LiteLLM included; and the pure parts by themselves."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from loopback_provider import LoopbackProvider, Reply, chat_body, gemini_body, responses_body

from monitor.provider import Asker, RetryPolicy
from monitor.types import Answer, AnswerStatus, Engine

RECORDED = Path(__file__).parents[1].parent / "shared" / "data" / "provider-bodies"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
QUICK = RetryPolicy(attempts=3, first_wait_s=0.01, longest_wait_s=0.3, total_timeout_s=20.0)
REAL_LOOKING_KEY = "sk-proj-Zq8Real7Looking6Key5Value4"


class Bench:
    """One event loop with one provider in it; LiteLLM stays loaded between tests."""

    def __init__(self) -> None:
        self.runner = asyncio.Runner()
        self.provider = LoopbackProvider()
        self.runner.run(self.provider.start())

    def close(self) -> None:
        self.runner.run(self.provider.stop())
        self.runner.close()

    def ask(self, engine: Engine, *, retry: RetryPolicy = QUICK, times: int = 1) -> list[Answer]:
        return self.runner.run(_asked(engine, retry, times))

    def chat(self, *replies: Reply, retry: RetryPolicy = QUICK, **changes: Any) -> Answer:
        """The answer of an OpenAI-like engine whose provider gives `replies`."""
        base = self.provider.script("chat", *replies)
        return self.ask(engine(api_base=f"{base}/v1", **changes), retry=retry)[0]

    def asked(self, scenario: str = "chat") -> list[Any]:
        return self.provider.asked[scenario]


async def _asked(engine: Engine, retry: RetryPolicy, times: int) -> list[Answer]:
    async with Asker(retry) as asker:
        return await asyncio.gather(*(asker.ask(engine, draft(engine, n)) for n in range(times)))


def draft(engine: Engine, number: int = 0) -> Answer:
    return Answer(
        answer_id=f"answer-{number}",
        question="Which content system suits a small team?",
        engine=engine.engine_id,
        asked_at=NOW,
        status=AnswerStatus.FAILED,
        question_id="q-1",
        wave_id="w-1",
    )


def engine(model: str = "openai/gpt-4o", **changes: Any) -> Engine:
    return Engine(**{"engine_id": "gpt", "model": model, "simulated": True, **changes})


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    bench = Bench()
    yield bench
    bench.close()


# -- whole path: wire formats --------------------------------------------------------------------


def test_a_chat_answer_arrives_with_everything_that_the_provider_said(bench: Bench) -> None:
    answer = bench.chat(Reply(chat_body()), parameters={"temperature": 0.2})

    assert answer.status is AnswerStatus.OK
    assert answer.text == "Kanto is a good pick."
    assert (answer.model_requested, answer.model_served) == ("openai/gpt-4o", "gpt-4o-2024-08-06")
    assert answer.system_fingerprint == "fp_test"
    assert (answer.input_tokens, answer.output_tokens, answer.search_calls) == (20, 30, 0)
    assert answer.cost_usd == pytest.approx(20 * 2.5e-6 + 30 * 1e-5)
    assert answer.cost_source.startswith("litellm 1.")
    assert json.loads(answer.parameters) == {"model": "gpt-4o", "temperature": 0.2}
    assert answer.raw_body == json.dumps(chat_body())
    assert (answer.attempts, answer.asked_at, answer.wave_id) == (1, NOW, "w-1")
    assert answer.latency_s is not None
    assert 0 < answer.latency_s < 5


def test_half_a_surrogate_pair_becomes_a_sign_that_can_be_written(bench: Bench) -> None:
    torn = json.dumps(chat_body("Kanto TORN wins")).replace("TORN", "\\ud83d")
    answer = bench.chat(Reply(torn))
    assert answer.text == "Kanto \ufffd wins"


def test_parameters_are_those_really_sent_not_those_wished_for(bench: Bench) -> None:
    answer = bench.chat(
        Reply(chat_body()), model="openai/gpt-5", parameters={"temperature": 0.2, "seed": 7}
    )
    assert json.loads(answer.parameters) == {"model": "gpt-5", "seed": 7}
    assert "temperature" not in bench.asked()[0].body


def test_a_chat_search_model_is_told_the_country_and_gives_its_sources(bench: Bench) -> None:
    cited = {"url": "https://kanto.example/", "title": "Kanto", "start_index": 0, "end_index": 5}
    note = {"type": "url_citation", "url_citation": cited}
    answer = bench.chat(
        Reply(chat_body(message={"annotations": [note]})),
        model="openai/gpt-4o-search-preview",
        web_search=True,
        region="DE",
    )
    assert [source.url for source in answer.sources] == ["https://kanto.example/"]
    assert answer.search_calls == 1
    location = bench.asked()[0].body["web_search_options"]["user_location"]
    assert location["approximate"]["country"] == "DE"


def test_an_openai_model_with_search_goes_through_responses(bench: Bench) -> None:
    cited = {"type": "url_citation", "url": "https://kanto.example/", "title": "Kanto"}
    part = {
        "type": "output_text",
        "text": "Kanto.",
        "annotations": [cited | {"start_index": 0, "end_index": 5}],
    }
    base = bench.provider.script("responses", Reply(responses_body([part])))
    asked = engine("openai/gpt-5", web_search=True, region="AT", api_base=f"{base}/v1")
    (answer,) = bench.ask(asked)

    assert (answer.status, answer.text) == (AnswerStatus.OK, "Kanto.")
    assert answer.model_served == "gpt-5-2025-08-07"
    assert (answer.input_tokens, answer.output_tokens, answer.search_calls) == (100, 40, 1)
    assert "https://kanto.example/" in {source.url for source in answer.sources}
    request = bench.asked("responses")[0]
    assert request.path.endswith("/v1/responses")
    assert request.body["tools"][0]["user_location"]["country"] == "AT"
    assert request.body["include"] == ["web_search_call.action.sources"]


def test_perplexity_gives_its_pages_and_its_own_model_name(bench: Bench) -> None:
    pages = [{"title": "Kanto", "url": "https://kanto.example/", "date": None}]
    body = chat_body(model="sonar", search_results=pages, citations=[pages[0]["url"]])
    base = bench.provider.script("perplexity", Reply(body))
    (answer,) = bench.ask(engine("perplexity/sonar", web_search=True, api_base=base))
    assert (answer.status, answer.model_served) == (AnswerStatus.OK, "sonar")
    assert [source.url for source in answer.sources] == ["https://kanto.example/"]
    assert answer.search_calls == 1


def test_gemini_gives_its_searches_and_its_version(bench: Bench) -> None:
    base = bench.provider.script("gemini", Reply(gemini_body("Kanto ist gut.")))
    asked = engine("gemini/gemini-2.5-pro", web_search=True, api_base=f"{base}/v1beta")
    (answer,) = bench.ask(asked)
    assert (answer.status, answer.text) == (AnswerStatus.OK, "Kanto ist gut.")
    assert (answer.model_served, answer.search_calls) == ("gemini-2.5-pro-002", 2)
    assert [source.url for source in answer.sources] == ["https://kanto.example/pricing"]
    assert bench.asked("gemini")[0].body["tools"] == [{"googleSearch": {}}]


def test_ollama_answers_without_a_price_that_would_claim_to_be_zero(bench: Bench) -> None:
    body = {"model": "qwen3:8b", "message": {"role": "assistant", "content": "Kanto."}}
    body |= {"done": True, "done_reason": "stop", "prompt_eval_count": 3, "eval_count": 4}
    base = bench.provider.script("ollama", Reply(body))
    (answer,) = bench.ask(engine("ollama_chat/qwen3:8b", api_base=base))
    assert (answer.status, answer.text, answer.output_tokens) == (AnswerStatus.OK, "Kanto.", 4)
    assert (answer.cost_usd, answer.cost_source) == (None, "")
    assert [request.path for request in bench.asked("ollama")] == ["/ollama/api/chat"]


def pages_in(value: Any) -> Iterator[tuple[str, str]]:
    """Address and title of everything in a body that is a page."""
    if isinstance(value, dict):
        address = value.get("url") or value.get("uri")
        if isinstance(address, str):
            yield address, value.get("title") or ""
    children = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | list):
        for child in children:
            yield from pages_in(child)


@pytest.mark.parametrize(
    ("file", "model", "path", "served", "tokens", "searches", "spanned"),
    [
        ("anthropic-messages", "anthropic/claude-sonnet-4-20250514", "",
         "claude-sonnet-4-20250514", (8984, 520), 1, 3),
        ("gemini-generate-content", "gemini/gemini-2.5-pro", "/v1beta",
         "gemini-2.5-pro", (17, 414), 1, 3),
        ("openai-responses", "openai/gpt-5", "/v1",
         "gpt-5-2025-08-07", (115886, 1720), 6, 3),
        ("openrouter-chat", "openrouter/deepseek/deepseek-chat", "/v1",
         "deepseek/deepseek-chat", (2315, 40), 1, 0),
    ],
)  # fmt: skip
def test_a_recorded_body_is_read_whole(
    bench: Bench,
    file: str,
    model: str,
    path: str,
    served: str,
    tokens: tuple[int, int],
    searches: int,
    spanned: int,
) -> None:
    if not RECORDED.is_dir():
        pytest.skip("recorded provider bodies (shared/data/provider-bodies) aren't here")
    raw = (RECORDED / f"{file}.json").read_text()
    base = bench.provider.script(file, Reply(raw))
    (answer,) = bench.ask(engine(model, web_search=True, api_base=base + path))
    assert answer.status is AnswerStatus.OK
    assert len(answer.text) > 30
    assert answer.model_served == served
    assert (answer.input_tokens, answer.output_tokens) == tokens
    assert answer.search_calls == searches
    assert {(s.url, s.title) for s in answer.sources} == set(pages_in(json.loads(raw)))
    spans = [answer.text[s.span.start : s.span.end] for s in answer.sources if s.span]
    assert len(spans) == len(set(spans)) == spanned
    assert all(len(text) > 10 for text in spans)
    assert json.loads(answer.raw_body) == json.loads(raw)


# -- whole path: trouble -------------------------------------------------------------------------


def error_body(message: str, code: str = "") -> dict[str, Any]:
    return {"error": {"message": message, "type": code or "error", "code": code}}


BUSY = Reply(error_body("Rate limit reached"), 429, {"Retry-After": "0.2"})
NO_QUOTA = Reply(error_body("You exceeded your current quota, check billing"), 429)
FLAW = Reply(error_body("The server had an error"), 500)
OVERLOADED = Reply(error_body("Overloaded"), 529)
GOOD = Reply(chat_body())


def test_a_busy_provider_is_asked_again_after_the_time_it_names(bench: Bench) -> None:
    begun = bench.runner.get_loop().time()
    answer = bench.chat(BUSY, GOOD)
    assert (answer.status, answer.attempts) == (AnswerStatus.OK, 2)
    assert bench.runner.get_loop().time() - begun >= 0.2


@pytest.mark.parametrize("trouble", [FLAW, OVERLOADED, Reply('{"choices": [{"mess')])
def test_passing_trouble_is_tried_again(bench: Bench, trouble: Reply) -> None:
    answer = bench.chat(trouble, trouble, GOOD)
    assert (answer.status, answer.attempts, answer.reason) == (AnswerStatus.OK, 3, "")


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (FLAW, "server error: The server had an error"),
        (BUSY, "rate limited: Rate limit reached"),
        (Reply('{"choices": [{"mess'), "broken body"),
        (Reply("<html>Bad gateway</html>", 502), "server error"),
    ],
)
def test_lasting_trouble_fails_after_the_last_attempt(
    bench: Bench, trouble: Reply, reason: str
) -> None:
    answer = bench.chat(trouble)
    assert (answer.status, answer.attempts) == (AnswerStatus.FAILED, 3)
    assert answer.reason.startswith(reason)
    assert len(bench.asked()) == 3


@pytest.mark.parametrize(
    ("status", "reason"), [(400, "bad request"), (403, "forbidden"), (404, "not found")]
)
def test_a_request_that_is_wrong_is_not_repeated(bench: Bench, status: int, reason: str) -> None:
    answer = bench.chat(Reply(error_body("No such thing"), status))
    assert (answer.status, answer.attempts) == (AnswerStatus.FAILED, 1)
    assert answer.reason == f"{reason}: No such thing"


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (NO_QUOTA, "quota exhausted"),
        (Reply(error_body("Incorrect API key provided"), 401), "key refused"),
    ],
)
def test_trouble_of_the_whole_account_closes_it(bench: Bench, trouble: Reply, reason: str) -> None:
    base = bench.provider.script("closed", trouble)
    answers = bench.ask(engine(api_base=f"{base}/v1", concurrency=1), times=20)
    assert len(bench.asked("closed")) == 1
    assert sorted(answer.attempts for answer in answers) == [0] * 19 + [1]
    assert all(reason in answer.reason for answer in answers)
    assert {answer.status for answer in answers} == {AnswerStatus.FAILED}


def test_a_missing_key_fails_without_a_request(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    answer = bench.chat(GOOD, simulated=False)
    assert (answer.status, answer.attempts) == (AnswerStatus.FAILED, 0)
    assert answer.reason == "key missing: set OPENAI_API_KEY for openai/gpt-4o"
    assert bench.asked() == []


def test_a_dead_host_fails_as_a_connection(bench: Bench) -> None:
    (answer,) = bench.ask(engine(api_base="http://127.0.0.1:9/v1"))
    assert (answer.status, answer.attempts) == (AnswerStatus.FAILED, 3)
    assert answer.reason.startswith("connection: ")


def test_three_questions_that_find_no_host_close_the_account(bench: Bench) -> None:
    answers = bench.ask(engine(api_base="http://127.0.0.1:9/v1", concurrency=1), times=10)
    assert [answer.attempts for answer in answers] == [3] * 3 + [0] * 7
    assert all("connection: " in answer.reason for answer in answers)


@pytest.mark.parametrize("slow", [Reply(chat_body(), delay_s=30), Reply(chat_body(), drip_s=0.02)])
def test_a_provider_that_hangs_is_left_in_time(bench: Bench, slow: Reply) -> None:
    begun = bench.runner.get_loop().time()
    policy = RetryPolicy(attempts=5, first_wait_s=0.01, total_timeout_s=1.5, grace_s=9.0)
    answer = bench.chat(slow, retry=policy, timeout_s=0.4)
    assert answer.status is AnswerStatus.FAILED
    assert answer.reason.startswith("timeout: ")
    assert bench.runner.get_loop().time() - begun < 3


def test_a_body_that_comes_too_slowly_ends_its_attempt(bench: Bench) -> None:
    policy = RetryPolicy(attempts=2, first_wait_s=0.01, grace_s=0.2)
    answer = bench.chat(Reply(chat_body(), drip_s=0.05), retry=policy, timeout_s=0.3)
    assert (answer.status, answer.attempts) == (AnswerStatus.FAILED, 2)
    assert answer.reason == "timeout: no whole answer within 0.5 s"


def test_litellm_says_which_key_a_provider_needs_that_the_table_lacks(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COHERE_API_KEY", raising=False)
    (answer,) = bench.ask(engine("cohere/command-r", simulated=False))
    assert answer.reason == "key missing: set COHERE_API_KEY for cohere/command-r"
    assert answer.attempts == 0


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        (chat_body(None, finish_reason="content_filter"), "failed", "content_filter"),
        (chat_body("", finish_reason="content_filter"), "failed", "content_filter"),
        (chat_body(None), "empty", "no text"),
        (chat_body("  \n"), "empty", "no text"),
        (chat_body("", finish_reason="length"), "empty", "no text (finish reason length)"),
        (chat_body(None, refusal="I can't do that."), "refused", "the provider marked"),
        (chat_body("I'm sorry, but I can't help with that."), "refused", "the text only"),
        (chat_body("Half an answ", finish_reason="length"), "ok", ""),
    ],
)
def test_a_success_without_an_answer_says_what_it_is(
    bench: Bench, body: dict[str, Any], status: str, reason: str
) -> None:
    answer = bench.chat(Reply(body))
    assert answer.status == status
    assert answer.reason.startswith(reason)
    assert bool(answer.reason) == bool(reason)


def test_gemini_holding_an_answer_back_is_a_content_filter(bench: Bench) -> None:
    body = gemini_body("", finishReason="SAFETY", content={"role": "model", "parts": []})
    base = bench.provider.script("blocked", Reply(body))
    (answer,) = bench.ask(engine("gemini/gemini-2.5-pro", api_base=f"{base}/v1beta"))
    assert answer.status is AnswerStatus.FAILED
    assert answer.reason.startswith("content_filter")


def test_a_refusal_of_the_responses_api_is_a_refusal(bench: Bench) -> None:
    body = responses_body([{"type": "refusal", "refusal": "I won't compare these."}])
    base = bench.provider.script("declined", Reply(body))
    (answer,) = bench.ask(engine("openai/responses/gpt-5", api_base=f"{base}/v1"))
    assert (answer.status, answer.text) == (AnswerStatus.REFUSED, "I won't compare these.")


def test_no_key_gets_into_an_answer_and_no_real_one_to_the_simulator(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", REAL_LOOKING_KEY)
    echoed = error_body(
        f"Incorrect API key provided: {REAL_LOOKING_KEY}, Bearer {REAL_LOOKING_KEY}"
    )
    said = chat_body(f"Your key is {REAL_LOOKING_KEY}.")
    refused = bench.chat(Reply(echoed, 401), simulated=False)
    assert bench.asked()[0].headers["Authorization"] == f"Bearer {REAL_LOOKING_KEY}"
    answered = bench.chat(Reply(said), simulated=False)
    bench.chat(Reply(said))
    assert REAL_LOOKING_KEY not in str(bench.asked()[0].headers)
    for answer in (refused, answered):
        assert REAL_LOOKING_KEY not in str(asdict(answer))
    assert len(answered.text) == len(f"Your key is {REAL_LOOKING_KEY}.")


def test_an_account_has_only_so_many_calls_in_flight(bench: Bench) -> None:
    base = bench.provider.script("gate", Reply(chat_body(), delay_s=0.05))
    answers = bench.ask(engine(api_base=f"{base}/v1", concurrency=3), times=12)
    assert {answer.status for answer in answers} == {AnswerStatus.OK}
    assert bench.provider.most_in_flight["gate"] == 3


def test_requests_per_minute_are_paced_and_none_is_rejected(bench: Bench) -> None:
    base = bench.provider.script("pace", GOOD)
    begun = bench.runner.get_loop().time()
    answers = bench.ask(engine(api_base=f"{base}/v1", requests_per_minute=600), times=6)
    assert {answer.status for answer in answers} == {AnswerStatus.OK}
    assert bench.runner.get_loop().time() - begun >= 0.5


def test_nothing_but_loopback_is_touched_while_loading_and_asking(bench: Bench) -> None:
    base = bench.provider.script("audit", GOOD)
    asked = engine(api_base=f"{base}/v1")
    script = Path(__file__).with_name("audited_ask.py")
    process = bench.runner.run(_audited(script, asked.api_base or ""))
    assert process.returncode == 0, process.stderr
    seen = json.loads(process.stdout)
    assert seen["status"] == "ok"
    assert seen["hosts"], "the audit hook saw nothing at all"
    assert set(seen["hosts"]) == {"127.0.0.1"}
    assert process.stderr == ""


async def _audited(script: Path, api_base: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(script), api_base]
    return await asyncio.to_thread(
        subprocess.run, command, capture_output=True, text=True, timeout=120, check=False
    )
