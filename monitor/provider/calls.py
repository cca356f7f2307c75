"""What is sent: the LiteLLM call that asks an engine a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from monitor.errors import ConfigError
from monitor.provider.keys import SIMULATED_KEY, is_loopback, provider_of
from monitor.types import SIMULATOR_NONCE_HEADER, Engine, Json, Turn

_RESPONSES_PREFIX = "openai/responses/"
_SEARCH_PROVIDERS = frozenset(
    {"openai", "xai", "anthropic", "gemini", "vertex_ai", "perplexity", "openrouter"}
)
_REGION_PROVIDERS = frozenset({"openai", "anthropic", "perplexity"})
_OURS = frozenset(
    {
        "api_base",
        "api_key",
        "base_url",
        "cache",
        "caching",
        "custom_llm_provider",
        "extra_headers",
        "fallbacks",
        "headers",
        "include",
        "input",
        "instructions",
        "litellm_call_id",
        "max_retries",
        "messages",
        "mock_response",
        "model",
        "n",
        "num_retries",
        "response_format",
        "stream",
        "text_format",
        "timeout",
        "tools",
        "web_search_options",
    }
)
_QUESTION_KEYS = frozenset(
    {"messages", "input", "instructions", "contents", "system", "system_instruction", "prompt"}
)


@dataclass(frozen=True, slots=True)
class Call:
    """One LiteLLM call: through `aresponses` or `acompletion`, with these arguments."""

    responses: bool
    arguments: Mapping[str, Any]


def check_engine(engine: Engine) -> None:
    """Raise ConfigError if `engine` can't be asked as it is configured."""
    provider = provider_of(engine.model)
    where = f"engine {engine.engine_id!r} ({engine.model})"
    if engine.simulated and engine.api_base and not is_loopback(engine.api_base):
        raise ConfigError(
            f"{where}: simulated engines must be on this machine, not on api_base "
            f"{engine.api_base!r}; point it to 127.0.0.1 or remove `simulated`"
        )
    if engine.web_search and provider not in _SEARCH_PROVIDERS:
        raise ConfigError(
            f"{where}: web_search isn't supported by {provider or 'this provider'}; "
            "set web_search: false or choose another model"
        )
    if provider == "perplexity" and not engine.web_search:
        raise ConfigError(f"{where}: Perplexity always searches the web; set web_search: true")
    if reserved := sorted(_OURS & engine.parameters.keys()):
        raise ConfigError(
            f"{where}: parameter {reserved[0]!r} is set by the monitor itself; remove it"
        )


def asks_responses(engine: Engine) -> bool:
    """Whether `engine` is asked through OpenAI's Responses API rather than chat completions."""
    if engine.model.startswith(_RESPONSES_PREFIX):
        return True
    return (
        engine.web_search
        and provider_of(engine.model) == "openai"
        and not _is_openai_chat_search(engine)
    )


def located(engine: Engine, locale: str) -> Engine:
    """`engine` searching from its own region, else from the country of `locale`."""
    country = locale.rpartition("-")[2]
    if engine.region or "-" not in locale or not (len(country) == 2 and country.isalpha()):
        return engine
    return replace(engine, region=country.upper())


def call_for(
    engine: Engine,
    turns: Sequence[Turn],
    system: str,
    call_id: str,
    repeat: str = "",
    shape: type[BaseModel] | None = None,
) -> Call:
    """The call that sends `engine` the conversation, with `system` as the system prompt.

    `repeat` tells a simulated engine which answer is asked for; a real one never hears of it.
    `shape` is the form of JSON that the reply should have.

    Raises ConfigError for an engine that can't be asked as configured, and for a simulated one
    that nobody serves: LiteLLM would ask the real provider instead.
    """
    check_engine(engine)
    if engine.simulated and not engine.api_base:
        raise ConfigError(
            f"engine {engine.engine_id!r} ({engine.model}): nobody serves this simulated engine; "
            "start the simulator and set api_base to its address"
        )
    responses = asks_responses(engine)
    asked = _responses_input(turns, system) if responses else _chat_input(turns, system)
    arguments = {**_transport(engine, call_id), **_options(engine, responses), **asked}
    if shape is not None:
        arguments["text_format" if responses else "response_format"] = shape
    if engine.simulated and repeat:
        arguments["extra_headers"] = {SIMULATOR_NONCE_HEADER: repeat}
    return Call(responses, arguments)


def effective_parameters(sent: Mapping[str, Json]) -> dict[str, Json]:
    """What of the request body stands beside the question: parameters, tools, token limits."""
    return {
        name: value
        for name, value in sent.items()
        if name not in _QUESTION_KEYS and value not in (None, {}, [])
    }


def _is_openai_chat_search(engine: Engine) -> bool:
    return "-search" in engine.model


def _chat_input(turns: Sequence[Turn], system: str) -> dict[str, Any]:
    persona = [{"role": "system", "content": system}] if system else []
    return {"messages": [*persona, *_messages(turns)]}


def _responses_input(turns: Sequence[Turn], system: str) -> dict[str, Any]:
    said = turns[0].text if len(turns) == 1 else _messages(turns)
    return {"input": said, **({"instructions": system} if system else {})}


def _messages(turns: Sequence[Turn]) -> list[dict[str, str]]:
    return [{"role": turn.role.value, "content": turn.text} for turn in turns]


def _transport(engine: Engine, call_id: str) -> dict[str, Any]:
    """Where and how to send; LiteLLM's own retries stay off (they'd retry a refused key)."""
    return {
        "model": _model(engine),
        "timeout": engine.timeout_s,
        "max_retries": 0,
        "num_retries": 0,
        "drop_params": True,
        "litellm_call_id": call_id,
        **({"api_base": engine.api_base} if engine.api_base else {}),
        **({"api_key": SIMULATED_KEY} if engine.simulated else {}),
    }


def _model(engine: Engine) -> str:
    if asks_responses(engine) and engine.model.startswith(_RESPONSES_PREFIX):
        return "openai/" + engine.model.removeprefix(_RESPONSES_PREFIX)
    return engine.model


def _options(engine: Engine, responses: bool) -> dict[str, Any]:
    options: dict[str, Any] = dict(engine.parameters)
    size = options.pop("search_context_size", "medium")
    if responses and "max_tokens" in options:
        options["max_output_tokens"] = options.pop("max_tokens")
    if engine.web_search:
        options |= _search_options(engine, responses, size)
    return options


def _search_options(engine: Engine, responses: bool, size: Any) -> dict[str, Any]:
    provider = provider_of(engine.model)
    if responses:
        tool = {"type": "web_search", "search_context_size": size, **_flat_location(engine)}
        return {"tools": [tool], "include": ["web_search_call.action.sources"]}
    if provider == "openrouter":
        return {"extra_body": {"plugins": [{"id": "web"}]}}
    return {"web_search_options": {"search_context_size": size, **_location(engine, provider)}}


def _location(engine: Engine, provider: str) -> dict[str, Any]:
    if not engine.region or provider not in _REGION_PROVIDERS:
        return {}
    if provider == "perplexity":
        return {"user_location": {"country": engine.region}}
    return {
        "user_location": {"type": "approximate", "approximate": {"country": engine.region}},
    }


def _flat_location(engine: Engine) -> dict[str, Any]:
    if not engine.region:
        return {}
    return {"user_location": {"type": "approximate", "country": engine.region}}
