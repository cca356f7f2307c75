"""Provider keys: which are needed, which are missing, and how none of them gets out."""

import os
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from monitor.types import Engine

SIMULATED_KEY = "simulated"
"""The key that simulated engines are asked with, so that no real one is ever sent to them."""

_KEY_NAMES: Mapping[str, tuple[str, ...]] = {
    "openai": ("OPENAI_API_KEY",),
    "anthropic": ("ANTHROPIC_API_KEY",),
    "gemini": ("GEMINI_API_KEY", "GOOGLE_API_KEY"),
    "perplexity": ("PERPLEXITYAI_API_KEY", "PERPLEXITY_API_KEY"),
    "xai": ("XAI_API_KEY",),
    "mistral": ("MISTRAL_API_KEY",),
    "openrouter": ("OPENROUTER_API_KEY", "OR_API_KEY"),
    "groq": ("GROQ_API_KEY",),
    "deepseek": ("DEEPSEEK_API_KEY",),
    "ollama": (),
    "ollama_chat": (),
}
_BARE_MODELS = (("gpt-", "openai"), ("o1", "openai"), ("o3", "openai"), ("claude-", "anthropic"))

_SECRET_NAME = re.compile(r"(_API_KEY|_TOKEN|_SECRET|_SECRET_KEY|_ACCESS_KEY|_PASSWORD)$", re.I)
_SHORTEST_SECRET = 8
_SECRET_SHAPES = re.compile(
    r"(?P<bearer>\b(?:bearer|basic)\x20+)[A-Za-z0-9._~+/=-]{16,}"
    r"|(?P<userinfo>[a-z][a-z0-9+.-]*://)[^\s/@:\"'<>]+:[^\s/@\"'<>]+@"
    r"|(?P<query>[?&](?:key|api_key|apikey|access_token|token)=)[^&#\s\"'<>\\)\]]+"
    r"|(?P<header>\b(?:x-api-key|x-goog-api-key|api-key)[\"']?\s*[:=]\s*[\"']?)[^\s\"',}]{8,}"
    r"|\b(?:sk|pk|pplx|xai|gsk)-[A-Za-z0-9_-]{16,}(?![A-Za-z0-9_-])"
    r"|\bAIza[A-Za-z0-9_-]{30,}",
    re.I,
)

_SECRET_HINTS = (
    *("bearer ", "basic ", "key=", "token=", "api-key", "aiza"),
    *("sk-", "pk-", "pplx-", "xai-", "gsk-", "@"),
)


def provider_of(model: str) -> str:
    """The LiteLLM provider that `model` names ("openai" of "openai/responses/gpt-5"), or ""."""
    prefix, slash, _ = model.partition("/")
    if slash:
        return prefix.lower()
    return next((name for start, name in _BARE_MODELS if model.startswith(start)), "")


def is_loopback(url: str | None) -> bool:
    """Whether `url` points to this machine."""
    host = urlsplit(url or "").hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def knows_keys_of(engine: Engine) -> bool:
    """Whether the table here says which key `engine` needs; if not, LiteLLM has to be asked."""
    return engine.simulated or provider_of(engine.model) in _KEY_NAMES


def missing_keys(
    engines: Iterable[Engine], environ: Mapping[str, str] = os.environ
) -> dict[str, tuple[str, ...]]:
    """The environment variables each engine lacks, by engine id; without engines that lack none.

    Doesn't load LiteLLM: a provider that isn't in the table here counts as complete until the
    engine is asked, when LiteLLM itself says what it needs. Where several names do, the usual one.
    """
    lacking = ((engine.engine_id, _missing(engine, environ)) for engine in engines)
    return {engine_id: names for engine_id, names in lacking if names}


def _missing(engine: Engine, environ: Mapping[str, str]) -> tuple[str, ...]:
    names = _KEY_NAMES.get(provider_of(engine.model), ())
    if engine.simulated or not names or any(environ.get(name) for name in names):
        return ()
    return names[:1]


def secrets_of(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The variables of `environ` that hold secrets: enough of it for `redact`, and far quicker."""
    return {
        name: value
        for name, value in environ.items()
        if len(value) >= _SHORTEST_SECRET and _SECRET_NAME.search(name)
    }


def redact(text: str, environ: Mapping[str, str] = os.environ) -> str:
    """`text` without the secrets of the environment and without anything shaped like a key."""
    text = masked(text, environ)
    lowered = text.lower()
    # The pattern costs a long body half a millisecond; these words rule it out far quicker.
    if not any(hint in lowered for hint in _SECRET_HINTS):
        return text
    return _SECRET_SHAPES.sub(_kept_part, text)


def masked(text: str, environ: Mapping[str, str] = os.environ) -> str:
    """`text` with the environment's own secrets starred out, every offset staying as it was."""
    pattern = _secrets_pattern(frozenset(secrets_of(environ).values()))
    return pattern.sub(lambda found: "*" * len(found[0]), text) if pattern else text


def _kept_part(found: re.Match[str]) -> str:
    kept = next((part for part in found.groups() if part), "")
    return f"{kept}[redacted]{'@' if found['userinfo'] else ''}"


@lru_cache(maxsize=8)
def _secrets_pattern(secrets: frozenset[str]) -> re.Pattern[str] | None:
    longest_first = sorted(secrets, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))) if secrets else None
