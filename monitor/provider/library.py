"""LiteLLM itself: loaded once, quiet, offline but for the calls, with the raw bodies kept aside."""

import gc
import importlib.metadata
import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from monitor.provider.calls import Call, effective_parameters
from monitor.types import Engine, Json

_ENVIRONMENT: Mapping[str, str] = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS": "True",
    "LITELLM_OFFLINE_MODE": "true",
    "LITELLM_MODE": "PRODUCTION",
    "LITELLM_LOG": "ERROR",
    # OpenAI-likes through LiteLLM's own HTTP client instead of the OpenAI SDK: the body is kept
    # byte for byte, and a call costs 3.8 ms of CPU instead of 6.4 (1.105.3).
    "EXPERIMENTAL_OPENAI_BASE_LLM_HTTP_HANDLER": "True",
}
_LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")


@dataclass(slots=True)
class Exchange:
    """What went out and came back in one call, as LiteLLM's hooks showed it."""

    sent: dict[str, Json] = field(default_factory=dict)
    raw_body: str = ""


@dataclass(frozen=True, slots=True)
class Library:
    """The loaded LiteLLM module and the exchanges of the calls under way, by call id."""

    litellm: Any
    version: str
    exchanges: dict[str, Exchange]
    known_models: set[str] = field(default_factory=set)

    async def ask(self, call: Call) -> Any:
        """LiteLLM's response to `call`; whatever it raises goes through."""
        self.skip_success_logging()
        asked = self.litellm.aresponses if call.responses else self.litellm.acompletion
        return await asked(**call.arguments)

    @staticmethod
    def skip_success_logging() -> None:
        """Keep LiteLLM from building a log payload after each call (1.5 ms of CPU, 1.105.3).

        There is no public switch; the flag lives in the calling task's context only.
        """
        from litellm._internal_context import is_internal_call

        is_internal_call.set(True)

    def missing_keys(self, engine: Engine) -> tuple[str, ...]:
        """The environment variables that LiteLLM itself lacks for `engine`."""
        found = self.litellm.validate_environment(model=engine.model)
        return () if found["keys_in_environment"] else tuple(found["missing_keys"])

    def know_model(self, provider: str, name: str) -> None:
        """Put a model without prices into LiteLLM's table, if it isn't there.

        Only for simulated and local models. While working out the cost of one that it doesn't know,
        LiteLLM spends 3 to 15 ms of CPU a call and, for Ollama, asks localhost:11434 for the
        model's template with the event loop standing still (1.105.3).
        """
        model = f"{provider}/{name}"
        if name and model not in self.known_models:
            # LiteLLM may file it under another name, and forgets what it cached at every change.
            self.known_models.add(model)
            entry = {"litellm_provider": provider, "mode": "chat"}
            free = {"input_cost_per_token": 0.0, "output_cost_per_token": 0.0}
            self.litellm.register_model({model: entry | free})

    def prices_searches(self, *models: str) -> bool:
        """Whether LiteLLM's cost of a call to one of `models` has the search fee in it."""
        names = (name for model in models for name in (model, model.rpartition("/")[2]))
        entries = (self.litellm.model_cost.get(name) or {} for name in names)
        return any(entry.get("search_context_cost_per_query") for entry in entries)


@cache
def load_library() -> Library:
    """LiteLLM, imported (2 to 6 s of CPU) and set up; the same one on every call."""
    os.environ.update(_ENVIRONMENT)
    _keep_loopback_off_proxies()
    # Nothing of what an import makes is garbage: looking for some takes a fifth of its time.
    gc.disable()
    try:
        import litellm
        from litellm.integrations.custom_logger import CustomLogger
    finally:
        gc.enable()

    exchanges: dict[str, Exchange] = {}

    class RawBodies(CustomLogger):
        """Notes for each call under way what was sent and what came back."""

        def log_pre_api_call(self, model: Any, messages: Any, kwargs: Any) -> None:
            exchange = exchanges.get(kwargs.get("litellm_call_id", ""))
            body = (kwargs.get("additional_args") or {}).get("complete_input_dict")
            if exchange is not None and body:
                exchange.sent = _sent(body)

        def log_post_api_call(
            self, kwargs: Any, response_obj: Any, start_time: Any, end_time: Any
        ) -> None:
            exchange = exchanges.get(kwargs.get("litellm_call_id", ""))
            body = kwargs.get("original_response")
            if exchange is not None and isinstance(body, str):
                exchange.raw_body = body

    litellm.suppress_debug_info = True
    litellm.telemetry = False
    litellm.input_callback = [RawBodies()]
    for name in ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy"):
        # Its error log repeats requests with their headers; every error reaches us as an exception.
        logging.getLogger(name).setLevel(logging.CRITICAL)
    # LiteLLM's 200 MB of modules never die: scanning them again and again costs a tenth of a wave.
    gc.freeze()
    return Library(litellm, importlib.metadata.version("litellm"), exchanges)


def _sent(body: Any) -> dict[str, Json]:
    parsed = json.loads(body) if isinstance(body, str) else body
    return effective_parameters(parsed) if isinstance(parsed, dict) else {}


def _keep_loopback_off_proxies() -> None:
    """Add this machine to NO_PROXY: LiteLLM follows HTTP_PROXY for loopback addresses, too."""
    for name in ("NO_PROXY", "no_proxy"):
        hosts = [host for host in os.environ.get(name, "").split(",") if host]
        wanted = [host for host in _LOOPBACK_HOSTS if host not in hosts]
        os.environ[name] = ",".join([*hosts, *wanted])
