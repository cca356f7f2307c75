"""A request and a reply, whatever the wire format."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from monitor.simulator.randomness import number
from monitor.simulator.served import Served
from monitor.simulator.texts.writer import CitationMarks
from monitor.types import Json, Source


class Wire(StrEnum):
    """A provider's HTTP interface."""

    OPENAI = "openai"
    RESPONSES = "responses"
    ANTHROPIC = "anthropic"
    GEMINI = "gemini"
    PERPLEXITY = "perplexity"
    OLLAMA = "ollama"


MARKS: Mapping[Wire, CitationMarks] = {
    Wire.OPENAI: CitationMarks.LINKS,
    Wire.RESPONSES: CitationMarks.LINKS,
    Wire.ANTHROPIC: CitationMarks.SEGMENTS,
    Wire.GEMINI: CitationMarks.SEGMENTS,
    Wire.PERPLEXITY: CitationMarks.NUMBERS,
    Wire.OLLAMA: CitationMarks.NONE,
}

_BASES: Mapping[Wire, str] = {
    Wire.OPENAI: "/v1",
    Wire.RESPONSES: "/v1",
    Wire.ANTHROPIC: "",
    Wire.GEMINI: "/v1beta",
    Wire.PERPLEXITY: "",
    Wire.OLLAMA: "",
}
_WIRES: Mapping[str, Wire] = {
    "anthropic": Wire.ANTHROPIC,
    "gemini": Wire.GEMINI,
    "perplexity": Wire.PERPLEXITY,
    "ollama": Wire.OLLAMA,
    "ollama_chat": Wire.OLLAMA,
}


def base_path(wire: Wire) -> str:
    """What a client's base URL ends with for this format."""
    return _BASES[wire]


def wire_of(model: str) -> Wire:
    """The format in which LiteLLM asks for a model ("anthropic/…"); OpenAI's for all unknown."""
    provider, _, rest = model.partition("/")
    if provider == "openai" and rest.startswith("responses/"):
        return Wire.RESPONSES
    return _WIRES.get(provider, Wire.OPENAI)


class Finish(StrEnum):
    """How a reply ends; all but `DONE` are successes on the wire without an answer."""

    DONE = "done"
    REFUSED = "refused"
    FILTERED = "filtered"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asks, read from its body.

    `context` is all that precedes the last user turn (system prompt, earlier turns), and `said`
    the assistant's own words right before it, "" if it hasn't spoken. `nonce` is
    "" where the client sends none. `schema` is the JSON schema of a structured reply, empty where
    the client just wants JSON; `reply_tool` is the tool that has to be called with it, if any.
    """

    wire: Wire
    model: str
    prompt: str
    context: str = ""
    said: str = ""
    searching: bool = False
    nonce: str = ""
    schema: Mapping[str, Json] | None = None
    reply_tool: str = ""
    ollama_generate: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What the provider answers, before it is put into its format."""

    text: str
    finish: Finish
    served: Served
    reply_id: int
    created: int
    sources: tuple[Source, ...] = ()
    queries: tuple[str, ...] = ()

    @property
    def structured(self) -> dict[str, Json] | None:
        """The text as a JSON object, None if it isn't one."""
        try:
            value = json.loads(self.text)
        except ValueError:
            return None
        return value if isinstance(value, dict) else None

    @property
    def cited(self) -> tuple[Source, ...]:
        """The sources that the text rests on, in reading order."""
        return tuple(s for s in self.sources if s.cited)


def tokens(text: str) -> int:
    """About as many tokens as a text of this length has."""
    return max(1, len(text) // 4) if text else 0


def token_name(prefix: str, reply_id: int, length: int = 24) -> str:
    """An id as providers write them, the same for the same reply."""
    digits = f"{number(prefix, reply_id, 1):016x}{number(prefix, reply_id, 2):016x}"
    return f"{prefix}{(digits + digits)[:length]}"
