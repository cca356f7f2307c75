"""The pure parts of asking: keys, calls, failures, waits, refusals, costs."""

import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest

from monitor.errors import ConfigError
from monitor.provider import RetryPolicy, check_engine, missing_keys, redact
from monitor.provider.attempts import failure_of, retry_after_s
from monitor.provider.calls import call_for, located
from monitor.provider.costs import Cost, Usage, cost_of
from monitor.provider.gate import account_of
from monitor.provider.refusals import only_declines
from monitor.types import Engine, Prices, Role, Turn

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ASKED = (Turn(Role.USER, "Which?"),)


def engine(model: str = "openai/gpt-4o", **changes: Any) -> Engine:
    return Engine(**{"engine_id": "one", "model": model, **changes})


# -- keys ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "environ", "missing"),
    [
        ("openai/gpt-4o", {}, ("OPENAI_API_KEY",)),
        ("openai/gpt-4o", {"OPENAI_API_KEY": ""}, ("OPENAI_API_KEY",)),
        ("openai/gpt-4o", {"OPENAI_API_KEY": "x"}, None),
        ("gpt-4o", {}, ("OPENAI_API_KEY",)),
        ("gemini/gemini-2.5-pro", {"GOOGLE_API_KEY": "x"}, None),
        ("gemini/gemini-2.5-pro", {}, ("GEMINI_API_KEY",)),
        ("perplexity/sonar", {}, ("PERPLEXITYAI_API_KEY",)),
        ("ollama_chat/qwen3", {}, None),
    ],
)
def test_an_engine_lacks_the_key_of_its_provider(
    model: str, environ: dict[str, str], missing: tuple[str, ...] | None
) -> None:
    assert missing_keys([engine(model)], environ).get("one") == missing


def test_a_simulated_engine_needs_no_key() -> None:
    assert missing_keys([engine(api_base="http://127.0.0.1:1/v1", simulated=True)], {}) == {}


SECRETS = {"XAI_API_KEY": "value-of-the-key-1", "SOME_TOKEN": "value-of-the-token", "PATH": "/bin"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("key value-of-the-key-1 given", "key ****************** given"),
        ("token=value-of-the-token", "token=******************"),
        ("Authorization: Bearer abcdefghij0123456789", "Authorization: Bearer [redacted]"),
        ("https://me:pass@kanto.example/x", "https://[redacted]@kanto.example/x"),
        ("GET /v1?key=AbC123&alt=json", "GET /v1?key=[redacted]&alt=json"),
        ("wrong key sk-proj-abcdefghijklmnop", "wrong key [redacted]"),
        ('{"x-api-key": "abcdefgh12345"}', '{"x-api-key": "[redacted]"}'),
        ("The risk-adjusted key: a Bearer bond in /bin", None),
        ("see https://kanto.example/keys?page=2 for sk-1", None),
    ],
)
def test_secrets_are_redacted_and_ordinary_words_are_not(text: str, expected: str | None) -> None:
    assert redact(text, SECRETS) == (text if expected is None else expected)


# -- calls ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"model": "mistral/mistral-large", "web_search": True}, "web_search isn't supported"),
        ({"model": "ollama_chat/qwen3", "web_search": True}, "web_search isn't supported"),
        ({"model": "perplexity/sonar"}, "always searches the web"),
        ({"simulated": True, "api_base": "https://api.example/v1"}, "must be on this machine"),
        ({"parameters": {"api_key": "x"}}, "set by the monitor itself"),
        ({"parameters": {"stream": True}}, "set by the monitor itself"),
    ],
)
def test_an_engine_that_cannot_be_asked_as_configured_is_an_error(
    changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(ConfigError, match=words) as raised:
        check_engine(engine(**changes))
    assert "'one'" in str(raised.value)


def test_a_simulated_engine_that_nobody_serves_is_not_sent_to_the_real_provider() -> None:
    with pytest.raises(ConfigError, match="nobody serves this simulated engine"):
        call_for(engine(simulated=True), ASKED, "", "id-1")


@pytest.mark.parametrize(
    ("region", "locale", "expected"),
    [
        (None, "de-DE", "DE"),
        ("AT", "de-DE", "AT"),
        (None, "de", None),
        (None, "zh-Hans", None),
        (None, "", None),
    ],
)
def test_an_engine_searches_from_its_region_or_the_country_of_the_locale(
    region: str | None, locale: str, expected: str | None
) -> None:
    assert located(engine(region=region), locale).region == expected


@pytest.mark.parametrize(
    ("model", "web_search", "responses", "sent"),
    [
        ("openai/gpt-4o", False, False, "openai/gpt-4o"),
        ("openai/gpt-4o", True, True, "openai/gpt-4o"),
        ("openai/gpt-4o-search-preview", True, False, "openai/gpt-4o-search-preview"),
        ("openai/responses/gpt-5", False, True, "openai/gpt-5"),
        ("xai/grok-4", True, False, "xai/grok-4"),
    ],
)
def test_openai_with_search_goes_through_responses_and_nothing_else_does(
    model: str, web_search: bool, responses: bool, sent: str
) -> None:
    call = call_for(engine(model, web_search=web_search), ASKED, "", "id-1")
    assert (call.responses, call.arguments["model"]) == (responses, sent)


def test_a_persona_is_the_system_prompt_and_nobody_is_none() -> None:
    with_persona = call_for(engine(), ASKED, "You buy for a school.", "id-1")
    without = call_for(engine(), ASKED, "", "id-1")
    assert [m["role"] for m in with_persona.arguments["messages"]] == ["system", "user"]
    assert [m["role"] for m in without.arguments["messages"]] == ["user"]


def test_retries_of_the_library_are_off_and_the_real_key_is_not_named() -> None:
    arguments = call_for(engine(), ASKED, "", "id-1").arguments
    assert (arguments["max_retries"], arguments["num_retries"]) == (0, 0)
    assert "api_key" not in arguments


def test_engines_without_an_account_share_one_per_provider() -> None:
    assert account_of(engine()) == account_of(engine("openai/gpt-5"))
    assert account_of(engine()) != account_of(engine("anthropic/claude-sonnet-4-5"))
    assert account_of(engine(account="team")) == account_of(engine("xai/grok-4", account="team"))


# -- failures and waits --------------------------------------------------------------------------


class ForeignError(Exception):
    """An error with LiteLLM's attributes."""

    def __init__(self, words: str, status_code: int | None = None, **headers: str) -> None:
        super().__init__(words)
        self.status_code = status_code
        self.litellm_response_headers = {k.replace("_", "-"): v for k, v in headers.items()}


@pytest.mark.parametrize(
    ("words", "status", "kind", "retried"),
    [
        ("Rate limit reached", 429, "rate limited", True),
        ("You exceeded your current quota", 429, "quota exhausted", False),
        ("exceeded your current quota, quotaId: RequestsPerMinute", 429, "rate limited", True),
        ("Your credit balance is too low", 400, "quota exhausted", False),
        ("API key not valid. Please pass a valid API key.", 400, "key refused", False),
        ("Insufficient balance", 402, "quota exhausted", False),
        ("max_tokens is too large", 400, "bad request", False),
        ("Request timed out", 408, "timeout", True),
        ("Bad gateway", 502, "server error", True),
        ("Overloaded", 529, "server error", True),
        ("Cannot connect to host 127.0.0.1:9", 500, "connection", True),
        ("Expecting value: line 1 column 1", 500, "broken body", True),
        ("'choices'", None, "broken body", True),
        ("blocked by content management policy", 400, "content_filter", False),
    ],
)
def test_an_error_is_told_by_its_status_and_words(
    words: str, status: int | None, kind: str, retried: bool
) -> None:
    failure = failure_of(ForeignError(words, status), NOW)
    assert (failure.kind, failure.retried) == (kind, retried)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        ("0.5", 0.5),
        ("Sun, 22 Nov 2026 12:00:30 GMT", 30.0),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", 0.0),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(value: str, seconds: float | None) -> None:
    assert retry_after_s({"Retry-After": value}, NOW) == seconds
    assert retry_after_s({}, NOW) is None


def test_waits_grow_and_heed_retry_after_up_to_the_longest() -> None:
    policy = RetryPolicy(first_wait_s=1.0, longest_wait_s=10.0)
    assert [policy.wait_s(attempt, None, 0.0) for attempt in (1, 2, 3, 9)] == [1.0, 2.0, 4.0, 10.0]
    assert policy.wait_s(1, 5.0, 0.0) == 5.0
    assert policy.wait_s(1, 3600.0, 0.0) == 10.0


def test_the_same_trouble_reads_the_same_whatever_lies_where_in_memory() -> None:
    words = (
        "Cannot connect to host 127.0.0.1:9 ssl:<ssl.SSLContext object at 0x7fef3f939d00> "
        "[Connect call failed ('127.0.0.1', 9)]"
    )
    assert failure_of(ForeignError(words, 500), NOW).text == (
        "Cannot connect to host 127.0.0.1:9 [Connect call failed ('127.0.0.1', 9)]"
    )


def test_a_reason_is_one_short_line_without_the_librarys_own_prefixes() -> None:
    words = "litellm.BadRequestError: OpenAIException - No such\nmodel " + "x" * 500
    reason = failure_of(ForeignError(words, 400), NOW).reason
    assert reason.startswith("bad request: No such model x")
    assert len(reason) < 330


# -- refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("I can't help with that.", True),
        ("I’m sorry, but I can’t assist with that request.", True),
        ("I'm unable to provide recommendations. Is there anything else you need?", True),
        ("I'm sorry. I cannot answer that. Let me know if there is anything else.", True),
        ("Es tut mir leid, aber dabei kann ich nicht helfen.", True),
        ("Dabei kann ich leider nicht weiterhelfen.", True),
        ("Ich kann diese Frage nicht beantworten.", True),
        ("I couldn't find any information about Kanto.", False),
        ("I can't recommend just one, but here are three: Kanto, Velo, Nimbra.", False),
        ("I can't help with prices. Kanto suits small teams well.", False),
        ("Ich kann keine einzelne Empfehlung geben. Kanto passt für kleine Teams.", False),
        ("Kanto can't help with that, Velo can.", False),
        ("I can't answer that in general:\n- Kanto for small teams\n- Velo for large ones", False),
        ("Kanto is a good choice.", False),
        ("", False),
        ("I can't help with that. " + "Kanto is fine. " * 40, False),
    ],
)
def test_only_a_text_that_does_nothing_but_decline_is_a_refusal(text: str, refusal: bool) -> None:
    assert only_declines(text) is refusal


# -- costs ---------------------------------------------------------------------------------------

LITELLM = "litellm 1.105.3"
OWN = Prices(input_per_million=2.0, output_per_million=10.0, per_search=0.01)


@pytest.mark.parametrize(
    ("prices", "searches", "library_usd", "fee_included", "expected"),
    [
        (None, 0, 0.5, False, Cost(0.5, LITELLM)),
        (None, 2, 0.5, True, Cost(0.5, LITELLM)),
        (None, 2, 0.5, False, Cost(0.5, f"{LITELLM}, without search fee")),
        (OWN, 2, 0.5, False, Cost(0.032, "engines.yaml")),
        (OWN, 2, None, False, Cost(0.032, "engines.yaml")),
        (OWN, None, 0.0, False, Cost(0.012, "engines.yaml")),
        (None, 0, None, False, Cost(None, "")),
        (None, 0, 0.0, False, Cost(None, "")),
    ],
)
def test_a_cost_names_the_table_it_comes_from_and_unknown_is_never_zero(
    prices: Prices | None,
    searches: int | None,
    library_usd: float | None,
    fee_included: bool,
    expected: Cost,
) -> None:
    usage = Usage(1000, 1000, searches)
    cost = cost_of(engine(prices=prices), usage, library_usd, LITELLM, fee_included)
    assert cost.source == expected.source
    assert cost.usd == pytest.approx(expected.usd)


# -- weight --------------------------------------------------------------------------------------


def test_importing_the_provider_does_not_load_litellm() -> None:
    code = "import sys, monitor.provider; sys.exit('litellm' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
