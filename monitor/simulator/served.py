"""Which dated version of a model a simulated engine serves."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.simulator.randomness import number
from monitor.types import Engine

_DATED = re.compile(r"-(?:\d{4}-\d{2}-\d{2}|\d{8}|\d{3})$")


@dataclass(frozen=True, slots=True)
class Served:
    """The version behind a model name: what the response calls itself, and its fingerprint."""

    model: str
    fingerprint: str


def served_version(engine: Engine, start: date, changed: date | None, seed: int) -> Served:
    """The version served after the change on `changed`, or the one from before `start`.

    OpenAI-likes append an ISO date, Anthropic a compact one, Gemini a running number;
    Perplexity and Ollama answer with the bare name.
    """
    provider, bare = engine.model.split("/", 1)[0], engine.model.rsplit("/", 1)[-1]
    age = timedelta(days=40 + number(seed, "age", bare) % 150)
    released = changed or start - age
    fingerprint = f"fp_{number(seed, bare, released) % 16**10:010x}"
    if provider in {"perplexity", "ollama", "ollama_chat"}:
        return Served(bare, fingerprint)
    stem = _DATED.sub("", bare) if changed else bare
    if _DATED.search(stem):
        return Served(stem, fingerprint)
    if provider == "anthropic":
        return Served(f"{stem}-{released:%Y%m%d}", fingerprint)
    if provider in {"gemini", "vertex_ai"}:
        return Served(f"{stem}-{'002' if changed else '001'}", fingerprint)
    return Served(f"{stem}-{released.isoformat()}", fingerprint)
